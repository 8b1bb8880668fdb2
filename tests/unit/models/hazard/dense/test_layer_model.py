"""The dense layer model: mass kept, symmetry, monotony, the wind's turn, calm, errors, speed."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.hazard.constants import ATMOSPHERE_PA, GAS_J_MOL_K
from models.hazard.dense.air import Air, inverse_length
from models.hazard.dense.closure import Closures, Layer
from models.hazard.dense.cloud import DenseCloud, dense_cloud, dense_puff
from models.hazard.dense.gas import Gas, gas_of
from models.hazard.dense.mixing import Mixing
from models.hazard.dense.plume import dense_plume
from models.hazard.dense.puff import drift, released_at_once
from models.hazard.dense.source import Jet, Pool, flashing_jet
from models.hazard.ports import HazardInputError
from models.hazard.weather import STABILITIES


def _gas(cas: str) -> Gas:
    found = gas_of(cas)
    assert found is not None
    return found


_CH4, _NH3, _CL2 = _gas("74-82-8"), _gas("7664-41-7"), _gas("7782-50-5")
_AIR = Air(3.0, 10.0, 0.03, 0.0, 293.15)
_MIX = Mixing(_CL2, 293.15, 0.5)
_POOL = Pool(5.0, 20.0, 239.2, 0.5)


def _cloud(source: Pool | Jet = _POOL, air: Air = _AIR, **more: float) -> DenseCloud:
    return dense_cloud(source, air, _MIX, duration_s=more.pop("duration_s", 36_000.0), **more)


@pytest.mark.parametrize(
    "source", [_POOL, Jet(5.0, 40.0, 1.0, 239.2, 0.8), Jet(5.0, 20.0, 30.0, 239.2, 0.0)]
)
def test_that_a_steady_cloud_carries_what_was_released(source: Pool | Jet) -> None:
    cloud = _cloud(source, farthest_m=3000.0)
    for x in (300.0, 1000.0, 2500.0):
        y = np.linspace(-8, 8, 401) * cloud.half_width(x)
        depth = float(np.interp(x, cloud.x_m, cloud.depth_m + cloud.centre_m))
        z = np.linspace(0, 6 * depth, 400)
        share = cloud.peak(x, y[:, None], z)
        area = float(np.trapezoid(np.trapezoid(share, z, axis=1), y))
        speed = float(np.interp(x, cloud.x_m, cloud.speed_m_s))
        kelvin = float(np.interp(x, cloud.x_m, cloud.temperature_k))
        flux = area * speed * ATMOSPHERE_PA * _CL2.molar_kg_mol / (GAS_J_MOL_K * kelvin)
        assert flux == pytest.approx(5.0, rel=0.05)


def test_that_a_puff_keeps_its_mass_and_both_phases_join() -> None:
    short = _cloud(duration_s=120.0, farthest_m=3000.0)
    steady = _cloud(farthest_m=3000.0)
    near, far = float(short.x_m[10]), 2500.0
    assert float(short.peak(near)) == pytest.approx(float(steady.peak(near)), rel=1e-6)
    assert float(short.peak(far)) < float(steady.peak(far))
    dose = [
        float(np.trapezoid(short.share_at(x, 0, 0, t), t))
        for x, t in ((500.0, np.linspace(0, 3000, 6001)),)
    ]
    assert dose[0] == pytest.approx(120.0 * float(steady.peak(500.0)), rel=0.5)


@given(st.floats(0.5, 50), st.floats(1.2, 5))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_that_more_release_reaches_farther(rate: float, factor: float) -> None:
    less = _cloud(Pool(rate, 20.0, 239.2, 0.5))
    more = _cloud(Pool(rate * factor, 20.0, 239.2, 0.5))
    assert more.reach(0.001) >= less.reach(0.001)
    assert float(more.peak(1000.0)) > float(less.peak(1000.0))


@pytest.mark.parametrize("stability", STABILITIES)
def test_that_every_class_gives_a_cloud_that_thins(stability: str) -> None:
    air = Air(2.0, 10.0, 0.03, inverse_length(stability, 0.03), 293.15)
    cloud = _cloud(air=air)
    axis = cloud.peak(np.geomspace(200, 4500, 40))
    assert (np.diff(axis) < 0).all()
    assert (np.diff(cloud.half_m) >= 0).all()
    assert np.isfinite(axis).all()


def test_that_stable_air_reaches_farther_than_unstable() -> None:
    airs = [Air(2.0, 10.0, 0.03, inverse_length(c, 0.03), 293.15) for c in "BDF"]
    reaches = [_cloud(air=air, farthest_m=20_000.0).reach(1e-4) for air in airs]
    assert reaches == sorted(reaches)


def test_that_the_cloud_is_symmetric_and_ends_upwind() -> None:
    cloud = _cloud()
    y = np.linspace(1, 200, 50)
    assert np.allclose(cloud.peak(400.0, y), cloud.peak(400.0, -y))
    assert float(cloud.peak(-cloud.upwind_m - 1.0)) == 0.0
    assert float(cloud.peak(1e5)) == 0.0


def test_that_the_weakest_wind_still_gives_a_wide_low_cloud() -> None:
    still = _cloud(air=Air(0.3, 10.0, 0.03, inverse_length("F", 0.03), 293.15))
    windy = _cloud(air=Air(8.0, 10.0, 0.03, 0.0, 293.15))
    assert still.half_width(200.0) > 3 * windy.half_width(200.0)
    assert still.upwind_m > windy.upwind_m


def test_that_averaging_widens_and_lowers() -> None:
    sharp, mean = _cloud(averaging_s=10.0), _cloud(averaging_s=3600.0)
    assert float(mean.peak(1000.0)) < float(sharp.peak(1000.0))
    assert mean.half_width(1000.0) > sharp.half_width(1000.0)


def test_that_time_rises_to_the_peak_and_falls() -> None:
    cloud = _cloud(duration_s=120.0)
    at = cloud.time_of_peak(500.0)
    share = cloud.share_at(500.0, 0, 0, [0.0, at, at + 3000.0])
    assert share[1] == pytest.approx(float(cloud.peak(500.0)))
    assert share[0] < share[1] * 0.1
    assert share[2] < share[1] * 1e-3


def test_that_a_mass_let_go_at_once_keeps_its_volume_and_thins() -> None:
    start = released_at_once(_MIX, 1000.0, 239.2, 0.0)
    closures = Closures(_AIR, _MIX.air_kg_m3())
    found = drift(start, closures, _MIX, 2000.0)
    volume = 4 * found.half_m * found.long_half_m * found.depth_m * found.share
    mass = volume * ATMOSPHERE_PA * _CL2.molar_kg_mol / (GAS_J_MOL_K * found.temperature_k)
    assert np.allclose(mass, 1000.0, rtol=0.02)
    cloud = dense_puff(1000.0, 239.2, _AIR, _MIX)
    assert cloud.reach(0.001) > dense_puff(100.0, 239.2, _AIR, _MIX).reach(0.001)


def test_that_a_lifted_puff_sinks() -> None:
    start = released_at_once(_MIX, 100.0, 239.2, 0.0)
    high = type(start)(**{n: getattr(start, n) for n in start.__slots__} | {"centre_m": 30.0})
    found = drift(high, Closures(_AIR, _MIX.air_kg_m3()), _MIX, 1500.0, 600.0)
    assert found.centre_m[0] == 30.0
    assert found.centre_m[-1] < 25.0
    assert found.time_s[-1] <= 600.0 * 1.2


def test_that_reach_and_mass_have_their_ends() -> None:
    cloud = _cloud(farthest_m=500.0)
    assert cloud.reach(1e-9) == pytest.approx(500.0)
    assert cloud.reach(1.0) == 0.0
    assert cloud.mass_above(0.01, _CL2, ATMOSPHERE_PA) > cloud.mass_above(0.05, _CL2, ATMOSPHERE_PA)


def test_that_mixing_agrees_with_degadis_table() -> None:
    mixing = Mixing(_CH4, 308.55, 0.13, 0.94 * ATMOSPHERE_PA)
    enthalpy = mixing.release_enthalpy(111.7, 0.0)
    listed = [(0.02716, 1.08658, 298.70), (0.16449, 1.13442, 263.57), (0.77338, 1.36882, 169.62)]
    for concentration, density, kelvin in listed:
        share = concentration / density
        state = mixing.state(share, share * enthalpy)
        assert state.density_kg_m3 == pytest.approx(density, rel=0.02)
        assert state.temperature_k == pytest.approx(kelvin, abs=4)
    assert mixing.air_kg_m3() == pytest.approx(1.07181, rel=0.005)
    assert 0.004 < mixing.water() < 0.007


@given(
    st.floats(0.001, 1.0), st.floats(0.0, 0.9), st.floats(0.0, 1.0), st.sampled_from([_NH3, _CL2])
)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_that_droplets_make_clouds_colder_and_denser(
    share: float, liquid: float, humidity: float, gas: Gas
) -> None:
    mixing = Mixing(gas, 293.15, humidity)
    wet = mixing.state(share, share * mixing.release_enthalpy(gas.boiling_k, liquid))
    dry = mixing.state(share, share * mixing.release_enthalpy(gas.boiling_k, 0.0))
    assert wet.temperature_k <= dry.temperature_k + 0.1
    assert wet.density_kg_m3 >= dry.density_kg_m3 * 0.999
    again = mixing.state(
        share, share * mixing.release_enthalpy(gas.boiling_k, liquid), wet.temperature_k
    )
    assert again.temperature_k == pytest.approx(wet.temperature_k, abs=0.2)


def test_that_a_layer_off_the_ground_takes_air_on_both_sides() -> None:
    closures = Closures(Air(3.0, 10.0, 0.03, -0.02, 293.15, ground_k=320.0), 1.2)
    low = Layer(2.0, 0.0, 5.0, 2.0, 2.0, 1.3, 280.0, 1000.0)
    high = Layer(2.0, 0.0, 5.0, 2.0, 6.0, 1.3, 280.0, 1000.0)
    on, off = closures.exchange(low), closures.exchange(high, 10.0)
    assert on.heat_w_m > 0 == off.heat_w_m
    assert on.along_m_s == 0 < off.along_m_s
    assert closures.spreading_drag(high, 1.0) == 0.0 < closures.spreading_drag(low, 1.0)
    assert closures.instant_sigma(-1.0) == 0.0 < closures.instant_sigma(500.0)


def test_that_a_gas_lighter_than_air_doesnt_slump() -> None:
    mixing = Mixing(_CH4, 293.15, 0.5)
    track = dense_plume(Pool(1.0, 10.0, 293.15), _AIR, mixing, 500.0)
    assert float(track.sideways_m_s.max()) == 0.0


@pytest.mark.parametrize(
    ("field", "call"),
    [
        ("rate_kg_s", lambda: Pool(-1.0, 1.0, 200.0)),
        ("temperature_k", lambda: Pool(1.0, 1.0, math.nan)),
        ("liquid", lambda: Jet(1.0, 1.0, 1.0, 200.0, 1.5)),
        ("speed_m_s", lambda: Jet(1.0, 0.0, 1.0, 200.0)),
        ("wind_m_s", lambda: Air(300.0, 10.0, 0.03, 0.0, 293.0)),
        ("ground_k", lambda: Air(3.0, 10.0, 0.03, 0.0, 293.0, ground_k=10.0)),
        ("stability", lambda: inverse_length("G", 0.1)),
        ("duration_s", lambda: _cloud(duration_s=0.0)),
        ("averaging_s", lambda: _cloud(averaging_s=math.inf)),
        ("mass_kg", lambda: dense_puff(0.0, 239.0, _AIR, _MIX)),
        ("share", lambda: _cloud().reach(-1.0)),
        ("latent_j_kg", lambda: Gas(0.07, 239.0, 470.0, -1.0, 900.0, 1500.0)),
        (
            "orifice_m2",
            lambda: flashing_jet(
                _NH3, _MIX, rate_kg_s=1, orifice_m2=0, storage_k=290, liquid=0.8, height_m=1
            ),
        ),
    ],
)
def test_that_nonsense_names_its_field(field: str, call: object) -> None:
    with pytest.raises(HazardInputError) as error:
        call()  # type: ignore[operator]
    assert error.value.field == field


@pytest.mark.parametrize("roughness", [2e-4, 0.1, 0.5])
@pytest.mark.parametrize("rate", [0.1, 5.0, 100.0])
def test_that_finer_steps_change_little(roughness: float, rate: float) -> None:
    air = Air(2.0, 10.0, roughness, inverse_length("F", roughness), 293.15)
    source = Pool(rate, 1.0, 239.2, 0.5)
    rough = _cloud(source, air)
    fine = dense_cloud(source, air, _MIX, duration_s=36_000.0, stations=360)
    for x in (100.0, 500.0, 2000.0):
        assert float(rough.peak(x)) == pytest.approx(float(fine.peak(x)), rel=0.1)
        assert rough.half_width(x) == pytest.approx(fine.half_width(x), rel=0.05)


def test_that_heavy_gas_slumps_over_rough_ground_from_its_source_on() -> None:
    air = Air(2.0, 10.0, 0.1, inverse_length("F", 0.1), 293.15)
    track = dense_plume(Pool(100.0, 1.0, 239.2, 0.5), air, _MIX, 3000.0)
    assert (track.sideways_m_s[2:] > 0).all()
    at_source = float(np.interp(0.0, track.x_m, track.depth_m))
    assert at_source < 3.0
    assert float(np.interp(0.0, track.x_m, track.half_m)) > 3 * float(track.half_m[0])
