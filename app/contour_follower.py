"""Lets contours of probability be computed for every zone of a model, in a process of their own.

Nobody has to ask: staging and routes keep out of the 5 % contour, so each open incident's current
zone gets its contours by itself, once. What stands is never redrawn by itself.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.commands import CommandRefusedError
from app.commands.zone import DrawContours, current_zones
from app.desk import TrendData
from app.desk_runtime import DeskRuntime
from app.journal_errors import not_stored_code
from models.hazard.ports import ZoneResult
from models.operation.situation import Published, Situation, Zone
from models.registry.kinds import Tag
from models.telemetry.tags import TagTable
from models.telemetry.wind import find_masts
from models.times import SECOND_US

if TYPE_CHECKING:
    from app.contours import ContourOrder

ACTOR = "model"
SETTLE_MS = 1000  # the first teams and orders go before; and a second rate may follow the first
_WINDOW_US = 600 * SECOND_US
_POINTS = 1200
_STEPS = 100

T = TypeVar("T")
InThread = Callable[[Callable[[], T]], "asyncio.Future[T]"]
Contours = Callable[["ContourOrder", Callable[[float], None]], ZoneResult]


class ContoursCancelledError(Exception):
    """Somebody stopped the run."""


class ContourFollower(QObject):
    """Signals: progressed(str incident id, int percent), ended(str incident id, str why not).

    `ended` says '' when the contours were drawn, 'cancelled', or the error.
    """

    progressed = Signal(str, int)
    ended = Signal(str, str)

    def __init__(
        self,
        desk: DeskRuntime,
        in_thread: "InThread[ZoneResult] | None" = None,
        contours: "Contours | None" = None,
        *,
        settle_ms: int = SETTLE_MS,
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="contours")
        self._in_thread = in_thread or self._in_pool
        self._contours = contours
        self._running: dict[str, threading.Event] = {}
        self._percent: dict[str, int] = {}
        self._tried: set[str] = set()
        self._said: dict[str, str] = {}  # incident → why its contours could not be computed
        self._stopped = False
        self._settle = QTimer(self, singleShot=True, interval=settle_ms)
        self._settle.timeout.connect(self._on_settled)
        desk.live_published.connect(self._on_published)

    def percent(self, incident_id: str) -> int | None:
        """Return how far a run is; None when none runs."""
        return self._percent.get(incident_id) if incident_id in self._running else None

    def begin(self, incident_id: str) -> None:
        """Compute the contours of the incident's current zone anew: somebody asks for them."""
        zone = self._current(incident_id)
        if zone is None:
            self.ended.emit(incident_id, "no_zone")
        elif incident_id not in self._running:
            self._begin(zone, only_if_none=False)

    def cancel(self, incident_id: str) -> None:
        """Stop the incident's run."""
        if incident_id in self._running:
            self._running[incident_id].set()

    def stop(self) -> None:
        """Stop everything and wait for the thread."""
        self._stopped = True
        for stopping in self._running.values():
            stopping.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if not self._settle.isActive() and self._lacking(published.situation):
            self._settle.start()

    @Slot()
    def _on_settled(self) -> None:
        for zone in self._lacking(self._desk.live_situation):
            self._begin(zone, only_if_none=True)

    def _lacking(self, situation: Situation) -> tuple[Zone, ...]:
        """Return the current zones of open incidents that nothing was tried for yet."""
        found = (
            self._current(incident.id)
            for incident in situation.incidents.values()
            if incident.closed_us is None
            and not incident.merged_into
            and incident.id not in self._running
        )
        return tuple(
            zone
            for zone in found
            if zone is not None and zone.contours is None and zone.id not in self._tried
        )

    def _current(self, incident_id: str) -> Zone | None:
        zones = current_zones(self._desk.live_situation, incident_id)
        found = [zone for zone in zones if zone.result.kind == "model" and _disperses(zone)]
        return max(found, key=lambda zone: (zone.drawn_us, zone.id), default=None)

    def _begin(self, zone: Zone, *, only_if_none: bool) -> None:
        if self._stopped:
            return
        self._tried.add(zone.id)
        self._running[zone.incident_id] = threading.Event()
        self._percent[zone.incident_id] = 0
        self.progressed.emit(zone.incident_id, 0)
        keys = self._mast_tags(zone)
        if not keys:
            self._compute(zone, only_if_none, ())
            return
        now_us = self._desk.clock.now_us()
        future = self._desk.trend(keys, now_us - _WINDOW_US, now_us, _POINTS)
        future.add_done_callback(partial(self._on_read, zone, only_if_none))

    def _mast_tags(self, zone: Zone) -> tuple[str, ...]:
        """Return the keys of the speed and the direction of the zone's own mast."""
        rows = self._desk.live_reference.all(Tag.KIND).values()
        table = TagTable([row for row in rows if isinstance(row, Tag)])
        source = zone.result.wind.source if zone.result.wind else ""
        for mast in find_masts(table):
            if mast.key == source:
                return table.keys[mast.speed_tag], table.keys[mast.direction_tag]
        return ()

    def _on_read(
        self,
        zone: Zone,
        only_if_none: bool,  # noqa: FBT001 - bound by partial
        future: "asyncio.Future[tuple[TrendData, ...]]",
    ) -> None:
        failed = future.cancelled() or future.exception() is not None
        self._compute(zone, only_if_none, () if failed else future.result())

    def _compute(
        self,
        zone: Zone,
        only_if_none: bool,  # noqa: FBT001 - bound by partial
        curves: tuple[TrendData, ...],
    ) -> None:
        desk, situation = self._desk, self._desk.live_situation
        incident, stopping = situation.incidents[zone.incident_id], self._running[zone.incident_id]
        reference, now_us, offset_h = desk.live_reference, desk.clock.now_us(), desk.utc_offset_h

        def progress(share: float) -> None:
            if stopping.is_set():
                raise ContoursCancelledError
            percent = int(share * _STEPS)
            if percent != self._percent.get(zone.incident_id):
                self._percent[zone.incident_id] = percent
                self.progressed.emit(zone.incident_id, percent)

        def compute() -> ZoneResult:
            from app.contours import contour_order, contours_apart, measured_of  # bring scipy
            from app.point_courses import case_of

            by_key = {curve.tag_key: curve for curve in curves}
            keys = self._mast_tags(zone)
            pair = [by_key[key] for key in keys if key in by_key]
            measured = measured_of(pair[0], pair[1]) if len(pair) == 2 else None
            case = case_of(zone, incident)
            order = contour_order(case, reference, measured, now_us=now_us, utc_offset_h=offset_h)
            found = (self._contours or contours_apart)(order, progress)
            progress(1.0)
            return found

        future = self._in_thread(compute)
        future.add_done_callback(partial(self._on_computed, zone, only_if_none))

    def _in_pool(self, function: Callable[[], ZoneResult]) -> "asyncio.Future[ZoneResult]":
        return asyncio.get_running_loop().run_in_executor(self._pool, function)

    def _on_computed(
        self,
        zone: Zone,
        only_if_none: bool,  # noqa: FBT001 - bound by partial
        future: "asyncio.Future[ZoneResult]",
    ) -> None:
        if self._stopped or future.cancelled():
            self._end(zone, "cancelled")
            return
        error = future.exception()
        if isinstance(error, ContoursCancelledError):
            self._end(zone, "cancelled")
        elif error is not None:
            if only_if_none and self._said.get(zone.incident_id) != str(error):
                self._said[zone.incident_id] = str(error)
                self._desk.say(2, "contours_not_computed", str(error))
            self._end(zone, str(error))
        else:
            command = DrawContours(zone.id, future.result(), only_if_none=only_if_none)
            drawn = self._desk.execute_as(ACTOR, command)
            drawn.add_done_callback(partial(self._on_drawn, zone))

    def _on_drawn(self, zone: Zone, future: "asyncio.Future[tuple[object, ...]]") -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None and not isinstance(error, CommandRefusedError):
            self._desk.say(1, not_stored_code(error), str(error))
        self._end(zone, "" if error is None else str(error))

    def _end(self, zone: Zone, fault: str) -> None:
        self._running.pop(zone.incident_id, None)
        self._percent.pop(zone.incident_id, None)
        self.ended.emit(zone.incident_id, fault)


def _disperses(zone: Zone) -> bool:
    """Return whether a zone was computed from a rate: only those scatter with the wind."""
    return any(each.name == "release_rate" for each in zone.result.inputs)
