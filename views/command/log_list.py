"""The log of an incident: newest on top, and a line to write into it."""

import asyncio
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.commands.operation import WriteNote
from models.operation.events.base import Event
from models.operation.situation import Published
from views.actors import Actors
from views.event_lines import EventLines
from views.i18n import Retranslating
from views.kit import ViewKit
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_DELAY_MS = 200


class LogList(Retranslating, QWidget):
    """Signals: counted(int lines)."""

    counted = Signal(int)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._incident_id = ""
        self._begun: dict[str, str] = {}  # what was typed for incidents that aren't on screen
        self._request = 0
        self._lines = EventLines(kit.desk, kit.wording)
        self._actors = Actors(kit.desk, kit.wording)
        columns: tuple[Column[Event], ...] = (
            Column("time", lambda: self.tr("Time"), self._time, width=124),
            Column("actor", lambda: self.tr("Who"), self._who, tip=lambda e: e.actor, width=140),
            Column("text", lambda: self.tr("What"), self._lines.line, stretch=True),
            Column("seq", lambda: "#", lambda event: f"{event.seq:,}", right=True, width=72),
        )
        self._model: TableModel[Event] = TableModel(columns, lambda event: event.seq, self)
        self.view = TableView(kit.theme)
        self.view.setObjectName("log-table")
        self.view.show_model(self._model)
        self._entry = named(QLineEdit(), "log-entry")
        self._entry.returnPressed.connect(self._on_entered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._entry)
        self._timer = QTimer(self, interval=_DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timer)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._entry.setPlaceholderText(self.tr("Write a line of the log, Enter stores it"))
        self._entry.setAccessibleName(self.tr("Log line"))
        self.view.setAccessibleName(self.tr("Log"))
        self._model.retranslate()

    def show_incident(self, incident_id: str) -> None:
        """Show another incident's log; a line that was begun waits with its own incident."""
        if incident_id != self._incident_id:
            self._begun[self._incident_id] = self._entry.text()
            self._incident_id = incident_id
            self._entry.setText(self._begun.pop(incident_id, ""))
        self._timer.start()

    @property
    def is_written(self) -> bool:
        """Whether somebody is writing a line."""
        return self._entry.hasFocus() and bool(self._entry.text().strip())

    def focus_entry(self) -> None:
        """Put the cursor into the entry line."""
        self._entry.setFocus()

    def _who(self, event: Event) -> str:
        return self._actors.name(event.actor)

    def _time(self, event: Event) -> str:
        return self._kit.wording.time(event.event_time_us, self._kit.desk.clock.now_us())

    @Slot()
    def _on_entered(self) -> None:
        text = self._entry.text().strip()
        if text:
            command = WriteNote(text=text, incident_id=self._incident_id)
            stored = partial(self._on_stored, self._incident_id, self._entry.text())
            self._kit.desk.execute(command).add_done_callback(stored)

    def _on_stored(
        self, incident_id: str, text: str, future: "asyncio.Future[tuple[Event, ...]]"
    ) -> None:
        """Clear the line only when it is stored."""
        if future.cancelled() or future.exception() is not None:
            return
        if incident_id != self._incident_id:
            if self._begun.get(incident_id) == text:
                del self._begun[incident_id]
        elif self._entry.text() == text:
            self._entry.clear()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        """Read soon what goes on; at once where the snapshot is another one, as in a replay."""
        if published.changes.full:
            self._on_timer()
        elif not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        if not self._incident_id or not self.isVisible():
            return
        self._request += 1
        future = self._kit.desk.timeline(self._incident_id)
        future.add_done_callback(partial(self._on_events, self._request))

    def _on_events(self, request: int, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if request != self._request or future.cancelled() or future.exception() is not None:
            return
        events = [
            e
            for e in future.result()
            if self._lines.is_worth_a_line(e) and not self._lines.spoils(e)
        ]
        self._model.update(events[::-1])
        self.counted.emit(len(events))
