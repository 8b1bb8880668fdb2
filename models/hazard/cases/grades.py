"""Cases of GB 18218 grading."""

from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.grading import Holding, grade_unit


def _gb18218(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    holdings = tuple(
        Holding(name=key.removesuffix("_t").replace("_", " "), quantity_t=value)
        for key, value in inputs.items()
        if key.endswith("_t")
    )
    unit = grade_unit("case", inputs["exposed_persons_within_500m"], holdings)
    return {"S": unit.s, "R": unit.r, "grade": unit.grade or ""}


FORMS = (
    CaseForm(
        words=("S and R",),
        inputs=frozenset(("chlorine_t", "ammonia_t", "exposed_persons_within_500m")),
        compute=_gb18218,
    ),
)
