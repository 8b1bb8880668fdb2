"""Sea and land out of OpenStreetMap's coastlines, which have the water on their right.

An extract holds pieces of coast. Together with the edge of the box that the extract covers they
cut the ground into faces; a face on the right of a piece is sea, on the left land. Where the coast
ends inside (ways are missing), its loose ends are joined by a straight line and only what lies near
the coast is decided; everything else is left to the world's own coarse coast.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from maps.tiles.grid import Box
from maps.tiles.table import NAMELESS, FeatureTable

# [fractions of the world] about 600 m and 80 m at 40° latitude
_NEAR = 2.0e-5
_STEP = 2.0e-9
_EDGE = 2.7e-6


def sea_and_land(coast: Sequence[Any], declared: Box | None, table: FeatureTable) -> None:
    """Put sea and land into `table`; what is missing of the coast is noted there.

    Parameters
    ----------
    coast : sequence of LineString
        Coastlines in fractions of the world (y southwards).
    declared : tuple or None
        Box that the extract says it covers whole [fractions], None when it says nothing.
    table : FeatureTable
        Takes the areas.
    """
    if not coast:
        return
    chains = list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(coast)))))
    whole = shapely.multilinestrings(chains)
    near = shapely.buffer(whole, _NEAR)
    trusted = near if declared is None else shapely.union(near, shapely.box(*declared))
    loose = _loose_ends(chains, declared)
    table.lacks("coast_incomplete", len(loose))
    closing = _closing(chains, loose, declared)
    cuts = [whole, *closing]
    if declared is None:
        cuts.append(shapely.boundary(near))
    else:  # inside its box the extract holds the whole coast: every face there touches it
        covered = shapely.box(*declared)
        cuts.append(shapely.difference(shapely.boundary(near), covered))
        cuts.append(shapely.boundary(covered))
    lines = np.concatenate([shapely.get_parts(cut) for cut in cuts])
    noded = shapely.node(shapely.multilinestrings(list(lines)))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    faces = faces[shapely.contains(trusted, shapely.point_on_surface(faces))]
    right, left = _sides(chains, faces)
    sea, land = faces[right > left], faces[left > right]
    for name, found in (("land", land), ("water", sea)):
        parts = shapely.get_parts(shapely.union_all(found)) if len(found) else found
        table.add(name, np.asarray(parts, dtype=object), [NAMELESS] * len(parts))


def _sides(chains: Sequence[Any], faces: Any) -> tuple[Any, Any]:  # noqa: ANN401 - arrays
    """Return the length of coast that each face has on its right and on its left."""
    tree = shapely.STRtree(faces)
    found = []
    for side in (1.0, -1.0):
        lengths = np.zeros(len(faces))
        for chain in chains:
            points = shapely.get_coordinates(chain)
            steps = np.diff(points, axis=0)
            size = np.hypot(steps[:, 0], steps[:, 1])
            good = size > 0
            # y grows southwards: the right of (dx, dy) on the ground is (-dy, dx)
            across = np.column_stack([-steps[good, 1], steps[good, 0]]) / size[good, None]
            middle = (points[:-1] + points[1:])[good] / 2 + side * across * _STEP
            hit = tree.query(shapely.points(middle), predicate="within")
            np.add.at(lengths, hit[1], size[good][hit[0]])
        found.append(lengths)
    return found[0], found[1]


def _loose_ends(chains: Sequence[Any], declared: Box | None) -> list[tuple[int, int]]:
    """Return (chain, 0 start or -1 end) of the ends that lie inside the covered box."""
    ends = []
    for number, chain in enumerate(chains):
        points = shapely.get_coordinates(chain)
        if (points[0] == points[-1]).all():
            continue
        ends += [
            (number, which)
            for which in (0, -1)
            if declared is None or _inside(points[which], declared)
        ]
    return ends


def _inside(point: Any, box: Box) -> bool:  # noqa: ANN401 - a pair of numbers
    x, y = point
    west, north, east, south = box
    return bool(west + _EDGE < x < east - _EDGE and north + _EDGE < y < south - _EDGE)


def _closing(
    chains: Sequence[Any], loose: Sequence[tuple[int, int]], declared: Box | None
) -> list[Any]:
    """Return the lines that close the coast: straight between its ends outside the covered box.

    Ends just inside the box's edge are led over it; loose ends are joined to the nearest start.
    """
    lines = []
    outside = None if declared is None else shapely.box(*declared)
    open_chains = [
        shapely.get_coordinates(chain)
        for chain in chains
        if not (shapely.get_coordinates(chain)[[0]] == shapely.get_coordinates(chain)[[-1]]).all()
    ]
    if not open_chains:
        return []
    starts = np.array([points[0] for points in open_chains])
    for points in open_chains:
        end = points[-1]
        start = starts[np.argmin(np.hypot(*(starts - end).T))]
        step = start - end
        reach = step / max(float(np.hypot(*step)), 1e-12) * 2 * _NEAR
        line = shapely.linestrings([end - reach, end, start, start + reach])
        lines.append(line if outside is None else shapely.difference(line, outside))
    if declared is not None:
        lines += [_to_edge(shapely.get_coordinates(chain)[which], declared)
                  for number, chain in enumerate(chains) for which in (0, -1)
                  if (number, which) not in loose]  # fmt: skip
    return [line for line in lines if line is not None and not shapely.is_empty(line)]


def _to_edge(point: Any, box: Box) -> Any:  # noqa: ANN401 - a pair of numbers, a line or None
    """Return a short line from a point just inside the box over the nearest edge."""
    x, y = point
    west, north, east, south = box
    if not (west <= x <= east and north <= y <= south):
        return None
    gaps = {(west - _EDGE, y): x - west, (east + _EDGE, y): east - x,
            (x, north - _EDGE): y - north, (x, south + _EDGE): south - y}  # fmt: skip
    target = min(gaps, key=lambda edge: gaps[edge])
    return shapely.linestrings([(x, y), target]) if gaps[target] < 2 * _EDGE else None
