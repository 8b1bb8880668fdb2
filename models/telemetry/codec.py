"""The chunk codec: one tag's samples as a small block of bytes, lossless.

Layout (little-endian), after the header one zstd-3 frame of four sections: differences of source
time, differences of (arrival − source), values, quality. The time sections are divided by their
greatest common divisor and stored in the narrowest signed width. Values are XORed bits (float32,
or float64 for wide tags); in version 2, where every float32 value is the nearest one to a decimal
of at most four places, they are the zigzag differences of those decimals instead, which take a
third of the room. Every section is byte-shuffled. A CRC-32 of all that goes before closes the
chunk: a damaged head would give wrong times in silence.

Chunks are made and read many at a time: those of equal length share each numpy call.
"""

import functools
import struct
import threading
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import zstandard

from models.telemetry.chunk_sections import (
    DECIMALS_SHIFT,
    MOST_DECIMALS,
    WIDE,
    WIDTHS,
    IntColumn,
    decimals_read,
    pack,
    summed,
    unshuffled,
    values_section,
)
from models.telemetry.ports import Quality

_HEADER = struct.Struct("<2sBBIqqQQBB")
_CRC = struct.Struct("<I")
_MAGIC = b"MC"
_VERSIONS = (1, 2)
_LEVEL = 3
_MOST_SAMPLES = 4_000_000


class ChunkError(ValueError):
    """Bytes that aren't a whole chunk of this codec."""


class Columns(NamedTuple):
    """One tag's samples: times [µs UTC], values, qualities; shape (n,) each."""

    source_us: IntColumn
    arrival_us: IntColumn
    value: npt.NDArray[np.float64]
    quality: npt.NDArray[np.uint8]


class Summary(NamedTuple):
    """What a plot needs without decoding; minimum and maximum are of judged-quality values."""

    start_us: int
    end_us: int
    samples: int
    minimum: float | None
    maximum: float | None
    total: float
    good: int
    worst: int


class _Local(threading.local):
    """One compressor and decompressor per thread: making them costs more than a chunk."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        self.decompress = zstandard.ZstdDecompressor().decompress


_zstd = _Local()


def encode(columns: Columns, *, wide: bool) -> bytes:
    """Return one tag's samples as a chunk.

    Parameters
    ----------
    columns : Columns
        At least one sample; times within ±2⁶¹ µs. Values are stored as float32 unless `wide`.

    Raises
    ------
    ValueError
        When there is no sample or the columns differ in length.

    Examples
    --------
    >>> one = Columns(*(np.array([v]) for v in (5, 7)), np.array([1.5]), np.array([0], np.uint8))
    >>> decode(encode(one, wide=False)).value
    array([1.5])
    """
    n = columns.source_us.size
    if not 0 < n <= _MOST_SAMPLES or any(column.size != n for column in columns):
        raise ValueError(f"a chunk has 1…{_MOST_SAMPLES} samples in equal columns")
    return encode_rows(_as_row(columns), wide=wide)[0]


def _as_row(columns: Columns) -> Columns:
    return Columns(
        columns.source_us[None, :],
        columns.arrival_us[None, :],
        columns.value[None, :],
        columns.quality[None, :],
    )


def encode_rows(rows: Columns, *, wide: bool) -> list[bytes]:
    """Return chunks of several tags with equally many samples.

    Parameters
    ----------
    rows : Columns
        Columns of shape (tags, n), n ≥ 1; else as `encode`.
    """
    n = rows.source_us.shape[1]
    lag = rows.arrival_us - rows.source_us
    times, lags = pack(np.diff(rows.source_us)), pack(np.diff(lag))
    flags, values = values_section(rows.value, wide=wide)
    quality = rows.quality.astype(np.uint8)
    out = []
    for k, first in enumerate(rows.source_us[:, 0].tolist()):
        head = _HEADER.pack(
            _MAGIC, 2 if flags[k] > WIDE else 1, flags[k], n, first, int(lag[k, 0]),
            times.unit[k], lags.unit[k], times.width[k], lags.width[k],
        )  # fmt: skip
        body = b"".join((times.data[k], lags.data[k], values[k].tobytes(), quality[k].tobytes()))
        out.append(sealed(head + _zstd.compress(body)))
    return out


def sealed(chunk: bytes) -> bytes:
    """Return a chunk with its CRC-32 behind it."""
    return chunk + _CRC.pack(zlib.crc32(chunk))


class _Layout(NamedTuple):
    """What chunks must share to be read together."""

    n: int
    flags: int
    time_width: int
    lag_width: int

    @property
    def types(self) -> tuple[type[np.generic], ...]:
        """Types of the sections."""
        bits: type[np.generic] = np.uint64 if self.flags & WIDE else np.uint32
        return WIDTHS[self.time_width], WIDTHS[self.lag_width], bits, np.uint8


@functools.lru_cache(maxsize=256)
def _sizes(layout: _Layout) -> tuple[int, ...]:
    """Return the bytes of the sections."""
    counts = (layout.n - 1, layout.n - 1, layout.n, layout.n)
    return tuple(np.dtype(t).itemsize * m for t, m in zip(layout.types, counts, strict=True))


class _Opened(NamedTuple):
    """A chunk that is unpacked but not yet made into columns."""

    first_us: int
    first_lag: int
    time_unit: int
    lag_unit: int
    body: bytes


def decode(data: bytes) -> Columns:
    """Return the samples of a chunk.

    Raises
    ------
    ChunkError
        When the bytes aren't a whole chunk.
    """
    return decode_all([data])[0]


def decode_all(chunks: Sequence[bytes]) -> list[Columns]:
    """Return the samples of chunks, in their order; ChunkError when one isn't whole."""
    alike: dict[_Layout, list[tuple[int, _Opened]]] = {}
    for i, data in enumerate(chunks):
        layout, opened = _open(data)
        alike.setdefault(layout, []).append((i, opened))
    out: dict[int, Columns] = {}
    for layout, members in alike.items():
        rows = _columns(layout, [opened for _, opened in members])
        out |= zip((i for i, _ in members), map(Columns, *rows), strict=True)
    return [out[i] for i in range(len(chunks))]


