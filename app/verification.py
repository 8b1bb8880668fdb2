"""Verifying a journal: chain, columns against bodies, heads, checkpoints against a fresh fold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from app.journal_errors import OperationUnknownError, journal_error
from models.ids import OperationId
from models.operation.checkpoint import (
    STORED_VERSION,
    CheckpointDamagedError,
    decode_checkpoint,
)
from models.operation.events import Event
from models.operation.events.operation import OperationStarted, OperationStopped
from models.operation.fold import empty_situation, fold
from models.operation.stored_event import (
    GENESIS_HASH,
    UnknownKindError,
    chain_hash,
    decode_envelope,
    decode_event,
)
from models.store import StoreError
from models.store.events import StoredOperation

if TYPE_CHECKING:
    from app.journal import Journal

_PAGE = 500
_COLUMNS = (
    "operation_id", "seq", "id", "event_us", "recorded_us", "actor", "kind", "subject",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that doesn't fit; `code` is translated on screen."""

    seq: int
    code: str
    detail: str = ""


@dataclass(slots=True)
class Verification:
    """What was looked at in one operation, and what doesn't fit."""

    operation_id: str
    events: int = 0
    checkpoints: int = 0
    head_hash: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify_operation(journal: "Journal", operation_id: OperationId) -> Verification:
    """Read an operation from its first event to its head and check everything.

    A chain alone can't show that its tail was cut off: the head kept in the operation's row
    shows it, and the head hashes printed on issued documents do.

    Raises
    ------
    JournalError
        When the operation is unknown or the store can't be read.
    """
    try:
        with journal.store.reading() as session:
            operation = journal.rows.operation(session, operation_id)
            if operation is None:
                raise OperationUnknownError(f"operation {operation_id!r} has not started")
            seqs = journal.rows.checkpoint_seqs(session, operation_id)
            usable = [seq for seq, version in seqs if version == STORED_VERSION]
        checker = _Checker(journal, operation, set(usable))
        for row in _rows(journal, operation):
            checker.take(row)
        checker.finish()
    except StoreError as error:
        raise journal_error(error) from error
    return checker.result


def _rows(journal: "Journal", operation: StoredOperation) -> Iterator[Mapping[str, Any]]:
    """Yield the rows up to the head; what is appended meanwhile is left for the next time."""
    after = 0
    while True:
        with journal.store.reading() as session:
            rows = journal.rows.full_rows(session, operation.id, after, _PAGE)
        for row in rows:
            if row["seq"] <= operation.head_seq:
                yield dict(row)
        if len(rows) < _PAGE or rows[-1]["seq"] >= operation.head_seq:
            return
        after = rows[-1]["seq"]


class _Checker:
    """Takes the rows of an operation in order and notes what doesn't fit."""

    def __init__(self, journal: "Journal", operation: StoredOperation, usable: set[int]) -> None:
        self.result = Verification(operation.id)
        self._journal = journal
        self._operation = operation
        self._usable = usable
        self._seq = 0
        self._hash = GENESIS_HASH
        self._recorded_us = 0
        self._situation = empty_situation(operation.id)
        self._folds = True
        self._last: Event | None = None

    def take(self, row: Mapping[str, Any]) -> None:
        """Check one row."""
        seq: int = row["seq"]
        if seq != self._seq + 1:
            self._note(self._seq + 1, "rows_missing", f"{self._seq + 1}…{seq - 1}")
            self._folds = False
        body = bytes(row["body"])
        previous, hash_ = bytes(row["previous_hash"]), bytes(row["hash"])
        if previous != self._hash:
            self._note(seq, "chain_broken")
        if chain_hash(previous, body) != hash_:
            self._note(seq, "hash_wrong")
        if row["recorded_us"] < self._recorded_us:
            self._note(seq, "time_went_back")
        self._seq, self._hash, self._recorded_us = seq, hash_, row["recorded_us"]
        self.result.events += 1
        self._take_body(row, body, previous, hash_)

    def _take_body(
        self, row: Mapping[str, Any], body: bytes, previous: bytes, hash_: bytes
    ) -> None:
        seq: int = row["seq"]
        try:
            envelope = decode_envelope(body)
            event = decode_event(body, previous, hash_)
        except (msgspec.MsgspecError, UnicodeDecodeError, UnknownKindError) as error:
            self._note(seq, "body_unreadable", str(error))
            self._folds = False
            return
        for name in _COLUMNS:
            if row[name] != getattr(envelope, name):
                self._note(seq, "column_differs", name)
                self._folds = False
        if seq == 1:
            self._check_start(event)
        self._last = event
        if self._folds:
            self._situation = fold(self._situation, event)
            if seq in self._usable:
                self._check_checkpoint(seq)

    def _check_start(self, event: Event) -> None:
        payload = event.payload
        if not isinstance(payload, OperationStarted):
            self._note(1, "start_missing")
            return
        for name in ("mode", "name", "site", "seed"):
            if getattr(payload, name) != getattr(self._operation, name):
                self._note(1, "operation_differs", name)

    def _check_checkpoint(self, seq: int) -> None:
        with self._journal.store.reading() as session:
            body = self._journal.rows.checkpoint_body(session, self._operation.id, seq)
        self.result.checkpoints += 1
        try:
            matches = decode_checkpoint(bytes(body)) == self._situation
        except CheckpointDamagedError:
            matches = False
        if not matches:
            self._note(seq, "checkpoint_differs")

    def finish(self) -> None:
        """Check the head that the operation's row keeps."""
        operation = self._operation
        if self._seq != operation.head_seq:
            self._note(self._seq + 1, "rows_missing", f"{self._seq + 1}…{operation.head_seq}")
        elif (self._hash, self._recorded_us) != (
            bytes(operation.head_hash),
            operation.head_recorded_us,
        ):
            self._note(self._seq, "head_differs")
        stopped = self._last is not None and isinstance(self._last.payload, OperationStopped)
        if stopped != (operation.stopped_us is not None):
            self._note(self._seq, "operation_differs", "stopped_us")
        self.result.head_hash = self._hash.hex()

    def _note(self, seq: int, code: str, detail: str = "") -> None:
        self.result.findings.append(Finding(seq, code, detail))
