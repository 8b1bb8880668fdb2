"""A killed gateway's alarms go on where they stopped, and judged again they are the same."""

import os
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.operation.events import alarm as events
from models.operation.events.base import Draft
from models.telemetry.alarm_resuming import Tail, owed, resume
from models.telemetry.alarm_safety import GATEWAY
from models.telemetry.alarm_state import KeptStateError, unpacked
from models.telemetry.alarms import AlarmLogic
from models.telemetry.rejudging import rejudged
from models.telemetry.samples import concat, make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, event, tag
from tests.unit.models.telemetry.test_alarms_oracle import _trace


class _Gateway:
    """A gateway in small: scans, stores what it says, keeps its state, is killed and comes back."""

    def __init__(self, *tags, hears_all=True):
        self.tags = TagTable(tags)
        self.hears_all = hears_all
        self.logic = AlarmLogic(self.tags, GRID, hears_all=hears_all, start_us=START)
        self.record = Record(self.logic)
        self.now, self.stored, self.given, self.said = START, [], 0, []
        self.keep()

    def keep(self):
        self.kept = self.logic.keep(), self.given, self.record.situation.seq

    def sample(self, *rows, offset=1):
        """Take (tag index, value, …) that arrive `offset` µs into the next slot."""
        at = self.now + offset
        for i, value, quality, late_ms in ((*row, 0, 0)[:4] for row in rows):
            self.stored.append(make_batch(i, at - late_ms * 1000, at, value, quality))

    def scan(self, slots=1, *, stores=True):
        self.now += slots * GRID
        fresh, self.given = concat(self.stored[self.given :]), len(self.stored)
        drafts = self.logic.judge(fresh, self.now)
        if stores:
            self._store(drafts)

    def _store(self, drafts):
        for draft in drafts:
            self.record.add(
                draft.subject,
                draft.payload,
                self.now + 4,
                actor=draft.actor,
                happened_us=draft.event_time_us,
            )
            self.said.append(draft)

    def act(self, subject, payload, caused_by=None):
        self.record.add(subject, payload, self.now + 4, caused_by)

    def killed(self, *, slots_away=0):
        """Be away so many slots from here on."""
        self.record.listeners = ()
        self.now += slots_away * GRID

    def back(self):
        kept, given, seq = self.kept
        self.logic = AlarmLogic(self.tags, GRID, hears_all=self.hears_all, start_us=START)
        tail = Tail(concat(self.stored[given:]), self.record.events[seq:], self.record.situation)
        drafts, differing = resume(self.logic, kept, tail, self.now + 3, GRID)
        self.given = len(self.stored)
        self.record.listeners = (self.logic,)
        self._store(drafts)
        return drafts, differing

    def told(self):
        """Return (seconds since the start, kind, subject) of what was stored."""
        return [
            ((draft.event_time_us - START) / SECOND, draft.payload.KIND, draft.subject)
            for draft in self.said
            if not isinstance(draft.payload, events.JudgingResumed)
        ]

    def again(self):
        return rejudged(
            self.tags, concat(self.stored), self.record.events, start_us=START, end_us=self.now,
            grid_us=GRID,
        )  # fmt: skip


def _courses(drafts):
    """Return by alarm or tag what was said when."""
    courses = defaultdict(list)
    for draft in drafts:
        payload = draft.payload
        if isinstance(payload, events.TagWentStale | events.TagCameBack):
            for key in payload.tag_keys:
                courses["tag", key].append((draft.event_time_us, payload.KIND))
        elif not isinstance(payload, events.JudgingResumed):
            courses[draft.subject].append((draft.event_time_us, payload))
    return {
        subject: sorted(course, key=lambda each: each[0]) for subject, course in courses.items()
    }


SLOW = {"on_delay_s": 3.0, "off_delay_s": 4.0, "deadband": 5.0}


def _fed(gateway, value, slots):
    for _ in range(slots):
        gateway.sample((0, value))
        gateway.scan()


@pytest.mark.parametrize("slots_away", [1, 5, 40])
def test_that_an_on_delay_that_spans_a_kill_ends_when_it_would_have(slots_away):
    gateway = _Gateway(tag("T", ("H", 50.0, SLOW)))
    _fed(gateway, 10.0, 2)
    gateway.keep()
    _fed(gateway, 60.0, 4)  # beyond from 0.75 s on
    gateway.killed(slots_away=slots_away)
    gateway.back()
    _fed(gateway, 60.0, 20)
    assert gateway.told() == [(3.75, "alarm.raised", "T/H")]
    assert _courses(gateway.again()) == _courses(gateway.said)


