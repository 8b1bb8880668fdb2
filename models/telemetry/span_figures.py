"""Figures of a tag over a span of time: extremes, mean, time beyond limits, share of good data."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.telemetry.ports import Quality

_COARSE = 5.0


@dataclass(frozen=True, slots=True)
class SpanFigures:
    """What a span says; NaN where nothing is known.

    `mean` weighs each value with the time it stood. `beyond_s` is how long values stood beyond a
    limit [s], `known_s` how long a value was known at all. `good_share` is of the samples, 0 to 1.
    `exact` is false when the samples were thinned out before.
    """

    low: float
    high: float
    mean: float
    beyond_s: float
    known_s: float
    good_share: float
    exact: bool


@dataclass(frozen=True, slots=True)
class SpanLimits:
    """Values beyond which a tag is in alarm: above `high`, below `low`; None for no limit."""

    low: float | None = None
    high: float | None = None


def span_figures(
    times_s: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
    qualities: npt.NDArray[np.uint8],
    span_s: tuple[float, float],
    limits: SpanLimits,
    *,
    period_s: float,
    patience_s: float,
    most: int,
) -> SpanFigures:
    """Return the figures of the samples within a span.

    Parameters
    ----------
    times_s : array
        Times [s since 1970 UTC], ascending, shape (n,).
    values : array
        Values in the tag's unit, shape (n,); NaN where none is known.
    qualities : array
        `Quality` of each, shape (n,). Of bad and stale samples the value doesn't count; stale
        ones are where somebody noticed a silence and are no samples.
    span_s : tuple of float
        Begin and end [s since 1970 UTC], begin < end.
    limits : SpanLimits
        Beyond which time counts as beyond; a value equal to a limit is beyond it, as for alarms.
    period_s : float
        How often the tag is expected [s], > 0.
    patience_s : float
        How long a value stands when no other follows [s], > 0.
    most : int
        How many samples whoever read them hands out unthinned, ≥ 1.
    """
    from_s, to_s = span_s
    inside = (times_s >= from_s) & (times_s <= to_s)
    times_s, values, qualities = times_s[inside], values[inside], qualities[inside]
    until_s = np.append(times_s[1:], to_s)
    stood_s = np.minimum(until_s - times_s, patience_s)
    known = np.isfinite(values) & (qualities < Quality.BAD)
    stood_s, kept = stood_s[known], values[known]
    known_s = float(stood_s.sum())
    beyond = np.zeros(kept.size, bool)
    if limits.high is not None:
        beyond |= kept >= limits.high
    if limits.low is not None:
        beyond |= kept <= limits.low
    real = qualities != Quality.STALE
    steps_s = np.diff(times_s)
    thin = steps_s.size > 0 and float(np.median(steps_s)) > _COARSE * period_s
    return SpanFigures(
        low=float(kept.min()) if kept.size else np.nan,
        high=float(kept.max()) if kept.size else np.nan,
        mean=float(kept @ stood_s) / known_s if known_s > 0 else np.nan,
        beyond_s=float(stood_s[beyond].sum()),
        known_s=known_s,
        good_share=float((qualities[real] == Quality.GOOD).mean()) if real.any() else np.nan,
        exact=not thin and (to_s - from_s) / period_s <= most,
    )
