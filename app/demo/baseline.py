"""What the 600 points read on an ordinary night: levels, drifts, batches and noise.

Every value is a function of (seed, tag, tick) alone, so that any moment can be computed by
itself and a restart changes nothing.
"""

import numpy as np
import numpy.typing as npt

from app.demo.grid import chance
from models.registry.kinds import Tag

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_STATES = {"trip", "fire", "call_point", "man_down"}
_RESOLUTION = 4000


def gauss(key: npt.NDArray[np.uint64], tick: Ints) -> Floats:
    """Return noise of about N(0, 1), one value per (key, tick): hashed, not drawn.

    A 64-bit mix (splitmix64) gives four 16-bit parts whose sum is nearly normal.
    """
    with np.errstate(over="ignore"):
        z = key + tick.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    parts = sum(((z >> np.uint64(s)) & np.uint64(0xFFFF)).astype(np.float64) for s in _SHIFTS)
    return np.asarray((parts - 2 * 65_535) / (65_535 * np.sqrt(1 / 3)))


_SHIFTS = (0, 16, 32, 48)


class Baseline:
    """Ordinary values of a list of tags."""

    def __init__(self, tags: tuple[Tag, ...], seed: str) -> None:
        count = len(tags)
        self.low = np.array([tag.low for tag in tags])
        self.high = np.array([tag.high for tag in tags])
        self.noise_key = np.array(
            [int(chance(seed, "noise", tag.key) * 2**63) for tag in tags], dtype=np.uint64
        )
        self._mean, self._noise = np.zeros(count), np.zeros(count)
        self._swing, self._period = np.zeros((2, count)), np.ones((2, count))
        self._phase = np.zeros((2, count))
        self._batch, self._batch_phase = np.zeros(count), np.zeros(count)
        self._sun, self._floor = np.zeros(count), np.full(count, -np.inf)
        for k, tag in enumerate(tags):
            self._describe(k, tag, seed)

    def _describe(self, k: int, tag: Tag, seed: str) -> None:
        one = chance(seed, "one", tag.key)
        two = chance(seed, "two", tag.key)
        self._period[:, k] = 240 + 900 * one, 1500 + 2400 * two
        self._phase[:, k] = 6.28 * one, 6.28 * two
        if tag.quantity == "gas":
            self._floor[k] = 0.0
            self._noise[k] = tag.limits[0].value * 0.012
            return
        if tag.quantity in _STATES:
            return
        low, high = normal_band(tag)
        span = high - low
        self._mean[k] = low + span * (0.42 + 0.16 * one)
        self._noise[k] = span * 0.004
        self._swing[:, k] = span * 0.03 * (0.5 + one), span * 0.06 * (0.5 + two)
        self._floor[k] = tag.low
        if tag.quantity.startswith("batch"):
            self._mean[k] = low + span * 0.16
            self._batch[k] = span * 0.45
            self._batch_phase[k] = one

    def values(self, index: Ints, tick: Ints, t_s: Floats) -> Floats:
        """Return ordinary values of tags `index` at ticks, shape (n,)."""
        value = self._mean[index] + self._noise[index] * gauss(self.noise_key[index], tick)
        for part in range(2):
            angle = t_s * (2 * np.pi / self._period[part, index]) + self._phase[part, index]
            value = value + self._swing[part, index] * np.sin(angle)
        value = value + self._batch[index] * self._cycle(index, t_s)
        return np.asarray(np.maximum(value, self._floor[index]))

    def _cycle(self, index: Ints, t_s: Floats) -> Floats:
        """Return a batch cycle 0…1: fill, hold, empty, rest."""
        length = 1800 + self._period[0, index]
        share = (t_s / length + self._batch_phase[index]) % 1.0
        rising, falling = share / 0.2, (0.85 - share) / 0.2
        return np.asarray(np.clip(np.minimum(rising, falling), 0.0, 1.0))

    def rounded(self, index: Ints, value: Floats) -> Floats:
        """Return values clipped to the range and rounded to what a transmitter resolves."""
        low, high = self.low[index], self.high[index]
        step = (high - low) / _RESOLUTION
        return np.asarray(np.round(np.clip(value, low, high) / step) * step)


def normal_band(tag: Tag) -> tuple[float, float]:
    """Return the band between the inner limits, else between limit and range end."""
    by_kind = {limit.kind: limit.value for limit in tag.limits}
    low = by_kind.get("L", by_kind.get("LL", tag.low))
    high = by_kind.get("H", by_kind.get("HH", tag.high))
    if "L" not in by_kind and "LL" not in by_kind and tag.low < 0 < high:
        low = 0.0
    return low, high
