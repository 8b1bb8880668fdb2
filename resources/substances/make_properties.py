"""Make `properties.toml` from the packages chemicals and thermo.

Run from a checkout: `python resources/substances/make_properties.py`. The program itself never
imports thermo: it reads the table. Each number stands with the method or data set that gave it.
"""

import math
import tomllib
import warnings
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_WARM_K = 298.15
_HOT_SOLID_K = 560.0
_WATER_J_MOL = 44_010.0
_MOST_MISS = 0.3  # of ln P at the boiling point
_ESTIMATES = ("JOBACK", "WILSON_JASPERSON", "MERSMANN_KIND_TC")

# What the packages hold under these numbers is another substance or nothing of use.
_SKIPPED = {"7803-52-3", "75-20-7", "9004-70-0", "1338-23-4", "12185-10-3", "13424-46-9"}
# Mixtures stand by their main component.
_INSTEAD = {"26471-62-5": "584-84-9", "68476-85-7": "74-98-6", "52583-42-3": "7697-37-2"}
# Recalled, to be checked: what no data set here gives.
_RECALLED: dict[str, dict[str, float]] = {
    "7803-52-3": {"molar_mass_g_mol": 124.78, "boiling_k": 256.0},
    "75-20-7": {"molar_mass_g_mol": 64.10},
    "12185-10-3": {"molar_mass_g_mol": 123.90, "boiling_k": 553.7, "density_kg_m3": 1820.0},
    "1338-23-4": {"molar_mass_g_mol": 210.2, "density_kg_m3": 1150.0},
    "13424-46-9": {"molar_mass_g_mol": 291.2, "density_kg_m3": 4700.0},
    "86290-81-5": {
        "molar_mass_g_mol": 95.0,
        "boiling_k": 333.0,
        "density_kg_m3": 740.0,
        "heat_j_kg": 43.5e6,
        "lel_vol": 0.014,
        "uel_vol": 0.076,
        "heat_capacity_j_kg_k": 2100.0,
        "vaporisation_j_kg": 350e3,
        "heat_capacity_ratio": 1.06,
    },
    "7784-42-1": {"heat_j_kg": 12.4e6},
    "107-02-8": {"heat_j_kg": 27.5e6},
    "97-93-8": {"density_kg_m3": 835.0},
    "19624-22-7": {"density_kg_m3": 618.0},
}
# Correlations that estimate from other properties instead of measurements.
_GUESSES = {
    "MMSNM0", "MMSNM0FIT", "HTCOSTALD", "YEN_WOODS_SAT", "RACKETT", "YAMADA_GUNN", "BHIRUD_NORMAL",
    "TOWNSEND_HALES", "CAMPBELL_THODOS", "RACKETTFIT", "LETSOU_STIEL", "PRZEDZIECKI_SRIDHAR",
    "MORGAN_KOBAYASHI", "SIVARAMAN_MAGEE_KOBAYASHI", "VELASCO", "PITZER", "CLAPEYRON", "LIU",
    "RIEDEL", "CHEN", "VETERE", "ALIBAKHSHI", "LASTOVKA_SHAW", "DADGOSTAR_SHAW", "JOBACK",
    "ROWLINSON_POLING", "ROWLINSON_BONDI", "BOILING_CRITICAL", "LEE_KESLER_PSAT", "AMBROSE_WALTON",
    "SANJARI", "EDALAT",
}  # fmt: skip
Figures = dict[str, tuple[float, str]]


def main() -> None:
    """Write the table."""
    warnings.simplefilter("ignore")
    lines = [
        "# Made by make_properties.py; don't edit. Each number is [value, source].",
        "# `recalled`: numbers that no data set gave, from memory, to be checked.",
        f'made_with = "chemicals {metadata.version("chemicals")}, thermo '
        f'{metadata.version("thermo")}"',
    ]
    for cas, name in sorted(_wanted().items()):
        lines += ["", "[[substance]]", f'cas = "{cas}"', f"name = {_text(name)}"]
        found = {} if cas in _SKIPPED else _figures(_INSTEAD.get(cas, cas))
        found = {key: value for key, value in found.items() if key not in _RECALLED.get(cas, {})}
        if cas in _INSTEAD:
            lines.append(f'stands_for = "{_INSTEAD[cas]}"')
        for key, (value, source) in found.items():
            lines.append(f'{key} = [{value:.6g}, "{source}"]')
        if cas in _RECALLED:
            inner = ", ".join(f"{key} = {value:.6g}" for key, value in _RECALLED[cas].items())
            lines.append(f"recalled = {{ {inner} }}")
    (_HERE / "properties.toml").write_text("\n".join(lines) + "\n", "utf-8")


def _text(name: dict[str, str]) -> str:
    return f'{{ zh = "{name["zh"]}", en = "{name["en"]}" }}'


def _wanted() -> dict[str, dict[str, str]]:
    """Collect CAS numbers and names of GB 18218 table 1 and of the levels of concern."""
    rules = tomllib.loads((_HERE.parent / "rules" / "gb18218.toml").read_text("utf-8"))
    levels = tomllib.loads((_HERE / "levels_of_concern.toml").read_text("utf-8"))
    names: dict[str, dict[str, str]] = {}
    for row in (*levels["substance"], *rules["substance"]):
        if row.get("cas"):
            names.setdefault(row["cas"], row["name"])
    names["97-93-8"] = {
        "zh": "三乙基铝（烷基铝的代表）",
        "en": "Triethylaluminium (for alkyl aluminium)",
    }
    return names


