"""The fold thread: new events become one queued signal with a frozen snapshot.

Journal notifications only wake it; it reads `seq > last`. Commands are published at once, what
others wrote at most five times a second.
"""

import logging
import threading
import time
from collections.abc import Callable

from app.keeper import SituationKeeper
from models.operation.situation import Published

_LOG = logging.getLogger("muster.bus")
_PERIOD_S = 0.2
_POLL_S = 0.25
_RETRY_S = 1.0


class FoldThread:
    """Runs `keeper.advance()` when woken and hands snapshots to `publish`.

    `publish` and `failed` are called on this thread: give them a signal's `emit`. `failed` gets
    each new error, and None when reading works again.
    """

    def __init__(
        self,
        keeper: SituationKeeper,
        publish: Callable[[Published], None],
        failed: Callable[[Exception | None], None],
    ) -> None:
        self._keeper = keeper
        self._publish = publish
        self._failed = failed
        self._wake = threading.Event()
        self._urgent = False
        self._stop = False
        self._failing = ""
        self._thread = threading.Thread(target=self._run, name="fold", daemon=True)

    def start(self) -> None:
        """Start folding."""
        self._thread.start()

    def wake(self, *, urgent: bool = False) -> None:
        """Say that the journal may have grown; `urgent` skips the coalescing."""
        self._urgent = self._urgent or urgent
        self._wake.set()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop and wait for the thread."""
        self._stop = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        last_s = 0.0
        while not self._stop:
            self._wake.wait(_POLL_S)
            self._wake.clear()
            left_s = last_s + _PERIOD_S - time.monotonic()
            if left_s > 0 and not self._urgent and not self._stop:
                self._wake.wait(left_s)
            self._urgent = False
            if self._stop:
                return
            try:
                self._keeper.advance()
                taken = self._keeper.take_changes()
            except Exception as error:  # the thread must outlive a busy or full store
                self._tell(error)
                self._wake.wait(_RETRY_S)
                continue
            if self._failing:
                self._tell(None)
            if taken is not None:
                last_s = time.monotonic()
                self._publish(Published(situation=taken[0], changes=taken[1]))

    def _tell(self, error: Exception | None) -> None:
        """Tell a failure once, and its end."""
        text = "" if error is None else str(error) or type(error).__name__
        if text != self._failing:
            _LOG.warning("folding %s", f"failed: {text}" if text else "works again")
            self._failed(error)
        self._failing = text
