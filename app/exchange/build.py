"""One row of a table becomes one record, or says why it can't."""

import datetime as dt
from typing import Any

from app.exchange.cells import CellReader
from app.exchange.columns import Column, columns_of
from app.exchange.findings import CodedFinding
from app.exchange.layout import Layout
from app.exchange.limit_rows import LimitRows, joined_name
from app.exchange.positions import Middle, Place, middle_of, read_position
from app.exchange.raw import Cell, RawRow, RawTable
from app.exchange.tag_checks import check_tag
from models.registry.credit_code import ALPHABET, LENGTH, check_character
from models.registry.kinds import Record
from models.store.reference_kinds import record_type

_ADDRESS_PART = Column("part", "part", "text", lines=True)


class RowBuilder:
    """Builds the records of one table; a row with an error gives none."""

    def __init__(self, layout: Layout, table: RawTable, time_zone: dt.tzinfo) -> None:
        self._layout = layout
        self._type = record_type(layout.kind)
        self._known = columns_of(layout.kind)
        self._time_zone = time_zone
        self._lat = layout.heading_of("lat")
        self._lon = layout.heading_of("lon")
        self._position = layout.heading_of("position")
        self._has_position = bool((self._lat and self._lon) or self._position)
        self._middle = self._middle_of(table)
        self._cells = [
            (heading, column)
            for heading, column in layout.columns.items()
            if column.type not in {"lat", "lon", "position"}
        ]

    def build(self, row: RawRow) -> tuple[Record | None, list[CodedFinding]]:
        """Return the record of a row (None when it has an error) and all its faults."""
        reader = CellReader(
            row.number, self._time_zone, self._layout.list_style, list(row.findings)
        )
        values = self._values(reader, row)
        self._add_position(reader, row, values)
        self._add_line(reader, row, values)
        self._check_required(reader, row, values)
        if self._layout.kind == "tags":
            headings = {c.field: h for h, c in self._cells if not c.limit_kind}
            check_tag(reader, headings, values)
        if any(found.severity == "error" for found in reader.findings):
            return None, reader.findings
        try:
            return self._type(**values), reader.findings
        except (TypeError, ValueError) as error:
            reader.fault("wrong_type", "", None, detail=error)
            return None, reader.findings

    def _middle_of(self, table: RawTable) -> Middle | None:
        if self._layout.state_heading or not (self._lat and self._lon):
            return None
        return middle_of((row.cells.get(self._lat), row.cells.get(self._lon)) for row in table.rows)

    def _values(self, reader: CellReader, row: RawRow) -> dict[str, Any]:
        values: dict[str, Any] = {}
        limits = LimitRows(self._known.limit_priorities)
        for heading, column in self._cells:
            value: Any = reader.read(column, heading, row.cells.get(heading))
            if value is None:
                continue
            if column.limit_kind:
                limits.take(column, heading, value)
            elif column.type == "name":
                values[column.field] = joined_name(values.get(column.field), value)
            else:
                values[column.field] = value
        if made := limits.made(reader, values):
            values["limits"] = (*values.get("limits", ()), *made)
        self._add_known(reader, row, values)
        return values

    def _add_known(self, reader: CellReader, row: RawRow, values: dict[str, Any]) -> None:
        """Add what the file's profile says: joined texts, foreign ids, the source."""
        layout = self._layout
        for name, headings in layout.joins.items():
            parts = []
            for heading in headings:
                cell = row.cells.get(heading)
                if cell is None or not str(cell).strip():
                    continue
                if heading in layout.columns:
                    part = values.get(name) if heading == headings[0] else str(cell).strip()
                else:
                    part = reader.text(_ADDRESS_PART, heading, cell)
                parts.append(part or "")
            values[name] = ", ".join(filter(None, parts))
        ids = {
            name: str(cell).strip()
            for name, heading in layout.external_ids.items()
            if (cell := row.cells.get(heading)) is not None and str(cell).strip()
        }
        if ids:
            values["external_ids"] = ids
        if layout.source:
            values.setdefault("source", layout.source)

    def _add_position(self, reader: CellReader, row: RawRow, values: dict[str, Any]) -> None:
        place = self._place(row)
        if place is not None:
            drawn = row.line or self._known.geometry_field in values
            position = read_position(reader, place, self._middle)
            if position is not None:
                values["position"] = position
            elif self._has_position and _blank(place.lat) and _blank(place.lon) and not drawn:
                reader.fault("no_position", place.lat_heading, None, severity="info")

    def _place(self, row: RawRow) -> Place | None:
        cell = row.cells.get(self._position) if self._position else None
        state = str(row.cells.get(self._layout.state_heading) or "").strip().upper()
        if isinstance(cell, dict):
            heading = self._position
            return Place(
                heading, heading, _scalar(cell, "lat_deg"), _scalar(cell, "lon_deg"), state
            )
        if not self._lat and not self._lon:
            return None
        lat = row.cells.get(self._lat) if self._lat else None
        lon = row.cells.get(self._lon) if self._lon else None
        return Place(self._lat or "lat", self._lon or "lon", lat, lon, state)

    def _add_line(self, reader: CellReader, row: RawRow, values: dict[str, Any]) -> None:
        name = self._known.geometry_field
        if row.line and name:
            values.setdefault(name, row.line)
        elif row.line:
            type_ = "LineString or Polygon"
            kind = self._layout.kind
            reader.fault(
                "geometry_not_used", "geometry", None, severity="warning", type=type_, kind=kind
            )
        for column in self._known.by_heading.values():
            if column.field == name and column.points and len(values.get(name, ())) < column.points:
                reader.fault("polygon_short", name, None, count=column.points)
                break

    def _check_required(self, reader: CellReader, row: RawRow, values: dict[str, Any]) -> None:
        faulty = {found.column for found in reader.findings if found.severity == "error"}
        for heading, column in self._cells:
            if column.required and column.field not in values and heading not in faulty:
                code = "empty_name" if column.field == "name" else "empty"
                if column.field != "name" or not self._names_elsewhere(row, heading):
                    reader.fault(code, heading, None)
        key = values.get("key")
        if key is None:
            return
        heading, column = next(pair for pair in self._cells if pair[1].field == "key")
        if any(char.isspace() for char in key):
            reader.fault("key_spaces", heading, key, proposal="".join(key.split()))
        elif column.check == "credit_code" and len(key) == LENGTH:
            _check_credit_code(reader, heading, key)

    def _names_elsewhere(self, row: RawRow, heading: str) -> bool:
        """Whether another name column is the one to complain about, or holds the name."""
        others = [h for h, column in self._cells if column.field == "name" and h != heading]
        first = next(h for h, column in self._cells if column.field == "name")
        return heading != first or any(not _blank(row.cells.get(other)) for other in others)


def _check_credit_code(reader: CellReader, heading: str, key: str) -> None:
    if any(char not in ALPHABET for char in key):
        upper = key.upper()
        fits = all(char in ALPHABET for char in upper) and check_character(upper) == upper[-1]
        reader.fault("credit_code_characters", heading, key, proposal=upper if fits else None)
    elif check_character(key) != key[-1]:
        reader.fault("credit_code", heading, key, wanted=check_character(key))


def _blank(cell: Cell) -> bool:
    return cell is None or not str(cell).strip()


def _scalar(cell: dict[str, Any], name: str) -> Cell:
    value = cell.get(name)
    return value if isinstance(value, (str, int, float, bool)) else None
