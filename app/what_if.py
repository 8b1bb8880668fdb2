"""What a zone would be with another rate, hole or wind; only an act puts it on record."""

from dataclasses import dataclass

import msgspec

from app.desk import Reference
from app.point_courses import ZoneCase
from app.typical_releases import release_through
from app.zones import exposed_people
from models.basics import BY_HAND, Name, Wind
from models.hazard.ports import HazardInputError, ReceptorHit, Release, ZoneResult
from models.hazard.registry import default_model
from models.registry.kinds import HazardSource
from models.times import from_us

OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A rate [kg/s] and a wind [° from, m/s, class] that somebody asks about.

    With a hole [m, diameter] the rate is what the hazard source releases through it.
    """

    release_kg_s: float
    from_deg: float
    speed_m_s: float
    stability: str
    hole_m: float | None = None


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
    wind = case.wind
    return WhatIf(case.release.release_kg_s, wind.from_deg, wind.speed_m_s, wind.stability)


def zone_if(
    case: ZoneCase,
    asked: WhatIf,
    reference: Reference,
    source: HazardSource | None = None,
    *,
    now_us: int,
    utc_offset_h: float,
) -> ZoneResult:
    """Return the zone of a case with another rate, hole or wind; what differs is the officer's.

    Parameters
    ----------
    source : HazardSource or None
        What leaks: a hole's rate is worked out from what it holds.

    Raises
    ------
    HazardInputError
        Naming the field that makes no sense, `hole_m` where no source is known.
    """
    moment = from_us(now_us)
    hour = int((moment.hour + moment.minute / 60 + utc_offset_h) % 24)
    release, wind, known = case.release, case.wind, inputs_of(case)
    if asked.release_kg_s != known.release_kg_s and asked.hole_m is None:
        release = msgspec.structs.replace(
            release, release_kg_s=asked.release_kg_s, rate_source=OFFICER, rate_assumed=True
        )
    if (asked.from_deg, asked.speed_m_s, asked.stability) != (
        known.from_deg,
        known.speed_m_s,
        known.stability,
    ):
        wind = msgspec.structs.replace(
            wind,
            from_deg=asked.from_deg,
            speed_m_s=asked.speed_m_s,
            stability=asked.stability,
            source=BY_HAND,
        )
    if asked.hole_m is not None:
        release = _through(release, source, wind, asked.hole_m)
    people = exposed_people(reference, hour)
    result = default_model().zone(release, wind, people, case.terrain)
    ground = next((each for each in case.zone.result.inputs if each.name == "terrain"), None)
    kept = tuple(
        ground if each.name == "terrain" and ground is not None else each for each in result.inputs
    )
    return msgspec.structs.replace(result, inputs=kept)


def _through(
    release: Release, source: HazardSource | None, wind: Wind, diameter_m: float
) -> Release:
    """Return a release through a hole: rate and duration from what the source holds."""
    if source is None:
        raise HazardInputError("hole_m", "no hazard source is known to leak")
    leak = release_through(source, wind, diameter_m)
    return msgspec.structs.replace(
        release,
        release_kg_s=leak.release_kg_s,
        duration_s=leak.duration_s,
        rate_source=f"hole {diameter_m * 1000:g} mm; taken for granted: {', '.join(leak.assumed)}",
        rate_assumed=True,
    )


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
