"""Refuses arrays with numbers that make no sense, naming the field."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.hazard.ports import HazardInputError

Array = NDArray[np.float64]


def numbers(
    field: str, values: ArrayLike, low: float, high: float, unit: str, *, low_open: bool = False
) -> Array:
    """Return `values` as an array when every one is finite and inside `low`…`high` [unit].

    Parameters
    ----------
    field : str
        The field that an error names.
    values : array_like
        Numbers of any shape, a single one too.
    low, high : float
        The range [unit]; with `low_open` the lower limit itself is refused.

    Returns
    -------
    numpy.ndarray
        float64, of the same shape.

    Raises
    ------
    HazardInputError
        Naming the field and the first value out of range.

    Examples
    --------
    >>> numbers("x_m", [1, 2], 0, 10, "m")
    array([1., 2.])
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise HazardInputError(field, f"{values!r} are not numbers") from error
    bad = ~np.isfinite(array) | (array > high) | (array < low) | (low_open & (array == low))
    if bad.any():
        first = float(array[bad].flat[0])
        above = "above" if low_open else "at least"
        raise HazardInputError(field, f"{first:g} {unit}: wanted {above} {low:g}, at most {high:g}")
    return array
