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

import itertools
import struct
import threading
import zlib
from collections.abc import Iterator, Sequence
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
    Pieces,
    pack,
    values_section,
)
from models.telemetry.ports import Quality

_HEADER = struct.Struct("<2sBBIqqQQBB")
_CRC = struct.Struct("<I")
_MAGIC = b"MC"
_VERSIONS = (1, 2)
_LEVEL = 3
_MOST_SAMPLES = 4_000_000
_IN_CACHE = 40_000  # samples read at a time: fewer cost calls, more leave the processor's cache


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
    """What chunks must share to be read together; widths of the two time sections [bytes]."""

    flags: int
    time_bytes: int
    lag_bytes: int

    @property
    def value_bytes(self) -> int:
        """Width of a value."""
        return 8 if self.flags & WIDE else 4

    def size(self, n: int) -> int:
        """Return the bytes of the sections of `n` samples."""
        return (self.time_bytes + self.lag_bytes) * (n - 1) + (self.value_bytes + 1) * n


class _Opened(NamedTuple):
    """A chunk that is unpacked but not yet made into columns."""

    n: int
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
    return decode_joined([data])


def decode_all(chunks: Sequence[bytes]) -> list[Columns]:
    """Return the samples of chunks, in their order; ChunkError when one isn't whole."""
    opened = [_open(data) for data in chunks]
    whole = _joined(opened)
    ends = list(itertools.accumulate(chunk.n for _, chunk in opened))
    starts = [0, *ends[:-1]]
    return [
        Columns(*(column[first:last] for column in whole))  # type: ignore[arg-type]
        for first, last in zip(starts, ends, strict=False)
    ]


def decode_joined(chunks: Sequence[bytes]) -> Columns:
    """Return the samples of chunks one behind the other; ChunkError when one isn't whole."""
    return _joined([_open(data) for data in chunks])


def _joined(opened: Sequence[tuple[_Layout, _Opened]]) -> Columns:
    ends = list(itertools.accumulate(chunk.n for _, chunk in opened))
    whole = _room(ends[-1] if ends else 0)
    alike: dict[_Layout, list[int]] = {}
    for i, (layout, _) in enumerate(opened):
        alike.setdefault(layout, []).append(i)
    for layout, places in alike.items():
        for block in _blocks(places, [opened[i][1].n for i in places]):
            members = [opened[i][1] for i in block]
            first, last = ends[block[0]] - members[0].n, ends[block[-1]]
            n = sum(member.n for member in members)
            if last - first == n:  # nothing of another layout stands between
                part = Columns(*(column[first:last] for column in whole))  # type: ignore[arg-type]
                _fill(part, layout, members)
                continue
            part, at = _room(n), 0
            _fill(part, layout, members)
            for i, member in zip(block, members, strict=True):
                for k in range(len(whole)):
                    whole[k][ends[i] - member.n : ends[i]] = part[k][at : at + member.n]
                at += member.n
    return whole


def _room(n: int) -> Columns:
    return Columns(np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n), np.empty(n, np.uint8))


def _blocks(places: list[int], lengths: list[int]) -> Iterator[list[int]]:
    """Yield places in their order, as many at a time as the processor's cache holds."""
    block: list[int] = []
    held = 0
    for place, n in zip(places, lengths, strict=True):
        block.append(place)
        held += n
        if held >= _IN_CACHE:
            yield block
            block, held = [], 0
    if block:
        yield block


def _open(data: bytes) -> tuple[_Layout, _Opened]:
    end = len(data) - _CRC.size
    if end < _HEADER.size:
        raise ChunkError("shorter than its header")
    if zlib.crc32(memoryview(data)[:end]) != _CRC.unpack_from(data, end)[0]:
        raise ChunkError("the check sum doesn't fit")
    magic, version, flags, n, t0, lag0, t_unit, lag_unit, t_width, lag_width = _HEADER.unpack_from(
        data
    )
    if magic != _MAGIC or version not in _VERSIONS or not 0 < n <= _MOST_SAMPLES:
        raise ChunkError("not a chunk of version 1 or 2")
    if t_width >= len(WIDTHS) or lag_width >= len(WIDTHS):
        raise ChunkError("unknown width")
    if flags >> DECIMALS_SHIFT > MOST_DECIMALS + 1 or (flags & WIDE and flags > WIDE):
        raise ChunkError("unknown flags")
    layout = _Layout(flags, 1 << t_width, 1 << lag_width)
    body = _inflated(data[_HEADER.size : end], layout.size(n))
    return layout, _Opened(n, t0, lag0, t_unit, lag_unit, body)


def _fill(out: Columns, layout: _Layout, members: Sequence[_Opened]) -> None:
    """Write the samples of chunks one behind the other."""
    lengths, first_us, first_lag, time_unit, lag_unit, bodies = zip(*members, strict=True)
    pieces = Pieces(lengths)
    sections: list[list[bytes]] = [[], [], [], []]
    for n, body in zip(lengths, bodies, strict=True):
        times_end = layout.time_bytes * (n - 1)
        lags_end = times_end + layout.lag_bytes * (n - 1)
        values_end = lags_end + layout.value_bytes * n
        sections[0].append(body[:times_end])
        sections[1].append(body[times_end:lags_end])
        sections[2].append(body[lags_end:values_end])
        sections[3].append(body[values_end:])
    steps = pieces.differences(sections[0], layout.time_bytes)
    pieces.add_up(steps, first_us, time_unit, out.source_us)
    steps = pieces.differences(sections[1], layout.lag_bytes)
    pieces.add_up(steps, first_lag, lag_unit, out.arrival_us)
    out.arrival_us[:] += out.source_us
    bits = pieces.numbers(sections[2], layout.value_bytes)
    if decimals := layout.flags >> DECIMALS_SHIFT:
        out.value[:] = pieces.decimals_read(bits, decimals - 1)
    else:
        out.value[:] = pieces.xored_back(bits).view(f"f{layout.value_bytes}")
    out.quality[:] = np.frombuffer(b"".join(sections[3]), np.uint8)


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
