"""ISA-18.2 / IEC 62682 limit alarms of all tags on a fixed grid of operation time.

The logic is pure: the same tags, samples and journal events in the same order give the same
drafts, whatever the speed. Samples are judged in (arrival slot, tag, source time) order.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from models.operation.events.alarm import (
    AlarmAnnouncedAgain,
    AlarmLatched,
    AlarmRaised,
    AlarmReturned,
    AlarmReturnedToService,
    AlarmSuppressed,
    AlarmTakenOutOfService,
    AlarmUnshelved,
    AlarmUnsuppressed,
    PlantStateSet,
    TagCameBack,
    TagWentStale,
)
from models.operation.events.base import Draft, Event, Payload
from models.operation.situation import AlarmState, Situation
from models.telemetry.alarm_conditions import Conditions
from models.telemetry.alarm_lateness import Lateness
from models.telemetry.alarm_limits import LimitTable
from models.telemetry.alarm_safety import GATEWAY, measured_unit
from models.telemetry.alarm_slots import judged, rounds
from models.telemetry.alarm_state import Keeps, KeptAlarms, KeptStateError, packed, unpacked
from models.telemetry.alarm_switches import Switches
from models.telemetry.plant_states import PlantStates
from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.samples import concat, ordered, slot_end_us, take
from models.telemetry.tags import TagTable

TAGS_SUBJECT = "tags"
LIMIT_REMOVED = "limit_removed"
DEFAULT_GRID_US = 250_000
AgainReason = Literal["unacknowledged", "acknowledgement_expired"]


class _Memory(NamedTuple):
    """What a revision hands to the next one; the times are by tag."""

    conditions: Conditions
    lateness: Lateness
    seen_us: npt.NDArray[np.int64]
    read_us: npt.NDArray[np.int64]


class AlarmLogic(Keeps):
    """Alarm states of all limits.

    Parameters
    ----------
    tags : TagTable
        The tags and their limits at one revision.
    grid_us : int
        Width of an arrival slot [µs] > 0; a slot is judged at its end.
    mine : array of bool, shape (number of tags,), optional
        The tags that this logic watches; those of another gateway are neither judged nor missed.
    hears_all : bool
        False where others may hear what isn't heard here: then the journal says what is silent.
    start_us : int, optional
        When the logic begins to listen (staleness counts from here); else the first call says.

    Attributes
    ----------
    on_present : callable
        Is told the samples that are judged; those that come late aren't (`Lateness`).

    Notes
    -----
    Per slot, in this order: holds that ran out; tags that came back; plant states that suppress
    by design, by the slot's last readings; samples of the present (a late one is no sign of life,
    raises nothing and clears nothing, see `Lateness`); delays that passed; tags gone silent;
    alarms that are announced again. Delays run in grid time. Bad, stale or missing readings keep an
    alarm: the off delay starts again with the next good one, a running on delay runs on. While
    shelved, suppressed or out of service no new occurrence is raised, but the condition is
    followed: one that stands when the hold ends is raised then. An acknowledgement that stands
    before an alarm's raising in the journal, or names another raising, doesn't concern it.
    """

    KEPT = ("_stale", "_told_silent", "_seen_us", "_read_us")

    def __init__(
        self,
        tags: TagTable,
        grid_us: int = DEFAULT_GRID_US,
        *,
        mine: npt.NDArray[np.bool_] | None = None,
        hears_all: bool = True,
        start_us: int | None = None,
    ) -> None:
        if grid_us <= 0:
            raise ValueError(f"grid_us: {grid_us} isn't positive")
        self._tags = tags
        self._grid_us = grid_us
        self._limits = LimitTable(tags)
        self._switches = Switches(self._limits)
        self._conditions = Conditions(self._limits, tags, self._switches)
        self._plant = PlantStates(((tag, limit) for _, tag, limit in self._limits.rows), tags.index)
        self._lateness = Lateness(tags)
        self.on_present: Callable[[SampleBatch], object] = lambda _: None
        m = len(tags)
        self._is_condition = np.array([key in self._plant.tag_keys for key in tags.keys], bool)
        self._foreign = np.zeros(m, bool) if mine is None else ~mine
        self._stale = self._foreign.copy()
        self._hears_all = hears_all
        self._told_silent = np.zeros(m, bool)
        self._seen_us, self._read_us = np.zeros((2, m), np.int64)
        self._waiting: list[SampleBatch] = []
        self._orphans: list[str] = []
        self._limits_back: list[str] = []
        self._out: list[Draft] = []
        self._judged_us: int | None = None
        self._rests = False
        if start_us is not None:
            self._start(start_us // grid_us * grid_us)

    def _start(self, at_us: int) -> None:
        self._judged_us = at_us
        self._seen_us[:] = self._read_us[:] = at_us

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
        self._end_holds(at_us)
        samples = self._lateness.sift(at_us, samples)
        if samples.tag.size:
            self.on_present(samples)
            self._hear(at_us, samples)
        self._suppress(at_us)
        if samples.tag.size:
            for turn in rounds(samples, self._limits.whole_tags):
                self._settle(at_us, self._conditions.weigh(at_us, turn))
        self._settle(at_us, np.flatnonzero(self._conditions.busy()))
        self._find_silent(at_us)
        for k, expired in () if self._rests else self._switches.announce_again(at_us):
            reason: AgainReason = "acknowledgement_expired" if expired else "unacknowledged"
            self._emit(at_us, self._limits.ids[k], AlarmAnnouncedAgain(reason=reason))

    def _end_holds(self, at_us: int) -> None:
        for k, is_service in self._switches.expired(at_us):
            over = AlarmReturnedToService if is_service else AlarmUnshelved
            self._emit(at_us, self._limits.ids[k], over(reason="expired"))
        for subject in self._orphans:
            self._emit(at_us, subject, AlarmTakenOutOfService(reason=LIMIT_REMOVED))
        for subject in self._limits_back:
            self._switches.serve(self._limits.index[subject])
            self._emit(at_us, subject, AlarmReturnedToService(reason="limit_back"))
        self._orphans, self._limits_back = [], []

    def _hear(self, at_us: int, samples: SampleBatch) -> None:
        heard = np.zeros(len(self._tags), bool)
        heard[samples.tag[samples.quality < Quality.STALE]] = True
        self._seen_us[heard] = at_us
        back = heard & self._stale
        self._stale[back] = False
        if back.any():
            self._conditions.come_back(at_us, back)
            if self._hears_all:
                keys = tuple(self._tags.keys[i] for i in np.flatnonzero(back))
                self._emit(at_us, TAGS_SUBJECT, TagCameBack(tag_keys=keys))
        if self._plant.tag_keys:
            self._read_plant(at_us, samples)

    def _read_plant(self, at_us: int, samples: SampleBatch) -> None:
        """Read the tags that suppress; one that only says bad for its patience tells nothing."""
        good = self._is_condition[samples.tag] & judged(samples)
        self._read_us[samples.tag[good]] = at_us
        for i, value in zip(samples.tag[good], samples.value[good], strict=True):
            self._plant.read(self._tags.keys[i], float(value))
        mute = self._is_condition & (self._seen_us - self._read_us > self._tags.patience_us)
        for i in np.flatnonzero(mute):
            self._plant.lose(self._tags.keys[i])

    def _suppress(self, at_us: int) -> None:
        """Suppress by design what plant states suppress now, and end what they don't any more."""
        if not self._plant.changed:
            return
        for k, why in self._plant.suppressing().items():
            if self._switches.suppress(k, suppressed=bool(why)):
                said: Payload = AlarmSuppressed(reason=why) if why else AlarmUnsuppressed()
                self._emit(at_us, self._limits.ids[k], said)

    def _settle(self, at_us: int, k: npt.NDArray[np.intp]) -> None:
        """Let delays that passed take effect in rows `k`; raise, latch and return alarms."""
        if not k.size:
            return
        active = self._conditions.delayed(at_us, k)
        raised, latched, returned = self._switches.announce(k, active, at_us)
        for row in np.flatnonzero(raised | latched | returned):
            if raised[row]:
                said: Payload = self._raised(at_us, k[row])
            else:
                over = AlarmLatched if latched[row] else AlarmReturned
                said = over(value=self._told(at_us, k[row]))
            self._emit(at_us, self._limits.ids[k[row]], said)

    def _raised(self, at_us: int, k: int) -> AlarmRaised:
        i, tag, limit = self._limits.rows[k]
        is_silence = bool(self._limits.silence[k])
        return AlarmRaised(
            tag_key=tag.key,
            limit=limit.kind,
            priority=limit.priority,
            value=self._told(at_us, k),
            limit_value=float(self._tags.patience_us[i] / 1e6) if is_silence else limit.value,
            unit=measured_unit(tag.unit, limit.kind),
            safety=tag.safety,
            hazard_source_key=tag.hazard_source_key,
            enterprise_key=tag.enterprise_key,
        )

    def _told(self, at_us: int, k: int) -> float:
        return self._conditions.told(k, at_us - int(self._seen_us[self._limits.tag[k]]))

    def _find_silent(self, at_us: int) -> None:
        silent = self._told_silent & ~self._stale
        self._told_silent[:] = False
        if self._hears_all and not self._rests:
            silent = ~self._stale & (at_us - self._seen_us > self._tags.patience_us)
        if not silent.any():
            return
        self._stale |= silent
        keys = tuple(self._tags.keys[i] for i in np.flatnonzero(silent))
        if self._hears_all:
            since = int(self._seen_us[silent].min())
            payload = TagWentStale(tag_keys=keys, since_us=since, cause="no_sample")
            self._emit(at_us, TAGS_SUBJECT, payload)
        self._settle(at_us, self._conditions.fall_silent(at_us, silent))
        for key in self._plant.tag_keys.intersection(keys):
            self._plant.lose(key)
        self._suppress(at_us)

    def _emit(self, at_us: int, subject: str, payload: Payload) -> None:
        self._out.append(
            Draft(payload=payload, subject=subject, actor=GATEWAY, event_time_us=at_us)
        )

    def _due(self, at_us: int) -> int:
        """Return the next slot at which something happens without a sample."""
        missed = ~self._stale & (self._hears_all and not self._rests)
        dues = [
            *self._conditions.dues_us(),
            (self._seen_us + self._tags.patience_us)[missed] + 1,
            self._lateness.dues_us(),
            np.array([self._switches.due_us(self._conditions.active, rests=self._rests)]),
        ]
        now = bool(self._orphans or self._limits_back) or self._plant.changed
        now |= bool(self._told_silent.any())
        due_us = at_us if now else min(int(d.min()) for d in dues if d.size)
        return max(-(-due_us // self._grid_us) * self._grid_us, at_us + self._grid_us)

    def apply(self, event: Event) -> None:
        """Take an event of the journal, the gateway's own included, in the order of `seq`."""
        if isinstance(event.payload, PlantStateSet):
            self._plant.say(event.subject, event.payload.state)
            return
        if isinstance(event.payload, TagWentStale | TagCameBack) and not self._hears_all:
            self._hear_of(event.payload, event.event_time_us)
            return
        k = self._limits.index.get(event.subject)
        if k is not None and not self._foreign[self._limits.tag[k]]:
            self._switches.apply(k, event)

    def _hear_of(self, payload: TagWentStale | TagCameBack, at_us: int) -> None:
        """Take what the journal says of tags that others may hear."""
        said = np.array([key in payload.tag_keys for key in self._tags.keys], bool) & ~self._foreign
        if isinstance(payload, TagWentStale):
            self._told_silent |= said
            return
        self._told_silent &= ~said
        back = said & self._stale
        self._stale[back] = False
        self._conditions.come_back(at_us, back)

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
                if any(hold.reason == LIMIT_REMOVED for hold in alarm.holds):
                    self._limits_back.append(alarm.id)
                if any(held.state == "suppressed" and held.by == GATEWAY for held in alarm.holds):
                    self._plant.look_at(k)
                stands = self._switches.restore(k, alarm, situation.seq)
                self._conditions.restore(k, stands=stands)
            elif alarm.returned_us is None and alarm.state != "out_of_service":
                self._orphans.append(alarm.id)
        self._orphans.sort()
        self._stale[:] = [key in situation.stale_tags for key in self._tags.keys]
        self._stale &= ~self._foreign
        for i in np.flatnonzero(self._stale):
            self._seen_us[i] = situation.stale_tags[self._tags.keys[i]]
        self._conditions.fall_silent(at_us, self._stale)
        for unit, said in situation.plant_states.items():
            self._plant.say(unit, said.state)
        self._stale |= self._foreign

    def rest(self) -> None:
        """Listen no more: delays run on, no tag becomes silent, no alarm sounds again."""
        self._rests = True

    def listen_again(self, at_us: int) -> None:
        """Listen from `at_us` on; what nobody could hear before isn't missed."""
        self._rests = False
        self._seen_us[~self._stale] = self._read_us[~self._stale] = at_us

    def take_from(
        self, situation: Situation, alarm_ids: Iterable[str], tag_keys: Iterable[str], at_us: int
    ) -> None:
        """Take some of our alarms and tags as a situation has them, whatever was judged before."""
        for alarm_id in alarm_ids:
            k = self._limits.index[alarm_id]
            self._switches.clear(k)
            self._plant.look_at(k)
            alarm = situation.alarms.get(alarm_id)
            stands = alarm is not None and self._switches.restore(k, alarm, situation.seq)
            self._conditions.restore(k, stands=stands)
        silent = np.zeros(len(self._tags), bool)
        for key in tag_keys:
            i = self._tags.index[key]
            self._stale[i] = silent[i] = key in situation.stale_tags
            self._seen_us[i] = self._read_us[i] = situation.stale_tags.get(key, at_us)
        self._conditions.fall_silent(at_us, silent)

    def watches(self, alarm_id: str) -> bool:
        """Return whether an alarm is one of ours."""
        k = self._limits.index.get(alarm_id)
        return k is not None and not self._foreign[self._limits.tag[k]]

    def silent(self) -> dict[str, bool]:
        """Return of each tag of ours whether it is silent."""
        keys = self._tags.keys
        return {keys[i]: bool(self._stale[i]) for i in np.flatnonzero(~self._foreign)}

    def keep(self, pending: Sequence[SampleBatch] = ()) -> KeptAlarms:
        """Return the whole memory, to be taken up by a logic of the same tags.

        It is to be asked for when all drafts are stored and their events have been applied;
        `pending` are samples that are to be judged next.
        """
        if self._judged_us is None or self._orphans or self._limits_back:
            raise KeptStateError("no slot is judged yet")
        return KeptAlarms(
            judged_us=self._judged_us,
            arrays={name: data for part in self._parts() for name, data in part.kept().items()},
            waiting=packed(concat([*self._waiting, *pending])),
            raised_ids=tuple(self._switches.raised_ids),
            readings=self._plant.known(),
            units=self._plant.said(),
            plant_changed=self._plant.changed,
        )

    def go_on(self, kept: KeptAlarms) -> None:
        """Take up what a logic of the same tags remembered; KeptStateError when it doesn't fit."""
        for part in self._parts():
            part.take_up(kept.arrays)
        if len(kept.raised_ids) != len(self._limits):
            raise KeptStateError(f"{len(kept.raised_ids)} alarms, not {len(self._limits)}")
        self._switches.raised_ids[:] = kept.raised_ids
        for key, value in kept.readings.items():
            self._plant.read(key, value)
        for unit, state in kept.units.items():
            self._plant.say(unit, state)
        self._plant.changed = kept.plant_changed
        waiting = unpacked(kept.waiting)
        self._waiting = [waiting] if waiting.tag.size else []
        self._judged_us = kept.judged_us

    def _parts(self) -> tuple[Keeps, ...]:
        conditions = self._conditions
        return self, conditions, conditions.measures, self._switches, self._lateness

    def _is_foreign(self, tag_key: str) -> bool:
        index = self._tags.index.get(tag_key)
        return index is not None and bool(self._foreign[index])

    def take_over(self, old: "AlarmLogic") -> None:
        """Take over what waits in the logic of the revision before: delays, rates, counts.

        Rows whose tag and limit are the same go on as they were, if both logics watch the tag;
        call it after `restore`. How late a tag's samples come, and what is held as late, stays
        known: else an old reading would be judged as the first of the present.
        """
        keys = {key for key in self._tags.keys if not self._is_foreign(key)}
        old.hand_to(keys, self._tags, self._limits, self._memory())
        for key, value in old.plant_readings().items():
            if key in self._plant.tag_keys:
                self._plant.read(key, value)

    def _memory(self) -> _Memory:
        return _Memory(self._conditions, self._lateness, self._seen_us, self._read_us)

    def hand_to(
        self, keys: Collection[str], tags: TagTable, limits: LimitTable, new: _Memory
    ) -> None:
        """Hand what waits here of tags to the memory of the logic that follows."""
        mine = self._limits
        stays = {key for key in keys if not self._is_foreign(key)}
        both = [
            (k, mine.index[key])
            for k, key in enumerate(limits.ids)
            if key in mine.index
            and limits.rows[k][1].key in stays
            and limits.rows[k][1:] == mine.rows[mine.index[key]][1:]
        ]
        index = self._tags.index
        places = [(i, index.get(key, -1)) for i, key in enumerate(tags.keys) if key in stays]
        k, old_k = np.array(both, np.intp).reshape(-1, 2).T
        i, old_i = np.array([pair for pair in places if pair[1] >= 0], np.intp).reshape(-1, 2).T
        new.conditions.carry(k, self._conditions, old_k, i, old_i)
        new.lateness.carry(i, self._lateness, old_i)
        new.seen_us[i], new.read_us[i] = self._seen_us[old_i], self._read_us[old_i]

    def plant_readings(self) -> dict[str, float]:
        """Return what is known of the tags that suppress."""
        return self._plant.known()

    def unjudged(self) -> SampleBatch:
        """Return the samples whose slot hasn't been judged yet; late ones are taken over."""
        return concat(self._waiting)

    def state(self, alarm_id: str) -> AlarmState:
        """Return the ISA-18.2 state of an alarm; KeyError for an unknown one."""
        return self._switches.state(self._limits.index[alarm_id])
