"""Flashing liquids and pipes: limits, monotony and refusals."""

import math
from typing import Any

import pytest

from models.hazard.ports import HazardInputError
from models.hazard.source.discharge import hole_area, liquid_discharge
from models.hazard.source.flash import (
    airborne_fraction,
    cloud_density_kg_m3,
    droplet_diameter_m,
    flash_fraction,
    two_phase_flux,
)
from models.hazard.source.pipe import friction_factor, gas_pipe_flow, liquid_pipe_flow

_TWO: dict[str, Any] = {
    "pressure_pa": 7.8e5,
    "vapour_pressure_pa": 7.8e5,
    "temperature_k": 298.15,
    "liquid_kg_m3": 1393.0,
    "vapour_kg_m3": 25.0,
    "vaporisation_j_kg": 248e3,
    "heat_capacity_j_kg_k": 960.0,
    "path_m": 0.15,
}
_LIQUID: dict[str, Any] = {
    "pressure_pa": 5e5,
    "pipe_diameter_m": 0.1,
    "pipe_length_m": 100.0,
    "density_kg_m3": 800.0,
    "viscosity_pa_s": 5e-4,
}
_GAS: dict[str, Any] = {
    "pressure_pa": 1e6,
    "temperature_k": 288.0,
    "pipe_diameter_m": 0.1,
    "pipe_length_m": 1000.0,
    "molar_mass_kg_mol": 0.016043,
}


def test_that_nothing_flashes_below_the_boiling_point() -> None:
    assert flash_fraction(280, 300, 2000, 4e5) == 0.0
    assert flash_fraction(2000, 300, 2000, 4e5) == 1.0
    assert flash_fraction(320, 300, 2000, 4e5) == pytest.approx(0.1)
    assert airborne_fraction(0.0) == 0.0


def test_that_hotter_and_faster_jets_make_finer_drops() -> None:
    assert droplet_diameter_m(10, 0.02, 20) > droplet_diameter_m(60, 0.02, 20)
    assert droplet_diameter_m(0, 0.02, 100) < droplet_diameter_m(0, 0.02, 20)


def test_that_a_cloud_is_between_gas_and_liquid() -> None:
    assert cloud_density_kg_m3(1.0, 3.6, 1560) == pytest.approx(3.6)
    assert 3.6 < cloud_density_kg_m3(0.5, 3.6, 1560) < 1560


def test_that_a_hole_without_a_path_gives_the_liquid_flow_and_a_path_less() -> None:
    liquid = liquid_discharge(density_kg_m3=1393, hole_diameter_m=0.05, pressure_pa=7.8e5)
    hole = two_phase_flux(**{**_TWO, "path_m": 0.0})
    assert hole == pytest.approx(liquid.rate_kg_s / hole_area(0.05))
    short, long = (two_phase_flux(**{**_TWO, "path_m": path}) for path in (0.05, 0.15))
    assert hole > short > long == two_phase_flux(**{**_TWO, "path_m": 5.0})
    assert two_phase_flux(**{**_TWO, "pressure_pa": 1.2e6}) > long
    assert two_phase_flux(**_TWO, head_m=5.0) > long


def test_that_friction_is_laminar_then_turbulent() -> None:
    assert friction_factor(1000, 0.0) == 0.064
    # Colebrook and White at Re = 1e5, e = 2e-4: 0.0190 by iteration.
    f = 0.02
    for _ in range(50):
        f = (-2 * math.log10(2e-4 / 3.7 + 2.51 / (1e5 * math.sqrt(f)))) ** -2
    assert friction_factor(1e5, 2e-4) == pytest.approx(f, rel=0.02)


def test_that_a_pipes_liquid_meets_its_own_balance() -> None:
    flow = liquid_pipe_flow(**_LIQUID)
    re = 800 * flow.velocity_m_s * 0.1 / 5e-4
    losses = 1.5 + friction_factor(re, 4.6e-4) * 1000
    assert losses * flow.velocity_m_s**2 / 2 == pytest.approx((5e5 - 101_325) / 800, rel=1e-6)
    assert liquid_pipe_flow(**{**_LIQUID, "pressure_pa": 101_325.0}).rate_kg_s == 0.0
    assert liquid_pipe_flow(**_LIQUID, head_m=20).rate_kg_s > flow.rate_kg_s


def test_that_a_gas_pipe_is_choked_when_short_and_not_when_long() -> None:
    short = gas_pipe_flow(**{**_GAS, "pipe_length_m": 2.0})
    long = gas_pipe_flow(**{**_GAS, "pipe_length_m": 1e5})
    assert short > gas_pipe_flow(**_GAS) > long > 0
    area, rt = hole_area(0.1), 8.314462618 * 288 / 0.016043
    closed = area * math.sqrt((1e12 - 101_325**2) / (rt * (0.015e6 + 2 * math.log(9.869))))
    assert long == pytest.approx(closed, rel=1e-3)
    assert gas_pipe_flow(**{**_GAS, "pressure_pa": 101_325.0}) == 0.0


@pytest.mark.parametrize(
    ("call", "inputs", "field", "value"),
    [
        (two_phase_flux, _TWO, "vapour_pressure_pa", 9e5),
        (two_phase_flux, _TWO, "vapour_pressure_pa", 101_325.0),
        (two_phase_flux, _TWO, "path_m", -1.0),
        (two_phase_flux, _TWO, "temperature_k", math.nan),
        (liquid_pipe_flow, _LIQUID, "viscosity_pa_s", 0.0),
        (liquid_pipe_flow, _LIQUID, "pipe_length_m", -1.0),
        (gas_pipe_flow, _GAS, "pipe_length_m", 0.1),
        (gas_pipe_flow, _GAS, "pressure_pa", 5e4),
        (gas_pipe_flow, _GAS, "friction", 0.0),
        (
            flash_fraction,
            {
                "temperature_k": 300.0,
                "boiling_k": 250.0,
                "heat_capacity_j_kg_k": 2000.0,
                "vaporisation_j_kg": 4e5,
            },
            "vaporisation_j_kg",
            0.0,
        ),
        (airborne_fraction, {"flashed": 0.1}, "flashed", 1.1),
        (friction_factor, {"reynolds": 1e5, "relative_roughness": 0.0}, "reynolds", 0.0),
    ],
)
def test_that_a_refusal_names_the_field(
    call: Any, inputs: dict[str, Any], field: str, value: float
) -> None:
    with pytest.raises(HazardInputError) as caught:
        call(**{**inputs, field: value})
    assert caught.value.field == field
