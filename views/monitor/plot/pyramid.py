"""Samples of one curve with the extremes of every eight, sixty-four ... of them kept beside.

What a pixel column has to show is its lowest and its highest sample. With the extremes of blocks
kept, that costs a few steps a column however many samples lie in it, and no peak is lost.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
_FACTOR = 8
_STEPS = np.arange(_FACTOR)[:, None]
_UNCERTAIN, _BAD, _STALE = 1, 2, 3
_FORGET = 4
_FEW = 200_000  # so many samples are looked at one by one faster than by blocks


class Columns(NamedTuple):
    """What a curve shows in pixel columns: lowest and highest value, NaN where none is known.

    `starts` is true where the line must not be joined to the column before.
    """

    low: Floats
    high: Floats
    starts: npt.NDArray[np.bool_]


class Span(NamedTuple):
    """A span without good samples [s since 1970 UTC] and the quality there, 1 to 3."""

    from_s: float
    to_s: float
    quality: int


class Pyramid:
    """Samples in ascending order of time, live ones appended.

    Parameters
    ----------
    gap_s : float
        Live samples farther apart than this [s], > 0, have a gap between them. History says
        itself where gaps are.
    """

    def __init__(self, gap_s: float, capacity: int = 1024) -> None:
        self.gap_s = gap_s
        self._count = 0
        self._reserve(capacity)

    def _reserve(self, capacity: int) -> None:
        self._times, self._values = np.empty(capacity + 1), np.empty(capacity + 1)
        self._qualities = np.zeros(capacity + 1, np.uint8)
        self._lows: list[Floats] = []
        self._highs: list[Floats] = []
        size = capacity
        while size > _FACTOR:
            size = size // _FACTOR + 1
            self._lows.append(np.full(size, np.nan))
            self._highs.append(np.full(size, np.nan))

    @property
    def times_s(self) -> Floats:
        """Times [s since 1970 UTC], shape (n,)."""
        return self._times[: self._count]

    @property
    def values(self) -> Floats:
        """Values in the tag's unit, shape (n,); NaN is a gap or a bad reading."""
        return self._values[: self._count]

    @property
    def qualities(self) -> Bytes:
        """Qualities as in `models.telemetry.ports.Quality`, shape (n,)."""
        return self._qualities[: self._count]

    def load(self, times_s: Floats, values: Floats, qualities: Bytes) -> None:
        """Take history, ascending; live samples newer than its end stay."""
        last = times_s[-1] if times_s.size else -np.inf
        first = int(np.searchsorted(self.times_s, last, side="right"))
        live = self.times_s[first:], self.values[first:], self.qualities[first:]
        known = np.where(qualities < _BAD, values, np.nan)
        self._replace(times_s, known, qualities)
        for time_s, value, quality in zip(*(column.tolist() for column in live), strict=True):
            self.append(time_s, value, quality)

    def append(self, time_s: float, value: float, quality: int) -> bool:
        """Take a live sample; one that isn't newer than the newest is left to the history."""
        if self._count:
            newest_s = float(self._times[self._count - 1])
            if time_s <= newest_s:
                return False
            if time_s - newest_s > self.gap_s:
                self._push(newest_s + self.gap_s, np.nan, _STALE)
        self._push(time_s, value if quality < _BAD else np.nan, quality)
        return True

    def trim(self, from_s: float) -> None:
        """Forget samples before a moment, once they are many."""
        first = int(np.searchsorted(self.times_s, from_s))
        if first * _FORGET > self._count:
            self._replace(self.times_s[first:], self.values[first:], self.qualities[first:])

    def columns(self, from_s: float, step_s: float, count: int) -> Columns:
        """Return what `count` ≥ 1 columns of `step_s` > 0 [s] from a moment on have to show."""
        edges = np.searchsorted(self.times_s, from_s + step_s * np.arange(count + 1))
        begin, end = edges[:-1], edges[1:]
        low, high = np.full(count, np.nan), np.full(count, np.nan)
        starts = np.zeros(count, bool)
        held = np.flatnonzero(end > begin)
        if held.size == 0:
            return Columns(low, high, starts)
        low[held], high[held] = self._extremes(begin[held], end[held])
        first, last = self._values[begin[held]], self._values[end[held] - 1]
        cut = np.isnan(first)
        cut[1:] |= np.isnan(last[:-1])
        starts[held] = cut
        return Columns(low, high, starts)

    def _extremes(
        self, begin: npt.NDArray[np.intp], end: npt.NDArray[np.intp]
    ) -> tuple[Floats, Floats]:
        """Return lowest and highest of samples [begin, end), none empty, each where one ends.

        Of many samples only few are looked at: of each level the first and the last eight; what
        lies between consists of whole blocks of the level above.
        """
        if end[-1] - begin[0] <= _FEW:
            values = self._values[begin[0] : end[-1]]
            at = begin - begin[0]
            return np.fmin.reduceat(values, at), np.fmax.reduceat(values, at)
        low, high = np.full(begin.size, np.nan), np.full(begin.size, np.nan)
        which = np.arange(begin.size)
        lows, highs = self._values, self._values
        for level in range(len(self._lows) + 1):
            longest = int((end - begin).max())
            sides = [np.minimum(begin + _STEPS[:longest], end - 1)]
            if longest > _FACTOR:
                sides.append(np.maximum(end - 1 - _STEPS, begin))
            for at in sides:
                low[which] = np.fmin(low[which], np.fmin.reduce(lows[at], axis=0))
                high[which] = np.fmax(high[which], np.fmax.reduce(highs[at], axis=0))
            begin, end = -(-begin // _FACTOR), end // _FACTOR
            more = end > begin
            if longest <= 2 * _FACTOR or not more.any():
                break
            begin, end, which = begin[more], end[more], which[more]
            lows, highs = self._lows[level], self._highs[level]
        return low, high

    def value_at(self, time_s: float) -> float:
        """Return the newest value at or before a moment [s]; NaN where nothing is known."""
        index = int(np.searchsorted(self.times_s, time_s, side="right")) - 1
        is_last = index == self._count - 1
        if index < 0 or (is_last and time_s - self._times[index] > self.gap_s):
            return float("nan")
        return float(self._values[index])

    def reach(self, from_s: float, to_s: float) -> tuple[float, float]:
        """Return lowest and highest known value within a span [s]; NaN when there is none."""
        first, last = np.searchsorted(self.times_s, (from_s, to_s))
        if last <= first:
            return float("nan"), float("nan")
        low, high = self._extremes(np.array([first]), np.array([last]))
        return float(low[0]), float(high[0])

    def spans(self, from_s: float, to_s: float, step_s: float = 0.0) -> list[Span]:
        """Return where within a span there are no good samples: until the next other sample.

        A silence that lasts is one too: from the newest sample to the end of the span. Those of
        one quality that are not farther apart than `step_s` are one.
        """
        first = max(int(np.searchsorted(self.times_s, from_s, side="right")) - 1, 0)
        past = int(np.searchsorted(self.times_s, to_s, side="right"))
        times, qualities = self._times[first:past], self._qualities[first:past]
        if times.size == 0:
            return []
        starts = np.concatenate(([0], np.flatnonzero(np.diff(qualities)) + 1))
        ends_s = np.append(times[starts[1:]], to_s)
        found: list[Span] = []
        for quality in (_UNCERTAIN, _BAD, _STALE):
            mine = qualities[starts] == quality
            since = starts[mine] - (quality == _STALE)
            begin_s, end_s = np.maximum(times[np.maximum(since, 0)], from_s), ends_s[mine]
            if not begin_s.size:
                continue
            heads = np.concatenate(([True], begin_s[1:] - end_s[:-1] > step_s))
            last = np.append(np.flatnonzero(heads)[1:] - 1, begin_s.size - 1)
            pairs = zip(begin_s[heads].tolist(), end_s[last].tolist(), strict=True)
            found += [Span(begin, end, quality) for begin, end in pairs]
        silent = past == self._count and to_s - float(times[-1]) > self.gap_s
        if silent and int(qualities[-1]) < _BAD:
            found.append(Span(float(times[-1]), to_s, _STALE))
        return sorted(span for span in found if span.to_s > from_s)

    def _push(self, time_s: float, value: float, quality: int) -> None:
        if self._count + 1 >= self._times.size:
            self._replace(self.times_s, self.values, self.qualities)
        index = self._count
        self._times[index], self._values[index] = time_s, value
        self._qualities[index] = quality
        self._count = index + 1
        if value == value:
            for lows, highs in zip(self._lows, self._highs, strict=True):
                index //= _FACTOR
                if not lows[index] <= value:
                    lows[index] = value
                if not highs[index] >= value:
                    highs[index] = value

    def _replace(self, times_s: Floats, values: Floats, qualities: Bytes) -> None:
        """Hold these in new arrays: whoever still paints from the old ones isn't disturbed."""
        count = times_s.size
        self._reserve(max(2 * count, 1024))
        self._times[:count], self._values[:count] = times_s, values
        self._qualities[:count] = qualities
        low = high = self._values[:count]
        for lows, highs in zip(self._lows, self._highs, strict=True):
            starts = np.arange(0, low.size, _FACTOR)
            if starts.size:
                low, high = np.fmin.reduceat(low, starts), np.fmax.reduceat(high, starts)
                lows[: starts.size], highs[: starts.size] = low, high
        self._count = count

    def frozen(self) -> "Pyramid":
        """Return the samples there are now, for another thread to read."""
        held = Pyramid.__new__(Pyramid)
        held.__dict__.update(self.__dict__)
        return held
