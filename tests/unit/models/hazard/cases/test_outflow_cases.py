"""Cases of draining, flashing, pipes and pools against numbers worked out by other means.

The expected numbers come from the closed formulas: Torricelli's law integrated over a cylinder's
and a sphere's surface, an ideal gas leaving at one temperature through a choked hole (an
exponential), Fauske's flux, Darcy's law with Swamee and Jain's factor found by iteration.
"""

from typing import Any

import pytest

from models.hazard.verification import run_case

_TANK = {"D_m": 3, "h0_m": 4, "d_mm": 50, "Cd": 0.61}
_FLASHING = {
    "T_C": 25, "rho_l_kg_m3": 1393, "rho_v_kg_m3": 25, "Hvap_kJ_kg": 248, "cp_J_kgK": 960,
}  # fmt: skip
_VESSEL = {"P_kPa": 1000, "T_K": 298, "V_m3": 10, "d_m": 0.02, "MW": 0.0441, "k": 1.15, "Cd": 0.62}
_POOL = {"u10_m_s": 3, "D_m": 10, "T_K": 298.15, "Pv_Pa": 12700, "MW": 0.0781, "Sc": 0.8}


def _case(
    model: str, inputs: dict[str, Any], expected: dict[str, Any], rel: float = 1e-4
) -> dict[str, Any]:
    return {
        "name": model,
        "model": model,
        "inputs": inputs,
        "expected": expected,
        "tolerance": {"rel": rel},
    }


