"""Validation cases: a pass is earned, the unknown is never one."""

from typing import Any

import pytest

from models.hazard.verification import run_case, run_cases

_ISC3: dict[str, Any] = {
    "name": "isc3",
    "model": "Gaussian plume, ISC3 rural sigmas (PG fits)",
    "inputs": {
        "Q_g_s": 100, "h_m": 10, "u_at_release_m_s": 3.0, "stability": "D", "terrain": "rural",
        "y_m": 0, "z_m": 0, "mixing_height_m": 10000, "plume_rise": "none",
    },
    "expected": {"conc_ug_m3_at_x_m": {"100": 27575.48438, "1000": 4622.93213}},
    "tolerance": {"rel": 0.002},
}  # fmt: skip
_GB: dict[str, Any] = {
    "name": "gb",
    "model": "S and R",
    "inputs": {"chlorine_t": 30, "ammonia_t": 40, "exposed_persons_within_500m": 60},
    "expected": {"S": 10.0, "R": 48.0, "grade": "三级"},
    "tolerance": {"abs": 1e-9},
}
_BRIGGS: dict[str, Any] = {
    "name": "briggs",
    "model": "Gaussian plume, Briggs rural",
    "inputs": {"Q_kg_s": 0.1, "u_m_s": 2.0, "stability": "F", "x_m": 500, "h_m": 0},
    "expected": {"sigma_y_m": 19.52, "sigma_z_m": 6.957, "conc_kg_m3": 1.17217e-4},
    "tolerance": {"rel": 0.002},
}


@pytest.mark.parametrize("case", [_ISC3, _GB, _BRIGGS], ids=lambda case: case["name"])
def test_that_right_cases_pass_and_wrong_ones_fail(case: dict[str, Any]) -> None:
    result = run_case(case)
    assert result.verdict == "pass"
    assert set(result.expected) == set(result.computed)
    key = next(iter(case["expected"]))
    value = case["expected"][key]
    wrong = {k: v * 1.5 for k, v in value.items()} if isinstance(value, dict) else value * 1.5
    assert run_case({**case, "expected": {**case["expected"], key: wrong}}).verdict == "fail"


def test_that_a_wrong_grade_fails() -> None:
    case = {**_GB, "expected": {**_GB["expected"], "grade": "一级"}}
    assert run_case(case).verdict == "fail"


@pytest.mark.parametrize(
    "changes",
    [
        {"model": "something else"},
        {"model": "Gaussian plume of another kind"},
        {"inputs": None},
        {"inputs": {**_ISC3["inputs"], "rain": 1}},
        {"inputs": {**_ISC3["inputs"], "plume_rise": "final"}},
        {"inputs": {**_ISC3["inputs"], "stability": "G"}},
        {"inputs": {**_ISC3["inputs"], "Q_g_s": "many"}},
        {"expected": {}},
        {"expected": None},
        {"expected": {"conc_ug_m3_at_x_m": {"100": [1, 2]}}},
        {"expected": {"conc_ug_m3_at_x_m": {"100": True}}},
        {"expected": {**_ISC3["expected"], "odour": 1.0}},
        {"expected": {"odour": 1.0}},
        {"tolerance": {"factor": 0.5}},
        {"tolerance": {"factor": 2.0, "mood": "good"}},
        {"tolerance": {"rel": True}},
        {"tolerance": {"rel": float("nan")}},
        {"model": None},
        {"tolerance": {"rel": -1.0}},
        {"tolerance": {"rel": 0.1, "abs": 0.1}},
        {"tolerance": None},
    ],
)
def test_that_an_unknown_form_is_not_recognised(changes: dict[str, Any]) -> None:
    result = run_case({**_ISC3, **changes})
    assert (result.verdict, result.computed) == ("not recognised", None)


def test_that_an_infinite_expectation_never_passes() -> None:
    case = {**_ISC3, "expected": {"conc_ug_m3_at_x_m": {"100": float("inf")}}}
    assert run_case(case).verdict == "fail"


def test_that_a_factor_is_judged_both_ways_and_a_goal_does_not_decide() -> None:
    def verdict(value: float) -> str:
        expected = {"conc_ug_m3_at_x_m": {"1000": value}}
        tolerance = {"factor": 2.0, "goal_factor": 1.01}
        return run_case({**_ISC3, "expected": expected, "tolerance": tolerance}).verdict

    assert [verdict(4622.9 * f) for f in (0.4, 0.6, 1.9, 2.1)] == ["fail", "pass", "pass", "fail"]
    assert verdict(0.0) == "fail"


def test_that_a_description_in_other_capitals_is_the_same_form() -> None:
    case = {**_ISC3, "model": "GAUSSIAN PLUME, isc3 urban sigmas"}
    assert run_case(case).verdict == "pass"


def test_that_cases_of_several_forms_keep_their_order() -> None:
    results = run_cases([_GB, {"name": "?"}, _ISC3])
    assert [r.verdict for r in results] == ["pass", "not recognised", "pass"]
