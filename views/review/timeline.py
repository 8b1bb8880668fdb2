"""Everything that was recorded, up to the moment on screen; Enter jumps to a line's moment."""

import asyncio
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.operation.events.base import Event
from models.operation.situation import Published
from views.actors import Actors
from views.event_lines import EventLines
from views.i18n import Retranslating
from views.kit import ViewKit
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_DELAY_MS = 250
_MOST = 400


class TimelinePane(Retranslating, QWidget):
    """Signals: moment_wanted(int µs UTC as object)."""

    moment_wanted = Signal(object)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._request = 0
        self._shown_seq = 0
        self._lines = EventLines(kit.desk, kit.wording)
        self._actors = Actors(kit.desk, kit.wording)
        columns: tuple[Column[Event], ...] = (
            Column("seq", lambda: "#", lambda event: f"{event.seq:,}", right=True, width=72),
            Column("recorded", lambda: self.tr("Recorded"), self._recorded, width=124),
            Column("happened", lambda: self.tr("Happened"), self._happened, width=124),
            Column("actor", lambda: self.tr("Who"), self._who, tip=lambda e: e.actor, width=140),
            Column("text", lambda: self.tr("What"), self._lines.line, stretch=True),
        )
        self._model: TableModel[Event] = TableModel(columns, lambda event: event.seq, self)
        self._view = TableView(kit.theme)
        self._view.setObjectName("timeline-table")
        self._view.show_model(self._model)
        self._view.opened.connect(self._on_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._timer = QTimer(self, interval=_DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timer)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._view.setAccessibleName(self.tr("Timeline"))
        self._model.retranslate()

    def refresh(self) -> None:
        """Read the timeline again soon."""
        if not self._timer.isActive():
            self._timer.start()

    def _who(self, event: Event) -> str:
        return self._actors.name(event.actor)

    def _recorded(self, event: Event) -> str:
        return self._kit.wording.time(event.recorded_time_us, self._kit.desk.clock.now_us())

    def _happened(self, event: Event) -> str:
        return self._kit.wording.time(event.event_time_us, self._kit.desk.clock.now_us())

    @property
    def shown_seq(self) -> int:
        """The snapshot whose lines are shown; 0 before the first."""
        return self._shown_seq

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        """Read soon what goes on; at once where the snapshot is another one, as in a replay."""
        if published.changes.full:
            self._on_timer()
        else:
            self.refresh()

    @Slot()
    def _on_timer(self) -> None:
        if not self.isVisible():
            return
        self._request += 1
        seq = self._kit.desk.situation.seq
        future = self._kit.desk.events(max(0, seq - _MOST), _MOST)
        future.add_done_callback(partial(self._on_events, self._request, seq))

    def _on_events(
        self, request: int, seq: int, future: "asyncio.Future[tuple[Event, ...]]"
    ) -> None:
        if request != self._request or future.cancelled() or future.exception() is not None:
            return
        events = [e for e in future.result() if e.seq <= seq and self._lines.is_worth_a_line(e)]
        self._model.update(events[::-1])
        self._shown_seq = seq

    @Slot(object)
    def _on_opened(self, event: Event) -> None:
        self.moment_wanted.emit(event.recorded_time_us)
