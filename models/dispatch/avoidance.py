"""How much of each road lies inside polygons that are to be avoided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from models.basics import LatLon
from models.dispatch.graph import Floats, Ints, LocalPlane, RoadGraph

PENALTY = 1000.0  # a metre inside counts as this many outside: large, not infinite
_ENTRY_S = 60.0


@dataclass(frozen=True, slots=True)
class Avoided:
    """Polygons in the local plane, and the share of each segment inside them."""

    area: shapely.Geometry | None
    segments: Ints
    share: Floats
    bounds: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def share_inside(self, line: Floats) -> float:
        """Return the share of a line of the local plane inside the polygons, 0…1."""
        if self.area is None or self._misses(line):
            return 0.0
        drawn = shapely.LineString(line)
        whole = float(shapely.length(drawn))
        if whole == 0.0:
            return 0.0
        return float(shapely.length(shapely.intersection(drawn, self.area))) / whole

    def _misses(self, line: Floats) -> bool:
        west, south, east, north = self.bounds
        (low_x, low_y), (high_x, high_y) = line.min(axis=0), line.max(axis=0)
        return bool(high_x < west or low_x > east or high_y < south or low_y > north)


def avoided(graph: RoadGraph, rings: Sequence[Sequence[LatLon]]) -> Avoided:
    """Find the segments inside or across the rings.

    Parameters
    ----------
    graph : RoadGraph
        The roads.
    rings : sequence of rings
        Each at least three different positions; closed or not.

    Raises
    ------
    ValueError
        When a ring has fewer than three positions.
    """
    nothing = Avoided(None, np.zeros(0, dtype=np.int64), np.zeros(0))
    if not rings:
        return nothing
    area = shapely.union_all([_polygon(graph.plane, ring) for ring in rings])
    found = graph.tree.query(area, predicate="intersects")
    segments = np.sort(np.asarray(found, dtype=np.int64))
    lines = graph.lines[segments]
    shapely.prepare(area)
    share = np.ones(len(segments))
    crossing = np.flatnonzero(~np.asarray(shapely.covers(area, lines)))
    across = lines[crossing]
    inside = shapely.length(shapely.intersection(across, area))
    share[crossing] = inside / shapely.length(across)
    return Avoided(area, segments, share, area.bounds)


def weights(graph: RoadGraph, avoid: Avoided) -> tuple[Floats, Floats]:
    """Return the edges' times [s], made long inside the polygons, and their lengths inside [m]."""
    if not len(avoid.segments):
        return graph.time_s, np.zeros(len(graph.time_s))
    time, inside = graph.time_s.copy(), np.zeros(len(graph.time_s))
    for edges in (graph.forward[avoid.segments], graph.backward[avoid.segments]):
        real = edges >= 0
        edge, share = edges[real], avoid.share[real]
        time[edge] += np.where(share > 0, graph.time_s[edge] * PENALTY * share + _ENTRY_S, 0.0)
        inside[edge] = graph.length_m[edge] * share
    return time, inside


def _polygon(plane: LocalPlane, ring: Sequence[LatLon]) -> shapely.Geometry:
    if len(set(ring)) < 3:
        raise ValueError(f"avoid: a ring needs three positions, {len(set(ring))} given")
    lat = np.array([p.lat_deg for p in ring])
    lon = np.array([p.lon_deg for p in ring])
    return shapely.make_valid(shapely.Polygon(plane.project(lat, lon)))
