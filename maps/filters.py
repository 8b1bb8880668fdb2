"""Filters by attribute: typed conditions on reference rows, evaluated here and nowhere else.

What an officer types is a value that is compared, never code: it reaches no script, no query and
no expression language.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from maps.conditions import Filter, Op
from maps.drawing import PointGroup, PointSet, Rows
from models.libraries.kinds import Depot, Team
from models.registry.kinds import Enterprise, Feature, HazardSource, Receptor, Record, Tag

TEXT_OPS: tuple[Op, ...] = ("contains", "lacks")
NUMBER_OPS: tuple[Op, ...] = ("at_least", "at_most")
LONGEST_VALUE = 80
_GRADES = {"一级": 1.0, "二级": 2.0, "三级": 3.0, "四级": 4.0}


class FilterError(ValueError):
    """A filter can't be made; `code` is 'empty', 'too_long', 'no_number' or 'no_field'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of a reference kind: `text` or `number` reads it, the other is None.

    A number that nobody knows is None; it meets no condition, and is counted as unknown.
    """

    id: str
    text: Callable[[Record], str] | None = None
    number: Callable[[Record], float | None] | None = None

    @property
    def ops(self) -> tuple[Op, ...]:
        """What can be asked of it."""
        return TEXT_OPS if self.text is not None else NUMBER_OPS


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a layer's rows a filter lets through; `unknown` of the others have no value."""

    shown: int
    total: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """The points that remain, and for each layer that a filter touches how many."""

    points: PointSet
    kept: Mapping[str, Kept]


def _name(row: Record) -> str:
    return f"{row.name.zh}\n{row.name.en}\n{row.key}"


def _people(row: Record) -> float | None:
    if not isinstance(row, Receptor):
        return None
    known = [count for count in (row.people_day, row.people_night) if count is not None]
    return float(max(known)) if known else None


def _substance(row: Record) -> str:
    if isinstance(row, HazardSource):
        return f"{row.substance}\n{row.cas}\n{row.un}"
    return row.substance if isinstance(row, Tag) else ""


def _type(row: Record) -> str:
    return row.type if isinstance(row, HazardSource | Receptor | Team | Feature) else ""


def _address(row: Record) -> str:
    return row.address if isinstance(row, Enterprise | Receptor) else ""


def _stock(row: Record) -> str:
    stock = row.stock if isinstance(row, Depot) else ()
    return "\n".join(f"{s.material}\n{s.name.zh}\n{s.name.en}" for s in stock)


_ANY = (Field("name", text=_name),)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "hazard-sources": (
        Field("grade", number=lambda r: _GRADES.get(getattr(r, "grade", ""))),
        Field("substance", text=_substance),
        Field("inventory_t", number=lambda r: getattr(r, "inventory_t", None)),
        Field("type", text=_type), *_ANY,
    ),
    "receptors": (
        Field("people", number=_people), Field("type", text=_type),
        Field("address", text=_address), *_ANY,
    ),
    "enterprises": (
        Field("chemicals", text=lambda r: "\n".join(getattr(r, "chemicals", ()))),
        Field("industry", text=lambda r: str(getattr(r, "industry", ""))),
        Field("region", text=lambda r: str(getattr(r, "region", ""))),
        Field("address", text=_address), *_ANY,
    ),
    "teams": (
        Field("capabilities", text=lambda r: "\n".join(getattr(r, "capabilities", ()))),
        Field("people", number=lambda r: float(getattr(r, "people", 0))),
        Field("vehicles", number=lambda r: float(getattr(r, "vehicles", 0))),
        Field("type", text=_type), *_ANY,
    ),
    "materials": (Field("stock", text=_stock), *_ANY),
    "tags": (
        Field("quantity", text=lambda r: str(getattr(r, "quantity", ""))),
        Field("substance", text=_substance),
        Field("unit", text=lambda r: str(getattr(r, "unit", ""))), *_ANY,
    ),
    "features": (Field("type", text=_type), *_ANY),
    "cameras": _ANY,
}  # fmt: skip


