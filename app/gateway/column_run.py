"""Column batches that come one after another, turned into one batch of samples.

Each call of numpy costs as much as fifty samples; so plain batches (all tags known, one time or
equal steps, good codes) are gathered as lists and turned into arrays together.
"""

import math

import msgspec
import numpy as np
import numpy.typing as npt

from app.gateway.stamps import is_plausible
from models.telemetry.ports import Quality, SampleBatch
from models.times import DAY_US

Stamp = int | float | str
_MOST_MS = 1e15


class Columns(msgspec.Struct):
    """Columns as they mostly come; `tags` stays text, since it is the same again and again."""

    tags: msgspec.Raw
    values: list[float]
    ts0: Stamp | None = None
    dt: float = 0.0
    ts: list[Stamp] | None = None
    quality: list[int] | None = None


class ColumnRun:
    """Gathers plain batches that arrived together."""

    def __init__(self, arrival_us: int) -> None:
        self._arrival_us = arrival_us
        self._tags: list[npt.NDArray[np.int32]] = []
        self._sizes: list[int] = []
        self._firsts_us: list[int] = []
        self._steps_us: list[int] = []
        self._values: list[float] = []
        self._quality = bytearray()

    def add(self, columns: Columns, tag: npt.NDArray[np.int32]) -> int | None:
        """Take a batch whose tags are all known; return its newest time [µs], None if not plain."""
        values, n = columns.values, len(columns.values)
        first_us, step_us = self._arrival_us, 0
        if not n or tag.size not in (1, n) or columns.ts is not None:
            return None
        if columns.dt:
            if not math.isfinite(columns.dt) or abs(columns.dt) * n > DAY_US / 1000:
                return None
            step_us = round(columns.dt * 1000)
        if columns.ts0 is not None:
            if isinstance(columns.ts0, str) or abs(columns.ts0) >= _MOST_MS:
                return None
            first_us = round(columns.ts0 * 1000)
        last_us = first_us + (n - 1) * step_us
        if not (
            is_plausible(first_us, self._arrival_us) and is_plausible(last_us, self._arrival_us)
        ):
            return None
        quality = _codes(columns.quality, n)
        if quality is None:
            return None
        self._tags.append(tag if tag.size == n else tag.repeat(n))
        self._sizes.append(n)
        self._firsts_us.append(first_us)
        self._steps_us.append(step_us)
        self._values += values
        self._quality += quality
        return max(first_us, last_us)

    def batch(self) -> SampleBatch | None:
        """Return what was gathered, None when there is nothing."""
        if not self._sizes:
            return None
        sizes = np.array(self._sizes)
        source_us = np.repeat(np.array(self._firsts_us, np.int64), sizes)
        if any(self._steps_us):
            place = np.arange(source_us.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            source_us += place * np.repeat(np.array(self._steps_us, np.int64), sizes)
        return SampleBatch(
            tag=np.concatenate(self._tags),
            source_us=source_us,
            arrival_us=np.full(source_us.size, self._arrival_us, np.int64),
            value=np.array(self._values, np.float64),
            quality=np.frombuffer(bytes(self._quality), np.uint8),
        )


def _codes(quality: list[int] | None, n: int) -> bytes | None:
    """Return quality codes as bytes, None when one isn't a code or their number is another."""
    if quality is None:
        return bytes(n)
    try:
        codes = bytes(quality)
    except ValueError:
        return None
    return codes if len(codes) == n and max(codes) <= Quality.STALE else None
