"""Keeps an estimate of where a leak comes from true while somebody looks at it.

A run every ten seconds, one after the other, each in a process of its own. Nothing is put on record
but by an officer's act.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from app.commands.estimate import AdoptEstimate
from app.desk import TrendData
from app.desk_runtime import DeskRuntime
from app.terrain import TerrainChooser
from app.zone_follower import ZoneFollower, model_stands
from app.zones import estimated_rate
from models.hazard.estimation.ports import SourceEstimate
from models.operation.events.base import Event
from models.operation.situation import Incident, Published, Situation
from models.times import SECOND_US

if TYPE_CHECKING:
    from app.source_estimates import Ground, Solve

EVERY_US = 10 * SECOND_US
_WINDOW_US = 600 * SECOND_US
_POINTS = 600
_STEPS = 100
InThread = Callable[[Callable[[], Any]], "asyncio.Future[Any]"]


class EstimateCancelledError(Exception):
    """Somebody stopped the run."""

    code = "cancelled"


@dataclass(slots=True)
class _Run:
    """A run under way; one that was left ends without a word."""

    incident_id: str
    stopping: threading.Event = field(default_factory=threading.Event)
    left: bool = False


class EstimateFollower(QObject):
    """Signals: progressed, estimated, ended; each with the incident's id first.

    `progressed` goes on with an int percent, `estimated` with the SourceEstimate, `ended` with a
    str why not. `ended` says '' after an estimate, 'cancelled', 'closed', what is missing (the
    codes of `app.source_estimates`), or the error.
    """

    progressed = Signal(str, int)
    estimated = Signal(str, object)
    ended = Signal(str, str)

    def __init__(
        self,
        desk: DeskRuntime,
        zones: ZoneFollower,
        terrain: TerrainChooser,
        in_thread: InThread | None = None,
        solve: "Solve | None" = None,
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._zones = zones
        self._terrain = terrain
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="estimate")
        self._in_thread = in_thread or self._in_pool
        self._solve = solve
        self._incident_id = ""
        self._run: _Run | None = None
        self._percent = 0
        self._began_us = 0
        self._newest: SourceEstimate | None = None
        self._adopted: set[str] = set()
        self._stopped = False
        desk.ticked.connect(self._on_ticked)
        desk.live_published.connect(self._on_published)

    @property
    def newest(self) -> SourceEstimate | None:
        """The last estimate of the incident that is followed."""
        return self._newest

    def percent(self, incident_id: str) -> int | None:
        """Return how far a run is; None when none runs."""
        run = self._run
        running = run is not None and not run.left and run.incident_id == incident_id
        return self._percent if running else None

    def follow(self, incident_id: str) -> None:
        """Estimate the incident's source now and every ten seconds, until `leave`."""
        if incident_id != self._incident_id:
            self.leave()
            self._incident_id = incident_id
        if self._run is None:
            self._begin()

    def leave(self) -> None:
        """Follow nothing; a run that is under way is stopped."""
        self._incident_id = ""
        self._newest = None
        if self._run is not None:
            self._run.left = True
            self._run.stopping.set()

    def cancel(self) -> None:
        """Stop the run and ask no more by itself; what was found stays."""
        if self._run is not None:
            self._run.stopping.set()

    def stop(self) -> None:
        """Stop everything and wait for the thread."""
        self._stopped = True
        self.leave()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def adopt(
        self, incident_id: str, estimate: SourceEstimate, rate_kg_s: float, source_key: str,
        place_text: str,
    ) -> "asyncio.Future[tuple[Event, ...]]":  # fmt: skip
        """Take an estimate as the incident's source: an officer's act; the zone follows it."""
        command = AdoptEstimate(
            incident_id=incident_id,
            estimate=estimate,
            release_kg_s=rate_kg_s,
            source_key=source_key,
            place_text=place_text,
        )
        future = self._desk.execute(command)
        future.add_done_callback(partial(self._on_adopted, incident_id))
        return future

    def _on_adopted(self, incident_id: str, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._adopted.add(incident_id)
            self._draw(self._desk.live_situation)

    def _draw(self, situation: Situation) -> None:
        """Let zones that stand on at the old rate be followed by one at the estimated rate.

        Where the place changed no model's zone stands and `ZoneFollower` draws it by itself.
        """
        for incident_id in tuple(self._adopted):
            incident = situation.incidents.get(incident_id)
            if incident is None or incident.closed_us is not None:
                self._adopted.discard(incident_id)
                continue
            rate = estimated_rate(situation, incident, self._desk.live_reference)
            if rate is not None:
                self._adopted.discard(incident_id)
                if model_stands(situation, incident_id):
                    self._zones.set_rate(incident_id, rate)

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        idle = bool(self._incident_id) and self._run is None
        live = self._desk.replay is None and self._began_us >= 0
        if idle and live and self._desk.clock.now_us() - self._began_us >= EVERY_US:
            self._begin()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if self._adopted:
            self._draw(published.situation)
        if self._incident_id and self._open_incident() is None:
            self._close()

    def _open_incident(self) -> Incident | None:
        incident = self._desk.live_situation.incidents.get(self._incident_id)
        if incident is None or incident.closed_us is not None or incident.merged_into:
            return None
        return incident

    def _close(self) -> None:
        incident_id = self._incident_id
        self.leave()
        self.ended.emit(incident_id, "closed")

    def _begin(self) -> None:
        incident = self._open_incident()
        if self._stopped or incident is None:
            if not self._stopped:
                self._close()
            return
        desk = self._desk
        situation, reference, now_us = desk.live_situation, desk.live_reference, desk.clock.now_us()
        run = self._run = _Run(incident.id)
        self._began_us, self._percent = now_us, 0
        self.progressed.emit(incident.id, 0)

        def look() -> "Ground":
            from app.source_estimates import ground_of  # brings scipy

            return ground_of(situation, reference, incident, now_us)

        self._in_thread(look).add_done_callback(partial(self._on_looked, run))

    def _on_looked(self, run: _Run, future: "asyncio.Future[Ground]") -> None:
        if not self._goes_on(run, future):
            return
        ground, now_us = future.result(), self._desk.clock.now_us()
        curves = self._desk.trend(ground.tag_keys, now_us - _WINDOW_US, now_us, _POINTS)
        curves.add_done_callback(partial(self._on_read, run, ground))

    def _on_read(
        self,
        run: _Run,
        ground: "Ground",
        future: "asyncio.Future[tuple[TrendData, ...]]",
    ) -> None:
        failed = future.cancelled() or future.exception() is not None
        curves = {} if failed else {each.tag_key: each for each in future.result()}
        desk, incident = self._desk, self._open_incident()
        if incident is None or incident.id != run.incident_id or run.stopping.is_set():
            self._end(run, "cancelled")
            return
        situation, reference, terrain = desk.live_situation, desk.live_reference, self._terrain
        latest = {key: desk.latest[key] for key in ground.tag_keys if key in desk.latest}
        now_us, connected = desk.clock.now_us(), desk.gateway.connected

        def progress(share: float) -> None:
            if run.stopping.is_set():
                raise EstimateCancelledError
            self._percent = int(share * _STEPS)
            self.progressed.emit(run.incident_id, self._percent)

        def compute() -> SourceEstimate:
            from app.estimates_apart import estimate_apart
            from app.source_estimates import Heard, estimate_now

            heard = Heard(latest, connected, curves, now_us)
            name = terrain.choose(ground.place, reference).name
            solve = self._solve or estimate_apart
            return estimate_now(
                situation, reference, incident, ground, heard, name, progress, solve
            )

        self._in_thread(compute).add_done_callback(partial(self._on_computed, run))

    def _in_pool(self, function: Callable[[], Any]) -> "asyncio.Future[Any]":
        return asyncio.get_running_loop().run_in_executor(self._pool, function)

    def _on_computed(self, run: _Run, future: "asyncio.Future[SourceEstimate]") -> None:
        if self._goes_on(run, future):
            self._newest = future.result()
            self._run = None
            self.estimated.emit(run.incident_id, self._newest)
            self.ended.emit(run.incident_id, "")

    def _goes_on(self, run: _Run, future: "asyncio.Future[Any]") -> bool:
        """Return whether a step ended well; else say why not."""
        if future.cancelled() or run.stopping.is_set():
            self._end(run, "cancelled")
            return False
        error = future.exception()
        if error is not None:
            self._end(run, _why(error))
        return error is None

    def _end(self, run: _Run, fault: str) -> None:
        """Let go of a run; after one that was left, begin with what is wanted now."""
        self._run = None
        if self._stopped:
            return
        if run.left:
            if self._incident_id:
                self._begin()
            return
        if fault == "cancelled":
            self._began_us = -1  # until somebody asks again
        self.ended.emit(run.incident_id, fault)


def _why(error: BaseException) -> str:
    return str(getattr(error, "code", "") or error)
