"""Keeps every open incident's zone true: draws it, and draws a new one when the wind turned.

Where no model can be computed the rule of thumb is renewed. A zone that went out of date stays on
the map beside the new one until an officer withdraws it. What an officer drew or imported stands
beside all that and is never replaced.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import CommandRefusedError
from app.commands.zone import DrawZone, current_zones
from app.desk_runtime import DeskRuntime
from app.journal_errors import not_stored_code
from app.terrain import TerrainChooser
from app.zones import (
    RateInput,
    compute_zone,
    estimated_rate,
    known_rate,
    live_wind,
    recorded_rate,
    rule_of_thumb,
)
from models.hazard.ports import ZoneResult
from models.operation.situation import Incident, Published, Situation

_LOG = logging.getLogger("muster.zones")
ACTOR = "model"


@dataclass(frozen=True, slots=True)
class _Entered:
    """A rate an officer entered, when, and for a wind that was observed since when [µs UTC]."""

    rate: RateInput
    at_us: int
    wind_since_us: int


class ZoneFollower(QObject):
    """Watches the live situation and computes zones on the model thread."""

    def __init__(self, desk: DeskRuntime, terrain: TerrainChooser) -> None:
        super().__init__(desk)
        self._terrain = terrain
        self._desk = desk
        self._busy: set[str] = set()
        self._failed: dict[str, tuple[str, ...]] = {}  # incident → what failed last
        self._said: dict[str, str] = {}  # incident → why no zone could be computed
        self._waiting: dict[str, _Entered] = {}  # not on record yet
        desk.live_published.connect(self._on_published)

    def set_rate(self, incident_id: str, rate: RateInput, *, wind_since_us: int = 0) -> None:
        """Use the rate an officer entered; it is drawn at once beside what stands there.

        Where it can't be, for want of a place or of a wind observed since `wind_since_us` [µs UTC],
        it waits and is drawn as soon as it can: the wind entered with it is still being stored.
        """
        self._failed.pop(incident_id, None)
        self._said.pop(incident_id, None)
        now_us = self._desk.clock.now_us()
        self._waiting[incident_id] = _Entered(rate, now_us, wind_since_us)
        incident = self._desk.live_situation.incidents.get(incident_id)
        if incident is not None:
            self._draw_waiting(incident, self._desk.live_situation)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        situation = published.situation
        for known in (self._failed, self._said, self._waiting):
            for gone in known.keys() - set(situation.incidents.keys()):
                del known[gone]
        for incident in situation.incidents.values():
            if incident.closed_us is not None or incident.id in self._busy:
                continue
            if incident.merged_into:
                self._renew_merged(incident, situation)
                continue
            self._draw_waiting(incident, situation)
            if incident.id in self._busy or model_stands(situation, incident.id):
                continue
            rate = self._rate(incident, situation)
            if rate is not None:
                self._compute(incident, situation, rate)
            if incident.id not in self._busy and _rule_of_thumb_is_old(situation, incident.id):
                self._renew_rule_of_thumb(incident, situation)

    def _draw_waiting(self, incident: Incident, situation: Situation) -> None:
        """Draw a rate that waits, unless the detectors' estimate was taken after it."""
        waiting = self._waiting.get(incident.id)
        if waiting is None:
            return
        adopted = incident.source_estimate
        if adopted is not None and adopted.at_us > waiting.at_us:
            del self._waiting[incident.id]
            return
        self._compute(incident, situation, waiting.rate, waiting)

    def _renew_merged(self, incident: Incident, situation: Situation) -> None:
        """Follow the wind with the zone of an incident that is part of another one by now.

        Its cloud goes on; what has no zone gets none, and a withdrawn one stays withdrawn.
        """
        rate = known_rate(situation, incident, self._desk.live_reference)
        if recorded_rate(situation, incident.id) is None or rate is None:
            return
        if not model_stands(situation, incident.id):
            self._compute(incident, situation, rate)

    def _rate(self, incident: Incident, situation: Situation) -> RateInput | None:
        reference = self._desk.live_reference
        estimated = estimated_rate(situation, incident, reference)
        if estimated is not None:
            return estimated
        leaks = incident.incident_kind in {"toxic_leak", "flammable_leak"}
        waits = incident.id in self._waiting  # what the officer knows better isn't guessed
        if recorded_rate(situation, incident.id) is None and (waits or not leaks):
            return None
        return known_rate(situation, incident, reference)

    def _compute(
        self,
        incident: Incident,
        situation: Situation,
        rate: RateInput,
        entered: _Entered | None = None,
    ) -> None:
        wanted = incident.wind[0].source if incident.wind else ""
        wind = live_wind(situation, wanted)
        if wind is None or incident.position is None or not incident.substance:
            return
        if entered is not None and wind.observed_us < entered.wind_since_us:
            return
        reference, place, chooser = self._desk.live_reference, incident.position, self._terrain
        now_us, utc_offset_h = self._desk.clock.now_us(), self._desk.utc_offset_h

        def compute() -> ZoneResult:
            return compute_zone(
                incident,
                rate,
                wind,
                reference,
                now_us=now_us,
                utc_offset_h=utc_offset_h,
                terrain=chooser.choose(place, reference, rate.terrain),
            )

        attempt = f"{wind.observed_us}:{rate}:{_at(incident)}"
        self._begin(incident.id, attempt, compute, entered)

    def _renew_rule_of_thumb(self, incident: Incident, situation: Situation) -> None:
        if incident.position is None:
            return
        wind = live_wind(situation, incident.wind[0].source if incident.wind else "")
        compute = partial(
            rule_of_thumb, incident, wind, self._desk.live_reference, self._desk.clock.now_us()
        )
        attempt = f"rule of thumb:{wind.observed_us if wind else ''}:{_at(incident)}"
        self._begin(incident.id, attempt, compute, None)

    def _begin(
        self,
        incident_id: str,
        attempt: str,
        compute: Callable[[], ZoneResult],
        entered: _Entered | None,
    ) -> None:
        if attempt in self._failed.get(incident_id, ()):
            return
        self._busy.add(incident_id)
        if entered is not None:
            del self._waiting[incident_id]
        future = self._desk.in_worker(compute)
        future.add_done_callback(partial(self._on_computed, incident_id, attempt, entered))

    def _on_computed(
        self,
        incident_id: str,
        attempt: str,
        entered: _Entered | None,
        future: "asyncio.Future[ZoneResult]",
    ) -> None:
        if future.cancelled():
            self._busy.discard(incident_id)
            return
        error = future.exception()
        if error is not None:
            self._busy.discard(incident_id)
            self._note_failed(incident_id, attempt, entered)
            if self._said.get(incident_id) != str(error):
                self._said[incident_id] = str(error)
                _LOG.warning("no zone for incident %s: %s", incident_id, error)
                self._desk.say(2, "zone_not_computed", str(error))
            return
        command = DrawZone(
            incident_id=incident_id, result=future.result(), only_if_none=entered is None
        )
        drawn = self._desk.execute_as(ACTOR, command)
        drawn.add_done_callback(partial(self._on_drawn, incident_id, attempt, entered))

    def _on_drawn(
        self,
        incident_id: str,
        attempt: str,
        entered: _Entered | None,
        future: "asyncio.Future[tuple[object, ...]]",
    ) -> None:
        self._busy.discard(incident_id)
        error = None if future.cancelled() else future.exception()
        if error is None:
            return
        self._note_failed(incident_id, attempt, entered)
        if not isinstance(error, CommandRefusedError):
            self._desk.say(1, not_stored_code(error), str(error))

    def _note_failed(self, incident_id: str, attempt: str, entered: _Entered | None) -> None:
        """Remember the last three: an entered rate's, the model's and the rule of thumb's.

        A rate that was entered waits on, for another wind or place, unless a newer one does.
        """
        if entered is not None:
            self._waiting.setdefault(incident_id, entered)
        self._failed[incident_id] = (*self._failed.get(incident_id, ())[-2:], attempt)


def model_stands(situation: Situation, incident_id: str) -> bool:
    """Return whether a cloud's zone holds; one of a fire, drawn or imported stands beside it."""
    zones = current_zones(situation, incident_id)
    return any(zone.result.kind == "model" for zone in zones)


def _at(incident: Incident) -> str:
    """Return the incident's place and substance as part of an attempt: others are another one."""
    return f"{incident.position}:{incident.substance}:{incident.cas}"


def _rule_of_thumb_is_old(situation: Situation, incident_id: str) -> bool:
    """Return whether the incident has a rule of thumb and all of them are out of date."""
    if current_zones(situation, incident_id, rule_of_thumb=True):
        return False
    return any(
        zone.incident_id == incident_id
        and zone.result.kind == "rule_of_thumb"
        and zone.withdrawn_us is None
        for zone in situation.zones.values()
    )
