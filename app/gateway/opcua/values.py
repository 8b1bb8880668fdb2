"""What a DataValue of OPC UA says: value, quality, times."""

import math
from datetime import UTC, datetime

from asyncua import ua

from app.gateway.stamps import stamped
from models.telemetry.ports import Quality
from models.times import to_us

_LAST_USABLE = 0x4090  # UncertainLastUsableValue: what updated the value has stopped doing so
_OVERFLOW = 0x0480  # info type DataValue with the overflow bit: the server's queue was full


def quality_of(code: int) -> Quality:
    """Return the quality that a status code means (OPC UA Part 4, 7.38 and Part 8, A.4.3).

    Parameters
    ----------
    code : int
        The 32 bits: the top two are the severity, 00 good, 01 uncertain, else bad.

    Examples
    --------
    >>> quality_of(0x00000000).name, quality_of(0x40920000).name, quality_of(0x80050000).name
    ('GOOD', 'UNCERTAIN', 'BAD')
    >>> quality_of(0x40900000).name
    'STALE'
    """
    if code >> 16 == _LAST_USABLE:
        return Quality.STALE
    return (Quality.GOOD, Quality.UNCERTAIN, Quality.BAD, Quality.BAD)[code >> 30 & 3]


def code_of(data: ua.DataValue) -> int:
    """Return the status code; a value that comes without one is good (Part 6, 5.2.2.17)."""
    status = data.StatusCode
    return 0 if status is None else int(status.value)


def is_overflow(code: int) -> bool:
    """Return whether the server dropped older values of this item."""
    return code & _OVERFLOW == _OVERFLOW


def number_of(data: ua.DataValue) -> float:
    """Return the value as a number; NaN for text, arrays, times and nothing."""
    value = data.Value.Value if data.Value is not None else None
    if not isinstance(value, bool | int | float):
        return math.nan
    try:
        number = float(value)
    except OverflowError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def moment_us(stamp: datetime | None) -> int | None:
    """Return a time stamp in µs UTC; None when there is none."""
    if stamp is None:
        return None
    try:
        return to_us(stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def reported(data: ua.DataValue, arrival_us: int) -> tuple[int, float, int]:
    """Return (source time, value, quality) of a value that the server reported as changed."""
    source_us = moment_us(data.SourceTimestamp)
    if source_us is None:
        source_us = moment_us(data.ServerTimestamp)
    if source_us is None:
        at_us, least = arrival_us, Quality.GOOD  # a server may leave both times out
    else:
        at_us, least = stamped(source_us, arrival_us)
    return _row(data, at_us, least)


def confirmed(data: ua.DataValue, arrival_us: int) -> tuple[int, float, int]:
    """Return (time, value, quality) of a value that was read and hasn't changed meanwhile.

    Its source time is that of the last change; that it is so still holds as of the reading: the
    server's time of it, else the arrival.
    """
    changed_us, read_us = moment_us(data.SourceTimestamp), moment_us(data.ServerTimestamp)
    if changed_us is None or read_us is None or read_us <= changed_us:
        return _row(data, arrival_us, Quality.GOOD)
    at_us, least = stamped(read_us, arrival_us)
    return _row(data, at_us, least)


def _row(data: ua.DataValue, at_us: int, least: Quality) -> tuple[int, float, int]:
    number = number_of(data)
    quality = max(quality_of(code_of(data)), least)
    if math.isnan(number):
        quality = max(quality, Quality.BAD)
    return at_us, number, int(quality)
