"""Tanks and vessels that empty: closed forms, mass balance, refusals."""

import math
from typing import Any

import numpy as np
import pytest

from models.hazard.ports import HazardInputError
from models.hazard.source.draining import drain_tank, gas_blowdown, open_tank_level

_TANK: dict[str, Any] = {
    "diameter_m": 3.0,
    "length_m": 5.0,
    "level_m": 3.0,
    "hole_diameter_m": 0.05,
    "density_kg_m3": 800.0,
}
_GAS: dict[str, Any] = {
    "pressure_pa": 1e6,
    "temperature_k": 298.0,
    "volume_m3": 10.0,
    "hole_diameter_m": 0.02,
    "molar_mass_kg_mol": 0.0441,
    "heat_capacity_ratio": 1.15,
}


def test_that_an_open_upright_tank_drains_as_torricelli_says() -> None:
    history = drain_tank("vertical", **_TANK)
    area = 0.61 * (0.05 / 3.0) ** 2
    assert history.duration_s == pytest.approx(2 * math.sqrt(3 / (2 * 9.80665)) / area, rel=1e-6)
    assert history.total_kg() == pytest.approx(800 * math.pi * 9 / 4 * 3)
    time = history.duration_s / 3
    level = open_tank_level(time, level_m=3, tank_diameter_m=3, hole_diameter_m=0.05)
    start = float(history.rate_at(0))
    assert float(history.rate_at(time)) == pytest.approx(start * math.sqrt(level / 3), rel=1e-4)
    assert open_tank_level(1e7, level_m=3, tank_diameter_m=3, hole_diameter_m=0.05) == 0.0


@pytest.mark.parametrize(
    ("shape", "volume"),
    [("horizontal", math.pi * 9 / 4 * 5), ("sphere", math.pi * 27 / 6)],
)
def test_that_a_full_vessel_gives_all_it_holds(shape: str, volume: float) -> None:
    history = drain_tank(shape, **{**_TANK, "level_m": 3.0})
    assert history.total_kg() == pytest.approx(800 * volume, rel=1e-6)
    assert (np.diff(history.rates_kg_s) <= 0).all()


def test_that_only_what_stands_over_the_hole_leaves_and_pressure_speeds_it() -> None:
    low = drain_tank("vertical", **_TANK, hole_height_m=2.0)
    assert low.total_kg() == pytest.approx(800 * math.pi * 9 / 4)
    pressed = drain_tank("vertical", **_TANK, pressure_pa=5e5)
    assert pressed.duration_s < drain_tank("vertical", **_TANK).duration_s / 3
    assert float(pressed.rates_kg_s[-1]) > 0


@pytest.mark.parametrize("adiabatic", [True, False])
def test_that_a_blowdown_keeps_its_mass(adiabatic: bool) -> None:
    history = gas_blowdown(**_GAS, adiabatic=adiabatic)
    held = 1e6 * 10 * 0.0441 / (8.314462618 * 298)
    power = 1.15 if adiabatic else 1.0
    left = held * (101_325 * 1.01 / 1e6) ** (1 / power)
    assert history.total_kg() == pytest.approx(held - left)
    assert (np.diff(history.rates_kg_s) < 0).all()


def test_that_a_choked_isothermal_blowdown_decays_exponentially() -> None:
    history = gas_blowdown(**{**_GAS, "pressure_pa": 1e7}, adiabatic=False)
    start, held = float(history.rate_at(0)), 1e7 * 10 * 0.0441 / (8.314462618 * 298)
    time = held / start
    assert float(history.rate_at(time)) == pytest.approx(start / math.e, rel=2e-3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("shape", "cube"),
        ("diameter_m", 0.0),
        ("length_m", math.nan),
        ("level_m", 6.0),
        ("level_m", -1.0),
        ("hole_diameter_m", 1e-7),
        ("density_kg_m3", 0.0),
        ("hole_height_m", -1.0),
        ("pressure_pa", 1e4),
        ("discharge_coefficient", 2.0),
    ],
)
def test_that_a_tanks_refusal_names_the_field(field: str, value: Any) -> None:
    with pytest.raises(HazardInputError) as caught:
        drain_tank(**{"shape": "vertical", **_TANK, field: value})
    assert caught.value.field == field


def test_that_a_level_below_the_hole_is_refused() -> None:
    with pytest.raises(HazardInputError, match="level_m"):
        drain_tank("vertical", **_TANK, hole_height_m=4.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("volume_m3", 0.0),
        ("pressure_pa", 101_325.0),
        ("heat_capacity_ratio", 1.0),
        ("temperature_k", -1.0),
        ("ambient_pa", 0.0),
    ],
)
def test_that_a_blowdowns_refusal_names_the_field(field: str, value: float) -> None:
    with pytest.raises(HazardInputError) as caught:
        gas_blowdown(**{**_GAS, field: value})
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["time_s", "level_m"])
def test_that_a_levels_refusal_names_the_field(field: str) -> None:
    inputs = {"time_s": 1.0, "level_m": 1.0, "tank_diameter_m": 1.0, "hole_diameter_m": 0.1}
    with pytest.raises(HazardInputError) as caught:
        open_tank_level(**{**inputs, field: -1.0})
    assert caught.value.field == field
