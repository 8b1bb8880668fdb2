"""Names of substances in both languages, by CAS number or name."""

from functools import lru_cache

from models.basics import Name
from models.hazard.plain_words import plain_cas, plain_name
from models.hazard.substances import Substance, all_substances, own_used
from models.rules import load_rules


def substance_name(substance: str, cas: str = "") -> Name:
    """Return the name of a substance; what no table knows is its own name.

    Parameters
    ----------
    substance, cas : str
        Name in either language, and CAS number; either may be empty.

    References
    ----------
    The table of levels of concern, then GB 18218-2018 table 1.

    Examples
    --------
    >>> substance_name("sodium", "7440-23-5").zh, substance_name("chlorine").zh
    ('钠', '氯')
    >>> substance_name("moon dust").en
    'moon dust'
    """
    names = _names()
    found = names.get(plain_cas(cas)) or names.get(plain_name(substance))
    return found or Name(zh=substance, en=substance)


def _names() -> dict[str, Name]:
    return _written(own_used())


@lru_cache(maxsize=1)
def _written(_own: tuple[Substance, ...]) -> dict[str, Name]:
    """Write the names anew when other substances of the site are used."""
    names: dict[str, Name] = {}
    for row in load_rules("gb18218")["substance"]:
        _enter(names, Name(**row["name"]), row.get("cas", ""))
    for known in all_substances():
        _enter(names, known.name, known.cas)
    return names


def _enter(names: dict[str, Name], name: Name, cas: str) -> None:
    for key in (cas, plain_name(name.zh), plain_name(name.en)):
        if key:
            names[key] = name
