"""A site's own substances: a TOML text in the form of the levels of concern."""

import tomllib
from typing import Any, Literal

import msgspec

from models.basics import Name
from models.hazard.checks import number
from models.hazard.ports import HazardInputError
from models.hazard.substances import Substance, substance_of

_Ppm = float | Literal["NR"]
_Three = tuple[_Ppm, _Ppm, _Ppm]
_MOST_PPM = 1e6


class OwnSubstance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[substance]]`: three levels by rising severity [ppm], "NR" where there is none.

    `source` says where the numbers are from; `verified` that somebody checked them.
    """

    cas: str
    name: Name
    molar_mass_g_mol: float
    boiling_k: float
    source: str
    un: str = ""
    aliases: tuple[str, ...] = ()
    liquefied: bool = False
    aegl_60min_ppm: _Three | None = None
    pac_ppm: _Three | None = None
    erpg_ppm: _Three | None = None
    idlh_ppm: float | None = None
    lel_ppm: float | None = None
    uel_ppm: float | None = None
    verified: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    substance: tuple[OwnSubstance, ...] = ()


def own_substances(text: str) -> tuple[Substance, ...]:
    """Return the substances of a text.

    Parameters
    ----------
    text : str
        TOML with `[[substance]]` tables, see `OwnSubstance`; levels above 0 … 1e6 ppm and, where
        there are several, not falling with severity.

    Returns
    -------
    tuple of Substance
        For `models.hazard.substances.use_own`; their sources are the rows' own.

    Raises
    ------
    HazardInputError
        Naming the field, e.g. `substance[0].pac_ppm`, or `substances` when it isn't TOML.

    Examples
    --------
    >>> [item] = own_substances('''
    ... [[substance]]
    ... cas = "107-05-1"
    ... name = { zh = "烯丙基氯", en = "Allyl chloride" }
    ... molar_mass_g_mol = 76.5
    ... boiling_k = 318.0
    ... pac_ppm = [2.8, 54, 140]
    ... source = "site's own safety data sheet"
    ... ''')
    >>> item.name.en, item.levels[0].ppm, item.levels[0].verified
    ('Allyl chloride', 140.0, False)
    """
    try:
        rows = msgspec.convert(tomllib.loads(text), _File).substance
    except tomllib.TOMLDecodeError as error:
        raise HazardInputError("substances", f"not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise HazardInputError("substances", str(error)) from error
    found: dict[str, Substance] = {}
    for index, row in enumerate(rows):
        where = f"substance[{index}]"
        _check(row, where)
        if row.cas in found:
            raise HazardInputError(f"{where}.cas", f"{row.cas} stands twice")
        found[row.cas] = substance_of(_row(row), _sources(row))
    return tuple(found.values())


def is_cas(text: str) -> bool:
    """Return whether a CAS number's check digit is right.

    Examples
    --------
    >>> is_cas("7782-50-5"), is_cas("7782-50-6"), is_cas("chlorine")
    (True, False, False)
    """
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    if not (2 <= len(parts[0]) <= 7 and len(parts[1]) == 2 and len(parts[2]) == 1):
        return False
    digits = [int(digit) for digit in reversed(parts[0] + parts[1])]
    return sum(place * digit for place, digit in enumerate(digits, 1)) % 10 == int(parts[2])


def _check(row: OwnSubstance, where: str) -> None:
    if not is_cas(row.cas):
        raise HazardInputError(f"{where}.cas", f"{row.cas!r} is no CAS number")
    if not (row.name.zh or row.name.en):
        raise HazardInputError(f"{where}.name", "wanted in one language at least")
    if not row.source.strip():
        raise HazardInputError(f"{where}.source", "say where the numbers are from")
    number(f"{where}.molar_mass_g_mol", row.molar_mass_g_mol, 1.0, 2000.0, "g/mol")
    number(f"{where}.boiling_k", row.boiling_k, 4.0, 3000.0, "K")
    if row.aegl_60min_ppm is None and row.pac_ppm is None:
        raise HazardInputError(f"{where}.pac_ppm", "wanted: aegl_60min_ppm or pac_ppm")
    for key in ("aegl_60min_ppm", "pac_ppm", "erpg_ppm"):
        _check_three(f"{where}.{key}", getattr(row, key))
    for key in ("idlh_ppm", "lel_ppm", "uel_ppm"):
        value = getattr(row, key)
        if value is not None:
            number(f"{where}.{key}", value, 0.0, _MOST_PPM, "ppm", low_open=True)


def _check_three(field: str, levels: _Three | None) -> None:
    given = [level for level in levels or () if not isinstance(level, str)]
    if levels is not None and not given:
        raise HazardInputError(field, "wanted: one number at least")
    for level in given:
        number(field, level, 0.0, _MOST_PPM, "ppm", low_open=True)
    if given != sorted(given):
        raise HazardInputError(field, "the levels fall with severity")


def _row(row: OwnSubstance) -> dict[str, Any]:
    """Write a row in the form of the program's own table, without what isn't given."""
    plain = {key: getattr(row, key) for key in row.__struct_fields__}
    plain["name"] = {"zh": row.name.zh, "en": row.name.en}
    return {key: value for key, value in plain.items() if value is not None}


def _sources(row: OwnSubstance) -> dict[str, str]:
    return dict.fromkeys(("aegl", "pac", "erpg", "idlh", "lel"), row.source.strip())
