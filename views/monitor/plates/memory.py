"""Remembers a minute of each tag: whether it rises or falls, and since when its quality is bad."""

from collections import deque
from collections.abc import Sequence
from typing import Literal

from app.desk import LiveValue
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from models.times import MINUTE_US, SECOND_US

Direction = Literal["", "rising", "falling", "steady"]
_WINDOW_US = MINUTE_US
_SPACING_US = 5 * SECOND_US
_LEAST_SPAN_US = 20 * SECOND_US
_STEADY_SHARE = 0.01


class TagMemory:
    """Fed with live values. A direction needs twenty seconds of good values.

    Rising or falling is a change by more than 1 % of the range per minute.
    """

    def __init__(self) -> None:
        self._past: dict[str, deque[tuple[int, float]]] = {}
        self._bad: dict[str, tuple[int, bool]] = {}

    def take(self, values: Sequence[LiveValue]) -> None:
        """Take over what came."""
        for value in values:
            if value.quality >= Quality.BAD:
                seen_good = self._past.pop(value.tag_key, None) is not None
                self._bad.setdefault(value.tag_key, (value.source_us, seen_good))
                continue
            self._bad.pop(value.tag_key, None)
            past = self._past.get(value.tag_key)
            if past is None:
                past = self._past[value.tag_key] = deque()
            if past and value.source_us - past[-1][0] < _SPACING_US:
                continue
            past.append((value.source_us, value.value))
            while past[0][0] < value.source_us - _WINDOW_US:
                past.popleft()

    def bad_since(self, tag_key: str) -> tuple[int, bool] | None:
        """Return since when a tag is bad [µs UTC] and whether its beginning was seen."""
        return self._bad.get(tag_key)

    def direction(self, tag: Tag, live: LiveValue) -> Direction:
        """Return where a tag's value goes; '' while too little is known."""
        past = self._past.get(tag.key)
        if not past or tag.high <= tag.low:
            return ""
        began_us, began = past[0]
        span_us = live.source_us - began_us
        if not _LEAST_SPAN_US <= span_us <= 2 * _WINDOW_US:
            return ""
        per_minute = (live.value - began) / (tag.high - tag.low) * MINUTE_US / span_us
        if abs(per_minute) <= _STEADY_SHARE:
            return "steady"
        return "rising" if per_minute > 0 else "falling"
