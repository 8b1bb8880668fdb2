"""Fewer points for a plot without hiding anything: minimum, maximum, gaps and bad quality stay."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.telemetry.codec import Columns, Summary
from models.telemetry.ports import Quality


class Curve(NamedTuple):
    """Points of a plot: times [µs UTC] ascending, values (NaN: nothing known), qualities."""

    times_us: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    qualities: npt.NDArray[np.uint8]


def merged(parts: list[Columns], from_us: int, to_us: int) -> Columns:
    """Return the samples of a span, by source time, without exact repetitions.

    Late and redelivered samples land where they belong; two samples are one when source time,
    value and quality agree.
    """
    if not parts:
        parts = [
            Columns(
                np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.uint8)
            )
        ]
    whole = parts[0]
    if len(parts) > 1:
        whole = Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    if whole.source_us.size and (whole.source_us[1:] > whole.source_us[:-1]).all():
        first, last = np.searchsorted(whole.source_us, [from_us, to_us + 1])
        return Columns(
            whole.source_us[first:last],
            whole.arrival_us[first:last],
            whole.value[first:last],
            whole.quality[first:last],
        )
    inside = (whole.source_us >= from_us) & (whole.source_us <= to_us)
    bits = whole.value.view(np.uint64)
    order = np.lexsort((whole.arrival_us, whole.quality, bits, whole.source_us))
    order = order[inside[order]]
    source, value, quality = whole.source_us[order], bits[order], whole.quality[order]
    again = np.zeros(order.size, bool)
    again[1:] = (np.diff(source) == 0) & (value[1:] == value[:-1]) & (np.diff(quality) == 0)
    keep = order[~again]
    keep = keep[np.lexsort((whole.arrival_us[keep], whole.source_us[keep]))]
    return Columns(
        whole.source_us[keep], whole.arrival_us[keep], whole.value[keep], whole.quality[keep]
    )


def curve(columns: Columns, patience_us: int) -> Curve:
    """Return samples as a curve: bad readings are NaN, a silence becomes a stale NaN point.

    Parameters
    ----------
    columns : Columns
        Sorted by source time.
    patience_us : int
        Two samples farther apart than this [µs] have a gap between them.
    """
    values = np.where(columns.quality <= Quality.UNCERTAIN, columns.value, np.nan)
    gaps = np.flatnonzero(np.diff(columns.source_us) > patience_us)
    return Curve(
        np.insert(columns.source_us, gaps + 1, columns.source_us[gaps] + patience_us),
        np.insert(values, gaps + 1, np.nan),
        np.insert(columns.quality, gaps + 1, np.uint8(Quality.STALE)),
    )


def reduced(points: Curve, from_us: int, to_us: int, buckets: int) -> Curve:
    """Return at most four points per bucket: lowest, highest, last, and one that is unknown.

    Parameters
    ----------
    points : Curve
        Sorted by time, within the span.
    from_us, to_us : int
        The span [µs UTC], from < to.
    buckets : int
        How many columns the plot has, ≥ 1.
    """
    n = points.times_us.size
    if n <= 2 * buckets:
        return points
    bucket = (points.times_us - from_us) * buckets // (to_us - from_us + 1)
    starts = np.flatnonzero(np.diff(bucket, prepend=-1))
    counts = np.diff(starts, append=n)
    position, known = np.arange(n), np.isfinite(points.values)
    keep = np.zeros(n, bool)
    keep[starts + counts - 1] = True
    for extreme, worst in ((np.minimum, np.inf), (np.maximum, -np.inf)):
        value = np.where(known, points.values, worst)
        best = np.repeat(extreme.reduceat(value, starts), counts)
        first = np.minimum.reduceat(np.where(known & (value == best), position, n), starts)
        keep[first[first < n]] = True
    unknown = np.minimum.reduceat(np.where(known, n, position), starts)
    keep[unknown[unknown < n]] = True
    return Curve(points.times_us[keep], points.values[keep], points.qualities[keep])


def curve_of_summaries(summaries: list[Summary], patience_us: int) -> Curve:
    """Return a coarse curve of chunk summaries: minimum at a chunk's start, maximum at its end.

    Chunks farther apart than `patience_us` [µs] have a stale NaN point between them.
    """
    ordered = sorted(summaries, key=lambda summary: summary[:3])  # a minimum may be None
    times, values, worst = [], [], []
    end_us = ordered[0].end_us if ordered else 0
    for summary in ordered:
        if summary.start_us - end_us > patience_us:
            times.append(end_us + patience_us)
            values.append(np.nan)
            worst.append(int(Quality.STALE))
        times += [summary.start_us, summary.end_us]
        extremes = (summary.minimum, summary.maximum)
        values += [np.nan if value is None else value for value in extremes]
        worst += [summary.worst] * 2
        end_us = max(end_us, summary.end_us)
    order = np.argsort(np.array(times, np.int64), kind="stable")
    return Curve(
        np.array(times, np.int64)[order],
        np.array(values, np.float64)[order],
        np.array(worst, np.uint8)[order],
    )


def joined(before: Curve, after: Curve, patience_us: int) -> Curve:
    """Return two curves as one, with a stale NaN point where a silence [µs] parts them."""
    parts = [before, after]
    if before.times_us.size and after.times_us.size:
        silent_us = before.times_us[-1:] + patience_us
        if silent_us[0] < after.times_us[0]:
            stale = np.full(1, Quality.STALE, np.uint8)
            parts.insert(1, Curve(silent_us, np.full(1, np.nan), stale))
    return Curve(*(np.concatenate(column) for column in zip(*parts, strict=True)))
