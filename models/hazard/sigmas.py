"""Dispersion parameters sigma_y and sigma_z [m] of distance x [m] by scheme and stability."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.hazard.checks import choice
from models.hazard.ports import HazardInputError
from models.hazard.weather import STABILITIES

Array = NDArray[np.float64]

SCHEMES: Final = ("isc3_rural", "isc3_urban", "briggs_rural", "ccps_puff")
_SIGMA_Z_CAP_M = 5000.0

# ISC3 rural (Pasquill-Gifford): angle constants c, d of sigma_y, class A…F.
_PG_Y = (
    (24.1670, 2.5334),
    (18.3330, 1.8096),
    (12.5, 1.0857),
    (8.3330, 0.72382),
    (6.25, 0.54287),
    (4.1667, 0.36191),
)
# ISC3 rural sigma_z = a X^b, X in km: (upper X, a, b).
_INF = float("inf")
_PG_Z: dict[str, tuple[tuple[float, float, float], ...]] = {
    "A": (
        (0.10, 122.8, 0.9447),
        (0.15, 158.08, 1.0542),
        (0.20, 170.22, 1.0932),
        (0.25, 179.52, 1.1262),
        (0.30, 217.41, 1.2644),
        (0.40, 258.89, 1.4094),
        (0.50, 346.75, 1.7283),
        (_INF, 453.85, 2.1166),
    ),
    "B": ((0.20, 90.673, 0.93198), (0.40, 98.483, 0.98332), (_INF, 109.3, 1.0971)),
    "C": ((_INF, 61.141, 0.91465),),
    "D": (
        (0.30, 34.459, 0.86974),
        (1.0, 32.093, 0.81066),
        (3.0, 32.093, 0.64403),
        (10.0, 33.504, 0.60486),
        (30.0, 36.650, 0.56589),
        (_INF, 44.053, 0.51179),
    ),
    "E": (
        (0.10, 24.26, 0.8366),
        (0.30, 23.331, 0.81956),
        (1.0, 21.628, 0.7566),
        (2.0, 21.628, 0.63077),
        (4.0, 22.534, 0.57154),
        (10.0, 24.703, 0.50527),
        (20.0, 26.97, 0.46713),
        (40.0, 35.42, 0.37615),
        (_INF, 47.618, 0.29592),
    ),
    "F": (
        (0.20, 15.209, 0.81558),
        (0.70, 14.457, 0.78407),
        (1.0, 13.953, 0.68465),
        (2.0, 13.953, 0.63227),
        (3.0, 14.823, 0.54503),
        (7.0, 16.187, 0.4649),
        (15.0, 17.836, 0.41507),
        (30.0, 22.651, 0.32681),
        (60.0, 27.074, 0.27436),
        (_INF, 34.219, 0.21716),
    ),
}
_URBAN_Y = (0.32, 0.32, 0.22, 0.16, 0.11, 0.11)
_RURAL_Y = (0.22, 0.16, 0.11, 0.08, 0.06, 0.04)
_PUFF_Y = ((0.18, 0.92), (0.14, 0.92), (0.10, 0.92), (0.06, 0.92), (0.04, 0.92), (0.02, 0.89))
_PUFF_Z = ((0.60, 0.75), (0.53, 0.73), (0.34, 0.71), (0.15, 0.70), (0.10, 0.65), (0.05, 0.61))


def _pg_y(x: Array, index: int) -> Array:
    km = x / 1000.0
    c, d = _PG_Y[index]
    return np.asarray(465.11628 * km * np.tan(0.017453293 * (c - d * np.log(km))))


def _pg_z(x: Array, index: int) -> Array:
    km = x / 1000.0
    pieces = np.array(_PG_Z[STABILITIES[index]])
    which = np.searchsorted(pieces[:, 0], km, side="left")
    return np.asarray(np.minimum(pieces[which, 1] * km ** pieces[which, 2], _SIGMA_Z_CAP_M))


def _urban_y(x: Array, index: int) -> Array:
    return np.asarray(_URBAN_Y[index] * x / np.sqrt(1 + 0.0004 * x))


def _urban_z(x: Array, index: int) -> Array:
    by_class: tuple[Callable[[Array], Array], ...] = (
        lambda x: 0.24 * x * np.sqrt(1 + 0.001 * x),
        lambda x: 0.24 * x * np.sqrt(1 + 0.001 * x),
        lambda x: 0.20 * x,
        lambda x: 0.14 * x / np.sqrt(1 + 0.0003 * x),
        lambda x: 0.08 * x / np.sqrt(1 + 0.0015 * x),
        lambda x: 0.08 * x / np.sqrt(1 + 0.0015 * x),
    )
    return np.minimum(by_class[index](x), _SIGMA_Z_CAP_M)


def _rural_y(x: Array, index: int) -> Array:
    return np.asarray(_RURAL_Y[index] * x / np.sqrt(1 + 0.0001 * x))


def _rural_z(x: Array, index: int) -> Array:
    by_class: tuple[Callable[[Array], Array], ...] = (
        lambda x: 0.20 * x,
        lambda x: 0.12 * x,
        lambda x: 0.08 * x / np.sqrt(1 + 0.0002 * x),
        lambda x: 0.06 * x / np.sqrt(1 + 0.0015 * x),
        lambda x: 0.03 * x / (1 + 0.0003 * x),
        lambda x: 0.016 * x / (1 + 0.0003 * x),
    )
    return by_class[index](x)


def _puff_y(x: Array, index: int) -> Array:
    a, b = _PUFF_Y[index]
    return np.asarray(a * x**b)


def _puff_z(x: Array, index: int) -> Array:
    a, b = _PUFF_Z[index]
    return np.asarray(a * x**b)


_Curve = Callable[[Array, int], Array]
_CURVES: dict[str, tuple[_Curve, _Curve]] = {
    "isc3_rural": (_pg_y, _pg_z),
    "isc3_urban": (_urban_y, _urban_z),
    "briggs_rural": (_rural_y, _rural_z),
    "ccps_puff": (_puff_y, _puff_z),
}


def sigma_y(x_m: ArrayLike, stability: str, scheme: str = "isc3_rural") -> Array:
    """Return the lateral dispersion parameter sigma_y(x) [m].

    Parameters
    ----------
    x_m : array_like
        Downwind distance [m], > 0; fitted for 100 m … 10 km, usable to 50 km.
    stability : str
        Pasquill class 'A'…'F'.
    scheme : str
        'isc3_rural' (Pasquill-Gifford fits), 'isc3_urban' (Briggs urban), 'briggs_rural', or
        'ccps_puff' (Slade; for puffs).

    Returns
    -------
    numpy.ndarray
        sigma_y [m], the shape of `x_m`.

    Raises
    ------
    HazardInputError
        When a distance isn't positive, or the class or scheme is unknown.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, tables 1-1 to 1-4; Briggs (1973); CCPS,
    Guidelines for Consequence Analysis (1999), table 2.

    Examples
    --------
    >>> float(sigma_y(500.0, "F", "briggs_rural").round(2))
    19.52
    >>> float(sigma_y(500.0, "F", "ccps_puff").round(5))
    5.04793
    """
    return _evaluate(0, x_m, stability, scheme)


def sigma_z(x_m: ArrayLike, stability: str, scheme: str = "isc3_rural") -> Array:
    """Return the vertical dispersion parameter sigma_z(x) [m], at most 5000 m in ISC3.

    Parameters, errors and references are those of `sigma_y`.

    Examples
    --------
    >>> float(sigma_z(500.0, "F", "briggs_rural").round(3))
    6.957
    >>> float(sigma_z(500.0, "F", "ccps_puff").round(5))
    2.21484
    """
    return _evaluate(1, x_m, stability, scheme)


def _evaluate(axis: int, x_m: ArrayLike, stability: str, scheme: str) -> Array:
    choice("scheme", scheme, SCHEMES)
    choice("stability", stability, STABILITIES)
    x = np.asarray(x_m, dtype=np.float64)
    if not np.all(np.isfinite(x) & (x > 0)):
        raise HazardInputError("x_m", "distances must be finite and above 0 m")
    return _CURVES[scheme][axis](x, STABILITIES.index(stability))
