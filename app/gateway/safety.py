"""Functions that people rely on: their failure and return are told once each."""

from collections.abc import Iterable, Mapping

from models.operation.events.base import Draft
from models.operation.events.operation import SafetyFunctionFailed, SafetyFunctionRestored
from models.times import SECOND_US

ACTOR = "gateway"
SOURCE = "source:"
OWN = frozenset({"journal", "history", "cards", "escalation", "wind", "world"})
_PATIENCE_US = 3 * SECOND_US


class SafetyFunctions:
    """Remembers which functions fail, since when, and whether that was told.

    A failure is told when it has lasted three seconds, so that a reconnect isn't one.

    Parameters
    ----------
    known : iterable of str
        What the situation holds as failed; the gateway speaks for its own functions only.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._told = {f for f in known if f in OWN or f.startswith(SOURCE)}
        self._since_us: dict[str, int] = {}

    def changes(self, failures: Mapping[str, str], now_us: int) -> list[Draft]:
        """Return what has to be told.

        Parameters
        ----------
        failures : mapping
            Function → why it fails now; empty text means it works.
        now_us : int
            The operation's time [µs].
        """
        drafts = []
        for function in sorted(failures.keys() | self._told):
            why = failures.get(function, "")
            if not why:
                self._since_us.pop(function, None)
                if function in self._told:
                    self._told.remove(function)
                    drafts.append(_draft(SafetyFunctionRestored(function=function), now_us))
            elif function not in self._told:
                since_us = self._since_us.setdefault(function, now_us)
                if now_us - since_us >= _PATIENCE_US:
                    self._told.add(function)
                    failed = SafetyFunctionFailed(function=function, detail=why)
                    drafts.append(_draft(failed, now_us))
        return drafts


def _draft(payload: SafetyFunctionFailed | SafetyFunctionRestored, now_us: int) -> Draft:
    return Draft(payload=payload, subject=payload.function, actor=ACTOR, event_time_us=now_us)
