"""Discharge through holes: published examples, limits and refusals."""

import math
from typing import Any

import pytest

from models.hazard.ports import HazardInputError
from models.hazard.source.discharge import (
    critical_ratio,
    gas_discharge,
    hole_area,
    liquid_discharge,
)

_GAS: dict[str, Any] = {
    "pressure_pa": 1e6,
    "temperature_k": 298.0,
    "hole_diameter_m": 0.02,
    "molar_mass_kg_mol": 0.0441,
    "heat_capacity_ratio": 1.15,
}
_LIQUID: dict[str, Any] = {"density_kg_m3": 490.0, "hole_diameter_m": 0.01, "pressure_pa": 2e5}


def test_that_a_choked_rate_meets_its_closed_form() -> None:
    leak = gas_discharge(**_GAS)
    k, area = 1.15, hole_area(0.02)
    closed = k * 0.0441 / (8.314462618 * 298) * (2 / (k + 1)) ** ((k + 1) / (k - 1))
    assert leak.choked
    assert leak.rate_kg_s == pytest.approx(0.62 * area * 1e6 * math.sqrt(closed), rel=1e-9)
    assert leak.throat_pressure_pa == pytest.approx(1e6 * critical_ratio(k))
    assert leak.throat_temperature_k == pytest.approx(298 * 2 / (k + 1))


def test_that_the_rate_is_continuous_where_choking_ends() -> None:
    limit = 101_325 / critical_ratio(1.15)
    above = gas_discharge(**{**_GAS, "pressure_pa": limit * 1.0001})
    below = gas_discharge(**{**_GAS, "pressure_pa": limit * 0.9999})
    assert above.choked
    assert not below.choked
    assert below.rate_kg_s == pytest.approx(above.rate_kg_s, rel=1e-3)


def test_that_nothing_flows_without_a_difference() -> None:
    assert gas_discharge(**{**_GAS, "pressure_pa": 101_325}).rate_kg_s == 0.0
    assert liquid_discharge(density_kg_m3=1000, hole_diameter_m=0.1).rate_kg_s == 0.0
    sucked = liquid_discharge(density_kg_m3=1000, hole_diameter_m=0.1, pressure_pa=5e4, head_m=1)
    assert sucked.rate_kg_s == 0.0


def test_that_head_and_pressure_add() -> None:
    leak = liquid_discharge(density_kg_m3=1000, hole_diameter_m=0.1, head_m=5)
    assert leak.velocity_m_s == pytest.approx(0.61 * math.sqrt(2 * 9.80665 * 5))
    pressed = liquid_discharge(
        density_kg_m3=1000, hole_diameter_m=0.1, pressure_pa=101_325 + 9806.65 * 5
    )
    assert pressed.rate_kg_s == pytest.approx(leak.rate_kg_s)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pressure_pa", -1.0),
        ("pressure_pa", 5e4),
        ("pressure_pa", math.nan),
        ("temperature_k", 0.0),
        ("hole_diameter_m", 0.0),
        ("molar_mass_kg_mol", 44.1),
        ("heat_capacity_ratio", 1.0),
        ("discharge_coefficient", 1.2),
        ("ambient_pa", 0.0),
    ],
)
def test_that_a_gas_refusal_names_the_field(field: str, value: float) -> None:
    with pytest.raises(HazardInputError) as caught:
        gas_discharge(**{**_GAS, field: value})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("density_kg_m3", 0.0),
        ("hole_diameter_m", math.inf),
        ("pressure_pa", 0.0),
        ("head_m", -0.1),
        ("discharge_coefficient", 0.0),
        ("ambient_pa", math.nan),
    ],
)
def test_that_a_liquid_refusal_names_the_field(field: str, value: float) -> None:
    with pytest.raises(HazardInputError) as caught:
        liquid_discharge(**{**_LIQUID, field: value})
    assert caught.value.field == field