CASES = [
    _case(
        "draining tank, open vertical",
        {**_TANK, "rho_kg_m3": 1000},
        {
            "h_m_at_t_s": {"600": 3.150181},
            "m_kg_s_at_t_s": {"0": 10.60877, "600": 9.41462},
            "m_kg_s": 10.60877,
            "t_empty_min": 5330.3696 / 60,
            "released_t": 28.27433,
        },
    ),
    _case(
        "draining of a vertical tank",
        {"A_tank_m2": 7.0685835, "h_m": 5, "d_m": 0.05, "Cd": 0.61, "hole_height_m": 1, "t_s": 600},
        {"h_m": 4.150181, "t_empty_s": 5330.3696},
    ),
    _case(
        "draining tank, spherical",
        {"shape": "sphere", "D_m": 10, "h0_m": 8, "d_m": 0.1, "Cd": 0.61},
        {"t_empty_s": 11614.5366},
    ),
    _case(
        "draining tank, pad pressure held",
        {**_TANK, "rho_kg_m3": 1000, "P_Pa": 201325},
        {"t_empty_s": 1531.44877},
    ),
    _case(
        "gas blowdown, isothermal",
        _VESSEL,
        {"m_kg_s": 0.524796, "m_kg_s_at_t_s": {"60": 0.439703}, "released_kg": 159.772},
        rel=1e-3,
    ),
    _case(
        "two-phase discharge, Fauske equilibrium",
        {**_FLASHING, "path_m": 0.15, "d_mm": 50},
        {"G_kg_m2_s": 11800.589, "m_kg_s": 23.1704},
    ),
    _case(
        "two-phase discharge",
        {
            **{k: v for k, v in _FLASHING.items() if k != "rho_v_kg_m3"},
            "v_fg_m3_kg": 0.0392821249, "path_m": 0.1, "P_bar": 9.0, "Psat_bar": 7.8, "Cd": 0.61,
        },
        {"G_kg_m2s": 16237.437},
    ),
    _case(
        "liquid pipe flow, Darcy",
        {
            "P_Pa": 5e5, "D_m": 0.1, "L_m": 100, "rho_kg_m3": 800, "mu_cP": 0.5, "K": 0.5,
            "eps_mm": 0.046,
        },
        {"u_m_s": 7.35157, "m_kg_s": 46.19128},
    ),
    _case(
        "gas pipe, isothermal flow",
        {"P_Pa": 1e6, "T_K": 288, "D_m": 0.1, "L_m": 1000, "MW": 0.016043, "f": 0.015},
        {"m_kg_s": 1.626685},
    ),
    _case("friction factor", {"Re": 1e5, "eps_over_D": 2e-4}, {"f": 0.0189948}),
    _case(
        "flash fraction",
        {"T_K": 298.15, "Tb_K": 239.2, "cp_kJ_kgK": 0.96, "Hvap_J_kg": 288e3},
        {"f": 0.1965, "airborne": 0.393},
    ),
    _case("airborne fraction of a flashed liquid", {"f": 0.7}, {"airborne": 1.0}),
    _case(
        "drop size (RELEASE)",
        {"dT_K": 60, "sigma_N_m": 0.018, "u_m_s": 20, "rho_a_kg_m3": 1.2},
        {"d_um": 120.0},
    ),
    _case(
        "cloud density of a flashed mixture",
        {"f_v": 0.2, "rho_g_kg_m3": 3.6, "rho_l_kg_m3": 1560},
        {"rho_c_kg_m3": 17.835366},
    ),
    _case(
        "pool evaporation, Mackay-Matsugu",
        {"u10_m_s": 3, "D_m": 10, "Sc": 0.8},
        {"h_m_m_s": 0.01019355},
    ),
    _case(
        "evaporating pool, Stefan correction",
        {**{k: v for k, v in _POOL.items() if k != "D_m"}, "r_m": 5},
        {"E_g_m2_s": 4.357797, "m_kg_s": 0.3422606, "h_m_m_s": 0.01019355},
    ),
    _case(
        "boiling pool on concrete",
        {
            "Tg_K": 288.15, "Tb_K": 111.7, "t_s": 60, "k_s_W_mK": 1.2, "a_m2_s": 5.7e-7,
            "Hvap_kJ_kg": 510,
        },
        {"q_kW_m2": 20.427486, "E_kg_m2_s": 0.0400539},
    ),
    _case(
        "pool of a spill, spread to its bund",
        {
            "liquid": "benzene", "mass_t": 1, "duration_min": 1, "Ta_C": 25, "u10_m_s": 3,
            "A_bund_m2": 50, "t_h": 24, "T_K": 298.15, "Tg_K": 298.15,
        },
        {"A_m2": 50.0, "evaporated_kg": 1000.0},
        rel=1e-3,
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_right_case_passes_and_a_wrong_one_fails(case: dict[str, Any]) -> None:
    result = run_case(case)
    assert result.verdict == "pass", result
    for key, value in case["expected"].items():
        wrong = (
            {at: each * 1.5 for at, each in value.items()}
            if isinstance(value, dict)
            else value * 1.5
        )
        assert run_case({**case, "expected": {key: wrong}}).verdict == "fail"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_missing_more_or_other_things_are_not_recognised(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    needed = [name for name in inputs if name not in _OPTIONAL]
    for name in needed:
        less = {key: value for key, value in inputs.items() if key != name}
        assert run_case({**case, "inputs": less}).verdict == "not recognised", name
        for wrong in ("much", True, -1e12):
            other = {**inputs, name: wrong}
            assert run_case({**case, "inputs": other}).verdict == "not recognised", (name, wrong)
    assert run_case({**case, "inputs": {**inputs, "moon": 1}}).verdict == "not recognised"
    assert run_case({**case, "expected": {"moon": 1.0}}).verdict == "not recognised"


_OPTIONAL = {
    "d_mm", "rho_kg_m3", "shape", "hole_height_m", "t_s", "P_Pa", "Sc", "path_m", "Hvap_kJ_kg",
    "A_bund_m2", "t_h", "T_K", "Tg_K", "d_m", "P_bar", "Psat_bar", "Cd",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("draining tank, open vertical", {"A_tank_m2": 7.0}),
        ("draining tank, open vertical", {"d_m": 0.05}),
        ("draining tank, open vertical", {"shape": "cone"}),
        ("draining tank, spherical", {"D_m": None, "A_tank_m2": 78.5}),
        ("draining tank, pad pressure held", {"rho_kg_m3": None}),
        ("two-phase discharge, Fauske equilibrium", {"path_m": 0.05}),
        ("two-phase discharge, Fauske equilibrium", {"path_m": None}),
        ("two-phase discharge, Fauske equilibrium", {"v_fg_m3_kg": 0.04}),
        ("two-phase discharge", {"Psat_bar": None}),
        ("two-phase discharge", {"Cd": None}),
        ("pool evaporation, Mackay-Matsugu", {"r_m": 5}),
        ("pool evaporation, Mackay-Matsugu", {"Sc": None}),
        ("evaporating pool, Stefan correction", {"liquid": "benzene"}),
        ("pool of a spill, spread to its bund", {"liquid": "phlogiston"}),
    ],
)
def test_that_what_contradicts_itself_is_not_recognised(name: str, changes: dict[str, Any]) -> None:
    [case] = [each for each in CASES if each["name"] == name]
    inputs = {k: v for k, v in {**case["inputs"], **changes}.items() if v is not None}
    assert run_case({**case, "inputs": inputs}).verdict == "not recognised"


def test_that_a_tank_of_another_shape_needs_it_said() -> None:
    sphere = next(case for case in CASES if "spherical" in case["name"])
    unsaid = {k: v for k, v in sphere["inputs"].items() if k != "shape"}
    assert run_case({**sphere, "inputs": unsaid}).verdict == "not recognised"


def test_that_a_rate_without_a_density_is_not_recognised() -> None:
    for expected in ({"m_kg_s": 10.6}, {"m_kg_s_at_t_s": {"0": 10.6}}):
        case = _case("draining tank", dict(_TANK), expected)
        assert run_case(case).verdict == "not recognised"


def test_that_a_level_without_a_time_is_not_recognised() -> None:
    case = _case("draining tank", dict(_TANK), {"h_m": 4.0})
    assert run_case(case).verdict == "not recognised"


def test_that_a_lying_tank_drains_as_far_as_its_length_makes_it() -> None:
    # At half full the volume is pi D² L/8.
    lying = {"shape": "horizontal", "D_m": 2, "L_m": 6, "h_m": 1, "d_m": 0.05, "Cd": 0.61}
    case = _case("draining tank", {**lying, "rho_kg_m3": 1000}, {"released_kg": 9424.778})
    assert run_case(case).verdict == "pass"
    unsaid = {k: v for k, v in lying.items() if k != "L_m"}
    assert run_case({**case, "inputs": unsaid}).verdict == "not recognised"


def test_that_a_pool_of_a_liquid_on_record_takes_its_vapour_pressure() -> None:
    wet = {"u10_m_s": 3, "A_m2": 78.539816, "T_K": 298.15, "liquid": "benzene"}
    assert run_case(_case("pool evaporation", wet, {"m_kg_s": 0.29}, rel=0.3)).verdict == "pass"


def test_that_a_blowdown_says_whether_it_is_adiabatic() -> None:
    adiabatic = _case("gas blowdown, adiabatic", dict(_VESSEL), {"released_kg": 153.0}, rel=0.01)
    assert run_case(adiabatic).verdict == "pass"
    assert run_case({**adiabatic, "model": "gas blowdown"}).verdict == "not recognised"


def test_that_a_boiling_pool_without_its_heat_of_vaporisation_answers_the_heat_alone() -> None:
    boiling = next(case for case in CASES if case["model"].startswith("boiling"))
    inputs = {k: v for k, v in boiling["inputs"].items() if k != "Hvap_kJ_kg"}
    heat = {**boiling, "inputs": inputs, "expected": {"q_W_m2": 20427.486}}
    assert run_case(heat).verdict == "pass"
    rate = {**heat, "expected": {"E_kg_m2_s": 0.0400539}}
    assert run_case(rate).verdict == "not recognised"
