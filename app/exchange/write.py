"""Export: rows as CSV, XLSX, GeoJSON or JSON that an import reads back the same."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from app.exchange.columns import Column, columns_of
from app.exchange.flat import flat_headings, flat_row
from models.basics import LatLon
from models.registry.kinds import Record

_RISKY = re.compile(r"[=+\-@\t\r]")


class UnknownFormatError(Exception):
    """The file's ending names no format that can be written."""


def export_rows(kind: str, records: Sequence[Record], path: Path) -> int:
    """Write all records of a kind; the ending tells the format; return how many.

    The file appears whole or not at all.

    Raises
    ------
    UnknownFormatError
        When the ending is none of .csv, .xlsx, .json, .geojson.
    OSError
        When the file can't be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(_WRITERS)
        raise UnknownFormatError(f"{path.name}: the format is told by the ending: {known}")
    content = writer(kind, records)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return len(records)


def _csv(kind: str, records: Sequence[Record]) -> bytes:
    columns = flat_headings(kind)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    for record in records:
        row = flat_row(record, columns)
        writer.writerow([safe_cell(value) for value in row])
    # the mark lets spreadsheet programs read Chinese
    return text.getvalue().encode("utf-8-sig", "replace")


def safe_cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("+86 21"), safe_cell(-76.5), safe_cell("plain")
    ("'=1+1", "'+86 21", -76.5, 'plain')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _RISKY.match(value):
        return f"'{value}"
    return "" if value is None else value


def _xlsx(kind: str, records: Sequence[Record]) -> bytes:
    import openpyxl  # 0.2 s that a start of the desk doesn't pay for

    columns = flat_headings(kind)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(kind[:31])
    sheet.append([column.heading for column in columns])
    for record in records:
        sheet.append([_cell(sheet, value) for value in flat_row(record, columns)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(sheet: Any, value: object) -> object:  # noqa: ANN401 - openpyxl's sheet has no type
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a text that begins with = stays text
    cell.quotePrefix = True
    return cell


def _json(kind: str, records: Sequence[Record]) -> bytes:
    body = {"kind": kind, "rows": records}
    return msgspec.json.format(msgspec.json.encode(body), indent=1) + b"\n"


def _geojson(kind: str, records: Sequence[Record]) -> bytes:
    columns = flat_headings(kind)
    field = columns_of(kind).geometry_field
    features = [_feature(record, columns, field) for record in records]
    body = {"type": "FeatureCollection", "features": features}
    return msgspec.json.format(msgspec.json.encode(body), indent=0) + b"\n"


def _feature(record: Record, columns: Sequence[Column], field: str) -> dict[str, Any]:
    line: tuple[LatLon, ...] = getattr(record, field) if field else ()
    geometry: dict[str, Any] | None = None
    drawn: set[str] = set()
    if line:
        coordinates: Any = [[point.lon_deg, point.lat_deg] for point in line]
        closed = len(line) > 3 and line[0] == line[-1] and field == "ring"
        geometry = {
            "type": "Polygon" if closed else "LineString",
            "coordinates": [coordinates] if closed else coordinates,
        }
        drawn = {field}
    elif record.position is not None:
        place = [record.position.lon_deg, record.position.lat_deg]
        geometry = {"type": "Point", "coordinates": place}
        drawn = {"lat", "lon"}
    values = zip(columns, flat_row(record, columns), strict=True)
    properties = {
        column.heading: value
        for column, value in values
        if column.field not in drawn and value not in (None, "")
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry}


_WRITERS: dict[str, Callable[[str, Sequence[Record]], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
    ".geojson": _geojson,
}
