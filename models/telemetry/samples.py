"""Sample batches: build, join, clean and order the columns of `SampleBatch`."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.telemetry.ports import Quality, SampleBatch


def make_batch(
    tag: npt.ArrayLike,
    source_us: npt.ArrayLike,
    arrival_us: npt.ArrayLike,
    value: npt.ArrayLike,
    quality: npt.ArrayLike = 0,
) -> SampleBatch:
    """Return a batch of columns; scalars are repeated to the length of `tag`.

    Parameters
    ----------
    tag, source_us, arrival_us, value, quality : array-like, shape (n,) or scalar
        As in `SampleBatch`; times in µs UTC.
    """
    tags = np.atleast_1d(np.asarray(tag, np.int32))
    shape = tags.shape

    def column(data: npt.ArrayLike, dtype: type[np.generic]) -> npt.NDArray[np.generic]:
        return np.ascontiguousarray(np.broadcast_to(np.asarray(data, dtype), shape))

    return SampleBatch(
        tag=tags,
        source_us=column(source_us, np.int64),  # type: ignore[arg-type]
        arrival_us=column(arrival_us, np.int64),  # type: ignore[arg-type]
        value=column(value, np.float64),  # type: ignore[arg-type]
        quality=column(quality, np.uint8),  # type: ignore[arg-type]
    )


def empty_batch() -> SampleBatch:
    """Return a batch without samples."""
    return make_batch(np.empty(0, np.int32), 0, 0, 0.0)


def count(batch: SampleBatch) -> int:
    """Return the number of samples."""
    return int(batch.tag.size)


def concat(batches: Sequence[SampleBatch]) -> SampleBatch:
    """Return all samples of `batches` in their order."""
    if len(batches) == 1:
        return batches[0]
    if not batches:
        return empty_batch()
    return SampleBatch(
        tag=np.concatenate([batch.tag for batch in batches]),
        source_us=np.concatenate([batch.source_us for batch in batches]),
        arrival_us=np.concatenate([batch.arrival_us for batch in batches]),
        value=np.concatenate([batch.value for batch in batches]),
        quality=np.concatenate([batch.quality for batch in batches]),
    )


def take(
    batch: SampleBatch, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp] | slice
) -> SampleBatch:
    """Return the samples chosen by a mask, by indices or by a slice (which copies nothing)."""
    return SampleBatch(
        tag=batch.tag[which],
        source_us=batch.source_us[which],
        arrival_us=batch.arrival_us[which],
        value=batch.value[which],
        quality=batch.quality[which],
    )


def cleaned(batch: SampleBatch, wide: npt.NDArray[np.bool_]) -> SampleBatch:
    """Return the batch as it will be stored: what is judged live is what history gives back.

    Values of tags that aren't `wide` are rounded to float32; NaN and ±inf (also from rounding)
    are bad quality; an unknown quality code is bad.

    Parameters
    ----------
    wide : array of bool, shape (number of tags,)
        True where the tag keeps float64.
    """
    with np.errstate(over="ignore"):
        narrow = batch.value.astype(np.float32).astype(np.float64)
    value = np.where(wide[batch.tag], batch.value, narrow)
    quality = np.where(batch.quality > Quality.STALE, Quality.BAD, batch.quality)
    quality = np.where(np.isfinite(value), quality, np.maximum(quality, Quality.BAD))
    return SampleBatch(
        tag=batch.tag,
        source_us=batch.source_us,
        arrival_us=batch.arrival_us,
        value=value,
        quality=quality.astype(np.uint8),
    )


def slot_end_us(arrival_us: npt.NDArray[np.int64], grid_us: int) -> npt.NDArray[np.int64]:
    """Return the end of the arrival slot (k·grid, (k+1)·grid] of each sample [µs]."""
    return -(-arrival_us // grid_us) * grid_us


def ordered(batch: SampleBatch, grid_us: int) -> SampleBatch:
    """Return the samples in (arrival slot, tag, source time) order, ties as they came."""
    slot = slot_end_us(batch.arrival_us, grid_us)
    if batch.tag.size < 2 or (slot.min() == slot.max() and (np.diff(batch.tag) > 0).all()):
        return batch
    return take(batch, np.lexsort((batch.source_us, batch.tag, slot)))
