"""The gateway's side of the journal: what it knows of it, and what it still has to write."""

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Protocol, TypeVar

import msgspec

from app.journal_errors import JournalError, JournalRefusedError
from models.ids import EventId, OperationId, uuid7
from models.operation.events.base import Draft, Event
from models.operation.fold import fold_all
from models.operation.situation import Situation

_LOG = logging.getLogger("muster.gateway.books")
_PAGE = 2000
_TOLD_S = 600.0
T = TypeVar("T")


class JournalPort(Protocol):
    """The part of the journal that the gateway uses."""

    def append(self, operation_id: OperationId, drafts: Sequence[Draft]) -> Sequence[Event]:
        """Store a batch."""
        ...

    def read(
        self, operation_id: OperationId, after_seq: int = 0, limit: int = 1000
    ) -> Sequence[Event]:
        """Return events with `seq > after_seq`."""
        ...


class Books:
    """Follows one operation and appends to it, batch by batch, in order.

    What can't be stored now stays in the outbox and is tried again: a batch keeps its ids, so
    that one whose answer got lost isn't stored twice. `name` keeps the ids of a site's several
    gateways apart.
    """

    def __init__(
        self, journal: JournalPort, situation: Situation, executor: Executor, name: str = ""
    ) -> None:
        self._journal = journal
        self._executor = executor
        self.situation = situation
        self._outbox: deque[Sequence[Draft]] = deque()
        self._salt = f"books{name}:{situation.operation_id}:{situation.seq}"
        self._counter = 0
        self._since_s: float | None = None
        self._unreadable = False
        self._refused = ""
        self._refused_s = 0.0
        self.failing = ""

    @property
    def refused(self) -> str:
        """Why an event can't be in the record, for ten minutes after it was refused."""
        is_fresh = asyncio.get_running_loop().time() - self._refused_s < _TOLD_S
        return self._refused if is_fresh else ""

    @property
    def operation_id(self) -> OperationId:
        """The operation followed."""
        return OperationId(self.situation.operation_id)

    @property
    def waiting(self) -> int:
        """Batches that aren't stored yet."""
        return len(self._outbox)

    @property
    def stuck_s(self) -> float:
        """How long the store has been owing an answer [s]."""
        since_s = self._since_s
        return 0.0 if since_s is None else asyncio.get_running_loop().time() - since_s

    def put(self, drafts: Sequence[Draft]) -> None:
        """Put a batch into the outbox."""
        if drafts:
            self._outbox.append([self._with_id(draft) for draft in drafts])

    def _with_id(self, draft: Draft) -> Draft:
        if draft.id is not None:
            return draft
        self._counter += 1
        at_us = draft.event_time_us or self.situation.recorded_us
        text = f"{self._salt}:{self._counter}"
        digest = hashlib.blake2b(text.encode(), digest_size=10).digest()
        return msgspec.structs.replace(draft, id=EventId(uuid7(at_us, digest)))

    async def catch_up(self) -> Sequence[Event]:
        """Read what is new, fold it into the situation and return it; nothing while it fails."""
        fresh: list[Event] = []
        while True:
            after, operation = self.situation.seq, self.operation_id
            try:
                events = await self._call(lambda a=after, o=operation: self._read(o, a))  # type: ignore[misc]
            except JournalError as error:
                self._fail(error)
                self._unreadable = True
                return fresh
            if self._unreadable:
                self._unreadable = False
                self.failing = self.failing if self._outbox else ""
            self.situation = fold_all(self.situation, events)[0]
            fresh += events
            if len(events) < _PAGE:
                return fresh

    def _read(self, operation: OperationId, after: int) -> Sequence[Event]:
        return self._journal.read(operation, after, _PAGE)

    async def flush(self) -> bool:
        """Append the outbox; return whether anything was stored."""
        stored = False
        while self._outbox:
            batch, operation = self._outbox[0], self.operation_id
            try:
                await self._call(lambda b=batch, o=operation: self._journal.append(o, b))  # type: ignore[misc]
            except JournalRefusedError as error:
                # a batch that makes no sense would hold up all that follow for ever; its other
                # events are facts still, e.g. alarms
                _LOG.exception("a batch was refused: %s", [d.payload.KIND for d in batch])
                self._outbox.popleft()
                if len(batch) > 1:
                    self._outbox.extendleft([draft] for draft in reversed(batch))
                else:
                    self._refused, self._refused_s = str(error), asyncio.get_running_loop().time()
            except JournalError as error:
                self._fail(error)
                return stored
            else:
                self._outbox.popleft()
                self.failing = ""
                stored = True
        return stored

    def _fail(self, error: JournalError) -> None:
        if not self.failing:
            _LOG.error("the journal is out of reach, %d wait: %s", self.waiting, error)
        self.failing = str(error)

    async def _call(self, function: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        self._since_s = loop.time()
        try:
            return await loop.run_in_executor(self._executor, function)
        finally:
            self._since_s = None
