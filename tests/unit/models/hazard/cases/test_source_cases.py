"""Cases of source terms: recognised, judged, and other forms left alone."""

from typing import Any

import pytest

from models.hazard.verification import run_case

_LIQUID: dict[str, Any] = {
    "name": "liquid",
    "model": "Bernoulli liquid discharge",
    "inputs": {"rho_kg_m3": 490, "Cd": 0.63, "d_m": 0.01, "P1_Pa": 120935.0368, "P2_Pa": 101325},
    "expected": {"m_kg_s": 0.21691154763598, "u_m_s": 5.636333880812954},
    "tolerance": {"rel": 0.0001},
}
_GAS: dict[str, Any] = {
    "name": "gas",
    "model": "choked gas discharge, ideal gas",
    "inputs": {"k": 1.15, "MW": 0.0441, "P_Pa": 1e6, "T_K": 298, "d_m": 0.02, "Cd": 0.62},
    "expected": {"m_kg_s": 0.525},
    "tolerance": {"rel": 0.005},
}
_SPHERE: dict[str, Any] = {
    "name": "sphere",
    "model": "liquid discharge from a pressurised sphere",
    "inputs": {
        "Cd": 0.61, "d_in": 2, "P_gauge_psi": 250, "T_K": 298.15, "liquid_head_ft": 50,
        "rho_kg_m3": "DIPPR: 58.122*1.0677/0.27188^(1+(1-T/425.12)^0.28688)",
    },
    "expected": {"m_kg_s": 56.3109},
    "tolerance": {"rel": 0.005},
}  # fmt: skip
CASES = [_LIQUID, _GAS, _SPHERE]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_right_case_passes_and_a_wrong_one_fails(case: dict[str, Any]) -> None:
    assert run_case(case).verdict == "pass"
    wrong = {key: value * 1.5 for key, value in case["expected"].items()}
    assert run_case({**case, "expected": wrong}).verdict == "fail"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_case_with_nonsense_or_more_is_not_recognised(case: dict[str, Any]) -> None:
    for inputs in ({**case["inputs"], "Cd": -1}, {**case["inputs"], "moon": 1}):
        assert run_case({**case, "inputs": inputs}).verdict == "not recognised"


def test_that_a_density_is_a_number_or_dipprs_equation() -> None:
    plain = {**_SPHERE, "inputs": {**_SPHERE["inputs"], "rho_kg_m3": 573.0}}
    assert run_case(plain).verdict == "pass"
    other = {**_SPHERE, "inputs": {**_SPHERE["inputs"], "rho_kg_m3": "Rackett"}}
    assert run_case(other).verdict == "not recognised"


def test_that_only_what_is_expected_is_answered() -> None:
    result = run_case({**_LIQUID, "expected": {"m_kg_s": 0.2169}, "tolerance": {"rel": 0.01}})
    assert (result.verdict, set(result.computed)) == ("pass", {"m_kg_s"})
