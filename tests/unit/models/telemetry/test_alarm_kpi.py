import pytest

from models.operation.events.alarm import AlarmAcknowledged, AlarmRaised, AlarmReturned
from models.telemetry.alarm_kpi import Occurrence, alarm_kpi, occurrences
from tests.unit.models.telemetry.build import SECOND, START, event

MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def _at(minute, key="A/H", priority=3, lasts=1.0):
    raised = START + round(minute * MINUTE)
    returned = None if lasts is None else raised + round(lasts * MINUTE)
    return Occurrence(key, priority, raised, returned)


def _kpi(found, hours=1):
    return alarm_kpi(sorted(found, key=lambda one: one.raised_us), START, START + hours * HOUR)


def test_that_a_journal_becomes_occurrences():
    raised = AlarmRaised(
        tag_key="A", limit="H", priority=2, value=1.0, limit_value=1.0, unit="",
    )  # fmt: skip
    journal = [
        event(1, "A/H", AlarmReturned(value=0.0), START),
        event(2, "A/H", raised, START + 1),
        event(3, "A/H", AlarmAcknowledged(), START + 2),
        event(4, "A/H", AlarmReturned(value=0.0), START + 3),
        event(5, "A/H", raised, START + 4),
    ]
    assert occurrences(journal) == [
        Occurrence("A/H", 2, START + 1, START + 3),
        Occurrence("A/H", 2, START + 4, None),
    ]


def test_that_a_latched_alarm_whose_condition_is_back_is_a_new_occurrence():
    raised = AlarmRaised(
        tag_key="A", limit="H", priority=2, value=1.0, limit_value=1.0, unit="",
    )  # fmt: skip
    journal = [event(1, "A/H", raised, START), event(2, "A/H", raised, START + 5)]
    assert occurrences(journal) == [
        Occurrence("A/H", 2, START, START + 5),
        Occurrence("A/H", 2, START + 5, None),
    ]


def test_that_rates_are_per_ten_minutes_and_the_end_is_not_counted():
    seen = _kpi([_at(0), _at(1, "B/H"), _at(59, "C/H"), _at(60, "D/H"), _at(-1, "E/H")])
    assert (seen.raised, seen.per_window, seen.peak) == (3, 0.5, 2)


def test_that_a_flood_begins_above_ten_and_ends_below_five():
    counts = [10, 11, 6, 5, 4, 6]
    found = [_at(10 * w + i / 10, f"{i}/H") for w, n in enumerate(counts) for i in range(n)]
    seen = _kpi(found)
    assert (seen.floods, seen.in_flood) == (1, 0.5)


def test_that_each_flood_counts():
    found = [_at(20 * w + i / 10, f"{i}/H") for w in range(3) for i in range(11)]
    assert _kpi(found).floods == 3


def test_that_chattering_needs_three_raisings_within_a_minute():
    chatters = [_at(m, "A/H", lasts=0.1) for m in (5.0, 5.5, 6.0)]
    slow = [_at(m, "B/H", lasts=0.1) for m in (5.0, 5.5, 6.1)]
    assert _kpi(chatters + slow).chattering == ("A/H",)


def test_that_stale_stood_over_a_day_and_standing_stands_at_the_end():
    found = [_at(-24 * 60, "A/H", lasts=None), _at(30, "B/H", lasts=None), _at(-60 * 30, "C/H")]
    seen = _kpi(found)
    assert seen.stale == ("A/H",)
    assert seen.standing == ("A/H", "B/H")


def test_that_the_most_frequent_are_listed_with_their_share():
    found = [_at(i, f"{i}/H") for i in range(11)] + [_at(30, "5/H"), _at(40, "5/H")]
    seen = _kpi(found)
    assert seen.frequent[0] == ("5/H", 3)
    assert len(seen.frequent) == 10
    assert seen.frequent_share == pytest.approx(12 / 13)


def test_that_shares_are_by_priority_and_silence_divides_by_nothing():
    seen = _kpi([_at(1, priority=1), _at(9, priority=3), _at(19, priority=3), _at(29, priority=3)])
    assert seen.shares == {1: 0.25, 2: 0.0, 3: 0.75, 4: 0.0}
    assert _kpi([]).shares[1] == _kpi([]).frequent_share == 0.0


def test_that_an_empty_span_is_refused():
    with pytest.raises(ValueError, match="empty"):
        alarm_kpi([], START, START)


def test_that_rates_and_floods_are_per_operator():
    found = [_at(i / 2, f"{i}/H") for i in range(12)]
    alone = alarm_kpi(found, START, START + HOUR)
    assert (alone.per_hour, alone.per_window, alone.peak, alone.floods) == (12.0, 2.0, 12.0, 1)
    shared = alarm_kpi(found, START, START + HOUR, 2)
    assert (shared.per_hour, shared.per_window, shared.peak, shared.floods) == (6.0, 1.0, 6.0, 0)
    with pytest.raises(ValueError, match="operators"):
        alarm_kpi([], START, START + HOUR, 0)
