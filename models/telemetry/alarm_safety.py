"""Which alarms may kill, and in what they are measured; asking needs no numpy."""

GATEWAY = "gateway"
_NEVER_FOLDED = frozenset({"fire", "call_point", "trip", "man_down"})


def is_protected(safety: str, limit: str) -> bool:
    """Return whether an alarm may kill: it is never folded, and shelving it needs the leader.

    Toxic level 2, fire, manual call point, trip of a safety system and man-down.

    A silent detector (STALE) tells of no danger, only that nothing is known there. A power cut
    silences hundreds at once: were each of them never folded, they would bury the one alarm that
    kills, which is what the rule is there to prevent. Nothing is lost by folding or shelving it:
    the tag is shown as stale, its danger limits are separate alarms, still protected, and keep
    whatever stood when it went silent.

    Examples
    --------
    >>> is_protected("toxic", "HH"), is_protected("toxic", "H"), is_protected("fire", "H")
    (True, False, True)
    >>> is_protected("fire", "STALE")
    False
    """
    if limit == "STALE":
        return False
    return safety in _NEVER_FOLDED or (safety == "toxic" and limit == "HH")


def measured_unit(unit: str, kind: str) -> str:
    """Return the unit of what an alarm of this kind measures.

    Examples
    --------
    >>> measured_unit("ppm", "RISE"), measured_unit("ppm", "H"), measured_unit("ppm", "COUNT")
    ('ppm/min', 'ppm', '')
    """
    if kind in ("RISE", "FALL"):
        return f"{unit}/min"
    return {"COUNT": "", "STATE": "", "STALE": "s"}.get(kind, unit)