@pytest.mark.parametrize("slots_away", [1, 5, 40])
def test_that_an_off_delay_that_spans_a_kill_ends_when_it_would_have(slots_away):
    gateway = _Gateway(tag("T", ("H", 50.0, SLOW)))
    _fed(gateway, 60.0, 14)  # raised at 3.25 s
    gateway.keep()
    _fed(gateway, 10.0, 4)  # back from 3.75 s on
    gateway.killed(slots_away=slots_away)
    gateway.back()
    _fed(gateway, 10.0, 20)
    assert gateway.told() == [(3.25, "alarm.raised", "T/H"), (7.75, "alarm.returned", "T/H")]
    assert _courses(gateway.again()) == _courses(gateway.said)


def test_that_what_was_judged_and_not_stored_is_stored_once():
    gateway = _Gateway(tag("T", ("H", 50.0)))
    gateway.keep()
    gateway.sample((0, 60.0))
    gateway.scan(stores=False)
    gateway.killed(slots_away=8)
    drafts, _ = gateway.back()
    assert [draft.payload.KIND for draft in drafts] == ["alarm.raised", "alarms.judging_resumed"]
    assert drafts[0].event_time_us == START + GRID
    assert drafts[1].payload.since_us == START + GRID
    assert drafts[1].event_time_us == START + 9 * GRID
    gateway.killed()  # again before another state was kept
    drafts, _ = gateway.back()
    assert [draft.payload.KIND for draft in drafts] == ["alarms.judging_resumed"]


def test_that_nothing_is_missed_or_sounds_again_while_nobody_listens():
    row = tag("T", ("H", 50.0, {"realarm_s": 2.0}), ("STALE", 0.0), period_s=1.0)
    gateway = _Gateway(row)
    _fed(gateway, 60.0, 2)
    gateway.keep()
    gateway.killed(slots_away=240)
    gateway.back()
    gateway.scan(1)
    gateway.scan(30)
    assert gateway.told() == [
        (0.25, "alarm.raised", "T/H"),
        (60.75, "alarm.announced_again", "T/H"),
        (62.75, "alarm.announced_again", "T/H"),
        (64.75, "alarm.announced_again", "T/H"),
        (65.75, "tag.went_stale", "tags"),
        (65.75, "alarm.raised", "T/STALE"),
        (66.75, "alarm.announced_again", "T/H"),
    ]
    assert _courses(gateway.again()) == _courses(gateway.said)


def test_that_an_alarm_of_another_course_is_taken_as_the_journal_has_it():
    gateway = _Gateway(tag("A", ("H", 50.0)), tag("B", ("H", 50.0, SLOW)))
    gateway.sample((0, 60.0), (1, 60.0))
    gateway.scan(stores=False)
    gateway.record.add("A/H", events.AlarmReturned(value=1.0), gateway.now + 1, actor=GATEWAY)
    gateway.killed(slots_away=2)
    drafts, differing = gateway.back()
    assert differing == 1
    assert [draft.payload.KIND for draft in drafts] == ["alarms.judging_resumed"]
    gateway.scan(20)
    assert [row[2] for row in gateway.told()] == ["B/H"]
    assert gateway.logic.state("A/H") == "normal"


def test_that_a_tag_that_others_called_silent_comes_back():
    gateway = _Gateway(tag("T"), tag("U"))
    gateway.sample((0, 1.0), (1, 1.0))
    gateway.scan()
    gateway.keep()
    gateway.killed()
    dead = events.TagWentStale(tag_keys=("T", "gone"), since_us=gateway.now, cause="gateway_dead")
    gateway.record.add("tags", dead, gateway.now + 2, actor=GATEWAY)
    gateway.killed(slots_away=4)
    gateway.back()
    gateway.sample((0, 1.0), (1, 1.0))
    gateway.scan()
    assert gateway.told() == [(1.5, "tag.came_back", "tags")]
    assert gateway.said[-1].payload.tag_keys == ("T",)


