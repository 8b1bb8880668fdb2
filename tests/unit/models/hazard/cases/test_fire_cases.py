"""Cases of fire: recognised, judged, and other forms left alone."""

from typing import Any

import pytest

from models.hazard.verification import run_case


def _case(
    model: str, inputs: dict[str, Any], expected: dict[str, Any], tolerance: dict[str, Any]
) -> dict[str, Any]:
    return {
        "name": model, "model": model, "inputs": inputs, "expected": expected,
        "tolerance": tolerance,
    }  # fmt: skip


_AIR = _case(
    "atmospheric transmissivity, RH 50 %",
    {"path_m": [10, 100]},
    {"273K": [0.91, 0.78]},
    {"rel": 0.03},
)
_VIEW = _case(
    "upright cylinder flame to ground-level target",
    {"H_over_R": 3, "dist_centre_over_R": 3},
    {"F_vertical": 0.1507, "F_horizontal": 0.0713},
    {"rel": 0.01},
)
_BALL = _case(
    "fireball size and time",
    {"mass_kg": 100_000},
    {"D_m": 269.2, "t_s": 17.71, "H_075D_m": 201.9},
    {"rel": 0.005},
)
_POOL = _case(
    "LNG pool fire, emissive power over the whole visible flame",
    {"D_m": 35.7, "burn_kg_m2_s": 0.14, "wind_m_s": 9.6, "dHc_J_kg": 5e7},
    {"SEP_kW_m2": 265, "length_m": 78},
    {"factor": 1.5},
)
_RANGE = _case(
    "LNG pool fire",
    {"D_m": 20, "burn_kg_m2_s": 0.0849},
    {"SEP_kW_m2_range": [150, 220]},
    {"within": "range +-25 %"},
)
_JET_INPUTS = {
    "m_kg_s": 7.9, "d_m": 0.075, "P0_Pa": 1211325.0, "T0_K": 279, "dHc_J_kg": 5e7,
    "radiant_fraction": 0.14, "wind_m_s": 3.9, "wind_dir": "along release (+x)", "Ta_K": 282,
    "RH": 0.81,
}  # fmt: skip
_FLUX = "flux_kW_m2_at_(x,y,z_rel_to_release)"
_JET = _case(
    "horizontal natural-gas jet fire, receivers oriented for maximum flux",
    _JET_INPUTS,
    {_FLUX: {"15,10.3,-2": 20.2, "15,24.3,-2": 5.9}},
    {"factor": 2.0, "min_fraction": 0.8},
)
_H2 = _case(
    "large hydrogen jet flames",
    {
        "flame1": "d 20.9 mm, 59.8 barg, 308.7 K",
        "flame2": "d 52.5 mm, 62.1 barg, 287.8 K",
        "release_height_m": 3.25,
        "RH": 0.943,
    },
    {"length_m": {"flame2": 45.9}, "flux_kW_m2": {"flame2 at (48,1.75,0)": 23.9}},
    {"length_rel": 0.2, "flux_factor": 1.5},
)
CASES = [_AIR, _VIEW, _BALL, _POOL, _RANGE, _JET, _H2]


def _times(expected: Any, factor: float) -> Any:
    if isinstance(expected, dict):
        return {key: _times(value, factor) for key, value in expected.items()}
    if isinstance(expected, list):
        return [_times(value, factor) for value in expected]
    return expected * factor


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_right_case_passes_and_a_wrong_one_fails(case: dict[str, Any]) -> None:
    assert run_case(case).verdict == "pass"
    assert run_case({**case, "expected": _times(case["expected"], 3.0)}).verdict == "fail"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_more_inputs_make_another_form(case: dict[str, Any]) -> None:
    inputs = {**case["inputs"], "moon": 1}
    assert run_case({**case, "inputs": inputs}).verdict == "not recognised"


@pytest.mark.parametrize(
    ("case", "tolerance"),
    [
        (_RANGE, {"within": "a bit"}),
        (_RANGE, {"within": "range +-25 %", "rel": 0.1}),
        (_JET, {"factor": 2.0}),
        (_H2, {"rel": 0.5}),
    ],
)
def test_that_another_tolerance_is_not_recognised(
    case: dict[str, Any], tolerance: dict[str, Any]
) -> None:
    assert run_case({**case, "tolerance": tolerance}).verdict == "not recognised"


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (_VIEW, {"F_max": 0.1667}),
        (_BALL, {"t_s": 17.71}),
        (_RANGE, {"SEP_kW_m2": 204.0}),
    ],
)
def test_that_only_what_is_expected_is_answered(
    case: dict[str, Any], expected: dict[str, float]
) -> None:
    result = run_case({**case, "expected": expected, "tolerance": {"rel": 0.01}})
    assert (result.verdict, set(result.computed)) == ("pass", set(expected))


@pytest.mark.parametrize(
    ("expected", "tolerance"),
    [
        ({"SEP_kW_m2_range": [150, 220]}, {"rel": 0.5}),
        ({"SEP_kW_m2": 204.0}, {"within": "range +-25 %"}),
        ({"soot": 1.0}, {"rel": 0.5}),
    ],
)
def test_that_a_range_and_a_value_are_judged_by_their_own_tolerance(
    expected: dict[str, Any], tolerance: dict[str, Any]
) -> None:
    case = {**_RANGE, "expected": expected, "tolerance": tolerance}
    assert run_case(case).verdict == "not recognised"


def test_that_a_share_of_the_fluxes_may_miss() -> None:
    five = {"15,10.3,-2": 17.0, "15,14.3,-2": 11.0, "15,24.3,-2": 4.9, "15,30.3,-2": 3.3}
    good = {**_JET, "expected": {_FLUX: {**five, "5,18.3,-2": 600.0}}}
    assert run_case(good).verdict == "pass"
    bad = {**_JET, "expected": {_FLUX: {**five, "5,18.3,-2": 600.0, "10,18.3,-2": 600.0}}}
    assert run_case(bad).verdict == "fail"


@pytest.mark.parametrize(
    "case",
    [
        {**_AIR, "model": "atmospheric transmissivity, RH unknown"},
        {**_H2, "inputs": {**_H2["inputs"], "flame1": "a wide one"}},
        {**_H2, "expected": {"flux_kW_m2": {"somewhere": 1.0}}},
        {**_JET, "inputs": {**_JET_INPUTS, "wind_dir": "across"}},
    ],
)
def test_that_texts_of_another_form_are_not_recognised(case: dict[str, Any]) -> None:
    assert run_case(case).verdict == "not recognised"
