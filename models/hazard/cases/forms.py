"""What a form of case is: its fields, the function that computes it and how it is judged."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from models.basics import Value

Quantities = dict[str, float | str]
Compute = Callable[[Mapping[str, Any], Mapping[str, Any]], Quantities]
Judge = Callable[[Quantities, Quantities, Mapping[str, Any]], bool | None]
Pair = tuple[Quantities, Quantities]

_FACTOR_EXTRAS = frozenset(("goal_factor",))


class CaseForm(Value, frozen=True, kw_only=True):
    """A form of case, recognised by its fields and by words of its model's description.

    `inputs` must all be there and `optional` ones may; any other field makes the case another
    form. Every word of `words` must occur in the case's `model`, whatever its capitals.
    `compute(inputs, expected)` returns every expected quantity by name, as `flat` writes them;
    `modelled(case, expected)` is used instead where the description itself carries an input (the
    stability class of a puff). `references` are expected keys that other programs answered: they
    are shown and not judged. `judge(wanted, computed, tolerance)` replaces the usual tolerances
    and returns None when it doesn't know the tolerance. `judge_all` judges all cases of a file
    that share the form together, for a tolerance 'over all trials'.
    """

    words: tuple[str, ...]
    inputs: frozenset[str]
    optional: frozenset[str] = frozenset()
    compute: Compute | None = None
    modelled: Compute | None = None
    references: frozenset[str] = frozenset()
    judge: Judge | None = None
    judge_all: Callable[[Sequence[Pair]], bool] | None = None

    def fits(self, case: Mapping[str, Any]) -> bool:
        """Return whether a case is of this form."""
        inputs, model = case.get("inputs"), case.get("model")
        if not isinstance(inputs, Mapping) or not isinstance(model, str):
            return False
        text = model.casefold()
        known = self.inputs | self.optional
        return self.inputs <= set(inputs) <= known and all(
            word.casefold() in text for word in self.words
        )

    def run(self, case: Mapping[str, Any]) -> Quantities:
        """Compute a case's quantities."""
        expected = {k: v for k, v in case["expected"].items() if k not in self.references}
        if self.modelled is not None:
            return self.modelled(case, expected)
        assert self.compute is not None
        return self.compute(case["inputs"], expected)


def flat(expected: Mapping[str, Any]) -> Quantities | None:
    """Flatten `{quantity: value}`, `{quantity: {at: value}}` and `{quantity: [values]}`.

    Returns
    -------
    dict or None
        By 'quantity', 'quantity[at]' or 'quantity[0]'; None for other shapes.

    Examples
    --------
    >>> flat({"a": 1.0, "c_at_x_m": {"100": 2.0}, "tau": [0.9, 0.8]})
    {'a': 1.0, 'c_at_x_m[100]': 2.0, 'tau[0]': 0.9, 'tau[1]': 0.8}
    """
    result: Quantities = {}
    for key, value in expected.items():
        for at, number in _entries(value):
            if isinstance(number, bool) or not isinstance(number, int | float | str):
                return None
            result[f"{key}[{at}]" if at is not None else key] = number
    return result


def _entries(value: object) -> list[tuple[object, object]]:
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, list | tuple):
        return list(enumerate(value))
    return [(None, value)]


def within(wanted: Quantities, computed: Quantities, tolerance: Mapping[str, Any]) -> bool | None:
    """Judge by 'rel', 'abs' or 'factor' (with a 'goal_factor' that doesn't decide).

    Returns
    -------
    bool or None
        Whether every quantity is within the tolerance; None when the tolerance isn't known.

    Examples
    --------
    >>> within({"a": 1.0}, {"a": 1.9}, {"factor": 2.0}), within({"a": 1.0}, {"a": 1.0}, {"ish": 1})
    (True, None)
    """
    kinds = [kind for kind in ("rel", "abs", "factor") if kind in tolerance]
    if len(kinds) != 1:
        return None
    [kind] = kinds
    extras = set(tolerance) - {kind}
    if extras - (_FACTOR_EXTRAS if kind == "factor" else frozenset()):
        return None
    allowed = tolerance[kind]
    if isinstance(allowed, bool) or not isinstance(allowed, int | float):
        return None
    if not (math.isfinite(allowed) and allowed >= (1 if kind == "factor" else 0)):
        return None
    return all(close(wanted[key], computed[key], kind, float(allowed)) for key in wanted)


def close(expected: float | str, computed: float | str, kind: str, allowed: float) -> bool:
    """Return whether a computed value is within 'rel', 'abs' or 'factor' of the expected one.

    Examples
    --------
    >>> close(10.0, 4.9, "factor", 2.0), close(10.0, 10.4, "rel", 0.05), close("a", "b", "rel", 1)
    (False, True, False)
    """
    if isinstance(expected, str) or isinstance(computed, str):
        return expected == computed
    if not (math.isfinite(computed) and math.isfinite(expected)):
        return False
    if kind == "factor":
        if expected <= 0 or computed <= 0:
            return expected == computed
        return 1 / allowed <= computed / expected <= allowed
    miss = abs(computed - expected)
    return miss <= (allowed * abs(expected) if kind == "rel" else allowed)
