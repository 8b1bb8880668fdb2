"""The history of all tags: an open window in memory and on disk, closed windows as chunks."""

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.gateway.history_files import ChunkFiles, set_aside
from app.gateway.history_ports import Aging, Chunk, ChunkStore
from app.gateway.open_window import (
    DamagedWindowError,
    KeyedBatch,
    WindowFile,
    columns_in_windows,
    read_window,
    window_prefix,
)
from app.gateway.retention import Retention
from models.telemetry.codec import Columns, encode_rows, summarise_rows
from models.telemetry.ports import SampleBatch
from models.telemetry.reduction import (
    Curve,
    curve,
    curve_of_summaries,
    joined,
    merged,
    reduced,
)
from models.telemetry.samples import concat, count
from models.telemetry.tags import TagTable
from models.times import DAY_US, SECOND_US

_LOG = logging.getLogger("muster.gateway.history")
_WINDOW_US = 600 * SECOND_US
_MOST_IN_WINDOW = 4_000_000
_MOST_IN_MEMORY = 12_000_000
_MOST_DECODED = 400_000


class _Window:
    """Batches of one window; `unsaved` is the number at the end that isn't on disk yet."""

    def __init__(self, path: Path, tags: TagTable) -> None:
        self.file = WindowFile(path)
        self.tags = tags
        self.batches: list[SampleBatch] = []
        self.unsaved: list[SampleBatch] = []
        self.samples = 0
        self.first_us: int | None = None

    def save(self) -> None:
        """Write what isn't on disk yet; OSError leaves the rest for later."""
        if self.unsaved and self.file.size == 0:
            self.file.put_keys(self.tags.keys, self.tags.wide.tolist())
        while self.unsaved:
            self.file.put(self.unsaved[0])
            del self.unsaved[0]

    def keyed(self) -> KeyedBatch:
        if len(self.batches) > 1:
            self.batches = [concat(self.batches)]
        wide = tuple(self.tags.wide.tolist())
        return KeyedBatch(self.tags.keys, wide, concat(self.batches))


