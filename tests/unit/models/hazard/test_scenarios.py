"""Typical releases: worked out, bounded by the inventory, what is assumed named."""

import math
from typing import Any

import msgspec
import pytest

from models.hazard.ports import HazardInputError
from models.hazard.properties import properties_of
from models.hazard.scenarios import (
    ReleaseCase,
    Storage,
    phase_of,
    release_scenarios,
    vapour_pressure_pa,
)
from models.hazard.source.discharge import gas_discharge, liquid_discharge

_CHLORINE, _BENZENE, _METHANE = "7782-50-5", "71-43-2", "74-82-8"


def _by_key(cas: str, storage: Storage) -> dict[str, ReleaseCase]:
    return {case.key: case for case in release_scenarios(cas, storage)}


@pytest.mark.parametrize(
    ("cas", "storage"),
    [
        (_CHLORINE, Storage(inventory_kg=50_000.0)),
        (_CHLORINE, Storage(inventory_kg=50.0)),
        (_CHLORINE, Storage(inventory_kg=1000.0, pressure_pa=3e5)),
        (_BENZENE, Storage(inventory_kg=4.2e6, bund_m2=2000.0)),
        (_METHANE, Storage(inventory_kg=5000.0, pressure_pa=5e5)),
        ("7664-41-7", Storage(inventory_kg=1e6, temperature_k=239.0, bund_m2=1500.0)),
    ],
)
def test_that_releases_grow_and_never_exceed_the_inventory(cas: str, storage: Storage) -> None:
    cases = _by_key(cas, storage)
    assert list(cases) == ["small", "medium", "large", "full_bore", "catastrophic"]
    leaks = [cases[key].leak_kg_s for key in ("small", "medium", "large", "catastrophic")]
    assert leaks == sorted(leaks)
    assert cases["full_bore"].leak_kg_s <= cases["large"].leak_kg_s * (1 + 1e-9)
    for case in cases.values():
        assert 0 < case.release_kg_s <= case.leak_kg_s * (1 + 1e-9)
        assert case.release_kg_s * case.duration_s <= storage.inventory_kg * (1 + 1e-9)
        assert case.duration_s <= 1800
        assert not case.verified
        assert case.source


def test_that_a_gas_and_a_liquid_follow_their_discharge() -> None:
    gas = _by_key(_METHANE, Storage(inventory_kg=5000.0, pressure_pa=5e5))["medium"]
    direct = gas_discharge(
        pressure_pa=5e5,
        temperature_k=298.15,
        hole_diameter_m=0.025,
        molar_mass_kg_mol=properties_of(_METHANE).need("molar_mass_g_mol") / 1e3,
        heat_capacity_ratio=properties_of(_METHANE).need("heat_capacity_ratio"),
    )
    assert gas.leak_kg_s == gas.release_kg_s == pytest.approx(direct.rate_kg_s)
    liquid = _by_key(_BENZENE, Storage(inventory_kg=1e6, head_m=5.0))["medium"]
    flow = liquid_discharge(
        density_kg_m3=properties_of(_BENZENE).need("density_kg_m3"),
        hole_diameter_m=0.025,
        head_m=5.0,
    )
    assert liquid.leak_kg_s == pytest.approx(flow.rate_kg_s)
    assert liquid.release_kg_s < liquid.leak_kg_s


def test_that_a_rupture_gives_everything_within_a_minute() -> None:
    case = _by_key(_CHLORINE, Storage(inventory_kg=50_000.0))["catastrophic"]
    assert case.hole_diameter_m is None
    assert case.leak_kg_s == pytest.approx(50_000 / 60)
    assert case.duration_s == pytest.approx(60)


def test_that_a_liquid_without_a_drive_leaks_nothing() -> None:
    case = _by_key(_BENZENE, Storage(inventory_kg=1e6, head_m=0.0))["small"]
    assert (case.leak_kg_s, case.release_kg_s, case.duration_s) == (0.0, 0.0, 1800.0)


def test_that_holes_wider_than_the_pipe_are_left_out() -> None:
    keys = list(_by_key(_CHLORINE, Storage(inventory_kg=1000.0, pipe_diameter_m=0.02)))
    assert keys == ["small", "full_bore", "catastrophic"]


def test_that_what_is_assumed_is_named() -> None:
    bare = _by_key(_CHLORINE, Storage(inventory_kg=1000.0))["small"]
    assert {"temperature_k", "pressure_pa", "head_m", "bund_m2"} <= set(bare.assumed)
    told = Storage(
        inventory_kg=1000.0,
        temperature_k=290.0,
        pressure_pa=9e5,
        pipe_diameter_m=0.05,
        head_m=1.0,
        bund_m2=30.0,
        air_k=285.0,
        wind_m_s=4.0,
    )
    assert _by_key(_CHLORINE, told)["small"].assumed == ()


@pytest.mark.parametrize(
    ("temperature", "pressure", "phase"),
    [(230.0, None, "liquid"), (298.0, None, "liquefied"), (298.0, 8e5, "liquefied"),
     (298.0, 3e5, "gas"), (450.0, None, "gas")],
)  # fmt: skip
def test_that_the_phase_follows_temperature_and_pressure(
    temperature: float, pressure: float | None, phase: str
) -> None:
    assert phase_of(properties_of(_CHLORINE), temperature, pressure) == phase


def test_that_the_vapour_pressure_is_one_atmosphere_at_the_boiling_point() -> None:
    chlorine = properties_of(_CHLORINE)
    at = vapour_pressure_pa(chlorine, chlorine.need("boiling_k"))
    assert at == pytest.approx(101_325, rel=0.01)
    assert math.isfinite(vapour_pressure_pa(chlorine, 20.0))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inventory_kg", 0.0),
        ("inventory_kg", math.nan),
        ("temperature_k", -5.0),
        ("pressure_pa", 1e4),
        ("pipe_diameter_m", 0.0),
        ("head_m", -1.0),
        ("bund_m2", 0.0),
        ("air_k", 25.0),
        ("wind_m_s", 300.0),
        ("phase", "plasma"),
    ],
)
def test_that_a_refusal_names_the_field(field: str, value: Any) -> None:
    storage = msgspec.structs.replace(Storage(inventory_kg=1000.0), **{field: value})
    with pytest.raises(HazardInputError) as caught:
        release_scenarios(_CHLORINE, storage)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("cas", "storage", "field"),
    [
        ("00-00-0", Storage(inventory_kg=1.0), "cas"),
        (_METHANE, Storage(inventory_kg=1.0), "pressure_pa"),
        (_BENZENE, Storage(inventory_kg=1.0, phase="liquefied"), "phase"),
        ("7440-23-5", Storage(inventory_kg=1.0), "substance"),
        ("7803-52-3", Storage(inventory_kg=1.0), "substance"),
    ],
)
def test_that_what_cant_be_worked_out_says_why(cas: str, storage: Storage, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        release_scenarios(cas, storage)
    assert caught.value.field == field
