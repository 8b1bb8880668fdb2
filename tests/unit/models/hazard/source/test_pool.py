"""Pools: spread, bund, boiling, mass balance, refusals."""

import math
from typing import Any

import numpy as np
import pytest

from models.hazard.ports import HazardInputError
from models.hazard.source.pool import PoolLiquid, evaporation_flux, mass_transfer_m_s, spill

_BENZENE = PoolLiquid(
    molar_mass_kg_mol=0.0781,
    boiling_k=353.2,
    density_kg_m3=874.0,
    vaporisation_j_kg=394e3,
    heat_capacity_j_kg_k=1740.0,
    a=20.79,
    b=2789.0,
    c=-52.4,
)
_AMMONIA = PoolLiquid(
    molar_mass_kg_mol=0.01703,
    boiling_k=239.8,
    density_kg_m3=682.0,
    vaporisation_j_kg=1370e3,
    heat_capacity_j_kg_k=4450.0,
    a=22.9,
    b=2363.0,
    c=-22.6,
)
_SPILL: dict[str, Any] = {
    "mass_kg": 1000.0,
    "duration_s": 60.0,
    "air_k": 298.15,
    "wind_m_s": 3.0,
}


def test_that_a_volatile_pool_evaporates_as_measured_in_the_laboratory() -> None:
    # Vapour pressure of benzene at 25 °C: 12.7 kPa.
    assert _BENZENE.vapour_pressure_pa(298.15) == pytest.approx(12_700, rel=0.02)
    assert _BENZENE.vapour_pressure_pa(500.0) == 101_325.0
    flux = evaporation_flux(_BENZENE, 298.15, 3, 10)
    assert 1e-3 < flux < 1e-2
    assert evaporation_flux(_BENZENE, 298.15, 6, 10) == pytest.approx(flux * 2**0.78)
    assert float(mass_transfer_m_s(0.0, 10)) == float(mass_transfer_m_s(0.5, 10))


def test_that_a_bund_holds_the_pool_and_without_it_it_thins_to_the_least_depth() -> None:
    held = spill(_BENZENE, **_SPILL, bund_m2=50.0)
    free = spill(_BENZENE, **_SPILL)
    assert held.largest_m2 == pytest.approx(50.0)
    assert free.largest_m2 == pytest.approx(1000 / 874 / 0.005, rel=0.1)
    assert free.evaporation.rates_kg_s.max() > held.evaporation.rates_kg_s.max()


@pytest.mark.parametrize("liquid", [_BENZENE, _AMMONIA])
@pytest.mark.parametrize("bund", [None, 30.0])
def test_that_no_more_evaporates_than_was_spilt(liquid: PoolLiquid, bund: float | None) -> None:
    pool = spill(liquid, **_SPILL, bund_m2=bund, watched_s=86_400.0)
    assert pool.spilt_kg == pytest.approx(1000.0)
    assert pool.evaporation.total_kg() == pytest.approx(1000.0, rel=1e-3)
    assert (pool.evaporation.rates_kg_s >= 0).all()
    assert len(pool.radius_m) == len(pool.temperature_k) == len(pool.evaporation.times_s)


def test_that_a_short_watch_leaves_the_rest_on_the_ground() -> None:
    pool = spill(_BENZENE, **_SPILL, bund_m2=50.0, watched_s=600.0)
    assert pool.evaporation.total_kg() < 200
    assert pool.evaporation.duration_s == pytest.approx(600.0)


def test_that_a_boiling_pool_stays_at_its_boiling_point_and_slows_as_the_ground_cools() -> None:
    pool = spill(_AMMONIA, **{**_SPILL, "mass_kg": 50_000.0}, bund_m2=200.0)
    assert pool.temperature_k.max() <= 239.8 + 1e-9
    late = pool.evaporation.rate_at([300.0, 1000.0, 3000.0])
    assert (np.diff(late) < 0).all()
    area, age = 200.0, 3000.0
    ground = 1.2 * (298.15 - 239.8) / math.sqrt(math.pi * 5.7e-7 * age)
    wind = 1.6 * 16.0 * (298.15 - 239.8)
    expected = area * (ground + wind) / 1370e3
    assert float(late[2]) == pytest.approx(expected, rel=0.05)


def test_that_evaporation_cools_the_pool_and_the_sun_warms_it() -> None:
    dull = spill(_BENZENE, **_SPILL, bund_m2=100.0)
    sunny = spill(_BENZENE, **_SPILL, bund_m2=100.0, sun_w_m2=800.0)
    assert dull.temperature_k.min() < 298.15
    assert sunny.evaporation.total_kg() > dull.evaporation.total_kg()


def test_that_a_cold_ground_boils_nothing() -> None:
    pool = spill(
        _AMMONIA, **{**_SPILL, "air_k": 230.0}, bund_m2=100.0, liquid_k=239.8, ground_k=230.0
    )
    assert float(pool.evaporation.total_kg()) < 1000.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mass_kg", 0.0),
        ("duration_s", 0.0),
        ("air_k", 25.0),
        ("wind_m_s", 300.0),
        ("watched_s", 1e7),
        ("liquid_k", math.nan),
        ("ground_k", 0.0),
        ("bund_m2", 0.0),
        ("least_depth_m", 0.0),
        ("sun_w_m2", -1.0),
    ],
)
def test_that_a_refusal_names_the_field(field: str, value: float) -> None:
    with pytest.raises(HazardInputError) as caught:
        spill(_BENZENE, **{**_SPILL, field: value})
    assert caught.value.field == field


def test_that_a_pool_too_cold_for_the_scheme_is_refused() -> None:
    with pytest.raises(HazardInputError, match="temperature_k"):
        evaporation_flux(_BENZENE, 20.0, 3.0, 10.0)


def test_that_a_liquid_at_its_boiling_point_evaporates_and_cools_where_all_around_is_colder() -> (
    None
):
    # Butane at 272.7 K in air of -20 °C: nothing warms it, the wind still carries vapour away.
    butane = PoolLiquid(
        molar_mass_kg_mol=0.0581,
        boiling_k=272.7,
        density_kg_m3=601.0,
        vaporisation_j_kg=386e3,
        heat_capacity_j_kg_k=2300.0,
        a=20.88,
        b=2155.0,
        c=-42.0,
    )
    pool = spill(butane, **{**_SPILL, "air_k": 253.15}, liquid_k=272.7, bund_m2=50.0)
    assert pool.evaporation.total_kg() > 100.0
    assert pool.temperature_k.min() < 253.15
