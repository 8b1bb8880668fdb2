"""Cases of clouds that are heavier than air."""

import re
from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.constants import ATMOSPHERE_PA, GAS_J_MOL_K
from models.hazard.dense.britter_mcquaid import DensePlume, DensePuff

_AIR_KG_MOL = 0.02897
_AT = re.compile(r"x=(\d+(?:\.\d+)?),\s*t=(\d+(?:\.\d+)?)")


def _air(ambient_k: float) -> float:
    return ATMOSPHERE_PA * _AIR_KG_MOL / (GAS_J_MOL_K * ambient_k)


def _workbook_plume(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    plume = DensePlume(
        volume_m3_s=inputs["Q_m3_s"],
        density_kg_m3=inputs["rho_gas"],
        wind_10_m_s=inputs["u10_m_s"],
        air_kg_m3=inputs.get("rho_air", _air(inputs["Ta_K"])),
        release_k=inputs["T_release_K"],
        ambient_k=inputs["Ta_K"],
    )
    return {
        f"vol_frac_at_x_m[{at}]": inputs["c0"] * float(plume.axis(float(at)))
        for at in expected["vol_frac_at_x_m"]
    }


def _workbook_puff(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    ambient = inputs["Ta_K"]
    puff = DensePuff(
        volume_m3=inputs["V0_m3"],
        density_kg_m3=inputs["rho0"],
        wind_10_m_s=inputs["u10_m_s"],
        air_kg_m3=inputs.get("rho_air", _air(ambient)),
        release_k=ambient,
        ambient_k=ambient,
    )
    [[key, places]] = expected.items()
    result: Quantities = {}
    for place in places:
        found = _AT.fullmatch(place)
        if found is None:
            raise ValueError(f"{place!r} is no place and time")
        x, t = (float(group) for group in found.groups())
        share = float(puff.share(x, 0.0, 0.0, t))
        result[f"{key}[{place}]"] = inputs["c0_pure_NH3_fraction"] * share
    return result


FORMS = (
    CaseForm(
        words=("Britter-McQuaid", "continuous"),
        inputs=frozenset(("Q_m3_s", "rho_gas", "T_release_K", "Ta_K", "u10_m_s", "c0")),
        optional=frozenset(("rho_air",)),
        compute=_workbook_plume,
    ),
    CaseForm(
        words=("Britter-McQuaid", "instantaneous"),
        inputs=frozenset(("V0_m3", "rho0", "u10_m_s", "Ta_K", "c0_pure_NH3_fraction")),
        optional=frozenset(("rho_air",)),
        compute=_workbook_puff,
    ),
)
