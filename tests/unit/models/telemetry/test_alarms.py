"""The alarm logic, one behaviour at a time."""

import numpy as np
import pytest

from models.operation.events import alarm as events
from models.operation.events.card import CardJoined
from models.telemetry.alarms import AlarmLogic
from models.telemetry.ports import Quality
from models.telemetry.samples import cleaned, empty_batch, make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, event, kinds, tag

HOUR = 3600 * SECOND


class Bench:
    """One logic, one record, a clock in slots."""

    def __init__(self, *tags, hears_all=True):
        self.tags = TagTable(tags)
        self.logic = AlarmLogic(self.tags, GRID, hears_all=hears_all, start_us=START)
        self.record = Record(self.logic)
        self.now = START

    def feed(self, value, key="T", quality=Quality.GOOD, slots=1):
        """Give one value, let `slots` slots pass, store what came of it."""
        batch = make_batch(self.tags.index[key], self.now, self.now + 1, value, quality)
        return self._judge(batch, slots)

    def wait(self, slots):
        return self._judge(empty_batch(), slots)

    def _judge(self, batch, slots):
        self.now += slots * GRID
        drafts = self.logic.judge(batch, self.now)
        self.record.store(drafts)
        return kinds(drafts)

    def state(self, key="T/H"):
        folded = self.record.situation.alarms.get(key)
        assert (folded.state if folded else "normal") == self.logic.state(key)
        return self.logic.state(key)


RAISED, RETURNED = [("alarm.raised", "T/H")], [("alarm.returned", "T/H")]


def test_that_a_value_at_the_limit_raises_and_below_the_deadband_returns():
    bench = Bench(tag("T", ("H", 50.0, {"deadband": 5.0})))
    assert bench.feed(49.9) == []
    assert bench.feed(50.0) == RAISED
    assert bench.feed(45.0) == []
    assert bench.feed(44.9) == RETURNED
    assert bench.state() == "returned_unacknowledged"


def test_that_a_short_excursion_between_two_slots_is_not_missed():
    bench = Bench(tag("T", ("H", 50.0)))
    batch = make_batch([0, 0, 0], START + np.array([1, 2, 3]), START + 1, [1.0, 60.0, 1.0])
    assert kinds(bench.logic.judge(batch, START + GRID)) == RAISED + RETURNED


def test_that_an_excursion_among_thousands_of_samples_is_not_missed():
    bench = Bench(tag("T", ("H", 50.0)))
    values = np.ones(5000)
    values[2500] = 60.0
    batch = make_batch(np.zeros(5000), START + np.arange(5000), START + 1, values)
    assert kinds(bench.logic.judge(batch, START + GRID)) == RAISED + RETURNED


def test_that_the_on_delay_runs_in_grid_time_and_on_through_bad_readings():
    bench = Bench(tag("T", ("H", 50.0, {"on_delay_s": 1.0})))
    assert bench.feed(60.0) == []
    assert bench.feed(60.0, quality=Quality.BAD, slots=3) == []
    assert bench.wait(1) == RAISED


def test_that_bad_quality_is_never_judged_as_clear():
    bench = Bench(tag("T", ("H", 50.0, {"off_delay_s": 1.0})))
    assert bench.feed(60.0) == RAISED
    for value, quality in ((0.0, Quality.BAD), (0.0, Quality.STALE), (np.nan, Quality.GOOD)):
        assert bench.feed(value, quality=quality, slots=8) == []
    assert bench.feed(0.0) == []
    assert bench.feed(0.0, quality=Quality.BAD, slots=8) == []
    assert bench.feed(0.0, slots=2) == []
    assert bench.wait(4) == RETURNED


def test_that_infinite_values_and_float32_overflow_are_bad_quality():
    table = TagTable([tag("A"), tag("B", wide=True)])
    batch = cleaned(make_batch([0, 0, 1, 1], 0, 0, [np.inf, 1e300, 1e300, np.nan]), table.wide)
    assert batch.quality.tolist() == [2, 2, 0, 2]
    assert cleaned(make_batch(0, 0, 0, 1.0, 99), table.wide).quality.tolist() == [2]


def test_that_an_acknowledgement_does_not_silence_the_next_occurrence():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.feed(60.0)
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    assert bench.state() == "acknowledged"
    assert bench.feed(40.0) == RETURNED
    assert bench.state() == "normal"
    assert bench.feed(60.0) == RAISED
    assert bench.state() == "unacknowledged"


def test_that_an_acknowledgement_stored_before_the_raising_leaves_it_alone():
    bench = Bench(tag("T", ("H", 50.0)))
    drafts = bench.logic.judge(make_batch(0, START, START + 1, 60.0), START + GRID)
    bench.record.add("T/H", events.AlarmAcknowledged(), START + GRID)
    bench.record.store(drafts)
    assert bench.state() == "unacknowledged"


def test_that_an_acknowledgement_of_another_occurrence_is_ignored():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.feed(60.0)
    first = bench.record.events[-1].id
    bench.feed(40.0)
    bench.feed(60.0)
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now, caused_by=first)
    assert bench.state() == "unacknowledged"
    bench.record.add(
        "T/H", events.AlarmAcknowledged(), bench.now, caused_by=bench.record.events[2].id
    )
    assert bench.state() == "acknowledged"


