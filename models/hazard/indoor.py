"""Air and dose in a closed building in a passing cloud, and when to come out and ventilate."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.hazard.check_arrays import numbers
from models.hazard.checks import number
from models.hazard.ports import HazardInputError

Array = NDArray[np.float64]
_S_PER_H = 3600.0
_S_PER_MIN = 60.0


def indoor_concentration(
    times_s: ArrayLike, outdoor: ArrayLike, air_changes_h: float, indoor_0: float = 0.0
) -> Array:
    """Return the concentration in a well-mixed room whose air is changed at a steady rate.

    dC/dt = λ (Co - C), solved exactly for an outdoor concentration that runs straight between the
    times given. Nothing is absorbed or filtered: real rooms take up a part of many gases, so this
    is an upper bound.

    Parameters
    ----------
    times_s : array_like
        Rising times [s], 0…1e6, of shape (n,), n ≥ 1.
    outdoor : array_like
        Co at these times, ≥ 0, of the same shape; any unit, which the answer has too.
    air_changes_h : float
        λ, 0…100 [1/h]; 0 is a room that nothing gets into.
    indoor_0 : float
        C at the first time, ≥ 0.

    Returns
    -------
    numpy.ndarray
        C at the times, shape (n,).

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    W. Chan et al., Atmospheric Environment 41 (2007) 4577, eq. 1 without sorption; recalled.

    Examples
    --------
    Ten minutes in a steady cloud at one air change an hour: 1 - exp(-1/6).

    >>> round(float(indoor_concentration([0, 600], [100, 100], 1.0)[-1]), 2)
    15.35
    """
    times, values = _series(times_s, outdoor)
    rate = number("air_changes_h", air_changes_h, 0.0, 100.0, "1/h") / _S_PER_H
    inside = np.empty_like(times)
    inside[0] = number("indoor_0", indoor_0, 0.0, 1e9, "")
    if rate == 0.0:
        inside[:] = inside[0]
        return inside
    for i, turn in enumerate((rate * np.diff(times)).tolist()):
        share = -math.expm1(-turn)
        rise = (values[i + 1] - values[i]) * (1 - share / turn)
        inside[i + 1] = inside[i] + (values[i] - inside[i]) * share + rise
    return inside


def toxic_load(times_s: ArrayLike, concentration_ppm: ArrayLike, exponent: float) -> Array:
    """Return the load gathered up to each time, ∫ C^n dt [ppm^n min].

    Parameters
    ----------
    times_s : array_like
        Rising times [s], 0…1e6, of shape (n,), n ≥ 1.
    concentration_ppm : array_like
        C at these times [ppm], ≥ 0, of the same shape.
    exponent : float
        n, above 0…10 [-].

    Returns
    -------
    numpy.ndarray
        Shape (n,), 0 at the first time; by trapezoids, so steps must be short where C bends.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    W. ten Berge et al., J. Hazardous Materials 13 (1986) 301.

    Examples
    --------
    >>> toxic_load([0, 60, 120], [10, 10, 10], 2.0).tolist()
    [0.0, 100.0, 200.0]
    """
    times, values = _series(times_s, concentration_ppm)
    power = values ** number("exponent", exponent, 0.0, 10.0, "", low_open=True)
    steps = np.diff(times) / _S_PER_MIN * (power[1:] + power[:-1]) / 2
    return np.concatenate(([0.0], np.cumsum(steps)))


def come_out_s(times_s: ArrayLike, outdoor: ArrayLike, indoor: ArrayLike) -> float | None:
    """Return from when on the air outdoors is better than indoors for good [s].

    Then it is time to come out and to ventilate: whoever stays in goes on breathing what got in.

    Parameters
    ----------
    times_s : array_like
        Rising times [s], 0…1e6, of shape (n,), n ≥ 1.
    outdoor, indoor : array_like
        Both concentrations at these times, ≥ 0, of the same shape and unit.

    Returns
    -------
    float or None
        A time of `times_s`; its first where nothing ever came; None when the cloud is still there
        at the last.

    Raises
    ------
    HazardInputError
        Naming the field.

    Examples
    --------
    >>> come_out_s([0, 60, 120, 180], [0, 90, 5, 0], [0, 1, 10, 9])
    120.0
    >>> come_out_s([0, 60], [0, 90], [0, 1]) is None
    True
    """
    times, outside = _series(times_s, outdoor)
    inside = _series(times_s, indoor, "indoor")[1]
    worse = np.flatnonzero(outside > inside)
    if not worse.size:
        return float(times[0])
    last = int(worse[-1])
    return None if last == times.size - 1 else float(times[last + 1])


def _series(times_s: ArrayLike, values: ArrayLike, field: str = "outdoor") -> tuple[Array, Array]:
    times = numbers("times_s", times_s, 0.0, 1e6, "s")
    if times.ndim != 1 or not times.size or (np.diff(times) <= 0).any():
        raise HazardInputError("times_s", "wanted a row of rising times, one at least")
    found = numbers(field, values, 0.0, 1e9, "")
    if found.shape != times.shape:
        raise HazardInputError(field, f"{found.size} values for {times.size} times")
    return times, found
