"""Pool fires, jet fires and fireballs: measurements, limits and refusals."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from models.hazard.fire.fireball import fireball, fireball_flux, fragment_reach
from models.hazard.fire.jet_fire import emitter_weights, jet_fire_flux
from models.hazard.fire.jet_flame import HYDROGEN, METHANE, jet_flame, jet_length_of_rate
from models.hazard.fire.pool_fire import pool_fire, pool_fire_flux
from models.hazard.fire.pool_flame import (
    burgess_burning_rate,
    burning_rate,
    clean_emissive_power,
    flame_length,
    flame_tilt_deg,
    scaled_wind,
    sooty_emissive_power,
)
from models.hazard.ports import HazardInputError


def test_that_burning_rates_rise_to_their_limit() -> None:
    assert burning_rate("hexane", 0.5) < burning_rate("110-54-3", 50) == pytest.approx(0.074)
    assert burning_rate("methanol", 0.1) == burning_rate("methanol", 100) == 0.017


def test_that_the_wind_leans_and_shortens_a_flame() -> None:
    assert flame_tilt_deg(0, 0.085, 10) == 0.0
    assert flame_tilt_deg(3, 0.085, 10) < flame_tilt_deg(12, 0.085, 10) < 90
    assert flame_length(10, 0.085, wind_m_s=12) < flame_length(10, 0.085, wind_m_s=3)
    long = flame_length(20, 0.1, method="moorhouse")
    assert flame_length(20, 0.1, wind_m_s=12, method="moorhouse") < long
    assert scaled_wind(10, 0.085, 10) == pytest.approx(2 * scaled_wind(5, 0.085, 10))


def test_that_smoke_hides_a_large_flame_and_not_a_clean_one() -> None:
    assert sooty_emissive_power(1) > sooty_emissive_power(35) == pytest.approx(22e3, rel=0.02)
    assert clean_emissive_power(0.14, 5e7, 1.6) == 265e3
    sooty, clean = (
        pool_fire(30, burn_kg_m2_s=0.08, clean=flag).emissive_power_w_m2 for flag in (False, True)
    )
    assert clean > 5 * sooty


def test_that_a_pools_heat_falls_with_distance_and_is_the_flames_inside() -> None:
    fire = pool_fire(20, burn_kg_m2_s=0.085, wind_m_s=4)
    assert fire.burn_kg_s == pytest.approx(0.085 * math.pi * 100)
    flux = pool_fire_flux(fire, np.array([5.0, 12, 20, 40, 80, 160]), bearing_deg=180)
    assert flux[0] == fire.emissive_power_w_m2
    assert (np.diff(flux) < 0).all()
    far = pool_fire_flux(pool_fire(20, burn_kg_m2_s=0.085), 500.0)
    total = fire.emissive_power_w_m2 * 4 * math.pi * 500**2
    assert 0 < float(far) < total


def test_that_a_fireballs_constants_change_at_30_t() -> None:
    below, above = fireball(29_999.9), fireball(30_000.0)
    assert below.duration_s == pytest.approx(0.45 * 29_999.9 ** (1 / 3))
    assert above.duration_s == pytest.approx(2.6 * 30_000 ** (1 / 6))
    assert fireball(1e7).emissive_power_w_m2 == 400e3


def test_that_a_fireball_heats_most_from_below() -> None:
    ball = fireball(10_000)
    flux = fireball_flux(ball, [0, 100, 300, 1000])
    assert (np.diff(flux) < 0).all()
    assert float(flux[0]) < ball.emissive_power_w_m2


def test_that_fragments_fly_farther_than_the_fireball() -> None:
    reach = fragment_reach(400, 2)
    assert reach.farthest_m == pytest.approx(90 * 400 ** (1 / 3))
    assert reach.most_m == pytest.approx(2 * fireball(400).diameter_m)
    huge = fragment_reach(5e6, 9000)
    assert huge.farthest_m >= huge.most_m


def test_that_a_natural_gas_flame_meets_johnsons_radiometers() -> None:
    flame = jet_flame(
        METHANE,
        pressure_pa=1211325,
        temperature_k=279,
        hole_diameter_m=0.075,
        burn_kg_s=7.9,
        radiant_fraction=0.14,
        air_k=282,
    )
    places = np.array([[15, 10.3], [15, 24.3], [15, 30.3], [5, 18.3], [10, 18.3], [15, -14.3]])
    measured = [20.2, 5.9, 4.0, 6.8, 8.3, 14.0]
    flux = jet_fire_flux(flame, places[:, 0], places[:, 1], -2.0, relative_humidity=0.81)
    ratio = flux / 1e3 / measured
    assert ((ratio > 0.5) & (ratio < 2)).all()


@pytest.mark.parametrize(
    ("diameter", "bar", "temperature", "length"),
    [(0.0209, 59.8, 308.7, 17.4), (0.0525, 62.1, 287.8, 45.9)],
)
def test_that_large_hydrogen_flames_are_as_long_as_measured(
    diameter: float, bar: float, temperature: float, length: float
) -> None:
    flame = jet_flame(
        HYDROGEN,
        pressure_pa=bar * 1e5 + 101325,
        temperature_k=temperature,
        hole_diameter_m=diameter,
    )
    assert flame.length_m == pytest.approx(length, rel=0.2)


def test_that_a_flame_rises_by_its_heat_and_where_it_points() -> None:
    flat = jet_flame(**_JET, radiant_fraction=0.2)
    up = jet_flame(**_JET, radiant_fraction=0.2, inclination_deg=90)
    assert 0 < flat.axis_m[-1, 1] < flat.length_m
    assert abs(up.axis_m[-1, 0]) < 0.01 * up.length_m
    step = np.hypot(*np.diff(flat.axis_m, axis=0).T)
    assert step == pytest.approx(np.full(49, flat.length_m / 50), rel=1e-3)


def test_that_a_slow_jet_leaves_with_the_speed_its_rate_gives() -> None:
    slow = jet_flame(
        METHANE,
        pressure_pa=120_000,
        temperature_k=288.0,
        hole_diameter_m=0.05,
        radiant_fraction=0.2,
    )
    choked = jet_flame(
        METHANE,
        pressure_pa=1.2e6,
        temperature_k=288.0,
        hole_diameter_m=0.05,
        radiant_fraction=0.2,
    )
    assert 0 < slow.length_m < choked.length_m
    assert jet_length_of_rate(1.0, 5e7) < jet_length_of_rate(10.0, 5e7)


def test_that_far_off_a_flame_is_a_point() -> None:
    flame = jet_flame(
        METHANE,
        pressure_pa=1e6,
        temperature_k=288.0,
        hole_diameter_m=0.05,
        radiant_fraction=0.2,
    )
    far = jet_fire_flux(flame, 0, 3000, 0, relative_humidity=0.0)
    point = flame.radiant_w / (4 * math.pi * 3000**2)
    assert float(far) < point
    assert float(far) > 0.5 * point
    assert emitter_weights(50).sum() == pytest.approx(1)


_JET: dict[str, Any] = {
    "fuel": METHANE,
    "pressure_pa": 1e6,
    "temperature_k": 288.0,
    "hole_diameter_m": 0.05,
}


@pytest.mark.parametrize(
    ("field", "call", "arguments"),
    [
        ("fuel", burning_rate, {"fuel": "water", "diameter_m": 1.0}),
        ("diameter_m", burning_rate, {"fuel": "lng", "diameter_m": 0.0}),
        ("vaporisation_j_kg", burgess_burning_rate, {"heat_j_kg": 4e7, "vaporisation_j_kg": 0.0}),
        ("method", flame_length, {"diameter_m": 1.0, "burn_kg_m2_s": 0.1, "method": "x"}),
        (
            "wind_m_s",
            scaled_wind,
            {"wind_m_s": 300.0, "burn_kg_m2_s": 0.1, "diameter_m": 1.0},
        ),
        ("mass_kg", fireball, {"mass_kg": -1.0}),
        ("vessel_m3", fragment_reach, {"mass_kg": 1.0, "vessel_m3": 0.0}),
        ("burn_kg_s", jet_flame, {**_JET, "burn_kg_s": 0.0}),
        ("inclination_deg", jet_flame, {**_JET, "inclination_deg": 120.0}),
        ("burn_kg_s", jet_flame, {**_JET, "pressure_pa": 101_325.0}),
        ("heat_j_kg", jet_length_of_rate, {"burn_kg_s": 1.0, "heat_j_kg": math.nan}),
    ],
)
def test_that_a_refusal_names_the_field(
    field: str, call: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    with pytest.raises(HazardInputError) as caught:
        call(**arguments)
    assert caught.value.field == field
