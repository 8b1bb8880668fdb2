"""Asks at a desk's start who has the watch, and again by key."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from models.operation.events.base import Event
from models.operation.events.operation import HandedOver
from models.registry.kinds import Person, Shift
from views.actions import ActionSpec
from views.kit import ViewKit
from views.shift.document_sheet import DocumentSheet
from views.shift.roster import rostered
from views.shift.sheet import ShiftSheet

TAKE_KEY = "Ctrl+G"
DOCUMENT_KEY = "Ctrl+H"


class WatchKeeping(QObject):
    """Owns the sheet; `host` is the widget it lies over."""

    def __init__(self, kit: ViewKit, host: QWidget) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self._sheet: ShiftSheet | None = None
        kit.actions.add(ActionSpec("shift.take", self._text, self.ask, TAKE_KEY))
        kit.actions.add(
            ActionSpec("shift.document", self._document_text, self.show_document, DOCUMENT_KEY)
        )

    def _document_text(self) -> str:
        return self.tr("Handover document")

    @Slot()
    def show_document(self) -> None:
        """Show what would be handed over now, and the last handover's document."""
        DocumentSheet(self._kit, self._host.window()).open()

    def _text(self) -> str:
        return self.tr("Take the watch")

    @property
    def sheet(self) -> ShiftSheet | None:
        """The open sheet."""
        return self._sheet

    @Slot()
    def ask(self) -> None:
        """Show the sheet, or bring the one that is open to the front."""
        if self._sheet is None:
            self._sheet = ShiftSheet(self._kit, self._host)
            self._sheet.taken.connect(self._on_taken)
            self._sheet.closed.connect(self._on_closed)
        self._sheet.open()

    def take_as_rostered(self) -> "asyncio.Future[tuple[Event, ...]]":
        """Take the watch as the roster says, without asking (pictures, drives)."""
        desk = self._kit.desk
        now = rostered(desk.live_reference, desk.clock.now_us())
        person = desk.live_reference.get("people", now.person_key)
        shift = desk.live_reference.get("shifts", now.shift_key)
        return desk.take_shift(
            person.name.text("zh") if isinstance(person, Person) else desk.desk_id,
            now.role,
            shift.name.text("zh") if isinstance(shift, Shift) else "",
        )

    @Slot(str, str, str, str)
    def _on_taken(self, person: str, role: str, shift: str, reason: str) -> None:
        future = self._kit.desk.take_shift(person, role, shift, reason)
        future.add_done_callback(partial(self._on_stored, self._sheet))

    def _on_stored(
        self, sheet: ShiftSheet | None, future: "asyncio.Future[tuple[Event, ...]]"
    ) -> None:
        """Close the sheet once it is stored; a refusal stays there to be mended."""
        if future.cancelled() or future.exception() is not None:
            return
        payload = future.result()[0].payload
        if isinstance(payload, HandedOver):
            self._kit.desk.say(4, "handed_over", str(len(payload.items)))
        if sheet is not None and sheet is self._sheet:
            sheet.dismiss()

    @Slot()
    def _on_closed(self) -> None:
        self._sheet = None
