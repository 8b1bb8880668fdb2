"""Simulated tags that are flat and then rise in a straight line, and what is said of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.telemetry.tag_trends import Crossing, TagTrends
from tests.unit.models.telemetry.build import SECOND, tag


class Ramp(NamedTuple):
    """A rise: standard deviations of its noise a minute, and how long it takes to the limit [s]."""

    rate_min: float
    whole_s: float


class Look(NamedTuple):
    """What is said of a tag so long after its rise began, and in how long it is there in truth."""

    age_s: float
    tag: int
    left_s: float
    said: Crossing

    @property
    def holds(self) -> bool:
        """Return whether the band holds the truth."""
        return self.said.earliest_s <= self.left_s <= self.said.latest_s


RAMPS = (Ramp(1.5, 2400), Ramp(3, 1200), Ramp(6, 1200), Ramp(12, 900), Ramp(30, 600))


def noise(rows: int, tags: int, correlation: float, seed: int) -> npt.NDArray[np.float64]:
    """Return noise of deviation 1 whose values go together from one row to the next."""
    rng = np.random.default_rng(seed)
    found = rng.normal(size=(rows, tags))
    for k in range(1, rows):
        found[k] *= np.sqrt(1 - correlation**2)
        found[k] += correlation * found[k - 1]
    return found


def looks(
    ramps: Sequence[Ramp], correlation: float, period_s: float, seed: int, until_s: float = 480.0
) -> Iterator[Look]:
    """Yield what is said of each ramp, second by second from its beginning on."""
    onset_s = 900.0
    slope = np.array([each.rate_min / 60 for each in ramps])
    whole_s = np.array([each.whole_s for each in ramps])
    limits = slope * whole_s
    trends = TagTrends(
        [tag(str(i), ("HH", 2 * h), ("H", h), ("L", -h)) for i, h in enumerate(limits.tolist())]
    )
    rows = int((onset_s + until_s) / period_s)
    y = noise(rows, len(ramps), correlation, seed)
    for k in range(rows):
        age_s = (k + 1) * period_s - onset_s
        at_us = np.full(len(ramps), round((k + 1) * period_s * SECOND), np.int64)
        value = y[k] + slope * max(age_s, 0.0)
        for said in trends.step(at_us, value, value < limits):
            left_s = float(whole_s[said.tag]) - age_s
            if age_s > 0 and left_s > 0:
                yield Look(age_s, said.tag, left_s, said)
