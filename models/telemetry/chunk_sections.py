"""The sections of a chunk: many rows of one length at a time (see `models.telemetry.codec`)."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

WIDE = 1
DECIMALS_SHIFT = 1  # bits 1–3 of the flags: decimal places + 1; 0: XORed bits
MOST_DECIMALS = 4
_MOST_SCALED = 1 << 30
WIDTHS: tuple[type[np.signedinteger], ...] = (np.int8, np.int16, np.int32, np.int64)

IntColumn = npt.NDArray[np.int64]


def shuffled(rows: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """Return the bytes of each row by significance: all first bytes, then all second ones."""
    m, n = rows.shape
    width = rows.dtype.itemsize
    planes = np.ascontiguousarray(rows).view(np.uint8).reshape(m, n, width)
    return planes.transpose(0, 2, 1).reshape(m, n * width)


def unshuffled(
    planes: npt.NDArray[np.uint8], dtype: type[np.generic], n: int
) -> npt.NDArray[np.generic]:
    """Return rows of `n` numbers of what `shuffled` made."""
    m, width = len(planes), np.dtype(dtype).itemsize
    whole = np.ascontiguousarray(planes.reshape(m, width, n).transpose(0, 2, 1))
    return whole.view(dtype).reshape(m, n)


class Packed(NamedTuple):
    """Rows of differences: units, width indices, bytes per row."""

    unit: list[int]
    width: list[int]
    data: list[bytes]


def pack(differences: IntColumn) -> Packed:
    """Return rows of differences, shape (tags, n), as narrow as each row allows."""
    m = len(differences)
    if not differences.shape[1]:
        return Packed([1] * m, [0] * m, [b""] * m)
    unit = np.maximum(np.gcd.reduce(differences, axis=1), 1)
    scaled = differences // unit[:, None]
    least, most = scaled.min(axis=1), scaled.max(axis=1)
    width = np.full(m, len(WIDTHS) - 1)
    for i in range(len(WIDTHS) - 2, -1, -1):
        bounds = np.iinfo(WIDTHS[i])
        width[(bounds.min <= least) & (most <= bounds.max)] = i
    data = [b""] * m
    for i in np.unique(width).tolist():
        chosen = np.flatnonzero(width == i)
        for k, row in zip(chosen.tolist(), shuffled(scaled[chosen].astype(WIDTHS[i])), strict=True):
            data[k] = row.tobytes()
    return Packed(unit.tolist(), width.tolist(), data)


def summed(first: list[int], scaled: npt.NDArray[np.generic], unit: list[int]) -> IntColumn:
    """Return rows that begin with `first` and go on by `unit` times the differences."""
    start = np.array(first, np.int64)[:, None]
    out = np.zeros((len(start), scaled.shape[1] + 1), np.int64)
    steps = scaled.astype(np.int64) * np.array(unit, np.uint64).astype(np.int64)[:, None]
    np.cumsum(steps, axis=1, out=out[:, 1:])
    return np.asarray(out + start)


def values_section(
    value: npt.NDArray[np.float64], *, wide: bool
) -> tuple[list[int], npt.NDArray[np.uint8]]:
    """Return the flags of rows of values, shape (tags, n), and their shuffled sections."""
    if wide:
        return [WIDE] * len(value), shuffled(_xored(value.astype(np.float64).view(np.uint64)))
    with np.errstate(over="ignore"):
        narrow = value.astype(np.float32)
    bits = narrow.view(np.uint32)
    section = _xored(bits)
    places = np.full(len(value), -1)
    for decimals in range(MOST_DECIMALS + 1):
        left = np.flatnonzero(places < 0)
        with np.errstate(over="ignore", invalid="ignore"):
            # + 0.0: an integer knows no −0.0
            scaled = np.rint(narrow[left].astype(np.float64) * 10.0**decimals) + 0.0
            same = (scaled / 10.0**decimals).astype(np.float32).view(np.uint32) == bits[left]
            fits = (same & (np.abs(scaled) < _MOST_SCALED)).all(axis=1)
        places[left[fits]] = decimals
        section[left[fits]] = _zigzag(scaled[fits].astype(np.int32))
    return ((places + 1) << DECIMALS_SHIFT).tolist(), shuffled(section)


def _zigzag(scaled: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
    steps = np.diff(scaled, axis=1, prepend=np.int32(0))
    return np.asarray((steps << 1) ^ (steps >> 31)).view(np.uint32)


def decimals_read(section: npt.NDArray[np.uint32], decimals: int) -> npt.NDArray[np.float64]:
    """Return the values of rows of zigzag differences of decimals of so many places."""
    steps = (section >> np.uint32(1)) ^ (np.uint32(0) - (section & np.uint32(1)))
    scaled = np.cumsum(steps.view(np.int32), axis=1, dtype=np.int32)
    return (scaled / 10.0**decimals).astype(np.float32).astype(np.float64)


def _xored(bits: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
    out = bits.copy()
    out[:, 1:] ^= bits[:, :-1]
    return out
