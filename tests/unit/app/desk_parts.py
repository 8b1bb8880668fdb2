"""A real runtime on a real store: journal, fold thread, reader and writer threads."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from app.clock import ManualClock
from app.desk import Notice, Reference
from app.desk_runtime import DeskRuntime
from app.journal import Journal
from app.queries.situations import SituationReader
from models.ids import OperationId, SeededIds
from models.operation.events.base import Draft, Event, Payload
from models.operation.events.operation import OperationStarted
from models.operation.fold import empty_situation, fold_all
from models.store import Store, open_store
from tests.unit.views import small_park
from views.tools.preview_desk import FixedReference

START_US = 1_800_000_000_000_000
OPERATION = OperationId("op")
STARTED = OperationStarted(
    mode="demonstration", name="park", site="s", software_version="0", reference_revision=1
)
_PATIENCE_S = 10.0


def park() -> FixedReference:
    """Return the small park's rows."""
    rows = small_park.rows()
    return FixedReference({kind: {row.key: row for row in each} for kind, each in rows.items()})


class Desk:
    """A runtime with what stands behind it; `said` are its notices."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'operations.db'}")
        self.clock = ManualClock(START_US)
        self.journal = Journal(self.store, self.clock, SeededIds("world"))
        events = self.append(STARTED, "operation")
        start, _ = fold_all(empty_situation(OPERATION), events)
        reference: Reference = park()
        self.revisions: dict[int, Reference] = {}
        self.runtime = DeskRuntime(
            journal=self.journal,
            reader=SituationReader(self.journal),
            operation_id=OPERATION,
            start=start,
            reference=reference,
            clock=self.clock,
            ids=SeededIds("desk"),
            utc_offset_h=8.0,
            time_zone="Asia/Shanghai",
            load_reference=self.load_reference,
            desk_id="duty-1",
        )
        self.said: list[Notice] = []
        self.runtime.notice.connect(self.said.append)

    def load_reference(self, revision: int | None) -> Reference:
        """Return what the tests put there for a revision, else the park."""
        if revision is not None and revision not in self.revisions:
            raise LookupError(f"reference revision {revision}")
        return self.revisions[revision] if revision is not None else self.runtime.live_reference

    def append(self, payload: Payload, subject: str, actor: str = "gateway") -> tuple[Event, ...]:
        """Store an event as the gateway does."""
        draft = Draft(payload=payload, subject=subject, actor=actor)
        return self.journal.append(OPERATION, [draft])

    def close(self) -> None:
        """Stop the threads and close the store."""
        self.runtime.stop()
        self.store.close()


async def until(fact: Callable[[], bool]) -> None:
    """Run the loop until something is so."""
    ends_s = time.monotonic() + _PATIENCE_S
    while not fact():
        assert time.monotonic() < ends_s, "it never became so"
        await asyncio.sleep(0.005)
