"""What the air lets through, point sources and view factors."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from models.hazard.fire.radiation import (
    point_source_flux,
    transmissivity,
    water_vapour_pressure,
)
from models.hazard.fire.view_factors import (
    leaning_cylinder_view_factor,
    sphere_view_factor,
    upright_cylinder_view_factor,
)
from models.hazard.ports import HazardInputError


@pytest.mark.parametrize(
    ("temperature", "table"), [(273.0, [0.91, 0.78, 0.61]), (293.0, [0.86, 0.71, 0.51])]
)
def test_that_transmissivity_meets_waynes_table(temperature: float, table: list[float]) -> None:
    through = transmissivity([10, 100, 1000], temperature_k=temperature)
    assert through == pytest.approx(table, rel=0.03)


def test_that_tno_and_wayne_agree_where_tno_holds() -> None:
    path = np.array([20.0, 50.0])  # pw x of 2.3e4 and 5.8e4
    tno = transmissivity(path, method="tno")
    assert tno == pytest.approx(transmissivity(path), rel=0.1)


@pytest.mark.parametrize("method", ["wayne", "tno"])
def test_that_the_air_lets_less_through_when_longer_or_moister(method: str) -> None:
    path = np.geomspace(1, 1e4, 50)
    assert (np.diff(transmissivity(path, method=method)) <= 0).all()
    moist = transmissivity(path, relative_humidity=0.9, method=method)
    assert (moist <= transmissivity(path, relative_humidity=0.2, method=method)).all()
    assert ((moist >= 0) & (moist <= 1)).all()
    assert transmissivity(0.0, method=method) == transmissivity(1.0, method=method)


def test_that_saturated_water_vapour_is_near_the_steam_table() -> None:
    for temperature, table in ((273.16, 611.7), (293.15, 2339.0), (323.15, 12352.0)):
        assert water_vapour_pressure(temperature, 1.0) == pytest.approx(table, rel=0.03)
    assert water_vapour_pressure(293.15, 0.0) == 0.0


@pytest.mark.parametrize(("h", "s"), [(3.0, 3.0), (1.0, 1.5), (2.0, 1.2), (10.0, 20.0)])
def test_that_adding_up_an_upright_cylinder_meets_the_closed_form(h: float, s: float) -> None:
    closed, added = (
        upright_cylinder_view_factor(h, s),
        leaning_cylinder_view_factor(h, s, tilt_deg=0),
    )
    assert float(added.vertical) == pytest.approx(float(closed.vertical), rel=0.01)
    assert float(added.horizontal) == pytest.approx(float(closed.horizontal), rel=0.01)
    assert float(added.maximum) == pytest.approx(float(closed.maximum), rel=0.01)


def test_that_a_very_tall_cylinder_gives_half_the_sky_of_a_wall() -> None:
    # An infinitely tall cylinder at S: vertical 1/(2 S), horizontal (1 - sqrt(S²-1)/S…)/pi < 1/2.
    seen = upright_cylinder_view_factor(1000.0, 4.0)
    assert float(seen.vertical) == pytest.approx(1 / (2 * 4.0), rel=0.01)


def test_that_a_leaning_flame_heats_downwind_most_and_both_sides_alike() -> None:
    seen = leaning_cylinder_view_factor(4, 4, tilt_deg=40, bearing_deg=[0, 90, -90, 180]).maximum
    assert seen[0] > seen[1] > seen[3]
    assert seen[1] == pytest.approx(seen[2], rel=1e-9)
    assert seen.max() <= 1


def test_that_a_sphere_is_everything_from_inside() -> None:
    assert sphere_view_factor(10, [0, 10, 20]).tolist() == [1.0, 1.0, 0.25]


def test_that_a_point_source_keeps_its_energy() -> None:
    radius = np.array([10.0, 100.0])
    flux = point_source_flux(radius, burn_kg_s=2, heat_j_kg=5e7, radiant_fraction=0.3)
    assert flux * 4 * math.pi * radius**2 == pytest.approx([3e7, 3e7])


@pytest.mark.parametrize(
    ("field", "call", "arguments"),
    [
        ("path_m", transmissivity, {"path_m": -1.0}),
        ("path_m", transmissivity, {"path_m": math.nan}),
        ("temperature_k", transmissivity, {"path_m": 1.0, "temperature_k": 0.0}),
        ("relative_humidity", transmissivity, {"path_m": 1.0, "relative_humidity": 50.0}),
        ("method", transmissivity, {"path_m": 1.0, "method": "guess"}),
        (
            "height_over_radius",
            upright_cylinder_view_factor,
            {"height_over_radius": 0.0, "distance_over_radius": 2.0},
        ),
        (
            "distance_over_radius",
            upright_cylinder_view_factor,
            {"height_over_radius": 1.0, "distance_over_radius": 1.0},
        ),
        (
            "tilt_deg",
            leaning_cylinder_view_factor,
            {"height_over_radius": 1.0, "distance_over_radius": 2.0, "tilt_deg": 90.0},
        ),
        (
            "bearing_deg",
            leaning_cylinder_view_factor,
            {
                "height_over_radius": 1.0,
                "distance_over_radius": 2.0,
                "tilt_deg": 0.0,
                "bearing_deg": math.inf,
            },
        ),
        ("radius_m", sphere_view_factor, {"radius_m": 0.0, "centre_distance_m": 1.0}),
        (
            "distance_m",
            point_source_flux,
            {"distance_m": 0.0, "burn_kg_s": 1.0, "heat_j_kg": 1e7, "radiant_fraction": 0.3},
        ),
        (
            "radiant_fraction",
            point_source_flux,
            {"distance_m": 1.0, "burn_kg_s": 1.0, "heat_j_kg": 1e7, "radiant_fraction": 0.9},
        ),
    ],
)
def test_that_a_refusal_names_the_field(
    field: str, call: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    with pytest.raises(HazardInputError) as caught:
        call(**arguments)
    assert caught.value.field == field
