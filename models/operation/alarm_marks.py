"""What an alarm is marked with beside its state: chattering, stale, standing.

The figures of the alarm system (`models.telemetry.alarm_kpi`) count a span afterwards; these are
asked at a moment, by the same rules.
"""

from models.operation.situation import Alarm
from models.rules import load_rules
from models.times import SECOND_US


def remembered(times: tuple[int, ...], raised_us: int) -> tuple[int, ...]:
    """Return the last raisings of an alarm with one more: as many as chattering takes, in order.

    Examples
    --------
    >>> remembered((10, 20, 30), 25)
    (20, 25, 30)
    """
    count: int = load_rules("alarm_kpi")["chattering"]["times"]
    return tuple(sorted((*times, raised_us)))[-count:]


def is_chattering(times: tuple[int, ...], now_us: int) -> bool:
    """Return whether an alarm chatters at a moment.

    Parameters
    ----------
    times : tuple of int
        Its last raisings as `remembered` keeps them [µs UTC].
    now_us : int
        The moment [µs UTC].

    Notes
    -----
    Its last raisings lie within the rule's span, and the newest isn't older than the rule's calm.
    """
    rule: dict[str, int] = load_rules("alarm_kpi")["chattering"]
    if len(times) < rule["times"]:
        return False
    close = times[-1] - times[-rule["times"]] <= rule["within_s"] * SECOND_US
    return close and now_us - times[-1] <= rule["calm_s"] * SECOND_US


def stands(alarm: Alarm) -> bool:
    """Return whether the alarm's condition is there, announced or held.

    One that was held before it ever rose is known by name only: it doesn't stand.
    """
    return alarm.occurrences > 0 and alarm.returned_us is None and not alarm.latched


def is_stale(alarm: Alarm, now_us: int) -> bool:
    """Return whether the alarm has stood for longer than the rule says (ISA-18.2: 24 h)."""
    after_us: int = load_rules("alarm_kpi")["stale"]["after_s"] * SECOND_US
    return stands(alarm) and now_us - alarm.raised_us > after_us
