"""Imports and undoes reference data off the UI thread; whatever goes wrong becomes a notice."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.exchange.osm import OSM_KINDS, is_osm
from app.exchange.stage import stage_file
from app.exchange.staging import Staging
from app.reference import ReferenceChange, ReferenceService, UndoRefusedError
from models.store.reference import ReferenceView, Revision
from views.kit import ViewKit

_LOG = logging.getLogger("muster.libraries")
T = TypeVar("T")
Change = tuple[ReferenceChange, ReferenceView]


class ReferenceChanges(QObject):
    """Signals: busy(str what runs: '', 'read', 'store' or 'undo'), staged(Staging),
    failed(): nothing came of it, changed(): another revision stands, revisions_read(tuple).
    """  # noqa: D205 - two lines of signals

    busy = Signal(str)
    staged = Signal(object)
    failed = Signal()
    changed = Signal()
    revisions_read = Signal(object)

    def __init__(self, kit: ViewKit, references: ReferenceService) -> None:
        super().__init__()
        self._kit = kit
        self._references = references
        self._request = 0
        self._stores = False

    @property
    def is_storing(self) -> bool:
        """Whether a change is being stored: that can't be cancelled."""
        return self._stores

    def stage(self, kind: str, path: Path, *, accept_proposals: bool) -> None:
        """Check a file; `staged` follows, or a notice."""
        desk = self._kit.desk
        reference, zone = desk.live_reference, self._kit.wording.zone

        def read() -> Staging:
            wanted = kind if not is_osm(path) or kind in OSM_KINDS else "osm"
            return stage_file(
                wanted, path, reference, time_zone=zone, accept_proposals=accept_proposals
            )

        self._request += 1
        request = self._request
        self.busy.emit("read")

        def taken(staging: Staging) -> None:
            if request == self._request:
                self.busy.emit("")
                self.staged.emit(staging)

        def refused(error: BaseException) -> None:
            if request == self._request:
                self._fail("import_failed", str(error))

        _when_done(desk.in_reader(read), taken, refused)

    def cancel(self) -> None:
        """Drop the file that is being read; nothing of it was stored."""
        if not self._stores:
            self._request += 1
            self.busy.emit("")

    def commit(self, staging: Staging) -> None:
        """Store the good rows as one revision."""
        actor = self._actor()
        references = self._references

        def store() -> Change:
            change = references.import_staged(staging, actor)
            return change, references.view().preload()

        def stored(change: Change) -> None:
            counts = change[0].diff
            detail = self.tr(
                "{file}: {added} new, {changed} changed, {same} as before, {refused} refused"
            ).format(
                file=staging.file_name,
                added=f"{counts.added:,}",
                changed=f"{counts.changed:,}",
                same=f"{counts.unchanged:,}",
                refused=f"{staging.rejected:,}",
            )
            self._stand(change, "imported", detail)

        self._store("store", store, stored, "import_failed")

    def undo(self) -> None:
        """Take the newest standing change back."""
        actor = self._actor()
        references = self._references

        def take_back() -> Change:
            change = references.undo_last(actor)
            return change, references.view().preload()

        def undone(change: Change) -> None:
            payload: Any = change[0].events[-1].payload
            detail = self.tr("change {undone} by change {new}").format(
                undone=payload.undone_revision, new=payload.revision
            )
            self._stand(change, "undone", detail)

        self._store("undo", take_back, undone, "undo_failed")

    def read_revisions(self) -> None:
        """Read the list of changes; `revisions_read` follows."""

        def failed(error: BaseException) -> None:
            self._kit.desk.say(1, "store_unreadable", str(error))

        future: asyncio.Future[tuple[Revision, ...]]
        future = self._kit.desk.in_reader(self._references.revisions)
        _when_done(future, self.revisions_read.emit, failed)

    def _store(
        self,
        what: str,
        store: Callable[[], Change],
        stored: Callable[[Change], None],
        failure: str,
    ) -> None:
        desk = self._kit.desk
        if desk.replay is not None:
            desk.say(2, "replay_is_read_only")
            self.failed.emit()
            return
        if self._stores:
            return
        self._stores = True
        self.busy.emit(what)

        def refused(error: BaseException) -> None:
            self._stores = False
            if isinstance(error, UndoRefusedError) and error.code == "undo_nothing":
                self._fail("nothing_to_undo", "")
            else:
                self._fail(failure, str(error))

        _when_done(desk.in_reader(store), stored, refused)

    def _stand(self, change: Change, code: str, detail: str) -> None:
        self._stores = False
        self.busy.emit("")
        self._kit.desk.set_reference(change[1])
        self._kit.desk.say(3, code, detail)
        self.changed.emit()

    def _fail(self, code: str, detail: str) -> None:
        _LOG.info("%s: %s", code, detail)
        self.busy.emit("")
        self._kit.desk.say(2, code, detail)
        self.failed.emit()

    def _actor(self) -> str:
        shift = self._kit.desk.situation.shift
        return self._kit.desk.actor or (shift.person if shift else "")


def _when_done(
    future: "asyncio.Future[T]",
    done: Callable[[T], object],
    failed: Callable[[BaseException], object],
) -> None:
    def finish(ended: "asyncio.Future[T]") -> None:
        if ended.cancelled():
            return
        error = ended.exception()
        if error is not None:
            failed(error)
        else:
            done(ended.result())

    future.add_done_callback(finish)
