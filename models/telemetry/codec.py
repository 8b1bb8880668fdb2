"""The chunk codec: one tag's samples as a small block of bytes, lossless.

Layout (little-endian), version 1, after the header one zstd-3 frame of four sections:
differences of source time, differences of (arrival − source), XORed value bits (float32, or
float64 for wide tags), quality; the integer sections are divided by their greatest common
divisor and stored in the narrowest signed width; every section is byte-shuffled. A CRC-32 of all
that goes before closes the chunk: a damaged head would give wrong times in silence.
"""

import struct
import zlib
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import zstandard

from models.telemetry.ports import Quality

_HEADER = struct.Struct("<2sBBIqqQQBB")
_CRC = struct.Struct("<I")
_MAGIC = b"MC"
_VERSION = 1
_WIDE = 1
_LEVEL = 3
_MOST_SAMPLES = 4_000_000
_WIDTHS: tuple[type[np.signedinteger], ...] = (np.int8, np.int16, np.int32, np.int64)

IntColumn = npt.NDArray[np.int64]


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


def _shuffle(array: npt.NDArray[np.generic]) -> bytes:
    """Return the bytes by significance: all first bytes, then all second bytes, and so on."""
    width = array.dtype.itemsize
    return array.view(np.uint8).reshape(-1, width).T.tobytes()


def _unshuffle(data: bytes, dtype: type[np.generic], n: int) -> npt.NDArray[np.generic]:
    width = np.dtype(dtype).itemsize
    planes = np.frombuffer(data, np.uint8, count=n * width).reshape(width, n)
    return np.ascontiguousarray(planes.T).view(dtype).reshape(n)


def _pack(differences: IntColumn) -> tuple[int, int, bytes]:
    """Return (unit, width index, bytes) of integers."""
    unit = max(int(np.gcd.reduce(differences)), 1) if differences.size else 1
    scaled = differences // unit
    least, most = (int(scaled.min()), int(scaled.max())) if scaled.size else (0, 0)
    for i, dtype in enumerate(_WIDTHS[:-1]):
        if np.iinfo(dtype).min <= least and most <= np.iinfo(dtype).max:
            return unit, i, _shuffle(scaled.astype(dtype))
    return unit, len(_WIDTHS) - 1, _shuffle(scaled)


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
    lag = columns.arrival_us - columns.source_us
    time_unit, time_width, times = _pack(np.diff(columns.source_us))
    lag_unit, lag_width, lags = _pack(np.diff(lag))
    if wide:
        bits: npt.NDArray[np.generic] = _xored(columns.value.astype(np.float64).view(np.uint64))
    else:
        with np.errstate(over="ignore"):
            bits = _xored(columns.value.astype(np.float32).view(np.uint32))
    head = _HEADER.pack(
        _MAGIC, _VERSION, _WIDE if wide else 0, n, int(columns.source_us[0]), int(lag[0]),
        time_unit, lag_unit, time_width, lag_width,
    )  # fmt: skip
    body = times + lags + _shuffle(bits) + columns.quality.astype(np.uint8).tobytes()
    return sealed(head + zstandard.ZstdCompressor(level=_LEVEL).compress(body))


def sealed(chunk: bytes) -> bytes:
    """Return a chunk with its CRC-32 behind it."""
    return chunk + _CRC.pack(zlib.crc32(chunk))


def _xored(bits: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
    out = bits.copy()
    out[1:] ^= bits[:-1]
    return out


def decode(data: bytes) -> Columns:
    """Return the samples of a chunk.

    Raises
    ------
    ChunkError
        When the bytes aren't a whole chunk.
    """
    if len(data) < _HEADER.size + _CRC.size:
        raise ChunkError("shorter than its header")
    if sealed(data[: -_CRC.size]) != data:
        raise ChunkError("the check sum doesn't fit")
    magic, version, flags, n, t0, lag0, t_unit, lag_unit, t_width, lag_width = _HEADER.unpack_from(
        data
    )
    if magic != _MAGIC or version != _VERSION or not 0 < n <= _MOST_SAMPLES:
        raise ChunkError("not a chunk of version 1")
    if max(t_width, lag_width) >= len(_WIDTHS):
        raise ChunkError("unknown width")
    bits_type: type[np.generic] = np.uint64 if flags & _WIDE else np.uint32
    float_type = np.float64 if flags & _WIDE else np.float32
    types = (_WIDTHS[t_width], _WIDTHS[lag_width], bits_type, np.uint8)
    counts = (n - 1, n - 1, n, n)
    sizes = [np.dtype(kind).itemsize * m for kind, m in zip(types, counts, strict=True)]
    body = _inflated(data[_HEADER.size : -_CRC.size], sum(sizes))
    sections, at = [], 0
    for kind, m, size in zip(types, counts, sizes, strict=True):
        sections.append(_unshuffle(body[at : at + size], kind, m))
        at += size
    source = _summed(t0, sections[0], t_unit)
    lag = _summed(lag0, sections[1], lag_unit)
    value = np.bitwise_xor.accumulate(sections[2]).view(float_type).astype(np.float64)
    return Columns(source, source + lag, value, sections[3].astype(np.uint8))


def _inflated(data: bytes, size: int) -> bytes:
    try:
        announced = zstandard.frame_content_size(data)
        if announced != size:  # asked before unpacking: a damaged length must not eat the memory
            raise ChunkError(f"{announced} bytes instead of {size}")
        return zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        raise ChunkError("the compressed part is damaged") from error


def _summed(first: int, scaled: npt.NDArray[np.generic], unit: int) -> IntColumn:
    out = np.empty(scaled.size + 1, np.int64)
    out[0] = first
    np.cumsum(scaled.astype(np.int64) * np.int64(unit), out=out[1:])
    out[1:] += first
    return out


def summarise(columns: Columns) -> Summary:
    """Return the summary of one tag's samples (at least one)."""
    judged = columns.value[(columns.quality <= Quality.UNCERTAIN) & np.isfinite(columns.value)]
    return Summary(
        start_us=int(columns.source_us.min()),
        end_us=int(columns.source_us.max()),
        samples=int(columns.source_us.size),
        minimum=float(judged.min()) if judged.size else None,
        maximum=float(judged.max()) if judged.size else None,
        total=float(judged.sum()),
        good=int(judged.size),
        worst=int(columns.quality.max()),
    )
