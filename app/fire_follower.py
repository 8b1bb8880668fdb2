"""Draws a fire's zone again, as it would be now, when the wind left it or its incident was moved.

The old one stays beside it, out of date, until an officer withdraws it. What burns is what the old
zone says: nothing is guessed anew. It burns on when its incident becomes part of another one.
"""

import asyncio
import logging
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import CommandRefusedError
from app.commands.zone import DrawZone, current_fires
from app.desk_runtime import DeskRuntime
from app.journal_errors import not_stored_code
from app.zones import live_wind
from models.hazard.fires import fire_case_key
from models.hazard.ports import ZoneResult
from models.operation.events.base import Event
from models.operation.situation import Incident, Published, Situation, Zone
from models.times import from_us

_LOG = logging.getLogger("muster.zones")
ACTOR = "model"


class FireFollower(QObject):
    """Watches the live situation and computes fires' zones on the model thread."""

    def __init__(self, desk: DeskRuntime) -> None:
        super().__init__(desk)
        self._desk = desk
        self._tried: set[str] = set()
        desk.live_published.connect(self._on_published)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        situation = published.situation
        self._tried &= set(situation.zones.keys())
        for zone in situation.zones.values():
            incident = situation.incidents.get(zone.incident_id)
            if incident is not None and self._is_due(zone, incident, situation):
                self._tried.add(zone.id)
                self._renew(zone, incident, situation)

    def _is_due(self, zone: Zone, incident: Incident, situation: Situation) -> bool:
        return (
            zone.result.kind == "fire"
            and bool(zone.out_of_date)
            and zone.id not in self._tried
            and zone.withdrawn_us is None
            and not zone.replaced_by
            and incident.closed_us is None
            and not current_fires(situation, incident.id, fire_case_key(zone.result))
        )

    def _renew(self, zone: Zone, incident: Incident, situation: Situation) -> None:
        wind = live_wind(situation, incident.wind[0].source if incident.wind else "")
        reference, place = self._desk.live_reference, incident.position or zone.result.origin
        moment = from_us(self._desk.clock.now_us())
        hour = int((moment.hour + moment.minute / 60 + self._desk.utc_offset_h) % 24)

        def compute() -> ZoneResult | None:
            from app.fires import renewed  # brings scipy

            return renewed(zone, place, wind, reference, hour)

        future = self._desk.in_worker(compute)
        future.add_done_callback(partial(self._on_computed, incident.id))

    def _on_computed(self, incident_id: str, future: "asyncio.Future[ZoneResult | None]") -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            _LOG.warning("no zone of a fire for incident %s: %s", incident_id, error)
            self._desk.say(2, "zone_not_computed", str(error))
            return
        result = future.result()
        if result is not None:
            command = DrawZone(incident_id=incident_id, result=result, only_if_none=True)
            self._desk.execute_as(ACTOR, command).add_done_callback(self._on_drawn)

    def _on_drawn(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None and not isinstance(error, CommandRefusedError):
            self._desk.say(1, not_stored_code(error), str(error))
