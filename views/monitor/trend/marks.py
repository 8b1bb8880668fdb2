"""Alarms, notes and what else the journal has, as marks on a trend's time axis."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from models.operation.events.alarm import AlarmRaised
from models.operation.events.base import Event
from models.operation.events.incident import IncidentClosed, IncidentOpened
from models.operation.events.trend import TrendNoted
from models.operation.situation import Published
from models.times import SECOND_US
from views.event_lines import EventLines
from views.kit import ViewKit
from views.monitor.plot.decor import Mark
from views.monitor.trend_plot import TrendPlot
from views.widgets.severity import severity_token

_SOON_MS = 300
_ROOM = 0.5
_NEAR = 0.01
_TOUCHING = frozenset({"alarms", "incidents", "orders", "trend_notes", "plant_states", "shift"})


class Marks(QObject):
    """Reads what happened within the span on screen, and again when something happens."""

    changed = Signal()

    def __init__(self, kit: ViewKit, plot: TrendPlot) -> None:
        super().__init__(plot)
        self._kit, self._plot = kit, plot
        self._lines = EventLines(kit.desk, kit.wording)
        self._events: tuple[Event, ...] = ()
        self._read_s = (0.0, 0.0)
        self._request = 0
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._read)
        plot.span_changed.connect(self._on_span_changed)
        kit.desk.published.connect(self._on_published)
        kit.desk.replay_changed.connect(self._on_replay_changed)
        kit.translator.language_changed.connect(self._on_language_changed)

    @property
    def events(self) -> tuple[Event, ...]:
        """What was read, in the order of the journal."""
        return self._events

    def note_at(self, at_s: float) -> Event | None:
        """Return the newest note that stands at a moment [s UTC], None without one there."""
        from_s, to_s = self._plot.bounds
        reach_s = _NEAR * (to_s - from_s)
        for event in reversed(self._events):
            note = event.payload
            if isinstance(note, TrendNoted) and (
                note.from_us / SECOND_US - reach_s <= at_s <= note.to_us / SECOND_US + reach_s
            ):
                return event
        return None

    def read_soon(self) -> None:
        """Read again: other tags are shown."""
        self._read_s = (0.0, 0.0)
        self._soon.start()

    @Slot()
    def _read(self) -> None:
        tags = self._plot.tags
        if not tags or not self._plot.isVisible():
            return
        from_s, to_s = self._plot.bounds
        room_s = _ROOM * (to_s - from_s)
        self._read_s = (from_s - room_s, to_s + room_s)
        self._request += 1
        span_us = [int(each * SECOND_US) for each in self._read_s]
        future = self._kit.desk.trend_events([tag.key for tag in tags], *span_us)
        future.add_done_callback(partial(self._on_events, self._request))

    def _on_events(self, request: int, done: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not isValid(self) or request != self._request or done.cancelled():
            return
        if (error := done.exception()) is not None:
            self._kit.desk.say(3, "marks_failed", str(error))
            return
        self._events = done.result()
        self._show()

    def _show(self) -> None:
        marks = [self._mark(e) for e in self._events if self._lines.is_worth_a_line(e)]
        self._plot.show_marks(sorted(marks, key=lambda mark: mark.from_s))

    def _mark(self, event: Event) -> Mark:
        payload, at_s = event.payload, event.event_time_us / SECOND_US
        line = self._lines.line(event)
        if isinstance(payload, AlarmRaised):
            token = severity_token(payload.priority)
            return Mark(at_s, at_s, event.subject, line, token, payload.priority)
        if isinstance(payload, TrendNoted):
            from_s, to_s = payload.from_us / SECOND_US, payload.to_us / SECOND_US
            return Mark(from_s, to_s, payload.text, line, "text1")
        minor = not isinstance(payload, IncidentOpened | IncidentClosed)
        return Mark(at_s, at_s, line, line, "text2", minor=minor)

    @Slot()
    def _on_span_changed(self) -> None:
        from_s, to_s = self._plot.bounds
        if from_s < self._read_s[0] or to_s > self._read_s[1] or self._is_much_shorter():
            self._soon.start()

    def _is_much_shorter(self) -> bool:
        from_s, to_s = self._plot.bounds
        return self._read_s[1] - self._read_s[0] > 100 * (to_s - from_s)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        changes = published.changes
        if changes.full or not _TOUCHING.isdisjoint(changes.touched):
            self._soon.start()

    @Slot(object)
    def _on_replay_changed(self, _replay: object) -> None:
        self._events = ()
        self._show()
        self.read_soon()

    @Slot(object)
    def _on_language_changed(self, _language: object) -> None:
        self._show()
