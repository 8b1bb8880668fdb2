"""The open window on disk: a time-major file of sample batches that survives kill -9.

Each record is length, CRC-32, kind and body; a torn or damaged tail ends the reading, what
stands before it is whole. A key record says which tag keys the indices of later batches mean.
"""

import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from models.telemetry.codec import Columns
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import take

_HEAD = struct.Struct("<IIc")
_KEYS, _BATCH = b"K", b"B"
_MOST_BYTES = 256 * 1024 * 1024
_DTYPES = (np.int32, np.int64, np.int64, np.float64, np.uint8)
_ROW_BYTES = sum(np.dtype(kind).itemsize for kind in _DTYPES)


class KeyedBatch(msgspec.Struct, frozen=True):
    """A batch with the keys and widths that its tag indices mean."""

    keys: tuple[str, ...]
    wide: tuple[bool, ...]
    batch: SampleBatch


def window_prefix(gateway: str) -> str:
    """Return how the window files of a gateway begin; the first one's of a site has no name."""
    return f"open.{gateway}-" if gateway else "open-"


class WindowFile:
    """Appends batches; a failed write leaves the file as it was before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes written."""
        return self._size

    def put_keys(self, keys: Sequence[str], wide: Sequence[bool]) -> None:
        """Say what tag indices mean from here on; OSError when it can't be written."""
        self._put(_KEYS, msgspec.msgpack.encode((keys, wide)))

    def put(self, batch: SampleBatch) -> None:
        """Append a batch; OSError when it can't be written."""
        columns = (batch.tag, batch.source_us, batch.arrival_us, batch.value, batch.quality)
        self._put(_BATCH, b"".join(np.ascontiguousarray(column).tobytes() for column in columns))

    def _put(self, kind: bytes, body: bytes) -> None:
        record = _HEAD.pack(len(body), zlib.crc32(kind + body), kind) + body
        if self._descriptor is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self.path, flags, 0o600)
        written = 0
        try:
            while written < len(record):
                written += os.write(self._descriptor, record[written:])
        except OSError:
            # a torn record in the middle would hide all that follow
            os.ftruncate(self._descriptor, self._size)
            os.lseek(self._descriptor, self._size, os.SEEK_SET)
            raise
        self._size += len(record)

    def sync(self) -> None:
        """Bring what is written to the disk, so that a power cut spares it too."""
        if self._descriptor is not None:
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file; it stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def remove(self) -> None:
        """Close and delete the file."""
        self.close()
        self.path.unlink(missing_ok=True)


class DamagedWindowError(Exception):
    """A record in the middle is damaged: what stands behind it can't be read."""


def read_window(path: Path, offset: int = 0) -> Iterator[KeyedBatch]:
    """Yield the whole batches of a window file; a torn last record is left out.

    Parameters
    ----------
    path : Path
        The file.
    offset : int
        Where to begin, a size that the file had between two records; the keys, which stand
        first, are read anyway.

    Raises
    ------
    DamagedWindowError
        After the whole batches, when more follows than a torn record.
    """
    keys: tuple[str, ...] = ()
    wide: tuple[bool, ...] = ()
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            length, crc, kind = _HEAD.unpack(head)
            if length > _MOST_BYTES:
                raise DamagedWindowError(f"{path}: a record of {length} bytes")
            body = file.read(length)
            if len(body) != length:
                return
            if zlib.crc32(kind + body) != crc:
                if file.read(1):
                    raise DamagedWindowError(f"{path}: damaged at byte {file.tell() - 1 - length}")
                return
            if kind == _KEYS:
                keys, wide = msgspec.msgpack.decode(
                    body, type=tuple[tuple[str, ...], tuple[bool, ...]]
                )
                file.seek(max(offset, file.tell()))
            else:
                yield KeyedBatch(keys, wide, _batch(body))


def _batch(body: bytes) -> SampleBatch:
    n, at, columns = len(body) // _ROW_BYTES, 0, []
    for kind in _DTYPES:
        columns.append(np.frombuffer(body, kind, count=n, offset=at).copy())
        at += n * np.dtype(kind).itemsize
    tag, source_us, arrival_us, value, quality = columns
    return SampleBatch(
        tag=tag.astype(np.int32),
        source_us=source_us.astype(np.int64),
        arrival_us=arrival_us.astype(np.int64),
        value=value.astype(np.float64),
        quality=quality.astype(np.uint8),
    )


def columns_in_windows(folder: Path, pattern: str, tag_key: str) -> list[Columns]:
    """Return a tag's samples in window files that somebody else may be writing."""
    parts = []
    for path in sorted(folder.glob(pattern)):
        try:
            for keyed in read_window(path):
                if tag_key in keyed.keys:
                    mine = take(keyed.batch, keyed.batch.tag == keyed.keys.index(tag_key))
                    parts.append(Columns(mine.source_us, mine.arrival_us, mine.value, mine.quality))
        except (FileNotFoundError, DamagedWindowError):
            continue  # what was whole is taken; a file that went stands in its day now
    return parts
