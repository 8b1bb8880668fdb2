"""The priority of an alarm by its consequence and the time to respond."""

from bisect import bisect_left

from models.registry.kinds import Consequence
from models.rules import load_rules


def rationalised_priority(consequence: Consequence, respond_s: float) -> int | None:
    """Return the priority 1 (highest) to 4; None while one of the two isn't known.

    Parameters
    ----------
    consequence : str
        What happens if nobody answers: `minor`, `moderate`, `major`, `severe`; '' is unknown.
    respond_s : float
        How long there is to answer before it happens [s]; 0 or less is unknown.

    Notes
    -----
    The grid is `resources/rules/alarm_priority.toml`, which names its source.

    Examples
    --------
    >>> rationalised_priority("severe", 60.0), rationalised_priority("minor", 7200.0)
    (1, 4)
    """
    if not consequence or respond_s <= 0:
        return None
    rules = load_rules("alarm_priority")
    band = bisect_left(rules["respond"]["within_s"], respond_s)
    return int(rules["priority"][consequence][band])
