"""What passes at a place by the zone that stands: its own inputs, so the curve fits the map."""

from dataclasses import dataclass

from app.zones import rate_of
from models.basics import LatLon, Wind
from models.hazard.point_course import PointCourse, point_course
from models.hazard.ports import HazardInputError, Release
from models.operation.situation import Incident, Situation, Zone


@dataclass(frozen=True, slots=True)
class ZoneCase:
    """A model's zone and the inputs it was computed with."""

    zone: Zone
    release: Release
    wind: Wind
    terrain: str


def newest_case(situation: Situation, incident: Incident) -> ZoneCase:
    """Return the inputs of an incident's newest model zone that isn't out of date.

    Only where all are out of date it is the newest of those: a zone that an officer drew for
    another wind must not stand for the wind that blows.

    Raises
    ------
    HazardInputError
        Naming `zone` when the incident has none of a model.
    """
    zones = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident.id
        and zone.result.kind == "model"
        and zone.withdrawn_us is None
    ]
    if not zones:
        raise HazardInputError("zone", "no model's zone stands for this incident")
    return case_of(max(zones, key=lambda z: (not z.out_of_date, z.drawn_us, z.id)), incident)


def case_of(zone: Zone, incident: Incident) -> ZoneCase:
    """Return the inputs of one zone of an incident.

    Raises
    ------
    HazardInputError
        Naming `zone` when it doesn't say them.
    """
    rate = rate_of(zone)
    if rate is None:
        raise HazardInputError("zone", "the zone doesn't say its rate")
    inputs = {each.name: each for each in zone.result.inputs}
    wind: Wind | None = zone.result.wind
    if wind is None or "terrain" not in inputs:
        raise HazardInputError("zone", "the zone doesn't say its wind and terrain")
    release = Release(
        position=zone.result.origin,
        substance=incident.substance,
        cas=incident.cas,
        release_kg_s=rate.release_kg_s,
        duration_s=rate.duration_s,
        height_m=rate.height_m,
        rate_source=rate.source,
        rate_assumed=rate.assumed,
    )
    return ZoneCase(zone, release, wind, str(inputs["terrain"].value))


def course_at(situation: Situation, incident: Incident, position: LatLon) -> PointCourse:
    """Return the course of an incident's newest model zone at a place.

    Raises
    ------
    HazardInputError
        Naming `zone` when the incident has none of a model, else the field that fails.
    """
    case = newest_case(situation, incident)
    return point_course(case.release, case.wind, case.terrain, position)
