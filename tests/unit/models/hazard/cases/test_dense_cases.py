"""Dense validation cases: judged at their tolerance, trials together, others not known."""

from typing import Any

import pytest

from models.hazard.comparison import compare
from models.hazard.ports import HazardInputError
from models.hazard.verification import run_case, run_cases

_DEGADIS: dict[str, Any] = {
    "name": "burro 9",
    "model": "dense-gas plume from an evaporating LNG pool",
    "inputs": {
        "release": "CH4 vapour 111.7 K", "Q_kg_s": 130, "pool_radius_m": 22.1, "u_m_s": 6.5,
        "u_height_m": 8.0, "z0_m": 0.000205, "stability": "C", "L_m": -140, "Ta_K": 308.55,
        "P_atm": 0.94, "RH": 13, "T_surface_K": 310, "averaging_s": 10,
    },
    "expected": {
        "centreline_mole_fraction_ground_at_x_m": {"123": 0.379, "714": 0.02815},
        "distance_to_5pct_m": 499.0, "mass_between_5_and_15pct_kg": 3521,
    },
    "tolerance": {"factor": 2.0, "goal_factor": 1.5},
}  # fmt: skip
_SLAB: dict[str, Any] = {
    "name": "slab 1",
    "model": "dense-gas evaporating pool, low wind, stable",
    "inputs": {
        "gas": "CH4", "MW": 0.016043, "Q_kg_s": 117, "pool_area_m2": 657, "duration_s": 107,
        "T_K": 111.7, "cp_J_kgK": 2238, "u_m_s": 1.92, "u_height_m": 2.88, "z0_m": 0.0002,
        "Ta_K": 306, "RH": 4.6, "inv_L_1_m": 0.0665, "averaging_s": 10,
    },
    "expected": {
        "centreline_volume_fraction_z0_at_x_m": {"100": 0.356, "427": 0.0467},
        "half_width_bbc_m_at_x_m": {"100": 127.0}, "time_of_max_s_at_x_m": {"427": 348.0},
    },
    "tolerance": {"factor": 1.5},
}  # fmt: skip
_JET: dict[str, Any] = {
    "name": "tortoise 4",
    "model": "field trial, arc maximum at 1 m height",
    "inputs": {
        "gas": "NH3", "Q_kg_s": 107.9, "u2m": 4.51, "Ta_K": 305.95, "RH": 21.3, "z0": 0.003,
        "stab": "E", "L_m": 45.2, "h_m": 0.79, "dur_s": 381, "avg_s": 360, "P_atm": 0.891,
        "orifice_area_m2": 0.007, "T_storage_K": 297.25, "liq_frac": 0.83,
    },
    "expected": {"observed_ppm_at_x_m": {"800": 14562.0}, "SLAB_ppm": {"800": 4374.0}},
    "tolerance": {"factor": 2.0, "use": "statistics over all trials, not single points"},
}  # fmt: skip
_POOL: dict[str, Any] = {
    "name": "burro 8",
    "model": "field trial, arc maximum at 1 m height",
    "inputs": {
        "gas": "LNG (CH4)", "Q_kg_s": 112.6, "u2m": 1.8, "Ta_K": 306.25, "RH": 4.6, "z0": 0.0002,
        "stab": "E", "L_m": 16.5, "h_m": 0, "dur_s": 107, "avg_s": 100, "P_atm": 0.929,
        "pool_area_m2_SLAB": 632.2, "pool_radius_m_DEGADIS": 20.5, "T_storage_K": 111.7,
    },
    "expected": {"observed_ppm_at_x_m": {"57": 283390.0, "800": 20810.0}},
    "tolerance": {"factor": 2.0, "use": "statistics over all trials, not single points"},
}  # fmt: skip


@pytest.mark.parametrize("case", [_DEGADIS, _SLAB, _JET, _POOL], ids=lambda case: case["name"])
def test_that_right_cases_pass_and_wrong_ones_fail(case: dict[str, Any]) -> None:
    assert run_case(case).verdict == "pass"
    key = next(iter(case["expected"]))
    wrong = {at: value * 5 for at, value in case["expected"][key].items()}
    assert run_case({**case, "expected": {**case["expected"], key: wrong}}).verdict == "fail"


def test_that_trials_of_jets_and_pools_are_judged_together() -> None:
    wrong = {**_POOL, "expected": {"observed_ppm_at_x_m": {"57": 1e6, "400": 1e6, "800": 1e6}}}
    assert [r.verdict for r in run_cases([_JET, wrong])] == ["fail", "fail"]


@pytest.mark.parametrize(
    ("case", "inputs"),
    [
        (_DEGADIS, {"release": "some gas"}),
        (_DEGADIS, {"release": "unobtainium vapour 100 K"}),
        (_SLAB, {"gas": "unobtainium"}),
        (_JET, {"RH": 500}),
    ],
)
def test_that_other_inputs_are_not_recognised(case: dict[str, Any], inputs: dict[str, Any]) -> None:
    changed = {**case, "inputs": {**case["inputs"], **inputs}}
    assert run_case(changed).verdict == "not recognised"


def test_that_a_listing_may_lack_its_distance_and_mass() -> None:
    key = "centreline_mole_fraction_ground_at_x_m"
    assert run_case({**_DEGADIS, "expected": {key: _DEGADIS["expected"][key]}}).verdict == "pass"


def test_that_measures_are_those_of_chang_and_hanna() -> None:
    same = compare([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    assert (same.n, same.fac2, same.fac5, same.mg, same.vg) == (3, 1.0, 1.0, 1.0, 1.0)
    half = compare([2.0, 20.0], [1.0, 2.0])
    assert (half.fac2, half.fac5) == (0.5, 0.5)
    assert half.mg == pytest.approx(20**0.5)
    with pytest.raises(HazardInputError, match="predicted"):
        compare([1.0], [1.0, 2.0])
    with pytest.raises(HazardInputError, match="observed"):
        compare([0.0], [1.0])
