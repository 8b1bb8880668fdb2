"""Cases of plumes with a rise or an initial size, and of Prairie Grass."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.hazard.cases.forms import CaseForm, Pair, Quantities, close
from models.hazard.plume import plume_concentration
from models.hazard.stack import Stack, stack_concentration
from models.hazard.volume import volume_concentration, volume_sigmas

_SHARE = 0.6  # of Prairie Grass's arcs within the factor


def _stack(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    stack = Stack(
        height_m=inputs["hs_m"],
        diameter_m=inputs["ds_m"],
        exit_m_s=inputs["vs_m_s"],
        exit_k=inputs["Ts_K"],
        ambient_k=inputs["Ta_K"],
        wind_m_s=inputs["u10_m_s"] * (inputs["hs_m"] / 10.0) ** inputs["wind_exponent"],
        stability=inputs["stability"],
        gradient_k_m=inputs["dtheta_dz_K_m"],
    )
    result: Quantities = {}
    for at in expected["conc_ug_m3_at_x_m"]:
        concentration = stack_concentration(
            float(at),
            0.0,
            0.0,
            release_kg_s=inputs["Q_g_s"] / 1e3,
            stack=stack,
            scheme=f"isc3_{inputs['terrain']}",
            mixing_height_m=inputs["mixing_height_m"],
        )
        result[f"conc_ug_m3_at_x_m[{at}]"] = float(concentration) * 1e9
    return result


def _volume(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    if inputs.get("receptor", "ground") != "ground":
        raise ValueError("a receptor above the ground is another case")
    result: Quantities = {}
    size: dict[str, Any] = {
        "sigma_y0_m": inputs["sigma_y0_m"],
        "sigma_z0_m": inputs["sigma_z0_m"],
        "stability": inputs["stability"],
        "scheme": f"isc3_{inputs['terrain']}",
    }
    for at in expected.get("conc_ug_m3_at_x_m", ()):
        concentration = volume_concentration(
            float(at),
            inputs.get("y_m", 0.0),
            inputs.get("z_m", 0.0),
            release_kg_s=inputs["Q_g_s"] / 1e3,
            wind_m_s=inputs["u_m_s"],
            height_m=inputs["h_m"],
            mixing_height_m=inputs.get("mixing_height_m", 10_000.0),
            **size,
        )
        result[f"conc_ug_m3_at_x_m[{at}]"] = float(concentration) * 1e9
    for axis, key in enumerate(("sigma_y_m", "sigma_z_m")):
        for at in expected.get(key, ()):
            result[f"{key}[{at}]"] = float(volume_sigmas(float(at), **size)[axis])
    return result


def _arcs(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    """ISC3's rural plume with the wind at 2 m; averaged over 10 min as the curves are."""
    result: Quantities = {}
    for at in expected["cmax_kg_m3_at_x_m"]:
        concentration = plume_concentration(
            float(at),
            0.0,
            inputs["z_m"],
            release_kg_s=inputs["Q_g_s"] / 1e3,
            wind_m_s=inputs["u2m_m_s"],
            height_m=inputs["h_m"],
            stability=inputs["stability"],
        )
        result[f"cmax_kg_m3_at_x_m[{at}]"] = float(concentration)
    return result


def _most_arcs(pairs: Sequence[Pair]) -> bool:
    near = [
        close(wanted[key], computed[key], "factor", 2.0)
        for wanted, computed in pairs
        for key in wanted
    ]
    return sum(near) >= _SHARE * len(near)


FORMS = (
    CaseForm(
        words=("final plume rise",),
        inputs=frozenset(
            (
                "Q_g_s",
                "hs_m",
                "Ts_K",
                "vs_m_s",
                "ds_m",
                "Ta_K",
                "u10_m_s",
                "wind_exponent",
                "dtheta_dz_K_m",
                "stability",
                "terrain",
                "mixing_height_m",
            )
        ),
        compute=_stack,
    ),
    CaseForm(
        words=("volume source",),
        inputs=frozenset(
            ("Q_g_s", "h_m", "sigma_y0_m", "sigma_z0_m", "stability", "u_m_s", "terrain")
        ),
        optional=frozenset(("receptor", "y_m", "z_m", "mixing_height_m")),
        compute=_volume,
    ),
    CaseForm(
        words=("passive plume", "arc maxima"),
        inputs=frozenset(("Q_g_s", "h_m", "u2m_m_s", "z0_m", "stability", "z_m", "averaging_s")),
        compute=_arcs,
        judge_all=_most_arcs,
    ),
)
