"""Collects reference cycles on the UI thread alone.

Python collects cycles on whatever thread happens to allocate. A closed dialog is such a cycle: a
fold or drawing thread would then destroy its widgets while the UI thread delivers them an event,
and the desk dies by a segmentation fault. So automatic collection is off in the desk, and the UI
thread collects between two events.
"""

import asyncio
import gc
import logging
import time

_LOG = logging.getLogger("muster.garbage")
_BEAT_S = 0.2
_YOUNG = 2_000
_OLDER = 10
# A full collection may take this share of the time: after one of 30 ms none for a minute.
_FULL_SHARE = 1 / 2_000
_FULL_EVERY_S = 60.0


class Collector:
    """Does by hand what automatic collection would have done, on the thread that calls it."""

    def __init__(self) -> None:
        self._full_due_s = time.perf_counter() + _FULL_EVERY_S

    def collect_due(self) -> int:
        """Collect what is due; return the oldest generation collected, -1 for none."""
        young, older, oldest = gc.get_count()
        if young < _YOUNG and older <= _OLDER:
            return -1
        if older <= _OLDER:
            gc.collect(0)
            return 0
        began_s = time.perf_counter()
        if oldest <= _OLDER or began_s < self._full_due_s:
            gc.collect(1)
            return 1
        gc.collect(2)
        took_s = time.perf_counter() - began_s
        self._full_due_s = time.perf_counter() + max(_FULL_EVERY_S, took_s / _FULL_SHARE)
        _LOG.debug("full collection took %.0f ms", took_s * 1000)
        return 2


class UiGarbage:
    """Takes collecting over from Python while it runs.

    Parameters
    ----------
    loop : asyncio.AbstractEventLoop
        The loop of the UI thread; `start` and `stop` belong on that thread.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._collector = Collector()
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Collect on this thread from now on, and nowhere else."""
        gc.disable()
        self._next = self._loop.call_later(_BEAT_S, self._beat)

    def stop(self) -> None:
        """Hand collecting back to Python."""
        if self._next is not None:
            self._next.cancel()
            self._next = None
        gc.enable()

    def _beat(self) -> None:
        self._collector.collect_due()
        self._next = self._loop.call_later(_BEAT_S, self._beat)
