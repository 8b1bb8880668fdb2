"""The chemical card of a substance: the don'ts first, every line with its source."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from models.basics import Name, Value
from models.hazard.checks import number
from models.hazard.grading import critical_quantity
from models.hazard.ports import HazardInputError
from models.hazard.properties import Properties, known_cas, properties_of
from models.hazard.substance_names import substance_name
from models.hazard.substances import Level, find_substance
from models.rules import load_rules


class CardLine(Value, frozen=True, kw_only=True):
    """One line of a card; `verified` is False for what is only recalled."""

    text: Name
    source: str
    verified: bool = False


class ChemicalCard(Value, frozen=True, kw_only=True):
    """What an officer needs of a substance, in the order of need.

    `water_l_min_m2` is the water for cooling or foam per area of shell or pool, the greatest of
    its groups, 0 where none is on record.
    """

    cas: str
    name: Name
    un: str
    guide: str
    groups: tuple[str, ...]
    group_names: tuple[Name, ...]
    dont: tuple[CardLine, ...]
    hazards: tuple[CardLine, ...]
    measures: tuple[CardLine, ...]
    protection: tuple[CardLine, ...]
    fire: tuple[CardLine, ...]
    reactivity: tuple[CardLine, ...]
    water_l_min_m2: float = 0.0
    water_source: str = ""
    un_source: str = ""


def chemical_card(substance: str, cas: str = "") -> ChemicalCard | None:
    """Return the card of a substance, or None when none is on record.

    Parameters
    ----------
    substance : str
        Name in either language, an alias or a GB 18218 entry.
    cas : str
        CAS number; it decides when it is given.

    References
    ----------
    `resources/substances/chemical_cards.toml`; the sources stand with each line, all recalled.

    Examples
    --------
    >>> card = chemical_card("液氯")
    >>> card.un, card.dont[0].text.en
    ('1017', 'No entry without positive-pressure breathing apparatus')
    >>> chemical_card("moon dust") is None
    True
    """
    key = cas.strip() or _cas_of(substance)
    table = _cards()
    row = next((row for row in table["substance"] if row["cas"] == key), None)
    if row is None:
        return None
    groups = [table["group"][group] for group in row["groups"]]
    water = max(groups, key=lambda group: float(group.get("water_l_min_m2", 0.0)))
    return ChemicalCard(
        cas=key,
        name=substance_name(substance if not cas.strip() else "", key),
        un=row["un"],
        guide=row["guide"],
        groups=tuple(row["groups"]),
        group_names=tuple(Name(**group["name"]) for group in groups),
        dont=_lines(groups, "dont"),
        hazards=_lines(groups, "hazard"),
        measures=_lines(groups, "measure"),
        protection=_lines(groups, "protection"),
        fire=_lines(groups, "fire"),
        reactivity=_lines(groups, "reactivity"),
        water_l_min_m2=float(water.get("water_l_min_m2", 0.0)),
        water_source=water.get("water_source", ""),
        un_source=table["un_source"],
    )


def reactivity_warnings(groups: Iterable[str], others: Iterable[str]) -> tuple[CardLine, ...]:
    """Return what two substances do to each other by their groups.

    Parameters
    ----------
    groups, others : iterable of str
        Groups of the one and the other card.

    Returns
    -------
    tuple of CardLine
        Empty where nothing is on record: that isn't "compatible".

    References
    ----------
    After NOAA's reactive groups, recalled.

    Examples
    --------
    >>> [line.text.en for line in reactivity_warnings(["halogen"], ["ammonia"])]
    ['Explosive nitrogen trihalide and toxic fumes']
    """
    one, two = set(groups), set(others)
    table = _cards()
    return tuple(
        CardLine(text=Name(**row["text"]), source=table["pair_source"])
        for row in table["pair"]
        if (row["groups"][0] in one and row["groups"][1] in two)
        or (row["groups"][0] in two and row["groups"][1] in one)
    )


def water_need_l_s(card: ChemicalCard, area_m2: float) -> float:
    """Return the water that a shell or a pool needs [L/s]; 0 where none is on record.

    Parameters
    ----------
    card : ChemicalCard
        See `chemical_card`.
    area_m2 : float
        Heated shell, or burning pool under foam [m²], 0…1e5.

    Raises
    ------
    HazardInputError
        Naming `area_m2`.

    References
    ----------
    The rate's source stands in the card.

    Examples
    --------
    >>> water_need_l_s(chemical_card("", "68476-85-7"), 400)
    60.0
    """
    return card.water_l_min_m2 * number("area_m2", area_m2, 0.0, 1e5, "m²") / 60


def card_levels(card: ChemicalCard) -> tuple[Level, ...]:
    """Return all levels on record for a card's substance: those zones are drawn for first.

    Examples
    --------
    >>> card_levels(chemical_card("chlorine"))[0].key
    'aegl3'
    """
    found = find_substance("", card.cas)
    return (*found.levels, *found.others) if found is not None else ()


def card_properties(card: ChemicalCard) -> Properties | None:
    """Return the properties on record for a card's substance.

    Examples
    --------
    >>> card_properties(chemical_card("chlorine")).get("molar_mass_g_mol")
    70.906
    """
    return properties_of(card.cas) if card.cas in known_cas() else None


def _cas_of(substance: str) -> str:
    found = find_substance(substance)
    if found is not None:
        return found.cas
    try:
        entry = critical_quantity(name=substance)
    except HazardInputError:
        return ""
    listed: str = _cards()["entries"].get(entry.name.zh, "")
    return listed or _cas_of_entry(entry.name.zh)


def _cas_of_entry(name: str) -> str:
    rows = load_rules("gb18218")["substance"]
    return next(str(row["cas"]) for row in rows if row["name"]["zh"] == name)


def _lines(groups: list[dict[str, Any]], key: str) -> tuple[CardLine, ...]:
    """Join the groups' lines, each text once."""
    found: dict[str, CardLine] = {}
    for group in groups:
        for row in group.get(key, ()):
            found.setdefault(row["en"], CardLine(text=Name(**row), source=group["source"]))
    return tuple(found.values())


@cache
def _cards() -> dict[str, Any]:
    text = (files("resources") / "substances" / "chemical_cards.toml").read_text("utf-8")
    return tomllib.loads(text)
