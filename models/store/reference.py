"""Versioned reference data: commit a revision, take it back, look at any revision."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.registry.kinds import Record
from models.store.reference_kinds import (
    KINDS,
    UnknownKindError,
    decode_record,
    decode_records,
    record_type,
)
from models.store.reference_rows import (
    Batch,
    changed_since,
    head_revision,
    insert_versions,
    keys_of,
    kinds_since,
    mark_undone,
    next_revision,
    payloads_at,
)
from models.store.reference_view import ReferenceView
from models.store.store import Store
from models.store.tables import ReferenceRevisionRow

Alongside = Callable[[Session, int], None]
"""Called inside the transaction with its session and the new revision (e.g. the journal)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who changed reference data, when, and out of which file.

    `kind` is what was asked for (a file may bring rows of several kinds, e.g. `osm`).
    """

    kind: str
    at_us: int
    actor: str
    file_name: str = ""
    file_sha256: str = ""
    rows_total: int = 0
    accepted: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """One stored change of the reference data."""

    revision: int
    origin: Origin
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; None is "not there"."""

    kind: str
    key: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Diff:
    """What a commit did: how many rows came, changed, went, or were the same already."""

    revision: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


class UndoRefusedError(Exception):
    """A revision can't be taken back; `code` says why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class ReferenceStore:
    """Rows of `Record` structs by kind and key, each change a new revision."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._latest: ReferenceView | None = None

    def head(self) -> int:
        """Return the newest revision; 0 when there is none."""
        with self._store.reading() as session:
            return head_revision(session)

    def view(self, revision: int | None = None) -> ReferenceView:
        """Return the reference data at a revision (None: the newest).

        Kinds that are the same in the view handed out last are shared with it.

        Raises
        ------
        LookupError
            When there is no such revision yet.
        """
        with self._store.reading() as session:
            head = head_revision(session)
            if revision is not None and not 0 <= revision <= head:
                raise LookupError(f"reference revision {revision}: the newest is {head}")
            with self._lock:
                latest = self._latest
            if revision is not None and revision != head:
                # what nobody wrote since is the same at both revisions
                same: Mapping[str, Mapping[str, Record]] = {}
                if latest is not None and latest.revision == head:
                    same = latest.loaded_except(kinds_since(session, revision))
                return ReferenceView(revision, self._load, same)
            if latest is not None and latest.revision == head:
                return latest
            shared: Mapping[str, Mapping[str, Record]] = {}
            if latest is not None and latest.revision < head:
                shared = latest.loaded_except(kinds_since(session, latest.revision))
        view = ReferenceView(head, self._load, shared)
        with self._lock:
            if self._latest is None or self._latest.revision < head:
                self._latest = view
        return view

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, oldest first."""
        with self._store.reading() as session:
            rows = session.scalars(
                select(ReferenceRevisionRow).order_by(ReferenceRevisionRow.revision)
            )
            return tuple(_revision(row) for row in rows)

    def commit(
        self,
        records: Mapping[str, Sequence[Record]],
        origin: Origin,
        *,
        removed: Mapping[str, Iterable[str]] | None = None,
        alongside: Alongside | None = None,
    ) -> Diff:
        """Store records by kind as one new revision, in one transaction with `alongside`.

        Records that are stored in the same form already take no row. A new revision is made
        even when nothing changed: that a file was imported is a fact.

        Raises
        ------
        StoreError
            Nothing was stored.
        """
        with self._store.writing() as session:
            revision = next_revision(session, self._store)
            batch = Batch()
            for kind, rows in records.items():
                stored = payloads_at(session, kind, revision - 1)
                for record in rows:
                    if kind != record.KIND:
                        raise ValueError(f"{record.KIND} {record.key!r} among {kind}")
                    batch.put(revision, record, stored.get(record.key))
            for kind, keys in (removed or {}).items():
                stored = payloads_at(session, kind, revision - 1)
                for key in keys:
                    if key in stored:
                        batch.restore(revision, kind, key, None)
            _add_revision(session, revision, origin, undoes=None)
            insert_versions(session, batch)
            if alongside is not None:
                alongside(session, revision)
        return Diff(revision, batch.added, batch.changed, batch.removed, batch.unchanged)

    def change_row(
        self,
        kind: str,
        key: str,
        after: Record | None,
        origin: Origin,
        *,
        alongside: Callable[[Session, int, Change], None] | None = None,
    ) -> tuple[int, Change]:
        """Store one row edited by hand (None removes it); return revision and what changed."""
        record_type(kind)
        if after is not None and (kind != after.KIND or after.key != key):
            raise ValueError(f"{after.KIND} {after.key!r} is not {kind} {key!r}")
        with self._store.writing() as session:
            revision = next_revision(session, self._store)
            stored = payloads_at(session, kind, revision - 1, key).get(key)
            before = None if stored is None else decode_record(kind, stored)
            change = Change(kind, key, before, after)
            _add_revision(session, revision, origin, undoes=None)
            batch = Batch()
            batch.restore(revision, kind, key, after)
            insert_versions(session, batch)
            if alongside is not None:
                alongside(session, revision, change)
        return revision, change

    def undo(self, revision: int, origin: Origin, *, alongside: Alongside | None = None) -> Diff:
        """Restore, as a new revision, every row that `revision` touched to what it was before.

        Raises
        ------
        UndoRefusedError
            When it doesn't exist, was undone, is itself an undo, or rows were changed since.
        """
        with self._store.writing() as session:
            new = next_revision(session, self._store)
            _check_undo(session, revision)
            batch = Batch()
            for kind, keys in keys_of(session, revision).items():
                before = payloads_at(session, kind, revision - 1)
                for key in keys:
                    payload = before.get(key)
                    record = None if payload is None else decode_record(kind, payload)
                    batch.restore(new, kind, key, record)
            _add_revision(session, new, origin, undoes=revision)
            mark_undone(session, revision, new)
            insert_versions(session, batch)
            if alongside is not None:
                alongside(session, new)
        return Diff(new, batch.added, batch.changed, batch.removed, batch.unchanged)

    def newest_undoable(self) -> Revision | None:
        """Return the newest revision that is no undo and wasn't undone."""
        with self._store.reading() as session:
            row = session.scalars(
                select(ReferenceRevisionRow)
                .where(ReferenceRevisionRow.undoes.is_(None))
                .where(ReferenceRevisionRow.undone_by.is_(None))
                .order_by(ReferenceRevisionRow.revision.desc())
                .limit(1)
            ).first()
            return None if row is None else _revision(row)

    def _load(self, kind: str, revision: int) -> dict[str, Record]:
        with self._store.reading() as session:
            payloads = payloads_at(session, kind, revision)
        return decode_records(kind, payloads)


