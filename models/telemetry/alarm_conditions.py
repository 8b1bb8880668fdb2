"""Which alarm conditions are met: limits, deadbands, delays; one reading per tag at a time."""

import numpy as np
import numpy.typing as npt

from models.telemetry.alarm_limits import Bools, Floats, Ints, LimitTable
from models.telemetry.alarm_measures import Measures
from models.telemetry.alarm_slots import judged
from models.telemetry.alarm_state import Keeps
from models.telemetry.alarm_switches import NEVER, Rows, Switches
from models.telemetry.ports import SampleBatch
from models.telemetry.tags import TagTable


class Conditions(Keeps):
    """Raw and delayed condition of each row of the limit table.

    `raw` is beyond the limit or not yet back through the deadband, `active` the same after the
    delays, which run in grid time.
    """

    KEPT = (
        "raw", "active", "over_range", "on_since", "off_since", "value", "source_us", "known",
    )  # fmt: skip

    def __init__(self, limits: LimitTable, tags: TagTable, switches: Switches) -> None:
        n, m = len(limits), len(tags)
        self._limits, self._switches = limits, switches
        self.measures = Measures(limits, tags)
        self.raw: Bools = np.zeros(n, bool)
        self.active: Bools = np.zeros(n, bool)
        self.over_range: Bools = np.zeros(n, bool)
        self.on_since: Ints = np.full(n, NEVER, np.int64)
        self.off_since: Ints = np.full(n, NEVER, np.int64)
        self.value: Floats = np.zeros(m)
        self.source_us: Ints = np.zeros(m, np.int64)
        self.known: Bools = np.zeros(m, bool)
        self._patience_us = tags.patience_us

    def busy(self) -> Bools:
        """Return which rows can change without a reading beyond their limit."""
        return np.asarray(self.raw | self.active | self._switches.announced)

    def weigh(self, at_us: int, samples: SampleBatch) -> Rows:
        """Move the raw conditions by one sample per tag; return the rows to be settled.

        A reading between all limits of a tag none of whose alarms stands or waits changes
        nothing; most are like this, so only the others' limits are looked at.
        """
        limits, good = self._limits, judged(samples)
        heard = samples.tag[good]
        self.value[heard], self.source_us[heard] = samples.value[good], samples.source_us[good]
        self.known[heard], self.known[samples.tag[~good]] = True, False
        stirs = np.zeros(self.value.size, bool)
        stirs[limits.tag[self.busy()]] = True
        stirring = stirs[samples.tag] | (good & limits.may_trip(samples.tag, samples.value))
        if not stirring.any():
            return np.empty(0, np.intp)
        fresh, dark = np.zeros((2, self.value.size), bool)
        fresh[samples.tag[good & stirring]] = True
        dark[samples.tag[~good & stirring]] = True
        self.off_since[dark[limits.tag] & ~limits.silence] = NEVER
        k = np.flatnonzero(fresh[limits.tag] & ~limits.silence)
        k, value = self._measured(k)
        self._compare(at_us, k, value)
        return k

    def _measured(self, k: Rows) -> tuple[Rows, Floats]:
        """Return those of rows `k` whose tag's reading tells something, and what it tells."""
        tag = self._limits.tag[k]
        value = self.value[tag]
        derived = self._limits.derived[k]
        if not derived.any():
            return k, value
        of = tag[derived]
        value[derived] = self.measures.take(
            k[derived], self.source_us[of], value[derived], self.value, self.known
        )
        told = ~np.isnan(value)
        self.off_since[k[~told]] = NEVER
        return k[told], value[told]

    def _compare(self, at_us: int, k: Rows, value: Floats) -> None:
        limits, high = self._limits, self._limits.high[k]
        trips = np.where(high, value >= limits.level[k], value <= limits.level[k])
        clears = np.where(high, value < limits.clear[k], value > limits.clear[k])
        clears &= (value >= limits.least[k]) & (value <= limits.most[k])
        self.over_range[k] |= value >= limits.full_scale[k]
        clears &= ~(self.over_range[k] & self._switches.unacknowledged(k))
        self._turn(at_us, k, trips | (self.raw[k] & ~clears))

    def _turn(self, at_us: int, k: Rows, raw: Bools) -> None:
        """Set the raw conditions of rows `k` and let their delays begin."""
        was = self.raw[k]
        self.raw[k] = raw
        self.on_since[k] = np.where(raw & ~was, at_us, self.on_since[k])
        starts = ~raw & self.active[k] & (self.off_since[k] == NEVER)
        self.off_since[k] = np.where(raw, NEVER, np.where(starts, at_us, self.off_since[k]))

    def delayed(self, at_us: int, k: Rows) -> Bools:
        """Let delays that passed take effect in rows `k`; return their conditions."""
        limits, raw, active = self._limits, self.raw[k], self.active[k]
        since = self.off_since[k]
        rises = raw & (at_us - self.on_since[k] >= limits.on_us[k])
        falls = ~raw & (since != NEVER) & (at_us - since >= limits.off_us[k])
        active = (active | rises) & ~falls
        self.active[k] = active
        self.off_since[k[~active]] = NEVER
        self.over_range[k[~active & ~raw]] = False
        return np.asarray(active)

    def fall_silent(self, at_us: int, silent: npt.NDArray[np.bool_]) -> Rows:
        """Take tags that went silent; return the rows that alarm on silence."""
        self.known[silent] = False
        self.off_since[silent[self._limits.tag]] = NEVER
        k = np.flatnonzero(silent[self._limits.tag] & self._limits.silence)
        self._turn(at_us, k, np.ones(k.size, bool))
        return k

    def come_back(self, at_us: int, back: npt.NDArray[np.bool_]) -> None:
        """Take tags that are heard again."""
        k = np.flatnonzero(back[self._limits.tag] & self._limits.silence)
        self._turn(at_us, k, np.zeros(k.size, bool))

    def dues_us(self) -> list[Ints]:
        """Return when delays end."""
        rising = np.flatnonzero(self.raw & ~self.active)
        falling = np.flatnonzero(self.active & ~self.raw)
        falling = falling[self.off_since[falling] != NEVER]
        return [
            self.on_since[rising] + self._limits.on_us[rising],
            self.off_since[falling] + self._limits.off_us[falling],
        ]

    def told(self, k: int, silent_us: int) -> float:
        """Return what an event of row `k` says was measured; of a silent tag, its silence [s]."""
        if self._limits.silence[k]:
            return silent_us / 1e6
        if self._limits.derived[k]:
            return float(self.measures.value[k])
        return float(self.value[self._limits.tag[k]])

    def restore(self, k: int, *, stands: bool) -> None:
        """Take up a stored state; delays begin anew."""
        self.raw[k] = self.active[k] = stands
        self.over_range[k] = False
        self.off_since[k] = NEVER

    def carry(self, k: Rows, old: "Conditions", old_k: Rows, tags: Rows, old_tags: Rows) -> None:
        """Take over what waits in another table's rows `old_k`: delays, rates, counts.

        What stands is as it was restored from the journal, which doesn't know what stands under a
        hold; `tags` are those of both tables.
        """
        self.value[tags], self.known[tags] = old.value[old_tags], old.known[old_tags]
        self.source_us[tags] = old.source_us[old_tags]
        self.measures.carry(k, old.measures, old_k)
        self.active[k] |= old.active[old_k] & self._switches.held(k)
        same = self.active[k] == old.active[old_k]
        k, old_k = k[same], old_k[same]
        self.raw[k], self.over_range[k] = old.raw[old_k], old.over_range[old_k]
        self.on_since[k], self.off_since[k] = old.on_since[old_k], old.off_since[old_k]
