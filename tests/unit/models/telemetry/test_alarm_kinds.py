"""Alarms on rates, deviations, states, counts and silence; latching; announcing again."""

import sys
from itertools import chain

import pytest

from models.operation.events import alarm as events
from models.telemetry.plant_states import PlantStates, condition
from models.telemetry.ports import Quality
from models.telemetry.samples import make_batch
from tests.unit.models.telemetry.build import SECOND, START, tag
from tests.unit.models.telemetry.test_alarms import Bench

SLOTS = 4  # a second


def told(bench):
    payload = bench.record.events[-1].payload
    return payload.value, payload.limit_value, payload.unit


def test_that_a_rise_is_measured_over_its_window_per_minute():
    bench = Bench(tag("T", ("RISE", 10.0, {"window_s": 4.0}), unit="ppm"))
    assert [bench.feed(value, slots=SLOTS) for value in (1.0, 1.1, 1.2)] == [[], [], []]
    assert bench.feed(2.0, slots=SLOTS) == [("alarm.raised", "T/RISE")]
    assert told(bench) == (pytest.approx(20.0), 10.0, "ppm/min")
    assert bench.feed(2.0, slots=SLOTS) == []
    assert bench.feed(2.0, slots=3 * SLOTS) == []
    assert bench.feed(2.0, slots=SLOTS) == [("alarm.returned", "T/RISE")]


def test_that_a_fall_counts_downwards_only():
    bench = Bench(tag("T", ("FALL", 10.0, {"window_s": 2.0})))
    for value in (5.0, 9.0, 13.0):
        assert bench.feed(value, slots=SLOTS) == []
    assert bench.feed(9.0, slots=SLOTS) == []  # over two seconds it is where it was
    assert bench.feed(5.0, slots=SLOTS) == [("alarm.raised", "T/FALL")]


def test_that_a_deviation_knows_nothing_while_the_other_tag_is_bad():
    bench = Bench(tag("T", ("DEV", 5.0, {"versus": "U"}), unit="m"), tag("U"))
    assert bench.feed(10.0) == []
    bench.feed(11.0, "U")
    assert bench.feed(10.0) == []
    assert bench.feed(17.0) == [("alarm.raised", "T/DEV")]
    assert told(bench) == (6.0, 5.0, "m")
    bench.feed(17.0, "U", quality=2)
    assert bench.feed(17.0) == []
    bench.feed(17.0, "U")
    assert bench.feed(17.0) == [("alarm.returned", "T/DEV")]


def test_that_a_deviation_is_from_the_setpoint_without_another_tag():
    bench = Bench(tag("T", ("DEV", 5.0, {"setpoint": 20.0})))
    assert bench.feed(16.0) == []
    assert bench.feed(14.0) == [("alarm.raised", "T/DEV")]


def test_that_a_state_alarms_at_its_value_alone():
    bench = Bench(tag("T", ("STATE", 0.0)))
    assert [bench.feed(value) for value in (1.0, 2.0)] == [[], []]
    assert bench.feed(0.0) == [("alarm.raised", "T/STATE")]
    assert told(bench)[:2] == (0.0, 0.0)
    assert bench.feed(2.0) == [("alarm.returned", "T/STATE")]


def test_that_changes_are_counted_within_the_window():
    bench = Bench(tag("T", ("COUNT", 3.0, {"setpoint": 0.5, "window_s": 10.0})))
    for value in (1.0, 0.0, 1.0, 0.0, 1.0, 0.0):
        assert bench.feed(value) == []  # it was on at first: two rises
    assert bench.feed(1.0) == [("alarm.raised", "T/COUNT")]
    assert told(bench) == (3.0, 3.0, "")
    bench.wait(9 * SLOTS)
    assert bench.feed(1.0) == [("tag.came_back", "tags"), ("alarm.returned", "T/COUNT")]


def test_that_silence_alarms_after_its_delay_and_ends_with_the_next_reading():
    bench = Bench(tag("T", ("STALE", 0.0, {"on_delay_s": 2.0, "off_delay_s": 1.0})))
    bench.feed(1.0)
    assert bench.wait(5 * SLOTS) == []
    assert bench.wait(1) == [("tag.went_stale", "tags")]
    assert bench.wait(2 * SLOTS) == [("alarm.raised", "T/STALE")]
    assert told(bench)[1:] == (5.0, "s")
    assert bench.feed(1.0, quality=2) == [("tag.came_back", "tags")]
    assert bench.wait(SLOTS) == [("alarm.returned", "T/STALE")]


