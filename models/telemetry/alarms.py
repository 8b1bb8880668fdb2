"""ISA-18.2 / IEC 62682 limit alarms of all tags on a fixed grid of operation time.

The logic is pure: the same tags, samples and journal events in the same order give the same
drafts, whatever the speed. Samples are judged in (arrival slot, tag, source time) order.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from models.operation.events.alarm import (
    AlarmRaised,
    AlarmReturned,
    AlarmTakenOutOfService,
    AlarmUnshelved,
    TagCameBack,
    TagWentStale,
)
from models.operation.events.base import Draft, Event, Payload
from models.operation.situation import AlarmState, Situation
from models.telemetry.alarm_lateness import Lateness
from models.telemetry.alarm_limits import LimitTable
from models.telemetry.alarm_slots import judged, rounds
from models.telemetry.alarm_switches import NEVER, Switches
from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.samples import concat, ordered, slot_end_us, take
from models.telemetry.tags import TagTable

ACTOR = "gateway"
TAGS_SUBJECT = "tags"
DEFAULT_GRID_US = 250_000


class AlarmLogic:
    """Alarm states of all limits.

    Parameters
    ----------
    tags : TagTable
        The tags and their limits at one revision.
    grid_us : int
        Width of an arrival slot [µs] > 0; a slot is judged at its end.
    mine : array of bool, shape (number of tags,), optional
        The tags that this logic watches; those of another gateway are neither judged nor missed.
    start_us : int, optional
        When the logic begins to listen (staleness counts from here); else the first call says.

    Attributes
    ----------
    on_present : callable
        Is told the samples that are judged; those that come late aren't (`Lateness`).

    Notes
    -----
    Per slot, in this order: shelves that ran out; tags that came back; samples of the present (a
    late one is no sign of life, raises nothing and clears nothing, see `Lateness`); delays that
    passed; tags gone silent. Delays run in grid time. Bad, stale or missing readings keep an
    alarm: the off delay starts again with the next good one, a running on delay runs on. While
    shelved, suppressed or out of service no new occurrence is raised, but the condition is
    followed: one that stands when the hold ends is raised then. An acknowledgement that stands
    before an alarm's raising in the journal, or names another raising, doesn't concern it.
    """

    def __init__(
        self,
        tags: TagTable,
        grid_us: int = DEFAULT_GRID_US,
        *,
        mine: npt.NDArray[np.bool_] | None = None,
        start_us: int | None = None,
    ) -> None:
        if grid_us <= 0:
            raise ValueError(f"grid_us: {grid_us} isn't positive")
        self._tags = tags
        self._grid_us = grid_us
        self._limits = LimitTable(tags)
        self._switches = Switches(self._limits)
        self._lateness = Lateness(tags)
        self.on_present: Callable[[SampleBatch], object] = lambda _: None
        n, m = len(self._limits), len(tags)
        self._raw = np.zeros(n, bool)  # beyond the limit or not yet back through the deadband
        self._active = np.zeros(n, bool)  # the same after the delays
        self._over_range = np.zeros(n, bool)
        self._on_since = np.full(n, NEVER, np.int64)
        self._off_since = np.full(n, NEVER, np.int64)
        self._value = np.zeros(m)
        self._foreign = np.zeros(m, bool) if mine is None else ~mine
        self._stale = self._foreign.copy()
        self._seen_us = np.zeros(m, np.int64)
        self._waiting: list[SampleBatch] = []
        self._orphans: list[str] = []
        self._out: list[Draft] = []
        self._judged_us: int | None = None
        if start_us is not None:
            self._start(start_us // grid_us * grid_us)

    def _start(self, at_us: int) -> None:
        self._judged_us = at_us
        self._seen_us[:] = at_us

    def judge(self, batch: SampleBatch, upto_us: int) -> Sequence[Draft]:
        """Take samples, judge all slots that end at or before `upto_us`, return the drafts.

        Samples of later slots wait for a later call; a sample of a slot that is already judged
        goes into the next one.
        """
        end_us = upto_us // self._grid_us * self._grid_us
        if batch.tag.size:
            self._waiting.append(batch)
        if self._judged_us is None:
            first = min((int(b.arrival_us.min()) for b in self._waiting), default=end_us)
            self._start(min(-(-first // self._grid_us) * self._grid_us, end_us) - self._grid_us)
        assert self._judged_us is not None
        if end_us > self._judged_us:
            self._judge_slots(self._judged_us, end_us)
            self._judged_us = end_us
        out, self._out = self._out, []
        return out

    def _judge_slots(self, at_us: int, end_us: int) -> None:
        samples = ordered(concat(self._waiting), self._grid_us)
        slot, first_us = slot_end_us(samples.arrival_us, self._grid_us), at_us + self._grid_us
        late = slot < first_us
        if late.any():  # late ones join the first slot: sort that slot as one
            slot = np.maximum(slot, first_us)
            stop = int(np.searchsorted(slot, first_us, side="right"))
            order = np.lexsort((samples.source_us[:stop], samples.tag[:stop]))
            samples = take(samples, np.concatenate([order, np.arange(stop, slot.size)]))
        position = 0
        while True:
            next_us = int(slot[position]) if position < slot.size else end_us + 1
            at_us = min(next_us, self._due(at_us))
            if at_us > end_us:
                break
            stop = int(np.searchsorted(slot, at_us, side="right"))
            self._judge_slot(at_us, take(samples, slice(position, stop)))
            position = stop
        rest = take(samples, slice(position, slot.size))
        self._waiting = [rest] if rest.tag.size else []

    def _judge_slot(self, at_us: int, samples: SampleBatch) -> None:
        for k in self._switches.expired(at_us):
            self._emit(at_us, self._limits.ids[k], AlarmUnshelved(reason="expired"))
        for subject in self._orphans:
            self._emit(at_us, subject, AlarmTakenOutOfService(reason="limit_removed"))
        self._orphans = []
        samples = self._lateness.sift(at_us, samples)
        if samples.tag.size:
            self.on_present(samples)
            self._hear(at_us, samples)
            for turn in rounds(samples):
                self._weigh(at_us, turn)
        self._settle(at_us, np.flatnonzero(self._busy()))
        self._find_silent(at_us)

    def _hear(self, at_us: int, samples: SampleBatch) -> None:
        heard = np.zeros(len(self._tags), bool)
        heard[samples.tag[samples.quality < Quality.STALE]] = True
        self._seen_us[heard] = at_us
        back = heard & self._stale
        self._stale[back] = False
        if back.any():
            keys = tuple(self._tags.keys[i] for i in np.flatnonzero(back))
            self._emit(at_us, TAGS_SUBJECT, TagCameBack(tag_keys=keys))

    def _weigh(self, at_us: int, samples: SampleBatch) -> None:
        """Move the raw conditions by one sample per tag, then settle them.

        A reading between all limits of a tag none of whose alarms stands or waits changes
        nothing; most are like this, so only the others' limits are looked at.
        """
        limits, good = self._limits, judged(samples)
        self._value[samples.tag[good]] = samples.value[good]
        stirs = np.zeros(len(self._tags), bool)
        stirs[limits.tag[self._busy()]] = True
        stirring = stirs[samples.tag] | (good & limits.may_trip(samples.tag, samples.value))
        if not stirring.any():
            return
        fresh, dark = np.zeros((2, len(self._tags)), bool)
        fresh[samples.tag[good & stirring]] = True
        dark[samples.tag[~good & stirring]] = True
        self._off_since[dark[limits.tag]] = NEVER
        k = np.flatnonzero(fresh[limits.tag])
        value, high = self._value[limits.tag[k]], limits.high[k]
        trips = np.where(high, value >= limits.level[k], value <= limits.level[k])
        clears = np.where(high, value < limits.clear[k], value > limits.clear[k])
        clears &= (value >= limits.least[k]) & (value <= limits.most[k])
        self._over_range[k] |= value >= limits.full_scale[k]
        clears &= ~(self._over_range[k] & self._switches.unacknowledged(k))
        was = self._raw[k]
        raw = trips | (was & ~clears)
        self._raw[k] = raw
        self._on_since[k] = np.where(raw & ~was, at_us, self._on_since[k])
        starts = ~raw & self._active[k] & (self._off_since[k] == NEVER)
        self._off_since[k] = np.where(raw, NEVER, np.where(starts, at_us, self._off_since[k]))
        self._settle(at_us, k)

    def _busy(self) -> npt.NDArray[np.bool_]:
        """Return which rows can change without a reading beyond their limit."""
        return self._raw | self._active | self._switches.announced

    def _settle(self, at_us: int, k: npt.NDArray[np.intp]) -> None:
        """Let delays that passed take effect in rows `k`; raise and return alarms."""
        limits, raw, active = self._limits, self._raw[k], self._active[k]
        since = self._off_since[k]
        rises = raw & (at_us - self._on_since[k] >= limits.on_us[k])
        falls = ~raw & (since != NEVER) & (at_us - since >= limits.off_us[k])
        active = (active | rises) & ~falls
        self._active[k] = active
        self._off_since[k[~active]] = NEVER
        self._over_range[k[~active & ~raw]] = False
        raised, returned = self._switches.announce(k, active)
        for row in np.flatnonzero(raised | returned):
            payload = self._raised(k[row]) if raised[row] else self._returned(k[row])
            self._emit(at_us, limits.ids[k[row]], payload)

    def _raised(self, k: int) -> AlarmRaised:
        i, tag, limit = self._limits.rows[k]
        return AlarmRaised(
            tag_key=tag.key,
            limit=limit.kind,
            priority=limit.priority,
            value=float(self._value[i]),
            limit_value=limit.value,
            unit=tag.unit,
            safety=tag.safety,
            hazard_source_key=tag.hazard_source_key,
            enterprise_key=tag.enterprise_key,
        )

    def _returned(self, k: int) -> AlarmReturned:
        return AlarmReturned(value=float(self._value[self._limits.rows[k][0]]))

    def _find_silent(self, at_us: int) -> None:
        silent = ~self._stale & (at_us - self._seen_us > self._tags.patience_us)
        if silent.any():
            self._stale |= silent
            self._off_since[silent[self._limits.tag]] = NEVER
            keys = tuple(self._tags.keys[i] for i in np.flatnonzero(silent))
            since = int(self._seen_us[silent].min())
            payload = TagWentStale(tag_keys=keys, since_us=since, cause="no_sample")
            self._emit(at_us, TAGS_SUBJECT, payload)

    def _emit(self, at_us: int, subject: str, payload: Payload) -> None:
        self._out.append(Draft(payload=payload, subject=subject, actor=ACTOR, event_time_us=at_us))

    def _due(self, at_us: int) -> int:
        """Return the next slot at which something happens without a sample."""
        limits = self._limits
        rising = np.flatnonzero(self._raw & ~self._active)
        falling = np.flatnonzero(self._active & ~self._raw)
        falling = falling[self._off_since[falling] != NEVER]
        loud = ~self._stale
        dues = [
            self._on_since[rising] + limits.on_us[rising],
            self._off_since[falling] + limits.off_us[falling],
            (self._seen_us + self._tags.patience_us)[loud] + 1,
            self._lateness.dues_us(),
            np.array([self._switches.due_us(self._active)]),
        ]
        due_us = at_us if self._orphans else min(int(d.min()) for d in dues if d.size)
        return max(-(-due_us // self._grid_us) * self._grid_us, at_us + self._grid_us)

    def apply(self, event: Event) -> None:
        """Take an event of the journal, the gateway's own included, in the order of `seq`."""
        k = self._limits.index.get(event.subject)
        if k is not None and not self._foreign[self._limits.tag[k]]:
            self._switches.apply(k, event)

    def restore(self, situation: Situation, at_us: int) -> None:
        """Take up the states of a situation after a restart, listening from `at_us` on.

        Standing alarms stand and don't rise twice; a tag that is stale stays so until it is
        heard. Alarms whose limit is gone are taken out of service with the next slot.
        """
        self._start(at_us // self._grid_us * self._grid_us)
        for alarm in situation.alarms.values():
            if self._is_foreign(alarm.tag_key):
                continue
            k = self._limits.index.get(alarm.id)
            if k is not None:
                stands = self._switches.restore(k, alarm, situation.seq)
                self._raw[k] = self._active[k] = stands
            elif alarm.returned_us is None and alarm.state != "out_of_service":
                self._orphans.append(alarm.id)
        self._orphans.sort()
        self._stale[:] = [key in situation.stale_tags for key in self._tags.keys]
        self._stale |= self._foreign

    def _is_foreign(self, tag_key: str) -> bool:
        index = self._tags.index.get(tag_key)
        return index is not None and bool(self._foreign[index])

    def unjudged(self) -> SampleBatch:
        """Return the samples whose slot hasn't been judged yet, and late ones that may be."""
        return concat([self._lateness.held(), *self._waiting])

    def state(self, alarm_id: str) -> AlarmState:
        """Return the ISA-18.2 state of an alarm; KeyError for an unknown one."""
        return self._switches.state(self._limits.index[alarm_id])
