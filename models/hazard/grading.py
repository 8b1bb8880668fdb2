"""GB 18218-2018: S, R and the grade of a major hazard source (重大危险源), computed exactly."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from models.basics import Name, Value
from models.hazard.plain_words import plain_cas, plain_name
from models.hazard.ports import HazardInputError
from models.rules import load_rules

_MOST_T = 10**9
_MOST_PERSONS = 10**9


class Holding(Value, frozen=True, kw_only=True):
    """A substance of a unit: one of name, CAS or category, and its design maximum [t].

    A category beside a name or CAS is used when table 1 doesn't name the substance; a category
    alone stands for substances of that class.
    """

    quantity_t: int | float
    name: str = ""
    cas: str = ""
    category: str = ""


class Working(Value, frozen=True, kw_only=True):
    """One line of the sum: q/Q and beta, with where they come from."""

    name: Name
    quantity_t: float
    critical_t: float
    ratio: float
    beta: float
    source: str
    beta_verified: bool = True


class UnitGrade(Value, frozen=True, kw_only=True):
    """The grade of one unit; `grade` is None where S < 1: not a major hazard source."""

    name: str
    s: float
    major: bool
    alpha: float
    r: float
    grade: str | None
    working: tuple[Working, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CriticalQuantity:
    """Q [t] and beta of a named substance or a category."""

    name: Name
    q_t: Fraction
    beta: Fraction
    source: str
    verified: bool


def critical_quantity(*, name: str = "", cas: str = "", category: str = "") -> CriticalQuantity:
    """Return Q and beta: table 1 by CAS, then by name, then tables 2 and 4 by category.

    Parameters
    ----------
    name, cas, category : str
        Name in Chinese or English or an alias; CAS number; class such as 'J1' or 'W5.1'. When
        one CAS has several entries (nitrocellulose, ammonium nitrate) the name decides; without
        it the lowest Q counts.

    Raises
    ------
    HazardInputError
        Naming `cas`, `name` or `category` when it is unknown, or `name` when all are empty.

    References
    ----------
    GB 18218-2018, tables 1 to 4.

    Examples
    --------
    >>> chlorine = critical_quantity(cas="7782-50-5")
    >>> int(chlorine.q_t), int(chlorine.beta)
    (5, 4)
    >>> float(critical_quantity(category="W2").beta)
    1.5
    """
    by_cas, by_name, by_category = _tables()
    if category.strip() and category.strip().upper() not in by_category:
        raise HazardInputError("category", f"{category!r} is no class of GB 18218 table 2")
    named = by_name.get(plain_name(name)) if name.strip() else None
    listed = by_cas.get(plain_cas(cas), ())
    if listed:
        return named if named in listed else min(listed, key=lambda entry: entry.q_t)
    if named is not None:
        return named
    if category.strip():
        return by_category[category.strip().upper()]
    if cas.strip():
        raise HazardInputError("cas", f"{cas!r} is not in GB 18218 table 1: give its category")
    if name.strip():
        raise HazardInputError("name", f"{name!r} is not in GB 18218 table 1: give its category")
    raise HazardInputError("name", "neither name, CAS nor category is given")


def grade_unit(name: str, exposed_persons: int, holdings: tuple[Holding, ...]) -> UnitGrade:
    """Grade one unit: S = sum q/Q, R = alpha sum beta q/Q.

    Parameters
    ----------
    name : str
        The unit's name.
    exposed_persons : int
        Persons permanently exposed within 500 m outside the plant boundary, ≥ 0.
    holdings : tuple of Holding
        At least one; quantities are design maxima [t], ≥ 0.

    Returns
    -------
    UnitGrade
        Computed in exact fractions of the decimal inputs, so a boundary is met exactly.

    Raises
    ------
    HazardInputError
        Naming the field, e.g. `substances[1].quantity_t`.

    References
    ----------
    GB 18218-2018, §4.2 and §4.3, equations 1 and 2.

    Examples
    --------
    30 t of chlorine and 40 t of ammonia, 60 persons: R = 1.5 (4·30/5 + 2·40/10).

    >>> unit = grade_unit("A", 60, (Holding(name="氯", quantity_t=30),
    ...                             Holding(name="氨", quantity_t=40)))
    >>> unit.s, unit.r, unit.grade
    (10.0, 48.0, '三级')
    """
    rules = load_rules("gb18218")
    if isinstance(exposed_persons, bool) or not isinstance(exposed_persons, int):
        raise HazardInputError("exposed_persons", f"{exposed_persons!r} is not a whole number")
    if not 0 <= exposed_persons <= _MOST_PERSONS:
        raise HazardInputError("exposed_persons", f"{exposed_persons} is out of range")
    if not holdings:
        raise HazardInputError("substances", "at least one substance is needed")
    s, weighted, working = Fraction(0), Fraction(0), []
    for index, holding in enumerate(holdings):
        entry, quantity = _entry(index, holding)
        ratio = quantity / entry.q_t
        s += ratio
        weighted += entry.beta * ratio
        working.append(_line(entry, quantity, ratio))
    alpha = next(
        Fraction(row["alpha"]) for row in rules["alpha"] if exposed_persons >= row["persons_min"]
    )
    r = alpha * weighted
    grade = next(row["name"] for row in rules["grade"] if r >= Fraction(row["r_min"]))
    return UnitGrade(
        name=name,
        s=float(s),
        major=s >= 1,
        alpha=float(alpha),
        r=float(r),
        grade=grade if s >= 1 else None,
        working=tuple(working),
        source=rules["source"],
    )


def _entry(index: int, holding: Holding) -> tuple[CriticalQuantity, Fraction]:
    where = f"substances[{index}]"
    try:
        entry = critical_quantity(name=holding.name, cas=holding.cas, category=holding.category)
    except HazardInputError as error:
        raise HazardInputError(f"{where}.{error.field}", error.reason) from error
    value = holding.quantity_t
    if isinstance(value, bool) or not 0 <= value <= _MOST_T:
        raise HazardInputError(f"{where}.quantity_t", f"{value} t: wanted 0…{_MOST_T}")
    return entry, Fraction(repr(value))


def _line(entry: CriticalQuantity, quantity: Fraction, ratio: Fraction) -> Working:
    return Working(
        name=entry.name,
        quantity_t=float(quantity),
        critical_t=float(entry.q_t),
        ratio=float(ratio),
        beta=float(entry.beta),
        source=entry.source,
        beta_verified=entry.verified,
    )


_Tables = tuple[
    dict[str, tuple[CriticalQuantity, ...]],
    dict[str, CriticalQuantity],
    dict[str, CriticalQuantity],
]


@cache
def _tables() -> _Tables:
    rules = load_rules("gb18218")
    by_cas: dict[str, tuple[CriticalQuantity, ...]] = {}
    by_name: dict[str, CriticalQuantity] = {}
    for row in rules["substance"]:
        entry = _named(row)
        for cas in (row.get("cas", ""), *row.get("aliases", ())):
            if cas[:1].isdigit() and cas.count("-") == 2:
                by_cas[cas] = (*by_cas.get(cas, ()), entry)
        for name in (row["name"]["zh"], row["name"]["en"], *row.get("aliases", ())):
            by_name[plain_name(name)] = entry
    by_category = {
        row["key"]: CriticalQuantity(
            name=Name(**row["name"]),
            q_t=Fraction(row["q_t"]),
            beta=Fraction(row["beta"]),
            source=f"GB 18218-2018 tables 2 and 4, {row['key']}",
            verified=True,
        )
        for row in rules["category"]
    }
    return by_cas, by_name, by_category


def _named(row: dict[str, Any]) -> CriticalQuantity:
    beta = row["beta_source"] + (f" {row['class']}" if "class" in row else "")
    return CriticalQuantity(
        name=Name(**row["name"]),
        q_t=Fraction(row["q_t"]),
        beta=Fraction(row["beta"]),
        source=f"GB 18218-2018 table 1; beta {beta}",
        verified=row.get("class_verified", True),
    )
