"""The steady Gaussian plume with ground reflection and a mixing lid."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.hazard.checks import number
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import sigma_y, sigma_z

Array = NDArray[np.float64]

_LID_IMAGES = 4
_WELL_MIXED = 1.6  # ISC3: beyond sigma_z = 1.6 z_i the plume fills the mixed layer
_STABLE = "EF"


def plume_concentration(
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    *,
    release_kg_s: float,
    wind_m_s: float,
    height_m: float,
    stability: str,
    scheme: str = "isc3_rural",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the concentration of a steady point source.

    C = Q/(2 pi u sy sz) exp(-y²/2sy²) V, where V sums the source, its ground image and four
    pairs of images in the lid.

    Parameters
    ----------
    x_m, y_m, z_m : array_like
        Downwind, crosswind and vertical coordinates [m]; they broadcast. At x <= 0 the
        concentration is 0.
    release_kg_s : float
        Rate Q [kg/s], above 0 … 1e5.
    wind_m_s : float
        Wind speed carrying the plume [m/s], 0.1…75. Below 1 m/s the model isn't valid.
    height_m : float
        Effective height of release [m], 0…5000.
    stability, scheme : str
        See `models.hazard.sigmas`.
    mixing_height_m : float
        Lid [m], 10…20000; ignored in classes E and F, as ISC3 does.

    Returns
    -------
    numpy.ndarray
        Concentration [kg/m³], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming what is out of range.

    Notes
    -----
    Neutral buoyancy, flat ground, steady wind, no deposition and no reaction. Not for dense or
    cold clouds near their source, nor nearer than 100 m or beyond 10 km without saying so.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, eq. 1-1, 1-50 and 1-51.

    Examples
    --------
    CCPS (1999), page 97: 0.1 kg/s at 2 m/s, class F, 500 m.

    >>> c = plume_concentration(500, 0, 0, release_kg_s=0.1, wind_m_s=2, height_m=0,
    ...                         stability="F", scheme="briggs_rural")
    >>> round(float(c) * 1e6, 1)
    117.2
    """
    x, y, z = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (x_m, y_m, z_m)))
    if np.isnan(x).any():
        raise HazardInputError("x_m, y_m, z_m", "a coordinate is not a number")
    downwind = x > 0
    safe_x = np.where(downwind, x, 1.0)
    concentration = spread_plume(
        y,
        z,
        sigma_y_m=sigma_y(safe_x, stability, scheme),
        sigma_z_m=sigma_z(safe_x, stability, scheme),
        release_kg_s=release_kg_s,
        wind_m_s=wind_m_s,
        height_m=height_m,
        stability=stability,
        mixing_height_m=mixing_height_m,
    )
    return np.where(downwind, concentration, 0.0)


def spread_plume(
    y_m: Array,
    z_m: Array,
    *,
    sigma_y_m: Array,
    sigma_z_m: Array,
    release_kg_s: float,
    wind_m_s: float,
    height_m: float,
    stability: str,
    mixing_height_m: float,
) -> Array:
    """Return the concentration of a plume whose sigmas are known [kg/m³].

    Parameters
    ----------
    y_m, z_m, sigma_y_m, sigma_z_m : numpy.ndarray
        Crosswind and vertical coordinates and sigmas [m], of one shape.
    release_kg_s, wind_m_s, height_m, stability, mixing_height_m
        As in `plume_concentration`, but a height of up to 5000 m.

    Raises
    ------
    HazardInputError
        Naming what is out of range.

    Examples
    --------
    >>> one = np.array(1.0)
    >>> c = spread_plume(0 * one, 0 * one, sigma_y_m=one, sigma_z_m=one, release_kg_s=1,
    ...                  wind_m_s=1, height_m=0, stability="F", mixing_height_m=1000)
    >>> round(float(c), 5)  # 1/pi
    0.31831
    """
    rate = number("release_kg_s", release_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    wind = number("wind_m_s", wind_m_s, 0.1, 75.0, "m/s")
    height = number("height_m", height_m, 0.0, 5000.0, "m")
    lid = number("mixing_height_m", mixing_height_m, 10.0, 20_000.0, "m")
    if np.isnan(y_m).any() or np.isnan(z_m).any():
        raise HazardInputError("x_m, y_m, z_m", "a coordinate is not a number")
    vertical = vertical_term(z_m, height, sigma_z_m, None if stability in _STABLE else lid)
    lateral = np.exp(-0.5 * (y_m / sigma_y_m) ** 2)
    return np.asarray(rate / (2 * np.pi * wind * sigma_y_m * sigma_z_m) * lateral * vertical)


def vertical_term(z_m: Array, height_m: float, sz_m: Array, lid_m: float | None) -> Array:
    """Return V: source, ground image and lid images; the filled layer beyond sz = 1.6 lid.

    Parameters
    ----------
    z_m, sz_m : numpy.ndarray
        Height and sigma_z [m], of one shape.
    height_m : float
        Effective height of release [m].
    lid_m : float or None
        Mixing height [m], or None without a lid. Above the lid, or from a source above it,
        the concentration under it is 0.

    Returns
    -------
    numpy.ndarray
        V [-]; 2 at the ground under a ground source.

    Examples
    --------
    >>> float(vertical_term(np.array(0.0), 0.0, np.array(5.0), None))
    2.0
    """
    term = _pair(z_m, height_m, sz_m)
    if lid_m is None:
        return term
    if height_m > lid_m:
        return np.zeros_like(term)
    for k in range(1, _LID_IMAGES + 1):
        image = 2.0 * k * lid_m
        term = term + _pair(z_m, height_m + image, sz_m) + _pair(z_m, height_m - image, sz_m)
    filled = np.sqrt(2 * np.pi) * sz_m / lid_m
    term = np.where(sz_m > _WELL_MIXED * lid_m, filled, term)
    return np.where(z_m > lid_m, 0.0, term)


def _pair(z_m: Array, height_m: float, sz_m: Array) -> Array:
    above = np.exp(-0.5 * ((z_m - height_m) / sz_m) ** 2)
    return np.asarray(above + np.exp(-0.5 * ((z_m + height_m) / sz_m) ** 2))
