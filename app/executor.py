"""Runs commands on the store-writer thread: one at a time, against the journal's head."""

import random
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from app.clock import Clock
from app.commands import CommandRefusedError, Context, handle
from app.desk import Reference
from app.journal_errors import JournalMovedError
from app.keeper import SituationKeeper
from models.ids import IdSource, OperationId
from models.operation.events.base import Draft, Event
from models.operation.situation import Situation

_TRIES = 40
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.001, 0.05


class Appender(Protocol):
    """The part of the journal that commands write to."""

    def append(
        self,
        operation_id: OperationId,
        drafts: Sequence[Draft],
        *,
        expected_seq: int | None = None,
    ) -> tuple[Event, ...]:
        """Append a batch; JournalMovedError when the head isn't at `expected_seq` any more."""
        ...


class CommandExecutor:
    """Command → handler → one transaction.

    The batch is appended only if the head is still the one the handler looked at; otherwise the
    handler looks again. So no two desks commit one team twice.
    """

    def __init__(
        self,
        journal: Appender,
        keeper: SituationKeeper,
        reference: Callable[[], Reference],
        clock: Clock,
        ids: IdSource,
    ) -> None:
        self._journal = journal
        self._keeper = keeper
        self._reference = reference
        self._clock = clock
        self._ids = ids
        self._pause = threading.Event()

    def execute(self, command: object, actor: str, role: str = "") -> tuple[Event, ...]:
        """Run one command and return the stored events.

        Raises
        ------
        CommandRefusedError
            When it makes no sense now, or the journal moved on forty times in a row.
        """
        for attempt in range(_TRIES):
            situation: Situation = self._keeper.advance()
            if situation.stopped_us is not None:
                raise CommandRefusedError("operation_stopped", situation.name)
            context = Context(
                situation=situation,
                reference=self._reference(),
                now_us=self._clock.now_us(),
                actor=actor,
                ids=self._ids,
                role=role,
            )
            drafts = handle(command, context)
            try:
                return self._journal.append(
                    OperationId(situation.operation_id), drafts, expected_seq=situation.seq
                )
            except JournalMovedError:  # give whoever was faster time, more each time
                longest_s = min(_FIRST_PAUSE_S * 2**attempt, _LONGEST_PAUSE_S)
                self._pause.wait(random.uniform(0.5, 1.0) * longest_s)  # noqa: S311 - no secret
        raise CommandRefusedError("journal_busy")
