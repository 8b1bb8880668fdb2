"""Functions that people rely on: their failure and return are told once each."""

from collections.abc import Callable, Container, Iterable, Mapping

from app.gateway.shares import PEER, Shares
from models.operation.events.base import Draft
from models.operation.events.operation import SafetyFunctionFailed, SafetyFunctionRestored
from models.times import SECOND_US

ACTOR = "gateway"
_PATIENCE_US = 3 * SECOND_US


class SafetyFunctions:
    """Remembers which functions fail, since when, and whether that was told.

    A failure is told when it has lasted three seconds, so that a reconnect isn't one.

    Parameters
    ----------
    known : iterable of str
        What the situation holds as failed.
    speaks_for : callable
        Whether a function is this gateway's own; by default that of a site's only one.
    """

    def __init__(
        self, known: Iterable[str] = (), speaks_for: Callable[[str], bool] | None = None
    ) -> None:
        speaks = speaks_for or Shares({}).speaks_for
        self._told = {function for function in known if speaks(function)}
        self._since_us: dict[str, int] = {}

    def changes(
        self, failures: Mapping[str, str], now_us: int, recorded: Container[str] = ()
    ) -> list[Draft]:
        """Return what has to be told.

        Parameters
        ----------
        failures : mapping
            Function → why it fails now; empty text means it works.
        now_us : int
            The operation's time [µs].
        recorded : container of str
            What the record holds as failed: of another gateway (`peer:`) nothing is said twice.
        """
        drafts = []
        for function in sorted(failures.keys() | self._told):
            why = failures.get(function, "")
            if function.startswith(PEER) and function not in self._told:
                drafts += self._of_peer(function, why, now_us, told=function in recorded)
            elif not why:
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

    def _of_peer(self, function: str, why: str, now_us: int, *, told: bool) -> list[Draft]:
        """All gateways that live see the same; whoever comes first records it."""
        if why and not told:
            return [_draft(SafetyFunctionFailed(function=function, detail=why), now_us)]
        if not why and told:
            return [_draft(SafetyFunctionRestored(function=function), now_us)]
        return []


def _draft(payload: SafetyFunctionFailed | SafetyFunctionRestored, now_us: int) -> Draft:
    return Draft(payload=payload, subject=payload.function, actor=ACTOR, event_time_us=now_us)
