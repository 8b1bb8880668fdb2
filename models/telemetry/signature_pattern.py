"""The pattern of a risk signature (风险特征): conditions on tags that hold together.

A pattern is one line of conditions joined by `and`:

    LI-101 rises 2 and XV-101 below 5
    PI-7 above 1.2 and TI-7 falls and FI-3 between 0 0.1

`above X`, `below X` and `between X Y` hold at the trend's end for at least half of it;
`rises [D]` and `falls [D]` ask that the trend's straight line changes by at least D over it
(without D: by more than its scatter); `steady D` that nothing moves farther than D.
Tag keys with blanks stand in double quotes.
"""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_TOKEN = re.compile(r'"([^"]+)"|(\S+)')
_NUMBERS = {"above": (1, 1), "below": (1, 1), "between": (2, 2), "rises": (0, 1),
            "falls": (0, 1), "steady": (1, 1)}  # fmt: skip
_LEAST_VALUES = 3
_CLEAR_OF_SCATTER = 3.0


class PatternError(ValueError):
    """A pattern that can't be read; the text says where."""


class Condition(NamedTuple):
    """One condition on one tag."""

    tag_key: str
    verb: str
    numbers: tuple[float, ...]

    def since(self, trend: Floats) -> int | None:
        """Return the first position from which it holds to the end; None where it doesn't.

        A trend of fewer than three values, or with one that is missing (NaN), matches nothing.
        """
        if trend.size < _LEAST_VALUES or not np.isfinite(trend).all():
            return None
        match self.verb:
            case "above":
                return _tail(trend > self.numbers[0])
            case "below":
                return _tail(trend < self.numbers[0])
            case "between":
                return _tail((trend >= self.numbers[0]) & (trend <= self.numbers[1]))
            case "steady":
                return 0 if float(np.ptp(trend)) <= self.numbers[0] else None
            case _:
                return 0 if self._moves(trend) else None

    def _moves(self, trend: Floats) -> bool:
        at = np.linspace(-0.5, 0.5, trend.size)
        change = float((at @ trend) / (at @ at))
        if self.verb == "falls":
            change = -change
        if self.numbers:
            return change >= self.numbers[0]
        rest = trend - trend.mean() - (change if self.verb == "rises" else -change) * at
        error = float(np.sqrt((rest @ rest) / (trend.size - 2) / (at @ at)))
        return change > _CLEAR_OF_SCATTER * error and change > 0


def _tail(holds: npt.NDArray[np.bool_]) -> int | None:
    """Return where the run of true values at the end begins; None when it covers under half."""
    wrong = np.flatnonzero(~holds)
    start = int(wrong[-1]) + 1 if wrong.size else 0
    return start if holds.size - start >= max(_LEAST_VALUES, holds.size / 2) else None


def parse_pattern(pattern: str) -> tuple[Condition, ...]:
    """Return the conditions of a pattern; PatternError says what is wrong.

    Examples
    --------
    >>> [c.verb for c in parse_pattern("LI-1 rises 2 and XV-1 below 5")]
    ['rises', 'below']
    """
    groups: list[list[str]] = [[]]
    for quoted, plain in _TOKEN.findall(pattern):
        if plain.lower() == "and":
            groups.append([])
        else:
            groups[-1].append(quoted or plain)
    return tuple(_condition(words) for words in groups)


def _condition(words: list[str]) -> Condition:
    said = " ".join(words)
    if len(words) < 2:
        raise PatternError(f"'{said}': a condition is a tag, a verb and its numbers")
    tag_key, verb, *texts = words
    bounds = _NUMBERS.get(verb)
    if bounds is None:
        raise PatternError(f"'{said}': '{verb}' isn't one of {', '.join(_NUMBERS)}")
    try:
        numbers = tuple(float(text) for text in texts)
    except ValueError as error:
        raise PatternError(f"'{said}': a number is expected after '{verb}'") from error
    least, most = bounds
    if not least <= len(numbers) <= most or not np.isfinite(numbers).all():
        raise PatternError(f"'{said}': '{verb}' takes {least}…{most} finite numbers")
    return Condition(tag_key, verb, numbers)
