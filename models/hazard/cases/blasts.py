"""Cases of blast and of probits."""

from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.effects.probits import blast_probit, thermal_probit
from models.hazard.explosion.bst import scaled_overpressure
from models.hazard.explosion.tnt import incident_overpressure

_THERMAL = {
    "-38.48": "eisenberg",
    "-36.38": "tsao_perry",
    "-37.23": "tno",
    "-29.02": "lees",
}
_BLAST = {"-77.1": "eisenberg_lung", "5.13": "hse", "8.49": "tno_head", "0.22": "tno_collapse"}


def _tnt(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    pressure = incident_overpressure(inputs["R_m"], inputs["W_kg"])
    return {"P_incident_kPa": float(pressure) / 1e3}


def _bst(inputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    return {
        f"P_at_R[{at}]": float(scaled_overpressure(float(at), inputs["Mf"]))
        for at in expected["P_at_R"]
    }


def _thermal(case: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    return {"Pr": thermal_probit(case["inputs"]["V"], _named(case["model"], _THERMAL))}


def _blast(case: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    inputs = case["inputs"]
    model = _named(case["model"], _BLAST)
    return {"Pr": blast_probit(inputs["P_Pa"], model, inputs.get("i_Pa_s", 0.0))}


def _named(text: str, constants: Mapping[str, str]) -> str:
    """Return the probit that a formula's text is, by its leading constant."""
    [model] = [name for constant, name in constants.items() if constant in text]
    return model


FORMS = (
    CaseForm(
        words=("hemispherical TNT surface burst",),
        inputs=frozenset(("W_kg", "R_m")),
        compute=_tnt,
    ),
    CaseForm(
        words=("scaled side-on overpressure",),
        inputs=frozenset(("Mf",)),
        compute=_bst,
    ),
    CaseForm(words=("Pr=",), inputs=frozenset(("V",)), modelled=_thermal),
    CaseForm(
        words=("Pr=",),
        inputs=frozenset(("P_Pa",)),
        optional=frozenset(("i_Pa_s",)),
        modelled=_blast,
    ),
)
