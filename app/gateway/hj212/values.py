"""What a frame of HJ 212-2017 measures: times, factors, flags as quality."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache

import msgspec

from app.gateway.hj212.frame import Frame
from models.telemetry.ports import Quality
from models.times import to_us

# Times are those of the standard: Beijing time, whatever the site's zone.
BEIJING = timezone(timedelta(hours=8))
# Command codes of uploads (table 9): real time, state of devices, then summaries of a period.
PERIODS: Mapping[str, str] = {"2051": "minute", "2061": "hour", "2031": "day"}
# Table 8, data flags ("may be extended"). What is over the range (T) or typed by hand (S) is judged
# and marked; a value of a monitor that stands still, is serviced, broken, calibrated or out of
# reach says nothing of the plant.
QUALITIES: Mapping[str, Quality] = {
    "N": Quality.GOOD,
    "S": Quality.UNCERTAIN,
    "T": Quality.UNCERTAIN,
    "F": Quality.BAD,
    "M": Quality.BAD,
    "D": Quality.BAD,
    "C": Quality.BAD,
    "B": Quality.BAD,
}
_TEXTS = frozenset({"Flag", "EFlag", "SampleTime", "Info", "DataTime", "BeginTime", "EndTime"})


class Reading(msgspec.Struct, frozen=True):
    """One field of a factor: value (NaN where it is no number) and quality."""

    code: str
    field: str
    value: float
    quality: Quality


def data_time_us(text: str) -> int | None:
    """Return `yyyyMMddHHmmss`, with or without milliseconds, in Beijing time as µs UTC.

    None when it is no such time.

    Examples
    --------
    >>> data_time_us("20160801085857")
    1470013137000000
    """
    whole = _second_us(text[:14])
    if whole is None or not (text.isascii() and len(text) in (14, 17)):
        return None
    rest = text[14:]
    return whole + int(rest) * 1000 if rest.isdigit() else whole if not rest else None


@lru_cache(maxsize=4096)
def _second_us(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) == 14):
        return None
    try:
        moment = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)
        return to_us(moment)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=65_536)
def split_name(name: str) -> tuple[str, str]:
    """Return factor and field of `a21005-Rtd`; no field when there is no hyphen."""
    code, _, field = name.partition("-")
    return code, field


def readings(fields: Mapping[str, str]) -> list[Reading]:
    """Return the numbers of a frame, each with its factor's flag as quality.

    An unknown flag makes the value uncertain: it is judged still. A text that is no number is a
    bad value, NaN.
    """
    flags = {}
    for name, text in fields.items():
        code, field = split_name(name)
        if field == "Flag":
            flags[code] = QUALITIES.get(text, Quality.UNCERTAIN)
    found = []
    for name, text in fields.items():
        code, field = split_name(name)
        if not field or field in _TEXTS:
            continue
        quality = flags.get(code, Quality.GOOD)
        try:
            value = float(text)
        except ValueError:
            value, quality = float("nan"), Quality.BAD
        found.append(Reading(code, field, value, quality))
    return found


def item(frame: Frame, reading: Reading) -> str:
    """Return what a reading is called below its station.

    Examples
    --------
    Real-time values are called by their factor, summaries by period and field: `a21005`,
    `a21005/ZsRtd`, `a21005/hour/Avg`.
    """
    period = PERIODS.get(frame.cn)
    if period:
        return f"{reading.code}/{period}/{reading.field}"
    return reading.code if reading.field == "Rtd" else f"{reading.code}/{reading.field}"
