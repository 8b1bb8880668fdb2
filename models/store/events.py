"""Rows of operations, events and checkpoints: the SQL under the journal."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from sqlalchemy import RowMapping, Table, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.store.store import Store
from models.store.tables import CheckpointRow, EventRow, OperationRow

WAKE_CHANNEL = "muster_journal"
_ROWS_PER_INSERT = 1000  # 12 columns each; PostgreSQL takes 65,535 parameters
_EVENT = cast(Table, EventRow.__table__)
_OPERATIONS = cast(Table, OperationRow.__table__)
_CHECKPOINTS = cast(Table, CheckpointRow.__table__)
_BODY = (EventRow.body, EventRow.previous_hash, EventRow.hash)


class StoredOperation(NamedTuple):
    """An operation and the head of its chain."""

    id: str
    mode: str
    name: str
    site: str
    seed: str
    started_us: int
    stopped_us: int | None
    head_seq: int
    head_hash: bytes
    head_recorded_us: int


class StoredEvent(NamedTuple):
    """All columns of an event."""

    operation_id: str
    seq: int
    id: str
    event_us: int
    recorded_us: int
    actor: str
    kind: str
    subject: str
    body: bytes
    previous_hash: bytes
    hash: bytes
    wall_us: int


class StoredBody(NamedTuple):
    """What decoding an event needs."""

    body: bytes
    previous_hash: bytes
    hash: bytes


class EventRows:
    """Reads and writes rows inside sessions that the caller owns."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._insert = postgresql.insert if not store.is_sqlite else sqlite.insert

    def operations(self, session: Session) -> tuple[StoredOperation, ...]:
        """Return all operations in the order of their start."""
        rows = session.execute(
            select(*_OPERATION).order_by(OperationRow.started_us, OperationRow.id)
        )
        return tuple(StoredOperation(*row) for row in rows)

    def operation(
        self, session: Session, operation_id: str, *, lock: bool = False
    ) -> StoredOperation | None:
        """Return one operation; `lock` holds its row until the transaction ends."""
        query = select(*_OPERATION).where(OperationRow.id == operation_id)
        if lock and not self._store.is_sqlite:
            query = query.with_for_update()
        row = session.execute(query).one_or_none()
        return StoredOperation(*row) if row else None

    def insert_operation(self, session: Session, operation: StoredOperation) -> None:
        """Enter a new operation."""
        session.execute(insert(_OPERATIONS), operation._asdict())

    def move_head(self, session: Session, operation: StoredOperation) -> None:
        """Store the new head of a chain."""
        session.execute(
            update(OperationRow)
            .where(OperationRow.id == operation.id)
            .values(
                head_seq=operation.head_seq,
                head_hash=operation.head_hash,
                head_recorded_us=operation.head_recorded_us,
                stopped_us=operation.stopped_us,
            )
            .execution_options(synchronize_session=False)
        )

    def insert_events(self, session: Session, events: Sequence[StoredEvent]) -> None:
        """Append rows and wake listeners when the transaction commits."""
        rows = [event._asdict() for event in events]
        if self._store.is_sqlite:
            session.execute(insert(_EVENT), rows)
        else:
            # WORKAROUND psycopg's executemany pipelines: a refused row logs a warning there
            for start in range(0, len(rows), _ROWS_PER_INSERT):
                session.execute(insert(_EVENT).values(rows[start : start + _ROWS_PER_INSERT]))
            session.execute(
                text("SELECT pg_notify(:channel, :operation)"),
                {"channel": WAKE_CHANNEL, "operation": events[0].operation_id},
            )

    def bodies(
        self, session: Session, operation_id: str, after_seq: int, upto_seq: int, limit: int
    ) -> list[StoredBody]:
        """Return the bodies with after_seq < seq ≤ upto_seq, in order."""
        rows = session.execute(
            select(*_BODY)
            .where(
                EventRow.operation_id == operation_id,
                EventRow.seq > after_seq,
                EventRow.seq <= upto_seq,
            )
            .order_by(EventRow.seq)
            .limit(limit)
        )
        return [StoredBody(*row) for row in rows]

    def bodies_by_id(self, session: Session, ids: Sequence[str]) -> list[StoredBody]:
        """Return the bodies of the events with these ids, by operation and seq."""
        rows = session.execute(
            select(*_BODY).where(EventRow.id.in_(ids)).order_by(EventRow.operation_id, EventRow.seq)
        )
        return [StoredBody(*row) for row in rows]

    def bodies_of_subjects(
        self, session: Session, operation_id: str, subjects: Sequence[str], upto_seq: int
    ) -> list[StoredBody]:
        """Return the bodies of all events about these subjects, in order."""
        rows = session.execute(
            select(*_BODY)
            .where(
                EventRow.operation_id == operation_id,
                EventRow.subject.in_(subjects),
                EventRow.seq <= upto_seq,
            )
            .order_by(EventRow.seq)
        )
        return [StoredBody(*row) for row in rows]

    def bodies_of_kinds(
        self, session: Session, operation_id: str, kinds: Sequence[str], upto_seq: int
    ) -> list[StoredBody]:
        """Return the bodies of all events of these kinds, in order."""
        rows = session.execute(
            select(*_BODY)
            .where(
                EventRow.operation_id == operation_id,
                EventRow.kind.in_(kinds),
                EventRow.seq <= upto_seq,
            )
            .order_by(EventRow.seq)
        )
        return [StoredBody(*row) for row in rows]

    def last_body(
        self, session: Session, operation_id: str, subject: str, kind: str
    ) -> StoredBody | None:
        """Return the body of the last event of a kind about a subject."""
        row = session.execute(
            select(*_BODY)
            .where(
                EventRow.operation_id == operation_id,
                EventRow.subject == subject,
                EventRow.kind == kind,
            )
            .order_by(EventRow.seq.desc())
            .limit(1)
        ).one_or_none()
        return StoredBody(*row) if row else None

    def full_rows(
        self, session: Session, operation_id: str, after_seq: int, limit: int
    ) -> list[RowMapping]:
        """Return whole rows after a seq, for verification."""
        query = (
            select(_EVENT)
            .where(_EVENT.c.operation_id == operation_id, _EVENT.c.seq > after_seq)
            .order_by(_EVENT.c.seq)
            .limit(limit)
        )
        return list(session.execute(query).mappings())

    def seq_at(self, session: Session, operation_id: str, recorded_us: int) -> int:
        """Return the last seq recorded at or before a moment; 0 when none was."""
        found = session.scalar(
            select(EventRow.seq)
            .where(EventRow.operation_id == operation_id, EventRow.recorded_us <= recorded_us)
            .order_by(EventRow.recorded_us.desc(), EventRow.seq.desc())
            .limit(1)
        )
        return found or 0

    def moments(self, session: Session, operation_id: str) -> list[tuple[int, int]]:
        """Return (recorded µs, last seq) of every moment at which something was recorded."""
        rows = session.execute(
            select(EventRow.recorded_us, func.max(EventRow.seq))
            .where(EventRow.operation_id == operation_id)
            .group_by(EventRow.recorded_us)
            .order_by(EventRow.recorded_us)
        )
        return [(row[0], row[1]) for row in rows]

    def put_checkpoint(
        self, session: Session, operation_id: str, seq: int, fold_version: str, body: bytes
    ) -> None:
        """Store a checkpoint, replacing one that stands there."""
        changed = {"fold_version": fold_version, "body": body}
        session.execute(
            self._insert(_CHECKPOINTS)
            .values(operation_id=operation_id, seq=seq, **changed)
            .on_conflict_do_update(index_elements=["operation_id", "seq"], set_=changed)
        )

    def checkpoint_at(
        self, session: Session, operation_id: str, upto_seq: int, fold_version: str
    ) -> int | None:
        """Return the seq of the last usable checkpoint at or before a seq."""
        return session.scalar(
            select(CheckpointRow.seq)
            .where(
                CheckpointRow.operation_id == operation_id,
                CheckpointRow.seq <= upto_seq,
                CheckpointRow.fold_version == fold_version,
            )
            .order_by(CheckpointRow.seq.desc())
            .limit(1)
        )

    def checkpoint_body(self, session: Session, operation_id: str, seq: int) -> bytes:
        """Return the bytes of a checkpoint that stands at a seq."""
        return session.execute(
            select(CheckpointRow.body).where(
                CheckpointRow.operation_id == operation_id, CheckpointRow.seq == seq
            )
        ).scalar_one()

    def checkpoint_seqs(self, session: Session, operation_id: str) -> Iterator[tuple[int, str]]:
        """Yield (seq, fold version) of all checkpoints of an operation."""
        rows = session.execute(
            select(CheckpointRow.seq, CheckpointRow.fold_version)
            .where(CheckpointRow.operation_id == operation_id)
            .order_by(CheckpointRow.seq)
        )
        return ((row[0], row[1]) for row in rows)

    def drop_checkpoints(self, session: Session, operation_id: str) -> None:
        """Throw all checkpoints of an operation away; they are rebuilt when wanted."""
        session.execute(delete(CheckpointRow).where(CheckpointRow.operation_id == operation_id))


_OPERATION = tuple(getattr(OperationRow, name) for name in StoredOperation._fields)
