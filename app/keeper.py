"""Keeps the live situation of one operation: reads what is new, folds it, notes what changed."""

import threading
from typing import Protocol

from immutables import Map

from models.operation.events.base import Event
from models.operation.fold import fold
from models.operation.changes import touched_between
from models.operation.situation import Changes, Situation

_PAGE = 2000


class EventReader(Protocol):
    """The part of the journal that the keeper reads."""

    def read(self, operation_id: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        """Return events with `seq > after_seq`."""
        ...


class SituationKeeper:
    """The one folded state of the desk, shared by the fold thread and the store writer."""

    def __init__(self, journal: EventReader, start: Situation) -> None:
        self._journal = journal
        self._situation = start
        self._published = start
        self._full = True
        self._lock = threading.Lock()

    def advance(self) -> Situation:
        """Fold everything the journal has and return the state at its head."""
        with self._lock:
            while True:
                situation = self._situation
                events = self._journal.read(situation.operation_id, situation.seq, _PAGE)
                for event in events:
                    situation = fold(situation, event)
                self._situation = situation
                if len(events) < _PAGE:
                    return situation

    def take_changes(self) -> Changes | None:
        """Return what changed since the last call, None when nothing did."""
        with self._lock:
            before, after = self._published, self._situation
            if after.seq == before.seq and not self._full:
                return None
            touched = Map() if self._full else touched_between(before, after)
            changes = Changes(
                touched=touched, first_seq=before.seq + 1, last_seq=after.seq, full=self._full
            )
            self._published, self._full = after, False
            return changes

    @property
    def situation(self) -> Situation:
        """The state as folded so far."""
        return self._situation
