"""A record as the flat cells of one table row, in the form that an import reads."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import msgspec

from app.exchange.columns import Column, columns_of
from app.exchange.entries import read_list
from app.exchange.quantities import short
from models.basics import LatLon, Name, Phone
from models.libraries.kinds import Stock
from models.registry.kinds import Record
from models.store.reference_kinds import record_type
from models.times import from_us

Flat = str | int | float | bool | None


@cache
def flat_headings(kind: str) -> tuple[Column, ...]:
    """Return the columns of an export, each under its field's own name."""
    known = columns_of(kind)
    plain = {column.heading: column for column in known.by_heading.values()}
    columns: list[Column] = []
    for field in msgspec.structs.fields(record_type(kind)):
        if field.name == "position":
            columns += [plain["lat"], plain["lon"]]
        elif plain[field.name].type == "name":
            columns += [plain[f"{field.name}_zh"], plain[f"{field.name}_en"]]
        else:
            columns.append(replace(plain[field.name], factor=1.0))
    return tuple(columns)


def flat_row(record: Record, columns: Sequence[Column]) -> list[Flat]:
    """Return the cells of a record under `flat_headings`."""
    return [_cell(record, column) for column in columns]


def _cell(record: Record, column: Column) -> Flat:
    if column.type == "lat":
        return None if record.position is None else record.position.lat_deg
    if column.type == "lon":
        return None if record.position is None else record.position.lon_deg
    value = getattr(record, column.field)
    if value is None or value == ():
        return None
    if isinstance(value, Name):
        return value.zh if column.language == "zh" else value.en
    write = _WRITERS.get(column.type)
    if write is not None:
        return write(value)
    if isinstance(value, (str, int, float, bool)):
        return value
    return msgspec.json.encode(value).decode() if value else None


def _list(entries: tuple[str, ...]) -> str:
    text = "; ".join(entries)
    return text if read_list(text)[0] == entries else msgspec.json.encode(entries).decode()


def _phone(phone: Phone) -> str:
    who = "/".join(part for part in (phone.person, phone.role) if part)
    if phone.role and not phone.person:
        who = f"/{phone.role}"
    return " ".join(filter(None, (who, phone.number, "(dead)" if phone.dead else "")))


def _phones(phones: tuple[Phone, ...]) -> str:
    return "; ".join(map(_phone, phones))


def _stock(stock: tuple[Stock, ...]) -> str:
    return msgspec.json.encode(stock).decode()


def _line(points: tuple[LatLon, ...]) -> str:
    pairs = ", ".join(f"{short(point.lon_deg)} {short(point.lat_deg)}" for point in points)
    return f"LINESTRING ({pairs})"


def _time(moment_us: int) -> str:
    return from_us(moment_us).isoformat() if moment_us else ""


_WRITERS: dict[str, Callable[..., str]] = {
    "list": _list,
    "phone": _phone,
    "phones": _phones,
    "stock": _stock,
    "line": _line,
    "time": _time,
}
