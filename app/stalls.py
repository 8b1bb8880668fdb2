"""Watches the UI thread: every gap longer than 50 ms is logged with the stack that caused it."""

import faulthandler
import logging
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import IO

from PySide6.QtCore import QObject, QTimer, Slot

_LOG = logging.getLogger("muster.stalls")
_BEAT_MS = 5
_LIMIT_S = 0.05
_WATCH_S = 0.01
_KEPT = 1000
_DEEPEST = 12
_THREAD = re.compile(r"(?:Current thread|Thread) 0x([0-9a-f]+)[^\n]*:\n((?: [^\n]*\n)*)")


@dataclass(frozen=True, slots=True)
class Stall:
    """One gap of the UI thread, and how much of it the thread itself worked."""

    seconds: float
    stack: str
    worked_s: float = 0.0


class StallWatch(QObject):
    """Beats on the UI thread and watches the beat from another thread.

    Must be made on the UI thread. Stalls are kept (the newest thousand) and logged.
    """

    def __init__(self, limit_s: float = _LIMIT_S) -> None:
        super().__init__()
        self._limit_s = limit_s
        self._ui_thread_id = threading.get_ident()
        self._beat_s = time.perf_counter()
        self._worked_s = time.thread_time()
        self._stop = threading.Event()
        self.stalls: list[Stall] = []
        self._stack = ""
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._thread = threading.Thread(target=self._watch, name="stalls", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._beat_s = time.perf_counter()
        self._timer.start()
        self._thread.start()

    def count_from_now(self) -> None:
        """Forget what stood still so far: starting up isn't working with it."""
        self.stalls = []

    def stop(self) -> None:
        """End watching and wait for the thread."""
        self._timer.stop()
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(2.0)

    @Slot()
    def _on_beat(self) -> None:
        now_s = time.perf_counter()
        worked_s = time.thread_time()
        gap_s, spent_s = now_s - self._beat_s, worked_s - self._worked_s
        self._beat_s, self._worked_s = now_s, worked_s
        if gap_s > self._limit_s:
            stall = Stall(gap_s, self._stack or "(ended before it was looked at)", spent_s)
            self.stalls = [*self.stalls[1 - _KEPT :], stall]
            _LOG.info(
                "UI thread stood still for %.0f ms, working for %.0f ms of it\n%s",
                gap_s * 1000, spent_s * 1000, stall.stack,
            )  # fmt: skip
        self._stack = ""

    def _watch(self) -> None:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as scratch:
            while not self._stop.wait(_WATCH_S):
                if time.perf_counter() - self._beat_s > self._limit_s and not self._stack:
                    self._stack = stack_of(self._ui_thread_id, scratch)


def stack_of(thread_id: int, scratch: IO[str]) -> str:
    """Return another thread's stack, the innermost call last; empty when it has ended.

    Parameters
    ----------
    thread_id : int
        As `threading.get_ident` gives it.
    scratch : file
        A real file to write to and read back.

    Notes
    -----
    A frame must not be held here, as `sys._current_frames` would: when that thread leaves it
    meanwhile, what the frame held is freed on this thread, and a widget freed so ended the desk.
    """
    scratch.seek(0)
    scratch.truncate()
    faulthandler.dump_traceback(scratch, all_threads=True)
    scratch.seek(0)
    for found in _THREAD.finditer(scratch.read()):
        if int(found[1], 16) == thread_id:
            lines = found[2].splitlines(keepends=True)[:_DEEPEST]
            return "".join(reversed(lines))
    return ""
