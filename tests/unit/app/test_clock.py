"""The clocks: time never goes back, runs at a pace, or stands until it is told to move."""

import asyncio
import itertools

import pytest

from app import clock as clocks
from app.clock import ManualClock, PacedClock, SystemClock, as_datetime
from models.times import SECOND_US

START_US = 1_800_000_000_000_000


class Machine:
    """The machine's two clocks, set by hand."""

    def __init__(self, monkeypatch):
        self.wall_us = START_US
        self.monotonic_ns = 0
        monkeypatch.setattr(clocks.time, "monotonic_ns", lambda: self.monotonic_ns)
        monkeypatch.setattr(clocks.time, "monotonic", lambda: self.monotonic_ns / 1e9)

    def wall(self):
        return self.wall_us

    def run(self, seconds, *, wall_s=None):
        self.monotonic_ns += int(seconds * 1e9)
        self.wall_us += int((seconds if wall_s is None else wall_s) * SECOND_US)


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


def test_that_time_runs_on_while_the_machine_is_set_back(machine):
    clock = SystemClock(machine.wall)
    assert clock.now_us() == START_US
    machine.run(10, wall_s=-3600)
    assert clock.now_us() == START_US + 10 * SECOND_US
    assert clock.behind_s == 3610
    machine.run(20)
    assert clock.now_us() == START_US + 30 * SECOND_US
    machine.run(1, wall_s=3700)  # put right again, and ahead
    assert clock.now_us() == machine.wall_us
    assert clock.behind_s == 0


def test_that_a_small_step_back_is_no_fault_and_time_stands(machine):
    clock = SystemClock(machine.wall)
    clock.now_us()
    machine.run(0.01, wall_s=-0.05)
    assert clock.now_us() == START_US


def test_that_time_goes_on_after_what_is_recorded_already(machine):
    clock = SystemClock(machine.wall)
    clock.not_before(START_US + 60 * SECOND_US)
    machine.run(1)
    assert clock.now_us() == START_US + 61 * SECOND_US
    clock.not_before(START_US)
    assert clock.now_us() == START_US + 61 * SECOND_US


def test_that_the_machine_is_asked_by_default():
    clock = SystemClock()
    first = clock.now_us()
    assert first > START_US / 2
    assert clock.now_us() >= first
    assert clock.monotonic_s() <= clock.monotonic_s()


def test_that_the_system_clock_wakes_when_the_moment_has_come(machine, monkeypatch):
    clock = SystemClock(machine.wall)
    slept_s = []

    async def sleep(seconds):
        slept_s.append(seconds)
        machine.run(seconds)

    monkeypatch.setattr(clocks.asyncio, "sleep", sleep)
    asyncio.run(clock.sleep_until(START_US + 90 * SECOND_US))
    assert slept_s == [60, 30]  # in pieces, for a clock that is set forward meanwhile
    asyncio.run(clock.sleep_until(START_US))
    assert len(slept_s) == 2


def test_that_operation_time_is_paced_paused_stepped_and_sought(machine):
    clock = PacedClock(START_US, speed=4)
    machine.run(10)
    assert (clock.speed, clock.now_us()) == (4, START_US + 40 * SECOND_US)
    clock.set_speed(0)
    machine.run(10)
    assert clock.now_us() == START_US + 40 * SECOND_US
    clock.step(5 * SECOND_US)
    assert clock.now_us() == START_US + 45 * SECOND_US
    clock.seek(START_US)
    clock.set_speed(1)
    machine.run(1)
    assert clock.now_us() == START_US + SECOND_US
    assert clock.monotonic_s() == 21


@pytest.mark.parametrize("speed", [-1, 1001, float("nan")])
def test_that_an_impossible_speed_is_refused(speed):
    with pytest.raises(ValueError, match="outside 0…1000"):
        PacedClock(START_US).set_speed(speed)


def test_that_a_sleeper_follows_pause_and_speed(machine, monkeypatch):
    clock = PacedClock(START_US, speed=0)
    slices = itertools.count()

    async def sleep(seconds):
        if next(slices) == 3:
            clock.set_speed(100)
        machine.run(seconds)

    monkeypatch.setattr(clocks.asyncio, "sleep", sleep)
    asyncio.run(clock.sleep_until(START_US + 60 * SECOND_US))
    assert clock.now_us() >= START_US + 60 * SECOND_US
    assert machine.monotonic_ns < 2e9  # three slices of pause, then a minute at 100


def test_that_a_manual_clock_moves_only_when_told_and_never_back():
    clock = ManualClock(START_US)
    assert (clock.now_us(), clock.monotonic_s()) == (START_US, START_US / 1e6)
    assert as_datetime(clock).isoformat() == "2027-01-15T08:00:00+00:00"
    with pytest.raises(ValueError, match="lies before"):
        clock.advance_to(START_US - 1)

    async def wait():
        task = asyncio.ensure_future(clock.sleep_until(START_US + 2))
        for moment_us in (START_US + 1, START_US + 2):
            await asyncio.sleep(0)
            assert not task.done()
            clock.advance_to(moment_us)
        await asyncio.wait_for(task, 5)

    asyncio.run(wait())
