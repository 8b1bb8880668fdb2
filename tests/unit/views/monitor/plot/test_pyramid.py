import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from views.monitor.plot import pyramid as module
from views.monitor.plot.pyramid import Pyramid, Span

GAP_S = 10.0
VALUES = st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))), min_size=1, max_size=700)


def held(values: list[float], live: int = 0) -> Pyramid:
    """Load all but the last `live`, which come one by one."""
    made = Pyramid(GAP_S)
    split = len(values) - live
    times = np.arange(len(values), dtype=np.float64)
    known = np.array(values)
    quality = np.where(np.isnan(known), 2, 0).astype(np.uint8)
    made.load(times[:split], known[:split], quality[:split])
    for index in range(split, len(values)):
        made.append(float(times[index]), values[index], int(quality[index]))
    return made


@pytest.mark.parametrize("few", [0, 200_000], ids=["blocks", "samples"])
@settings(deadline=None, max_examples=60)
@given(
    values=VALUES,
    live=st.integers(0, 700),
    from_s=st.floats(-20, 700),
    step_s=st.floats(0.3, 400),
    count=st.integers(1, 60),
)
def test_that_every_column_has_exactly_its_extremes(
    few: int, values: list[float], live: int, from_s: float, step_s: float, count: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", few)
        made = held(values, min(live, len(values)))
        columns = made.columns(from_s, step_s, count)

    edges = from_s + step_s * np.arange(count + 1)
    for column in range(count):
        inside = [
            value
            for moment, value in enumerate(values)
            if edges[column] <= moment < edges[column + 1] and value == value
        ]
        found = float(columns.low[column]), float(columns.high[column])
        assert found == (min(inside), max(inside)) if inside else np.isnan(found).all()


def test_that_a_single_peak_among_a_day_of_samples_is_in_its_column() -> None:
    values = np.zeros(400_000)
    values[123_456] = 7.0
    made = Pyramid(GAP_S)
    made.load(np.arange(values.size, dtype=np.float64), values, np.zeros(values.size, np.uint8))

    columns = made.columns(0.0, 400.0, 1000)

    assert np.flatnonzero(columns.high == 7.0).tolist() == [123_456 // 400]


def test_that_a_line_is_not_joined_over_a_gap_or_bad_samples() -> None:
    made = held([1.0, 2.0, float("nan"), 3.0, 4.0])
    made.append(40.0, 5.0, 0)

    columns = made.columns(0.0, 1.0, 41)

    assert np.flatnonzero(columns.starts).tolist() == [2, 3, 14, 40]
    assert np.isnan(columns.low[[2, 14]]).all()


def test_that_sparse_samples_are_joined() -> None:
    made = held([1.0, 2.0, 3.0])

    assert not made.columns(0.0, 0.1, 30).starts.any()


def test_that_a_sample_that_is_not_newer_is_refused() -> None:
    made = held([1.0, 2.0])

    assert not made.append(1.0, 9.0, 0)
    assert made.reach(0.0, 5.0) == (1.0, 2.0)


def test_that_history_keeps_newer_live_samples() -> None:
    made = held([1.0, 2.0, 3.0])
    made.load(np.array([0.0, 1.0]), np.array([5.0, 6.0]), np.zeros(2, np.uint8))

    assert made.values.tolist() == [5.0, 6.0, 3.0]


def test_that_spans_tell_bad_uncertain_and_missing_data() -> None:
    made = Pyramid(GAP_S)
    for time_s, quality in ((0, 0), (1, 2), (2, 2), (3, 0), (4, 1), (5, 0), (30, 0)):
        made.append(float(time_s), 1.0, quality)

    found = made.spans(0.0, 60.0)

    assert found == [Span(1, 3, 2), Span(4, 5, 1), Span(5, 30, 3), Span(30, 60, 3)]


def test_that_no_value_is_read_in_a_silence() -> None:
    made = held([1.0, 2.0])

    assert made.value_at(1.5) == 2.0
    assert np.isnan(made.value_at(-1.0))
    assert np.isnan(made.value_at(30.0))


def test_that_what_a_worker_holds_does_not_grow() -> None:
    made = held([1.0] * 20)
    other = made.frozen()
    for moment in range(20, 3000):
        made.append(float(moment), 5.0, 0)
    made.trim(2500.0)

    assert other.times_s.size == 20
    assert other.reach(0.0, 1e6) == (1.0, 1.0)
    assert made.times_s[0] == 2500.0


def test_that_a_silence_between_history_and_the_first_live_sample_is_a_gap() -> None:
    pyramid = Pyramid(10.0)
    pyramid.append(100.0, 5.0, 0)
    pyramid.load(np.array([0.0, 1.0]), np.array([1.0, 2.0]), np.zeros(2, np.uint8))
    assert pyramid.times_s.tolist() == [0.0, 1.0, 11.0, 100.0]
    assert np.isnan(pyramid.values[2])
