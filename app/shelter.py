"""Shelter or leave, by the zone that stands and all others' areas; computed off the UI thread."""

from msgspec.structs import replace

from app.desk import Reference
from app.fires import standing_fires
from app.given_zones import given_zones
from app.point_courses import newest_case
from app.zones import rate_since_us
from models.basics import LatLon
from models.hazard.advice import ZoneAdvice
from models.hazard.ports import Input, ReceptorHit
from models.hazard.shelter import dangers_of, shelter_advice
from models.operation.situation import Incident, Situation, Zone
from models.times import SECOND_US

_LONGEST_S = 86_400.0
_LONGEST_RELEASE_S = 30 * 86_400.0


def advice_for(
    situation: Situation, reference: Reference, incident: Incident, now_us: int
) -> tuple[str, ZoneAdvice]:
    """Return the id of an incident's current model zone and the advice for all receptors in it.

    And for those in the incident's zones of fire and blast: no building shelters there; and for
    those in zones that were drawn or imported, of which the model knows nothing. The release
    is taken to have begun when the incident was opened, and to last from when its rate was put on
    record for as long as was said then: a leak that is known to go on hasn't ended. Every zone
    that stands, of any incident, is kept out of.

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
    said_us = rate_since_us(situation, case.zone)
    said_s = max(said_us - incident.opened_us, 0) / SECOND_US
    lasts_s = min(case.release.duration_s + said_s, _LONGEST_RELEASE_S)
    advice = shelter_advice(
        replace(case.release, duration_s=lasts_s),
        case.wind,
        case.terrain,
        _touched(_hits(situation, case.zone), reference),
        dangers,
        now_s=min(max(since_s, 0.0), _LONGEST_S),
    )
    said = Input(name="rate_said", value=round(said_s), unit="s", assumed=True)
    advice = replace(advice, inputs=(*advice.inputs, said))
    return case.zone.id, _without_guesses(advice, _only_given(situation, case.zone))


def _hits(situation: Situation, zone: Zone) -> tuple[ReceptorHit, ...]:
    """Return who lies in a cloud's zone, then who lies only in fires, drawn or imported zones."""
    named = _computed(situation, zone)
    for given in given_zones(situation, zone.incident_id):
        for hit in given.result.receptors:
            named.setdefault(hit.receptor_key, hit)
    return tuple(named.values())


def _computed(situation: Situation, zone: Zone) -> dict[str, ReceptorHit]:
    named = {hit.receptor_key: hit for hit in zone.result.receptors}
    for fire in standing_fires(situation, zone.incident_id):
        for hit in fire.result.receptors:
            named.setdefault(hit.receptor_key, hit)
    return named


def _only_given(situation: Situation, zone: Zone) -> frozenset[str]:
    computed = _computed(situation, zone)
    return frozenset(
        h.receptor_key for h in _hits(situation, zone) if h.receptor_key not in computed
    )


def _without_guesses(advice: ZoneAdvice, keys: frozenset[str]) -> ZoneAdvice:
    """Leave undecided what would rest on a model that doesn't reach where a given zone does."""
    advices = tuple(
        replace(each, verdict="undecided", reason="nothing_computed", close=False)
        if each.receptor_key in keys and each.reason not in {"no_shelter", "no_shelter_no_way"}
        else each
        for each in advice.advices
    )
    return replace(advice, advices=advices)


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
