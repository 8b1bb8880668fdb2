"""Cases that the dense layer model runs: listings of other programs and field trials."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from models.hazard.cases.forms import CaseForm, Pair, Quantities
from models.hazard.comparison import compare
from models.hazard.constants import ATMOSPHERE_PA
from models.hazard.dense.air import Air
from models.hazard.dense.cloud import DenseCloud, dense_cloud
from models.hazard.dense.gas import Gas, gas_of
from models.hazard.dense.mixing import Mixing
from models.hazard.dense.source import Jet, Pool, flashing_jet
from models.hazard.substances import find_substance

_RELEASE = re.compile(r"(\w+) vapour (\d+(?:\.\d+)?) K")
_NAMED = re.compile(r".*\((\w+)\)")
_LONG_S = 36_000.0
_BEYOND = 1.3  # a run goes this much farther than the farthest distance asked
_FIELD_HEIGHT_M = 1.0


def _gas(text: str) -> Gas:
    named = _NAMED.fullmatch(text)
    substance = find_substance(named.group(1) if named else text)
    gas = gas_of(substance.cas) if substance else None
    if gas is None:
        raise ValueError(f"{text!r} is not in the table of dense gases")
    return gas


def _farthest(distances: Sequence[str]) -> float:
    return _BEYOND * max(float(at) for at in distances) + 100.0


def _pool_vapour(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    """Run a steady pool, as DEGADIS's listings describe one."""
    found = _RELEASE.fullmatch(inputs["release"])
    if found is None:
        raise ValueError("a release of another form")
    gas = _gas(found.group(1))
    pressure = inputs["P_atm"] * ATMOSPHERE_PA
    mixing = Mixing(gas, inputs["Ta_K"], inputs["RH"] / 100.0, pressure)
    air = Air(
        wind_m_s=inputs["u_m_s"],
        height_m=inputs["u_height_m"],
        roughness_m=inputs["z0_m"],
        inverse_length_1_m=1.0 / inputs["L_m"],
        temperature_k=inputs["Ta_K"],
        humidity=inputs["RH"] / 100.0,
        pressure_pa=pressure,
        ground_k=inputs["T_surface_K"],
    )
    area = math.pi * inputs["pool_radius_m"] ** 2
    distances = expected["centreline_mole_fraction_ground_at_x_m"]
    cloud = dense_cloud(
        Pool(inputs["Q_kg_s"], area, float(found.group(2))),
        air,
        mixing,
        duration_s=_LONG_S,
        averaging_s=inputs["averaging_s"],
        farthest_m=_farthest(distances),
    )
    result = _at(cloud, "centreline_mole_fraction_ground_at_x_m", distances)
    if "distance_to_5pct_m" in expected:
        result["distance_to_5pct_m"] = cloud.reach(0.05)
    if "mass_between_5_and_15pct_kg" in expected:
        above = (cloud.mass_above(limit, gas, pressure) for limit in (0.05, 0.15))
        result["mass_between_5_and_15pct_kg"] = next(above) - next(above)
    return result