def _revision(row: ReferenceRevisionRow) -> Revision:
    return Revision(
        revision=row.revision,
        origin=Origin(
            kind=row.kind,
            at_us=row.at_us,
            actor=row.actor,
            file_name=row.file_name,
            file_sha256=row.file_sha256,
            rows_total=row.row_count,
            accepted=row.accepted,
            rejected=row.rejected,
        ),
        undoes=row.undoes,
        undone_by=row.undone_by,
    )


def _add_revision(session: Session, revision: int, origin: Origin, undoes: int | None) -> None:
    session.execute(
        insert(ReferenceRevisionRow),
        {
            "revision": revision,
            "kind": origin.kind,
            "at_us": origin.at_us,
            "actor": origin.actor,
            "file_name": origin.file_name,
            "file_sha256": origin.file_sha256,
            "row_count": origin.rows_total,
            "accepted": origin.accepted,
            "rejected": origin.rejected,
            "undoes": undoes,
            "undone_by": None,
        },
    )


def _check_undo(session: Session, revision: int) -> None:
    row = session.get(ReferenceRevisionRow, revision)
    if row is None:
        raise UndoRefusedError("undo_unknown", f"there is no revision {revision}")
    if row.undoes is not None:
        raise UndoRefusedError("undo_of_undo", f"revision {revision} is itself an undo")
    if row.undone_by is not None:
        raise UndoRefusedError(
            "undo_done", f"revision {revision} was undone by revision {row.undone_by}"
        )
    later = changed_since(session, revision)
    if later is not None:
        kind, key, by = later
        raise UndoRefusedError(
            "undo_changed_since", f"{kind} {key!r} was changed by revision {by}: undo that first"
        )


__all__ = [
    "KINDS",
    "Alongside",
    "Change",
    "Diff",
    "Origin",
    "ReferenceStore",
    "ReferenceView",
    "Revision",
    "UndoRefusedError",
    "UnknownKindError",
]
