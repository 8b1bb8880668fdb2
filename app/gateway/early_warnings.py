"""Early warnings in the gateway: judged and trained on a thread of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from app.desk import Reference
from app.gateway.history import History
from app.gateway.latest import Latest
from app.journal import Journal
from models.operation.events.base import Draft
from models.operation.situation import Situation
from models.telemetry.tags import TagTable

if TYPE_CHECKING:
    from app.gateway.warning_worker import Worker

Mine = Callable[[TagTable], npt.NDArray[np.bool_] | None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where values, stored values, alarms and stored courses are: `courses` is a folder."""

    latest: Latest
    history: History
    journal: Journal
    courses: Path
    mine: Mine = lambda _: None


class Second(NamedTuple):
    """What the thread is told of a second: the newest sample of each tag, by `keys`."""

    situation: Situation
    reference: Reference
    keys: tuple[str, ...]
    value: npt.NDArray[np.float64]
    arrival_us: npt.NDArray[np.int64]
    quality: npt.NDArray[np.uint8]
    now_us: int


class EarlyWarnings:
    """Hands each second to the thread and takes what the last one gave.

    While the thread is busy, as with a training, seconds are left out: the gateway never waits.
    """

    def __init__(self, sources: Sources, executor: Executor) -> None:
        self._sources = sources
        self._executor = executor
        self._running: Future[Sequence[Draft]] | None = None
        self._worker: Worker | None = None

    def due(self, situation: Situation, reference: Reference, now_us: int) -> Sequence[Draft]:
        """Return what the thread found; raises what it raised."""
        latest = self._sources.latest
        if self._running is not None and not self._running.done():
            return []
        done = self._running
        values = latest.value.copy(), latest.arrival_us.copy(), latest.quality.copy()
        second = Second(situation, reference, latest.keys, *values, now_us)
        self._running = self._executor.submit(self._run, second)
        return [] if done is None else done.result()

    def _run(self, second: Second) -> Sequence[Draft]:
        """Work on the thread, which alone imports what it needs: that takes longer than a scan."""
        if self._worker is None:
            from app.gateway.warning_worker import Worker

            self._worker = Worker(self._sources)
        return self._worker.run(second)
