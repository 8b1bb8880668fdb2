"""What alarms other than on the reading itself compare: rates, deviations, states, counts."""

import math
import sys

import numpy as np
import numpy.typing as npt

from models.telemetry.alarm_limits import Bools, Floats, Ints, LimitTable
from models.telemetry.alarm_state import Keeps
from models.telemetry.tags import TagTable
from models.times import MINUTE_US, SECOND_US

_NEVER = -(1 << 61)
_MOST = sys.float_info.max
_STEPS = 8  # points of a rate are kept every eighth of its window
COUNT_AT_MOST = 1000

Rows = npt.NDArray[np.intp]


class Measures(Keeps):
    """The measure of each derived row, by the readings of its tag in the order they are judged.

    Notes
    -----
    NaN is "no information": an alarm is kept as by a bad reading.

    - Rate [unit/min]: (v - v₀) / (t - t₀) by source times. v₀ is the oldest kept reading that is
      between half a window and a window old; a reading is kept when the last kept one is an
      eighth of the window older. A reading older than the last kept one says nothing; one that
      is older by more than a window (the device's clock was set back) begins anew.
    - Deviation: |v - setpoint|, or |v - last reading of the other tag|; nothing while that one
      is bad, stale or wasn't heard yet. It is looked at with each reading of the own tag.
    - State: 1 where the reading equals the limit's value, else 0.
    - Count: how often the reading rose through the setpoint in (t - window, t], `value` at most;
      the first reading of all is no rise.
    """

    KEPT = ("value", "point_us", "point", "rise_us", "was_high")

    def __init__(self, limits: LimitTable, tags: TagTable) -> None:
        kinds = [limit.kind for _, _, limit in limits.rows]
        rules = [limit for _, _, limit in limits.rows]
        n = len(limits)
        self._limits = limits
        self.value: Floats = np.zeros(n)  # what the row's last measure was
        self._kind = np.array([_group(kind) for kind in kinds], np.uint8)
        self._sign: Floats = np.array([-1.0 if kind == "FALL" else 1.0 for kind in kinds])
        self._setpoint: Floats = np.array([limit.setpoint for limit in rules], np.float64)
        self._equals: Floats = np.array([limit.value for limit in rules], np.float64)
        self._versus = np.array([_versus(limit.versus, tags) for limit in rules], np.intp)
        windows = [max(round(limit.window_s * SECOND_US), _STEPS) for limit in rules]
        self._window_us: Ints = np.array(windows, np.int64)
        rates, counts = np.flatnonzero(self._kind == _RATE), np.flatnonzero(self._kind == _COUNT)
        self.place: Rows = np.zeros(n, np.intp)
        self.place[rates], self.place[counts] = np.arange(rates.size), np.arange(counts.size)
        self.point_us: Ints = np.full((rates.size, _STEPS + 1), _NEVER, np.int64)
        self.point: Floats = np.zeros((rates.size, _STEPS + 1))
        most = max((_places(rules[k].value) for k in counts), default=1)
        self.rise_us: Ints = np.full((counts.size, most), _NEVER, np.int64)
        self.was_high = np.ones(counts.size, bool)  # so that the first reading is no rise

    def take(self, k: Rows, at_us: Ints, value: Floats, latest: Floats, known: Bools) -> Floats:
        """Return the measures of derived rows `k` after one reading of each row's tag.

        Parameters
        ----------
        k : ndarray
            Derived rows, each once.
        at_us, value : ndarray
            Source time [µs] and reading of the tag of each of `k`.
        latest, known : ndarray
            By tag index: the last good reading, and whether it still tells anything.
        """
        with np.errstate(over="ignore"):
            out = self._measured(k, at_us, value, latest, known)
        out = np.clip(out, -_MOST, _MOST)  # an alarm of an infinite measure couldn't be recorded
        heard = ~np.isnan(out)
        self.value[k[heard]] = np.where(self._kind[k] == _STATE, value, out)[heard]
        return out

    def _measured(
        self, k: Rows, at_us: Ints, value: Floats, latest: Floats, known: Bools
    ) -> Floats:
        out = np.full(k.size, math.nan)
        kind = self._kind[k]
        for group, measure in ((_RATE, self._rates), (_COUNT, self._counts)):
            mine = kind == group
            if mine.any():
                out[mine] = measure(k[mine], at_us[mine], value[mine])
        mine = kind == _STATE
        out[mine] = value[mine] == self._equals[k[mine]]
        mine = kind == _DEVIATION
        versus = self._versus[k[mine]]
        other = np.where(versus == _NO_TAG, self._setpoint[k[mine]], latest[np.maximum(versus, 0)])
        told = (versus == _NO_TAG) | ((versus >= 0) & known[np.maximum(versus, 0)])
        out[mine] = np.where(told, np.abs(value[mine] - other), math.nan)
        return out

    def _rates(self, k: Rows, at_us: Ints, value: Floats) -> Floats:
        row, window_us = self.place[k], self._window_us[k]
        set_back = at_us < self.point_us[row, -1] - window_us
        self.point_us[row[set_back]] = _NEVER
        age_us = at_us[:, None] - self.point_us[row]
        usable = (age_us <= window_us[:, None]) & (2 * age_us >= window_us[:, None])
        oldest = np.argmax(usable, axis=1)
        each = np.arange(row.size)
        minutes = age_us[each, oldest] / MINUTE_US
        rise = value - self.point[row, oldest]
        told = usable.any(axis=1)
        rate = np.where(told, rise / np.where(told, minutes, 1.0), math.nan)
        keep = age_us[:, -1] >= window_us // _STEPS
        _append(self.point_us, row[keep], at_us[keep])
        _append(self.point, row[keep], value[keep])
        return np.asarray(rate * self._sign[k])

    def _counts(self, k: Rows, at_us: Ints, value: Floats) -> Floats:
        row = self.place[k]
        is_high = value >= self._setpoint[k]
        rises = is_high & ~self.was_high[row]
        self.was_high[row] = is_high
        _append(self.rise_us, row[rises], at_us[rises])
        age_us = at_us[:, None] - self.rise_us[row]
        counted = (age_us >= 0) & (age_us < self._window_us[k][:, None])
        count = counted.sum(axis=1)
        return np.asarray(np.minimum(count, np.ceil(self._equals[k])), np.float64)

    def carry(self, k: Rows, old: "Measures", old_k: Rows) -> None:
        """Take over what another table's rows `old_k` measured as rows `k`; limits are equal."""
        self.value[k] = old.value[old_k]
        for group, pairs in (
            (_RATE, ((self.point_us, old.point_us), (self.point, old.point))),
            (_COUNT, ((self.rise_us, old.rise_us),)),
        ):
            mine = self._kind[k] == group
            to, at = self.place[k[mine]], old.place[old_k[mine]]
            for new_array, old_array in pairs:
                width = min(new_array.shape[1], old_array.shape[1])
                new_array[to, -width:] = old_array[at, -width:]
            if group == _COUNT:
                self.was_high[to] = old.was_high[at]


_PLAIN, _RATE, _DEVIATION, _STATE, _COUNT = range(5)
_NO_TAG, _UNKNOWN_TAG = -1, -2


def _group(kind: str) -> int:
    groups = {"RISE": _RATE, "FALL": _RATE, "DEV": _DEVIATION, "STATE": _STATE, "COUNT": _COUNT}
    return groups.get(kind, _PLAIN)


def _versus(key: str, tags: TagTable) -> int:
    return tags.index.get(key, _UNKNOWN_TAG) if key else _NO_TAG


def _places(count: float) -> int:
    return min(max(math.ceil(count), 1), COUNT_AT_MOST)


def _append(kept: npt.NDArray[np.generic], row: Rows, value: npt.NDArray[np.generic]) -> None:
    kept[row, :-1] = kept[row, 1:]
    kept[row, -1] = value
