"""The samples behind a trend: live ones as they come, older ones read by resolution.

What stands still is read with some room on both sides, so that most steps need no reading; it is
read anew when a step leaves that room or asks for finer samples than were read.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.desk import DeskApi, LiveValue, TrendData
from models.registry.kinds import Tag
from views.monitor.plot.pyramid import Pyramid

POINTS = 2000
_ROOM = 0.5
_COARSEST = 4.0
_GAP_FACTOR, _MIN_GAP_S = 5.0, 10.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What has to be held: a span [s since 1970 UTC]; `live` ends now and goes on."""

    from_s: float
    to_s: float
    live: bool

    @property
    def length_s(self) -> float:
        """How long it is [s]."""
        return self.to_s - self.from_s

    def roomy(self, now_s: float) -> "Wish":
        """Return what to read for it."""
        room_s = _ROOM * self.length_s
        if self.live:
            return Wish(self.from_s - room_s, self.to_s, live=True)
        to_s = max(min(self.to_s + room_s, now_s), self.to_s)
        return Wish(self.from_s - room_s, to_s, live=False)

    def serves(self, other: "Wish") -> bool:
        """Return whether what was read for this is good enough for another one."""
        inside = self.from_s <= other.from_s and (other.live or other.to_s <= self.to_s)
        fine = self.length_s <= _COARSEST * other.length_s
        return self.live == other.live and inside and fine


class Samples(QObject):
    """Holds spans of time; with `shift_s` [s] they are read that much earlier and moved to now.

    Signals: changed(): what is held is other than before.
    """

    changed = Signal()

    def __init__(self, desk: DeskApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shift_s = 0.0
        self._tags: tuple[Tag, ...] = ()
        self._live: dict[str, Pyramid] = {}
        self._standing: dict[str, Pyramid] = {}
        self._held: dict[bool, Wish] = {}
        self._shows_live = True
        self._goal_is_live = True
        self._wanted: Wish | None = None
        self._asked: Wish | None = None
        self._request = 0

    @property
    def pyramids(self) -> dict[str, Pyramid]:
        """The samples by tag, in the order of the tags."""
        return self._live if self._shows_live else self._standing

    @property
    def is_reading(self) -> bool:
        """Whether something is being read."""
        return self._asked is not None

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Hold these tags: those held before keep their samples until they are read anew."""
        self._tags = tuple(tags)
        self._live = {tag.key: self._live.get(tag.key) or Pyramid(gap_s(tag)) for tag in tags}
        self._standing = {
            tag.key: self._standing.get(tag.key) or Pyramid(gap_s(tag)) for tag in tags
        }
        self._held = {}
        self._wanted = self._asked = None
        self._request += 1

    def forget(self) -> None:
        """Begin without samples."""
        self._live, self._standing = {}, {}
        self.show_tags(self._tags)

    def want(self, wish: Wish, now_s: float, *, anew: bool = False) -> None:
        """Hold a span; of several wishes while one is read the last counts.

        `anew` reads also what is held already: time has gone on under a replay.
        """
        if not self._tags:
            return
        self._goal_is_live = wish.live
        held = self._held.get(wish.live)
        if held is not None and held.serves(wish) and not anew:
            self._wanted = None
            self._show(live=wish.live)
            return
        self._wanted = wish.roomy(now_s)
        if self._asked is None:
            self._ask()

    def take(self, values: Sequence[LiveValue]) -> bool:
        """Take live samples; return whether one of them is shown."""
        any_new = False
        for value in values:
            pyramid = self._live.get(value.tag_key)
            if pyramid is not None:
                moment_s = value.source_us / 1e6
                any_new |= pyramid.append(moment_s, value.value, value.quality)
        return any_new and self._shows_live

    def trim(self, from_s: float) -> None:
        """Forget live samples before a moment."""
        for pyramid in self._live.values():
            pyramid.trim(from_s)
        held = self._held.get(True)
        if held is not None and held.from_s < from_s < held.to_s:
            self._held[True] = replace(held, from_s=from_s)

    def _show(self, *, live: bool) -> None:
        if self._shows_live != live:
            self._shows_live = live
            self.changed.emit()

    def _ask(self) -> None:
        wish, self._wanted = self._wanted, None
        if wish is None:
            return
        self._asked = wish
        self._request += 1
        keys = [tag.key for tag in self._tags]
        from_us, to_us = (int((each - self.shift_s) * 1e6) for each in (wish.from_s, wish.to_s))
        future = self._desk.trend(keys, from_us, to_us, POINTS)
        future.add_done_callback(partial(self._on_read, self._request, wish))

    def _on_read(
        self, request: int, wish: Wish, done: "asyncio.Future[tuple[TrendData, ...]]"
    ) -> None:
        if not isValid(self) or request != self._request:
            return
        if done.cancelled() or done.exception() is not None:
            self._fail("" if done.cancelled() else str(done.exception()))
            return
        data, gaps = done.result(), {tag.key: gap_s(tag) for tag in self._tags}
        made = self._desk.in_reader(partial(pyramids_of, data, gaps, self.shift_s))
        made.add_done_callback(partial(self._on_made, request, wish))

    def _on_made(
        self, request: int, wish: Wish, done: "asyncio.Future[dict[str, Pyramid]]"
    ) -> None:
        if not isValid(self) or request != self._request:
            return
        if done.cancelled() or done.exception() is not None:
            self._fail("" if done.cancelled() else str(done.exception()))
            return
        made = done.result()
        if wish.live:
            for key, pyramid in made.items():
                _carry_over(self._live[key], pyramid)
            self._live = made
        else:
            self._standing = made
        self._held[wish.live] = wish
        self._asked = None
        if self._goal_is_live == wish.live:
            self._shows_live = wish.live
        self.changed.emit()
        self._ask()

    def _fail(self, reason: str) -> None:
        self._asked = None
        self._desk.say(3, "history_failed", reason)
        self._ask()


def gap_s(tag: Tag) -> float:
    """Return how far apart samples must be to have a gap between them [s]."""
    return max(_GAP_FACTOR * tag.period_s, _MIN_GAP_S)


def pyramids_of(
    data: Sequence[TrendData], gaps_s: dict[str, float], shift_s: float = 0.0
) -> dict[str, Pyramid]:
    """Return the samples of each tag (key → gap [s]), ready to draw; touches no widget.

    Their times are `shift_s` [s] later than they were.
    """
    by_key = {one.tag_key: one for one in data}
    found = {}
    for key, gap in gaps_s.items():
        pyramid = found[key] = Pyramid(gap)
        one = by_key.get(key)
        if one is not None and len(one.times_us):
            pyramid.load(
                np.asarray(one.times_us, np.float64) / 1e6 + shift_s,
                np.asarray(one.values, np.float64),
                np.asarray(one.qualities, np.uint8),
            )
    return found


def _carry_over(old: Pyramid, new: Pyramid) -> None:
    """Take the samples that came while history was read, or all of them when there was none."""
    last_s = float(new.times_s[-1]) if new.times_s.size else -np.inf
    first = int(np.searchsorted(old.times_s, last_s, side="right"))
    columns = old.times_s[first:], old.values[first:], old.qualities[first:]
    for time_s, value, quality in zip(*(each.tolist() for each in columns), strict=True):
        new.append(time_s, value, quality)
