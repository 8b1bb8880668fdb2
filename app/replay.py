"""Replay: the screens show an operation's situation at a moment, scrubbed or played."""

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.clock import PacedClock
from app.desk import Reference
from app.journal import Journal
from app.pinned import PinnedReferences
from app.queries.situations import SituationReader
from models.ids import OperationId
from models.operation.situation import Situation

if TYPE_CHECKING:
    from app.desk_runtime import DeskRuntime

_LOG = logging.getLogger("muster.replay")
_PERIOD_MS = 200


class Replay(QObject):
    """One replay. Signals: moment(Situation at the shown time), span(tuple of start and end)."""

    moment = Signal(object)
    span = Signal(object)

    def __init__(
        self,
        desk: "DeskRuntime",
        reader: SituationReader,
        journal: Journal,
        operation_id: OperationId,
        pinned: PinnedReferences,
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._reader = reader
        self._journal = journal
        self._pinned = pinned
        self.reference: Reference | None = None  # as pinned at the moment on screen
        self.operation_id = operation_id
        self.start_us = 0
        self.end_us = 0
        self._clock = PacedClock(0, 0.0)
        self._shown: Situation | None = None
        self._wanted_us = -1
        self._busy = False
        self._stopped = False
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(self._on_period)

    def start(self) -> None:
        """Learn the operation's span and show its first moment."""
        future = self._desk.in_reader(self._read_span)
        future.add_done_callback(self._on_span)

    def stop(self) -> None:
        """Stop playing; reads under way are not shown any more."""
        self._stopped = True
        self._timer.stop()
        self.deleteLater()

    def now_us(self) -> int:
        """Return the moment on screen [µs UTC]."""
        return min(self._clock.now_us(), self.end_us) if self.end_us else 0

    @property
    def speed(self) -> float:
        """Operation seconds per second; 0 is paused."""
        return self._clock.speed

    def set_speed(self, speed: float) -> None:
        """Play at a speed; 0 pauses."""
        self._clock.set_speed(speed)

    def seek(self, moment_us: int) -> None:
        """Show a moment, kept inside the operation's span."""
        self._clock.seek(max(self.start_us, min(moment_us, self.end_us)))
        self._on_period()

    def _read_span(self) -> tuple[int, int]:
        events = self._journal.read(self.operation_id, 0, 1)
        latest = self._reader.latest(self.operation_id)
        return (events[0].recorded_time_us if events else 0, latest.recorded_us)

    def _on_span(self, future: "asyncio.Future[tuple[int, int]]") -> None:
        if self._stopped or future.cancelled():
            return
        if future.exception() is not None:
            self._desk.say(1, "replay_failed", str(future.exception()))
            return
        self.start_us, self.end_us = future.result()
        self._clock.seek(self.start_us)
        self.span.emit((self.start_us, self.end_us))
        self._timer.start()
        self._on_period()

    @Slot()
    def _on_period(self) -> None:
        moment_us = self.now_us()
        if moment_us == self._wanted_us or self._busy:
            return
        self._wanted_us = moment_us
        self._busy = True
        live = self._desk.live_reference

        def read() -> tuple[Situation, Reference]:
            situation = self._reader.at(self.operation_id, moment_us)
            return situation, self._pinned.at(situation.reference_revision, live)

        self._desk.in_reader(read).add_done_callback(self._on_read)

    def _on_read(self, future: "asyncio.Future[tuple[Situation, Reference]]") -> None:
        self._busy = False
        if self._stopped or future.cancelled():
            return
        if future.exception() is not None:
            self._desk.say(1, "replay_failed", str(future.exception()))
            return
        situation, self.reference = future.result()
        if self._shown is None or situation.seq != self._shown.seq:
            self._shown = situation
            self.moment.emit(situation.with_(mode="replay"))
        if not self._stopped:
            self._on_period()  # somebody may have gone on to another moment meanwhile
