"""Keeps every open incident's zone true: draws it, and draws a new one when the wind turned.

Where no model can be computed the rule of thumb is renewed. A zone that went out of date stays on
the map beside the new one until an officer withdraws it. What an officer drew or imported stands
beside all that and is never replaced.
"""

import asyncio
import logging
from collections.abc import Callable
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
    live_wind,
    recorded_rate,
    rule_of_thumb,
    stored_rate,
)
from models.hazard.ports import ZoneResult
from models.operation.situation import Incident, Published, Situation
from models.registry.kinds import HazardSource

_LOG = logging.getLogger("muster.zones")
ACTOR = "model"


class ZoneFollower(QObject):
    """Watches the live situation and computes zones on the model thread."""

    def __init__(self, desk: DeskRuntime, terrain: TerrainChooser) -> None:
        super().__init__(desk)
        self._terrain = terrain
        self._desk = desk
        self._busy: set[str] = set()
        self._failed: dict[str, tuple[str, ...]] = {}  # incident → what failed last
        self._said: dict[str, str] = {}  # incident → why no zone could be computed
        self._rates: dict[str, RateInput] = {}
        desk.live_published.connect(self._on_published)

    def set_rate(self, incident_id: str, rate: RateInput) -> None:
        """Use the rate an officer entered; it is drawn at once beside what stands there."""
        self._rates[incident_id] = rate
        self._failed.pop(incident_id, None)
        self._said.pop(incident_id, None)
        incident = self._desk.live_situation.incidents.get(incident_id)
        if incident is not None:
            self._compute(incident, self._desk.live_situation, rate, only_if_none=False)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        situation = published.situation
        for known in (self._failed, self._said, self._rates):
            for gone in known.keys() - set(situation.incidents.keys()):
                del known[gone]
        for incident in situation.incidents.values():
            if incident.closed_us is not None or incident.merged_into:
                continue
            if incident.id in self._busy or model_stands(situation, incident.id):
                continue
            rate = self._rate(incident, situation)
            if rate is not None:
                self._compute(incident, situation, rate, only_if_none=True)
            if incident.id not in self._busy and _rule_of_thumb_is_old(situation, incident.id):
                self._renew_rule_of_thumb(incident, situation)

    def _rate(self, incident: Incident, situation: Situation) -> RateInput | None:
        estimated = estimated_rate(situation, incident, self._desk.live_reference)
        known = estimated or recorded_rate(situation, incident.id)
        if known is not None:
            return known
        if incident.id in self._rates:
            return self._rates[incident.id]
        if incident.incident_kind not in {"toxic_leak", "flammable_leak"}:
            return None
        source = self._desk.live_reference.get("hazard-sources", incident.hazard_source_key)
        return stored_rate(source if isinstance(source, HazardSource) else None)

    def _compute(
        self, incident: Incident, situation: Situation, rate: RateInput, *, only_if_none: bool
    ) -> None:
        wanted = incident.wind[0].source if incident.wind else ""
        wind = live_wind(situation, wanted)
        if wind is None or incident.position is None or not incident.substance:
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

        attempt = f"{wind.observed_us}:{rate.release_kg_s}:{rate.terrain}:{_at(incident)}"
        self._begin(incident.id, attempt, compute, only_if_none=only_if_none)

    def _renew_rule_of_thumb(self, incident: Incident, situation: Situation) -> None:
        if incident.position is None:
            return
        wind = live_wind(situation, incident.wind[0].source if incident.wind else "")
        compute = partial(
            rule_of_thumb, incident, wind, self._desk.live_reference, self._desk.clock.now_us()
        )
        attempt = f"rule of thumb:{wind.observed_us if wind else ''}:{_at(incident)}"
        self._begin(incident.id, attempt, compute, only_if_none=True)

    def _begin(
        self,
        incident_id: str,
        attempt: str,
        compute: Callable[[], ZoneResult],
        *,
        only_if_none: bool,
    ) -> None:
        if attempt in self._failed.get(incident_id, ()):
            return
        self._busy.add(incident_id)
        future = self._desk.in_worker(compute)
        future.add_done_callback(partial(self._on_computed, incident_id, attempt, only_if_none))

    def _on_computed(
        self,
        incident_id: str,
        attempt: str,
        only_if_none: bool,  # noqa: FBT001 - bound by partial
        future: "asyncio.Future[ZoneResult]",
    ) -> None:
        if future.cancelled():
            self._busy.discard(incident_id)
            return
        error = future.exception()
        if error is not None:
            self._busy.discard(incident_id)
            self._note_failed(incident_id, attempt)
            if self._said.get(incident_id) != str(error):
                self._said[incident_id] = str(error)
                _LOG.warning("no zone for incident %s: %s", incident_id, error)
                self._desk.say(2, "zone_not_computed", str(error))
            return
        command = DrawZone(
            incident_id=incident_id, result=future.result(), only_if_none=only_if_none
        )
        drawn = self._desk.execute_as(ACTOR, command)
        drawn.add_done_callback(partial(self._on_drawn, incident_id, attempt))

    def _on_drawn(
        self,
        incident_id: str,
        attempt: str,
        future: "asyncio.Future[tuple[object, ...]]",
    ) -> None:
        self._busy.discard(incident_id)
        error = None if future.cancelled() else future.exception()
        if error is None:
            return
        self._note_failed(incident_id, attempt)
        if not isinstance(error, CommandRefusedError):
            self._desk.say(1, not_stored_code(error), str(error))

    def _note_failed(self, incident_id: str, attempt: str) -> None:
        """Remember the last two: the model's and the rule of thumb's."""
        self._failed[incident_id] = (*self._failed.get(incident_id, ())[-1:], attempt)


def model_stands(situation: Situation, incident_id: str) -> bool:
    """Return whether a cloud's zone holds; one of a fire, drawn or imported stands beside it."""
    zones = current_zones(situation, incident_id)
    return any(zone.result.kind == "model" for zone in zones)


def _at(incident: Incident) -> str:
    """Return the incident's place as part of an attempt: elsewhere it is another one."""
    place = incident.position
    return "" if place is None else f"{place.lat_deg},{place.lon_deg}"


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