def test_that_a_latch_stands_until_it_is_reset():
    bench = Bench(tag("T", ("H", 50.0, {"latch": True})))
    bench.feed(60.0)
    assert bench.feed(10.0) == [("alarm.latched", "T/H")]
    assert bench.state() == "latched_unacknowledged"
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    assert bench.state() == "latched_acknowledged"
    assert bench.feed(10.0) == []
    bench.record.add("T/H", events.AlarmReset(), bench.now)
    assert bench.state() == "normal"
    assert bench.feed(60.0) == [("alarm.raised", "T/H")]


def test_that_a_latched_alarm_whose_condition_is_back_is_a_new_occurrence():
    bench = Bench(tag("T", ("H", 50.0, {"latch": True})))
    bench.feed(60.0)
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    bench.feed(10.0)
    assert bench.feed(60.0) == [("alarm.raised", "T/H")]
    assert bench.state() == "unacknowledged"
    bench.record.add("T/H", events.AlarmReset(), bench.now)
    assert bench.state() == "unacknowledged"


def test_that_an_alarm_nobody_acknowledged_sounds_again_and_again():
    bench = Bench(tag("T", ("H", 50.0, {"realarm_s": 2.0}), period_s=60.0))
    bench.feed(60.0)
    bench.record.add("x", events.AlarmsSilenced(alarm_ids=("T/H",)))
    assert bench.wait(2 * SLOTS) == [("alarm.announced_again", "T/H")]
    assert not bench.record.situation.alarms["T/H"].silenced
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    assert bench.wait(20 * SLOTS) == []


def test_that_an_acknowledgement_runs_out_while_the_alarm_stands():
    bench = Bench(tag("T", ("H", 50.0, {"ack_expires_s": 2.0}), period_s=60.0))
    bench.feed(60.0)
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    assert bench.wait(2 * SLOTS) == [("alarm.announced_again", "T/H")]
    alarm = bench.record.situation.alarms["T/H"]
    assert (alarm.state, alarm.silenced, alarm.announcements) == ("unacknowledged", False, 2)
    bench.record.add("T/H", events.AlarmAcknowledged(), bench.now)
    assert bench.feed(10.0) == [("alarm.returned", "T/H")]
    assert bench.wait(20 * SLOTS) == []


def test_that_a_tag_suppresses_by_design_and_its_silence_does_not():
    bench = Bench(tag("R", period_s=1.0), tag("T", ("L", 5.0, {"suppressed_when": ("R=0",)}),
                                              period_s=60.0))  # fmt: skip
    assert bench.feed(0.0, "R") == [("alarm.suppressed", "T/L")]
    assert bench.feed(1.0) == []
    assert bench.state("T/L") == "suppressed"
    assert bench.record.situation.alarms["T/L"].reason == "R=0"
    assert bench.wait(5 * SLOTS) == [("tag.went_stale", "tags"), ("alarm.unsuppressed", "T/L")]
    assert bench.wait(1) == [("alarm.raised", "T/L")]


def test_that_a_tag_that_says_nothing_but_bad_readings_suppresses_no_more():
    bench = Bench(tag("R", period_s=1.0), tag("T", ("L", 5.0, {"suppressed_when": ("R=0",)}),
                                              period_s=60.0))  # fmt: skip
    bench.feed(0.0, "R")
    bench.feed(1.0)
    told = [bench.feed(0.0, "R", Quality.BAD, SLOTS) for _ in range(4)]
    assert told == [[]] * 4  # a bad reading in between changes nothing
    assert bench.feed(0.0, "R", slots=SLOTS) == []
    told = chain.from_iterable(bench.feed(0.0, "R", Quality.BAD, SLOTS) for _ in range(7))
    assert list(told) == [("alarm.unsuppressed", "T/L"), ("alarm.raised", "T/L")]
    assert bench.feed(0.0, "R") == [("alarm.suppressed", "T/L")]


def test_that_a_new_revision_knows_since_when_a_tag_says_nothing_but_bad_readings():
    bench = Bench(tag("R", period_s=1.0), tag("T", ("L", 5.0, {"suppressed_when": ("R=0",)}),
                                              period_s=60.0))  # fmt: skip
    bench.feed(0.0, "R")
    bench.feed(1.0)
    for _ in range(4):
        bench.feed(0.0, "R", Quality.BAD, SLOTS)
    after = _restarted(bench, take_over=True)
    told = chain.from_iterable(after.feed(0.0, "R", Quality.BAD, SLOTS) for _ in range(3))
    assert list(told) == [("alarm.unsuppressed", "T/L"), ("alarm.raised", "T/L")]


