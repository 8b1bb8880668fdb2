"""When a condition becomes a warning and when it is over: it has to last, and pauses between."""

from collections.abc import Collection
from typing import NamedTuple


class Turn(NamedTuple):
    """What a moment brought: keys to raise and keys to clear, in order."""

    raised: tuple[str, ...]
    cleared: tuple[str, ...]


class Raising:
    """Holds which conditions are raised.

    A condition is raised when it was there at each look for `raise_after_us`, and cleared when it
    was at none for `clear_after_us`; it isn't raised again within `pause_us` of being cleared.
    """

    def __init__(self, raise_after_us: int, clear_after_us: int, pause_us: int) -> None:
        self._raise_after_us, self._clear_after_us = raise_after_us, clear_after_us
        self._pause_us = pause_us
        self._first_us: dict[str, int] = {}
        self._last_us: dict[str, int] = {}
        self._cleared_us: dict[str, int] = {}

    @property
    def raised(self) -> Collection[str]:
        """Return what is raised."""
        return self._last_us.keys()

    def adopt(self, keys: Collection[str], now_us: int) -> None:
        """Take up what the record says is raised."""
        self._last_us.update(dict.fromkeys(keys, now_us))

    def look(self, present: Collection[str], now_us: int, unknown: Collection[str] = ()) -> Turn:
        """Take what is there now; of what is `unknown` nobody can say whether it is over."""
        self._last_us.update({key: now_us for key in unknown if key in self._last_us})
        for key in [key for key in self._first_us if key not in present]:
            del self._first_us[key]
        raised = []
        for key in sorted(present):
            if key in self._last_us:
                self._last_us[key] = now_us
                continue
            first_us = self._first_us.setdefault(key, now_us)
            paused = now_us - self._cleared_us.get(key, now_us - self._pause_us) < self._pause_us
            if now_us - first_us >= self._raise_after_us and not paused:
                self._last_us[key] = now_us
                raised.append(key)
        cleared = [k for k, at in self._last_us.items() if now_us - at >= self._clear_after_us]
        for key in cleared:
            del self._last_us[key]
            self._cleared_us[key] = now_us
        return Turn(tuple(raised), tuple(sorted(cleared)))
