"""Editing a sketch by its handles: pure functions from a sketch and a place to a sketch."""

from itertools import pairwise

import msgspec

from maps.sketch_geometry import distance_and_bearing, offset
from models.basics import LatLon
from models.operation.sketch import MAX_RADIUS_M, Sketch, point_range

_change = msgspec.structs.replace
_LEAST_OPENING_DEG = 1.0


def handles_of(sketch: Sketch) -> tuple[LatLon, ...]:
    """Return what can be dragged.

    Corners; of a circle its middle and a point on it; of a sector its tip, the end of its axis
    and the end of its first edge; of a rectangle its four corners.
    """
    centre = sketch.points[0]
    if sketch.shape == "circle":
        return centre, offset(centre, 90.0, sketch.radius_m or 0.0)
    if sketch.shape == "sector":
        bearing, radius = sketch.bearing_deg or 0.0, sketch.radius_m or 0.0
        edge = bearing + (sketch.opening_deg or 0.0) / 2
        return centre, offset(centre, bearing, radius), offset(centre, edge, radius)
    if sketch.shape == "rectangle":
        return _corners(sketch)
    return sketch.points


def mids_of(sketch: Sketch) -> tuple[LatLon, ...]:
    """Return the middles of the edges: dragging one puts a new corner there."""
    if sketch.shape not in {"line", "arrow", "polygon", "buffer"} or len(sketch.points) < 2:
        return ()
    line = sketch.points
    if sketch.shape == "polygon" or sketch.base == "polygon":
        line = (*line, line[0])
    return tuple(
        LatLon((a.lat_deg + b.lat_deg) / 2, (a.lon_deg + b.lon_deg) / 2) for a, b in pairwise(line)
    )


def with_handle(sketch: Sketch, index: int, to: LatLon) -> Sketch:
    """Return a sketch with one of its handles elsewhere."""
    centre = sketch.points[0]
    if sketch.shape in {"circle", "sector"} and index > 0:
        radius, bearing = distance_and_bearing(centre, to)
        radius = min(max(radius, 1.0), MAX_RADIUS_M)
        if sketch.shape == "circle":
            return _change(sketch, radius_m=radius)
        if index == 1:
            return _change(sketch, radius_m=radius, bearing_deg=bearing)
        return _change(sketch, opening_deg=opening_to(sketch.bearing_deg or 0.0, bearing))
    if sketch.shape == "rectangle":
        return _change(sketch, points=(to, _corners(sketch)[(index + 2) % 4]))
    points = (*sketch.points[:index], to, *sketch.points[index + 1 :])
    return _change(sketch, points=points)


def with_corner(sketch: Sketch, mid: int, at: LatLon) -> Sketch:
    """Return a sketch with one more corner, on the edge after corner `mid`."""
    points = (*sketch.points[: mid + 1], at, *sketch.points[mid + 1 :])
    return _change(sketch, points=points)


def without_corner(sketch: Sketch, index: int) -> Sketch | None:
    """Return a sketch with one corner less; None when it needs them all."""
    fewest, _ = point_range(sketch.shape, sketch.base)
    if sketch.shape == "rectangle" or len(sketch.points) <= fewest or index >= len(sketch.points):
        return None
    return _change(sketch, points=(*sketch.points[:index], *sketch.points[index + 1 :]))


def shifted(sketch: Sketch, start: LatLon, end: LatLon) -> Sketch:
    """Return a whole sketch moved as from one place to another.

    Corners move by degrees; at another latitude a shape keeps its form on the map.
    """
    north, east = end.lat_deg - start.lat_deg, end.lon_deg - start.lon_deg
    points = tuple(
        LatLon(min(90.0, max(-90.0, p.lat_deg + north)), min(180.0, max(-180.0, p.lon_deg + east)))
        for p in sketch.points
    )
    return _change(sketch, points=points)


def with_numbers(sketch: Sketch, numbers: tuple[float, ...]) -> Sketch:
    """Return a sketch with typed numbers: radius [m], then bearing and opening [degrees]."""
    radius, *rest = numbers
    if sketch.shape != "sector":
        return _change(sketch, radius_m=radius)
    return _change(
        sketch,
        radius_m=radius,
        bearing_deg=rest[0] if rest else sketch.bearing_deg,
        opening_deg=rest[1] if len(rest) > 1 else sketch.opening_deg,
    )


def opening_to(axis_deg: float, edge_deg: float) -> float:
    """Return the opening angle of a sector whose edge runs at a bearing.

    Examples
    --------
    >>> opening_to(350.0, 10.0), opening_to(90.0, 90.0)
    (40.0, 1.0)
    """
    half = abs((edge_deg - axis_deg + 180.0) % 360.0 - 180.0)
    return max(_LEAST_OPENING_DEG, 2.0 * half)


def _corners(sketch: Sketch) -> tuple[LatLon, LatLon, LatLon, LatLon]:
    first, second = sketch.points
    return (
        first, LatLon(first.lat_deg, second.lon_deg), second,
        LatLon(second.lat_deg, first.lon_deg),
    )  # fmt: skip
