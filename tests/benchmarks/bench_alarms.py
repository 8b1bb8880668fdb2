"""One alarm scan of 10,000 tags with four limits each, against one Python object per limit.

The yardstick is the plain logic of the tests (`tests/unit/models/telemetry/oracle.py`): delays,
deadband, quality, holds and silence, one object per limit. Both must give the same events. A
second, barer loop knows no quality, hold or silence; it is stated in the note, without a bar.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from models.basics import Name
from models.operation.events.base import Draft
from models.registry.kinds import Limit, Tag
from models.telemetry.alarms import AlarmLogic
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from tests.benchmarks.ratio import Row, seconds

_ORACLE = "tests.unit.models.telemetry.oracle"
_TAGS = 10_000
_SCANS = 24
_WARM = 3
_GRID_US = 250_000
_START_US = 1_800_000_000_000_000
_MOST_MS = 5.0
_LEAST_TIMES = 30.0
_LEVELS: tuple[tuple[Literal["HH", "H", "L", "LL"], float], ...] = (
    ("HH", 90.0),
    ("H", 80.0),
    ("L", 20.0),
    ("LL", 10.0),
)
_DEADBAND = 1.0
_ON_US = 1_000_000
_OFF_US = 2_000_000


def rows() -> list[Row]:
    """Measure."""
    tags = _tags()
    ours = _Side([])
    logic = AlarmLogic(TagTable(tags), _GRID_US, start_us=_START_US)
    objects, bare = _Side([]), _Side([])
    oracle: Any = importlib.import_module(_ORACLE).Oracle(tags, _START_US)
    limits = [
        [_PlainLimit(kind in ("H", "HH"), level) for kind, level in _LEVELS] for _ in range(_TAGS)
    ]
    keys = [tag.key for tag in tags]
    expected: list[tuple[object, ...]] = []
    got: list[Draft] = []
    for number, values in enumerate(_scans()):
        now_us = _START_US + (number + 1) * _GRID_US
        at_us = now_us - 1
        batch = make_batch(np.arange(_TAGS), at_us, at_us, values)
        samples = [(k, at_us, v, 0, at_us) for k, v in zip(keys, values.tolist(), strict=True)]
        ours.run(lambda b=batch, t=now_us: got.extend(logic.judge(b, t)))  # type: ignore[misc]
        objects.run(lambda s=samples, t=now_us: oracle.slot(t, s, expected))  # type: ignore[misc]
        bare.run(lambda v=values, t=now_us: _plain(limits, v.tolist(), t))  # type: ignore[misc]
    said = [(draft.event_time_us, draft.payload.KIND, draft.subject) for draft in got]
    if said != [row[:3] for row in expected]:
        raise AssertionError("the scan and the objects disagree")
    note = f"{len(said)} events, the same; {bare.median_s / ours.median_s:.0f} × the bare loop"
    ratio = objects.median_s / ours.median_s
    return [
        Row("alarm scan, 10,000 tags × 4 limits", ours.median_s * 1e3, _MOST_MS, "ms"),
        Row("alarm scan vs objects", ratio, _LEAST_TIMES, more_is_better=True, note=note),
    ]


@dataclass(slots=True)
class _Side:
    """One way to scan, and how long each scan took."""

    times_s: list[float]

    def run(self, work: Callable[[], object]) -> None:
        """Run and time one scan."""
        self.times_s.append(seconds(work))

    @property
    def median_s(self) -> float:
        """The median of the scans after the first ones."""
        return float(np.median(self.times_s[_WARM:]))


def _tags() -> list[Tag]:
    limits = tuple(
        Limit(
            kind=kind,
            value=level,
            priority=2,
            deadband=_DEADBAND,
            on_delay_s=_ON_US / 1e6,
            off_delay_s=_OFF_US / 1e6,
        )
        for kind, level in _LEVELS
    )
    return [Tag(key=f"T{i:05}", name=Name(en="t"), limits=limits) for i in range(_TAGS)]


def _scans() -> Iterator[npt.NDArray[np.float64]]:
    """Yield noisy readings; one tag in a hundred is beyond its high limit for a while."""
    rng = np.random.default_rng(4)
    base = np.full(_TAGS, 50.0)
    base[::100] = 85.0
    for number in range(_SCANS):
        if number == _SCANS // 2:
            base[::100] = 50.0
        yield base + rng.normal(0.0, 1.0, _TAGS)


@dataclass(slots=True)
class _PlainLimit:
    """One limit as an object: the obvious way to write an alarm."""

    high: bool
    level: float
    beyond: bool = False
    active: bool = False
    since_us: int = 0

    def take(self, value: float, now_us: int) -> bool:
        """Take a reading; return whether the alarm was raised or returned."""
        trips = value >= self.level if self.high else value <= self.level
        edge = self.level - _DEADBAND if self.high else self.level + _DEADBAND
        clears = value < edge if self.high else value > edge
        beyond = trips or (self.beyond and not clears)
        if beyond != self.beyond:
            self.beyond, self.since_us = beyond, now_us
        delay_us = _OFF_US if self.active else _ON_US
        if self.beyond != self.active and now_us - self.since_us >= delay_us:
            self.active = self.beyond
            return True
        return False


def _plain(objects: list[list[_PlainLimit]], values: list[float], now_us: int) -> None:
    for limits, value in zip(objects, values, strict=True):
        for limit in limits:
            limit.take(value, now_us)
