"""Pools: spread, bund, boiling, mass balance, refusals."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.hazard.ports import HazardInputError
from models.hazard.source.pool import (
    PoolLiquid,
    air_heat_w_m2_k,
    evaporation_flux,
    ground_heat_w_m2,
    mass_transfer_m_s,
    spill,
)
from models.hazard.source.pool_march import WettedGround
from models.hazard.source.pool_transfer import vapour_schmidt

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


def test_that_a_boiling_pool_slows_and_cools_as_the_ground_does() -> None:
    pool = spill(_AMMONIA, **{**_SPILL, "mass_kg": 50_000.0}, bund_m2=200.0)
    assert pool.temperature_k.max() <= 239.8 + 1e-9
    late = pool.evaporation.rate_at([300.0, 1000.0, 3000.0])
    assert (np.diff(late) < 0).all()
    cooled = np.interp([60.0, 3000.0], pool.evaporation.times_s, pool.temperature_k)
    assert 239.8 > cooled[0] > cooled[1] + 5.0, "nothing keeps it at its boiling point"
    flux = evaporation_flux(_AMMONIA, float(cooled[1]), 3.0, math.sqrt(4 * 200.0 / math.pi))
    assert float(late[2]) == pytest.approx(200.0 * flux, rel=0.02)


def test_that_a_cryogen_on_warm_ground_boils_as_hard_as_the_ground_warms_it() -> None:
    methane = PoolLiquid(
        molar_mass_kg_mol=0.01604, boiling_k=111.7, density_kg_m3=422.0, vaporisation_j_kg=510e3,
        heat_capacity_j_kg_k=3480.0, a=20.6, b=987.0, c=-2.5,
    )  # fmt: skip
    pool = spill(methane, **{**_SPILL, "mass_kg": 4_000.0, "duration_s": 5.0}, bund_m2=100.0)
    at_s = 30.0
    temperature = float(np.interp(at_s, pool.evaporation.times_s, pool.temperature_k))
    assert 109.0 < temperature <= 111.7
    ground = ground_heat_w_m2(298.15, temperature, at_s - 2.5)
    air = air_heat_w_m2_k(3.0, math.sqrt(4 * 100.0 / math.pi)) * (298.15 - temperature)
    wanted = 100.0 * (ground + air) / 510e3
    assert float(pool.evaporation.rate_at([at_s])[0]) == pytest.approx(wanted, rel=0.08)


_PLACES = st.fixed_dictionaries(
    {
        "liquid": st.sampled_from([_BENZENE, _AMMONIA]),
        "air_k": st.floats(233.0, 323.0),
        "ground_k": st.floats(253.0, 323.0),
        "wind_m_s": st.floats(0.0, 20.0),
        "bund_m2": st.sampled_from([None, 20.0, 500.0]),
        "duration_s": st.sampled_from([1.0, 600.0, 3000.0]),
    }
)


@settings(max_examples=30)
@given(_PLACES)
def test_that_what_a_pool_takes_up_is_what_it_spends(place: dict[str, Any]) -> None:
    """Heat in = heat of vaporisation + what the liquid and the vapour took along."""
    liquid: PoolLiquid = place["liquid"]
    pool = spill(mass_kg=2000.0, **place)
    times, rates = pool.evaporation.times_s, pool.evaporation.rates_kg_s
    gone, capacity = pool.evaporation.total_kg(), liquid.heat_capacity_j_kg_k
    left = pool.spilt_kg - gone
    assert left >= -1e-6 * pool.spilt_kg
    start = min(place["air_k"], liquid.boiling_k)
    vapour = float(np.trapezoid(rates * (pool.temperature_k - start), times))
    sensible = capacity * (left * (pool.temperature_k[-1] - start) + vapour)
    spent = liquid.vaporisation_j_kg * gone + sensible
    assert pool.heat_j == pytest.approx(spent, rel=0.03, abs=0.01 * 2000.0 * capacity)


@settings(max_examples=30)
@given(_PLACES)
def test_that_a_pool_is_never_warmer_than_what_warms_it(place: dict[str, Any]) -> None:
    liquid: PoolLiquid = place["liquid"]
    pool = spill(mass_kg=2000.0, **place)
    warmest = min(max(place["air_k"], place["ground_k"]), liquid.boiling_k)
    assert pool.temperature_k.max() <= warmest + 0.01
    assert pool.temperature_k.min() > 150.0
    assert (pool.evaporation.rates_kg_s >= 0).all()
    assert pool.evaporation.total_kg() <= 2000.0 * (1 + 1e-9)


@settings(max_examples=15)
@given(_PLACES)
def test_that_more_wind_never_leaves_more_of_a_pool(place: dict[str, Any]) -> None:
    calm = spill(mass_kg=2000.0, **place)
    windy = spill(mass_kg=2000.0, **{**place, "wind_m_s": place["wind_m_s"] + 3.0})
    assert windy.evaporation.total_kg() >= calm.evaporation.total_kg() * (1 - 2e-3)


def test_that_ground_is_as_old_as_it_is_wet() -> None:
    old, young = WettedGround(), WettedGround()
    old.conductance_w_k(100.0, 0.0, 1e-3)
    old.conductance_w_k(100.0, 1e-3, 999.0)
    young.conductance_w_k(1e-9, 0.0, 1e-3)
    aged = old.conductance_w_k(100.0, 999.0, 1.0)
    assert aged == pytest.approx(100.0 * ground_heat_w_m2(289.0, 288.0, 999.5), rel=1e-3)
    fresh = young.conductance_w_k(100.0, 999.0, 1.0)
    assert fresh == pytest.approx(100.0 * 1.2 / math.sqrt(math.pi * 5.7e-7) * 4 / 3, rel=1e-6)
    grown = old.conductance_w_k(150.0, 1000.0, 1.0)
    assert aged < grown < aged + fresh
    assert old.conductance_w_k(50.0, 1001.0, 1.0) == pytest.approx(aged / 2, rel=2e-3)


def test_that_the_air_warms_by_the_same_exchange_that_carries_vapour_away() -> None:
    ratio = air_heat_w_m2_k(3.0, 10.0) / float(mass_transfer_m_s(3.0, 10.0, 0.71))
    assert ratio == pytest.approx(1.2 * 1005.0)
    assert air_heat_w_m2_k(6.0, 10.0) == pytest.approx(air_heat_w_m2_k(3.0, 10.0) * 2**0.78)
    with pytest.raises(HazardInputError, match="molar_mass"):
        vapour_schmidt(0.0)


def test_that_a_fit_that_never_reaches_the_ambient_boils_at_the_boiling_point() -> None:
    """A constant vapour pressure: only heat beyond the boiling point drives more off."""
    odd = PoolLiquid(
        molar_mass_kg_mol=0.05, boiling_k=280.0, density_kg_m3=700.0, vaporisation_j_kg=300e3,
        heat_capacity_j_kg_k=2000.0, a=math.log(1000.0), b=0.0,
    )  # fmt: skip
    pool = spill(odd, **_SPILL, bund_m2=50.0)
    assert pool.temperature_k.max() == 280.0
    assert pool.evaporation.total_kg() > 50.0


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
