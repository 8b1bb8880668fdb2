"""Points of a table: which columns hold latitude and longitude, and what each row says there."""

from typing import Any

import numpy as np
import shapely

from app.exchange.findings import CodedFinding, FileRefusedError, finding
from app.exchange.layers.opening import MapFile
from app.exchange.layers.table import MAX_ROWS, MAX_TEXT, LayerTable, plain_cell
from app.exchange.quantities import plain_number
from app.exchange.raw import Cell, RawRow, read_source
from app.exchange.read_csv import read_csv
from maps.notation import parse
from maps.notation_faults import NotationError

_LAT = ("lat", "latitude", "纬度", "北纬", "y", "lat_deg", "point_y", "ycoord", "gps_lat", "wgslat")
_LON = (
    "lon", "lng", "long", "longitude", "经度", "东经", "x", "lon_deg", "point_x", "xcoord",
    "gps_lon", "gps_lng", "wgslng",
)  # fmt: skip
_FAR = 180.0


def read_points_csv(file: MapFile) -> LayerTable:
    """Return the points of a table.

    Raises
    ------
    FileRefusedError
        When no columns of coordinates can be told, or the table is too long.
    """
    raw = read_csv(read_source(file.path))
    headings = {heading.strip().lower(): heading for heading in raw.headings}
    lat = next((headings[name] for name in _LAT if name in headings), None)
    lon = next((headings[name] for name in _LON if name in headings), None)
    if lat is None or lon is None:
        seen = ", ".join(raw.headings[:12])
        raise FileRefusedError(
            file.path.name, "row 1",
            f"no columns of coordinates; name two of them lat and lon (there are: {seen})",
        )  # fmt: skip
    if len(raw.rows) > MAX_ROWS:
        raise FileRefusedError(file.path.name, "", f"more than {MAX_ROWS:,} rows")
    findings: list[CodedFinding] = [*raw.findings, *(f for row in raw.rows for f in row.findings)]
    places = [_place(row, lat, lon, findings) for row in raw.rows]
    shapes = np.full(len(places), None, dtype=object)
    given = [n for n, place in enumerate(places) if place is not None]
    if given:
        shapes[given] = shapely.points(np.array([places[n] for n in given], dtype=float))
    kept = [heading for heading in raw.headings if heading not in {lat, lon} and heading]
    columns: dict[str, list[Any]] = {
        heading: [_cell(row.cells.get(heading)) for row in raw.rows] for heading in kept
    }
    numbers = [row.number for row in raw.rows]
    return LayerTable(file.title, shapes, columns, numbers, "", findings)


def _place(
    row: RawRow, lat: str, lon: str, findings: list[CodedFinding]
) -> tuple[float, float] | None:
    north, east = _text(row.cells.get(lat)), _text(row.cells.get(lon))
    if not north and not east:
        findings.append(
            finding("layer_geometry_missing", row=row.number, column=lat, severity="error")
        )
        return None
    y, x = plain_number(north), plain_number(east)
    if y is not None and x is not None:
        if abs(y) > 90.0 >= abs(x) and abs(y) <= _FAR:
            findings.append(
                finding("swapped", row=row.number, column=lat, severity="error", value=north,
                        proposal=east)
            )  # fmt: skip
            return None
        return x, y
    try:
        found = parse(f"{north}, {east}")[0]
    except NotationError as refused:
        findings.append(
            finding("layer_coordinates", row=row.number, column=f"{lat}, {lon}",
                    severity="error", value=f"{north}, {east}", why=str(refused))
        )  # fmt: skip
        return None
    return found.lon_deg, found.lat_deg


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _cell(cell: Cell) -> object:
    value = plain_cell(cell)
    return value[:MAX_TEXT] if isinstance(value, str) else value
