"""Britter and McQuaid's workbook: nomograms for dense plumes and puffs over flat ground."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.constants import G_M_S2

# (concentration, ((upper alpha, slope, intercept), …)): beta = slope alpha + intercept.
_INF = math.inf
_Curve = tuple[float, tuple[tuple[float, float, float], ...]]
_PLUME: tuple[_Curve, ...] = (
    (0.10, ((-0.55, 0, 1.75), (-0.14, 0.24, 1.88), (_INF, -0.50, 1.78))),
    (0.05, ((-0.68, 0, 1.92), (-0.29, 0.36, 2.16), (-0.18, 0, 2.06), (_INF, -0.56, 1.96))),
    (0.02, ((-0.69, 0, 2.08), (-0.31, 0.45, 2.39), (-0.16, 0, 2.25), (_INF, -0.54, 2.16))),
    (0.01, ((-0.70, 0, 2.25), (-0.29, 0.49, 2.59), (-0.20, 0, 2.45), (_INF, -0.52, 2.35))),
    (0.005, ((-0.67, 0, 2.40), (-0.28, 0.59, 2.80), (-0.15, 0, 2.63), (_INF, -0.48, 2.56))),
    (0.002, ((-0.69, 0, 2.60), (-0.25, 0.39, 2.87), (-0.13, 0, 2.77), (_INF, -0.50, 2.71))),
)
_PUFF: tuple[_Curve, ...] = (
    (0.10, ((-0.44, 0, 0.70), (0.43, 0.26, 0.81), (_INF, 0, 0.93))),
    (0.05, ((-0.56, 0, 0.85), (0.31, 0.26, 1.00), (_INF, -0.12, 1.12))),
    (0.02, ((-0.66, 0, 0.95), (0.32, 0.36, 1.19), (_INF, -0.26, 1.38))),
    (0.01, ((-0.71, 0, 1.15), (0.37, 0.34, 1.39), (_INF, -0.38, 1.66))),
    (0.005, ((-0.52, 0, 1.48), (0.24, 0.26, 1.62), (_INF, -0.30, 1.75))),
    (0.002, ((0.27, 0, 1.83), (_INF, -0.32, 1.92))),
    (0.001, ((-0.10, 0, 2.075), (_INF, -0.27, 2.05))),
)
_HIGHEST_ALPHA = 1.0
_PLUME_NEAR = 30.0


def plume_betas(alpha: float) -> Array:
    """Return beta = log10(x/D) at which Cm/C0 is .10, .05, .02, .01, .005, .002.

    Parameters
    ----------
    alpha : float
        0.2 log10(g0² V/u^5) [-], -5…1; below the curves' beginning they are level.

    Raises
    ------
    HazardInputError
        Naming `alpha`.

    References
    ----------
    CCPS, Guidelines for Consequence Analysis (1999), table 2.7, of Britter & McQuaid (1988).

    Examples
    --------
    >>> plume_betas(-0.40).round(3).tolist()
    [1.784, 2.016, 2.21, 2.394, 2.564, 2.714]
    """
    return _betas(_PLUME, alpha)


def puff_betas(alpha: float) -> Array:
    """Return beta = log10(x/V^(1/3)) at which Cm/C0 is .10, .05, .02, .01, .005, .002, .001.

    Parameters
    ----------
    alpha : float
        0.5 log10(g0 V^(1/3)/u²) [-], -5…1.

    Raises
    ------
    HazardInputError
        Naming `alpha`.

    References
    ----------
    CCPS, Guidelines for Consequence Analysis (1999), table 2.8, of Britter & McQuaid (1988).

    Examples
    --------
    >>> puff_betas(0.0).round(3).tolist()
    [0.81, 1.0, 1.19, 1.39, 1.62, 1.83, 2.05]
    """
    return _betas(_PUFF, alpha)


def _betas(curves: tuple[_Curve, ...], alpha: float) -> Array:
    number("alpha", alpha, -5.0, _HIGHEST_ALPHA, "-")
    found = []
    for _, pieces in curves:
        _, slope, intercept = next(piece for piece in pieces if alpha <= piece[0])
        found.append(slope * alpha + intercept)
    return np.array(found)


def _decay(scaled: Array, curves: tuple[_Curve, ...], betas: Array, near: float, k: float) -> Array:
    """Return Cm/C0: k/(k + x²) up to `near`, then linear in beta, beyond ~ x^-2."""
    concentrations = np.array([concentration for concentration, _ in curves])
    first = 10.0 ** betas[0]
    x = np.maximum(scaled, 1e-9)
    if near < first:
        betas = np.concatenate(([math.log10(near)], betas))
        concentrations = np.concatenate(([k / (k + near**2)], concentrations))
    inner = k / (k + x**2)
    inner = np.maximum(inner, concentrations[0])
    middle = np.interp(np.log10(x), betas, concentrations)
    last = 10.0 ** betas[-1]
    outer = concentrations[-1] * (last / x) ** 2
    found = np.where(x <= 10.0 ** betas[0], inner, np.where(x < last, middle, outer))
    return np.asarray(np.where(scaled > 0, found, 1.0))


def _warmed(share: Array, release_k: float, ambient_k: float) -> Array:
    """Correct for a cold release: C/(C + (1 - C) T/Ta)."""
    return np.asarray(share / (share + (1 - share) * release_k / ambient_k))


def _reduced_gravity(density: float, air: float) -> float:
    number("density_kg_m3", density, 0.0, 100.0, "kg/m³", low_open=True)
    number("air_kg_m3", air, 0.3, 3.0, "kg/m³")
    number("density_kg_m3", density, air, 100.0, "kg/m³", low_open=True)
    return G_M_S2 * (density - air) / air


@dataclass(frozen=True, slots=True)
class DensePlume:
    """A steady release that is heavier than air, from the ground, by the workbook.

    Parameters
    ----------
    volume_m3_s : float
        Volume rate as released V [m³/s], above 0 … 1e6.
    density_kg_m3 : float
        As released [kg/m³], above the air's … 100.
    wind_10_m_s : float
        Wind at 10 m [m/s], 0.5…75.
    air_kg_m3 : float
        Density of the air [kg/m³], 0.3…3.
    release_k, ambient_k : float
        Temperatures [K], 20…1000 and 200…340; a cold release is corrected by their ratio.

    Raises
    ------
    HazardInputError
        Naming the value out of range, `alpha` where the curves don't reach (g0² V > 1e5 u^5).

    Notes
    -----
    Flat open ground; stability and roughness don't enter; no aerosol chemistry. The printed
    formula of the cloud's height lacks the concentration; here it keeps the volume.

    References
    ----------
    Britter & McQuaid (1988), HSE Contract Research Report 17/1988; CCPS (1999), page 122.

    Examples
    --------
    CCPS page 122 (LNG at 10.9 m/s): about 5 % at 367 m.

    >>> plume = DensePlume(volume_m3_s=55.618, density_kg_m3=1.76, wind_10_m_s=10.9,
    ...                    air_kg_m3=1.184, release_k=111.15, ambient_k=298)
    >>> round(float(plume.axis(367.0)), 3)
    0.051
    """

    volume_m3_s: float
    density_kg_m3: float
    wind_10_m_s: float
    air_kg_m3: float
    release_k: float
    ambient_k: float

    def __post_init__(self) -> None:
        number("volume_m3_s", self.volume_m3_s, 0.0, 1e6, "m³/s", low_open=True)
        number("wind_10_m_s", self.wind_10_m_s, 0.5, 75.0, "m/s")
        number("release_k", self.release_k, 20.0, 1000.0, "K")
        number("ambient_k", self.ambient_k, 200.0, 340.0, "K")
        _reduced_gravity(self.density_kg_m3, self.air_kg_m3)
        plume_betas(self.alpha)

    @property
    def reduced_gravity_m_s2(self) -> float:
        """G (rho - rho_a)/rho_a [m/s²]."""
        return _reduced_gravity(self.density_kg_m3, self.air_kg_m3)

    @property
    def alpha(self) -> float:
        """0.2 log10(g0² V/u^5) [-], at least -5."""
        ratio = self.reduced_gravity_m_s2**2 * self.volume_m3_s / self.wind_10_m_s**5
        return max(0.2 * math.log10(ratio), -5.0)

    @property
    def length_m(self) -> float:
        """D = sqrt(V/u) [m]."""
        return math.sqrt(self.volume_m3_s / self.wind_10_m_s)

    @property
    def buoyancy_m(self) -> float:
        """Lb = V g0/u³ [m]."""
        return self.volume_m3_s * self.reduced_gravity_m_s2 / self.wind_10_m_s**3

    @property
    def upwind_m(self) -> float:
        """How far the cloud creeps upwind, D/2 + 2 lb [m]."""
        return self.length_m / 2 + 2 * self.buoyancy_m

    def axis(self, x_m: ArrayLike) -> Array:
        """Return the volume share [-] at the ground on the axis at x [m], -1e5…1e5."""
        x = numbers("x_m", x_m, -1e5, 1e5, "m")
        scaled = x / self.length_m
        share = _decay(scaled, _PLUME, plume_betas(self.alpha), _PLUME_NEAR, 306.0)
        warm = _warmed(share, self.release_k, self.ambient_k)
        return np.asarray(np.where(x < -self.upwind_m, 0.0, warm))

    def half_width(self, x_m: ArrayLike) -> Array:
        """Return the half width [m] at x [m]: D + 8 lb + 2.5 (lb x²)^(1/3); 0 upwind of it."""
        x = numbers("x_m", x_m, -1e5, 1e5, "m")
        ahead = np.maximum(x, 0.0)
        wide = self.length_m + 8 * self.buoyancy_m + 2.5 * np.cbrt(self.buoyancy_m * ahead**2)
        return np.asarray(np.where(x < -self.upwind_m, 0.0, wide))

    def height(self, x_m: ArrayLike) -> Array:
        """Return the cloud's height [m] that keeps the volume, D²/(2 L C); 0 upwind of it."""
        wide, share = self.half_width(x_m), self.axis(x_m)
        inside = (wide > 0) & (share > 0)
        safe = np.where(inside, wide * share, 1.0)
        return np.asarray(np.where(inside, self.length_m**2 / (2 * safe), 0.0))

    def share(self, x_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike) -> Array:
        """Return the volume share [-] at points [m]; the cloud is even across and up."""
        y = numbers("y_m", y_m, -1e5, 1e5, "m")
        z = numbers("z_m", z_m, 0.0, 1e4, "m")
        inside = (np.abs(y) <= self.half_width(x_m)) & (z <= self.height(x_m))
        return np.asarray(np.where(inside, self.axis(x_m), 0.0))