def _short_pool(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    """Run a pool that lasts a while, as SLAB's inputs describe one."""
    gas = replace(
        _gas(inputs["gas"]), molar_kg_mol=inputs["MW"], vapour_j_kg_k=float(inputs["cp_J_kgK"])
    )
    mixing = Mixing(gas, inputs["Ta_K"], inputs["RH"] / 100.0)
    air = Air(
        wind_m_s=inputs["u_m_s"],
        height_m=inputs["u_height_m"],
        roughness_m=inputs["z0_m"],
        inverse_length_1_m=inputs["inv_L_1_m"],
        temperature_k=inputs["Ta_K"],
        humidity=inputs["RH"] / 100.0,
    )
    distances = [at for each in expected.values() for at in each]
    cloud = dense_cloud(
        Pool(inputs["Q_kg_s"], inputs["pool_area_m2"], inputs["T_K"]),
        air,
        mixing,
        duration_s=inputs["duration_s"],
        averaging_s=inputs["averaging_s"],
        farthest_m=_farthest(distances),
    )
    result: Quantities = {}
    for key, distances in expected.items():
        if key == "centreline_volume_fraction_z0_at_x_m":
            result |= _at(cloud, key, distances)
        elif key == "half_width_bbc_m_at_x_m":
            result |= {f"{key}[{at}]": cloud.half_width(float(at)) for at in distances}
        else:
            result |= {f"{key}[{at}]": cloud.time_of_peak(float(at)) for at in distances}
    return result


def _trial(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    cloud = trial_cloud(inputs, [*expected["observed_ppm_at_x_m"]])
    return {
        f"observed_ppm_at_x_m[{at}]": float(cloud.peak(float(at), 0.0, _FIELD_HEIGHT_M)) * 1e6
        for at in expected["observed_ppm_at_x_m"]
    }


def trial_cloud(inputs: Mapping[str, Any], distances: Sequence[str]) -> DenseCloud:
    """Return the cloud of a field trial as EPA-450/4-90-018 describes its inputs.

    Raises
    ------
    KeyError, ValueError, HazardInputError
        When the inputs are of another form or make no sense.
    """
    gas = _gas(inputs["gas"])
    pressure, humidity = inputs["P_atm"] * ATMOSPHERE_PA, inputs["RH"] / 100.0
    mixing = Mixing(gas, inputs["Ta_K"], humidity, pressure)
    air = Air(
        wind_m_s=inputs["u2m"],
        height_m=2.0,
        roughness_m=inputs["z0"],
        inverse_length_1_m=1.0 / inputs["L_m"],
        temperature_k=inputs["Ta_K"],
        humidity=humidity,
        pressure_pa=pressure,
    )
    source: Pool | Jet
    if "orifice_area_m2" in inputs:
        source = flashing_jet(
            gas,
            mixing,
            rate_kg_s=inputs["Q_kg_s"],
            orifice_m2=inputs["orifice_area_m2"],
            storage_k=inputs["T_storage_K"],
            liquid=inputs["liq_frac"],
            height_m=inputs["h_m"],
        )
    else:
        source = Pool(inputs["Q_kg_s"], inputs["pool_area_m2_SLAB"], inputs["T_storage_K"])
    return dense_cloud(
        source,
        air,
        mixing,
        duration_s=inputs["dur_s"],
        averaging_s=inputs["avg_s"],
        farthest_m=_farthest(distances),
    )


def _at(cloud: DenseCloud, key: str, distances: Sequence[str]) -> Quantities:
    return {f"{key}[{at}]": float(cloud.peak(float(at))) for at in distances}


def _all_trials(pairs: Sequence[Pair]) -> bool:
    """Judge FAC2 ≥ 0.5, FAC5 ≥ 0.9, MG 0.6…1.6 and VG < 3 over all points."""
    observed = [float(wanted[key]) for wanted, _ in pairs for key in wanted]
    predicted = [float(computed[key]) for wanted, computed in pairs for key in wanted]
    found = compare(observed, predicted)
    good = found.fac2 >= 0.5 and found.fac5 >= 0.9
    return good and 0.6 <= found.mg <= 1.6 and found.vg < 3.0


_WEATHER = frozenset(("u_m_s", "u_height_m", "z0_m", "Ta_K", "RH", "averaging_s"))
_TRIAL = frozenset(
    (
        "gas",
        "Q_kg_s",
        "u2m",
        "Ta_K",
        "RH",
        "z0",
        "stab",
        "L_m",
        "h_m",
        "dur_s",
        "avg_s",
        "P_atm",
        "T_storage_K",
    )
)
_JET = frozenset(("orifice_area_m2", "liq_frac"))
_POOL = frozenset(("pool_area_m2_SLAB", "pool_radius_m_DEGADIS"))
_OTHERS = frozenset(("SLAB_ppm", "DEGADIS_ppm"))
FORMS = (
    CaseForm(
        words=("dense-gas plume", "pool"),
        inputs=_WEATHER
        | {"release", "Q_kg_s", "pool_radius_m", "stability", "L_m", "P_atm", "T_surface_K"},
        compute=_pool_vapour,
    ),
    CaseForm(
        words=("dense-gas", "pool"),
        inputs=_WEATHER
        | {"gas", "MW", "Q_kg_s", "pool_area_m2", "duration_s", "T_K", "cp_J_kgK", "inv_L_1_m"},
        compute=_short_pool,
    ),
    CaseForm(
        words=("field trial", "1 m height"),
        inputs=_TRIAL,
        optional=_JET | _POOL,
        references=_OTHERS,
        compute=_trial,
        judge_all=_all_trials,
    ),
)
