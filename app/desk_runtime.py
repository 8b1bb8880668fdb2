"""The desk's services on the UI thread: publishes frozen values, takes commands.

Store work runs on one writer and two reader threads, folding on its own thread, models in a
worker; nothing here blocks the UI thread.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.bus import FoldThread
from app.clock import Clock
from app.commands import CommandRefusedError
from app.commands.alarm import SilenceAlarms
from app.commands.operation import TakeShift
from app.desk import GatewayState, LiveValue, Notice, Reference, TrendData
from app.executor import CommandExecutor
from app.journal import NO_LIMIT, Journal, Operation
from app.journal_errors import not_stored_code
from app.keeper import SituationKeeper, joined
from app.paced import PacedSignal
from app.pinned import LoadReference, PinnedReferences
from app.queries.alarm_figures import alarm_figures
from app.queries.reports import draft_sentences
from app.queries.situations import SituationReader
from app.queries.timeline import Timeline
from app.queries.trend_events import trend_events
from app.replay import Replay
from models.ids import IdSource, IncidentId, OperationId
from models.operation.events.base import Event
from models.operation.events.report import Sentence
from models.operation.situation import Changes, Published, Situation
from models.telemetry.alarm_kpi import AlarmKpi

_LOG = logging.getLogger("muster.desk")
T = TypeVar("T")
_LEAST_SEVERE = 4
_CLOCK_SLACK_S = 2.0

# What concerns the live operation, whatever the screens show.
_LIVE_ACTS = (SilenceAlarms, TakeShift)
HistoryReader = Callable[[Sequence[str], int, int, int], "asyncio.Future[tuple[TrendData, ...]]"]


class DeskRuntime(QObject):
    """Implements `app.desk.DeskApi`.

    Signals: published(Published; its receivers take turns), live_published(Published, also
    during a replay), live_values(tuple[LiveValue]), gateway_state(GatewayState),
    notice(Notice), ticked(int as object, 1 Hz), reference_changed(Reference),
    replay_changed(Replay or None).
    """

    live_published = Signal(object)
    live_values = Signal(object)
    gateway_state = Signal(object)
    notice = Signal(object)
    ticked = Signal(object)
    reference_changed = Signal(object)
    replay_changed = Signal(object)
    _folded = Signal(object)
    _fold_failed = Signal(object)

    def __init__(
        self,
        *,
        journal: Journal,
        reader: SituationReader,
        operation_id: OperationId,
        start: Situation,
        reference: Reference,
        clock: Clock,
        ids: IdSource,
        utc_offset_h: float,
        time_zone: str,
        load_reference: LoadReference,
        desk_id: str = "desk",
    ) -> None:
        super().__init__()
        self.published = PacedSignal(_newest)
        self.clock = clock
        self.reference = reference
        self.live_reference = reference
        self.situation = start
        self.live_situation = start
        self.desk_id = desk_id
        self.actor = desk_id
        self.role = ""
        self.utc_offset_h = utc_offset_h
        self.time_zone = time_zone
        self.gateway = GatewayState(connected=False, detail="starting")
        self.latest: dict[str, LiveValue] = {}
        self.replay: Replay | None = None
        self._journal = journal
        self._reader = reader
        self._operation_id = operation_id
        self._history: HistoryReader | None = None
        self._load_reference = load_reference
        self._pinned = PinnedReferences(load_reference)
        self._loading_revision = reference.revision
        self._keeper = SituationKeeper(journal, start)
        self._executor = CommandExecutor(
            journal, self._keeper, lambda: self.live_reference, clock, ids
        )
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="store-reader")
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="model")
        self._folding = FoldThread(self._keeper, self._folded.emit, self._fold_failed.emit)
        self._behind_s = 0.0
        self._stopped = False
        self._folded.connect(self._on_folded)
        self._fold_failed.connect(self._on_fold_failed)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._on_second)

    # Life

    def start(self) -> None:
        """Start folding and ticking."""
        self._folding.start()
        self._folding.wake(urgent=True)
        self._timer.start()

    def stop(self) -> None:
        """Stop threads; what was confirmed is stored already. Asked later, nothing is begun."""
        self._stopped = True
        self._timer.stop()
        self._folding.stop()
        for pool in (self._writer, self._readers, self._worker):
            pool.shutdown(wait=True, cancel_futures=True)

    # What views ask

    def execute(self, command: object) -> "asyncio.Future[tuple[Event, ...]]":
        """Run a command on the writer thread; refusals also become a notice."""
        if self.replay is not None and not isinstance(command, _LIVE_ACTS):
            loop = asyncio.get_running_loop()
            refused: asyncio.Future[tuple[Event, ...]] = loop.create_future()
            refused.set_exception(CommandRefusedError("replay_is_read_only"))
            refused.add_done_callback(self._on_executed)
            return refused
        future = self._begin(
            self._writer, partial(self._executor.execute, command, self.actor, self.role)
        )
        future.add_done_callback(self._on_executed)
        return future

    def take_shift(
        self, person: str, role: str, shift: str, takeover_reason: str = ""
    ) -> "asyncio.Future[tuple[Event, ...]]":
        """Let somebody take the watch here; once that is stored this desk acts in their name."""
        command = TakeShift(person, role, shift, takeover_reason, self.time_zone)
        actor = f"{person}@{self.desk_id}"
        future = self._begin(self._writer, partial(self._executor.execute, command, actor, role))
        future.add_done_callback(partial(self._on_shift_taken, actor, role))
        future.add_done_callback(self._on_executed)
        return future

    def execute_as(self, actor: str, command: object) -> "asyncio.Future[tuple[Event, ...]]":
        """Run a command for the program itself (a model's zone), replay or not; no notices."""
        future = self._begin(self._writer, partial(self._executor.execute, command, actor, ""))
        future.add_done_callback(lambda _: self._folding.wake(urgent=True))
        return future

    def in_reader(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Run a read on one of the two reader threads."""
        return self._begin(self._readers, function)

    def in_worker(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Run a computation on the model thread."""
        return self._begin(self._worker, function)

    def _begin(self, pool: ThreadPoolExecutor, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Run something on a thread; a timer that fires while the desk leaves begins nothing."""
        loop = asyncio.get_running_loop()
        if self._stopped:
            left: asyncio.Future[T] = loop.create_future()
            left.cancel()
            return left
        return loop.run_in_executor(pool, function)

    def events(self, after_seq: int, limit: int) -> "asyncio.Future[tuple[Event, ...]]":
        """Read the journal of the operation on screen."""
        operation_id = self.situation.operation_id or self._operation_id
        return self.in_reader(
            lambda: tuple(self._journal.read(OperationId(operation_id), after_seq, limit))
        )

    def timeline(self, incident_id: str) -> "asyncio.Future[tuple[Event, ...]]":
        """Read everything about an incident, up to the moment on screen."""
        situation = self.situation
        operation_id = OperationId(situation.operation_id)
        upto_seq = situation.seq if self.replay else NO_LIMIT
        timeline = Timeline(self._journal)
        return self.in_reader(
            lambda: timeline.of_incident(operation_id, IncidentId(incident_id), upto_seq=upto_seq)
        )

    def operations(self) -> "asyncio.Future[tuple[Operation, ...]]":
        """Read the list of operations."""
        return self.in_reader(self._journal.operations)

    def alarm_figures(
        self, operation_id: str, end_us: int, length_us: int, operators: int
    ) -> "asyncio.Future[AlarmKpi]":
        """Read how well the alarm system of an operation served up to a moment."""
        journal = self._journal
        return self.in_reader(
            lambda: alarm_figures(journal, OperationId(operation_id), end_us, length_us, operators)
        )

    def situation_at(self, recorded_us: int) -> "asyncio.Future[Situation]":
        """Fold the situation as it was known at a moment."""
        return self.in_reader(lambda: self._reader.at(self._operation_id, recorded_us))

    def report_sentences(
        self, incident_id: str, language: str
    ) -> "asyncio.Future[tuple[tuple[Sentence, ...], int, str]]":
        """Draft a report's sentences from the journal, with the head they rest on."""
        situation, reference = self.situation, self.reference
        return self.in_reader(
            lambda: draft_sentences(
                self._journal, situation, reference, incident_id, language, self.time_zone
            )
        )

    def trend(
        self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int
    ) -> "asyncio.Future[tuple[TrendData, ...]]":
        """Read history for a plot; nothing where no gateway answers."""
        if self._history is None:
            empty: asyncio.Future[tuple[TrendData, ...]] = (
                asyncio.get_running_loop().create_future()
            )
            empty.set_result(())
            return empty
        return self._history(tag_keys, from_us, to_us, points)

    def trend_events(
        self, tag_keys: Sequence[str], from_us: int, to_us: int
    ) -> "asyncio.Future[tuple[Event, ...]]":
        """Read what the journal has about tags within a span, up to the moment on screen."""
        situation, journal, tags = self.situation, self._journal, tuple(tag_keys)
        operation_id = OperationId(situation.operation_id or self._operation_id)
        upto_seq = situation.seq if self.replay else NO_LIMIT
        return self.in_reader(
            lambda: trend_events(journal, operation_id, tags, (from_us, to_us), upto_seq)
        )

    # What the gateway client says

    def set_history(self, history: HistoryReader) -> None:
        """Attach the history reader."""
        self._history = history

    def take_values(self, values: tuple[LiveValue, ...]) -> None:
        """Take a frame of latest values."""
        for value in values:
            self.latest[value.tag_key] = value
        self.live_values.emit(values)

    def take_gateway_state(self, state: GatewayState) -> None:
        """Take what the gateway says of itself, or that it is gone."""
        self.gateway = state
        self.gateway_state.emit(state)

    def wake(self) -> None:
        """Somebody else appended."""
        self._folding.wake()

    def set_reference(self, reference: Reference) -> None:
        """Use another revision of the reference data; a replay goes on with that of its day."""
        self.live_reference = reference
        if self.replay is None:
            self._show_reference(reference)

    def _show_reference(self, reference: Reference) -> None:
        if reference is not self.reference:
            self.reference = reference
            self.reference_changed.emit(reference)

    def say(self, severity: int, code: str, detail: str = "") -> None:
        """Show a non-blocking notice."""
        self.notice.emit(Notice(severity=severity, code=code, detail=detail))

    # Replay

    def enter_replay(self, operation_id: str = "") -> Replay:
        """Look at an operation by time; the live one runs on underneath."""
        self.leave_replay()
        shown_id = OperationId(operation_id or self._operation_id)
        replay = Replay(self, self._reader, self._journal, shown_id, self._pinned)
        replay.moment.connect(self._on_replay_moment)
        self.replay = replay
        replay.start()
        self.replay_changed.emit(replay)
        return replay

    def leave_replay(self) -> None:
        """Return to the live situation."""
        if self.replay is None:
            return
        self.replay.stop()
        self.replay = None
        self._show_reference(self.live_reference)
        self.situation = self.live_situation
        self.replay_changed.emit(None)
        self.published.emit(Published(situation=self.live_situation, changes=Changes(full=True)))

    @Slot(object)
    def _on_replay_moment(self, situation: Situation) -> None:
        if self.replay is not None and self.replay.reference is not None:
            self._show_reference(self.replay.reference)
        self.situation = situation
        self.published.emit(Published(situation=situation, changes=Changes(full=True)))

    # Slots

    @Slot(object)
    def _on_folded(self, published: Published) -> None:
        self.live_situation = published.situation
        self._follow_reference(published.situation.reference_revision)
        self.live_published.emit(published)
        if self.replay is None:
            self.situation = published.situation
            self.published.emit(published)

    def _follow_reference(self, revision: int) -> None:
        """Read the reference data anew when somebody else changed it."""
        if revision <= max(self._loading_revision, self.live_reference.revision):
            return
        self._loading_revision = revision
        future = self.in_reader(partial(self._load_reference, None))
        future.add_done_callback(self._on_reference_read)

    def _on_reference_read(self, future: "asyncio.Future[Reference]") -> None:
        if future.cancelled():
            return
        if future.exception() is not None:
            self._loading_revision = self.live_reference.revision
            self.say(1, "store_unreadable", str(future.exception()))
        elif future.result().revision > self.live_reference.revision:
            self.set_reference(future.result())

    @Slot(object)
    def _on_fold_failed(self, error: Exception | None) -> None:
        if error is None:
            self.say(_LEAST_SEVERE, "store_readable")
        else:
            self.say(1, "store_unreadable", str(error))

    @Slot()
    def _on_second(self) -> None:
        now_us = self.replay.now_us() if self.replay else self.clock.now_us()
        self.ticked.emit(now_us)
        self._watch_clock()

    def _watch_clock(self) -> None:
        """Say once for each time that the machine's clock was set back."""
        behind_s = getattr(self.clock, "behind_s", 0.0)
        if behind_s > self._behind_s + _CLOCK_SLACK_S:
            self.say(2, "clock_set_back", f"{behind_s:.0f}")
        self._behind_s = max(behind_s, 0.0)

    def _on_shift_taken(self, actor: str, role: str, future: "asyncio.Future[Any]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.actor, self.role = actor, role

    def _on_executed(self, future: "asyncio.Future[Any]") -> None:
        self._folding.wake(urgent=True)
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, CommandRefusedError):
            self.say(2, error.code, error.detail)
        elif error is not None:
            _LOG.error("a command was not stored: %s", error)
            self.say(1, not_stored_code(error), str(error))


def _newest(before: Published, after: Published) -> Published:
    return Published(situation=after.situation, changes=joined(before.changes, after.changes))
