"""Which columns a kind can have: the fields of its struct plus what `columns.toml` says."""

import re
import tomllib
import types
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from models.basics import LatLon, Name, Phone
from models.libraries.kinds import Stock
from models.registry.kinds import Limit
from models.store.reference_kinds import record_type

ColumnType = Literal[
    "text", "int", "float", "bool", "time", "choice", "list", "phones", "phone", "stock",
    "name", "lat", "lon", "line", "position", "limit", "struct",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a kind can have, and what may stand in it.

    With a `limit_kind` it holds `field` of that alarm limit, not of the record.
    """

    heading: str
    field: str
    type: ColumnType
    language: Literal["", "zh", "en"] = ""
    struct: Any = None
    low: float | None = None
    high: float | None = None
    limit: int = 500
    lines: bool = False
    unit: str = ""
    factor: float = 1.0
    refers_to: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    optional: bool = False
    points: int = 0
    check: str = ""
    limit_kind: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a kind by normalised heading, and what must be there."""

    kind: str
    by_heading: Mapping[str, Column]
    required: Mapping[str, tuple[str, ...]]
    limit_priorities: Mapping[str, int]
    geometry_field: str = ""


@cache
def exchange_table(name: str) -> dict[str, Any]:
    """Return the table `resources/exchange/<name>.toml`."""
    text = (files("resources") / "exchange" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def column_rules() -> dict[str, Any]:
    """Return `resources/exchange/columns.toml`."""
    return exchange_table("columns")


@cache
def normalised(heading: str) -> str:
    """Return a heading without case, width, spaces and punctuation.

    Examples
    --------
    >>> normalised("储量（吨） ") == normalised("储量(吨)")
    True
    >>> normalised("EPA Facility_ID")
    'epafacilityid'
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold())


@cache
def columns_of(kind: str) -> Columns:
    """Return the columns of a kind.

    Raises
    ------
    UnknownKindError
        When there is no such kind.
    """
    fields = msgspec.structs.fields(record_type(kind))
    common: dict[str, Any] = column_rules()["common"]
    own: dict[str, Any] = column_rules()["kinds"].get(kind, {})
    found: dict[str, Column] = {}
    required: dict[str, tuple[str, ...]] = {}
    geometry = ""
    for field in fields:
        if field.name == "position":
            _add_position(found, common)
            continue
        general, special = common.get(field.name, {}), own.get(field.name, {})
        rule = {**general, **special}
        aliases = [*special.get("aliases", ()), *general.get("aliases", ())]
        column = _column(field.name, field.type, rule)
        _enter(found, column, [field.name, *aliases])
        _enter_variants(found, column, rule)
        if column.required:
            required[field.name] = tuple(aliases[:4])
        geometry = field.name if rule.get("geometry") else geometry
    priorities = own.get("limits", {}).get("limit_priorities", {})
    return Columns(kind, found, required, priorities, geometry)


def _add_position(found: dict[str, Column], common: dict[str, Any]) -> None:
    _enter(found, Column("lat", "lat", "lat"), ["lat", *common["lat"]["aliases"]])
    _enter(found, Column("lon", "lon", "lon"), ["lon", *common["lon"]["aliases"]])
    _enter(found, Column("position", "position", "position"), ["position"])


def _enter(found: dict[str, Column], column: Column, headings: list[str]) -> None:
    for heading in headings:
        found.setdefault(normalised(heading), column)


def _enter_variants(found: dict[str, Column], column: Column, rule: dict[str, Any]) -> None:
    """Enter the headings of one language, of another unit, and of single limits."""
    if column.type == "name":
        for language in ("zh", "en"):
            name = f"{column.field}_{language}"
            variant = replace(column, heading=name, language=language)
            _enter(found, variant, [name, *rule.get(language, ())])
    for heading, factor in rule.get("also", {}).items():
        _enter(found, replace(column, heading=heading, factor=factor), [heading])
    for kind, headings in rule.get("limit_columns", {}).items():
        _enter_limit(found, kind, headings, rule["limit_parts"])


def _enter_limit(
    found: dict[str, Column], kind: str, headings: list[str], parts: dict[str, Any]
) -> None:
    """Enter the columns of one alarm limit: its value and its attributes."""
    value: ColumnType = "bool" if kind == "STALE" else "limit"
    _enter(found, Column(kind, "value", value, optional=True, limit_kind=kind), headings)
    for field in msgspec.structs.fields(Limit):
        if field.name not in parts:
            continue
        rule = parts[field.name]
        plain = _column(field.name, field.type, rule)
        column = replace(plain, heading=f"{kind}_{field.name}", limit_kind=kind)
        names = [field.name, *rule["aliases"]]
        _enter(found, column, [f"{heading} {name}" for heading in headings for name in names])
        for language in ("zh", "en") if column.type == "name" else ():
            own = replace(column, heading=f"{column.heading}_{language}", language=language)
            _enter(found, own, [own.heading])


def _column(name: str, annotation: object, rule: dict[str, Any]) -> Column:
    kept = [part for part in get_args(annotation) if part is not types.NoneType]
    optional = get_origin(annotation) in {Union, types.UnionType}
    type_ = _column_type(name, kept[0] if optional else annotation)
    limits = column_rules()["limits"]
    is_long = type_ in {"list", "struct", "line", "phones", "stock"}
    return Column(
        heading=name,
        field=name,
        type=type_,
        struct=annotation,
        low=rule.get("low"),
        high=rule.get("high"),
        limit=rule.get("max", limits["list_text"] if is_long else limits["text"]),
        lines=rule.get("lines", False),
        unit=rule.get("unit", ""),
        refers_to=rule.get("of", ""),
        choices=tuple(map(str, kept)) if type_ == "choice" else (),
        required=rule.get("required", False),
        optional=optional,
        points=rule.get("points", 0),
        check=rule.get("check", ""),
    )


_PLAIN: dict[Any, ColumnType] = {
    str: "text",
    int: "int",
    float: "float",
    bool: "bool",
    Name: "name",
    Phone: "phone",
    tuple[str, ...]: "list",
    tuple[Phone, ...]: "phones",
    tuple[Stock, ...]: "stock",
    tuple[LatLon, ...]: "line",
}


def _column_type(name: str, annotation: object) -> ColumnType:
    if name.endswith("_us"):
        return "time"
    if get_origin(annotation) is Literal:
        return "choice"
    return _PLAIN.get(annotation, "struct")
