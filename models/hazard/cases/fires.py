"""Cases of fire: pool, jet, fireball, view factors, transmissivity."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities, close, within
from models.hazard.constants import ATMOSPHERE_PA
from models.hazard.fire.fireball import fireball
from models.hazard.fire.jet_fire import jet_fire_flux
from models.hazard.fire.jet_flame import HYDROGEN, METHANE, JetFlame, jet_flame
from models.hazard.fire.pool_fire import PoolFire, pool_fire
from models.hazard.fire.radiation import transmissivity
from models.hazard.fire.view_factors import upright_cylinder_view_factor

_N = r"(-?\d+(?:\.\d+)?)"
_NOZZLE = re.compile(rf"d {_N} mm, {_N} barg, {_N} K")
_PLACE = re.compile(rf"(\w+) at \({_N},{_N},{_N}\)")
_HUMIDITY = re.compile(rf"RH {_N} %")
_RANGE = re.compile(rf"range \+-{_N} %")
_FLUX = "flux_kW_m2_at_(x,y,z_rel_to_release)"


def _humidity(model: str) -> float:
    found = _HUMIDITY.search(model)
    if found is None:
        raise ValueError("the humidity isn't given")
    return float(found.group(1)) / 100


def _transmissivity(case: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    humidity, paths = _humidity(case["model"]), case["inputs"]["path_m"]
    result: Quantities = {}
    for key in expected:
        through = transmissivity(
            paths, temperature_k=float(key.removesuffix("K")), relative_humidity=humidity
        )
        result |= {f"{key}[{i}]": float(value) for i, value in enumerate(through)}
    return result


def _view(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    seen = upright_cylinder_view_factor(inputs["H_over_R"], inputs["dist_centre_over_R"])
    return _wanted(
        expected,
        {
            "F_vertical": float(seen.vertical),
            "F_horizontal": float(seen.horizontal),
            "F_max": float(seen.maximum),
        },
    )


def _wanted(expected: Mapping[str, Any], known: Quantities) -> Quantities:
    """Answer what is expected; what isn't known makes another form."""
    return {key: known[key] for key in expected}


