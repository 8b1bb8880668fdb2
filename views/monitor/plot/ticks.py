"""Where the lines of a grid stand and what is written at them."""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

from models.times import from_us

_SECONDS = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
    172800, 604800,
)  # fmt: skip
_DAY_S = 86400


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values within [low, high], at most `most` ≥ 1 steps apart by 1, 2 or 5.

    There are two at least, however many that makes: one value alone is no scale.

    Examples
    --------
    >>> value_ticks(0.0, 10.0, 5)
    [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    >>> value_ticks(-0.9, 7.9, 1)
    [0.0, 5.0]
    """
    raw = (high - low) / max(most, 1)
    if not math.isfinite(raw) or raw <= 0:
        return []
    power = 10.0 ** math.floor(math.log10(raw))
    steps = [factor * power for factor in (0.1, 0.2, 0.5, 1, 2, 5, 10)]
    wide = next(n for n, step in enumerate(steps) if step >= raw * (1 - 1e-9))
    for step in reversed(steps[: wide + 1]):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last > first:
            return [index * step for index in range(first, last + 1)]
    return []


def time_ticks(from_s: float, to_s: float, most: int, zone: ZoneInfo) -> list[tuple[float, str]]:
    """Return moments round in local time and their texts, at most about `most` ≥ 1.

    A tick at local midnight tells the day.
    """
    wanted = (to_s - from_s) / max(most, 1)
    step = next((each for each in _SECONDS if each >= wanted), _SECONDS[-1])
    shift = from_us(int(from_s * 1e6)).astimezone(zone).utcoffset()
    offset_s = shift.total_seconds() if shift else 0.0
    first = math.ceil((from_s + offset_s) / step) * step
    form = "%H:%M:%S" if step < 60 else "%H:%M"
    found = []
    local = first
    while local - offset_s <= to_s:
        moment = from_us(int((local - offset_s) * 1e6)).astimezone(zone)
        found.append((local - offset_s, moment.strftime("%m-%d" if _is_day(moment) else form)))
        local += step
    return found


def _is_day(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def number(value: float, step: float) -> str:
    """Return a tick's value with the decimals that its step needs."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
    return f"{value + 0.0:.{min(decimals, 6)}f}"
