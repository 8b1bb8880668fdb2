"""A backlog is history: it raises nothing now and clears nothing, and nobody stays unheard."""

import pytest

from models.telemetry.alarms import AlarmLogic
from models.telemetry.samples import concat, make_batch
from models.telemetry.tags import TagTable, translated
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, kinds, tag

RAISED, RETURNED = ("alarm.raised", "T/H"), ("alarm.returned", "T/H")
STALE, BACK = ("tag.went_stale", "tags"), ("tag.came_back", "tags")


class _Device:
    """Feeds one tag's samples, slot after slot."""

    def __init__(self, **fields):
        self.tags = TagTable([tag("T", ("H", 50.0), **fields)])
        self.logic = AlarmLogic(self.tags, GRID, start_us=START)
        self.record = Record()
        self.told = []
        self.judged = []
        self.logic.on_present = lambda batch: self.judged.extend(batch.value.tolist())

    def say(self, at_s, *values):
        """Let (age [s], value) arrive at a second."""
        at_us = START + round(at_s * SECOND)
        place = self.tags.index["T"]
        batch = concat(
            [make_batch(place, at_us - round(age * SECOND), at_us, v) for age, v in values]
        )
        self._take(self.logic.judge(batch, at_us + GRID))

    def wait(self, until_s):
        self._take(self.logic.judge(concat([]), START + round(until_s * SECOND)))

    def _take(self, drafts):
        self.record.store(drafts)
        self.told += kinds(drafts)

    def revise(self, at_s):
        """Go on by another revision, as the gateway does."""
        old, more = self.logic, TagTable([tag("A", period_s=1e6), *self.tags.tags])
        self.logic, at_us = AlarmLogic(more, GRID), START + round(at_s * SECOND)
        self.logic.restore(self.record.situation, at_us)
        self.logic.take_over(old)
        self.logic.on_present = old.on_present
        left = translated(old.unjudged(), self.tags, more)
        self.tags = more
        self._take(self.logic.judge(left, at_us))

    def live(self, first_s, last_s, value, behind=0.0):
        for second in range(first_s, last_s):
            self.say(second, (behind, value))


def test_that_a_backlog_raises_nothing_and_is_no_sign_of_life():
    device = _Device()
    device.live(1, 3, 20.0)
    device.wait(600)
    assert device.told == [STALE]
    for part in range(10):  # a minute of backlog each 0.2 s, the fifth one beyond the limit
        age = 590 - part * 55
        device.say(601 + part / 5, (age, 90.0 if part == 5 else 20.0))
    assert device.told == [STALE]
    device.live(604, 606, 20.0)
    assert device.told == [STALE, BACK]
    assert device.judged == [20.0] * 4


def test_that_a_sample_out_of_order_neither_clears_nor_raises():
    device = _Device()
    device.say(1, (0.1, 90.0))
    device.say(2, (1.5, 20.0))
    device.wait(4)
    assert device.told == [RAISED]
    device.say(4, (0.0, 20.0))
    device.say(4.5, (1.0, 90.0))
    assert device.told == [RAISED, RETURNED]


def test_that_what_came_through_a_short_outage_is_judged():
    device = _Device(period_s=1.0)
    device.say(50, (49.0, 20.0), (30.0, 90.0), (1.0, 20.0))
    assert device.told == [STALE, BACK, RAISED, RETURNED]


@pytest.mark.parametrize("behind", [90.0, 3600.0])
def test_that_a_device_whose_clock_is_behind_is_judged_after_five_seconds_and_then_at_once(behind):
    device = _Device()
    device.live(1, 9, 20.0, behind)
    assert device.told == [STALE, BACK]
    device.say(9, (behind, 90.0))
    assert device.told[-1] == RAISED


@pytest.mark.parametrize("back_s", [30.0, 3600.0])
def test_that_a_clock_that_is_set_back_blinds_for_five_seconds(back_s):
    device = _Device(period_s=1.0)
    device.live(1, 10, 20.0)
    device.live(10, 15, 90.0, back_s)
    assert RAISED not in device.told
    device.live(15, 17, 90.0, back_s)
    assert device.told[-1] == RAISED


def test_that_an_old_value_after_which_nothing_came_is_the_best_that_is_known():
    device = _Device(period_s=1000.0)
    device.say(1, (0.0, 20.0))
    device.say(8000, (7000.0, 90.0))  # as a birth says it: changed long ago, and still so
    device.wait(8004.9)
    assert device.told == [STALE]
    device.wait(8006)
    assert device.told == [STALE, BACK, RAISED]


def test_that_a_backlog_which_catches_up_slowly_is_waited_for():
    device = _Device(period_s=1.0)
    device.live(1, 3, 20.0)
    for second in range(20):  # ten seconds of backlog in each
        device.say(600 + second, (500.0 - 9 * second, 90.0))
    assert RAISED not in device.told
    device.live(620, 622, 20.0)
    assert device.told == [STALE, BACK]


def test_that_a_straggler_alone_is_never_taken_for_the_present():
    device = _Device(period_s=60.0)
    device.say(1, (0.0, 20.0))
    device.say(2, (10.0, 90.0))
    device.say(2.5, (20.0, 95.0))
    device.wait(100)
    assert device.told == []
    device.revise(101)
    device.wait(150)
    assert device.told == []


def test_that_a_straggler_clears_nothing_at_a_new_revision():
    device = _Device(period_s=60.0)
    device.say(1, (0.0, 90.0))
    device.say(3, (2.5, 20.0))
    device.revise(4)
    device.wait(20)
    assert device.told == [RAISED]
    device.say(21, (20.5, 20.0))
    assert device.told == [RAISED]


def test_that_a_new_revision_knows_how_far_a_device_s_clock_is_behind():
    device = _Device(period_s=1.0)
    device.live(1, 20, 20.0, 600.0)
    device.told.clear()
    device.revise(20)
    device.live(21, 30, 20.0, 600.0)
    device.live(30, 31, 90.0, 600.0)
    assert [told for told in device.told if told[1] == "T/H" or told[0] == STALE[0]] == [RAISED]


def test_that_a_source_time_ahead_of_ours_counts_as_the_arrival():
    device = _Device()
    device.say(1, (-500.0, 20.0))
    device.say(2, (0.0, 90.0))
    assert device.told == [RAISED]
