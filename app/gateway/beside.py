"""Questions to a store beside the scans: one that hangs or fails is told and holds nothing up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

_LOG = logging.getLogger("muster.gateway.engine")
_WAIT_S = 1.0
_STUCK_S = 2.0


class Beside:
    """Work that is done now and then; while the last one still runs, no other begins.

    Whoever asks for it waits a second at most, so that what answers at once is done with the scan
    that asked.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._task: asyncio.Task[None] | None = None
        self._began_s = 0.0
        self._error = ""

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Begin work, unless the last still runs, and wait for it a moment; nothing is raised."""
        if self._runs():
            return
        self._began_s = asyncio.get_running_loop().time()
        self._task = asyncio.create_task(self._guarded(work))
        await asyncio.wait({self._task}, timeout=_WAIT_S)

    def _runs(self) -> bool:
        return self._task is not None and not self._task.done()

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # whatever it stumbles over, alarms must go on
            if not self._error:
                _LOG.exception("%s fails", self._name)
            self._error = f"{type(error).__name__}: {error}"
        else:
            self._error = ""

    @property
    def failing(self) -> str:
        """Why it doesn't work now; empty when it does."""
        if self._runs():
            waited_s = asyncio.get_running_loop().time() - self._began_s
            if waited_s > _STUCK_S:
                return f"no answer for {waited_s:.0f} s"
        return self._error
