"""A recording as a `Source`: a file at its own pace or faster; never in a live operation."""

import asyncio
import csv
import math
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.clock import Clock
from app.gateway.feed import Feed
from app.source_settings import ReplaySettings
from models.telemetry.ports import Quality, SampleBatch, SourceState
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from models.times import to_us

_TICK_US = 100_000
_MOST_SAMPLES = 5_000_000
_QUALITIES = {quality.name.lower(): int(quality) for quality in Quality}
Row = tuple[int, str, float, int]


class RecordingError(ValueError):
    """A file that is no recording; the text names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Samples by time; `key` is the place of a sample's tag among `keys`."""

    keys: tuple[str, ...]
    key: npt.NDArray[np.int32]
    at_us: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    quality: npt.NDArray[np.uint8]


def read_recording(path: Path) -> Recording:
    """Read CSV or Parquet: `time,tag,value[,quality]` as history is exported, or a column per tag.

    Times are ISO 8601 with a zone (in Parquet timestamps with one) or µs since 1970 UTC. An empty
    cell of a column per tag is no sample, an empty value of a `value` column a bad one.

    Raises
    ------
    RecordingError
        When a line makes no sense or there are none.
    OSError
        When the file can't be read.
    """
    places: dict[str, int] = {}
    rows: list[tuple[int, int, float, int]] = []
    found = _parquet_rows(path) if path.suffix.lower() == ".parquet" else _rows(path)
    for at_us, key, value, quality in found:
        rows.append((places.setdefault(key, len(places)), at_us, value, quality))
        if len(rows) > _MOST_SAMPLES:
            raise RecordingError(f"{path}: more than {_MOST_SAMPLES} samples")
    if not rows:
        raise RecordingError(f"{path}: holds no samples")
    columns = tuple(zip(*rows, strict=True))
    at = np.array(columns[1], np.int64)
    order = np.argsort(at, kind="stable")
    return Recording(
        keys=tuple(places),
        key=np.array(columns[0], np.int32)[order],
        at_us=at[order],
        value=np.array(columns[2], np.float64)[order],
        quality=np.array(columns[3], np.uint8)[order],
    )


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        try:
            names = [name.strip() for name in next(lines, [])]
            understand = _understanding(path, names)
            for number, cells in enumerate(lines, 2):
                if not cells:
                    continue
                try:
                    yield from understand(names, cells)
                except (ValueError, IndexError, OverflowError) as error:
                    raise RecordingError(f"{path}: line {number}: {error}") from error
        except (csv.Error, UnicodeDecodeError) as error:
            raise RecordingError(f"{path}: {error}") from error


def _parquet_rows(path: Path) -> Iterator[Row]:
    from app.gateway.parquet import ParquetError, read_cells  # takes long to load

    try:
        for number, (names, cells) in enumerate(read_cells(path), 1):
            understand = _understanding(path, names)
            try:
                yield from understand(names, ["" if cell is None else str(cell) for cell in cells])
            except (ValueError, IndexError, OverflowError) as error:
                raise RecordingError(f"{path}: row {number}: {error}") from error
    except ParquetError as error:
        raise RecordingError(f"{path}: {error}") from error


def _understanding(
    path: Path, names: Sequence[str]
) -> Callable[[Sequence[str], Sequence[str]], Iterator[Row]]:
    if not names or names[0] != "time" or len(names) < 2:
        raise RecordingError(f"{path}: the first column isn't called time")
    return _long if {"tag", "value"} <= set(names) else _wide


def _long(names: Sequence[str], cells: Sequence[str]) -> Iterator[Row]:
    text = cells[names.index("value")].strip()
    value = float(text) if text else math.nan
    quality = _code(cells[names.index("quality")].strip()) if "quality" in names else 0
    yield _moment(cells[0]), cells[names.index("tag")].strip(), value, _worst(value, quality)


def _wide(names: Sequence[str], cells: Sequence[str]) -> Iterator[Row]:
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} cells, the heading has {len(names)}")
    at_us = _moment(cells[0])
    for name, cell in zip(names[1:], cells[1:], strict=True):
        if cell.strip():
            value = float(cell)
            yield at_us, name, value, _worst(value, 0)


def _worst(value: float, quality: int) -> int:
    return quality if math.isfinite(value) else max(quality, int(Quality.BAD))


def _code(text: str) -> int:
    code = _QUALITIES.get(text.lower())
    if code is None:
        raise ValueError(f"quality {text!r}: is none of {', '.join(_QUALITIES)}")
    return code


def _moment(text: str) -> int:
    text = text.strip()
    return int(text) if text.lstrip("-").isdigit() else to_us(datetime.fromisoformat(text))


class ReplaySource:
    """Plays a file from its first sample on, as of now."""

    def __init__(
        self, name: str, settings: ReplaySettings, tags: TagTable, clock: Clock, *, is_live: bool
    ) -> None:
        self.name = name
        self._settings = settings
        self._clock = clock
        self._is_live = is_live
        self._feed = Feed(name, clock)
        self._feed.say(f"{settings.file}: reading", connected=False)
        self._recording: Recording | None = None
        self.set_tags(tags)

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        self._index = tags.index
        self._place_keys()

    def _place_keys(self) -> None:
        keys = self._recording.keys if self._recording else ()
        self._places = np.array([self._index.get(key, -1) for key in keys], np.int32)
        for key in keys:
            if key not in self._index:
                self._feed.fault(f"no tag {key!r}")

    def state(self) -> SourceState:
        """Return state and counts."""
        return self._feed.state()

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield the recorded samples when they are due, until cancelled."""
        if self._is_live:
            # what happened once must not stand as what happens now
            self._feed.say("a recording isn't played in a live operation", connected=False)
            await asyncio.Event().wait()
        file = self._settings.file
        try:
            self._recording = await asyncio.to_thread(read_recording, Path(file))
        except (RecordingError, OSError) as error:
            self._feed.say(str(error), connected=False)
            await asyncio.Event().wait()
        assert self._recording is not None
        self._place_keys()
        while True:
            async for batch in self._played(self._recording):
                yield batch
            if not self._settings.loop:
                self._feed.say(f"{file}: played to its end", connected=True)
                await asyncio.Event().wait()

    async def _played(self, recording: Recording) -> AsyncIterator[SampleBatch]:
        speed, clock = self._settings.speed, self._clock
        began_us, first_us, done = clock.now_us(), int(recording.at_us[0]), 0
        self._feed.say(f"{self._settings.file}: ×{speed:g}", connected=True)
        while done < recording.at_us.size:
            now_us = clock.now_us()
            upto_us = first_us + round((now_us - began_us) * speed)
            end = int(np.searchsorted(recording.at_us, upto_us, side="right"))
            tag = self._places[recording.key[done:end]]
            known = tag >= 0
            if known.any():
                shifted = (recording.at_us[done:end] - first_us) / speed
                source_us = began_us + np.rint(shifted).astype(np.int64)
                batch = make_batch(
                    tag[known],
                    source_us[known],
                    now_us,
                    recording.value[done:end][known],
                    recording.quality[done:end][known],
                )
                self._feed.messages += 1
                self._feed.note(batch)
                yield batch
            done = end
            await clock.sleep_until(now_us + _TICK_US)
