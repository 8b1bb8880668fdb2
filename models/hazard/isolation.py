"""Rule-of-thumb isolation circle and downwind protective distance: before any model."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import shapely

from models.basics import LatLon, Name, Wind
from models.hazard.checks import number
from models.hazard.ground import circle, to_positions, to_wind_axes
from models.hazard.plain_words import plain_cas, plain_name
from models.hazard.ports import (
    Caution,
    Exposed,
    HazardInputError,
    Input,
    ReceptorHit,
    ZoneLevel,
    ZoneResult,
)
from models.hazard.substances import find_substance
from models.hazard.sun import sun_elevation_deg
from models.rules import load_rules

NAME = "isolation table"
_CALM_M_S = 0.5
_ISOLATION = Name(zh="初始隔离", en="Initial isolation")
_PROTECTION = Name(zh="下风向防护", en="Downwind protection")
Spill = Literal["small", "large"]


@dataclass(frozen=True, slots=True)
class IsolationDistances:
    """Distances [m] of the table and how they were chosen; `protect_m` 0 means none is given."""

    isolate_m: float
    protect_m: float
    spill: Spill
    night: bool
    fire: bool
    known: bool
    source: str
    verified: bool


def isolation_distances(
    substance: str,
    cas: str = "",
    *,
    spill: Spill = "large",
    night: bool = True,
    fire: bool = False,
    wind_m_s: float = 0.0,
) -> IsolationDistances:
    """Look the distances up; an unknown substance gets the guide for unknowns.

    Parameters
    ----------
    substance, cas : str
        Name in either language, CAS number; both may be empty.
    spill : str
        'small' (a drum or a cylinder) or 'large'.
    night, fire : bool
        By night the air is stabler; in a fire the fragments' distance counts if it is larger.
    wind_m_s : float
        Wind [m/s]; 0 when unknown, which takes the low-wind column.

    Notes
    -----
    A rule of thumb: it knows neither rate nor terrain. Every number is recalled.

    References
    ----------
    Emergency Response Guidebook 2024, tables 1 and 3, guides 111, 115, 116, 130, 131; recalled.

    Examples
    --------
    >>> isolation_distances("", fire=True).isolate_m, isolation_distances("").isolate_m
    (800, 100)
    >>> isolation_distances("chlorine", spill="small", night=False).protect_m
    300
    """
    by_name, unknown, limits = _table()
    found = find_substance(substance, cas)
    row = by_name.get(plain_cas(cas)) or by_name.get(plain_name(substance))
    if row is None and found is not None:
        names = (found.cas, found.name.zh, found.name.en)
        row = next((by_name[n] for name in names if (n := plain_name(name)) in by_name), None)
    chosen = unknown if row is None else row
    distances = chosen[spill]
    column = sum(wind_m_s >= limit for limit in limits)
    protect = distances["night_m" if night else "day_m"][column]
    isolate = max(distances["isolate_m"], chosen["fire_m"] if fire else 0)
    return IsolationDistances(
        isolate_m=isolate,
        protect_m=protect,
        spill=spill,
        night=night,
        fire=fire,
        known=row is not None,
        source=chosen["source"],
        verified=chosen["verified"],
    )


def isolation_zone(
    *,
    position: LatLon,
    substance: str,
    cas: str,
    incident_kind: str,
    wind: Wind | None,
    now_us: int | None,
    spill: Spill | None = None,
    receptors: tuple[Exposed, ...] = (),
) -> ZoneResult:
    """Return the isolation circle and the protective area downwind as a rule of thumb.

    Parameters
    ----------
    position : LatLon
        The source.
    substance, cas, incident_kind : str
        What is known; any may be empty.
    wind : Wind or None
        Without a wind, or in a calm, the protective distance counts in all directions.
    now_us : int or None
        Tells day from night [µs UTC]; None takes the night's longer distance.
    spill : str or None
        'small' or 'large'; None takes 'large' and says so.
    receptors : tuple of Exposed
        Counted by the worst level they lie in.

    Raises
    ------
    HazardInputError
        When the wind makes no sense, naming `wind.speed_m_s` or `wind.from_deg`.

    Examples
    --------
    >>> zone = isolation_zone(position=LatLon(30.0, 120.0), substance="", cas="",
    ...                       incident_kind="fire", wind=None, now_us=None)
    >>> zone.kind, zone.levels[0].reach_m
    ('rule_of_thumb', 800.0)
    """
    speed = _checked_speed(wind)
    night = now_us is None or sun_elevation_deg(position, now_us) < 0
    chosen = isolation_distances(
        substance,
        cas,
        spill=spill or "large",
        night=night,
        fire=incident_kind in load_rules("isolation_distances")["fire"]["incident_kinds"],
        wind_m_s=speed,
    )
    direction = wind if wind is not None and speed >= _CALM_M_S else None
    return ZoneResult(
        kind="rule_of_thumb",
        model=NAME,
        model_version=load_rules("isolation_distances")["edition"],
        origin=position,
        levels=_levels(position, chosen, direction),
        receptors=_hits(position, chosen, direction, receptors),
        inputs=_inputs(substance, cas, incident_kind, chosen, speed, wind),
        warnings=_warnings(
            chosen, size_known=spill is not None, time_known=now_us is not None, wind=direction
        ),
        wind=wind,
    )


def _checked_speed(wind: Wind | None) -> float:
    if wind is None:
        return 0.0
    number("wind.from_deg", wind.from_deg, 0.0, 360.0, "°")
    return number("wind.speed_m_s", wind.speed_m_s, 0.0, 75.0, "m/s")


@cache
def _table() -> tuple[dict[str, dict[str, Any]], dict[str, Any], tuple[float, ...]]:
    rules = load_rules("isolation_distances")
    by_name = {}
    for row in rules["substance"]:
        for name in (row["cas"], *row["names"]):
            by_name[plain_name(name)] = row
    return by_name, rules["unknown"], tuple(rules["wind_limits_m_s"])


def _levels(
    position: LatLon, chosen: IsolationDistances, wind: Wind | None
) -> tuple[ZoneLevel, ...]:
    def level(
        key: str, label: Name, severity: Literal[2, 3], reach: float, ring: tuple[LatLon, ...]
    ) -> ZoneLevel:
        return ZoneLevel(
            key=key,
            label=label,
            severity=severity,
            threshold=float(reach),
            unit="m",
            rings=(ring,),
            reach_m=float(reach),
            source=chosen.source,
            unverified=not chosen.verified,
        )

    ring = circle(position, chosen.isolate_m)
    inner = level("isolation", _ISOLATION, 3, chosen.isolate_m, ring)
    if chosen.protect_m <= chosen.isolate_m:
        return (inner,)
    area = circle(position, chosen.protect_m) if wind is None else _area(position, chosen, wind)
    return (inner, level("protection", _PROTECTION, 2, chosen.protect_m, area))


def _outline(chosen: IsolationDistances) -> shapely.Polygon:
    """Circle and the guidebook's square downwind, in wind axes [m]."""
    protect = chosen.protect_m
    square = shapely.box(0.0, -protect / 2, protect, protect / 2)
    disc = shapely.Point(0.0, 0.0).buffer(chosen.isolate_m, quad_segs=18)
    hull = shapely.convex_hull(shapely.union(square, disc))
    assert isinstance(hull, shapely.Polygon)
    return hull


