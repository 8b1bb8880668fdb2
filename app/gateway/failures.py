"""The failure library (失效数据库) out of what verifications confirm: live operations only."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future

from app.desk import Reference
from app.reference import ReferenceService
from models.libraries.kinds import Failure
from models.operation.events.base import Draft
from models.operation.situation import Situation
from models.telemetry.failure_entries import failure_of

ACTOR = "gateway"
Enter = Callable[[Failure], None]


def entering(service: ReferenceService) -> Enter:
    """Return what stores an entry, unless the library has it: people may have refined it."""

    def enter(entry: Failure) -> None:
        if service.view().get(Failure.KIND, entry.key) is None:
            service.change_row(Failure.KIND, entry.key, entry, ACTOR)

    return enter


class FailureEntries:
    """Enters each confirmed card once, off the loop; what fails is tried again and told.

    Parameters
    ----------
    enter : callable
        As `entering` returns; may raise.
    executor : Executor
        Where it is called.

    Notes
    -----
    What a drill or a demonstration invents is no failure of a plant.
    """

    def __init__(self, enter: Enter, executor: Executor) -> None:
        self._enter = enter
        self._executor = executor
        self._done: set[str] = set()
        self._cards: object = None
        self._running: tuple[str, Future[None]] | None = None

    def due(self, situation: Situation, reference: Reference, now_us: int) -> Sequence[Draft]:
        """Enter what was confirmed; raises what kept an entry from being stored."""
        del reference, now_us
        if situation.mode != "live":
            return []
        if self._running is not None:
            key, running = self._running
            if not running.done():
                return []
            self._running = None
            running.result()
            self._done.add(key)
        if situation.cards is self._cards:
            return []
        for card in situation.cards.values():
            entry = None if card.id in self._done else failure_of(card)
            if entry is not None:
                self._running = card.id, self._executor.submit(self._enter, entry)
                return []
        self._cards = situation.cards
        return []
