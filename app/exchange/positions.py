"""Latitude and longitude of a row: in range, not swapped, not of the wrong sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from app.exchange.cells import CellReader
from app.exchange.quantities import (
    decimal_degrees,
    plain_number,
    readable_number,
    short,
)
from app.exchange.raw import Cell
from models.basics import LatLon
from models.rules import load_rules

_NEAR_DEG = 3.0
_FAR_DEG = 10.0
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Place:
    """The headings of a row's coordinates and what stands under them."""

    lat_heading: str
    lon_heading: str
    lat: Cell
    lon: Cell
    state: str = ""


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of all positions of a file: what one row is compared with."""

    lat_deg: float
    lon_deg: float

    def distance(self, lat_deg: float, lon_deg: float) -> float:
        """Return how far a position is off, in degrees along the worse axis."""
        return max(abs(lat_deg - self.lat_deg), abs((lon_deg - self.lon_deg + 180) % 360 - 180))


def middle_of(cells: Iterable[tuple[Cell, Cell]]) -> Middle | None:
    """Return the median position of a file; None when too few rows have one."""
    pairs = []
    for lat_cell, lon_cell in cells:
        lat, lon = plain_number(str(lat_cell).strip()), plain_number(str(lon_cell).strip())
        if lat and lon and abs(lat) <= 90 and abs(lon) <= 180:
            pairs.append((lat, lon))
    if len(pairs) < _FEWEST:
        return None
    return Middle(median(pair[0] for pair in pairs), median(pair[1] for pair in pairs))


def read_position(reader: CellReader, place: Place, middle: Middle | None) -> LatLon | None:
    """Return the position of a row; None when it has none or a faulty one (a finding says so)."""
    lat_given, lon_given = _given(place.lat), _given(place.lon)
    if not lat_given and not lon_given:
        return None
    if not (lat_given and lon_given):
        heading = place.lon_heading if lat_given else place.lat_heading
        reader.fault("half_position", heading, None)
        return None
    lat = _degrees(reader, place.lat_heading, place.lat)
    lon = _degrees(reader, place.lon_heading, place.lon)
    if lat is None or lon is None or not _in_range(reader, place, lat, lon):
        return None
    if lat == lon == 0:
        reader.fault("zero_position", place.lat_heading, place.lat)
        return None
    if place.state:
        fits = _fits_state(reader, place, lat, lon)
    else:
        fits = middle is None or _fits_others(reader, place, lat, lon, middle)
    if fits and 0 in (lat, lon):
        heading, cell = (
            (place.lat_heading, place.lat) if lat == 0 else (place.lon_heading, place.lon)
        )
        reader.fault("zero_coordinate", heading, cell, severity="warning")
    return LatLon(lat, lon) if fits else None


def _given(cell: Cell) -> bool:
    return cell is not None and bool(str(cell).strip())


def _degrees(reader: CellReader, heading: str, cell: Cell) -> float | None:
    text = str(cell).strip()
    value = None if isinstance(cell, bool) else plain_number(text)
    if value is None:
        meant = decimal_degrees(text) or readable_number(text)
        if meant is None:
            reader.fault("not_a_number", heading, text)
        else:
            reader.fault("number_format", heading, text, proposal=meant)
    return value


def _in_range(reader: CellReader, place: Place, lat: float, lon: float) -> bool:
    if abs(lat) <= 90 and abs(lon) <= 180:
        return True
    if 90 < abs(lat) <= 180 and abs(lon) <= 90:
        _propose_swap(reader, place)
        return False
    if abs(lat) > 90:
        reader.fault("latitude_range", place.lat_heading, place.lat)
    if abs(lon) > 180:
        reader.fault("longitude_range", place.lon_heading, place.lon)
    return False


def _propose_swap(reader: CellReader, place: Place) -> None:
    lat, lon = str(place.lat).strip(), str(place.lon).strip()
    reader.fault("swapped", place.lat_heading, lat, proposal=lon)
    reader.fault("swapped", place.lon_heading, lon, proposal=lat)


def _fits_state(reader: CellReader, place: Place, lat: float, lon: float) -> bool:
    boxes = load_rules("us_states")["boxes"].get(place.state)
    if boxes is None:
        reader.fault(
            "state_unknown", place.lat_heading, None, severity="warning", state=place.state
        )
        return True
    if _inside(boxes, lat, lon):
        if lon > 0:
            reader.fault(
                "sign_confirmed", place.lon_heading, place.lon, severity="info", state=place.state
            )
        return True
    if _inside(boxes, lat, -lon):
        _propose_sign(reader, place.lon_heading, lon, "wrong_sign", place.state)
    elif _inside(boxes, -lat, lon):
        _propose_sign(reader, place.lat_heading, lat, "wrong_sign", place.state)
    elif _inside(boxes, lon, lat):
        _propose_swap(reader, place)
    elif _inside(boxes, lon, -lat):
        reader.fault("swapped", place.lat_heading, place.lat, proposal=short(lon))
        reader.fault("swapped", place.lon_heading, place.lon, proposal=short(-lat))
    elif 0 in (lat, lon):
        heading, cell = (
            (place.lat_heading, place.lat) if lat == 0 else (place.lon_heading, place.lon)
        )
        reader.fault("zero_position", heading, cell)
    elif lon > 0 and all(east < 0 for _, _, _, east in boxes):
        reader.fault("positive_longitude", place.lon_heading, place.lon, state=place.state)
    else:
        reader.fault(
            "outside_state", place.lat_heading, place.lat, severity="warning", state=place.state
        )
        return True
    return False


def _inside(boxes: list[list[float]], lat: float, lon: float) -> bool:
    margin = load_rules("us_states")["margin_deg"]
    return any(
        south - margin <= lat <= north + margin and west - margin <= lon <= east + margin
        for south, west, north, east in boxes
    )


def _propose_sign(
    reader: CellReader, heading: str, value: float, code: str, state: str = ""
) -> None:
    reader.fault(code, heading, short(value), proposal=short(-value), state=state)


def _fits_others(reader: CellReader, place: Place, lat: float, lon: float, middle: Middle) -> bool:
    """Whether a position lies where the other rows are, unless an obvious slip explains it."""
    if middle.distance(lat, lon) < _FAR_DEG:
        return True
    if abs(lon) <= 90 and middle.distance(lon, lat) < _NEAR_DEG:
        _propose_swap(reader, place)
    elif middle.distance(lat, -lon) < _NEAR_DEG:
        _propose_sign(reader, place.lon_heading, lon, "wrong_sign_far")
    elif middle.distance(-lat, lon) < _NEAR_DEG:
        _propose_sign(reader, place.lat_heading, lat, "wrong_sign_far")
    else:
        return True
    return False
