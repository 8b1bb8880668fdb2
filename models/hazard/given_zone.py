"""A zone that nobody computed here: outlines an officer drew or another program wrote.

It counts like a model's zone: receptors inside are named, ways keep out of it. It knows no wind and
no time of arrival, and says so.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from models.basics import LatLon, Name
from models.hazard.ground import Array, to_wind_axes
from models.hazard.ports import (
    Caution,
    Exposed,
    HazardInputError,
    Input,
    ReceptorHit,
    ZoneLevel,
    ZoneResult,
)

MAX_REACH_M = 100_000.0
MAX_CORNERS = 5_000
MIN_AREA_M2 = 1.0
Ring = tuple[LatLon, ...]
Severity = Literal[1, 2, 3]

NO_WIND = Caution(
    code="wind_not_followed",
    text="This zone doesn't follow the wind: when the wind turns, judge it and draw it anew.",
)
NO_ARRIVAL = Caution(
    code="no_arrival", text="No times of arrival: nothing here says when it is where."
)


@dataclass(frozen=True, slots=True)
class GivenLevel:
    """One level of concern as outlines: each ring is one part, filled whole.

    `threshold` 0 is "not stated"; `unit` tells what may shelter people (ppm) and what may not.
    """

    key: str
    label: Name
    severity: Severity
    rings: tuple[Ring, ...]
    threshold: float = 0.0
    unit: str = ""
    source: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class GivenFrom:
    """Who says so: drawn or imported, by what, of which source, with which inputs."""

    kind: Literal["drawn", "imported"]
    model: str
    origin: LatLon
    inputs: tuple[Input, ...]
    warnings: tuple[Caution, ...]
    model_version: str = ""


def given_zone(
    given: GivenFrom, levels: Sequence[GivenLevel], receptors: Sequence[Exposed]
) -> ZoneResult:
    """Return outlines as a zone, with everybody inside named by the worst level.

    Parameters
    ----------
    given : GivenFrom
        Where it comes from; `origin` is the source, from which reaches [m] are measured.
    levels : sequence of GivenLevel
        At least one; rings of at least three different positions, at most 5,000 in all, within
        100 km of the origin. A ring that crosses itself counts with all that it encloses, and a
        hole is filled: a hole in a contour is no safe place.
    receptors : sequence of Exposed
        Who could be inside.

    Returns
    -------
    ZoneResult
        One level for each part, the worst first; receptors without a time of arrival; the
        warnings that it follows no wind and knows no arrival come after the given ones.

    Raises
    ------
    HazardInputError
        Naming `levels` (none, or too many corners) or the level's key (no area, too far away).

    Examples
    --------
    >>> from models.hazard.ground import circle
    >>> here = LatLon(31.0, 121.0)
    >>> level = GivenLevel("red", Name(en="Red"), 3, (circle(here, 500.0),))
    >>> school = Exposed(key="S", name=Name(en="School"), type="school",
    ...                  position=LatLon(31.002, 121.0), people=400)
    >>> zone = given_zone(GivenFrom("drawn", "by hand", here, (), ()), [level], [school])
    >>> [(hit.receptor_key, hit.level_key, hit.people) for hit in zone.receptors]
    [('S', 'red', 400)]
    >>> round(zone.levels[0].reach_m), zone.receptors[0].arrival_s, zone.wind
    (500, None, None)
    """
    if not levels:
        raise HazardInputError("levels", "there is none")
    corners = sum(len(ring) for level in levels for ring in level.rings)
    if corners > MAX_CORNERS:
        raise HazardInputError("levels", f"{corners:,} corners, at most {MAX_CORNERS:,}")
    parts = [
        (level, area)
        for level in sorted(levels, key=lambda level: -level.severity)
        for area in _areas(level, given.origin)
    ]
    return ZoneResult(
        kind=given.kind,
        model=given.model,
        model_version=given.model_version,
        origin=given.origin,
        levels=tuple(_level(level, area, given.origin) for level, area in parts),
        receptors=_hits(parts, given.origin, receptors),
        inputs=given.inputs,
        warnings=(*given.warnings, NO_WIND, NO_ARRIVAL),
    )


def _areas(level: GivenLevel, origin: LatLon) -> list[shapely.Polygon]:
    """Return the ground of a level in degrees, each part filled whole."""
    found: list[shapely.Geometry] = []
    for ring in level.rings:
        if len(set(ring)) < 3:
            raise HazardInputError(level.key, "an outline needs three different corners")
        x, y = to_wind_axes(origin, ring, 0.0)
        far = float(np.hypot(x, y).max())
        if far > MAX_REACH_M:
            raise HazardInputError(
                level.key,
                f"it lies up to {far / 1000:,.0f} km from the source, at most "
                f"{MAX_REACH_M / 1000:.0f} km are taken",
            )
        if shapely.area(_filled(np.column_stack([x, y]))) < MIN_AREA_M2:
            raise HazardInputError(level.key, "the outline encloses no area")
        found.append(_filled(np.array([(at.lon_deg, at.lat_deg) for at in ring])))
    if not found:
        raise HazardInputError(level.key, "there is no outline")
    parts = shapely.get_parts(shapely.union_all(found)).tolist()
    return [shapely.Polygon(part.exterior) for part in parts]


def _filled(corners: Array) -> shapely.Geometry:
    """Return all ground that a line encloses, wherever it crosses itself."""
    noded = shapely.node(shapely.LinearRing(corners))
    faces = shapely.get_parts(shapely.polygonize([noded]))
    return shapely.union_all([shapely.Polygon(face.exterior) for face in faces])


def _level(level: GivenLevel, area: shapely.Polygon, origin: LatLon) -> ZoneLevel:
    ring = tuple(LatLon(lat, lon) for lon, lat in area.exterior.coords)
    x, y = to_wind_axes(origin, ring, 0.0)
    return ZoneLevel(
        key=level.key,
        label=level.label,
        severity=level.severity,
        threshold=level.threshold,
        unit=level.unit,
        rings=(ring,),
        reach_m=float(np.hypot(x, y).max()),
        source=level.source,
        probability=level.probability,
    )


def _hits(
    parts: Sequence[tuple[GivenLevel, shapely.Polygon]],
    origin: LatLon,
    receptors: Sequence[Exposed],
) -> tuple[ReceptorHit, ...]:
    """Name receptors by the first level, worst first, that they lie in or on the edge of."""
    if not receptors:
        return ()
    x, y = to_wind_axes(origin, [each.position for each in receptors], 0.0)
    lon = np.array([each.position.lon_deg for each in receptors])
    lat = np.array([each.position.lat_deg for each in receptors])
    worst: list[GivenLevel | None] = [None] * len(receptors)
    for level, area in parts:
        inside = shapely.intersects_xy(area, lon, lat)
        for index in itertools.compress(range(len(receptors)), inside.tolist()):
            worst[index] = worst[index] or level
    hits = [
        ReceptorHit(
            receptor_key=receptor.key,
            name=receptor.name,
            type=receptor.type,
            level_key=level.key,
            distance_m=float(np.hypot(x[index], y[index])),
            arrival_s=None,
            people=receptor.people,
            people_source=receptor.people_source,
            probability=level.probability,
        )
        for index, (receptor, level) in enumerate(zip(receptors, worst, strict=True))
        if level is not None
    ]
    return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.receptor_key)))
