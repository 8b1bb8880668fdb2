import math

import numpy as np
import pytest

from models.telemetry.span_figures import SpanFigures, SpanLimits, span_figures


def figures(
    values: list[float],
    qualities: list[int] | None = None,
    *,
    step_s: float = 1.0,
    span_s: tuple[float, float] = (0.0, 10.0),
    limits: SpanLimits | None = None,
    most: int = 1000,
) -> SpanFigures:
    times = np.arange(len(values)) * step_s
    return span_figures(
        times, np.array(values, float), np.array(qualities or [0] * len(values), np.uint8),
        span_s, limits or SpanLimits(), period_s=1.0, patience_s=2.0, most=most,
    )  # fmt: skip


def test_that_the_mean_weighs_each_value_with_the_time_it_stood() -> None:
    found = figures([1.0, 4.0], step_s=2.0, span_s=(0.0, 3.0))

    assert found.mean == pytest.approx((1.0 * 2 + 4.0 * 1) / 3)
    assert (found.low, found.high, found.known_s) == (1.0, 4.0, 3.0)


def test_that_a_value_stands_no_longer_than_patience() -> None:
    assert figures([5.0], span_s=(0.0, 10.0)).known_s == 2.0


def test_that_time_beyond_either_limit_counts_and_the_limit_itself_is_beyond() -> None:
    found = figures([0.0, 1.0, 5.0, 9.0], span_s=(0.0, 4.0), limits=SpanLimits(low=0.0, high=9.0))

    assert found.beyond_s == 2.0


def test_that_bad_and_stale_values_do_not_count_but_bad_ones_lower_the_share() -> None:
    found = figures([1.0, 99.0, math.nan, 3.0], [0, 2, 3, 1], span_s=(0.0, 4.0))

    assert (found.low, found.high) == (1.0, 3.0)
    assert found.good_share == pytest.approx(1 / 3)
    assert found.known_s == 2.0


def test_that_samples_outside_the_span_do_not_count() -> None:
    found = figures([1.0, 2.0, 3.0, 4.0], span_s=(1.0, 2.5))

    assert (found.low, found.high) == (2.0, 3.0)
    assert found.known_s == 1.5


def test_that_nothing_known_is_said_so() -> None:
    found = figures([])

    assert all(math.isnan(each) for each in (found.low, found.high, found.mean, found.good_share))
    assert (found.beyond_s, found.known_s) == (0.0, 0.0)


def test_that_thinned_samples_are_not_called_exact() -> None:
    assert figures([1.0] * 10).exact
    assert not figures([1.0] * 10, step_s=60.0, span_s=(0.0, 600.0)).exact
    assert not figures([1.0] * 10, most=5).exact
