"""A volume source: a plume that starts with a size, by virtual distances."""

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array
from models.hazard.checks import choice, number
from models.hazard.plume import spread_plume
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import sigma_y, sigma_z
from models.hazard.weather import STABILITIES

_NEAR_M = 1e-3
_FAR_M = 1e6
_HALVINGS = 80
# ISC3's inverse of the rural sigma_y, x_v [km] = (sigma_y0 / p)^(1/q), class A…F: recalled from
# its table 1-7; within 3 % of the curve, and F as SCREEN3's printed example has it.
_LATERAL = (
    (209.14, 0.890),
    (154.46, 0.902),
    (103.26, 0.917),
    (68.26, 0.919),
    (51.06, 0.921),
    (33.92, 0.919),
)


def virtual_distance(sigma_0_m: float, axis: str, stability: str, scheme: str) -> float:
    """Return the distance x_v at which a plume from a point has the size sigma_0.

    Parameters
    ----------
    sigma_0_m : float
        Size at the source [m], 0…2000; 0 gives 0.
    axis : str
        'y' or 'z'.
    stability, scheme : str
        See `models.hazard.sigmas`.

    Returns
    -------
    float
        x_v [m], at most 1e6: of 'isc3_rural' across the wind by ISC3's own power law (within 3 %
        of the curve), else where the curve has that size.

    Raises
    ------
    HazardInputError
        Naming the value out of range, or `axis`.

    Examples
    --------
    >>> round(virtual_distance(50.0, "y", "F", "isc3_rural"))
    1525
    """
    size = number("sigma_0_m", sigma_0_m, 0.0, 2000.0, "m")
    if axis not in ("y", "z"):
        raise HazardInputError("axis", f"{axis!r} is neither 'y' nor 'z'")
    choice("stability", stability, STABILITIES)
    if axis == "y" and scheme == "isc3_rural":
        p, q = _LATERAL[STABILITIES.index(stability)]
        return float(1000.0 * (size / p) ** (1 / q))
    curve = sigma_y if axis == "y" else sigma_z
    if size <= float(curve(_NEAR_M, stability, scheme)):
        return 0.0
    low, high = np.log(_NEAR_M), np.log(_FAR_M)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if float(curve(np.exp(middle), stability, scheme)) < size:
            low = middle
        else:
            high = middle
    return float(np.exp(high))


def volume_sigmas(
    x_m: ArrayLike,
    *,
    sigma_y0_m: float,
    sigma_z0_m: float,
    stability: str,
    scheme: str = "isc3_rural",
) -> tuple[Array, Array]:
    """Return (sigma_y, sigma_z) [m] at distances x > 0 [m] from a source of given size.

    sigma(x + x_v) with x_v from `virtual_distance`, each axis its own.

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Examples
    --------
    SCREEN3 User's Guide, example 5: 55.68 m and 21.40 m.

    >>> sy, sz = volume_sigmas(200, sigma_y0_m=50, sigma_z0_m=20, stability="F")
    >>> round(float(sy), 2), round(float(sz), 1)
    (55.68, 21.4)
    """
    x = np.asarray(x_m, dtype=np.float64)
    lateral = virtual_distance(sigma_y0_m, "y", stability, scheme)
    vertical = virtual_distance(sigma_z0_m, "z", stability, scheme)
    return sigma_y(x + lateral, stability, scheme), sigma_z(x + vertical, stability, scheme)


def volume_concentration(
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    *,
    release_kg_s: float,
    wind_m_s: float,
    height_m: float,
    sigma_y0_m: float,
    sigma_z0_m: float,
    stability: str,
    scheme: str = "isc3_rural",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the concentration of a plume that leaves its source with a size.

    Parameters
    ----------
    x_m, y_m, z_m : array_like
        Downwind of the volume's centre, crosswind, up [m]; they broadcast. At x <= 0 it is 0.
    release_kg_s, wind_m_s, height_m, stability, scheme, mixing_height_m
        As in `models.hazard.plume.plume_concentration`; the height is the volume's centre.
    sigma_y0_m, sigma_z0_m : float
        Size at the source [m], 0…2000: width / 4.3 and height / 2.15 for a lone volume.

    Returns
    -------
    numpy.ndarray
        Concentration [kg/m³], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Notes
    -----
    Not inside the volume nor within 2.15 sigma_y0 of its centre, as ISC3 excludes it.

    References
    ----------
    EPA-454/B-95-003b, §1.2.2 and table 3-1; EPA-454/B-95-004, SCREEN3 example.

    Examples
    --------
    SCREEN3 gives 195.7 µg/m³ for 1 g/s at 500 m.

    >>> c = volume_concentration(500, 0, 0, release_kg_s=1e-3, wind_m_s=1, height_m=10,
    ...                          sigma_y0_m=50, sigma_z0_m=20, stability="F")
    >>> round(float(c) * 1e9)
    194
    """
    x, y, z = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (x_m, y_m, z_m)))
    if np.isnan(x).any():
        raise HazardInputError("x_m", "a distance is not a number")
    sy, sz = volume_sigmas(
        np.where(x > 0, x, 1.0),
        sigma_y0_m=sigma_y0_m,
        sigma_z0_m=sigma_z0_m,
        stability=stability,
        scheme=scheme,
    )
    found = spread_plume(
        y,
        z,
        sigma_y_m=sy,
        sigma_z_m=sz,
        release_kg_s=release_kg_s,
        wind_m_s=wind_m_s,
        height_m=height_m,
        stability=stability,
        mixing_height_m=mixing_height_m,
    )
    return np.where(x > 0, found, 0.0)
