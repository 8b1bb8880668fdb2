"""What a zone would be with another rate or wind: computed beside the record, drawn by an act."""

from dataclasses import dataclass

import msgspec

from app.desk import Reference
from app.point_courses import ZoneCase
from app.zones import exposed_people
from models.basics import BY_HAND, Name
from models.hazard.ports import ReceptorHit, ZoneResult
from models.hazard.registry import default_model
from models.times import from_us

OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A rate [kg/s] and a wind [° from, m/s] that somebody asks about."""

    release_kg_s: float
    from_deg: float
    speed_m_s: float


@dataclass(frozen=True, slots=True)
class LevelPair:
    """How far a level reaches in two scenarios [m]; None: nowhere."""

    key: str
    label: Name
    severity: int
    one_m: float | None
    other_m: float | None


@dataclass(frozen=True, slots=True)
class ZonePair:
    """Two scenarios side by side: reaches, and the receptors that only one of them touches."""

    levels: tuple[LevelPair, ...]
    only_one: tuple[ReceptorHit, ...]
    only_other: tuple[ReceptorHit, ...]


def inputs_of(case: ZoneCase) -> WhatIf:
    """Return what a zone was computed with."""
    return WhatIf(case.release.release_kg_s, case.wind.from_deg, case.wind.speed_m_s)


def zone_if(
    case: ZoneCase, asked: WhatIf, reference: Reference, *, now_us: int, utc_offset_h: float
) -> ZoneResult:
    """Return the zone of a case with another rate or wind; whatever differs is the officer's.

    Raises
    ------
    HazardInputError
        Naming the field that makes no sense.
    """
    moment = from_us(now_us)
    hour = int((moment.hour + moment.minute / 60 + utc_offset_h) % 24)
    release, wind, known = case.release, case.wind, inputs_of(case)
    if asked.release_kg_s != known.release_kg_s:
        release = msgspec.structs.replace(
            release, release_kg_s=asked.release_kg_s, rate_source=OFFICER, rate_assumed=True
        )
    if (asked.from_deg, asked.speed_m_s) != (known.from_deg, known.speed_m_s):
        wind = msgspec.structs.replace(
            wind, from_deg=asked.from_deg, speed_m_s=asked.speed_m_s, source=BY_HAND
        )
    people = exposed_people(reference, hour)
    result = default_model().zone(release, wind, people, case.terrain)
    ground = next((each for each in case.zone.result.inputs if each.name == "terrain"), None)
    kept = tuple(
        ground if each.name == "terrain" and ground is not None else each for each in result.inputs
    )
    return msgspec.structs.replace(result, inputs=kept)


def side_by_side(one: ZoneResult, other: ZoneResult) -> ZonePair:
    """Compare two zones level by level, the worst first, and receptor by receptor."""
    reach = [{level.key: level.reach_m for level in zone.levels} for zone in (one, other)]
    known = {level.key: level for zone in (one, other) for level in zone.levels}
    pairs = [
        LevelPair(key, level.label, level.severity, reach[0].get(key), reach[1].get(key))
        for key, level in known.items()
    ]
    inside = [{hit.receptor_key for hit in zone.receptors} for zone in (one, other)]
    return ZonePair(
        tuple(sorted(pairs, key=lambda pair: (-pair.severity, pair.key))),
        tuple(hit for hit in one.receptors if hit.receptor_key not in inside[1]),
        tuple(hit for hit in other.receptors if hit.receptor_key not in inside[0]),
    )
