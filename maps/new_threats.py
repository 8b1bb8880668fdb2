"""Who and what a new zone touches that the zones before it did not: named, never prevented."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from maps.sketch_geometry import geometry_of
from maps.sketch_threats import THREATENED, outer_contour
from models.basics import LatLon
from models.hazard.ports import GIVEN, ReceptorHit
from models.operation.drawn import Drawing
from models.operation.situation import Order, Situation, TeamState, Zone

_UNDER_WAY = frozenset({"issued", "received", "started"})


@dataclass(frozen=True, slots=True)
class NewThreats:
    """What lies in the new zone and lay in none before; `zone_id` is the new zone's."""

    zone_id: str
    receptors: tuple[ReceptorHit, ...]
    teams: tuple[TeamState, ...]
    staging: tuple[Order, ...]
    routes: tuple[Order, ...]
    drawings: tuple[Drawing, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to name."""
        return any((self.receptors, self.teams, self.staging, self.routes, self.drawings))


def new_threats(situation: Situation, incident_id: str) -> NewThreats | None:
    """Compare an incident's zone with those that went out of date; None without both.

    Only a model's and an officer's zones count, as long as they stand: once an officer has taken
    the old one away, the new one is the zone, and nothing of it is new. What an officer drew or
    imported never goes out of date; where it stood before the new zone its ground is known.
    """
    standing = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id
        and zone.result.kind != "rule_of_thumb"
        and zone.withdrawn_us is None
        and not zone.replaced_by
    ]
    old = [zone for zone in standing if zone.out_of_date]
    new = [zone for zone in standing if not zone.out_of_date]
    if not old or not new:
        return None
    drawn_us = [zone.drawn_us for zone in new if zone.result.kind not in GIVEN]
    since_us = min(drawn_us, default=max(zone.drawn_us for zone in old))
    known_ground = [z for z in new if z.result.kind in GIVEN and z.drawn_us <= since_us]
    old += known_ground
    new = [zone for zone in new if zone not in known_ground]
    if not new:
        return None
    newest = max(new, key=lambda zone: zone.drawn_us)
    grown = outer_contour(new).difference(outer_contour(old))
    shapely.prepare(grown)
    known = {hit.receptor_key for zone in old for hit in zone.result.receptors}
    orders = [
        order
        for order in situation.orders.values()
        if order.incident_id == incident_id and order.state in _UNDER_WAY
    ]
    return NewThreats(
        newest.id,
        _receptors(new, known),
        tuple(t for t in situation.teams.values() if _holds(grown, t.position)),
        tuple(order for order in orders if _holds(grown, order.staging)),
        tuple(order for order in orders if _crosses(grown, order.route)),
        tuple(
            drawing
            for drawing in situation.drawings.values()
            if drawing.sketch.meaning in THREATENED
            and grown.intersects(geometry_of(drawing.sketch))
        ),
    )


def _receptors(zones: list[Zone], known: set[str]) -> tuple[ReceptorHit, ...]:
    hits = {hit.receptor_key: hit for zone in zones for hit in zone.result.receptors}
    return tuple(hit for key, hit in hits.items() if key not in known)


def _holds(ground: BaseGeometry, place: LatLon | None) -> bool:
    return place is not None and bool(shapely.intersects_xy(ground, place.lon_deg, place.lat_deg))


def _crosses(ground: BaseGeometry, line: tuple[LatLon, ...]) -> bool:
    if len(line) < 2:
        return False
    way = shapely.LineString([(at.lon_deg, at.lat_deg) for at in line])
    return bool(ground.intersects(way))
