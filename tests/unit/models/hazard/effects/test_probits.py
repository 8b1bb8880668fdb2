"""Probits: published arithmetic, monotony, refusals."""

import math
from typing import Any

import pytest

from models.hazard.effects.probits import (
    blast_probit,
    fatality,
    thermal_dose,
    thermal_probit,
    toxic_probit,
    toxic_probit_of,
)
from models.hazard.ports import HazardInputError
from models.rules import load_rules


@pytest.mark.parametrize(
    ("model", "probit"),
    [("eisenberg", 2.7823249), ("tsao_perry", 4.8823249), ("tno", 4.0323249), ("lees", 1.6756475)],
)
def test_that_each_thermal_model_gives_its_number(model: str, probit: float) -> None:
    assert thermal_probit(1e7, model) == pytest.approx(probit, abs=1e-6)


@pytest.mark.parametrize(
    ("model", "probit"),
    [("eisenberg_lung", 2.454315), ("hse", 5.13), ("tno_head", 12.2786003),
     ("tno_collapse", 6.4917213)],
)  # fmt: skip
def test_that_each_blast_model_gives_its_number(model: str, probit: float) -> None:
    assert blast_probit(1e5, model, 1e4) == pytest.approx(probit, abs=1e-6)


def test_that_half_die_at_the_known_flux_and_pressure() -> None:
    dose = float(thermal_dose(15_796.170691, 60))
    assert float(fatality(thermal_probit(dose))) == pytest.approx(0.5, abs=1e-6)
    lung = blast_probit(144_542.867547, "eisenberg_lung")
    assert float(fatality(lung)) == pytest.approx(0.5, abs=1e-6)
    assert fatality([-100.0, 100.0]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("row", load_rules("toxic_probits")["substance"], ids=lambda r: r["cas"])
def test_that_more_poison_or_time_kills_more(row: dict[str, Any]) -> None:
    constants = toxic_probit_of(f" {row['cas']} ")
    low, high = toxic_probit([100, 1000], 10, constants)
    assert low < high
    assert float(toxic_probit(100, 30, constants)) > low
    # C^n t is what counts
    same = toxic_probit(200, 10 / 2**constants.n, constants)
    assert float(same) == pytest.approx(float(low))


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: thermal_dose(-1, 1), "flux_w_m2"),
        (lambda: thermal_dose(1, math.nan), "time_s"),
        (lambda: thermal_probit(0.0), "dose"),
        (lambda: thermal_probit(1e7, "magic"), "model"),
        (lambda: blast_probit(0.0), "overpressure_pa"),
        (lambda: blast_probit(1e5, "magic"), "model"),
        (lambda: blast_probit(1e5, "tno_head"), "impulse_pa_s"),
        (lambda: fatality(math.nan), "probit"),
        (lambda: toxic_probit_of("64-17-5"), "cas"),
        (lambda: toxic_probit(0, 1, toxic_probit_of("7782-50-5")), "concentration_ppm"),
        (lambda: toxic_probit(1, -1, toxic_probit_of("7782-50-5")), "time_min"),
    ],
)
def test_that_nonsense_is_refused_by_name(call: Any, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        call()
    assert caught.value.field == field
