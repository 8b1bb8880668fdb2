"""Runs validation cases through the public functions: pass, fail, or not recognised."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from models.basics import Value
from models.hazard.cases.forms import CaseForm, Quantities, flat, within
from models.hazard.cases.registry import form_of
from models.hazard.ports import HazardInputError

Verdict = Literal["pass", "fail", "not recognised"]


class CaseResult(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One case: what was expected and computed, by quantity."""

    name: str
    verdict: Verdict
    expected: Any
    computed: Any
    tolerance: Any


def run_case(case: Mapping[str, Any]) -> CaseResult:
    """Run one case (`name`, `model`, `inputs`, `expected`, `tolerance`); see `run_cases`.

    Examples
    --------
    >>> run_case({"name": "x", "model": "phlogiston", "inputs": {}, "expected": {"a": 1.0},
    ...           "tolerance": {"rel": 0.1}}).verdict
    'not recognised'
    """
    [result] = run_cases([case])
    return result


def run_cases(cases: Sequence[Mapping[str, Any]]) -> tuple[CaseResult, ...]:
    """Run cases, each with `name`, `model`, `inputs`, `expected` and `tolerance`.

    A case passes only when its form is known, every expected quantity was computed, and each is
    within the tolerance. A form, an input, an expectation or a tolerance of another shape is
    not recognised; so is a case whose inputs the functions refuse. Where a tolerance holds 'over
    all trials', the given cases of that form are judged together and share the verdict.

    Examples
    --------
    >>> run_cases([])
    ()
    """
    runs = [_Run(case) for case in cases]
    return tuple(run.result(runs) for run in runs)


class _Run:
    """One case, computed; judged when the others of its form are known."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self._name = str(case.get("name", ""))
        self._expected, self._tolerance = case.get("expected"), case.get("tolerance")
        self._form = form_of(case)
        self._wanted: Quantities | None = None
        self._judged: Quantities | None = None
        self._computed: Quantities | None = None
        if self._form is not None:
            self._compute(case, self._form)

    def _compute(self, case: Mapping[str, Any], form: CaseForm) -> None:
        if not isinstance(self._expected, Mapping) or not isinstance(self._tolerance, Mapping):
            return
        wanted = flat(self._expected)
        own = {k: v for k, v in self._expected.items() if k not in form.references}
        judged = flat(own)
        if not wanted or not judged:
            return
        try:
            computed = form.run(case)
        except (HazardInputError, KeyError, TypeError, ValueError):
            return
        if set(computed) == set(judged):
            self._wanted, self._judged, self._computed = wanted, judged, computed

    def result(self, runs: "Sequence[_Run]") -> CaseResult:
        """Return the result; `None` of a judge is 'not recognised'."""
        good = None if self._computed is None else self._judge(runs)
        if good is None:
            return CaseResult(
                name=self._name,
                verdict="not recognised",
                expected=self._expected,
                computed=None,
                tolerance=self._tolerance,
            )
        return CaseResult(
            name=self._name,
            verdict="pass" if good else "fail",
            expected=self._wanted,
            computed=self._computed,
            tolerance=self._tolerance,
        )

    def _judge(self, runs: "Sequence[_Run]") -> bool | None:
        form, judged, computed = self._form, self._judged, self._computed
        assert form is not None
        assert judged is not None
        assert computed is not None
        assert isinstance(self._tolerance, Mapping)
        if form.judge_all is not None and "use" in self._tolerance:
            return form.judge_all([run.pair() for run in runs if run.shares(form)])
        judge = form.judge or within
        return judge(judged, computed, self._tolerance)

    def shares(self, form: CaseForm) -> bool:
        """Return whether this run is a computed one of the same form."""
        return self._form is form and self._computed is not None

    def pair(self) -> tuple[Quantities, Quantities]:
        """Return what was expected and computed."""
        assert self._judged is not None
        assert self._computed is not None
        return self._judged, self._computed
