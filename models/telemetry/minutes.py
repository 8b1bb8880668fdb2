"""Minute aggregates of one tag's samples, and their compressed form."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import zstandard

from models.telemetry.codec import Columns, Summary
from models.telemetry.ports import Quality

MINUTE_US = 60_000_000
_ROW = np.dtype(
    [
        ("start_us", "<i8"),
        ("samples", "<i4"),
        ("minimum", "<f8"),
        ("maximum", "<f8"),
        ("total", "<f8"),
        ("good", "<i4"),
        ("worst", "u1"),
    ]
)
_MOST_ROWS = 1_000_000


class Minutes(NamedTuple):
    """Rows by minute, ascending: what `Summary` says of each; NaN where nothing was good."""

    rows: npt.NDArray[np.void]

    def summaries(self, from_us: int, to_us: int) -> list[Summary]:
        """Return the minutes that touch a span [µs UTC]."""
        start = self.rows["start_us"]
        inside = self.rows[(start <= to_us) & (start + MINUTE_US > from_us)]
        return [
            Summary(
                start_us=row["start_us"],
                end_us=row["start_us"] + MINUTE_US - 1,
                samples=row["samples"],
                minimum=row["minimum"] if row["good"] else None,
                maximum=row["maximum"] if row["good"] else None,
                total=row["total"],
                good=row["good"],
                worst=row["worst"],
            )
            for row in (dict(zip(_ROW.names or (), line, strict=True)) for line in inside.tolist())
        ]


def minutes_of(columns: Columns) -> Minutes:
    """Return the aggregates of samples that are sorted by source time."""
    minute = columns.source_us // MINUTE_US
    starts = np.flatnonzero(np.diff(minute, prepend=minute[:1] - 1))
    rows = np.zeros(starts.size, _ROW)
    if starts.size:
        good = (columns.quality <= Quality.UNCERTAIN) & np.isfinite(columns.value)
        rows["start_us"] = minute[starts] * MINUTE_US
        rows["samples"] = np.diff(starts, append=minute.size)
        rows["minimum"] = np.minimum.reduceat(np.where(good, columns.value, np.inf), starts)
        rows["maximum"] = np.maximum.reduceat(np.where(good, columns.value, -np.inf), starts)
        rows["total"] = np.add.reduceat(np.where(good, columns.value, 0.0), starts)
        rows["good"] = np.add.reduceat(good.astype(np.int32), starts)
        rows["worst"] = np.maximum.reduceat(columns.quality, starts)
        dark = rows["good"] == 0
        rows["minimum"][dark] = rows["maximum"][dark] = np.nan
    return Minutes(rows)


def packed(minutes: Minutes) -> bytes:
    """Return the aggregates as bytes, byte-shuffled within each column."""
    columns = [
        np.ascontiguousarray(minutes.rows[name]).view(np.uint8).reshape(-1, _ROW[name].itemsize).T
        for name in _ROW.names or ()
    ]
    body = b"".join(column.tobytes() for column in columns)
    return zstandard.ZstdCompressor(level=3).compress(body)


def unpacked(data: bytes) -> Minutes:
    """Return what `packed` made; ValueError when the bytes aren't that."""
    try:
        size = zstandard.frame_content_size(data)
        if not 0 <= size <= _MOST_ROWS * _ROW.itemsize or size % _ROW.itemsize:
            raise ValueError("not minute aggregates")
        body = zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        raise ValueError("not minute aggregates") from error
    n, at = size // _ROW.itemsize, 0
    rows = np.zeros(n, _ROW)
    for name in _ROW.names or ():
        kind = _ROW[name]
        planes = np.frombuffer(body, np.uint8, n * kind.itemsize, at).reshape(kind.itemsize, n)
        rows[name] = np.ascontiguousarray(planes.T).view(kind).reshape(n)
        at += n * kind.itemsize
    return Minutes(rows)
