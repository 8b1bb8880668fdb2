"""Indoor air, loads and the moment to come out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from models.hazard.indoor import come_out_s, indoor_concentration, toxic_load
from models.hazard.ports import HazardInputError

TIMES = np.linspace(0.0, 7200.0, 241)
CLOUD = np.where((TIMES > 600) & (TIMES < 2400), 50.0, 0.0)


def test_that_the_room_follows_its_equation():
    rate = 1.7 / 3600
    solved = solve_ivp(
        lambda t, c: rate * (np.interp(t, TIMES, CLOUD) - c), (0, TIMES[-1]), [3.0],
        t_eval=TIMES, max_step=5.0, rtol=1e-9,
    )  # fmt: skip
    found = indoor_concentration(TIMES, CLOUD, 1.7, 3.0)
    assert found == pytest.approx(solved.y[0], rel=1e-5, abs=1e-6)


def test_that_a_tight_room_keeps_what_it_has():
    assert indoor_concentration(TIMES, CLOUD, 0.0, 2.0).tolist() == [2.0] * TIMES.size


@given(st.floats(0.01, 50), st.floats(0.1, 1e4))
def test_that_the_room_stays_below_the_cloud_and_scales_with_it(air_changes_h, factor):
    once = indoor_concentration(TIMES, CLOUD, air_changes_h)
    assert once.max() <= CLOUD.max() * (1 + 1e-12)
    many = indoor_concentration(TIMES, CLOUD * factor, air_changes_h)
    assert many == pytest.approx(once * factor, rel=1e-9, abs=1e-9 * factor)


@given(st.floats(0.1, 2.0))
def test_that_inside_and_outside_take_the_same_dose_in_the_end(air_changes_h):
    """With n = 1 a room that is left closed for long takes in what passed outside."""
    times = np.linspace(0.0, 720_000.0, 24_001)
    cloud = np.where((times > 600) & (times < 2400), 50.0, 0.0)
    inside = indoor_concentration(times, cloud, air_changes_h)
    doses = [toxic_load(times, each, 1.0)[-1] for each in (inside, cloud)]
    assert doses[0] == pytest.approx(doses[1], rel=0.03)


def test_that_it_is_time_to_come_out_when_the_cloud_has_passed():
    inside = indoor_concentration(TIMES, CLOUD, 1.0)
    assert come_out_s(TIMES, CLOUD, inside) == 2400.0
    assert come_out_s(TIMES, 0 * CLOUD, 0 * CLOUD) == 0.0
    assert come_out_s(TIMES[:40], CLOUD[:40], inside[:40]) is None


def test_that_a_load_grows_by_the_power_of_the_concentration():
    assert toxic_load(TIMES, 0 * TIMES + 4.0, 2.5)[-1] == pytest.approx(32.0 * 120)


@pytest.mark.parametrize(("call", "field"), [
    (lambda: indoor_concentration([], [], 1.0), "times_s"),
    (lambda: indoor_concentration([0, 0], [1, 1], 1.0), "times_s"),
    (lambda: indoor_concentration([[0, 1]], [[1, 1]], 1.0), "times_s"),
    (lambda: indoor_concentration([0, 1], [1], 1.0), "outdoor"),
    (lambda: indoor_concentration([0, 1], [1, -1], 1.0), "outdoor"),
    (lambda: indoor_concentration([0, 1], [1, 1], -1.0), "air_changes_h"),
    (lambda: indoor_concentration([0, 1], [1, 1], 1.0, float("nan")), "indoor_0"),
    (lambda: toxic_load([0, 1], [1, 1], 0.0), "exponent"),
    (lambda: come_out_s([0, 1], [1, 1], [1]), "indoor"),
])  # fmt: skip
def test_that_nonsense_is_named(call, field):
    with pytest.raises(HazardInputError) as caught:
        call()
    assert caught.value.field == field
