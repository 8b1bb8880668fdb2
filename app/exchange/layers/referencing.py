"""Where a file's coordinates are: its CRS and datum, or the question that must be asked.

Data of AMap and Tencent are GCJ-02 labelled WGS 84, so within the rectangle of that datum a label
WGS 84 is a claim, not a fact; outside of it both are the same.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np
import numpy.typing as npt
import shapely

from app.exchange.findings import FileRefusedError
from app.exchange.layers.opening import Format
from app.exchange.layers.table import LayerTable, Shapes
from maps.datum import DATUMS, Datum, convert
from models.basics import LatLon

if TYPE_CHECKING:
    from pyproj import CRS

Question = Literal["", "datum", "crs"]
WGS84 = "EPSG:4326"
_RECTANGLE = (72.004, 0.8293, 137.8347, 55.8271)
_SAMPLE = 400
_NEAR_DEG = 3.0
_GUESSED: tuple[Datum, ...] = ("WGS84", "GCJ02", "BD09")


class Choice(msgspec.Struct, frozen=True):
    """One way to read the coordinates, and where the data lie then (WGS 84)."""

    crs: str
    datum: Datum
    name: str
    places: tuple[LatLon, ...] = ()


def crs_of(text: str, file_name: str) -> "CRS":
    """Return a CRS that a user named.

    Raises
    ------
    FileRefusedError
        When there is none of that name.
    """
    found = _crs(text)
    if found is None:
        reason = f"{text!r} names no coordinate reference system; write EPSG:4547 or the like"
        raise FileRefusedError(file_name, "crs", reason)
    return found


@lru_cache(maxsize=64)
def _crs(text: str) -> "CRS | None":
    from pyproj import CRS  # costs 0.1 s: only where a file is read
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(text) if text else None
    except CRSError:
        return None


def question_of(tables: Sequence[LayerTable], kind: Format) -> Question:
    """Return what must be asked before the coordinates mean anything.

    OpenStreetMap is WGS 84 by its own rule; a projected CRS or CGCS2000 by name is a surveyor's.
    """
    if kind == "osm" or not tables:
        return ""
    for table in tables:
        crs = _crs(table.crs)
        if crs is None:
            if not _in_degrees(table.shapes):
                return "crs"
            if kind == "dxf" or _in_china(table.shapes):
                return "datum"
        elif crs.is_geographic and _is_wgs84(crs) and _in_china(table.shapes):
            return "datum"
    return ""


def choices_of(
    tables: Sequence[LayerTable], question: Question, near: LatLon | None
) -> tuple[Choice, ...]:
    """Return the ways to read the coordinates, each with where some of the data lie then."""
    sample = _sample(tables)
    if question == "datum":
        crs = tables[0].crs or WGS84
        return tuple(_choice(crs, datum, datum, sample) for datum in _GUESSED)
    if question != "crs" or near is None:
        return ()
    found = []
    for code in _grids_near(near, sample):
        choice = _choice(code, "WGS84", _name(code), sample)
        if choice.places and _distance_deg(choice.places, near) < _NEAR_DEG:
            found.append(choice)
    return tuple(sorted(found, key=lambda choice: _distance_deg(choice.places, near))[:6])


def to_wgs84(shapes: Shapes, crs_text: str, datum: Datum) -> Shapes:
    """Return shapes in WGS 84 degrees; what a projection can't turn becomes infinite."""
    crs = _crs(crs_text or WGS84)
    if crs is None or not len(shapes):
        return shapes
    coordinates = shapely.get_coordinates(shapes)
    if not (crs.is_geographic and _is_plain_degrees(crs)):
        coordinates = _projected(coordinates, crs)
    if datum not in {"WGS84", "CGCS2000"}:
        coordinates = _shifted(coordinates, datum)
    made: Shapes = shapely.set_coordinates(shapes.copy(), coordinates)
    return made


def _projected(coordinates: npt.NDArray[np.float64], crs: "CRS") -> npt.NDArray[np.float64]:
    from pyproj import Transformer

    transformer = Transformer.from_crs(crs, WGS84, always_xy=True)
    return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))


def _shifted(coordinates: npt.NDArray[np.float64], datum: Datum) -> npt.NDArray[np.float64]:
    lon, lat = coordinates.T
    sane = (np.abs(lat) <= 90.0) & (np.abs(lon) <= 180.0)
    moved = coordinates.copy()
    moved[sane, 1], moved[sane, 0] = convert(lat[sane], lon[sane], datum, "WGS84")
    return moved


def _choice(crs: str, datum: Datum, name: str, sample: Shapes) -> Choice:
    corners = shapely.get_coordinates(to_wgs84(sample, crs, datum))
    sane = np.isfinite(corners).all(axis=1) & (np.abs(corners) <= (180.0, 90.0)).all(axis=1)
    places = tuple(LatLon(lat, lon) for lon, lat in corners[sane].tolist())
    return Choice(crs, datum, name, places)


def _sample(tables: Sequence[LayerTable]) -> Shapes:
    """Return some corners of all shapes, evenly taken."""
    corners = np.concatenate([shapely.get_coordinates(table.shapes) for table in tables])
    step = max(1, len(corners) // _SAMPLE)
    sample: Shapes = np.asarray(shapely.points(corners[::step]))
    return sample


def _in_degrees(shapes: Shapes) -> bool:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return bool(west >= -180.1 and south >= -90.1 and east <= 360.1 and north <= 90.1)


def _in_china(shapes: Shapes) -> bool:
    """Whether half of the corners or more lie where GCJ-02 differs: a map of the world doesn't."""
    lon, lat = shapely.get_coordinates(shapes).T
    west, south, east, north = _RECTANGLE
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return bool(inside.mean() >= 0.5)


def _is_wgs84(crs: "CRS") -> bool:
    return "WGS 84" in crs.name or "World Geodetic System 1984" in str(crs.datum)


def _is_plain_degrees(crs: "CRS") -> bool:
    """Whether degrees of this CRS are WGS 84's own to a few centimetres."""
    return _is_wgs84(crs) or bool(crs.to_epsg() in {4326, 4490, 4979})


def _grids_near(near: LatLon, sample: Shapes) -> list[str]:
    """Return the grids in use around a site: UTM, CGCS2000 Gauss-Krüger of 3° and 6°, the web's."""
    zone = int((near.lon_deg + 180.0) // 6.0) % 60 + 1
    codes = [(32600 if near.lat_deg >= 0 else 32700) + zone, 3857]
    if 73.0 <= near.lon_deg <= 136.5:
        numbered = float(np.median(shapely.get_x(sample))) > 1e6
        third = round(near.lon_deg / 3.0)
        sixth = int(near.lon_deg // 6.0) + 1
        codes += [4488 + third if numbered else 4509 + third]
        codes += [4478 + sixth if numbered else 4489 + sixth]
    return [f"EPSG:{code}" for code in codes]


def _name(code: str) -> str:
    crs = _crs(code)
    return code if crs is None else f"{code} {crs.name}"


def _distance_deg(places: Sequence[LatLon], near: LatLon) -> float:
    lat = float(np.median([place.lat_deg for place in places]))
    lon = float(np.median([place.lon_deg for place in places]))
    return max(abs(lat - near.lat_deg), abs(lon - near.lon_deg))


def known_datum(datum: str, file_name: str) -> Datum:
    """Return a datum that a user named; FileRefusedError when it is none."""
    for known in DATUMS:
        if known == datum:
            return known
    raise FileRefusedError(file_name, "datum", f"{datum!r} is none of {', '.join(DATUMS)}")
