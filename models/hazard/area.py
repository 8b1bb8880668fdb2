"""An area source: the plume integrated over a rectangle at any angle to the wind."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf

from models.hazard.check_arrays import Array
from models.hazard.checks import number
from models.hazard.plume import vertical_term
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import sigma_y, sigma_z

_NEAREST_M = 1.0  # ISC3 integrates no nearer to the receptor
_STABLE = "EF"
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A source at the origin: `along_m` downwind by `across_m`, turned left by `turned_deg`."""

    along_m: float
    across_m: float
    turned_deg: float = 0.0

    def corners(self) -> Array:
        """Return the corners as (4, 2) downwind and crosswind coordinates [m], in order."""
        angle = math.radians(self.turned_deg)
        along = np.array([-1.0, 1.0, 1.0, -1.0]) * self.along_m / 2
        across = np.array([-1.0, -1.0, 1.0, 1.0]) * self.across_m / 2
        cos, sin = math.cos(angle), math.sin(angle)
        return np.stack([along * cos - across * sin, along * sin + across * cos], axis=1)


def area_concentration(
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    *,
    flux_kg_m2_s: float,
    rectangle: Rectangle,
    wind_m_s: float,
    height_m: float,
    stability: str,
    scheme: str = "isc3_rural",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the concentration from a rectangle that releases evenly.

    C = q/(sqrt(2 pi) u) ∫ V/sz ½[erf((y2 - y)/(√2 sy)) - erf((y1 - y)/(√2 sy))] dx over all of
    the rectangle that lies upwind of the receptor, with y1…y2 its chord across the wind there.

    Parameters
    ----------
    x_m, y_m, z_m : array_like
        Receptors [m] downwind, crosswind (left is positive) and up from the rectangle's centre,
        inside it too; they broadcast.
    flux_kg_m2_s : float
        Rate per area q [kg/(m² s)], above 0 … 100.
    rectangle : Rectangle
        Sides 0.1…10 000 m, turned -360…360°.
    wind_m_s, height_m, stability, scheme, mixing_height_m
        As in `models.hazard.plume.plume_concentration`.

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
    Parts of the source nearer than 1 m to the receptor are left out, as in ISC3. 48 Gauss nodes
    in log x on each stretch between corners.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, §1.2.3, eq. 1-65.

    Examples
    --------
    From far away it is a point source of the same rate:

    >>> from models.hazard.plume import plume_concentration
    >>> same = dict(wind_m_s=3, height_m=0, stability="D")
    >>> c = area_concentration(2000, 0, 0, flux_kg_m2_s=0.01, rectangle=Rectangle(10, 10), **same)
    >>> point = plume_concentration(2000, 0, 0, release_kg_s=1.0, **same)
    >>> round(float(c / point), 3)
    1.0
    """
    flux = number("flux_kg_m2_s", flux_kg_m2_s, 0.0, 100.0, "kg/(m² s)", low_open=True)
    number("rectangle.along_m", rectangle.along_m, 0.1, 10_000.0, "m")
    number("rectangle.across_m", rectangle.across_m, 0.1, 10_000.0, "m")
    number("rectangle.turned_deg", rectangle.turned_deg, -360.0, 360.0, "°")
    wind = number("wind_m_s", wind_m_s, 0.1, 75.0, "m/s")
    height = number("height_m", height_m, 0.0, 5000.0, "m")
    lid = number("mixing_height_m", mixing_height_m, 10.0, 20_000.0, "m")
    x, y, z = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (x_m, y_m, z_m)))
    if not (np.isfinite(x) & np.isfinite(y) & np.isfinite(z)).all():
        raise HazardInputError("x_m, y_m, z_m", "a coordinate is not a finite number")
    corners = rectangle.corners()
    ends = np.sort(corners[:, 0])
    total = np.zeros(x.shape)
    for first, last in pairwise(ends):
        near = np.maximum(x - last, _NEAREST_M)
        far = np.maximum(x - first, near)
        stretch = np.log(far / near)[..., None] / 2
        away = near[..., None] * np.exp(stretch * (1 + _NODES))
        low, high = _chord(corners, x[..., None] - away)
        sy = sigma_y(away, stability, scheme)
        sz = sigma_z(away, stability, scheme)
        root = math.sqrt(2.0) * sy
        side = (erf((high - y[..., None]) / root) - erf((low - y[..., None]) / root)) / 2
        heights = np.broadcast_to(z[..., None], away.shape)
        vertical = vertical_term(heights, height, sz, None if stability in _STABLE else lid)
        total = total + (_WEIGHTS * stretch * away * vertical * side / sz).sum(axis=-1)
    return np.asarray(flux * total / (math.sqrt(2 * math.pi) * wind))


def _chord(corners: Array, x_m: Array) -> tuple[Array, Array]:
    """Return the rectangle's lowest and highest y at x; (0, 0) outside."""
    low = np.full(x_m.shape, np.inf)
    high = np.full(x_m.shape, -np.inf)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if abs(x2 - x1) < 1e-9:
            continue
        share = (x_m - x1) / (x2 - x1)
        y = y1 + share * (y2 - y1)
        on = (share >= -1e-12) & (share <= 1 + 1e-12)
        low = np.where(on, np.minimum(low, y), low)
        high = np.where(on, np.maximum(high, y), high)
    outside = low > high
    return np.where(outside, 0.0, low), np.where(outside, 0.0, high)
