"""Staging points: on a road, upwind, outside the outer contour of every zone."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from models.basics import LatLon, Value, Wind
from models.dispatch.avoidance import avoided
from models.dispatch.graph import Floats, Ints
from models.dispatch.ports import Route
from models.dispatch.travel import RoadTravelTimes
from models.hazard.ground import to_wind_axes
from models.hazard.ports import ZoneResult

MARGIN_M = 100.0
MIN_DISTANCE_M = 200.0
MAX_DISTANCE_M = 15_000.0
CALM_M_S = 0.5
_SECTORS_DEG = (45.0, 90.0)


class Staging(Value, frozen=True, kw_only=True):
    """A staging point, how far from the scene and off the upwind line it lies, and the ways there.

    `off_upwind_deg` is None in a calm or without a wind: then no side is upwind.
    """

    position: LatLon
    distance_m: float
    off_upwind_deg: float | None
    routes: tuple[Route, ...]


def outer_rings(zones: Iterable[ZoneResult]) -> tuple[tuple[LatLon, ...], ...]:
    """Return the outer ring of every level of every zone: what roads and staging keep out of.

    All levels are taken, so that the outermost is among them whatever its order.
    """
    return tuple(level.rings[0] for zone in zones for level in zone.levels if level.rings)


def find_staging(
    travel: RoadTravelTimes,
    scene: LatLon,
    wind: Wind | None,
    starts: Sequence[tuple[str, LatLon, float]],
    zones: Iterable[ZoneResult],
    *,
    min_distance_m: float = MIN_DISTANCE_M,
) -> Staging | None:
    """Return the nearest staging point that every rule allows, or None.

    Parameters
    ----------
    travel : RoadTravelTimes
        The roads.
    scene : LatLon
        The source.
    wind : Wind or None
        Candidates lie within 45° of the upwind line, else within 90°; never downwind.
    starts : sequence
        `(key, position, turnout_s)` of the teams. At least one must reach the point by road.
    zones : iterable of ZoneResult
        Candidates keep 100 m from the outer ring of every level, and ways avoid them.
    min_distance_m : float
        Least distance from the scene [m].

    Notes
    -----
    Candidates are the junctions of the connected main part of the graph within 15 km.
    """
    rings = outer_rings(zones)
    candidates, x, y = _candidates(travel, scene, wind, rings, min_distance_m)
    off = np.degrees(np.arctan2(np.abs(y), -x))
    calm = wind is None or wind.speed_m_s < CALM_M_S
    for sector in (180.0,) if calm else _SECTORS_DEG:
        for index in _nearest(np.hypot(x, y), off <= sector):
            position = travel.graph.positions[int(candidates[index])]
            routes = travel.routes(starts, position, rings)
            if any(route.reachable for route in routes):
                return Staging(
                    position=position,
                    distance_m=float(np.hypot(x[index], y[index])),
                    off_upwind_deg=None if calm else float(off[index]),
                    routes=routes,
                )
    return None


def _candidates(
    travel: RoadTravelTimes,
    scene: LatLon,
    wind: Wind | None,
    rings: Sequence[Sequence[LatLon]],
    min_distance_m: float,
) -> tuple[Ints, Floats, Floats]:
    """Return junctions and their coordinates along and across the wind [m]."""
    graph = travel.graph
    main = np.unique(np.concatenate([graph.segment_a[graph.main], graph.segment_b[graph.main]]))
    area = avoided(graph, rings).area
    here = graph.plane.project(np.array([scene.lat_deg]), np.array([scene.lon_deg]))
    near = main[np.hypot(*(graph.xy[main] - here).T) <= MAX_DISTANCE_M]
    if area is not None:
        clear = shapely.buffer(area, MARGIN_M)
        near = near[~shapely.intersects_xy(clear, graph.xy[near])]
    positions = [graph.positions[junction] for junction in near.tolist()]
    if not positions:
        return near, np.zeros(0), np.zeros(0)
    x, y = to_wind_axes(scene, positions, 0.0 if wind is None else wind.from_deg)
    far = np.hypot(x, y) >= min_distance_m
    return near[far], x[far], y[far]


def _nearest(distance: Floats, allowed: "NDArray[np.bool_]", tries: int = 5) -> list[int]:
    """Return the nearest allowed candidates; a few, since each costs a run on the graph."""
    chosen = np.flatnonzero(allowed)
    return [int(i) for i in chosen[np.argsort(distance[chosen], kind="stable")][:tries]]
