"""Ends a gateway whose site was removed under it: it would watch for nobody, for ever."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

_LOG = logging.getLogger("muster.gateway")
_EVERY_S = 5.0
_TIMES = 2


class LostSite:
    """Looks now and then whether the lock file is still the one that was locked.

    A folder that can't be reached for a moment (a share) isn't lost: only an answer that the file
    is gone or another one counts, and only when it is given twice.
    """

    def __init__(self, lock_file: Path, stop: Callable[[], None]) -> None:
        self._file = lock_file
        self._stop = stop
        self._inode = lock_file.stat().st_ino
        self._times = 0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to look, in the running loop."""
        self._timer = asyncio.get_running_loop().call_later(_EVERY_S, self._on_timer)

    def end(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def look(self) -> None:
        """Look once; stop the gateway when the site is gone for the second time."""
        self._times = self._times + 1 if self._is_gone() else 0
        if self._times >= _TIMES:
            _LOG.error("the site was removed: the gateway ends")
            self._stop()

    def _on_timer(self) -> None:
        self.look()
        self.start()

    def _is_gone(self) -> bool:
        try:
            return self._file.stat().st_ino != self._inode
        except FileNotFoundError:
            return True
        except OSError:
            return False
