"""Cases of blast and probits: recognised and judged."""

from typing import Any

import pytest

from models.hazard.verification import run_case


def _case(model: str, inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    tolerance = {"rel": 0.01}
    return {
        "name": model, "model": model, "inputs": inputs, "expected": expected,
        "tolerance": tolerance,
    }  # fmt: skip


CASES = [
    _case(
        "hemispherical TNT surface burst",
        {"W_kg": 10_000, "R_m": 500},
        {"P_incident_kPa": 5.05496},
    ),
    _case(
        "scaled side-on overpressure (p-p0)/p0",
        {"Mf": 0.35},
        {"P_at_R": {"0.2": 0.2244, "8": 0.0117}},
    ),
    _case("Pr=-38.48+2.56 ln(V), V in (W/m2)^(4/3) s", {"V": 1e7}, {"Pr": 2.7823249}),
    _case("Pr=-29.02+1.99 ln(0.5V)", {"V": 1e7}, {"Pr": 1.6756475}),
    _case("Pr=5.13+1.37 ln(P/1e5)", {"P_Pa": 1e5}, {"Pr": 5.13}),
    _case("Pr=5-8.49 ln(2430/P+4e8/(P i))", {"P_Pa": 1e5, "i_Pa_s": 1e4}, {"Pr": 12.2786003}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_right_case_passes_and_a_wrong_one_fails(case: dict[str, Any]) -> None:
    assert run_case(case).verdict == "pass"
    key, value = next(iter(case["expected"].items()))
    wrong = {k: 2 * v for k, v in value.items()} if isinstance(value, dict) else 2 * value
    assert run_case({**case, "expected": {key: wrong}}).verdict == "fail"


def test_that_an_unknown_formula_is_not_recognised() -> None:
    strange = _case("Pr=1+1 ln(V)", {"V": 1e7}, {"Pr": 17.1})
    assert run_case(strange).verdict == "not recognised"
