"""The limits of all tags as flat numpy columns, one row per alarm."""

import math

import numpy as np
import numpy.typing as npt

from models.registry.kinds import Limit, Tag
from models.telemetry.alarm_safety import is_protected
from models.telemetry.tags import TagTable
from models.times import SECOND_US

_GAS_OR_FIRE = frozenset({"toxic", "combustible", "fire"})
PLAIN = ("HH", "H", "L", "LL")
_MARGIN = 0.05  # of the span: farther outside, a safety reading is "no information"

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def alarm_id(tag_key: str, limit: str) -> str:
    """Return the id of an alarm, `TAG/LIMIT`."""
    return f"{tag_key}/{limit}"


class LimitTable:
    """All limits, by tag index, then as the tag lists them; a repeated kind counts once.

    Notes
    -----
    `clear` is the value beyond which the condition ends (the limit less its deadband).
    `least` and `most` bound the readings that may end a condition: a safety detector that reads
    more than 5 % of its span below its range (broken wire, inhibited) doesn't clear H and HH,
    one that reads as far above doesn't clear L and LL. `full_scale` marks combustible detectors,
    whose catalytic beads read falsely low above 100 % LEL: after a reading at full scale their
    alarm stays until somebody acknowledged it. `plain` rows compare the reading itself, `derived`
    ones a measure of it (`alarm_measures`), `silence` ones nothing but how long a tag is silent.
    """

    def __init__(self, tags: TagTable) -> None:
        rows: dict[str, tuple[int, Tag, Limit]] = {}
        for i, tag in enumerate(tags.tags):
            for limit in tag.limits:
                rows.setdefault(alarm_id(tag.key, limit.kind), (i, tag, limit))
        self.rows = tuple(rows.values())
        self.ids = tuple(rows)
        self.index = {key: k for k, key in enumerate(self.ids)}
        self.tag: npt.NDArray[np.intp] = np.array([i for i, _, _ in self.rows], np.intp)
        limits = [limit for _, _, limit in self.rows]
        self.plain: Bools = np.array([limit.kind in PLAIN for limit in limits], bool)
        self.silence: Bools = np.array([limit.kind == "STALE" for limit in limits], bool)
        self.derived: Bools = ~self.plain & ~self.silence
        self.high: Bools = np.array([limit.kind not in ("L", "LL") for limit in limits], bool)
        self.level: Floats = np.array([_level(limit) for limit in limits], np.float64)
        deadband = np.array([_deadband(limit) for limit in limits], np.float64)
        self.clear: Floats = np.where(self.high, self.level - deadband, self.level + deadband)
        self.on_us: Ints = _micros([limit.on_delay_s for limit in limits])
        self.off_us: Ints = _micros([limit.off_delay_s for limit in limits])
        self.latch: Bools = np.array([limit.latch for limit in limits], bool)
        self.realarm_us: Ints = _micros([limit.realarm_s for limit in limits])
        self.ack_expires_us: Ints = _micros([limit.ack_expires_s for limit in limits])
        self.least: Floats = np.array([_least(tag, lim) for _, tag, lim in self.rows], np.float64)
        self.most: Floats = np.array([_most(tag, lim) for _, tag, lim in self.rows], np.float64)
        self.full_scale: Floats = np.array(
            [_full_scale(tag, limit) for _, tag, limit in self.rows], np.float64
        )

        self._calm_below: Floats = np.full(len(tags), math.inf)
        self._calm_above: Floats = np.full(len(tags), -math.inf)
        above, below = self.plain & self.high, self.plain & ~self.high
        np.minimum.at(self._calm_below, self.tag[above], self.level[above])
        np.maximum.at(self._calm_above, self.tag[below], self.level[below])
        self.measured_tags: Bools = np.zeros(len(tags), bool)
        self.measured_tags[self.tag[self.derived]] = True
        self.whole_tags: Bools = np.zeros(len(tags), bool)
        digital = np.array([limit.kind in ("STATE", "COUNT") for limit in limits], bool)
        self.whole_tags[self.tag[digital]] = True

    def __len__(self) -> int:
        return len(self.rows)

    def may_trip(self, tag: npt.NDArray[np.int32], value: Floats) -> Bools:
        """Return which readings of tags lie at or beyond a limit, or must be measured anyway."""
        beyond = (value >= self._calm_below[tag]) | (value <= self._calm_above[tag])
        return np.asarray(beyond | self.measured_tags[tag])

    def protected(self, k: int) -> bool:
        """Return whether row `k` is never folded or silenced."""
        _, tag, limit = self.rows[k]
        return is_protected(tag.safety, limit.kind)


def _micros(seconds: list[float]) -> Ints:
    return np.array([max(round(s * SECOND_US), 0) for s in seconds], np.int64)


def _level(limit: Limit) -> float:
    return 1.0 if limit.kind == "STATE" else limit.value


def _deadband(limit: Limit) -> float:
    return 0.0 if limit.kind == "STATE" else abs(limit.deadband)


def _least(tag: Tag, limit: Limit) -> float:
    if tag.safety in _GAS_OR_FIRE and limit.kind in ("H", "HH") and tag.low <= limit.value:
        return tag.low - _MARGIN * (tag.high - tag.low)
    return -math.inf


def _most(tag: Tag, limit: Limit) -> float:
    if tag.safety in _GAS_OR_FIRE and limit.kind in ("L", "LL") and limit.value <= tag.high:
        return tag.high + _MARGIN * (tag.high - tag.low)
    return math.inf


def _full_scale(tag: Tag, limit: Limit) -> float:
    if tag.safety == "combustible" and limit.kind in ("H", "HH") and limit.value <= tag.high:
        return tag.high
    return math.inf
