"""Shapes that can be drawn and counted: broken ones are repaired or refused with the reason."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from app.exchange.findings import Severity, finding
from app.exchange.layers.table import LayerTable, Shapes

_TURN = 360.0
_EDGE_DEG = 1e-6


def drop_empty(table: LayerTable) -> LayerTable:
    """Leave out rows without a shape or with coordinates that aren't numbers, saying so."""
    missing = shapely.is_missing(table.shapes)
    empty = ~missing & shapely.is_empty(table.shapes)
    _say(table, empty, "layer_geometry_missing")
    broken = ~missing & ~empty & ~_finite(table.shapes)
    _say(table, broken, "layer_geometry_not_finite")
    return table.taken(~(missing | empty | broken))


def drop_outside(table: LayerTable) -> LayerTable:
    """Leave out rows whose degrees lie nowhere on Earth; longitudes up to 360° are turned."""
    low, high = _corners(table.shapes)
    outside = (
        ~np.isfinite(low).all(axis=1) | ~np.isfinite(high).all(axis=1)
        | (low[:, 1] < -90.0 - _EDGE_DEG) | (high[:, 1] > 90.0 + _EDGE_DEG)
        | (low[:, 0] < -180.0 - _EDGE_DEG) | (high[:, 0] > 360.0 + _EDGE_DEG)
    )  # fmt: skip
    for place in np.flatnonzero(outside).tolist():
        value = f"{low[place, 1]:.6g}, {low[place, 0]:.6g}"
        _say_one(table, place, "layer_geometry_range", value=value)
    return table.taken(~outside)


def mend(table: LayerTable) -> LayerTable:
    """Cut what crosses the antimeridian and repair what crosses itself, saying so."""
    shapes = table.shapes.copy()
    for place in np.flatnonzero(_crosses(shapes)).tolist():
        shapes[place] = cut_at_antimeridian(shapes[place])
        _say_one(table, place, "layer_antimeridian", severity="info")
    broken = ~shapely.is_valid(shapes)
    for place in np.flatnonzero(broken).tolist():
        dimension = shapely.get_dimensions(shapes[place])
        why = shapely.is_valid_reason(shapes[place])
        repaired = _of_dimension(shapely.make_valid(shapes[place]), dimension)
        if repaired.is_empty:
            _say_one(table, place, "layer_geometry_collapsed", why=why)
            shapes[place] = None
        else:
            _say_one(table, place, "layer_geometry_repaired", severity="warning", why=why)
            shapes[place] = repaired
    table.shapes = shapes
    return table.taken(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))


def cut_at_antimeridian(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape whose corners jump over ±180° in pieces on both sides of it.

    Examples
    --------
    >>> line = shapely.LineString([(179, 10), (-179, 10)])
    >>> [round(part.length, 6) for part in cut_at_antimeridian(line).geoms]
    [1.0, 1.0]
    """
    parts = []
    for part in shapely.get_parts(shapely.get_parts(shape)):
        straight = shapely.make_valid(_straightened(part))
        west, _, east, _ = straight.bounds
        for turn in range(int(np.floor((west + 180) / _TURN)), int(np.ceil((east + 180) / _TURN))):
            left = turn * _TURN - 180.0
            piece = straight.intersection(shapely.box(left, -90.0, left + _TURN, 90.0))
            if not piece.is_empty:
                parts.append(translate(piece, xoff=-turn * _TURN))
    dimension = int(shapely.get_dimensions(shape))
    return _of_dimension(shapely.union_all(parts), dimension) if parts else shape


def _straightened(part: BaseGeometry) -> BaseGeometry:
    """Return one point, line or polygon with longitudes that run on over ±180°."""
    if isinstance(part, shapely.Polygon):
        rings = [_unwrapped(ring) for ring in (part.exterior, *part.interiors)]
        middle = rings[0][:, 0].mean()
        for ring in rings[1:]:
            ring[:, 0] += np.round((middle - ring[:, 0].mean()) / _TURN) * _TURN
        return shapely.Polygon(rings[0], rings[1:])
    if part.geom_type == "Point":
        return part
    return shapely.LineString(_unwrapped(part))


def _unwrapped(line: BaseGeometry) -> npt.NDArray[np.float64]:
    corners = shapely.get_coordinates(line)
    jumps = np.abs(np.diff(corners[:, 0]))
    whole = np.isclose(jumps, _TURN, atol=_EDGE_DEG)
    if not whole.any():
        corners[:, 0] = np.unwrap(corners[:, 0], period=_TURN)
    return corners


def _crosses(shapes: Shapes) -> npt.NDArray[np.bool_]:
    """Tell the shapes with longitudes beyond 180° or a jump over it that isn't the map's edge."""
    low, high = _corners(shapes)
    crosses: npt.NDArray[np.bool_] = high[:, 0] > 180.0 + _EDGE_DEG
    wide = np.flatnonzero(~crosses & (high[:, 0] - low[:, 0] > 180.0))
    for place in wide.tolist():
        for part in shapely.get_parts(shapely.get_parts(shapes[place])):
            for ring in (
                (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,)
            ):
                jumps = np.abs(np.diff(shapely.get_coordinates(ring)[:, 0]))
                if ((jumps > 180.0) & (jumps < _TURN - _EDGE_DEG)).any():
                    crosses[place] = True
    return crosses


def _of_dimension(shape: BaseGeometry, dimension: int) -> BaseGeometry:
    """Return the parts of a dimension (0 points, 1 lines, 2 areas) as one shape."""
    parts = shapely.get_parts(shape)
    parts = shapely.get_parts(parts)
    kept = [part for part in parts if shapely.get_dimensions(part) == dimension]
    if len(kept) == 1:
        only: BaseGeometry = kept[0]
        return only
    makers: dict[int, Any] = {
        0: shapely.MultiPoint, 1: shapely.MultiLineString, 2: shapely.MultiPolygon,
    }  # fmt: skip
    made: BaseGeometry = makers[dimension](kept)
    return made


def _corners(shapes: Shapes) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    return boxes[:, :2], boxes[:, 2:]


def _finite(shapes: Shapes) -> npt.NDArray[np.bool_]:
    """Tell the shapes whose every coordinate is a finite number."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    finite = np.ones(len(shapes), dtype=np.bool_)
    finite[owner[~np.isfinite(coordinates).all(axis=1)]] = False
    return finite


def _say(table: LayerTable, where: npt.NDArray[np.bool_], code: str) -> None:
    for place in np.flatnonzero(where).tolist():
        _say_one(table, place, code)


def _say_one(
    table: LayerTable, place: int, code: str, *, severity: Severity = "error",
    value: str | None = None, **details: str,
) -> None:  # fmt: skip
    row = table.numbers[place]
    table.findings.append(
        finding(code, row=row, column="geometry", severity=severity, value=value, **details)
    )


def counted(shapes: Shapes) -> tuple[int, int, int]:
    """Return how many shapes are points, lines and areas."""
    points, lines, areas = np.bincount(
        np.clip(shapely.get_dimensions(shapes), 0, 2), minlength=3
    ).tolist()
    return points, lines, areas
