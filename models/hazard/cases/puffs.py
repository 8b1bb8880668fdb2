"""Cases of the Gaussian puff."""

import re
from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.puff import puff_concentration
from models.hazard.sigmas import sigma_y, sigma_z

_CLASS = re.compile(r"class ([A-F])\b")


def _puff(case: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    """Take the stability class from the description, or from the inputs."""
    inputs = case["inputs"]
    named = _CLASS.search(case["model"])
    stability = inputs.get("stability") or (named.group(1) if named else "")
    way = inputs["u_m_s"] * inputs["t_s"]
    concentration = puff_concentration(
        inputs["x_m"],
        inputs.get("y_m", 0.0),
        inputs["z_m"],
        inputs["t_s"],
        mass_kg=inputs["mass_kg"],
        wind_m_s=inputs["u_m_s"],
        height_m=inputs["h_m"],
        stability=stability,
    )
    found: Quantities = {
        "sigma_y_m": float(sigma_y(way, stability, "ccps_puff")),
        "sigma_z_m": float(sigma_z(way, stability, "ccps_puff")),
        "conc_kg_m3": float(concentration),
    }
    return {key: value for key, value in found.items() if key in expected}


FORMS = (
    CaseForm(
        words=("Gaussian puff", "CCPS puff"),
        inputs=frozenset(("mass_kg", "u_m_s", "x_m", "t_s", "h_m", "z_m")),
        optional=frozenset(("y_m", "stability")),
        modelled=_puff,
    ),
)
