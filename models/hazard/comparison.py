"""Measures of how predictions compare with observations in pairs."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import numbers
from models.hazard.ports import HazardInputError


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares within factors of 2 and 5, geometric mean bias and variance of n pairs."""

    n: int
    fac2: float
    fac5: float
    mg: float
    vg: float


def compare(observed: ArrayLike, predicted: ArrayLike) -> Comparison:
    """Return FAC2, FAC5, MG = exp(mean ln(o/p)) and VG = exp(mean ln²(o/p)).

    Parameters
    ----------
    observed, predicted : array_like
        Of one shape (n,), n ≥ 1, above 0, in any common unit. MG above 1 under-predicts.

    Raises
    ------
    HazardInputError
        Naming `observed` or `predicted`.

    References
    ----------
    Chang & Hanna (2004), Meteorology and Atmospheric Physics 87, 167.

    Examples
    --------
    >>> both = compare([1.0, 4.0], [2.0, 1.0])
    >>> both.fac2, both.fac5, round(both.mg, 3)
    (0.5, 1.0, 1.414)
    """
    seen = numbers("observed", observed, 0.0, 1e30, "-", low_open=True)
    told = numbers("predicted", predicted, 0.0, 1e30, "-", low_open=True)
    if seen.ndim != 1 or not seen.size or seen.shape != told.shape:
        raise HazardInputError("predicted", "wanted as many predictions as observations")
    miss = np.log(seen / told)
    near = np.abs(miss) - 1e-12
    return Comparison(
        n=seen.size,
        fac2=float((near <= math.log(2)).mean()),
        fac5=float((near <= math.log(5)).mean()),
        mg=math.exp(float(miss.mean())),
        vg=math.exp(float((miss**2).mean())),
    )
