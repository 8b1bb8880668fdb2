"""Shelter or leave, by the zone that stands and all others' areas; computed off the UI thread."""

from app.desk import Reference
from app.fires import standing_fires
from app.point_courses import newest_case
from models.basics import LatLon
from models.hazard.advice import ZoneAdvice
from models.hazard.ports import ReceptorHit
from models.hazard.shelter import dangers_of, shelter_advice
from models.operation.situation import Incident, Situation, Zone
from models.times import SECOND_US

_LONGEST_S = 86_400.0


def advice_for(
    situation: Situation, reference: Reference, incident: Incident, now_us: int
) -> tuple[str, ZoneAdvice]:
    """Return the id of an incident's newest model zone and the advice for all receptors in it.

    And for those in the incident's zones of fire and blast: no building shelters there. The release
    is taken to have begun when the incident was opened; every zone that stands, of
    any incident, is kept out of.

    Raises
    ------
    HazardInputError
        Naming `zone` when no model's zone stands, else the field that fails.
    """
    case = newest_case(situation, incident)
    standing = [
        (result, _kind_of(situation, zone))
        for zone in situation.zones.values()
        if zone.withdrawn_us is None and not zone.replaced_by
        for result in (zone.result, zone.contours)
        if result is not None
    ]
    dangers = dangers_of(standing, case.release.position, case.wind.from_deg)
    since_s = (now_us - incident.opened_us) / SECOND_US
    advice = shelter_advice(
        case.release,
        case.wind,
        case.terrain,
        _touched(_hits(situation, case.zone), reference),
        dangers,
        now_s=min(max(since_s, 0.0), _LONGEST_S),
    )
    return case.zone.id, advice


def _hits(situation: Situation, zone: Zone) -> tuple[ReceptorHit, ...]:
    """Return who lies in a cloud's zone, then who lies only in the incident's fires."""
    named = {hit.receptor_key: hit for hit in zone.result.receptors}
    for fire in standing_fires(situation, zone.incident_id):
        for hit in fire.result.receptors:
            named.setdefault(hit.receptor_key, hit)
    return tuple(named.values())


def _kind_of(situation: Situation, zone: Zone) -> str:
    incident = situation.incidents.get(zone.incident_id)
    return incident.incident_kind if incident is not None else ""


def _touched(
    hits: tuple[ReceptorHit, ...], reference: Reference
) -> list[tuple[ReceptorHit, LatLon]]:
    found = []
    for hit in hits:
        row = reference.get("receptors", hit.receptor_key)
        if row is not None and row.position is not None:
            found.append((hit, row.position))
    return found
