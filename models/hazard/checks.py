"""Refuses numbers that make no sense, naming the field."""

import math

from models.hazard.ports import HazardInputError


def number(
    field: str, value: float, low: float, high: float, unit: str, *, low_open: bool = False
) -> float:
    """Return `value` when it is finite and inside `low`…`high` [unit].

    Parameters
    ----------
    field : str
        The field that an error names.
    value, low, high : float
        The value and its range [unit]; with `low_open` the lower limit itself is refused.

    Raises
    ------
    HazardInputError
        Naming the field, the value and the range.

    Examples
    --------
    >>> number("release_kg_s", 2.0, 0, 1e5, "kg/s", low_open=True)
    2.0
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise HazardInputError(field, f"{value!r} is not a number")
    if not math.isfinite(value):
        raise HazardInputError(field, f"{value} is not a finite number")
    if value > high or value < low or (low_open and value == low):
        above = "above" if low_open else "at least"
        raise HazardInputError(field, f"{value:g} {unit}: wanted {above} {low:g}, at most {high:g}")
    return float(value)


def choice(field: str, value: str, allowed: tuple[str, ...]) -> str:
    """Return `value` when it is one of `allowed`.

    Raises
    ------
    HazardInputError
        Naming the field and what is allowed.

    Examples
    --------
    >>> choice("stability", "D", ("A", "D"))
    'D'
    """
    if value not in allowed:
        raise HazardInputError(field, f"{value!r} is not one of {', '.join(allowed)}")
    return value