def test_that_a_condition_that_stands_on_the_shelf_stands_under_another_revision():
    bench = Bench(tag("T", ("H", 50.0, {"on_delay_s": 2.0}), period_s=600.0))
    shelved = events.AlarmShelved(reason="repair", until_us=START + 60 * SECOND)
    bench.record.add("T/H", shelved)
    bench.feed(60.0, slots=3 * SLOTS)
    after = _restarted(bench, tag("S", period_s=600.0), *bench.tags.tags, take_over=True)
    assert after.wait(60 * SLOTS) == [("alarm.unshelved", "T/H"), ("alarm.raised", "T/H")]
    bench = after
    bench.record.add("T/H", events.AlarmShelved(reason="repair", until_us=bench.now + 60 * SECOND))
    bench.feed(20.0)
    after = _restarted(bench, take_over=True)
    assert after.wait(70 * SLOTS) == [("alarm.unshelved", "T/H")]


def test_that_an_officer_says_the_state_of_a_unit():
    bench = Bench(tag("T", ("L", 5.0, {"suppressed_when": ("V-1=shutdown",)}), period_s=60.0))
    bench.record.add("V-1", events.PlantStateSet(state="shutdown", reason="repair"), bench.now)
    assert bench.feed(1.0) == [("alarm.suppressed", "T/L")]
    assert bench.record.situation.plant_states["V-1"].state == "shutdown"
    after = _restarted(bench)
    assert after.wait(1) == []
    assert after.state("T/L") == "suppressed"
    after.record.add("V-1", events.PlantStateSet(state=""), after.now)
    assert after.wait(1) == [("alarm.unsuppressed", "T/L")]
    assert "V-1" not in after.record.situation.plant_states


def test_that_what_may_kill_is_never_suppressed():
    limits = ("HH", 50.0, {"suppressed_when": ("V-1=shutdown",)})
    bench = Bench(tag("T", limits, safety="toxic"))
    bench.record.add("V-1", events.PlantStateSet(state="shutdown"), bench.now)
    assert bench.feed(60.0) == [("alarm.raised", "T/HH")]


def test_that_service_ends_by_itself():
    bench = Bench(tag("T", ("H", 50.0), period_s=60.0))
    taken = events.AlarmTakenOutOfService(reason="calibration", until_us=START + 5 * SECOND)
    bench.record.add("T/H", taken)
    assert bench.feed(60.0) == []
    assert bench.state() == "out_of_service"
    assert bench.wait(5 * SLOTS - 1) == [
        ("alarm.returned_to_service", "T/H"), ("alarm.raised", "T/H"),
    ]  # fmt: skip


def test_that_a_limit_that_is_back_is_in_service_again():
    bench = Bench(tag("T", ("H", 50.0)))
    bench.feed(60.0)
    without = _restarted(bench, tag("T"))
    assert without.wait(1) == [("alarm.taken_out_of_service", "T/H")]
    back = _restarted(without, tag("T", ("H", 50.0)))
    assert back.wait(1) == [("alarm.returned_to_service", "T/H")]
    assert back.state() == "unacknowledged"


def _restarted(bench, *tags, take_over=False):
    after = Bench(*(tags or bench.tags.tags))
    after.record.situation, after.now = bench.record.situation, bench.now
    after.logic.restore(bench.record.situation, after.now)
    if take_over:
        after.logic.take_over(bench.logic)
    return after


def test_that_another_revision_goes_on_in_mid_delay_and_mid_window():
    limits = [
        ("H", 50.0, {"on_delay_s": 2.0, "off_delay_s": 2.0}),
        ("RISE", 10.0, {"window_s": 4.0}),
        ("COUNT", 2.0, {"setpoint": 55.0}),
        ("L", 5.0, {"suppressed_when": ("R=0",)}),
    ]
    bench = Bench(tag("T", *limits, period_s=60.0), tag("R", period_s=60.0))
    bench.feed(0.0, "R")
    bench.feed(52.0, slots=SLOTS)
    bench.feed(60.0, slots=SLOTS - 1)
    more = tag("S", ("COUNT", 5.0))
    after = _restarted(bench, more, *bench.tags.tags, take_over=True)
    assert after.wait(1) == []
    assert after.wait(1) == [("alarm.raised", "T/H")]
    assert after.feed(50.0) == []
    assert after.feed(60.0) == [("alarm.raised", "T/RISE"), ("alarm.raised", "T/COUNT")]