class History:
    """Writes and reads samples.

    The open window stands in `folder`, named by the gateway; `others` are those beside it;
    `places` holds chunks and minutes, by default files there.
    `append`, `tick` and `roll` belong to the engine's thread; `flush`, `sync` and the reads may
    run in any other. Nothing here raises for a full or failing disk: the samples stay in memory,
    `failing` says why, and every tick tries again.
    """

    def __init__(
        self,
        folder: Path,
        tags: TagTable,
        *,
        window_us: int = _WINDOW_US,
        places: tuple[ChunkStore, Aging] | None = None,
        name: str = "",
        others: Sequence[str] = (),
    ) -> None:
        self._folder = folder
        self._prefix = window_prefix(name)
        self._others = [f"{window_prefix(other)}*.log" for other in others]
        self.files, self.retention = places or (ChunkFiles(folder), Retention(folder))
        self._now_us = 0
        self._window_us = window_us
        self._lock = threading.Lock()
        self._closing: list[_Window] = []
        self._open = _Window(self._fresh_path(), tags)
        left = folder.glob(f"{self._prefix}*.log" if name else "open*.log")
        # what belongs to nobody any more is the first one's to store
        self._left_behind = sorted(p for p in left if not any(map(p.match, self._others)))
        self.failing = ""
        self.lost = 0

    def _fresh_path(self) -> Path:
        return self._folder / f"{self._prefix}{secrets.token_hex(8)}.log"

    def recover(self) -> int:
        """Turn windows that a dead gateway left into chunks; return the number of samples.

        Raises
        ------
        OSError, sqlite3.Error
            When they can't be stored: they stay, call again.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        recovered = 0
        while self._left_behind:
            path = self._left_behind[0]
            by_table: dict[tuple[str, ...], list[KeyedBatch]] = {}
            damaged = False
            try:
                for keyed in read_window(path):
                    by_table.setdefault(keyed.keys, []).append(keyed)
                    recovered += count(keyed.batch)
            except DamagedWindowError:
                damaged = True
            for i, members in enumerate(by_table.values()):
                first = members[0]
                batch = concat([member.batch for member in members])
                whole = KeyedBatch(first.keys, first.wide, batch)
                self.files.write(_chunks(whole), f"{path.stem}/{i}")
            if damaged:
                set_aside(path)
            else:
                path.unlink()
            del self._left_behind[0]
        return recovered

    def append(self, batch: SampleBatch) -> None:
        """Take samples (cleaned for the tag table); on return they survive kill -9."""
        window = self._open
        with self._lock:
            window.batches.append(batch)
            window.samples += count(batch)
            if window.first_us is None:
                window.first_us = int(batch.arrival_us[0])
        window.unsaved.append(batch)
        self._try(window.save)

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            if not self.failing:
                _LOG.error("samples stay in memory: %s", error)
            self.failing = str(error)
        else:
            self.failing = ""

    def set_tags(self, tags: TagTable) -> None:
        """Use another tag table from here on; the present window ends."""
        self.roll()
        self._open.tags = tags

    def tick(self, now_us: int) -> bool:
        """Try again what failed; return whether a window waits for `flush`."""
        self._now_us = now_us
        if self._open.unsaved:
            self._try(self._open.save)
        window = self._open
        old = window.first_us is not None and now_us - window.first_us >= self._window_us
        if old or window.samples >= _MOST_IN_WINDOW:
            self.roll()
        return bool(self._closing or self._left_behind)

    @property
    def window(self) -> str:
        """The name of the open window's file, which may not be there yet."""
        return self._open.file.path.name

    @property
    def written(self) -> int | None:
        """The bytes in the open window's file; None while not all samples are on disk."""
        return None if self._open.unsaved else self._open.file.size

    def roll(self) -> None:
        """End the open window, if it holds anything, and begin another."""
        with self._lock:
            if not self._open.samples:
                return
            self._closing.append(self._open)
            self._open = _Window(self._fresh_path(), self._open.tags)
            while sum(window.samples for window in self._closing) > _MOST_IN_MEMORY:
                gone = self._closing.pop(0)  # the disk has been full for hours
                self.lost += gone.samples

    def flush(self) -> None:
        """Store the ended windows as chunks and remove their files; for an executor.

        Raises
        ------
        OSError, sqlite3.Error
            When they can't be stored: they stay and are tried again.
        """
        while self._closing:
            window = self._closing[0]
            with self._lock:
                keyed = window.keyed()
            self.files.write(_chunks(keyed), window.file.path.stem + "/0")
            with self._lock:
                if window in self._closing:
                    self._closing.remove(window)
            window.file.remove()

    def store_ended(self) -> None:
        """Recover what is left behind, store ended windows, age one old day; for an executor.

        Raises as `recover`, `flush` and `Retention.run_once`.
        """
        self.recover()
        self.flush()
        self.sync()
        self.retention.run_once(self._now_us)

    def sync(self) -> None:
        """Bring the open window to the disk; for an executor. OSError when that fails."""
        self._open.file.sync()

    def close(self) -> None:
        """End in order: everything becomes chunks, what a dead gateway left too."""
        self.roll()
        try:
            self.recover()
            self.flush()
        finally:
            self.files.close()

    def columns(self, tag_key: str, from_us: int, to_us: int) -> Columns:
        """Return all samples of a tag in a span, by source time, repetitions dropped."""
        parts = self._recent(tag_key)  # before the files: a window moves from here to there
        parts += self.files.columns(tag_key, from_us, to_us)
        return merged(parts, from_us, to_us)

    def curve(self, tag_key: str, from_us: int, to_us: int, points: int, patience_us: int) -> Curve:
        """Return a curve of about `points` columns; long spans come from the summaries alone."""
        summaries = self.files.summaries(tag_key, from_us, to_us)
        aged = self.retention.summaries(tag_key, from_us, to_us)
        if aged or sum(summary.samples for summary in summaries) > _MOST_DECODED:
            coarse = curve_of_summaries([*aged, *summaries], patience_us)
            recent = curve(merged(self._recent(tag_key), from_us, to_us), patience_us)
            whole = joined(coarse, recent, patience_us)
            return reduced(whole, from_us, max(to_us, from_us + 1), max(points, 1))
        exact = curve(self.columns(tag_key, from_us, to_us), patience_us)
        return reduced(exact, from_us, max(to_us, from_us + 1), max(points, 1))

    def _recent(self, tag_key: str) -> list[Columns]:
        """Return what is no chunk yet, also what a dead gateway left and what others hold."""
        parts = self._in_memory(tag_key)
        for pattern in (*self._others, *(path.name for path in tuple(self._left_behind))):
            parts += columns_in_windows(self._folder, pattern, tag_key)
        return parts

    def _in_memory(self, tag_key: str) -> list[Columns]:
        parts = []
        with self._lock:
            windows = [window.keyed() for window in (*self._closing, self._open) if window.batches]
        for keyed in windows:
            if tag_key in keyed.keys:
                batch = keyed.batch
                mine = batch.tag == keyed.keys.index(tag_key)
                parts.append(
                    Columns(
                        batch.source_us[mine],
                        batch.arrival_us[mine],
                        batch.value[mine],
                        batch.quality[mine],
                    )
                )
        return parts


def _chunks(keyed: KeyedBatch) -> Sequence[Chunk]:
    """Return one chunk per tag and day."""
    batch = keyed.batch
    order = _by_tag(batch)
    tag, day = batch.tag[order], batch.source_us[order] // DAY_US
    starts = np.flatnonzero((np.diff(tag, prepend=-1) != 0) | (np.diff(day, prepend=-1) != 0))
    lengths = np.diff(starts, append=order.size)
    wide = np.array(keyed.wide, bool)[tag[starts]]
    chunks: list[Chunk] = []
    for length, is_wide in sorted(set(zip(lengths.tolist(), wide.tolist(), strict=True))):
        mine = starts[(lengths == length) & (wide == is_wide)]
        rows = order[mine[:, None] + np.arange(length)]
        columns = Columns(
            batch.source_us[rows], batch.arrival_us[rows], batch.value[rows], batch.quality[rows]
        )
        keys = [keyed.keys[i] for i in tag[mine].tolist()]
        data = encode_rows(columns, wide=is_wide)
        chunks += map(Chunk, keys, summarise_rows(columns), data)
    return chunks


def _by_tag(batch: SampleBatch) -> npt.NDArray[np.intp]:
    """Return the order by tag, then source time, then arrival."""
    order = np.argsort(batch.tag, kind="stable")
    tag, source, arrival = batch.tag[order], batch.source_us[order], batch.arrival_us[order]
    step = np.diff(source)
    back = (step < 0) | ((step == 0) & (np.diff(arrival) < 0))
    if (back & (np.diff(tag) == 0)).any():
        return np.lexsort((batch.arrival_us, batch.source_us, batch.tag))
    return order
