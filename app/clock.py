"""The one clock of an operation: system, paced or manual. Nothing else asks the time."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from models.times import from_us

_SLICE_S = 0.2
_JITTER_US = 100_000


class Clock(Protocol):
    """Tells operation time [µs UTC] and waits for it."""

    def now_us(self) -> int:
        """Return the operation's time [µs UTC]."""
        ...

    def monotonic_s(self) -> float:
        """Return real seconds that never go back, for time-outs of the machine itself."""
        ...

    async def sleep_until(self, moment_us: int) -> None:
        """Return when the operation's time has reached `moment_us`."""
        ...


class SystemClock:
    """The machine's clock, held so that it never goes back while the program runs.

    When the machine's clock is set back, time runs on from where it was at the pace of the
    monotonic clock, until the machine's clock has caught up: alarms go on being judged.
    """

    def __init__(self, wall_us: Callable[[], int] | None = None) -> None:
        self._wall_us = wall_us or _machine_us
        self._lock = threading.Lock()
        self._now_us = 0
        self._at_ns = time.monotonic_ns()

    @property
    def behind_s(self) -> float:
        """How far the machine's clock stands behind this one [s]."""
        return max(0.0, (self.now_us() - self._wall_us()) / 1e6)

    def now_us(self) -> int:
        """Return the time; it never decreases, whatever is done to the machine's clock."""
        with self._lock:
            passed_us = (time.monotonic_ns() - self._at_ns) // 1000
            self._at_ns += passed_us * 1000  # what is less than a µs counts the next time
            wall_us = self._wall_us()
            if wall_us >= self._now_us + passed_us - _JITTER_US:
                self._now_us = max(self._now_us, wall_us)
            else:
                self._now_us += passed_us
            return self._now_us

    def not_before(self, moment_us: int) -> None:
        """Run on from a moment that is recorded already, when the machine's clock lies before."""
        now_us = self.now_us()
        with self._lock:
            self._now_us = max(now_us, moment_us)

    def monotonic_s(self) -> float:
        """Return `time.monotonic()`."""
        return time.monotonic()

    async def sleep_until(self, moment_us: int) -> None:
        """Sleep in one piece; a clock set forward ends it late by at most the remainder."""
        while (left_us := moment_us - self.now_us()) > 0:  # noqa: ASYNC110 - time is no event
            await asyncio.sleep(min(left_us / 1e6, 60.0))


def _machine_us() -> int:
    return time.time_ns() // 1000  # noqa: TID251 - the one place that asks


class PacedClock:
    """Operation time that runs at a speed, pauses, steps and seeks (drill, replay)."""

    def __init__(self, start_us: int, speed: float = 1.0) -> None:
        self._base_us = start_us
        self._since_s = time.monotonic()
        self._speed = speed

    @property
    def speed(self) -> float:
        """Operation seconds per real second; 0 is paused."""
        return self._speed

    def now_us(self) -> int:
        """Return the operation's time."""
        return self._base_us + int((time.monotonic() - self._since_s) * self._speed * 1e6)

    def monotonic_s(self) -> float:
        """Return `time.monotonic()`."""
        return time.monotonic()

    def set_speed(self, speed: float) -> None:
        """Run on from now at `speed` ≥ 0."""
        if not 0 <= speed <= 1000:
            raise ValueError(f"speed: {speed} is outside 0…1000")
        self.seek(self.now_us())
        self._speed = speed

    def seek(self, moment_us: int) -> None:
        """Jump to a moment."""
        self._base_us = moment_us
        self._since_s = time.monotonic()

    def step(self, by_us: int) -> None:
        """Jump by `by_us`."""
        self.seek(self.now_us() + by_us)

    async def sleep_until(self, moment_us: int) -> None:
        """Wait in short slices, since speed and position may change meanwhile."""
        while (left_us := moment_us - self.now_us()) > 0:
            speed = self._speed
            await asyncio.sleep(min(left_us / 1e6 / speed, _SLICE_S) if speed > 0 else _SLICE_S)


class ManualClock:
    """A clock for tests and headless runs: it moves only when told."""

    def __init__(self, start_us: int = 0) -> None:
        self._now_us = start_us
        self._moved = asyncio.Event()

    def now_us(self) -> int:
        """Return the set time."""
        return self._now_us

    def monotonic_s(self) -> float:
        """Return the set time in seconds."""
        return self._now_us / 1e6

    def advance_to(self, moment_us: int) -> None:
        """Move forward and wake sleepers."""
        if moment_us < self._now_us:
            raise ValueError(f"moment_us: {moment_us} lies before {self._now_us}")
        self._now_us = moment_us
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep_until(self, moment_us: int) -> None:
        """Wait until somebody advanced the clock far enough."""
        while self._now_us < moment_us:
            await self._moved.wait()


def as_datetime(clock: Clock) -> datetime:
    """Return the operation's time as an aware UTC datetime."""
    return from_us(clock.now_us())