def test_that_an_alarm_that_nothing_suppresses_any_more_is_heard_again():
    bench = Bench(tag("T", ("H", 50.0, {"suppressed_when": ("R=0",)})), tag("R"))
    bench.feed(0.0, "R")
    after = _restarted(bench, tag("T", ("H", 50.0)), tag("R"), take_over=True)
    assert after.feed(60.0) == [("alarm.unsuppressed", "T/H"), ("alarm.raised", "T/H")]


def test_that_a_falling_alarm_falls_on_time_under_another_revision():
    bench = Bench(tag("T", ("H", 50.0, {"off_delay_s": 2.0}), period_s=60.0))
    bench.feed(60.0)
    bench.feed(10.0, slots=SLOTS)
    after = _restarted(bench, take_over=True)
    assert after.wait(SLOTS) == []
    assert after.wait(1) == [("alarm.returned", "T/H")]


@pytest.mark.parametrize("text", ["", "=1", "T=", "T", "T=on"])
def test_that_a_condition_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"KEY=VALUE|float"):
        condition(text, {"T": 0})


def test_that_an_unreadable_condition_suppresses_nothing():
    limit = tag("T", ("L", 5.0, {"suppressed_when": ("nonsense",)}))
    states = PlantStates([(limit, limit.limits[0])], {"T": 0})
    assert not states.changed
    assert states.suppressing() == {}
    states.lose("T")
    assert not states.changed


def test_that_a_deviation_from_an_unknown_tag_says_nothing():
    bench = Bench(tag("T", ("DEV", 5.0, {"versus": "gone"})))
    assert bench.feed(99.0) == []


def test_that_a_device_clock_set_back_begins_a_new_rate():
    bench = Bench(tag("T", ("RISE", 1.0, {"window_s": 4.0})))
    for _ in range(4):
        bench.feed(1.0, slots=SLOTS)
    for value in (9.0, 9.0, 9.0):
        batch = make_batch(0, bench.now - 100 * SECOND, bench.now + 1, value)
        assert bench._judge(batch, SLOTS) == []


def test_that_a_tag_others_may_hear_is_silent_when_the_journal_says_so():
    bench = Bench(tag("T", ("STALE", 0.0), ("H", 50.0)), tag("U"), hears_all=False)
    assert bench.wait(60 * SLOTS) == []
    gone = events.TagWentStale(tag_keys=("T",), since_us=START, cause="no_sample")
    bench.record.add("tags", gone, bench.now)
    assert bench.wait(1) == [("alarm.raised", "T/STALE")]
    bench.record.add("tags", events.TagCameBack(tag_keys=("T",)), bench.now)
    assert bench.wait(1) == [("alarm.returned", "T/STALE")]


def test_that_a_tag_heard_here_again_is_not_silent_any_more():
    bench = Bench(tag("T", ("STALE", 0.0)), hears_all=False)
    gone = events.TagWentStale(tag_keys=("T",), since_us=START, cause="no_sample")
    bench.record.add("tags", gone, bench.now)
    bench.wait(1)
    assert bench.feed(1.0) == [("alarm.returned", "T/STALE")]


def test_that_what_was_heard_in_between_was_never_silent():
    bench = Bench(tag("T", ("STALE", 0.0)), hears_all=False)
    gone = events.TagWentStale(tag_keys=("T",), since_us=START, cause="no_sample")
    bench.record.add("tags", gone, bench.now)
    bench.record.add("tags", events.TagCameBack(tag_keys=("T",)), bench.now)
    assert bench.wait(4 * SLOTS) == []


def test_that_an_alarm_that_kills_by_a_new_revision_is_off_the_shelf_after_an_hour():
    hour = 3600 * SECOND
    bench = Bench(tag("T", ("HH", 50.0), period_s=3600.0))
    bench.record.add("T/HH", events.AlarmShelved(reason="w", until_us=START + 8 * hour))
    bench.wait(10 * SLOTS)
    after = _restarted(bench, tag("T", ("HH", 50.0), safety="toxic", period_s=3600.0))
    assert after.wait(3589 * SLOTS) == []
    assert after.wait(SLOTS) == [("alarm.unshelved", "T/HH")]


def test_that_a_measure_beyond_all_numbers_is_an_alarm_that_can_be_recorded():
    rows = tag("T", ("RISE", 5.0, {"window_s": 4.0}), ("DEV", 5.0, {"setpoint": -1e308}), wide=True)
    bench = Bench(rows)
    bench.feed(-1e308, slots=4 * SLOTS)
    raised = bench.feed(1.7e308)
    assert raised == [("alarm.raised", "T/RISE"), ("alarm.raised", "T/DEV")]
    assert {alarm.value for alarm in bench.record.situation.alarms.values()} == {sys.float_info.max}
