"""The demonstration park's detectors and its world: a leak whose source is known."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from app.demo.park import Park, build_park
from app.demo.world import DemoWorld
from app.desk import LiveValue, TrendData
from models.times import SECOND_US

START_US = 1_800_000_000_000_000
LEAK_S, LAST_S = 240, 480
SOURCE = "V-203"
MAST = "MAST-2"


@cache
def park() -> Park:
    """Return the park's rows, its permits counted from the start."""
    return build_park(start_us=START_US)


class Heard:
    """What came from all tags until minute 8; the leak begins at minute 4."""

    def __init__(self) -> None:
        world = DemoWorld(park(), "twin", START_US)
        world.resume(START_US)
        columns: list[tuple[np.ndarray, ...]] = []
        for second in range(60, LAST_S + 1, 60):
            batch = world.sample(START_US + second * SECOND_US)
            columns.append((batch.tag, batch.arrival_us, batch.value, batch.quality))
        tag, at, value, quality = (np.concatenate(each) for each in zip(*columns, strict=True))
        self.curves: dict[str, TrendData] = {}
        for index, key in enumerate(world.tag_keys):
            mine = np.flatnonzero(tag == index)
            mine = mine[np.argsort(at[mine], kind="stable")]
            self.curves[key] = TrendData(
                key, at[mine].tolist(), value[mine].tolist(), quality[mine].tolist()
            )

    def latest(self, now_us: int) -> dict[str, LiveValue]:
        """Return the last value of each tag until a moment."""
        found = {}
        for key, curve in self.curves.items():
            last = int(np.searchsorted(curve.times_us, now_us, side="right")) - 1
            if last >= 0:
                at_us = curve.times_us[last]
                found[key] = LiveValue(key, curve.values[last], curve.qualities[last], at_us, at_us)
        return found

    def trend(self, keys: Sequence[str], from_us: int, to_us: int) -> tuple[TrendData, ...]:
        """Return what the history has of some tags."""
        found = []
        for key in keys:
            curve = self.curves[key]
            low = int(np.searchsorted(curve.times_us, from_us))
            high = int(np.searchsorted(curve.times_us, to_us, side="right"))
            found.append(
                TrendData(
                    key, curve.times_us[low:high], curve.values[low:high], curve.qualities[low:high]
                )
            )
        return tuple(found)


@cache
def heard() -> Heard:
    """Return the one run of the world."""
    return Heard()
