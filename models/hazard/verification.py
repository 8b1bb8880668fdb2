"""Runs validation cases through the public functions: pass, fail, or not recognised."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

from models.basics import Value
from models.hazard.grading import Holding, grade_unit
from models.hazard.plume import plume_concentration
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import sigma_y, sigma_z

Verdict = Literal["pass", "fail", "not recognised"]
Quantities = dict[str, float | str]


class CaseResult(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One case: what was expected and computed, by quantity."""

    name: str
    verdict: Verdict
    expected: Any
    computed: Any
    tolerance: Any


class _CaseForm(Value, frozen=True, kw_only=True):
    """A form of case: the inputs it must have, and the function that computes it."""

    model: str
    inputs: frozenset[str]
    compute: Callable[[Mapping[str, Any], Mapping[str, Any]], Quantities]


def run_case(case: Mapping[str, Any]) -> CaseResult:
    """Run one case (`name`, `model`, `inputs`, `expected`, `tolerance`).

    A case passes only when its form is known, every expected quantity was computed, and each is
    within the tolerance. A form, an input, an expectation or a tolerance of another shape is
    not recognised; so is a case whose inputs the functions refuse.

    Examples
    --------
    >>> run_case({"name": "x", "model": "phlogiston", "inputs": {}, "expected": {"a": 1.0},
    ...           "tolerance": {"rel": 0.1}}).verdict
    'not recognised'
    """
    name = str(case.get("name", ""))
    expected, tolerance = case.get("expected"), case.get("tolerance")
    form = _form_of(case)
    allowed = _tolerance(tolerance)
    if form is None or allowed is None or not isinstance(expected, Mapping) or not expected:
        return _unknown(name, expected, tolerance)
    wanted = _flat(expected)
    try:
        computed = form.compute(case["inputs"], expected)
    except (HazardInputError, KeyError, TypeError, ValueError):
        return _unknown(name, expected, tolerance)
    if wanted is None or set(wanted) != set(computed):
        return _unknown(name, expected, tolerance)
    good = all(_close(wanted[key], computed[key], *allowed) for key in wanted)
    return CaseResult(
        name=name,
        verdict="pass" if good else "fail",
        expected=wanted,
        computed=computed,
        tolerance=tolerance,
    )


def _form_of(case: Mapping[str, Any]) -> _CaseForm | None:
    inputs = case.get("inputs")
    if not isinstance(inputs, Mapping):
        return None
    keys = frozenset(inputs)
    model = case.get("model")
    return next((f for f in _FORMS if f.model == model and f.inputs == keys), None)


def _unknown(name: str, expected: object, tolerance: object) -> CaseResult:
    return CaseResult(
        name=name,
        verdict="not recognised",
        expected=expected,
        computed=None,
        tolerance=tolerance,
    )


def _tolerance(tolerance: object) -> tuple[str, float] | None:
    if not isinstance(tolerance, Mapping) or len(tolerance) != 1:
        return None
    [(kind, value)] = tolerance.items()
    fine = kind in ("rel", "abs") and isinstance(value, int | float) and value >= 0
    return (kind, float(value)) if fine else None


def _flat(expected: Mapping[str, Any]) -> Quantities | None:
    """Flatten `{quantity: value}` and `{quantity_at_x: {x: value}}`; None for other shapes."""
    flat: Quantities = {}
    for key, value in expected.items():
        entries = value.items() if isinstance(value, Mapping) else [("", value)]
        for at, number in entries:
            if isinstance(number, bool) or not isinstance(number, int | float | str):
                return None
            flat[f"{key}[{at}]" if at else key] = number
    return flat


def _close(expected: float | str, computed: float | str, kind: str, allowed: float) -> bool:
    if isinstance(expected, str) or isinstance(computed, str):
        return expected == computed
    if not (math.isfinite(computed) and math.isfinite(expected)):
        return False
    miss = abs(computed - expected)
    return miss <= (allowed * abs(expected) if kind == "rel" else allowed)


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


def _gb18218(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    holdings = tuple(
        Holding(name=key.removesuffix("_t").replace("_", " "), quantity_t=value)
        for key, value in inputs.items()
        if key.endswith("_t")
    )
    unit = grade_unit("case", inputs["exposed_persons_within_500m"], holdings)
    return {"S": unit.s, "R": unit.r, "grade": unit.grade or ""}


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
_GB = "exposed_persons_within_500m"
_FORMS = (
    _CaseForm(
        model="Gaussian plume, ISC3 rural sigmas (PG fits)", inputs=_ISC3_INPUTS, compute=_isc3
    ),
    _CaseForm(
        model="Gaussian plume, ISC3 urban sigmas (Briggs urban)",
        inputs=_ISC3_INPUTS,
        compute=_isc3,
    ),
    _CaseForm(
        model="Gaussian plume, Briggs rural",
        inputs=frozenset(("Q_kg_s", "u_m_s", "stability", "x_m", "h_m")),
        compute=_briggs,
    ),
    _CaseForm(
        model="S and R", inputs=frozenset(("chlorine_t", "ammonia_t", _GB)), compute=_gb18218
    ),
)
