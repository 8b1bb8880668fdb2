"""Typical fires of a source, made of its typical releases."""

import math

import pytest

from models.hazard.fire.pool_flame import burning_rate
from models.hazard.fire_cases import fire_cases
from models.hazard.fires import case_name
from models.hazard.ports import HazardInputError
from models.hazard.properties import known_cas, properties_of
from models.hazard.scenarios import Storage, release_scenarios

BENZENE, PROPANE, CHLORINE, HYDROGEN, METHANOL = (
    "71-43-2", "74-98-6", "7782-50-5", "1333-74-0", "67-56-1",
)  # fmt: skip


def test_that_a_pool_burns_as_fast_as_it_is_fed() -> None:
    held = Storage(inventory_kg=4_200_000)
    leaks = {leak.key: leak.leak_kg_s for leak in release_scenarios(BENZENE, held)}
    cases = fire_cases(BENZENE, held)
    assert [case.key for case in cases] == [
        "pool_fire:medium", "pool_fire:large", "pool_fire:full_bore",
    ]  # fmt: skip
    for case in cases:
        event = case.event
        burnt = event.burn_kg_m2_s * math.pi * event.diameter_m**2 / 4
        assert burnt == pytest.approx(leaks[case.key.partition(":")[2]], rel=0.01)
        assert event.burn_kg_m2_s == pytest.approx(burning_rate("benzene", event.diameter_m))
        assert event.duration_s == pytest.approx(held.inventory_kg / burnt)
        assert not case.verified
        assert case.source


def test_that_a_bund_or_a_small_inventory_keeps_a_pool_small() -> None:
    bunded = fire_cases(BENZENE, Storage(inventory_kg=4_200_000, bund_m2=20.0))[-1]
    assert math.pi * bunded.event.diameter_m**2 / 4 == pytest.approx(20.0)
    little = fire_cases(BENZENE, Storage(inventory_kg=50.0))[-1]
    area = math.pi * little.event.diameter_m**2 / 4
    assert area * 0.005 * properties_of(BENZENE).need("density_kg_m3") == pytest.approx(50.0)


def test_that_an_alcohol_burns_without_soot_no_brighter_than_it_is() -> None:
    event = fire_cases(METHANOL, Storage(inventory_kg=100_000))[0].event
    assert event.clean
    assert event.most_w_m2 == 70e3


def test_that_a_liquid_without_a_rate_on_record_burns_by_its_heats() -> None:
    toluene = fire_cases("108-88-3", Storage(inventory_kg=100_000))[0].event
    assert 0.04 < toluene.burn_kg_m2_s < 0.12


def test_that_a_liquefied_gas_burns_as_a_jet_bursts_in_a_ball_and_explodes() -> None:
    held = Storage(inventory_kg=20_000)
    cases = {case.key: case for case in fire_cases(PROPANE, held)}
    leaks = {leak.key: leak for leak in release_scenarios(PROPANE, held)}
    assert cases["jet_fire:large"].event.burn_kg_s == leaks["large"].leak_kg_s
    assert cases["jet_fire:large"].assumed == leaks["large"].assumed
    assert cases["fireball"].event.mass_kg == 20_000
    heat = properties_of(PROPANE).need("heat_j_kg")
    wanted = 0.03 * 20_000 * leaks["catastrophic"].airborne_share * heat / 4.68e6
    assert cases["vce"].event.tnt_kg == pytest.approx(wanted)


def test_that_a_gas_without_its_pressure_has_no_jet_but_may_explode() -> None:
    assert [case.key for case in fire_cases(HYDROGEN, Storage(inventory_kg=600))] == ["vce"]
    pressed = fire_cases(HYDROGEN, Storage(inventory_kg=600, pressure_pa=2e7))
    assert [case.key for case in pressed][-2:] == ["vce", "vessel_burst"]
    assert pressed[0].key == "jet_fire:medium"
    assert pressed[-1].event.tnt_kg > 1


def test_that_what_doesn_t_burn_has_no_fire_but_may_burst() -> None:
    assert fire_cases(CHLORINE, Storage(inventory_kg=50_000)) == ()
    burst = fire_cases(
        CHLORINE, Storage(inventory_kg=500, pressure_pa=4e5, phase="gas", temperature_k=300)
    )
    assert [case.key for case in burst] == ["vessel_burst"]


def test_that_every_substance_on_record_has_an_answer_or_a_named_fault() -> None:
    answered, faults = 0, set()
    for cas in sorted(known_cas()):
        try:
            cases = fire_cases(cas, Storage(inventory_kg=10_000))
        except HazardInputError as error:
            faults.add(error.field)
            continue
        answered += bool(cases)
        for case in cases:
            assert case.name.en, case.key
            assert case.name.zh, case.key
    assert answered > 25
    assert faults <= {"substance", "cas"}


def test_that_unknown_keys_have_no_name() -> None:
    assert case_name("source").en == ""
    assert case_name("pool_fire:giant").en == "Pool fire"
    with pytest.raises(HazardInputError, match="cas"):
        fire_cases("0-0-0", Storage(inventory_kg=1.0))
