"""Blast of charges, clouds and vessels: published values, monotony, scaling, refusals."""

import math
from typing import Any

import numpy as np
import pytest

from models.hazard.explosion.bst import bst_blast, scaled_impulse, scaled_overpressure
from models.hazard.explosion.tnt import (
    distance_of_overpressure,
    incident_overpressure,
    tnt_equivalent_kg,
)
from models.hazard.explosion.vessel_burst import brode_energy_j, burst_tnt_kg
from models.hazard.ports import HazardInputError


def test_that_tnt_pressure_falls_with_distance_in_each_band() -> None:
    for low, high in ((0.2, 2.9), (2.91, 23.8), (23.81, 198.0)):
        assert (np.diff(incident_overpressure(np.linspace(low, high, 50), 1.0)) < 0).all()


def test_that_tnt_bands_meet_and_scale_by_the_cube_root() -> None:
    for limit in (2.9, 23.8):
        near, far = incident_overpressure([limit, limit * 1.0001], 1.0)
        assert far == pytest.approx(near, rel=0.03)
    assert incident_overpressure(50, 1000.0) == pytest.approx(incident_overpressure(5, 1.0))


def test_that_tnt_agrees_with_a_digitised_curve() -> None:
    # Sandia's free digitised TNT curve, P/P0 at Z; a free-air curve read off a figure: 30 %
    for scaled, ratio in ((5, 0.415), (8, 0.195), (10, 0.142), (15, 0.080), (20, 0.0559)):
        assert float(incident_overpressure(scaled, 1.0)) / 101_325 == pytest.approx(ratio, rel=0.3)


@pytest.mark.parametrize("pressure", [1e3, 6.9e3, 24.1e3, 55.2e3, 1e6])
def test_that_the_distance_gives_its_pressure_back(pressure: float) -> None:
    distance = distance_of_overpressure(pressure, 500.0)
    assert float(incident_overpressure(distance, 500.0)) == pytest.approx(pressure, rel=0.03)


def test_that_faster_flames_press_harder() -> None:
    machs = (0.2, 0.25, 0.35, 0.5, 0.7, 1.0)
    pressures = [float(scaled_overpressure(0.5, mach)) for mach in machs]
    assert pressures == sorted(pressures)


@pytest.mark.parametrize("mach", [1.4, 2.0, 3.0, 4.0, 5.2])
def test_that_fast_flames_coincide_far_away(mach: float) -> None:
    assert float(scaled_overpressure(2.0, mach)) == pytest.approx(0.172, rel=0.07)


def test_that_between_curves_the_value_is_between() -> None:
    low, middle, high = (float(scaled_impulse(1.0, mach)) for mach in (0.35, 0.5, 0.7))
    assert low < middle < high


def test_that_a_cloud_doubles_its_energy_on_the_ground() -> None:
    pressure, impulse = bst_blast([50.0, 100.0], energy_j=1e9, flame_mach=1.0)
    scaled = 50.0 * (101_325 / 2e9) ** (1 / 3)
    assert pressure[0] == pytest.approx(101_325 * float(scaled_overpressure(scaled, 1.0)))
    assert impulse[0] > impulse[1]
    inside, _ = bst_blast([0.1, 1.0], energy_j=1e9, flame_mach=1.0)
    assert inside[0] == inside[1]


def test_that_a_burst_turns_into_tnt() -> None:
    assert brode_energy_j(pressure_pa=101_325, volume_m3=1, heat_capacity_ratio=1.4) == 0.0
    assert burst_tnt_kg(4.68e6) == 1.0
    assert tnt_equivalent_kg(100.0, 4.68e6, 1.0) == 100.0


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: incident_overpressure(-1, 1.0), "distance_m"),
        (lambda: incident_overpressure(1.0, math.nan), "tnt_kg"),
        (lambda: incident_overpressure([10.0, 1e4], 1.0), "scaled_distance"),
        (lambda: distance_of_overpressure(0.0, 1.0), "overpressure_pa"),
        (lambda: tnt_equivalent_kg(1.0, 1e6, 1.5), "efficiency"),
        (lambda: tnt_equivalent_kg(-1.0, 1e6), "fuel_kg"),
        (lambda: scaled_overpressure(0.1, 1.0), "scaled_distance"),
        (lambda: scaled_overpressure(math.inf, 1.0), "scaled_distance"),
        (lambda: scaled_impulse(1.0, 6.0), "flame_mach"),
        (lambda: bst_blast(1e4, energy_j=1e6, flame_mach=1.0), "scaled_distance"),
        (lambda: bst_blast(10, energy_j=-1.0, flame_mach=1.0), "energy_j"),
        (lambda: burst_tnt_kg(-1.0), "energy_j"),
    ],
)
def test_that_nonsense_is_refused_by_name(call: Any, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        call()
    assert caught.value.field == field


def test_that_a_vacuum_does_not_burst() -> None:
    with pytest.raises(HazardInputError, match="pressure_pa"):
        brode_energy_j(pressure_pa=5e4, volume_m3=1, heat_capacity_ratio=1.4)