def test_that_tags_of_which_only_some_were_told_are_told():
    gateway = _Gateway(tag("T"), tag("U"))
    gateway.scan(21, stores=False)
    told = events.TagWentStale(tag_keys=("U",), since_us=START, cause="no_sample")
    gateway.record.add("tags", told, gateway.now + 1, actor=GATEWAY)
    gateway.killed()
    drafts, _ = gateway.back()
    assert [getattr(draft.payload, "tag_keys", None) for draft in drafts] == [("T",), None]


def test_that_nothing_is_owed_of_an_alarm_of_another_course():
    raised = events.AlarmRaised(
        tag_key="A", limit="H", priority=1, value=1.0, limit_value=1.0, unit=""
    )
    drafts = [
        Draft(payload=payload, subject="A/H", actor=GATEWAY, event_time_us=START)
        for payload in (raised, events.AlarmReturned(value=1.0), raised)
    ]
    told = [event(1, "A/H", events.AlarmReturned(value=1.0), actor=GATEWAY)]
    assert owed(drafts, told) == ([], {"A/H"}, set())
    told = [event(1, "A/H", raised), event(2, "A/H", events.AlarmReset())]
    assert owed(drafts, told) == (drafts[1:], set(), set())


def test_that_a_state_of_other_tags_or_another_time_is_refused():
    gateway = _Gateway(tag("T", ("H", 50.0)))
    kept = gateway.logic.keep()
    tail = Tail(make_batch([], 0, 0, 0.0), (), gateway.record.situation)
    other = AlarmLogic(TagTable([tag("T", ("H", 50.0)), tag("U")]), GRID)
    with pytest.raises(KeptStateError, match="bytes"):
        resume(other, kept, tail, START, GRID)
    fewer = AlarmLogic(gateway.tags, GRID)
    short = type(kept)(
        judged_us=START, arrays=kept.arrays, waiting=kept.waiting, raised_ids=(), readings={},
        units={}, plant_changed=False,
    )  # fmt: skip
    with pytest.raises(KeptStateError, match="0 alarms"):
        resume(fewer, short, tail, START, GRID)
    with pytest.raises(KeptStateError, match="after the clock"):
        resume(AlarmLogic(gateway.tags, GRID), kept, tail, START - 60 * SECOND, GRID)
    with pytest.raises(KeptStateError, match="no slot"):
        AlarmLogic(gateway.tags, GRID).keep()
    with pytest.raises(KeptStateError, match="samples"):
        unpacked([b"123"])
    with pytest.raises(KeptStateError, match="lengths"):
        unpacked([b"1234", b"", b"", b"", b""])


_restarts = st.lists(
    st.tuples(
        st.integers(0, 40),  # before which step it is killed
        st.sampled_from([0, 1, 4, 23, 60]),  # slots away
        st.booleans(),  # what the last scan said is lost
    ),
    max_size=3,
)


@settings(max_examples=int(os.environ.get("MUSTER_ALARM_TRACES", "300")), deadline=None)
@given(_trace(), _restarts, st.lists(st.booleans(), min_size=7, max_size=7), st.booleans())
def test_that_any_day_with_restarts_is_the_same_when_judged_again(trace, restarts, flips, late):
    tags, steps = trace
    gateway = _Gateway(*tags)
    kills = {step: (away, lost) for step, away, lost in restarts}
    for number, (what, first, second) in enumerate(steps):
        if flips[number % 7]:
            gateway.keep()
        if number in kills:
            away, lost = kills[number]
            if lost:
                gateway.scan(stores=False)
            gateway.killed(slots_away=away // 2)
            if late:
                gateway.act("U", events.PlantStateSet(state="shutdown" if lost else ""))
            gateway.killed(slots_away=away - away // 2)
            gateway.back()
        if what == "samples":
            gateway.sample(*first, offset=second)
            gateway.scan()
        elif what == "gap":
            gateway.scan(first)
        else:
            payload, _, old = second
            if isinstance(payload, int):
                payload = events.AlarmShelved(reason="r", until_us=gateway.now + payload)
            subject = "U" if isinstance(payload, events.PlantStateSet) else first
            gateway.act(subject, payload, "another" if old else None)
    gateway.scan(40)
    assert _courses(gateway.again()) == _courses(gateway.said)
