"""Keeps the live situation of one operation: reads what is new, folds it, notes what changed."""

import threading
from collections.abc import Sequence
from typing import Protocol

from models.ids import OperationId
from models.operation.events.base import Event
from models.operation.fold import fold_all
from models.operation.situation import Changes, Situation

_PAGE = 2000


class EventReader(Protocol):
    """The part of the journal that the keeper reads."""

    def read(
        self, operation_id: OperationId, after_seq: int = 0, limit: int = 1000
    ) -> Sequence[Event]:
        """Return events with `seq > after_seq`."""
        ...


class SituationKeeper:
    """The one folded state of the desk, shared by the fold thread and the store writer."""

    def __init__(self, journal: EventReader, start: Situation) -> None:
        self._journal = journal
        self._situation = start
        self._changes = Changes(full=True, last_seq=start.seq)
        self._lock = threading.Lock()

    def advance(self) -> Situation:
        """Fold everything the journal has and return the state at its head."""
        with self._lock:
            while True:
                situation = self._situation
                events = self._journal.read(
                    OperationId(situation.operation_id), situation.seq, _PAGE
                )
                if events:
                    self._situation, changes = fold_all(situation, events)
                    self._changes = joined(self._changes, changes)
                if len(events) < _PAGE:
                    return self._situation

    def take_changes(self) -> tuple[Situation, Changes] | None:
        """Return the state and what changed since the last call, None when nothing did."""
        with self._lock:
            changes = self._changes
            if not changes.full and not changes.touched:
                return None
            self._changes = Changes(last_seq=changes.last_seq)
            return self._situation, changes


def joined(before: Changes, after: Changes) -> Changes:
    """Return what changed in two steps that follow each other."""
    touched = before.touched
    for name, ids in after.touched.items():
        touched = touched.set(name, touched.get(name, frozenset()) | ids)
    return Changes(
        touched=touched,
        first_seq=before.first_seq or after.first_seq,
        last_seq=after.last_seq,
        full=before.full or after.full,
    )
