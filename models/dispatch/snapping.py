"""The nearest road of a position."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from models.basics import LatLon
from models.dispatch.graph import RoadGraph
from models.hazard.ground import distance_m

_MAIN_WITHIN_M = 200.0  # a road of the main part counts as nearest up to this much farther
FARTHEST_M = 5_000.0


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a position meets the road: the share along a segment from its end a, and how far."""

    segment: int
    share: float
    off_road_m: float
    position: LatLon


def snap(graph: RoadGraph, positions: Sequence[LatLon]) -> list[Snap | None]:
    """Return the nearest point on a road per position; None when none is within 5 km.

    A car park or a cut-off stub isn't taken when the connected roads are at most 200 m farther.

    Parameters
    ----------
    graph : RoadGraph
        The roads.
    positions : sequence of LatLon
        Where from.
    """
    if not positions or not len(graph.segment_a):
        return [None] * len(positions)
    lat = np.array([p.lat_deg for p in positions])
    lon = np.array([p.lon_deg for p in positions])
    points = shapely.points(graph.plane.project(lat, lon))
    nearest = np.asarray(graph.tree.nearest(points))
    if len(graph.main_segments):
        main = graph.main_segments[np.asarray(graph.main_tree.nearest(points))]
        extra = shapely.distance(graph.lines[main], points) - shapely.distance(
            graph.lines[nearest], points
        )
        nearest = np.where(extra <= _MAIN_WITHIN_M, main, nearest)
    share = shapely.line_locate_point(graph.lines[nearest], points, normalized=True)
    found: list[Snap | None] = []
    for position, segment, part in zip(positions, nearest.tolist(), share.tolist(), strict=True):
        on_road = _along(graph, segment, part)
        off_road = distance_m(position, on_road)
        fine = off_road <= FARTHEST_M
        found.append(Snap(segment, part, off_road, on_road) if fine else None)
    return found


def _along(graph: RoadGraph, segment: int, share: float) -> LatLon:
    a, b = graph.segment_a[segment], graph.segment_b[segment]
    lat = graph.lat_deg[a] + share * (graph.lat_deg[b] - graph.lat_deg[a])
    lon = graph.lon_deg[a] + share * (graph.lon_deg[b] - graph.lon_deg[a])
    return LatLon(float(lat), float(lon))
