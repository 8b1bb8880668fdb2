"""Zones that nobody computed here: what stands of them, and one made of an officer's drawing."""

from dataclasses import dataclass
from typing import Literal

from app.desk import Reference
from app.zones import exposed_people
from maps.sketch_geometry import rings_of
from models.basics import LatLon, Name
from models.hazard.given_zone import GivenFrom, GivenLevel, given_zone
from models.hazard.ports import GIVEN, Caution, Input, ZoneResult
from models.hazard.substances import find_substance
from models.operation.drawn import Drawing
from models.operation.situation import Incident, Situation, Zone
from models.times import from_us

Severity = Literal[1, 2, 3]
BY_HAND = "drawn by hand"

LEVELS: dict[Severity, Name] = {
    3: Name(zh="红区：危及生命", en="Red: life-threatening"),
    2: Name(zh="橙区：严重伤害", en="Orange: serious harm"),
    1: Name(zh="黄区：明显不适", en="Yellow: discomfort"),
}
"""The three levels of a zone that no model gave a concentration, the worst first."""

_DRAWN = Caution(code="drawn_by_hand", text="Drawn by hand, computed by no model.")


@dataclass(frozen=True, slots=True)
class HandZone:
    """What an officer says of a drawn area: its level, what that rests on, perhaps of what."""

    drawing: Drawing
    severity: Severity
    basis: str
    substance: str
    officer: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who could be inside: the incident's place, the registry, and the hour of the day."""

    incident: Incident
    reference: Reference
    now_us: int
    utc_offset_h: float

    @property
    def hour(self) -> int:
        """The local hour: day or night decides how many people are there."""
        moment = from_us(self.now_us)
        return int((moment.hour + moment.minute / 60 + self.utc_offset_h) % 24)


def given_zones(situation: Situation, incident_id: str) -> tuple[Zone, ...]:
    """Return the incident's drawn and imported zones that stand, the newest first."""
    found = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id
        and zone.result.kind in GIVEN
        and zone.withdrawn_us is None
        and not zone.replaced_by
    ]
    return tuple(sorted(found, key=lambda zone: (zone.drawn_us, zone.id), reverse=True))


def hand_zone(said: HandZone, around: Surroundings) -> ZoneResult:
    """Return a drawn area as a zone; reaches count from the incident's place where it has one.

    Raises
    ------
    HazardInputError
        When the drawing encloses no area or lies too far away.
    """
    rings = rings_of(said.drawing.sketch)
    level = GivenLevel(
        key=f"hand{said.severity}",
        label=LEVELS[said.severity],
        severity=said.severity,
        rings=rings,
        unit="ppm" if is_toxic(said.substance, around.incident) else "",
        source=said.officer,
    )
    given = GivenFrom(
        kind="drawn",
        model=BY_HAND,
        origin=around.incident.position or _middle(rings),
        inputs=hand_inputs(said),
        warnings=(_DRAWN,),
    )
    return given_zone(given, [level], exposed_people(around.reference, around.hour))


def is_toxic(substance: str, incident: Incident) -> bool:
    """Return whether a zone is known to be one of a toxic cloud: only there a building shelters."""
    if incident.incident_kind != "toxic_leak" or not substance:
        return False
    found = find_substance(substance, incident.cas if substance == incident.substance else "")
    return found is not None and any(not level.key.startswith("lel") for level in found.levels)


def hand_inputs(said: HandZone) -> tuple[Input, ...]:
    """Return what goes on record with a zone drawn by hand: the basis, the drawing, of what."""
    inputs = [
        Input(name="basis", value=said.basis, source=said.officer),
        Input(
            name="drawing",
            value=f"{said.drawing.id} · {said.drawing.revision}",
            source=said.drawing.changed_by,
        ),
    ]
    if said.substance:
        inputs.append(Input(name="substance", value=said.substance, source=said.officer))
    return tuple(inputs)


def _middle(rings: tuple[tuple[LatLon, ...], ...]) -> LatLon:
    corners = [corner for ring in rings for corner in ring]
    lats = [corner.lat_deg for corner in corners]
    lons = [corner.lon_deg for corner in corners]
    return LatLon((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
