"""Fires and explosions of an incident's source, and what its neighbours receive of them."""

from functools import cache

from app.commands.zone import current_fires
from app.desk import Reference
from app.typical_releases import storage_of
from app.zones import exposed_people, live_wind
from models.basics import LatLon, Name, Wind
from models.hazard.domino import DominoTarget, domino_hits
from models.hazard.fire_cases import fire_cases
from models.hazard.fire_event import acts_s
from models.hazard.fire_zone import event_of, fire_zone
from models.hazard.fires import DominoTable, FireCase, is_burning
from models.hazard.ground import distance_m
from models.hazard.ports import HazardInputError, ZoneResult
from models.hazard.properties import Properties, properties_of
from models.hazard.scenarios import phase_of
from models.hazard.substances import find_substance
from models.operation.situation import Incident, Situation, Zone
from models.registry.kinds import HazardSource

MOST = 300
_WITHIN_M = 5000.0
_NEAR_DEG = 0.06
_HAPPENS = ("fire", "explosion")
_WARM_K = 298.15


def standing_fires(situation: Situation, incident_id: str) -> tuple[Zone, ...]:
    """Return the incident's zones of fires that stand, the newest first."""
    found = current_fires(situation, incident_id)
    return tuple(sorted(found, key=lambda zone: (zone.drawn_us, zone.id), reverse=True))


def domino_tables(
    situation: Situation, reference: Reference, incident: Incident
) -> tuple[DominoTable, ...]:
    """Return for each fire that stands, then for each typical one, what the neighbours receive.

    Raises
    ------
    HazardInputError
        Naming `position` when nobody knows where it is, `source` or `fires` when nothing is known
        to burn there, else the field that is lacking.
    """
    row = reference.get("hazard-sources", incident.hazard_source_key)
    source = row if isinstance(row, HazardSource) else None
    place = incident.position or (source.position if source is not None else None)
    if place is None:
        raise HazardInputError("position", "the incident has no place")
    wind = live_wind(situation, incident.wind[0].source if incident.wind else "")
    standing = [
        (case, is_burning(zone.result), zone.result.origin)
        for zone in standing_fires(situation, incident.id)
        for case in (event_of(zone.result),)
        if case is not None
    ]
    known = {case.key for case, _, _ in standing}
    happens = incident.incident_kind in _HAPPENS
    try:
        typical = _typical(source, wind)
    except HazardInputError:
        if not standing:
            raise
        typical = ()
    cases = [*standing, *((case, happens, place) for case in typical if case.key not in known)]
    targets, left_out = neighbours(reference, incident.hazard_source_key, place)
    return tuple(
        DominoTable(
            case=case,
            source_key=incident.hazard_source_key,
            source_name=source.name if source is not None else Name(),
            position=at,
            burning=burning,
            hits=domino_hits(case.event, at, targets, wind=wind),
            lasts_s=acts_s(case.event),
            left_out=left_out,
            wind=wind,
        )
        for case, burning, at in cases
    )


def zone_of(table: DominoTable, reference: Reference, hour_local: int) -> ZoneResult:
    """Return the zone of a table's case, with the receptors in it as many as at that hour.

    Raises
    ------
    HazardInputError
        Naming the field that makes no sense.
    """
    people = exposed_people(reference, hour_local)
    return fire_zone(table.case, table.position, table.wind, people, burning=table.burning)


def renewed(
    zone: Zone, place: LatLon, wind: Wind | None, reference: Reference, hour_local: int
) -> ZoneResult | None:
    """Return a fire's zone for another wind or place; None for a zone that isn't of a fire."""
    case = event_of(zone.result)
    if case is None:
        return None
    people = exposed_people(reference, hour_local)
    return fire_zone(case, place, wind, people, burning=is_burning(zone.result))


def neighbours(
    reference: Reference, source_key: str, place: LatLon
) -> tuple[tuple[DominoTarget, ...], int]:
    """Return the nearest hazard sources within 5 km but the source itself, and how many are left.

    A vessel's size follows from what the register says it holds, as if it were full.
    """
    near = [
        (distance_m(place, row.position), row)
        for row in reference.all(HazardSource.KIND).values()
        if isinstance(row, HazardSource)
        and row.position is not None
        and row.key != source_key
        and abs(row.position.lat_deg - place.lat_deg) < _NEAR_DEG
    ]
    within = sorted(
        (pair for pair in near if pair[0] <= _WITHIN_M), key=lambda pair: (pair[0], pair[1].key)
    )
    targets = tuple(
        DominoTarget(
            key=row.key,
            name=row.name,
            type=row.type,
            position=row.position,
            volume_m3=_volume_m3(row),
        )
        for _, row in within[:MOST]
        if row.position is not None
    )
    return targets, max(len(within) - MOST, 0)


def _typical(source: HazardSource | None, wind: Wind | None) -> tuple[FireCase, ...]:
    if source is None:
        raise HazardInputError("source", "the incident has no hazard source")
    cas, held = storage_of(source, wind)
    found = fire_cases(cas, held)
    if not found:
        raise HazardInputError("fires", f"{source.substance} isn't on record as flammable")
    return found


def _volume_m3(row: HazardSource) -> float | None:
    density = _density(row.substance, row.cas)
    if not row.inventory_t or density is None:
        return None
    return row.inventory_t * 1000 / density


@cache
def _density(substance: str, cas: str) -> float | None:
    """Return how heavy a substance lies in a vessel [kg/m³]; None for a gas or what isn't known."""
    known = find_substance(substance, cas)
    try:
        properties: Properties = properties_of(known.cas if known is not None else cas)
        phase = phase_of(properties, _WARM_K, None)
    except HazardInputError:
        return None
    if phase == "gas":
        return None
    warm = properties.get("density_warm_kg_m3") if phase == "liquefied" else None
    return warm or properties.get("density_kg_m3")