def _area(position: LatLon, chosen: IsolationDistances, wind: Wind) -> tuple[LatLon, ...]:
    corners = shapely.get_coordinates(_outline(chosen).segmentize(chosen.protect_m / 16))
    return to_positions(position, corners[:, 0], corners[:, 1], wind.from_deg)


def _hits(
    position: LatLon,
    chosen: IsolationDistances,
    wind: Wind | None,
    receptors: tuple[Exposed, ...],
) -> tuple[ReceptorHit, ...]:
    if not receptors:
        return ()
    from_deg = 0.0 if wind is None else wind.from_deg
    x, y = to_wind_axes(position, [r.position for r in receptors], from_deg)
    distance = np.hypot(x, y)
    isolated = distance <= chosen.isolate_m
    if wind is None or chosen.protect_m <= chosen.isolate_m:
        protected = distance <= chosen.protect_m
    else:
        protected = shapely.intersects_xy(_outline(chosen), x, y)
    hits = [
        ReceptorHit(
            receptor_key=receptor.key,
            name=receptor.name,
            type=receptor.type,
            level_key="isolation" if isolated[i] else "protection",
            distance_m=float(distance[i]),
            arrival_s=None,
            people=receptor.people,
            people_source=receptor.people_source,
        )
        for i, receptor in enumerate(receptors)
        if isolated[i] or protected[i]
    ]
    return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.receptor_key)))


def _inputs(
    substance: str,
    cas: str,
    incident_kind: str,
    chosen: IsolationDistances,
    speed: float,
    wind: Wind | None,
) -> tuple[Input, ...]:
    source = chosen.source
    return (
        Input(name="substance", value=substance or cas or "?", assumed=not chosen.known),
        Input(name="incident_kind", value=incident_kind),
        Input(name="spill", value=chosen.spill),
        Input(name="period", value="night" if chosen.night else "day"),
        Input(name="wind_speed", value=speed, unit="m/s", source=wind.source if wind else ""),
        Input(name="isolate", value=float(chosen.isolate_m), unit="m", source=source),
        Input(name="protect", value=float(chosen.protect_m), unit="m", source=source),
    )


def _warnings(
    chosen: IsolationDistances, *, size_known: bool, time_known: bool, wind: Wind | None
) -> tuple[Caution, ...]:
    said = (
        (True, "rule_of_thumb", "A rule of thumb from a table, not a model."),
        (
            not chosen.verified,
            "unverified_distances",
            f"Distances are recalled and unverified ({chosen.source}).",
        ),
        (
            not chosen.known,
            "unknown_substance",
            "Substance unknown or in no table: the default for unknowns.",
        ),
        (not size_known, "spill_assumed", "Spill size unknown: large assumed."),
        (not time_known, "night_assumed", "Time unknown: night assumed."),
        (wind is None, "no_wind", "No wind direction, or calm: distances count all around."),
        (
            chosen.fire,
            "fire_fragments",
            "Fire or explosion: fragments of a vessel can fly this far.",
        ),
    )
    return tuple(Caution(code=code, text=text) for holds, code, text in said if holds)


__all__ = ["HazardInputError", "IsolationDistances", "isolation_distances", "isolation_zone"]
