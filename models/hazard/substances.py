"""Substances and their levels of concern, from `resources/substances`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from models.basics import Name
from models.hazard.plain_words import plain_cas, plain_name
from models.hazard.ports import HazardInputError

MOLAR_VOLUME_M3_KMOL = 24.465  # ideal gas at 25 °C, 101 325 Pa
_FLAME_POCKETS = 0.6
FLAMMABLE_EDGE = 0.1

Severity = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of concern. `verified` is False for what is only recalled."""

    key: str
    label: Name
    severity: Severity
    ppm: float
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Substance:
    """What the zone models need to know of a substance.

    `levels` are those that zones are drawn for, by the order of choice; `others` are further
    published ones (ERPG, IDLH), to be shown beside them.
    """

    cas: str
    un: str
    name: Name
    aliases: tuple[str, ...]
    molar_mass_g_mol: float
    boiling_k: float
    liquefied: bool
    levels: tuple[Level, ...]
    idlh_ppm: float | None
    lel_ppm: float | None
    missing: tuple[str, ...]
    others: tuple[Level, ...] = ()


def ppm_to_kg_m3(ppm: float, molar_mass_g_mol: float) -> float:
    """Return a vapour concentration at 25 °C and 1 atm [kg/m³].

    C = ppm 1e-6 M / 24.465 m³/kmol.

    Parameters
    ----------
    ppm : float
        Volume parts per million, > 0.
    molar_mass_g_mol : float
        Molar mass [g/mol], > 0.

    Raises
    ------
    HazardInputError
        When a value isn't positive.

    Examples
    --------
    >>> round(ppm_to_kg_m3(20, 70.91) * 1e6, 2)  # chlorine, mg/m³
    57.97
    """
    if not ppm > 0:
        raise HazardInputError("ppm", f"{ppm} is not above 0")
    if not molar_mass_g_mol > 0:
        raise HazardInputError("molar_mass_g_mol", f"{molar_mass_g_mol} is not above 0")
    return ppm * 1e-6 * molar_mass_g_mol / MOLAR_VOLUME_M3_KMOL


def find_substance(substance: str, cas: str = "") -> Substance | None:
    """Return the substance by CAS number, else by name or alias in either language.

    Examples
    --------
    >>> find_substance("液氯").cas, find_substance("", "7664-41-7").name.en
    ('7782-50-5', 'Ammonia')
    >>> find_substance("unobtainium") is None
    True
    """
    by_cas, by_name = _index()
    if number := plain_cas(cas):
        return by_cas.get(number)
    return by_name.get(plain_name(substance))


def all_substances() -> tuple[Substance, ...]:
    """Return every substance of the table."""
    return tuple(_index()[0].values())


def use_own(items: tuple[Substance, ...]) -> None:
    """Put a site's own substances before the table's, in place of those put there before.

    Examples
    --------
    >>> use_own(())
    """
    _OWN[:] = items
    _index.cache_clear()


def own_used() -> tuple[Substance, ...]:
    """Return the site's own substances in use.

    Examples
    --------
    >>> own_used()
    ()
    """
    return tuple(_OWN)


_OWN: list[Substance] = []


@cache
def _index() -> tuple[dict[str, Substance], dict[str, Substance]]:
    text = (files("resources") / "substances" / "levels_of_concern.toml").read_text("utf-8")
    table = tomllib.loads(text)
    by_cas = {row["cas"]: substance_of(row, table["sources"]) for row in table["substance"]}
    by_cas |= {item.cas: item for item in _OWN}
    by_name = {}
    for item in sorted(by_cas.values(), key=lambda item: item in _OWN):
        for name in (item.name.zh, item.name.en, item.cas, f"UN{item.un}", *item.aliases):
            if name not in {"", "UN"}:
                by_name[plain_name(name)] = item
    return by_cas, by_name


