"""All forms of case there are."""

from collections.abc import Mapping
from typing import Any

from models.hazard.cases import (
    blasts,
    dense,
    dense_runs,
    discharges,
    fires,
    grades,
    outflows,
    plumes,
    pools,
    puffs,
    stacks,
)
from models.hazard.cases.forms import CaseForm

_FORMS: tuple[CaseForm, ...] = (
    *plumes.FORMS,
    *stacks.FORMS,
    *puffs.FORMS,
    *dense.FORMS,
    *dense_runs.FORMS,
    *grades.FORMS,
    *discharges.FORMS,
    *outflows.FORMS,
    *pools.FORMS,
    *blasts.FORMS,
    *fires.FORMS,
)


def form_of(case: Mapping[str, Any]) -> CaseForm | None:
    """Return the form that a case is of, or None.

    Examples
    --------
    >>> form_of({"model": "phlogiston", "inputs": {"Q": 1}}) is None
    True
    """
    return next((form for form in _FORMS if form.fits(case)), None)
