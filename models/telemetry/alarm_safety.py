"""Which alarms may kill; apart from the arrays of limits, so that asking needs no numpy."""

_NEVER_FOLDED = frozenset({"fire", "call_point", "trip", "man_down"})


def is_protected(safety: str, limit: str) -> bool:
    """Return whether an alarm may kill: it is never folded, and shelving it needs the leader.

    Toxic level 2, fire, manual call point, trip of a safety system and man-down.

    Examples
    --------
    >>> is_protected("toxic", "HH"), is_protected("toxic", "H"), is_protected("fire", "H")
    (True, False, True)
    """
    return safety in _NEVER_FOLDED or (safety == "toxic" and limit == "HH")
