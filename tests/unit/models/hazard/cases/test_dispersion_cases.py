"""Validation cases of dispersion: right ones pass, wrong ones fail, others aren't known."""

from typing import Any

import pytest

from models.hazard.verification import run_case, run_cases

_STACK: dict[str, Any] = {
    "name": "stack",
    "model": "Briggs final plume rise + stack-tip downwash + buoyancy-induced dispersion",
    "inputs": {
        "Q_g_s": 100, "hs_m": 35, "Ts_K": 432, "vs_m_s": 11.7, "ds_m": 2.4, "Ta_K": 293,
        "u10_m_s": 4.0, "wind_exponent": 0.15, "dtheta_dz_K_m": 0, "stability": "D",
        "terrain": "rural", "mixing_height_m": 10000,
    },
    "expected": {"conc_ug_m3_at_x_m": {"2000": 83.05935}},
    "tolerance": {"rel": 0.02},
}  # fmt: skip
_VOLUME: dict[str, Any] = {
    "name": "volume",
    "model": "Gaussian plume, volume source",
    "inputs": {
        "Q_g_s": 1.0, "h_m": 10, "sigma_y0_m": 50, "sigma_z0_m": 20, "stability": "F",
        "u_m_s": 1.0, "terrain": "rural", "receptor": "ground",
    },
    "expected": {"conc_ug_m3_at_x_m": {"300": 224.1}, "sigma_y_m": {"200": 55.68}},
    "tolerance": {"rel": 0.01},
}  # fmt: skip
_PUFF: dict[str, Any] = {
    "name": "puff",
    "model": "Gaussian puff, CCPS puff sigmas class F",
    "inputs": {"mass_kg": 1.0, "u_m_s": 2.0, "x_m": 500, "t_s": 250, "h_m": 0, "z_m": 0},
    "expected": {"sigma_y_m": 5.04793, "conc_kg_m3": 0.0022500485395327723},
    "tolerance": {"rel": 0.001},
}
_BM_PLUME: dict[str, Any] = {
    "name": "bm plume",
    "model": "Britter-McQuaid continuous",
    "inputs": {
        "Q_m3_s": 55.618182, "rho_gas": 1.76, "T_release_K": 111.15, "Ta_K": 298, "u10_m_s": 10.9,
        "c0": 1.0,
    },
    "expected": {"vol_frac_at_x_m": {"367": 0.050718}},
    "tolerance": {"rel": 0.05},
}  # fmt: skip
_BM_PUFF: dict[str, Any] = {
    "name": "bm puff",
    "model": "Britter-McQuaid instantaneous",
    "inputs": {
        "V0_m3": 72500.0, "rho0": 1.434, "u10_m_s": 2.0, "Ta_K": 293.15,
        "c0_pure_NH3_fraction": 0.06097560975609757,
    },
    "expected": {"NH3_fraction": {"x=333,t=124": 0.0060976}},
    "tolerance": {"rel": 0.05},
}  # fmt: skip
_GRASS: dict[str, Any] = {
    "name": "grass",
    "model": "passive plume, 10-min arc maxima at 1.5 m",
    "inputs": {
        "Q_g_s": 48.4, "h_m": 0.46, "u2m_m_s": 7.39, "z0_m": 0.006, "stability": "D", "z_m": 1.5,
        "averaging_s": 600,
    },
    "expected": {"cmax_kg_m3_at_x_m": {"100": 8.18e-05, "400": 8.6e-06}},
    "tolerance": {"factor": 2.0, "use": "FAC2 over all arcs and runs"},
}  # fmt: skip
_ALL = [_STACK, _VOLUME, _PUFF, _BM_PLUME, _BM_PUFF, _GRASS]


@pytest.mark.parametrize("case", _ALL, ids=lambda case: case["name"])
def test_that_right_cases_pass_and_wrong_ones_fail(case: dict[str, Any]) -> None:
    assert run_case(case).verdict == "pass"
    key = next(iter(case["expected"]))
    value = case["expected"][key]
    wrong = {k: v * 5 for k, v in value.items()} if isinstance(value, dict) else value * 5
    assert run_case({**case, "expected": {**case["expected"], key: wrong}}).verdict == "fail"


def test_that_grass_is_judged_over_all_runs() -> None:
    poor = {**_GRASS, "expected": {"cmax_kg_m3_at_x_m": {"100": 1.0, "200": 1.0, "300": 1.0}}}
    assert [r.verdict for r in run_cases([_GRASS, poor])] == ["fail", "fail"]
    one = {**_GRASS, "expected": {"cmax_kg_m3_at_x_m": {"100": 1.0}}}
    assert [r.verdict for r in run_cases([_GRASS, one])] == ["pass", "pass"]


@pytest.mark.parametrize(
    ("case", "inputs", "expected"),
    [
        (_VOLUME, {"receptor": "roof"}, None),
        (_PUFF, {"stability": "Q"}, None),
        (_BM_PUFF, {}, {"NH3_fraction": {"here": 0.1}}),
        (_STACK, {"stability": "Z"}, None),
    ],
)
def test_that_other_cases_are_not_recognised(
    case: dict[str, Any], inputs: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    changed = {
        **case,
        "inputs": {**case["inputs"], **inputs},
        "expected": expected or case["expected"],
    }
    assert run_case(changed).verdict == "not recognised"


def test_that_a_puff_without_a_class_is_not_recognised() -> None:
    assert run_case({**_PUFF, "model": "Gaussian puff, CCPS puff"}).verdict == "not recognised"
