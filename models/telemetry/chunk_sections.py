"""The sections of a chunk: many rows of one length at a time (see `models.telemetry.codec`)."""

from collections.abc import Sequence
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


class Pieces:
    """Sections of several chunks, of so many samples each, read one behind the other."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = np.array(lengths)
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._counts = lengths

    def numbers(
        self, sections: Sequence[bytes], width: int, gap: bytes = b""
    ) -> npt.NDArray[np.unsignedinteger]:
        """Return the numbers of shuffled sections; with a zero `gap` one stands before each."""
        unsigned = np.dtype(f"<u{width}")
        whole = np.frombuffer(bytearray(gap + gap.join(sections)), np.uint8)
        if width == 1:
            return whole
        counts = [n - len(gap) for n in self._counts]
        whole = np.zeros(int(self._lengths.sum()), unsigned)
        for i in range(width):
            planes = [s[i * n : (i + 1) * n] for s, n in zip(sections, counts, strict=True)]
            plane = np.frombuffer(gap + gap.join(planes), np.uint8)
            if plane.any():  # the high bytes of small numbers are nothing
                more = plane.astype(unsigned)
                more <<= unsigned.type(8 * i)
                whole |= more
        return whole

    def differences(self, sections: Sequence[bytes], width: int) -> npt.NDArray[np.signedinteger]:
        """Return signed differences, with a zero where each chunk begins."""
        return self.numbers(sections, width, b"\0").view(f"<i{width}")

    def add_up(
        self,
        steps: npt.NDArray[np.signedinteger],
        first: Sequence[int],
        unit: Sequence[int],
        out: IntColumn,
    ) -> None:
        """Write what begins with `first` in each chunk and goes on by `unit` times the steps."""
        factor = np.array(unit, np.uint64).astype(np.int64)
        each = factor[0] if (factor == factor[0]).all() else np.repeat(factor, self._lengths)
        start = np.array(first, np.int64)
        step = steps[1] if steps.size > 1 else steps[0]
        steady = step and np.count_nonzero(steps == step) == steps.size - start.size
        if steady and each.ndim == 0:
            np.multiply(np.arange(steps.size), each * np.int64(step), out=out)
        else:
            np.multiply(steps, each, out=out, dtype=np.int64)
            np.cumsum(out, out=out)
        out += np.repeat(start - out[self._starts], self._lengths)

    def decimals_read(
        self, zigzag: npt.NDArray[np.unsignedinteger], decimals: int
    ) -> npt.NDArray[np.float32]:
        """Return the values of zigzag differences of decimals of so many places, uint32."""
        scaled = (zigzag >> np.uint32(1)).view(np.int32)
        scaled ^= -(zigzag & np.uint32(1)).view(np.int32)
        first = scaled[self._starts]
        np.cumsum(scaled, dtype=np.int32, out=scaled)
        scaled -= np.repeat(scaled[self._starts] - first, self._lengths)
        nearest = np.empty(scaled.shape, np.float32)
        np.divide(scaled, 10.0**decimals, out=nearest, dtype=np.float64, casting="same_kind")
        return nearest

    def xored_back(self, bits: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
        """Return the bits of values of which each is XORed with the one before."""
        out = np.bitwise_xor.accumulate(bits)
        out ^= np.repeat(out[self._starts] ^ bits[self._starts], self._lengths)
        return out


def _xored(bits: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
    out = bits.copy()
    out[:, 1:] ^= bits[:, :-1]
    return out
