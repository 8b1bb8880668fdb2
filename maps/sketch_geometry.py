"""The ground that a sketch covers, and geodesic measures: lengths, bearings and areas."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from maps.geometry import Degrees, bounds
from models.basics import LatLon
from models.operation.sketch import Sketch

if TYPE_CHECKING:
    from pyproj import Geod, Transformer

Ring = tuple[LatLon, ...]
_CORNERS = 96
_BUFFER_QUARTER = 12


@cache
def _geod() -> "Geod":
    from pyproj import Geod  # 0.2 s: only once somebody draws

    return Geod(ellps="WGS84")


def offset(start: LatLon, bearing_deg: float, distance_m: float) -> LatLon:
    """Return the place at a geodesic distance [m] and bearing [degrees, true] from a start.

    Examples
    --------
    >>> place = offset(LatLon(0.0, 0.0), 90.0, 111_319.491)
    >>> round(place.lat_deg, 6), round(place.lon_deg, 6)
    (0.0, 1.0)
    """
    lon, lat, _ = _geod().fwd(start.lon_deg, start.lat_deg, bearing_deg, distance_m)
    return LatLon(float(lat), _beside(float(lon), start.lon_deg))


def distance_and_bearing(start: LatLon, end: LatLon) -> tuple[float, float]:
    """Return the geodesic distance [m] and the initial bearing [0…360°, true].

    Examples
    --------
    >>> distance, bearing = distance_and_bearing(LatLon(0.0, 0.0), LatLon(0.0, 1.0))
    >>> round(distance, 1), bearing
    (111319.5, 90.0)
    """
    bearing, _, distance = _geod().inv(start.lon_deg, start.lat_deg, end.lon_deg, end.lat_deg)
    return float(distance), float(bearing) % 360.0


def length_m(line: Sequence[LatLon]) -> float:
    """Return the geodesic length of a line [m]; 0 for fewer than two points."""
    if len(line) < 2:
        return 0.0
    return float(_geod().line_length([p.lon_deg for p in line], [p.lat_deg for p in line]))


def area_m2(rings: Sequence[Ring]) -> float:
    """Return the geodesic area inside rings [m²]; rings that cross themselves count once.

    Notes
    -----
    Karney's polygon area on the WGS 84 ellipsoid; edges are geodesics.
    """
    total = 0.0
    for polygon in _polygons(rings):
        outer, _ = _geod().geometry_area_perimeter(shapely.geometry.polygon.orient(polygon))
        total += abs(outer)
    return total


def rings_of(sketch: Sketch) -> tuple[Ring, ...]:
    """Return the closed rings around what a sketch covers; none for points and lines.

    Parameters
    ----------
    sketch : Sketch
        One that `check_sketch` accepts. Circles and sectors are geodesic; a buffer is made in an
        azimuthal equidistant projection about its middle (right to 0.1 % within 100 km).
    """
    match sketch.shape:
        case "polygon":
            return ((*sketch.points, sketch.points[0]),)
        case "rectangle":
            return (_box(*sketch.points),)
        case "circle":
            bearings = np.linspace(0.0, 360.0, _CORNERS, endpoint=False)
            ring = _arc(sketch.points[0], bearings, sketch.radius_m or 0.0)
            return ((*ring, ring[0]),)
        case "sector":
            return (_sector(sketch),)
        case "buffer":
            return _buffer(sketch)
    return ()


def line_of(sketch: Sketch) -> Ring:
    """Return the line of a line or arrow; empty for other shapes."""
    return sketch.points if sketch.shape in {"line", "arrow"} else ()


def geometry_of(sketch: Sketch) -> BaseGeometry:
    """Return a sketch as a plane geometry in degrees (x east, y north), for "does it touch"."""
    polygons = _polygons(rings_of(sketch))
    if polygons:
        return MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]
    points = [(p.lon_deg, p.lat_deg) for p in sketch.points]
    return LineString(points) if len(points) > 1 else Point(points[0])


def anchor_of(sketch: Sketch) -> LatLon:
    """Return where the symbol and label of a sketch stand: inside it, or on its line."""
    if sketch.shape in {"point", "text", "circle", "sector"}:
        return sketch.points[0]
    if sketch.shape in {"line", "arrow"}:
        return sketch.points[len(sketch.points) // 2]
    place = geometry_of(sketch).representative_point()
    return LatLon(float(place.y), float(place.x))


def box_of(sketch: Sketch) -> tuple[LatLon, LatLon]:
    """Return the south-west and north-east corner of what a sketch covers."""
    found = bounds([*sketch.points, *(p for ring in rings_of(sketch) for p in ring)])
    assert found is not None  # a sketch has a point
    return found


def _beside(lon_deg: float, near_deg: float) -> float:
    """Return a longitude on the near side of the antimeridian, cut off there."""
    turned = near_deg + (lon_deg - near_deg + 180.0) % 360.0 - 180.0
    return min(180.0, max(-180.0, turned))


def _arc(centre: LatLon, bearings: Degrees, radius_m: float) -> Ring:
    count = len(bearings)
    lons, lats, _ = _geod().fwd(
        np.full(count, centre.lon_deg), np.full(count, centre.lat_deg), bearings,
        np.full(count, radius_m),
    )  # fmt: skip
    return tuple(
        LatLon(float(lat), _beside(float(lon), centre.lon_deg))
        for lat, lon in zip(lats, lons, strict=True)
    )


def _sector(sketch: Sketch) -> Ring:
    centre, opening = sketch.points[0], sketch.opening_deg or 0.0
    start = (sketch.bearing_deg or 0.0) - opening / 2
    count = max(3, round(_CORNERS * opening / 360.0) + 1)
    arc = _arc(centre, np.linspace(start, start + opening, count), sketch.radius_m or 0.0)
    return (*arc, arc[0]) if opening >= 360.0 else (centre, *arc, centre)


def _box(first: LatLon, second: LatLon) -> Ring:
    south, north = sorted((first.lat_deg, second.lat_deg))
    west, east = sorted((first.lon_deg, second.lon_deg))
    corners = ((south, west), (south, east), (north, east), (north, west), (south, west))
    return tuple(LatLon(lat, lon) for lat, lon in corners)


def _buffer(sketch: Sketch) -> tuple[Ring, ...]:
    plane, back = _local(sketch.points)
    points = [plane.transform(p.lon_deg, p.lat_deg) for p in sketch.points]
    shape: BaseGeometry = Point(points[0])
    if sketch.base == "line":
        shape = LineString(points)
    elif sketch.base == "polygon":
        shape = shapely.make_valid(Polygon(points))
    grown = shapely.transform(
        shape.buffer(sketch.radius_m or 0.0, quad_segs=_BUFFER_QUARTER),
        lambda xy: np.column_stack(back.transform(xy[:, 0], xy[:, 1])),
    )
    polygons = grown.geoms if isinstance(grown, MultiPolygon) else [grown]
    near = sketch.points[0].lon_deg
    return tuple(
        tuple(LatLon(float(y), _beside(float(x), near)) for x, y in ring.coords)
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
    )


def _local(points: Sequence[LatLon]) -> tuple["Transformer", "Transformer"]:
    """Return the projections to and from metres about the middle of points."""
    from pyproj import Transformer

    box = bounds(points)
    assert box is not None  # a sketch has a point
    lat = (box[0].lat_deg + box[1].lat_deg) / 2
    lon = (box[0].lon_deg + box[1].lon_deg) / 2
    local = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84 +units=m"
    degrees = "+proj=longlat +ellps=WGS84"
    return (
        Transformer.from_proj(degrees, local, always_xy=True),
        Transformer.from_proj(local, degrees, always_xy=True),
    )


def _polygons(rings: Sequence[Ring]) -> list[Polygon]:
    """Return rings as valid polygons in degrees; later rings are holes in the first."""
    if not rings:
        return []
    outer, *holes = ([(p.lon_deg, p.lat_deg) for p in ring] for ring in rings)
    found = shapely.make_valid(Polygon(outer, holes))
    parts = found.geoms if hasattr(found, "geoms") else [found]
    return [part for part in parts if isinstance(part, Polygon)]
