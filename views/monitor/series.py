"""One curve's samples: history read once, live samples appended, gaps kept as gaps."""

import numpy as np
import numpy.typing as npt

from app.desk import LiveValue, TrendData

_GAP_FACTOR = 5.0
_MIN_GAP_S = 10.0
_BAD = 2


class Series:
    """Samples of one tag in a window of time; arrays grow in place.

    Times are seconds since 1970 UTC (float64), values float64; NaN breaks the line where samples
    are missing for more than five periods or are of bad quality: a false flat line is the worst
    sin.
    """

    def __init__(self, tag_key: str, period_s: float, capacity: int = 8192) -> None:
        self.tag_key = tag_key
        self._gap_s = max(_GAP_FACTOR * period_s, _MIN_GAP_S)
        self._times = np.empty(capacity)
        self._values = np.empty(capacity)
        self._count = 0

    @property
    def times_s(self) -> npt.NDArray[np.float64]:
        """Times [s since 1970 UTC], shape (n,)."""
        return self._times[: self._count]

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """Values in the tag's unit, shape (n,)."""
        return self._values[: self._count]

    def load(self, data: TrendData) -> None:
        """Take history; live samples newer than its end stay."""
        times = np.asarray(data.times_us, dtype=np.float64) / 1e6
        values = np.asarray(data.values, dtype=np.float64).copy()
        values[np.asarray(data.qualities) >= _BAD] = np.nan
        last = times[-1] if times.size else -np.inf
        newer = self.times_s > last
        self._replace(
            np.concatenate((times, self.times_s[newer])),
            np.concatenate((values, self.values[newer])),
        )

    def append(self, sample: LiveValue) -> bool:
        """Take a live sample; one older than the newest is left to the history."""
        time_s = sample.source_us / 1e6
        if self._count and time_s <= self._times[self._count - 1]:
            return False
        value = sample.value if sample.quality < _BAD else np.nan
        self._push(time_s, value)
        return True

    def trim(self, from_s: float) -> None:
        """Forget samples before `from_s`."""
        first = int(np.searchsorted(self.times_s, from_s))
        if first:
            self._replace(self.times_s[first:].copy(), self.values[first:].copy())

    def drawn(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return times and values with a NaN put into every gap."""
        times, values = self.times_s, self.values
        holes = np.flatnonzero(np.diff(times) > self._gap_s) + 1
        if holes.size == 0:
            return times, values
        middle = (times[holes - 1] + times[holes]) / 2
        return np.insert(times, holes, middle), np.insert(values, holes, np.nan)

    def gaps(self) -> list[tuple[float, float]]:
        """Return the spans without good data as (from, to) [s]."""
        times, values = self.times_s, self.values
        holes = np.flatnonzero(np.diff(times) > self._gap_s)
        spans = [(float(times[i]), float(times[i + 1])) for i in holes]
        bad = np.isnan(values)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], bad, [False])).astype(np.int8)))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            end = times[min(stop, times.size - 1)]
            spans.append((float(times[start]), float(end)))
        return sorted(spans)

    def value_at(self, time_s: float) -> float:
        """Return the newest value at or before a time; NaN when there is none or a gap lies there.

        Parameters
        ----------
        time_s : float
            Moment [s since 1970 UTC].
        """
        index = int(np.searchsorted(self.times_s, time_s, side="right")) - 1
        if index < 0 or time_s - self._times[index] > self._gap_s:
            return float("nan")
        return float(self._values[index])

    def _push(self, time_s: float, value: float) -> None:
        if self._count == self._times.size:
            self._times = np.resize(self._times, self._times.size * 2)
            self._values = np.resize(self._values, self._values.size * 2)
        self._times[self._count] = time_s
        self._values[self._count] = value
        self._count += 1

    def _replace(self, times: npt.NDArray[np.float64], values: npt.NDArray[np.float64]) -> None:
        size = max(self._times.size, 2 * times.size)
        self._times, self._values = np.empty(size), np.empty(size)
        self._times[: times.size] = times
        self._values[: times.size] = values
        self._count = times.size
