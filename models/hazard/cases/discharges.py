"""Cases of discharge through a hole."""

import re
from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.constants import ATMOSPHERE_PA
from models.hazard.source.discharge import gas_discharge, liquid_discharge

_PSI_PA = 6894.757293168
_INCH_M = 0.0254
_FOOT_M = 0.3048
_N = r"(\d+(?:\.\d+)?)"
_DIPPR = re.compile(rf"DIPPR: {_N}\*{_N}/{_N}\^\(1\+\(1-T/{_N}\)\^{_N}\)")


def _liquid(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    leak = liquid_discharge(
        density_kg_m3=inputs["rho_kg_m3"],
        hole_diameter_m=inputs["d_m"],
        pressure_pa=inputs["P1_Pa"],
        ambient_pa=inputs["P2_Pa"],
        head_m=inputs.get("h_m", 0.0),
        discharge_coefficient=inputs["Cd"],
    )
    both: Quantities = {"m_kg_s": leak.rate_kg_s, "u_m_s": leak.velocity_m_s}
    return {key: value for key, value in both.items() if key in expected}


def _gas(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    leak = gas_discharge(
        pressure_pa=inputs["P_Pa"],
        temperature_k=inputs["T_K"],
        hole_diameter_m=inputs["d_m"],
        molar_mass_kg_mol=inputs["MW"],
        heat_capacity_ratio=inputs["k"],
        discharge_coefficient=inputs["Cd"],
        ambient_pa=inputs.get("Pa_Pa", ATMOSPHERE_PA),
    )
    return {"m_kg_s": leak.rate_kg_s}


def _sphere(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    leak = liquid_discharge(
        density_kg_m3=_density(inputs["rho_kg_m3"], inputs["T_K"]),
        hole_diameter_m=inputs["d_in"] * _INCH_M,
        pressure_pa=inputs["P_gauge_psi"] * _PSI_PA + ATMOSPHERE_PA,
        head_m=inputs["liquid_head_ft"] * _FOOT_M,
        discharge_coefficient=inputs["Cd"],
    )
    return {"m_kg_s": leak.rate_kg_s}


def _density(density: float | str, temperature_k: float) -> float:
    """Return a density [kg/m³], given or by DIPPR's equation 105 as the case writes it."""
    if not isinstance(density, str):
        return density
    found = _DIPPR.fullmatch(density)
    if found is None:
        raise ValueError("a density of another form")
    molar_mass, a, b, critical_k, n = (float(group) for group in found.groups())
    return molar_mass * a / float(b ** (1 + (1 - temperature_k / critical_k) ** n))


FORMS = (
    CaseForm(
        words=("liquid discharge", "Bernoulli"),
        inputs=frozenset(("rho_kg_m3", "Cd", "d_m", "P1_Pa", "P2_Pa")),
        optional=frozenset(("h_m",)),
        compute=_liquid,
    ),
    CaseForm(
        words=("gas discharge", "ideal gas"),
        inputs=frozenset(("k", "MW", "P_Pa", "T_K", "d_m", "Cd")),
        optional=frozenset(("gas", "Pa_Pa")),
        compute=_gas,
    ),
    CaseForm(
        words=("liquid discharge", "pressurised sphere"),
        inputs=frozenset(("Cd", "d_in", "P_gauge_psi", "T_K", "liquid_head_ft", "rho_kg_m3")),
        compute=_sphere,
    ),
)