def _open(data: bytes) -> tuple[_Layout, _Opened]:
    if len(data) < _HEADER.size + _CRC.size:
        raise ChunkError("shorter than its header")
    if zlib.crc32(memoryview(data)[: -_CRC.size]) != _CRC.unpack(data[-_CRC.size :])[0]:
        raise ChunkError("the check sum doesn't fit")
    magic, version, flags, n, t0, lag0, t_unit, lag_unit, t_width, lag_width = _HEADER.unpack_from(
        data
    )
    if magic != _MAGIC or version not in _VERSIONS or not 0 < n <= _MOST_SAMPLES:
        raise ChunkError("not a chunk of version 1 or 2")
    if max(t_width, lag_width) >= len(WIDTHS):
        raise ChunkError("unknown width")
    if flags >> DECIMALS_SHIFT > MOST_DECIMALS + 1 or (flags & WIDE and flags > WIDE):
        raise ChunkError("unknown flags")
    layout = _Layout(n, flags, t_width, lag_width)
    body = _inflated(data[_HEADER.size : -_CRC.size], sum(_sizes(layout)))
    return layout, _Opened(t0, lag0, t_unit, lag_unit, body)


def _columns(layout: _Layout, members: Sequence[_Opened]) -> Columns:
    """Return columns of shape (chunks, n)."""
    n, types = layout.n, layout.types
    whole = np.frombuffer(b"".join(m.body for m in members), np.uint8).reshape(len(members), -1)
    sections = np.split(whole, np.cumsum(_sizes(layout)[:-1]), axis=1)
    source = summed([m.first_us for m in members], unshuffled(sections[0], types[0], n - 1),
                     [m.time_unit for m in members])  # fmt: skip
    lag = summed([m.first_lag for m in members], unshuffled(sections[1], types[1], n - 1),
                  [m.lag_unit for m in members])  # fmt: skip
    bits = unshuffled(sections[2], types[2], n)
    if decimals := layout.flags >> DECIMALS_SHIFT:
        value = decimals_read(bits.astype(np.uint32), decimals - 1)
    else:
        float_type = np.float64 if layout.flags & WIDE else np.float32
        value = np.bitwise_xor.accumulate(bits, axis=1).view(float_type).astype(np.float64)
    return Columns(
        source, source + lag, value, unshuffled(sections[3], types[3], n).astype(np.uint8)
    )


def _inflated(data: bytes, size: int) -> bytes:
    try:
        announced = zstandard.frame_content_size(data)
        if announced != size:  # asked before unpacking: a damaged length must not eat the memory
            raise ChunkError(f"{announced} bytes instead of {size}")
        return _zstd.decompress(data, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise ChunkError("the compressed part is damaged") from error


def summarise(columns: Columns) -> Summary:
    """Return the summary of one tag's samples (at least one)."""
    return summarise_rows(_as_row(columns))[0]


def summarise_rows(rows: Columns) -> list[Summary]:
    """Return the summaries of several tags with equally many samples, columns (tags, n)."""
    judged = (rows.quality <= Quality.UNCERTAIN) & np.isfinite(rows.value)
    good = judged.sum(axis=1)
    figures = zip(
        rows.source_us.min(axis=1).tolist(),
        rows.source_us.max(axis=1).tolist(),
        np.where(judged, rows.value, np.inf).min(axis=1).tolist(),
        np.where(judged, rows.value, -np.inf).max(axis=1).tolist(),
        np.where(judged, rows.value, 0.0).sum(axis=1).tolist(),
        good.tolist(),
        rows.quality.max(axis=1).tolist(),
        strict=True,
    )
    samples = rows.source_us.shape[1]
    return [
        Summary(
            start_us=start_us,
            end_us=end_us,
            samples=samples,
            minimum=minimum if any_good else None,
            maximum=maximum if any_good else None,
            total=total,
            good=any_good,
            worst=worst,
        )
        for start_us, end_us, minimum, maximum, total, any_good, worst in figures
    ]
