"""Reads the figures of the span on screen, tag after tag, from samples that aren't thinned out."""

import asyncio
from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.desk import DeskApi, TrendData
from models.registry.kinds import Tag
from models.telemetry.span_figures import SpanFigures, SpanLimits, span_figures
from views.monitor.trend.samples import gap_s
from views.monitor.trend.units import value_limits

_POINTS = 100_000
_UNTHINNED = 2 * _POINTS


class Figures(QObject):
    """Signals: changed(): those of one more tag are known."""

    changed = Signal()

    def __init__(self, desk: DeskApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[str, SpanFigures] = {}
        self._span_s = (0.0, 0.0)
        self._waiting: list[Tag] = []
        self._request = 0

    def of(self, tag: Tag) -> SpanFigures | None:
        """Return a tag's figures, None as long as they aren't known."""
        return self._known.get(tag.key)

    @property
    def span_s(self) -> tuple[float, float]:
        """The span that was asked for last [s]."""
        return self._span_s

    @property
    def is_reading(self) -> bool:
        """Whether some are still being read."""
        return bool(self._waiting)

    def want(self, tags: Sequence[Tag], from_s: float, to_s: float) -> None:
        """Read those of a span [s]; what was known of another span stays until then."""
        keys = {tag.key for tag in tags}
        self._known = {key: each for key, each in self._known.items() if key in keys}
        self._span_s = (from_s, to_s)
        self._waiting = list(tags)
        self._request += 1
        self._next()

    def forget(self) -> None:
        """Drop all: they are of something else."""
        self._known, self._waiting = {}, []
        self._request += 1
        self.changed.emit()

    def _next(self) -> None:
        if not self._waiting:
            return
        tag, (from_s, to_s) = self._waiting[0], self._span_s
        # a value that stood when the span begins came before it
        since_s = from_s - gap_s(tag)
        future = self._desk.trend([tag.key], int(since_s * 1e6), int(to_s * 1e6), _POINTS)
        future.add_done_callback(partial(self._on_read, self._request, tag))

    def _on_read(
        self, request: int, tag: Tag, done: "asyncio.Future[tuple[TrendData, ...]]"
    ) -> None:
        if not isValid(self) or request != self._request:
            return
        if done.cancelled() or done.exception() is not None:
            self._waiting = []
            self._desk.say(3, "history_failed", "" if done.cancelled() else str(done.exception()))
            return
        data = done.result()
        made = self._desk.in_reader(partial(_figures, tag, data, self._span_s))
        made.add_done_callback(partial(self._on_made, request, tag))

    def _on_made(self, request: int, tag: Tag, done: "asyncio.Future[SpanFigures]") -> None:
        if not isValid(self) or request != self._request or done.cancelled():
            return
        self._known[tag.key] = done.result()
        self._waiting = self._waiting[1:]
        self.changed.emit()
        self._next()


def limits_of(tag: Tag) -> SpanLimits:
    """Return the innermost limits of a tag's reading."""
    found = value_limits(tag)
    above = [limit.value for limit in found if limit.kind in {"H", "HH"}]
    below = [limit.value for limit in found if limit.kind in {"L", "LL"}]
    return SpanLimits(max(below, default=None), min(above, default=None))


def _figures(tag: Tag, data: Sequence[TrendData], span_s: tuple[float, float]) -> SpanFigures:
    one = next((each for each in data if each.tag_key == tag.key), None)
    columns = (one.times_us, one.values, one.qualities) if one is not None else ((), (), ())
    times_s = np.asarray(columns[0], np.float64) / 1e6
    values = np.asarray(columns[1], np.float64)
    qualities = np.asarray(columns[2], np.uint8)
    first = max(int(np.searchsorted(times_s, span_s[0], side="right")) - 1, 0)
    times_s = np.maximum(times_s[first:], span_s[0])  # what stood at the begin stands from there
    return span_figures(
        times_s, values[first:], qualities[first:], span_s, limits_of(tag),
        period_s=max(tag.period_s, 1e-3), patience_s=gap_s(tag), most=_UNTHINNED,
    )  # fmt: skip
