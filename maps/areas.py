"""Areas that a question is asked of: polygons with holes, circles, buffers, on the map's square.

An area is what it looks like on the map: its edges are straight in Web Mercator. Rings that cross
themselves, the antimeridian or a pole are taken for what their drawer meant, and say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from maps.geometry import EARTH_RADIUS_M, MAX_LAT_DEG, WORLD
from models.basics import LatLon

AreaNote = Literal["self_crossing", "antimeridian", "pole", "beyond_map"]
AreaFault = Literal[
    "empty", "too_few_corners", "no_area", "distance_range", "too_long", "near_pole"
]

Ring = Sequence[LatLon]
MAX_BUFFER_M = 1_000_000.0
_SPAN_DEG = 20.0
_CIRCLE_CORNERS = 144
_FAULTS: dict[AreaFault, str] = {
    "empty": "the area has no corners",
    "too_few_corners": "a ring needs three different corners",
    "no_area": "the area is a line or a point: nothing lies inside it",
    "distance_range": "a distance must be above 0 and at most 1,000 km",
    "too_long": "the line is too long to measure a distance from all of it: at most 20°",
    "near_pole": "so near to a pole only the surroundings of one place can be measured",
}


class AreaRefusedError(ValueError):
    """An area that holds nothing; `fault` says why."""

    def __init__(self, fault: AreaFault) -> None:
        super().__init__(_FAULTS[fault])
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Area:
    """An area on the Web Mercator square [2⁻³² of it, x east, y south], and how it was read."""

    shape: BaseGeometry
    notes: tuple[AreaNote, ...] = ()


def polygon_area(outer: Ring, holes: Iterable[Ring] = ()) -> Area:
    """Return the area inside a ring and outside its holes; see `multipolygon_area`."""
    return multipolygon_area([(outer, tuple(holes))])


def multipolygon_area(polygons: Iterable[tuple[Ring, Iterable[Ring]]]) -> Area:
    """Return the area of polygons with holes.

    Parameters
    ----------
    polygons : iterable of (outer, holes)
        Rings of WGS 84 positions, closed or not, in any direction.

    Raises
    ------
    AreaRefusedError
        When there is no ring, a ring has fewer than three different corners, or no area is left.

    Notes
    -----
    Of a ring that crosses itself everything it encloses counts. Two corners more than 180° of
    longitude apart are joined over the antimeridian; a ring that runs once around the Earth
    encloses the pole it is nearer to. The map ends at ±85.05°.

    Examples
    --------
    >>> square = [LatLon(0, 0), LatLon(0, 1), LatLon(1, 1), LatLon(1, 0)]
    >>> polygon_area(square).notes
    ()
    >>> polygon_area([LatLon(0, 179), LatLon(0, -179), LatLon(1, -179), LatLon(1, 179)]).notes
    ('antimeridian',)
    """
    notes: set[AreaNote] = set()
    parts = []
    for outer, holes in polygons:
        shape = _enclosed(outer, notes)
        cut = [_enclosed(hole, notes) for hole in holes if len(hole)]
        if cut:
            shape = shape.difference(shapely.union_all(cut))
        parts.append(shape)
    if not parts:
        raise AreaRefusedError("empty")
    shape = _areal(shapely.union_all(parts))
    if shape.is_empty:
        raise AreaRefusedError("no_area")
    return Area(shape, tuple(sorted(notes)))


def circle_area(centre: LatLon, radius_m: float) -> Area:
    """Return the area within a distance [m] of a place; see `buffer_area` for its range."""
    return buffer_area([centre], radius_m)


def buffer_area(line: Ring, distance_m: float) -> Area:
    """Return the area within a distance of a place or a line.

    Parameters
    ----------
    line : sequence of LatLon
        One position, or the corners of a line that spans at most 20°.
    distance_m : float
        Distance [m], > 0 and ≤ 1,000 km.

    Raises
    ------
    AreaRefusedError
        When there are no positions, the line is too long or too near to a pole, or the distance
        is out of range.

    Notes
    -----
    Spherical Earth of mean radius: right to 0.6 %. The edges of a line are straight on the map.
    """
    if not line:
        raise AreaRefusedError("empty")
    if not 0.0 < distance_m <= MAX_BUFFER_M:
        raise AreaRefusedError("distance_range")
    notes: set[AreaNote] = set()
    rings = [_around(place, distance_m) for place in line]
    if len(line) == 1:
        return Area(_enclosed(rings[0], notes), tuple(sorted(notes)))
    x, _ = _unwrapped(line, notes)
    if np.ptp(x) > _SPAN_DEG / 360.0 * WORLD:
        raise AreaRefusedError("too_long")
    if any(abs(place.lat_deg) + np.degrees(distance_m / EARTH_RADIUS_M) > 89.0 for place in line):
        raise AreaRefusedError("near_pole")
    parts = [
        shapely.union_all([_ring_at(a, near, notes), _ring_at(b, near, notes)]).convex_hull
        for a, b, near in zip(rings, rings[1:], x, strict=False)
    ]
    return Area(_split_by_world(shapely.union_all(parts)), tuple(sorted(notes)))


def _around(centre: LatLon, radius_m: float) -> list[LatLon]:
    """Return a ring around a place that may run over the antimeridian or around a pole."""
    bearing = np.linspace(0.0, 2.0 * np.pi, _CIRCLE_CORNERS, endpoint=False)
    arc, phi = radius_m / EARTH_RADIUS_M, np.radians(centre.lat_deg)
    sine = np.sin(phi) * np.cos(arc) + np.cos(phi) * np.sin(arc) * np.cos(bearing)
    east = np.arctan2(np.sin(bearing) * np.sin(arc) * np.cos(phi), np.cos(arc) - np.sin(phi) * sine)
    lat = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))).tolist()
    lon = (np.mod(centre.lon_deg + np.degrees(east) + 180.0, 360.0) - 180.0).tolist()
    return [LatLon(a, b) for a, b in zip(lat, lon, strict=True)]


def _ring_at(ring: Ring, near_x: float, notes: set[AreaNote]) -> Polygon:
    x, y = _unwrapped(ring, notes)
    turns = np.round((near_x - x.mean()) / WORLD) * WORLD
    return Polygon(np.column_stack((x + turns, y)))


def _enclosed(ring: Ring, notes: set[AreaNote]) -> BaseGeometry:
    """Return all that a ring encloses, on the one square of the map."""
    corners = [place for place, _ in groupby(ring)]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if not corners:
        raise AreaRefusedError("empty")
    if len(set(corners)) < 3:
        raise AreaRefusedError("too_few_corners")
    if any(abs(place.lat_deg) > MAX_LAT_DEG for place in corners):
        notes.add("beyond_map")
    x, y = _unwrapped([*corners, corners[0]], notes)
    if abs(x[-1] - x[0]) > WORLD / 2:
        notes.add("pole")
        edge = 0.0 if sum(place.lat_deg for place in corners) > 0 else float(WORLD)
        x, y = np.append(x, [x[-1], x[0]]), np.append(y, [edge, edge])
    shape: BaseGeometry = Polygon(np.column_stack((x, y)))
    if not shape.is_valid:
        notes.add("self_crossing")
        lines = shapely.union_all([shapely.LineString(np.column_stack((x, y)))])
        shape = shapely.union_all(shapely.get_parts(shapely.polygonize([lines])))
    if shape.is_empty or shape.area == 0.0:
        raise AreaRefusedError("no_area")
    return _split_by_world(shape)


def _unwrapped(
    line: Ring, notes: set[AreaNote]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return map units along a line; over the antimeridian x leaves the square."""
    lat = np.clip([place.lat_deg for place in line], -MAX_LAT_DEG, MAX_LAT_DEG)
    lon = np.array([place.lon_deg for place in line])
    straight = np.unwrap(lon, period=360.0)
    if not np.array_equal(straight, lon):
        notes.add("antimeridian")
    sine = np.sin(np.radians(lat))
    y = 0.5 - np.log((1.0 + sine) / (1.0 - sine)) / (4.0 * np.pi)
    return (straight + 180.0) / 360.0 * WORLD, y * WORLD


def _split_by_world(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape that leaves the square east or west in pieces that lie on it."""
    west, _, east, _ = shape.bounds
    if west >= 0.0 and east <= WORLD:
        return shape
    pieces = []
    for turn in range(int(np.floor(west / WORLD)), int(np.ceil(east / WORLD))):
        square = shapely.box(turn * WORLD, -1.0, (turn + 1) * WORLD, WORLD + 1.0)
        piece = shape.intersection(square)
        pieces.append(translate(piece, xoff=-turn * WORLD))
    return _areal(shapely.union_all(pieces))


def _areal(shape: BaseGeometry) -> BaseGeometry:
    """Leave out points and lines that cutting left."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.union_all(parts)