def test_that_a_shelved_alarm_stays_silent_and_rises_when_the_shelf_ends():
    bench = Bench(tag("T", ("H", 50.0, {"on_delay_s": 0.5})))
    shelved = events.AlarmShelved(reason="work", until_us=START + 2 * SECOND)
    bench.record.add("T/H", shelved)
    assert bench.feed(60.0, slots=7) == []
    assert bench.state() == "shelved"
    assert bench.wait(1) == [("alarm.unshelved", "T/H"), *RAISED]


def test_that_unshelving_by_hand_lets_a_standing_condition_rise_at_the_next_slot():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.record.add("T/H", events.AlarmShelved(reason="w", until_us=START + HOUR))
    assert bench.feed(60.0) == []
    bench.record.add("T/H", events.AlarmUnshelved(reason="done"), bench.now)
    assert bench.wait(1) == RAISED


def test_that_a_return_is_told_under_a_shelf():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.feed(60.0)
    bench.record.add("T/H", events.AlarmShelved(reason="w", until_us=START + HOUR), bench.now)
    assert bench.feed(10.0) == RETURNED
    assert bench.feed(60.0) == []
    assert bench.state() == "shelved"


def test_that_a_protected_alarm_is_off_the_shelf_after_an_hour_at_most():
    bench = Bench(tag("T", ("HH", 50.0), safety="toxic", period_s=HOUR))
    bench.record.add("T/HH", events.AlarmShelved(reason="w", until_us=START + 8 * HOUR))
    assert bench.wait(HOUR // GRID - 1) == []
    assert bench.wait(1) == [("alarm.unshelved", "T/HH")]


@pytest.mark.parametrize(
    ("hold", "release", "state"),
    [
        (events.AlarmSuppressed(reason="s"), events.AlarmUnsuppressed(), "suppressed"),
        (
            events.AlarmTakenOutOfService(reason="s"),
            events.AlarmReturnedToService(),
            "out_of_service",
        ),
    ],
)
def test_that_a_disabled_alarm_never_fires_and_comes_back_with_its_condition(hold, release, state):
    bench = Bench(tag("T", ("H", 50.0, {"on_delay_s": 1.0}), period_s=60.0))
    bench.feed(60.0, slots=2)
    bench.record.add("T/H", hold, bench.now)
    assert bench.wait(40) == []
    assert bench.state() == state
    bench.record.add("T/H", release, bench.now)
    assert bench.wait(1) == RAISED


def test_that_a_running_shelf_comes_back_from_under_another_hold():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.record.add("T/H", events.AlarmShelved(reason="w", until_us=START + HOUR))
    bench.record.add("T/H", events.AlarmSuppressed(reason="s"))
    bench.record.add("T/H", events.AlarmReturnedToService())
    assert bench.state() == "suppressed"
    bench.record.add("T/H", events.AlarmUnsuppressed())
    assert bench.state() == "shelved"


def test_that_a_combustible_alarm_at_full_scale_stays_until_acknowledged():
    """Catalytic beads read falsely low above 100 % LEL."""
    bench = Bench(tag("T", ("H", 25.0), safety="combustible", low=0.0, high=100.0))
    assert bench.feed(100.0) == RAISED
    assert bench.feed(3.0) == []
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    assert bench.feed(3.0) == RETURNED


def test_that_a_reading_far_below_range_is_no_information_for_a_gas_detector():
    bench = Bench(tag("T", ("H", 25.0), safety="toxic", low=0.0, high=100.0))
    assert bench.feed(30.0) == RAISED
    assert bench.feed(-20.0) == []
    assert bench.feed(-1.0) == RETURNED


def test_that_a_reading_far_above_range_does_not_clear_a_low_limit():
    bench = Bench(tag("T", ("L", 19.5), safety="toxic", low=0.0, high=25.0))
    assert bench.feed(18.0) == [("alarm.raised", "T/L")]
    assert bench.feed(40.0) == []
    assert bench.feed(20.9) == [("alarm.returned", "T/L")]


def test_that_a_silent_tag_goes_stale_once_and_comes_back():
    bench = Bench(tag("T", ("H", 50.0)), tag("S", period_s=30.0))
    assert bench.feed(10.0, slots=21) == []
    assert bench.wait(1) == [("tag.went_stale", "tags")]
    payload = bench.record.events[-1].payload
    assert payload.tag_keys == ("T",)
    assert payload.since_us == START + GRID
    assert bench.wait(100) == []
    assert bench.feed(10.0, quality=Quality.STALE) == []
    assert bench.feed(10.0) == [("tag.came_back", "tags")]


def test_that_staleness_keeps_an_alarm_and_restarts_its_off_delay():
    bench = Bench(tag("T", ("H", 50.0, {"off_delay_s": 20.0})))
    bench.feed(60.0)
    bench.feed(40.0)
    assert bench.wait(200) == [("tag.went_stale", "tags")]
    assert bench.state() == "unacknowledged"


def test_that_samples_of_a_later_slot_wait_and_late_ones_join_the_next():
    bench = Bench(tag("T", ("H", 50.0)))
    ahead = make_batch(0, START, START + GRID + 1, 60.0)
    assert bench.logic.judge(ahead, START + GRID) == []
    assert bench.logic.unjudged().tag.size == 1
    assert kinds(bench.logic.judge(empty_batch(), START + 2 * GRID)) == RAISED
    late = make_batch(0, START, START + 5, 10.0)
    assert kinds(bench.logic.judge(late, START + 3 * GRID)) == RETURNED


def test_that_a_logic_without_a_start_begins_with_its_first_sample():
    logic = AlarmLogic(TagTable([tag("T", ("H", 50.0))]), GRID)
    batch = make_batch(0, START, START + 10 * GRID, 60.0)
    drafts = logic.judge(batch, START + 12 * GRID)
    assert drafts[0].event_time_us == START + 10 * GRID


def test_that_a_call_within_the_same_slot_judges_nothing_twice():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.feed(60.0)
    assert bench.logic.judge(empty_batch(), bench.now) == []


def test_that_a_grid_without_width_is_refused():
    with pytest.raises(ValueError, match="grid_us"):
        AlarmLogic(TagTable([]), 0)


def test_that_events_about_other_things_are_passed_over():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.record.add("T/LL", events.AlarmAcknowledged())
    bench.logic.apply(bench.record.add("T/H", CardJoined(alarm_id="T/H", priority=1)))
    assert bench.logic.state("T/H") == "normal"
    with pytest.raises(KeyError):
        bench.logic.state("T/LL")


def test_that_a_limit_listed_twice_counts_once():
    bench = Bench(tag("T", ("H", 50.0), ("H", 20.0)))
    assert bench.feed(30.0) == []
    assert bench.feed(55.0) == RAISED


def _restarted(bench, *tags):
    """Return a bench that continues from the record of another, after ten seconds of darkness."""
    after = Bench(*tags)
    after.record = bench.record
    after.record.listeners = (after.logic,)
    after.now = bench.now + 40 * GRID
    after.logic.restore(bench.record.situation, after.now)
    return after


def test_that_after_a_restart_nothing_rises_twice_and_a_return_is_not_lost():
    tags = [tag("T", ("H", 50.0)), tag("U", ("H", 50.0)), tag("V", ("H", 50.0))]
    bench = Bench(*tags)
    for key in "TUV":
        bench.feed(60.0, key)
    bench.record.add("U/H", events.AlarmAcknowledged(), bench.now)
    bench.feed(10.0, "V")
    after = _restarted(bench, *tags)
    assert [after.state(f"{key}/H") for key in "TUV"] == [
        "unacknowledged", "acknowledged", "returned_unacknowledged",
    ]  # fmt: skip
    assert after.feed(61.0) == []
    assert after.feed(10.0) == RETURNED
    assert after.feed(10.0, "U") == [("alarm.returned", "U/H")]
    assert after.feed(60.0, "V") == [("alarm.raised", "V/H")]


@pytest.mark.parametrize(
    "hold",
    [
        events.AlarmShelved(reason="w", until_us=START + HOUR),
        events.AlarmSuppressed(reason="s"),
        events.AlarmTakenOutOfService(reason="s"),
    ],
)
def test_that_a_hold_survives_a_restart(hold):
    bench = Bench(tag("T", ("H", 50.0)))
    bench.record.add("T/H", hold)
    after = _restarted(bench, tag("T", ("H", 50.0)))
    state = bench.state()
    assert after.state() == state != "normal"
    assert after.feed(60.0) == []


def test_that_a_stale_tag_stays_stale_over_a_restart_until_heard():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.wait(40)
    after = _restarted(bench, tag("T", ("H", 50.0)))
    assert after.wait(100) == []
    assert after.feed(1.0) == [("tag.came_back", "tags")]


def test_that_a_standing_alarm_whose_limit_is_gone_is_taken_out_of_service():
    bench = Bench(tag("T", ("H", 50.0)), tag("U", ("H", 50.0)))
    bench.feed(60.0)
    bench.feed(60.0, "U")
    bench.feed(1.0, "U")
    after = _restarted(bench, tag("T"), tag("U"))
    assert after.wait(1) == [("alarm.taken_out_of_service", "T/H")]
    assert _restarted(after, tag("T"), tag("U")).wait(1) == []


def test_that_two_tags_of_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        TagTable([tag("T"), tag("T")])


def test_that_another_gateway_s_shelf_is_not_ours_to_end():
    tags = TagTable([tag("A", ("H", 10.0)), tag("B", ("H", 10.0))])
    logic = AlarmLogic(tags, GRID, mine=np.array([True, False]), start_us=START)
    for seq, key in ((1, "A/H"), (2, "B/H")):
        shelved = events.AlarmShelved(reason="x", until_us=START + 10 * SECOND)
        logic.apply(event(seq, key, shelved))
    drafts = logic.judge(empty_batch(), START + 20 * SECOND)
    ended = [d.subject for d in drafts if d.payload.KIND == "alarm.unshelved"]
    assert ended == ["A/H"]
