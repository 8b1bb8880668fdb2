"""The alarm limits of one row, out of a column per limit and per attribute of it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, get_args

import msgspec

from app.exchange.cells import CellReader
from app.exchange.columns import Column
from models.basics import Name
from models.registry.kinds import Limit, LimitKind
from models.telemetry.alarm_measures import COUNT_AT_MOST
from models.telemetry.alarm_priority import rationalised_priority
from models.telemetry.alarm_safety import is_protected
from models.telemetry.plant_states import condition

_PLAIN = ("HH", "H", "L", "LL")
_USED_BY = {
    "deadband": (*_PLAIN, "RISE", "FALL", "DEV"),
    "window_s": ("RISE", "FALL", "COUNT"),
    "setpoint": ("DEV", "COUNT"),
    "versus": ("DEV",),
}


def joined_name(first: Name | None, second: Name) -> Name:
    """Return a name of both; what the first one says counts."""
    if first is None:
        return second
    return Name(zh=first.zh or second.zh, en=first.en or second.en)


class LimitRows:
    """Collects the cells of one row's limits and makes limits of them.

    Parameters
    ----------
    priorities : mapping
        Limit → its priority where no cell gives one, nor consequence and time to respond.
    """

    def __init__(self, priorities: Mapping[str, int]) -> None:
        self._priorities = priorities
        self._cells: dict[str, dict[str, Any]] = {}
        self._headings: dict[tuple[str, str], str] = {}

    def take(self, column: Column, heading: str, value: Any) -> None:  # noqa: ANN401 - any field's
        """Take one cell that isn't empty."""
        own = self._cells.setdefault(column.limit_kind, {})
        if isinstance(value, Name):
            value = joined_name(own.get(column.field), value)
        own[column.field] = int(value) if column.field == "priority" else value
        self._headings.setdefault((column.limit_kind, column.field), heading)

    def made(self, reader: CellReader, values: Mapping[str, Any]) -> tuple[Limit, ...]:
        """Return the limits, in the order of their kinds; faults go to the reader.

        `values` are the fields of the tag that were read.
        """
        made = [self._limit(kind, reader, values) for kind in get_args(LimitKind)]
        limits = tuple(limit for limit in made if limit is not None)
        self._compare(limits, reader, values)
        return limits

    def _limit(
        self, kind: LimitKind, reader: CellReader, values: Mapping[str, Any]
    ) -> Limit | None:
        cells = dict(self._cells.get(kind, {}))
        if kind == "STALE" and "value" in cells:
            cells["value"] = 0.0 if cells["value"] else None
        value = cells.pop("value", None)
        if value is None:
            if cells and "value" not in self._cells[kind]:
                part = next(iter(cells))
                reader.fault(
                    "limit_without_value", self._headings[kind, part], cells[part], kind=kind
                )
            return None
        unused = [p for p, kinds in _USED_BY.items() if p in cells and kind not in kinds]
        for part in unused:
            heading = self._headings[kind, part]
            reader.fault(
                "limit_part_unused", heading, cells.pop(part), severity="warning", kind=kind
            )
        limit = Limit(kind=kind, value=value, priority=3)
        found = rationalised_priority(cells.get("consequence", ""), cells.get("respond_s", 0.0))
        cells.setdefault("priority", found or self._priorities[kind])
        limit = msgspec.structs.replace(limit, **cells)
        for part, code in self._faults(limit, cells, values):
            heading = self._headings.get((kind, part), self._headings[kind, "value"])
            reader.fault(code, heading, getattr(limit, part), kind=kind, most=COUNT_AT_MOST)
        if limit.suppressed_when and is_protected(values.get("safety", ""), kind):
            heading = self._headings[kind, "suppressed_when"]
            text = "; ".join(limit.suppressed_when)
            reader.fault("limit_never_suppressed", heading, text, severity="warning", kind=kind)
        return limit

    def _faults(
        self, limit: Limit, cells: Mapping[str, Any], values: Mapping[str, Any]
    ) -> Iterator[tuple[str, str]]:
        """Yield which attribute is wrong and the code of the sentence that says why."""
        kind, value = limit.kind, limit.value
        if kind in ("RISE", "FALL", "DEV") and value <= 0:
            yield "value", "limit_not_positive"
        if kind == "COUNT" and not (value.is_integer() and 1 <= value <= COUNT_AT_MOST):
            yield "value", "limit_not_a_count"
        if kind == "COUNT" and "setpoint" not in cells:
            yield "setpoint", "limit_without_setpoint"
        if kind == "DEV" and "setpoint" not in cells and not limit.versus:
            yield "setpoint", "limit_without_setpoint"
        if limit.versus and limit.versus == values.get("key"):
            yield "versus", "limit_versus_itself"
        for text in limit.suppressed_when:
            try:
                condition(text, {})
            except ValueError:
                yield "suppressed_when", "limit_condition"

    def _compare(
        self, limits: tuple[Limit, ...], reader: CellReader, values: Mapping[str, Any]
    ) -> None:
        """Warn of levels that the range can't reach, and of levels in the wrong order."""
        levels = {limit.kind: limit.value for limit in limits if limit.kind in _PLAIN}
        low, high = values.get("low"), values.get("high")
        for kind, level in levels.items():
            if (low is not None and level < low) or (high is not None and level > high):
                heading = self._headings[kind, "value"]
                reader.fault("limit_outside_range", heading, level, severity="warning", kind=kind)
        ordered = [(kind, levels[kind]) for kind in reversed(_PLAIN) if kind in levels]
        for (below, lower), (above, upper) in pairwise(ordered):
            if lower >= upper:
                heading = self._headings[above, "value"]
                reader.fault(
                    "limit_order", heading, upper, severity="warning", above=above, below=below
                )
