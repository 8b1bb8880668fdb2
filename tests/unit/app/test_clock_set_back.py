"""Clocks: never back, and on at the pace of real time when the machine's clock is set back."""

import asyncio
import time

import pytest

from app.clock import ManualClock, PacedClock, SystemClock

NOON_US = 1_800_000_000_000_000
HOUR_US = 3_600_000_000


class _Wall:
    def __init__(self) -> None:
        self.us = NOON_US

    def __call__(self) -> int:
        return self.us


@pytest.fixture
def wall() -> _Wall:
    return _Wall()


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Real time since the start [ns], to be moved by hand."""
    since = [0]
    monkeypatch.setattr(time, "monotonic_ns", lambda: since[0])
    return since


def test_that_clock_shows_the_machine_time_and_follows_it_forward(wall, passed) -> None:
    clock = SystemClock(wall)
    assert clock.now_us() == NOON_US
    wall.us += HOUR_US
    assert clock.now_us() == NOON_US + HOUR_US
    assert clock.behind_s == 0


def test_that_time_runs_on_at_real_pace_when_the_clock_is_set_back(wall, passed) -> None:
    clock = SystemClock(wall)
    clock.now_us()
    wall.us -= HOUR_US
    for second in range(1, 4):
        passed[0] += 1_000_000_000
        wall.us += 1_000_000
        assert clock.now_us() == NOON_US + second * 1_000_000
    assert clock.behind_s == pytest.approx(3600)


def test_that_clock_meets_the_machine_again_when_that_is_set_right(wall, passed) -> None:
    clock = SystemClock(wall)
    clock.now_us()
    wall.us -= HOUR_US
    passed[0] += 1_000_000_000
    clock.now_us()
    wall.us = NOON_US + 5_000_000
    passed[0] += 4_000_000_000
    assert clock.now_us() == wall.us
    assert clock.behind_s == 0


def test_that_many_looks_lose_no_part_of_a_microsecond(wall, passed) -> None:
    clock = SystemClock(wall)
    clock.now_us()
    wall.us -= HOUR_US
    for _ in range(3000):
        passed[0] += 333
        clock.now_us()
    assert clock.now_us() == NOON_US + 999


def test_that_clock_begins_at_what_is_recorded_already(wall, passed) -> None:
    clock = SystemClock(wall)
    clock.not_before(NOON_US + HOUR_US)
    assert clock.now_us() == NOON_US + HOUR_US
    assert clock.behind_s == pytest.approx(3600)
    clock.not_before(NOON_US)
    assert clock.now_us() == NOON_US + HOUR_US


def test_that_sleep_ends_although_the_clock_was_set_back() -> None:
    wall = _Wall()
    clock = SystemClock(wall)
    moment_us = clock.now_us() + 20_000
    wall.us -= HOUR_US
    asyncio.run(asyncio.wait_for(clock.sleep_until(moment_us), 5))
    assert clock.now_us() >= moment_us


def test_that_paced_clock_pauses_steps_and_seeks() -> None:
    clock = PacedClock(NOON_US, speed=0)
    clock.step(5)
    assert clock.now_us() == NOON_US + 5
    clock.seek(7)
    assert clock.now_us() == 7
    with pytest.raises(ValueError, match="speed"):
        clock.set_speed(-1)


def test_that_manual_clock_refuses_to_go_back() -> None:
    clock = ManualClock(NOON_US)
    with pytest.raises(ValueError, match="before"):
        clock.advance_to(NOON_US - 1)
