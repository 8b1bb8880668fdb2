"""What kind of incident an alarm or a caller's words suggest (resources/rules/incident_kinds)."""

from models.basics import Name
from models.rules import load_rules

FALLBACK = "other"


def kind_name(key: str) -> Name:
    """Return the bilingual name of an incident kind; an unknown key is its own name."""
    for kind in load_rules("incident_kinds")["kind"]:
        if kind["key"] == key:
            return Name(**kind["name"])
    return Name(zh=key, en=key)


def kind_keys() -> tuple[str, ...]:
    """Return all kinds in the table's order."""
    return tuple(kind["key"] for kind in load_rules("incident_kinds")["kind"])


def kind_of_alarm(safety: str) -> str:
    """Return the kind an alarm of this safety class suggests.

    Examples
    --------
    >>> kind_of_alarm("toxic")
    'toxic_leak'
    """
    for kind in load_rules("incident_kinds")["kind"]:
        if safety in kind["safety"]:
            return str(kind["key"])
    return FALLBACK


def kind_of_words(text: str) -> str:
    """Return the kind a caller's words suggest; fire and explosion outrank leaks.

    Examples
    --------
    >>> kind_of_words("warehouse, a lot of smoke and a smell")
    'fire'
    >>> kind_of_words("仓库冒烟")
    'fire'
    """
    lowered = text.casefold()
    found = {
        kind["key"]
        for kind in load_rules("incident_kinds")["kind"]
        if any(word in lowered for word in kind["words"])
    }
    for key in ("explosion", "fire", "person_down", "toxic_leak", "flammable_leak"):
        if key in found:
            return key
    return FALLBACK