def _figures(cas: str) -> Figures:
    chemicals = import_module("chemicals")
    try:
        known = import_module("thermo").Chemical(cas, T=_WARM_K)
    except ValueError:
        return {}
    found: Figures = {"molar_mass_g_mol": (known.MW, "chemicals, from the formula")}
    for key, name in (("boiling_k", "Tb"), ("critical_k", "Tc"), ("melting_k", "Tm")):
        methods = [m for m in getattr(chemicals, f"{name}_methods")(cas) if m not in _ESTIMATES]
        if methods:
            value = getattr(chemicals, name)(cas, method=methods[0])
            found[key] = (value, f"chemicals, {methods[0]}")
    for key, name in (("lel_vol", "LFL"), ("uel_vol", "UFL")):
        methods = getattr(chemicals, f"{name}_methods")(CASRN=cas)
        methods = [m for m in methods if "Suzuki" not in m and "Crowl" not in m]
        if methods:
            value = getattr(chemicals, name)(CASRN=cas, method=methods[0])
            found[key] = (value, f"chemicals, {methods[0]}")
    _heat(known, cas, found)
    if found.get("boiling_k", (1e9, ""))[0] < _HOT_SOLID_K:
        _fluid(known, found)
    return found


def _heat(known: Any, cas: str, found: Figures) -> None:  # noqa: ANN401 - thermo's class
    """Take the lower heat of combustion, the water as vapour; only of what burns."""
    atoms = known.atoms or {}
    if cas in ("55-63-0",) or not set(atoms) & {"C", "H", "P", "S"} or "lel_vol" not in found:
        return
    if known.Hcm is None or known.Hcm >= -1e4:
        return
    net = -known.Hcm - atoms.get("H", 0) / 2 * _WATER_J_MOL
    found["heat_j_kg"] = (net / known.MW * 1e3, "thermo, from heats of formation, net")


def _fluid(known: Any, found: Figures) -> None:  # noqa: ANN401
    boiling = found["boiling_k"][0]
    critical = found.get("critical_k", (math.inf, ""))[0]
    at = min(_WARM_K, boiling)
    _put(found, "density_kg_m3", known.VolumeLiquid, at, lambda v: known.MW / 1e3 / v)
    if boiling < _WARM_K < critical - 10:
        _put(found, "density_warm_kg_m3", known.VolumeLiquid, _WARM_K, lambda v: known.MW / 1e3 / v)
    per_kg = 1e3 / known.MW
    _put(found, "vaporisation_j_kg", known.EnthalpyVaporization, boiling, lambda v: v * per_kg)
    _put(found, "heat_capacity_j_kg_k", known.HeatCapacityLiquid, at, lambda v: v * per_kg)
    _put(found, "heat_capacity_ratio", known.HeatCapacityGas, max(_WARM_K, boiling), _ratio)
    _put(found, "viscosity_pa_s", known.ViscosityLiquid, at, float)
    _vapour(known, found, boiling, critical)


def _ratio(heat_j_mol_k: float) -> float:
    return heat_j_mol_k / (heat_j_mol_k - 8.314462618)


def _put(
    found: Figures,
    key: str,
    model: Any,  # noqa: ANN401
    at: float,
    of: Callable[[float], float],
) -> None:
    value = model.T_dependent_property(at)
    if value and math.isfinite(value) and value > 0:
        how = "estimated: " if model.method in _GUESSES else ""
        found[key] = (of(value), f"{how}thermo, {model.method}, at {at:.1f} K")


def _vapour(
    known: Any,  # noqa: ANN401
    found: Figures,
    boiling: float,
    critical: float,
) -> None:
    """Fit ln P[Pa] = a - b/(T + c) through three temperatures around the boiling point."""
    high = min(max(boiling, 320.0), 0.95 * critical) if math.isfinite(critical) else boiling
    low = max(0.75 * high, found.get("melting_k", (0.0, ""))[0])
    if not low < high - 5:
        return
    temperatures = [low, (low + high) / 2, high]
    values = [known.VaporPressure.T_dependent_property(t) for t in temperatures]
    if not all(v and v > 0 for v in values):
        return
    (t1, t2, t3), (p1, p2, p3) = temperatures, [math.log(v) for v in values]
    k = (p2 - p1) / (p3 - p1) * (t3 - t1) / (t2 - t1)
    # (t3 + c)/(t2 + c) = k
    c = (t3 - k * t2) / (k - 1) if abs(k - 1) > 1e-9 else 0.0
    b = (p3 - p1) * (t1 + c) * (t3 + c) / (t3 - t1)
    if abs(p1 + b / (t1 + c) - b / (boiling + c) - math.log(101_325)) > _MOST_MISS:
        return
    how = "estimated: " if known.VaporPressure.method in _GUESSES else ""
    source = f"{how}thermo, {known.VaporPressure.method}, fitted from {low:.0f} to {high:.0f} K"
    for key, value in (("vapour_a", p1 + b / (t1 + c)), ("vapour_b", b), ("vapour_c", c)):
        found[key] = (value, source)
    found["vapour_from_k"], found["vapour_to_k"] = (low, source), (high, source)


if __name__ == "__main__":
    main()
