"""Changes of the reference data: rows and their journal entry are stored together or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from app.clock import Clock
from app.exchange.staging import Staging
from app.journal import Journal
from models.ids import IdSource, OperationId
from models.operation.events.base import Draft, Event, Payload
from models.operation.events.operation import Mode, OperationStarted
from models.operation.events.reference import (
    ReferenceImported,
    ReferenceRowChanged,
    ReferenceUndone,
)
from models.registry.kinds import Record
from models.store.reference import (
    Change,
    Diff,
    Origin,
    ReferenceStore,
    ReferenceView,
    Revision,
    UndoRefusedError,
)
from models.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

REGISTER = OperationId("register")


@dataclass(frozen=True, slots=True)
class Register:
    """What the site's register operation says of itself when the first change starts it."""

    mode: Mode = "live"
    site: str = ""
    software_version: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceChange:
    """A stored change: what it did to the rows and the events that stand for it."""

    diff: Diff
    events: tuple[Event, ...]

    @property
    def revision(self) -> int:
        """The new revision."""
        return self.diff.revision


class ReferenceService:
    """Imports, edits and undoes reference data of a site; synchronous, never on a UI thread."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        clock: Clock,
        ids: IdSource,
        register: Register | None = None,
    ) -> None:
        self.rows = ReferenceStore(store)
        self._journal = journal
        self._clock = clock
        self._ids = ids
        self._register = register or Register()

    def now_us(self) -> int:
        """Return the time of a change that is made now [µs UTC]."""
        return self._clock.now_us()

    def view(self, revision: int | None = None) -> ReferenceView:
        """Return the reference data at a revision (None: the newest)."""
        return self.rows.view(revision)

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, oldest first."""
        return self.rows.revisions()

    def import_staged(self, staging: Staging, actor: str) -> ReferenceChange:
        """Store all accepted rows of a staging as one revision, in one transaction.

        Raises
        ------
        ValueError
            When the file as a whole was refused.
        StoreError, JournalError
            Nothing was stored.
        """
        if staging.refused:
            raise ValueError(f"{staging.file_name}: {staging.refused}")
        return self.import_records(
            staging.records,
            Origin(
                kind=staging.kind,
                at_us=self._clock.now_us(),
                actor=actor,
                file_name=staging.file_name,
                file_sha256=staging.file_sha256,
                rows_total=staging.rows_total,
                accepted=staging.accepted,
                rejected=staging.rejected,
            ),
        )

    def import_records(
        self, records: Mapping[str, Sequence[Record]], origin: Origin
    ) -> ReferenceChange:
        """Store records by kind as one revision, journalled under what was asked for."""
        events: list[Event] = []

        def journalled(session: "Session", revision: int) -> None:
            payload = ReferenceImported(
                kind_name=origin.kind,
                revision=revision,
                file_name=origin.file_name,
                file_sha256=origin.file_sha256,
                rows=origin.rows_total,
                accepted=origin.accepted,
                rejected=origin.rejected,
            )
            events.extend(self._append(session, payload, origin, revision))

        return ReferenceChange(
            self.rows.commit(records, origin, alongside=journalled), tuple(events)
        )

    def change_row(
        self, kind: str, key: str, after: Record | None, actor: str
    ) -> tuple[Change, ReferenceChange]:
        """Store one row edited by hand (None takes it away) with before and after."""
        origin = Origin(kind, self._clock.now_us(), actor, rows_total=1, accepted=1)
        events: list[Event] = []

        def journalled(session: "Session", revision: int, change: Change) -> None:
            payload = ReferenceRowChanged(
                kind_name=kind,
                key=key,
                revision=revision,
                before=None if change.before is None else msgspec.to_builtins(change.before),
                after=None if change.after is None else msgspec.to_builtins(change.after),
            )
            events.extend(self._append(session, payload, origin, revision))

        revision, change = self.rows.change_row(kind, key, after, origin, alongside=journalled)
        return change, ReferenceChange(
            Diff(
                revision,
                added=change.before is None and after is not None,
                changed=change.before is not None and after is not None,
                removed=change.before is not None and after is None,
            ),
            tuple(events),
        )

    def undo_last(self, actor: str) -> ReferenceChange:
        """Take back the newest change that still stands.

        Raises
        ------
        UndoRefusedError
            When there is none.
        """
        newest = self.rows.newest_undoable()
        if newest is None:
            raise UndoRefusedError("undo_nothing", "there is no change to take back")
        return self.undo(newest.revision, actor)

    def undo(self, revision: int, actor: str) -> ReferenceChange:
        """Take back one change as a new revision.

        Raises
        ------
        UndoRefusedError
            When it doesn't exist, was undone, is an undo, or its rows were changed since.
        """
        known = {item.revision: item.origin for item in self.rows.revisions()}
        kind = known[revision].kind if revision in known else ""
        origin = Origin(kind, self._clock.now_us(), actor)
        events: list[Event] = []

        def journalled(session: "Session", new: int) -> None:
            payload = ReferenceUndone(revision=new, undone_revision=revision)
            events.extend(self._append(session, payload, origin, new))

        return ReferenceChange(
            self.rows.undo(revision, origin, alongside=journalled), tuple(events)
        )

    def _append(
        self, session: "Session", payload: Payload, origin: Origin, revision: int
    ) -> tuple[Event, ...]:
        """Append to the register operation in the rows' transaction; start it where needed."""
        drafts = [Draft(payload=payload, subject=f"reference/{origin.kind}", actor=origin.actor)]
        if self._journal.rows.operation(session, REGISTER) is None:
            started = OperationStarted(
                mode=self._register.mode,
                name=REGISTER,
                site=self._register.site,
                software_version=self._register.software_version,
                reference_revision=revision - 1,
            )
            drafts.insert(0, Draft(payload=started, subject=REGISTER, actor=origin.actor))
        return self._journal.append_within(session, REGISTER, drafts)


__all__ = ["REGISTER", "ReferenceChange", "ReferenceService", "Register", "UndoRefusedError"]