def substance_of(row: dict[str, Any], sources: dict[str, str]) -> Substance:
    """Return the substance of one row of a table of levels.

    Parameters
    ----------
    row : dict
        In the form of `resources/substances/levels_of_concern.toml`.
    sources : dict
        By the keys 'aegl', 'pac', 'erpg', 'idlh' and 'lel'.

    Examples
    --------
    >>> row = {"cas": "1", "un": "", "name": {"en": "X"}, "aliases": [], "molar_mass_g_mol": 30,
    ...        "boiling_k": 300, "liquefied": False, "pac_ppm": [1, 2, 3]}
    >>> [level.key for level in substance_of(row, {"pac": "somewhere"}).levels]
    ['pac3', 'pac2', 'pac1']
    """
    levels, missing = _toxic(row, sources)
    levels += _flammable(row, sources, [level.ppm for level in levels if level.severity == 3])
    return Substance(
        cas=row["cas"],
        un=row["un"],
        name=Name(**row["name"]),
        aliases=tuple(row["aliases"]),
        molar_mass_g_mol=row["molar_mass_g_mol"],
        boiling_k=row["boiling_k"],
        liquefied=row["liquefied"],
        levels=tuple(sorted(levels, key=lambda level: (-level.severity, -level.ppm))),
        idlh_ppm=row.get("idlh_ppm"),
        lel_ppm=row.get("lel_ppm"),
        missing=missing,
        others=tuple(_others(row, sources)),
    )


def _others(row: dict[str, Any], sources: dict[str, str]) -> list[Level]:
    """Take ERPG (recalled) and IDLH, for showing."""
    found = []
    severities: tuple[Severity, ...] = (1, 2, 3)
    for severity, value in zip(severities, row.get("erpg_ppm", ()), strict=False):
        if not isinstance(value, str):
            name = Name(zh=f"ERPG-{severity}", en=f"ERPG-{severity}")
            found.append(Level(f"erpg{severity}", name, severity, value, sources["erpg"], False))
    if "idlh_ppm" in row:
        name = Name(zh="IDLH", en="IDLH")
        verified = row.get("verified", True)
        found.append(Level("idlh", name, 3, row["idlh_ppm"], sources["idlh"], verified))
    return found


def _toxic(row: dict[str, Any], sources: dict[str, str]) -> tuple[list[Level], tuple[str, ...]]:
    """Take AEGL 60 min, else PAC, as the order of choice is."""
    family, text = ("aegl", "AEGL") if "aegl_60min_ppm" in row else ("pac", "PAC")
    values = row.get("aegl_60min_ppm") or row["pac_ppm"]
    verified = row.get("verified", True)
    suffix = " (60 min)" if family == "aegl" else ""
    suffix_zh = "（60 分钟）" if family == "aegl" else ""
    source = sources[family] + ("" if verified else "; recalled, to be checked")
    levels, missing = [], []
    severities: tuple[Severity, ...] = (1, 2, 3)
    for severity, value in zip(severities, values, strict=True):
        if value == "NR":
            missing.append(f"{text}-{severity}")
            continue
        label = Name(zh=f"{text}-{severity}{suffix_zh}", en=f"{text}-{severity}{suffix}")
        levels.append(Level(f"{family}{severity}", label, severity, value, source, verified))
    return levels, tuple(missing)


def _flammable(row: dict[str, Any], sources: dict[str, str], worst_ppm: list[float]) -> list[Level]:
    """Add 60 % and 10 % LEL where the flammable cloud reaches beyond the worst toxic level."""
    lel = row.get("lel_ppm")
    if lel is None or FLAMMABLE_EDGE * lel >= min(worst_ppm):
        return []
    source = sources["lel"]
    verified = row.get("verified", True)
    flame = Name(zh="60 % LEL（火焰团）", en="60 % LEL (flame pockets)")
    edge = Name(zh="10 % LEL", en="10 % LEL")
    return [
        Level("lel60", flame, 3, _FLAME_POCKETS * lel, source, verified),
        Level("lel10", edge, 2, FLAMMABLE_EDGE * lel, source, verified),
    ]
