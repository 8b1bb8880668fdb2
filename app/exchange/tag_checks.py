"""What is wrong with a row of tags beyond its single cells: its range, and limits it lacks."""

from collections.abc import Mapping
from typing import Any

from app.exchange.cells import CellReader

_LOW, _HIGH = 0.0, 100.0  # of a tag whose range isn't given
_NEEDS_NONE = frozenset({"wind_speed", "wind_direction", "latitude", "longitude"})


def check_tag(reader: CellReader, headings: Mapping[str, str], values: Mapping[str, Any]) -> None:
    """Note a range that ends before it begins, and a tag that can never alarm.

    Parameters
    ----------
    reader : CellReader
        Takes the faults.
    headings : mapping
        Field → the heading of its column, where there is one.
    values : mapping
        The fields of the tag that were read.
    """
    low, high = values.get("low", _LOW), values.get("high", _HIGH)
    if low > high:
        for field, other, own in (("low", high, low), ("high", low, high)):
            reader.fault("range_reversed", headings.get(field, field), own, proposal=f"{other:g}")
    elif low == high:
        heading = headings.get("high", headings.get("low", "high"))
        reader.fault("range_empty", heading, high, severity="warning")
    if any(found.severity == "error" for found in reader.findings):
        return  # a limit may be among what couldn't be read
    heading, safety = headings.get("limits", "limits"), values.get("safety", "")
    kinds = {limit.kind for limit in values.get("limits", ())}
    if not kinds and safety:
        reader.fault("no_limits_of_safety", heading, None, severity="warning", safety=safety)
    elif not kinds and values.get("quantity", "") not in _NEEDS_NONE:
        reader.fault("no_limits", heading, None, severity="info")
    elif safety == "toxic" and "HH" not in kinds:
        reader.fault("no_level_two", heading, None, severity="warning")
