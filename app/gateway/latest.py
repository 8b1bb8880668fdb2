"""The latest value of every tag, and what of it each reader hasn't seen yet."""

from typing import Any

import numpy as np
import numpy.typing as npt

from app.gateway.protocol import Frame
from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.samples import take


class Latest:
    """Columns by tag index; a version per tag says when it changed last."""

    def __init__(self, keys: tuple[str, ...] = ()) -> None:
        self.generation = 0
        self.keys: tuple[str, ...] = ()
        self._begin(keys)

    def _begin(self, keys: tuple[str, ...]) -> None:
        n = len(keys)
        self.keys = keys
        self.generation += 1
        self.clock = 0
        self.version = np.zeros(n, np.int64)
        self.value = np.full(n, np.nan)
        self.source_us = np.zeros(n, np.int64)
        self.arrival_us = np.zeros(n, np.int64)
        self.quality = np.full(n, Quality.STALE, np.uint8)

    def set_keys(self, keys: tuple[str, ...]) -> None:
        """Use another tag table; a tag that stays keeps its value until the next one comes."""
        before = {key: i for i, key in enumerate(self.keys)}
        columns = self._columns()
        heard = self.version > 0
        self._begin(keys)
        stays = [(i, before[key]) for i, key in enumerate(keys) if key in before]
        stays = [(i, old) for i, old in stays if heard[old]]
        if not stays:
            return
        tag, old = np.array(stays, np.int32).T
        for column, known in zip(self._columns(), columns, strict=True):
            column[tag] = known[old]
        self._touch(tag)

    def _columns(self) -> tuple[npt.NDArray[Any], ...]:
        return self.value, self.source_us, self.arrival_us, self.quality

    def update(self, batch: SampleBatch) -> None:
        """Take samples; of one tag the one latest by source time counts, also against before.

        A source time after the arrival counts as the arrival: else one sample from the future
        would stand as the value until then.
        """
        source_us = np.minimum(batch.source_us, batch.arrival_us)
        order = np.lexsort((source_us, batch.tag))
        last = order[np.flatnonzero(np.diff(batch.tag[order], append=-1))]
        tag = batch.tag[last]
        self._put(
            batch, last[source_us[last] >= np.minimum(self.source_us[tag], self.arrival_us[tag])]
        )

    def believe(self, batch: SampleBatch) -> None:
        """Take samples that are judged as the present, also such that say they are older.

        A device whose clock was set back would show its last value from before until its clock has
        caught up, while its alarms are judged by what it sends now. What came here after them
        stays.
        """
        newer = batch.arrival_us > self.arrival_us[batch.tag]
        if not newer.any():
            return
        batch = take(batch, newer)
        order = np.lexsort((batch.arrival_us, batch.tag))
        last = order[np.flatnonzero(np.diff(batch.tag[order], append=-1))]
        self._put(batch, last)

    def _put(self, batch: SampleBatch, last: npt.NDArray[np.intp]) -> None:
        tag = batch.tag[last]
        self.value[tag] = batch.value[last]
        self.source_us[tag] = batch.source_us[last]
        self.arrival_us[tag] = batch.arrival_us[last]
        self.quality[tag] = batch.quality[last]
        self._touch(tag)

    def mark_stale(self, keys: tuple[str, ...], index: dict[str, int]) -> None:
        """Show these tags as stale; their last value stays beside it."""
        tag = np.array([index[key] for key in keys if key in index], np.int32)
        self.quality[tag] = Quality.STALE
        self._touch(tag)

    def _touch(self, tag: npt.NDArray[np.int32]) -> None:
        self.clock += 1
        self.version[tag] = self.clock

    def reader(self) -> "Reader":
        """Return a reader that has seen nothing yet."""
        return Reader(self)


class Reader:
    """What one desk hasn't seen yet."""

    def __init__(self, latest: Latest) -> None:
        self._latest = latest
        self._seen = 0
        self._generation = -1

    def keys_changed(self) -> bool:
        """Return, once, whether the tag table is another than before."""
        changed = self._generation != self._latest.generation
        if changed:
            self._generation = self._latest.generation
            self._seen = 0
        return changed

    def take(self) -> Frame | None:
        """Return the values that changed since the last call, None when none did."""
        latest = self._latest
        tag = np.flatnonzero(latest.version > self._seen).astype(np.int32)
        self._seen = latest.clock
        if not tag.size:
            return None
        return Frame(
            tag=tag.tobytes(),
            value=latest.value[tag].tobytes(),
            source_us=latest.source_us[tag].tobytes(),
            arrival_us=latest.arrival_us[tag].tobytes(),
            quality=latest.quality[tag].tobytes(),
        )