@dataclass(frozen=True, slots=True)
class DensePuff:
    """A volume heavier than air let go at once, by the workbook.

    Parameters
    ----------
    volume_m3 : float
        Volume as released V [m³], above 0 … 1e8.
    density_kg_m3, wind_10_m_s, air_kg_m3, release_k, ambient_k : float
        As in `DensePlume`; equal temperatures make no correction.

    Raises
    ------
    HazardInputError
        Naming the value out of range, `alpha` where the curves don't reach.

    References
    ----------
    Britter & McQuaid (1988), HSE Contract Research Report 17/1988.

    Examples
    --------
    Potchefstroom: the edge at 333 m after 124 s with a tenth of the initial concentration.

    >>> puff = DensePuff(volume_m3=72500, density_kg_m3=1.434, wind_10_m_s=2, air_kg_m3=1.204,
    ...                  release_k=293.15, ambient_k=293.15)
    >>> round(float(puff.share(333, 0, 0, 124)), 2), round(puff.front_m(124.0))
    (0.1, 335)
    """

    volume_m3: float
    density_kg_m3: float
    wind_10_m_s: float
    air_kg_m3: float
    release_k: float
    ambient_k: float

    def __post_init__(self) -> None:
        number("volume_m3", self.volume_m3, 0.0, 1e8, "m³", low_open=True)
        number("wind_10_m_s", self.wind_10_m_s, 0.5, 75.0, "m/s")
        number("release_k", self.release_k, 20.0, 1000.0, "K")
        number("ambient_k", self.ambient_k, 200.0, 340.0, "K")
        _reduced_gravity(self.density_kg_m3, self.air_kg_m3)
        puff_betas(self.alpha)

    @property
    def reduced_gravity_m_s2(self) -> float:
        """G (rho - rho_a)/rho_a [m/s²]."""
        return _reduced_gravity(self.density_kg_m3, self.air_kg_m3)

    @property
    def alpha(self) -> float:
        """0.5 log10(g0 V^(1/3)/u²) [-], at least -5."""
        side = self.volume_m3 ** (1 / 3)
        ratio = self.reduced_gravity_m_s2 * side / self.wind_10_m_s**2
        return max(0.5 * math.log10(ratio), -5.0)

    def radius(self, t_s: ArrayLike) -> Array:
        """Return the radius [m] at times [s] 0…1e6: R² = R0² + 1.2 sqrt(g0 V) t."""
        t = numbers("t_s", t_s, 0.0, 1e6, "s")
        start = (3 * self.volume_m3 / (4 * math.pi)) ** (1 / 3)
        spread = 1.2 * math.sqrt(self.reduced_gravity_m_s2 * self.volume_m3)
        return np.asarray(np.sqrt(start**2 + spread * t))

    def front_m(self, t_s: float) -> float:
        """Return how far downwind the cloud's edge is [m] at a time [s]: 0.4 u t + R."""
        return float(0.4 * self.wind_10_m_s * t_s + self.radius(t_s))

    def mean(self, t_s: ArrayLike) -> Array:
        """Return the volume share [-] in the cloud at times [s]."""
        front = 0.4 * self.wind_10_m_s * np.asarray(t_s, dtype=np.float64) + self.radius(t_s)
        scaled = front / self.volume_m3 ** (1 / 3)
        betas = puff_betas(self.alpha)
        share = _decay(scaled, _PUFF, betas, 10.0 ** float(betas[0]), 3.24)
        return _warmed(share, self.release_k, self.ambient_k)

    def share(self, x_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike, t_s: ArrayLike) -> Array:
        """Return the volume share [-] at points [m] and times [s]; 0 outside the cylinder."""
        x = numbers("x_m", x_m, -1e6, 1e6, "m")
        y = numbers("y_m", y_m, -1e6, 1e6, "m")
        z = numbers("z_m", z_m, 0.0, 1e4, "m")
        radius, mean = self.radius(t_s), self.mean(t_s)
        centre = 0.4 * self.wind_10_m_s * np.asarray(t_s, dtype=np.float64)
        height = self.volume_m3 / (mean * math.pi * radius**2)
        inside = ((x - centre) ** 2 + y**2 <= radius**2) & (z <= height)
        return np.asarray(np.where(inside, mean, 0.0))
