"""A clock that runs many times as fast as the machine's, the same in several processes."""

import asyncio

from app.clock import SystemClock

_LEAST_S = 0.02  # slots that fell due meanwhile are judged together


class FastClock(SystemClock):
    """Runs `speed` times as fast from `origin_us` on, where it agrees with the machine's clock."""

    def __init__(self, origin_us: int, speed: float) -> None:
        self._machine = SystemClock()
        self._origin_us = origin_us
        self.speed = speed
        super().__init__(self._fast_us)

    def _fast_us(self) -> int:
        return self._origin_us + int((self._machine.now_us() - self._origin_us) * self.speed)

    async def sleep_until(self, moment_us: int) -> None:
        """Sleep as much shorter as the clock is faster."""
        while (left_us := moment_us - self.now_us()) > 0:
            await asyncio.sleep(max(left_us / 1e6 / self.speed, _LEAST_S))
