"""Situations of an operation, now or as they were known at a moment."""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass

from app.journal import NO_LIMIT, Journal
from app.journal_errors import journal_error
from models.ids import OperationId
from models.operation.checkpoint import (
    STORED_VERSION,
    CheckpointDamagedError,
    decode_checkpoint,
    encode_checkpoint,
)
from models.operation.events import Event
from models.operation.events.operation import SegmentBegan
from models.operation.fold import empty_situation, fold_all
from models.operation.situation import Situation
from models.store import StoreError

CHECKPOINT_EVERY = 500
_CACHED = 24
_log = logging.getLogger("muster.situations")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which something was recorded, and the last event of it."""

    recorded_us: int
    seq: int


class CheckpointKeeper:
    """Writes checkpoints beside the events; a failure costs time later, never a fact."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def keep(self, situation: Situation) -> bool:
        """Store a checkpoint at the situation's seq; return whether it is stored."""
        rows = self._journal.rows
        body = encode_checkpoint(situation)
        try:
            with self._journal.store.writing() as session:
                rows.put_checkpoint(
                    session, situation.operation_id, situation.seq, STORED_VERSION, body
                )
        except StoreError as error:
            _log.info("no checkpoint at %d: %s", situation.seq, error)
            return False
        return True


class SituationReader:
    """Folds situations from the nearest checkpoint; thread-safe, never on a UI thread.

    Where it passes a multiple of 500 events or the beginning of a segment without a checkpoint,
    it leaves one, so that the next look is short.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._keeper = CheckpointKeeper(journal)
        self._cache: OrderedDict[tuple[str, int], Situation] = OrderedDict()
        self._lock = threading.Lock()

    def latest(self, operation_id: OperationId) -> Situation:
        """Return the situation at the head of the journal; seq 0 for an unknown operation."""
        return self.at_seq(operation_id, NO_LIMIT)

    def at(self, operation_id: OperationId, recorded_us: int) -> Situation:
        """Return the situation as it was known at a moment [µs UTC, recorded time]."""
        return self.at_seq(operation_id, self._journal.seq_at(operation_id, recorded_us))

    def at_seq(self, operation_id: OperationId, seq: int) -> Situation:
        """Return the situation after the event `seq` (or the last one before it)."""
        situation = self._start(operation_id, seq)
        while situation.seq < seq:
            upto = min(seq, situation.seq + CHECKPOINT_EVERY - situation.seq % CHECKPOINT_EVERY)
            events = self._journal.read(
                operation_id, situation.seq, CHECKPOINT_EVERY, upto_seq=upto
            )
            situation = self._fold(situation, events)
            if situation.seq < upto:
                break
        return situation

    def moments(self, operation_id: OperationId) -> tuple[Moment, ...]:
        """Return every moment at which something was recorded, in order."""
        try:
            with self._journal.store.reading() as session:
                found = self._journal.rows.moments(session, operation_id)
        except StoreError as error:
            raise journal_error(error) from error
        return tuple(Moment(recorded_us, seq) for recorded_us, seq in found)

    def _fold(self, situation: Situation, events: tuple[Event, ...]) -> Situation:
        """Fold a page of events, leaving checkpoints where they belong."""
        begun = 0
        for index, event in enumerate(events, 1):
            if event.seq % CHECKPOINT_EVERY == 0 or isinstance(event.payload, SegmentBegan):
                situation, _ = fold_all(situation, events[begun:index])
                begun = index
                self._keeper.keep(situation)
                self._remember(situation)
        return fold_all(situation, events[begun:])[0]

    def _start(self, operation_id: OperationId, seq: int) -> Situation:
        """Return the last usable checkpoint at or before a seq, else the empty situation."""
        rows = self._journal.rows
        while seq > 0:
            try:
                with self._journal.store.reading() as session:
                    at = rows.checkpoint_at(session, operation_id, seq, STORED_VERSION)
                    if at is None:
                        break
                    cached = self._recall(operation_id, at)
                    if cached is not None:
                        return cached
                    body = rows.checkpoint_body(session, operation_id, at)
            except StoreError as error:
                raise journal_error(error) from error
            try:
                situation = decode_checkpoint(body)
            except CheckpointDamagedError:
                _log.warning("checkpoint %s %d is damaged and passed over", operation_id, at)
                seq = at - 1
                continue
            self._remember(situation)
            return situation
        return empty_situation(operation_id)

    def _remember(self, situation: Situation) -> None:
        with self._lock:
            self._cache[situation.operation_id, situation.seq] = situation
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)

    def _recall(self, operation_id: str, seq: int) -> Situation | None:
        with self._lock:
            return self._cache.get((operation_id, seq))
