"""Cases of the steady Gaussian plume."""

from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.plume import plume_concentration
from models.hazard.sigmas import sigma_y, sigma_z


def _isc3(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    if inputs["plume_rise"] != "none":
        raise ValueError("plume rise is another case")
    result: Quantities = {}
    for at in expected["conc_ug_m3_at_x_m"]:
        concentration = plume_concentration(
            float(at),
            inputs["y_m"],
            inputs["z_m"],
            release_kg_s=inputs["Q_g_s"] / 1e3,
            wind_m_s=inputs["u_at_release_m_s"],
            height_m=inputs["h_m"],
            stability=inputs["stability"],
            scheme=f"isc3_{inputs['terrain']}",
            mixing_height_m=inputs["mixing_height_m"],
        )
        result[f"conc_ug_m3_at_x_m[{at}]"] = float(concentration) * 1e9
    return result


def _briggs(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    x, stability = inputs["x_m"], inputs["stability"]
    concentration = plume_concentration(
        x,
        0.0,
        0.0,
        release_kg_s=inputs["Q_kg_s"],
        wind_m_s=inputs["u_m_s"],
        height_m=inputs["h_m"],
        stability=stability,
        scheme="briggs_rural",
    )
    return {
        "sigma_y_m": float(sigma_y(x, stability, "briggs_rural")),
        "sigma_z_m": float(sigma_z(x, stability, "briggs_rural")),
        "conc_kg_m3": float(concentration),
    }


_ISC3_INPUTS = frozenset(
    (
        "Q_g_s",
        "h_m",
        "u_at_release_m_s",
        "stability",
        "terrain",
        "y_m",
        "z_m",
        "mixing_height_m",
        "plume_rise",
    )
)
FORMS = (
    CaseForm(words=("Gaussian plume", "ISC3"), inputs=_ISC3_INPUTS, compute=_isc3),
    CaseForm(
        words=("Gaussian plume", "Briggs rural"),
        inputs=frozenset(("Q_kg_s", "u_m_s", "stability", "x_m", "h_m")),
        compute=_briggs,
    ),
)
