"""Rates over time keep their mass however they are cut."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hazard.ports import HazardInputError
from models.hazard.source.history import History


@given(
    rates=st.lists(st.floats(0, 1e4), min_size=2, max_size=20),
    step=st.floats(0.05, 50),
)
def test_that_steps_hold_all_the_mass(rates: list[float], step: float) -> None:
    times = np.cumsum(np.linspace(0.5, 2.0, len(rates)))
    history = History.of(times, rates)
    starts, masses = history.steps(step)
    assert masses.sum() == pytest.approx(history.total_kg(), rel=1e-9, abs=1e-6)
    assert starts[-1] < history.duration_s
    assert (masses >= -1e-9).all()


def test_that_the_rate_outside_is_zero() -> None:
    history = History.of([5, 10], [1, 3])
    assert history.rate_at([0, 5, 7.5, 11]).tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("times", "rates", "field"),
    [
        ([0, 1], [1, -1], "rates_kg_s"),
        ([0, 1], [1, math.nan], "rates_kg_s"),
        ([0, 0], [1, 1], "times_s"),
        ([0], [1], "times_s"),
        ([0, 1], [1], "times_s"),
        (["a", "b"], [1, 1], "times_s"),
    ],
)
def test_that_nonsense_is_refused(times: object, rates: object, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        History.of(times, rates)
    assert caught.value.field == field


@pytest.mark.parametrize("step", [0.0, -1.0, 1e-6])
def test_that_a_step_that_cuts_too_fine_is_refused(step: float) -> None:
    with pytest.raises(HazardInputError, match="step_s"):
        History.of([0, 10], [1, 1]).steps(step)