def _fireball(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    ball = fireball(inputs["mass_kg"])
    known: Quantities = {
        "D_m": ball.diameter_m,
        "t_s": ball.duration_s,
        "H_075D_m": ball.centre_height_m,
    }
    return _wanted(expected, known)


def _lng_pool(inputs: Mapping[str, Any]) -> PoolFire:
    return pool_fire(
        inputs["D_m"],
        burn_kg_m2_s=inputs["burn_kg_m2_s"],
        wind_m_s=inputs.get("wind_m_s", 0.0),
        heat_j_kg=inputs.get("dHc_J_kg", METHANE.heat_j_kg),
        clean=True,
    )


def _pool(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    fire = _lng_pool(inputs)
    power = fire.emissive_power_w_m2 / 1e3
    both: dict[str, Quantities] = {
        "SEP_kW_m2": {"SEP_kW_m2": power},
        "SEP_kW_m2_range": {"SEP_kW_m2_range[0]": power, "SEP_kW_m2_range[1]": power},
        "length_m": {"length_m": fire.length_m},
    }
    result: Quantities = {}
    for key in expected:
        result |= both[key]
    return result


def _in_range(
    wanted: Quantities, computed: Quantities, tolerance: Mapping[str, Any]
) -> bool | None:
    """Judge 'range +-25 %': the value lies in the range, widened on both sides."""
    if "within" not in tolerance:
        return None if "SEP_kW_m2_range[0]" in wanted else within(wanted, computed, tolerance)
    if set(wanted) != {"SEP_kW_m2_range[0]", "SEP_kW_m2_range[1]"}:
        return None
    found = _RANGE.fullmatch(str(tolerance.get("within")))
    if found is None or set(tolerance) != {"within"}:
        return None
    low, high = float(wanted["SEP_kW_m2_range[0]"]), float(wanted["SEP_kW_m2_range[1]"])
    share, value = float(found.group(1)) / 100, float(computed["SEP_kW_m2_range[0]"])
    return low * (1 - share) <= value <= high * (1 + share)


def _along(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    if inputs["wind_dir"] != "along release (+x)":
        raise ValueError("a wind across the jet is another case")
    flame = jet_flame(
        replace(METHANE, heat_j_kg=inputs["dHc_J_kg"]),
        pressure_pa=inputs["P0_Pa"],
        temperature_k=inputs["T0_K"],
        hole_diameter_m=inputs["d_m"],
        burn_kg_s=inputs["m_kg_s"],
        radiant_fraction=inputs["radiant_fraction"],
        air_k=inputs["Ta_K"],
    )
    result: Quantities = {}
    for at in expected[_FLUX]:
        flux = jet_fire_flux(
            flame,
            *(float(part) for part in at.split(",")),
            temperature_k=inputs["Ta_K"],
            relative_humidity=inputs["RH"],
        )
        result[f"{_FLUX}[{at}]"] = float(flux) / 1e3
    return result


def _most(wanted: Quantities, computed: Quantities, tolerance: Mapping[str, Any]) -> bool | None:
    """Judge a factor that a share of the values must meet."""
    if set(tolerance) != {"factor", "min_fraction"}:
        return None
    factor, share = float(tolerance["factor"]), float(tolerance["min_fraction"])
    good = [close(wanted[key], computed[key], "factor", factor) for key in wanted]
    return sum(good) >= share * len(good)


def _flames(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    flames = {name: _nozzle(inputs[name]) for name in inputs if name.startswith("flame")}
    result: Quantities = {}
    for name in expected.get("length_m", {}):
        result[f"length_m[{name}]"] = flames[name].length_m
    for key in expected.get("flux_kW_m2", {}):
        place = _PLACE.fullmatch(key)
        if place is None:
            raise ValueError("a place of another form")
        x, up, beside = (float(place.group(i)) for i in (2, 3, 4))
        flux = jet_fire_flux(
            flames[place.group(1)],
            x,
            beside,
            up - inputs["release_height_m"],
            relative_humidity=inputs["RH"],
        )
        result[f"flux_kW_m2[{key}]"] = float(flux) / 1e3
    return result


def _nozzle(text: str) -> JetFlame:
    found = _NOZZLE.fullmatch(text)
    if found is None:
        raise ValueError("a nozzle of another form")
    diameter, gauge, temperature = (float(group) for group in found.groups())
    return jet_flame(
        HYDROGEN,
        pressure_pa=gauge * 1e5 + ATMOSPHERE_PA,
        temperature_k=temperature,
        hole_diameter_m=diameter / 1e3,
    )


def _length_and_flux(
    wanted: Quantities, computed: Quantities, tolerance: Mapping[str, Any]
) -> bool | None:
    """Judge lengths by 'length_rel' and fluxes by 'flux_factor'."""
    if set(tolerance) != {"length_rel", "flux_factor"}:
        return None
    return all(
        close(
            wanted[key],
            computed[key],
            *(
                ("rel", float(tolerance["length_rel"]))
                if key.startswith("length")
                else ("factor", float(tolerance["flux_factor"]))
            ),
        )
        for key in wanted
    )


FORMS = (
    CaseForm(
        words=("atmospheric transmissivity", "RH"),
        inputs=frozenset(("path_m",)),
        modelled=_transmissivity,
    ),
    CaseForm(
        words=("upright cylinder",),
        inputs=frozenset(("H_over_R", "dist_centre_over_R")),
        compute=_view,
    ),
    CaseForm(words=("fireball",), inputs=frozenset(("mass_kg",)), compute=_fireball),
    CaseForm(
        words=("LNG pool fire",),
        inputs=frozenset(("D_m", "burn_kg_m2_s")),
        optional=frozenset(("wind_m_s", "dHc_J_kg")),
        compute=_pool,
        judge=_in_range,
    ),
    CaseForm(
        words=("natural-gas jet fire", "maximum flux"),
        inputs=frozenset(
            (
                "m_kg_s",
                "d_m",
                "P0_Pa",
                "T0_K",
                "dHc_J_kg",
                "radiant_fraction",
                "wind_m_s",
                "wind_dir",
                "Ta_K",
                "RH",
            )
        ),
        compute=_along,
        judge=_most,
    ),
    CaseForm(
        words=("hydrogen jet flames",),
        inputs=frozenset(("flame1", "release_height_m", "RH")),
        optional=frozenset(("flame2", "flame3", "flame4")),
        compute=_flames,
        judge=_length_and_flux,
    ),
)
