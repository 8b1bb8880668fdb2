"""Telemetry ports: where samples come from and who judges them."""

from collections.abc import AsyncIterator, Sequence
from enum import IntEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from models.basics import Value
from models.operation.events.base import Draft


class Quality(IntEnum):
    """Quality of a sample; worse is larger. Only GOOD and UNCERTAIN values are judged."""

    GOOD = 0
    UNCERTAIN = 1
    BAD = 2
    STALE = 3


class SampleBatch(Value, frozen=True, kw_only=True):
    """Columns of samples, shape (n,) each.

    `tag` int32 index into the tag table, `source_us` int64 µs UTC by the source's clock,
    `arrival_us` int64 µs UTC by the operation's clock, `value` float64, `quality` uint8.
    """

    tag: npt.NDArray[np.int32]
    source_us: npt.NDArray[np.int64]
    arrival_us: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    quality: npt.NDArray[np.uint8]


class DeviceClock(Value, frozen=True, kw_only=True):
    """How far a device's clock is behind ours [s]; it holds the way of the message too."""

    device: str
    behind_s: float


class SourceState(Value, frozen=True, kw_only=True):
    """What a source says of itself; shown on screen."""

    name: str
    connected: bool
    since_us: int
    detail: str = ""
    messages: int = 0
    samples: int = 0
    malformed: int = 0
    dropped: int = 0
    last_malformed: str = ""
    clocks: tuple[DeviceClock, ...] = ()


class Source(Protocol):
    """Live feed, simulator, drill world or stored history: one interface, read-only."""

    name: str

    def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield batches until cancelled; reconnects with backoff by itself."""
        ...

    def state(self) -> SourceState:
        """Return the present state."""
        ...


class AlarmJudge(Protocol):
    """Judges samples on a fixed grid of operation time; pure: same input, same drafts."""

    def judge(self, batch: SampleBatch, upto_us: int) -> Sequence[Draft]:
        """Take samples in (arrival slot, tag, source time) order and return the transitions."""
        ...
