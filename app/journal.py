"""The journal: one append-only hash chain per operation; a stored event is stored for good."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from app.clock import Clock, SystemClock
from app.journal_batch import (
    Prepared,
    chain,
    check_batch,
    is_same,
    new_operation,
    prepare,
)
from app.journal_errors import (
    DuplicateEventError,
    JournalDamagedError,
    JournalMovedError,
    OperationStartedError,
    OperationStoppedError,
    journal_error,
)
from app.verification import Verification, verify_operation
from models.ids import IdSource, OperationId
from models.operation.events import Draft, Event
from models.operation.events.operation import OperationStopped
from models.operation.stored_event import (
    GENESIS_HASH,
    UnknownKindError,
    decode_event,
)
from models.store import Store, StoreConflictError, StoreError
from models.store.events import EventRows, StoredBody, StoredOperation
from models.times import SECOND_US

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_log = logging.getLogger("muster.journal")
NO_LIMIT = 2**62
# refusals that a repeated call meets although its batch was stored the first time
_MAYBE_STORED = (
    StoreConflictError, OperationStartedError, OperationStoppedError, JournalMovedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain; the hash is printed on issued documents."""

    seq: int
    hash: bytes
    recorded_us: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the store lists it."""

    id: OperationId
    mode: str
    name: str
    site: str
    seed: str
    started_us: int
    stopped_us: int | None
    head: Head


class Journal:
    """Appends to and reads from the operations of a store; synchronous and thread-safe.

    Never called on a UI thread. Recorded times come from `clock` and never decrease; the wall
    time is kept beside, outside the hash.
    """

    def __init__(
        self, store: Store, clock: Clock, ids: IdSource, *, wall: Clock | None = None
    ) -> None:
        self.store = store
        self.rows = EventRows(store)
        self._clock = clock
        self._ids = ids
        self._wall = wall or SystemClock()
        self._appending = threading.Lock()
        self._lagging = False

    def append(
        self,
        operation_id: OperationId,
        drafts: Sequence[Draft],
        *,
        moment_us: int | None = None,
        expected_seq: int | None = None,
    ) -> tuple[Event, ...]:
        """Store a batch in one transaction and return its events.

        Parameters
        ----------
        operation_id : OperationId
            The operation; its first batch begins with `OperationStarted`.
        drafts : sequence of Draft
            What happened. A batch whose ids are all stored already with the same content is
            taken as a repeated call: the stored events are returned, nothing is added.
        moment_us : int, optional
            Recorded time [µs UTC] of a scripted world instead of the clock's, so that the same
            seed gives the same hash at any speed; never earlier than the head.
        expected_seq : int, optional
            The head the caller looked at; JournalMovedError when it has moved on since.

        Raises
        ------
        JournalError
            Its subclass says why; nothing of the batch was stored.
        """
        if not drafts:
            return ()
        with self._appending, _translating():
            now_us = self._clock.now_us() if moment_us is None else moment_us
            prepared = [prepare(draft, self._ids, now_us) for draft in drafts]
            try:
                return self._store_batch(operation_id, prepared, moment_us, expected_seq)
            except _MAYBE_STORED as error:
                return self._repeated(operation_id, prepared, error)

    def append_within(
        self, session: "Session", operation_id: OperationId, drafts: Sequence[Draft]
    ) -> tuple[Event, ...]:
        """Append in a write transaction that the caller has begun and will commit.

        For facts that stand in rows beside the journal (reference data): both or neither are
        stored. The caller holds the store's write lock, so `append`'s own lock isn't taken: a
        thread that holds it waits for the store, and both would wait for each other.

        Raises
        ------
        JournalError, StoreError
            The caller's transaction must be rolled back.
        """
        now_us = self._clock.now_us()
        prepared = [prepare(draft, self._ids, now_us) for draft in drafts]
        return self._store_within(session, operation_id, prepared)

    def read(
        self,
        operation_id: OperationId,
        after_seq: int = 0,
        limit: int = 1000,
        *,
        upto_seq: int = NO_LIMIT,
    ) -> tuple[Event, ...]:
        """Return up to `limit` events with after_seq < seq ≤ upto_seq."""
        with _translating(), self.store.reading() as session:
            bodies = self.rows.bodies(session, operation_id, after_seq, upto_seq, limit)
        return decode_bodies(bodies)

    def head(self, operation_id: OperationId) -> Head:
        """Return the head of a chain; of an unknown operation seq 0 and 32 zero bytes."""
        with _translating(), self.store.reading() as session:
            stored = self.rows.operation(session, operation_id)
        return _operation(stored).head if stored else Head(0, GENESIS_HASH)

    def seq_at(self, operation_id: OperationId, recorded_us: int) -> int:
        """Return the last seq recorded at or before a moment [µs UTC]; 0 when none was."""
        with _translating(), self.store.reading() as session:
            return self.rows.seq_at(session, operation_id, recorded_us)

    def operations(self) -> tuple[Operation, ...]:
        """Return all operations in the order of their start."""
        with _translating(), self.store.reading() as session:
            return tuple(_operation(stored) for stored in self.rows.operations(session))

    def verify(self, operation_id: OperationId) -> Verification:
        """Check chain, columns, head and checkpoints of an operation."""
        return verify_operation(self, operation_id)

    def _store_batch(
        self,
        operation_id: OperationId,
        prepared: Sequence[Prepared],
        moment_us: int | None,
        expected_seq: int | None,
    ) -> tuple[Event, ...]:
        with self.store.writing() as session:
            return self._store_within(session, operation_id, prepared, moment_us, expected_seq)

    def _store_within(
        self,
        session: "Session",
        operation_id: OperationId,
        prepared: Sequence[Prepared],
        moment_us: int | None = None,
        expected_seq: int | None = None,
    ) -> tuple[Event, ...]:
        stored = self.rows.operation(session, operation_id, lock=True)
        head_seq = stored.head_seq if stored else 0
        if expected_seq is not None and head_seq != expected_seq:
            raise JournalMovedError(f"head is at {head_seq}, not at {expected_seq}")
        now_us = self._clock.now_us() if moment_us is None else moment_us
        check_batch(operation_id, stored, prepared)
        if stored is None:
            stored = new_operation(operation_id, prepared[0].draft, now_us)
            self.rows.insert_operation(session, stored)
        recorded_us = max(now_us, stored.head_recorded_us)
        self._note_lag(recorded_us - now_us)
        rows, events = chain(stored, prepared, recorded_us, self._wall.now_us())
        self.rows.insert_events(session, rows)
        stopped = isinstance(prepared[-1].draft.payload, OperationStopped)
        self.rows.move_head(
            session,
            stored._replace(
                head_seq=rows[-1].seq,
                head_hash=rows[-1].hash,
                head_recorded_us=recorded_us,
                stopped_us=recorded_us if stopped else None,
            ),
        )
        return tuple(events)

    def _note_lag(self, lag_us: int) -> None:
        """Say once that the clock was set back: until it has caught up, recorded time stands."""
        lags = lag_us > SECOND_US
        if lags and not self._lagging:
            _log.warning("clock stands %.1f s behind the journal", lag_us / SECOND_US)
        self._lagging = lags

    def _repeated(
        self, operation_id: OperationId, prepared: Sequence[Prepared], refusal: Exception
    ) -> tuple[Event, ...]:
        """Return the stored events when the same batch was stored before, else refuse."""
        with self.store.reading() as session:
            bodies = self.rows.bodies_by_id(session, [item.id for item in prepared])
        if not bodies:
            if not isinstance(refusal, StoreConflictError):
                raise refusal
            if len({item.id for item in prepared}) < len(prepared):
                raise DuplicateEventError("two events of the batch share an id") from refusal
            # two programs started the operation at once, and the other one was first
            raise OperationStartedError(f"{operation_id!r} has started already") from refusal
        events = {event.id: event for event in decode_bodies(bodies)}
        for item in prepared:
            event = events.get(item.id)
            if event is None or not is_same(event, operation_id, item.draft):
                raise DuplicateEventError(f"event {item.id} is stored already") from refusal
        return tuple(events[item.id] for item in prepared)


def decode_bodies(bodies: Sequence[StoredBody]) -> tuple[Event, ...]:
    """Return the events of stored rows.

    Raises
    ------
    JournalDamagedError
        When the bytes can't be read or a newer program wrote them.
    """
    try:
        return tuple(decode_event(*body) for body in bodies)
    except (UnknownKindError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise JournalDamagedError(str(error)) from error


def _operation(stored: StoredOperation) -> Operation:
    return Operation(
        id=OperationId(stored.id),
        mode=stored.mode,
        name=stored.name,
        site=stored.site,
        seed=stored.seed,
        started_us=stored.started_us,
        stopped_us=stored.stopped_us,
        head=Head(stored.head_seq, stored.head_hash, stored.head_recorded_us),
    )


@contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise journal_error(error) from error
