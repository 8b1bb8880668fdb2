"""How forms of case are told apart and judged, alone and together."""

from collections.abc import Mapping
from typing import Any

import pytest

from models.hazard import verification
from models.hazard.cases.forms import CaseForm, Pair, Quantities
from models.hazard.verification import run_case, run_cases

_CASE: dict[str, Any] = {
    "name": "a",
    "model": "Doubling",
    "inputs": {"value": 2.0},
    "expected": {"double": 4.0, "theirs": 5.0},
    "tolerance": {"factor": 2.0, "use": "over all trials"},
}


def _double(inputs: Mapping[str, Any], _: Mapping[str, Any]) -> Quantities:
    return {"double": 2.0 * inputs["value"]}


def _most(pairs: list[Pair]) -> bool:
    good = [wanted["double"] == computed["double"] for wanted, computed in pairs]
    return sum(good) * 2 > len(good)


def _use(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    fields: dict[str, Any] = {
        "words": ("doubling",),
        "inputs": frozenset(("value",)),
        "compute": _double,
        "references": frozenset(("theirs",)),
        "judge_all": _most,
        **changes,
    }
    form = CaseForm(**fields)
    monkeypatch.setattr(verification, "form_of", lambda c: form if form.fits(c) else None)


def test_that_trials_are_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch)
    wrong = {**_CASE, "expected": {"double": 9.0}}
    assert run_case(_CASE).verdict == "pass"
    assert run_case(wrong).verdict == "fail"
    assert {r.verdict for r in run_cases([_CASE, wrong, _CASE])} == {"pass"}
    assert {r.verdict for r in run_cases([_CASE, wrong, wrong])} == {"fail"}


def test_that_what_others_answered_is_shown_and_not_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _use(monkeypatch)
    result = run_case(_CASE)
    assert result.expected["theirs"] == 5.0
    assert set(result.computed) == {"double"}
    assert run_case({**_CASE, "expected": {"theirs": 5.0}}).verdict == "not recognised"


def test_that_a_form_judges_its_own_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts: list[bool | None] = [True, False, None]
    _use(monkeypatch, judge=lambda *_: verdicts.pop(0))
    case = {**_CASE, "tolerance": {"mood": "good"}}
    assert [run_case(case).verdict for _ in range(3)] == ["pass", "fail", "not recognised"]


def test_that_a_description_can_carry_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(
        monkeypatch,
        modelled=lambda case, _: {"double": 4.0 if case["model"].endswith("ing") else 0.0},
    )
    assert run_case(_CASE).verdict == "pass"


def test_that_optional_fields_may_be_missing_and_unknown_ones_may_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _use(monkeypatch, optional=frozenset(("note",)))
    assert run_case({**_CASE, "inputs": {"value": 2.0, "note": 1}}).verdict == "pass"
    assert run_case({**_CASE, "inputs": {"value": 2.0, "more": 1}}).verdict == "not recognised"
    assert run_case({**_CASE, "inputs": {"note": 1}}).verdict == "not recognised"
