"""Marks of alarms: chattering by the last raisings, stale by how long the condition stands."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.operation.alarm_marks import is_chattering, is_stale, remembered, stands
from models.operation.events.alarm import AlarmAcknowledged, AlarmRaised, AlarmReturned
from models.operation.situation import Alarm
from models.times import HOUR_US, SECOND_US
from tests.unit.models.operation.stories import Teller
from tests.unit.views.station_desk import alarm as made_alarm

NOW_US = 1_800_000_000_000_000
ALARM = "GT-1/H"


def at(*seconds: float) -> tuple[int, ...]:
    return tuple(NOW_US + int(second * SECOND_US) for second in seconds)


def alarm(**changes: object) -> Alarm:
    made = made_alarm("GT-1", "H", 2, "unacknowledged")
    return msgspec.structs.replace(made, **{"raised_us": NOW_US, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "now_s", "chatters"),
    [
        ((0, 20, 60), 60, True),
        ((0, 20, 60.001), 61, False),
        ((0, 20), 30, False),
        ((), 0, False),
        ((0, 20, 40), 640, True),
        ((0, 20, 40), 640.001, False),
    ],
)
def test_that_three_raisings_in_a_minute_chatter_until_ten_quiet_minutes(
    times: tuple[float, ...], now_s: float, *, chatters: bool
) -> None:
    assert is_chattering(at(*times), NOW_US + int(now_s * SECOND_US)) is chatters


@given(st.lists(st.integers(0, 10**6), max_size=12))
def test_that_the_newest_raisings_are_remembered_in_order(raised: list[int]) -> None:
    times: tuple[int, ...] = ()
    for moment in raised:
        times = remembered(times, moment)
        assert len(times) <= 3
        assert all(a <= b for a, b in pairwise(times))
    assert not raised or max(raised) in times


def test_that_an_alarm_is_stale_after_a_day_of_standing() -> None:
    assert not is_stale(alarm(), NOW_US + 24 * HOUR_US)
    assert is_stale(alarm(), NOW_US + 24 * HOUR_US + 1)
    returned = alarm(returned_us=NOW_US + HOUR_US)
    assert not is_stale(returned, NOW_US + 48 * HOUR_US)


def test_that_what_is_over_latched_or_never_rose_does_not_stand() -> None:
    assert stands(alarm())
    assert stands(alarm(state="shelved"))
    assert not stands(alarm(returned_us=NOW_US))
    assert not stands(alarm(latched=True))
    assert not stands(alarm(occurrences=0))


def test_that_raisings_outlast_the_alarm_itself() -> None:
    teller = Teller()
    raised = AlarmRaised(
        tag_key="GT-1", limit="H", priority=2, value=3.0, limit_value=2.0, unit="ppm"
    )
    moments = []
    for _ in range(4):
        moments.append(teller.tell(raised, ALARM).event_time_us)
        teller.tell(AlarmAcknowledged(), ALARM)
        teller.tell(AlarmReturned(value=1.0), ALARM)
    assert ALARM not in teller.situation.alarms
    assert teller.situation.raisings[ALARM] == tuple(moments[1:])
