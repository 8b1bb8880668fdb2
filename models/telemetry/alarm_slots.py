"""How the samples of one arrival slot are put before the alarm logic."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.samples import take

_ALL_OF = 4


def judged(batch: SampleBatch) -> npt.NDArray[np.bool_]:
    """Return which samples may be judged: good or uncertain, and a finite value."""
    return np.asarray((batch.quality <= Quality.UNCERTAIN) & np.isfinite(batch.value))


def rounds(batch: SampleBatch, whole: npt.NDArray[np.bool_]) -> Iterator[SampleBatch]:
    """Yield batches with each tag at most once, in the order of each tag's samples.

    Parameters
    ----------
    batch : SampleBatch
        The samples of one slot, sorted by tag, then source time.
    whole : ndarray of bool
        By tag index: those of which every sample counts (states, counted changes).

    Notes
    -----
    Up to four samples of a tag are judged one by one. Of more, the lowest, the highest and the
    last judged one and the last one of all are: no excursion beyond a limit is missed, and a
    tag that sends thousands of samples a slot costs four rounds.
    """
    if (np.diff(batch.tag) > 0).all():
        yield batch
        return
    kept = take(batch, _kept(batch) | whole[batch.tag])
    starts = np.flatnonzero(np.diff(kept.tag, prepend=-1))
    rank = np.arange(kept.tag.size) - np.repeat(starts, np.diff(starts, append=kept.tag.size))
    for turn in range(int(rank.max()) + 1):
        yield take(kept, rank == turn)


def _kept(batch: SampleBatch) -> npt.NDArray[np.bool_]:
    n = batch.tag.size
    starts = np.flatnonzero(np.diff(batch.tag, prepend=-1))
    counts = np.diff(starts, append=n)
    keep = np.repeat(counts <= _ALL_OF, counts)
    if keep.all():
        return keep
    good, position = judged(batch), np.arange(n)
    for extreme, worst in ((np.minimum, np.inf), (np.maximum, -np.inf)):
        value = np.where(good, batch.value, worst)
        best = np.repeat(extreme.reduceat(value, starts), counts)
        first = np.minimum.reduceat(np.where(good & (value == best), position, n), starts)
        keep[first[first < n]] = True
    last_good = np.maximum.reduceat(np.where(good, position, -1), starts)
    keep[last_good[last_good >= 0]] = True
    keep[starts + counts - 1] = True
    return keep