def field_of(kind: str, field_id: str) -> Field:
    """Return an attribute of a kind.

    Raises
    ------
    FilterError
        When the kind has no such attribute.
    """
    for field in FIELDS.get(kind, ()):
        if field.id == field_id:
            return field
    raise FilterError("no_field")


def make_filter(kind: str, field_id: str, op: Op, typed: str) -> Filter:
    """Return the filter of what was typed.

    Parameters
    ----------
    kind, field_id : str
        A reference kind and one of its attributes in `FIELDS`.
    op : 'contains', 'lacks', 'at_least' or 'at_most'
        What is asked; texts know the first two, numbers the others.
    typed : str
        The value: a text of at most 80 characters, or a number (full-width digits too).

    Raises
    ------
    FilterError
        When the attribute or the question is unknown, or the value is none.

    Examples
    --------
    >>> make_filter("hazard-sources", "grade", "at_most", "２").value
    2.0
    """
    field = field_of(kind, field_id)
    value = plain(typed).strip()
    if op not in field.ops:
        raise FilterError("no_field")
    if not value:
        raise FilterError("empty")
    if len(value) > LONGEST_VALUE:
        raise FilterError("too_long")
    if field.text is not None:
        return Filter(kind, field_id, op, value)
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        raise FilterError("no_number") from None
    if not np.isfinite(number):
        raise FilterError("no_number")
    return Filter(kind, field_id, op, number)


def plain(text: str) -> str:
    """Return a text for comparing: compatible forms alike, no difference of case."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def asker(wanted: Filter) -> Callable[[Record], bool | None]:
    """Return a function that tells whether a row meets a filter; None when its number is unknown.

    Raises
    ------
    FilterError
        When the filter names an attribute that its kind hasn't.
    """
    field = field_of(wanted.kind, wanted.field)
    if field.text is not None:
        part, text, found = str(wanted.value), field.text, wanted.op == "contains"
        return lambda row: (part in plain(text(row))) is found
    assert field.number is not None  # a field reads one of the two
    limit, number, at_least = float(wanted.value), field.number, wanted.op == "at_least"

    def ask(row: Record) -> bool | None:
        value = number(row)
        return None if value is None else value >= limit if at_least else value <= limit

    return ask


def apply_filters(points: PointSet, rows: Rows, filters: Iterable[Filter]) -> Filtered:
    """Return the points whose rows meet every filter of their kind.

    Parameters
    ----------
    points : PointSet
        All points.
    rows : Rows
        The reference data they were made of.
    filters : iterable of Filter
        Conditions; kinds without one keep all of their points.

    Raises
    ------
    FilterError
        When a filter names an attribute that its kind hasn't.
    """
    by_kind: dict[str, list[Callable[[Record], bool | None]]] = {}
    for wanted in filters:
        by_kind.setdefault(wanted.kind, []).append(asker(wanted))
    mask = np.ones(len(points.x), dtype=np.bool_)
    kept: dict[str, Kept] = {}
    for group in points.groups:
        asked = by_kind.get(group.kind)
        if not asked:
            continue
        held, unknown = rows.all(group.kind), 0
        for index in range(group.start, group.end):
            row = held.get(points.objects[index].key)
            answers = [row is not None and ask(row) for ask in asked]
            mask[index] = all(answers)
            unknown += None in answers and False not in answers
        before = kept.get(group.layer, Kept(0, 0, 0))
        shown = int(mask[group.start : group.end].sum())
        kept[group.layer] = Kept(
            before.shown + shown, before.total + group.end - group.start, before.unknown + unknown
        )
    return Filtered(_masked(points, mask) if kept else points, kept)


def _masked(points: PointSet, mask: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> PointSet:
    ends = np.concatenate(([0], np.cumsum(mask)))
    groups = tuple(
        PointGroup(
            g.kind, g.layer, int(ends[g.start]), int(ends[g.end]), g.from_zoom, g.cluster_below,
            g.name_zoom, g.rank,
        ) for g in points.groups
    )  # fmt: skip
    chosen = np.flatnonzero(mask)
    return PointSet(
        points.x[mask], points.y[mask], points.style[mask], groups,
        tuple(points.objects[i] for i in chosen), tuple(points.names[i] for i in chosen),
        points.left_out,
    )  # fmt: skip
