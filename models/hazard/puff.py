"""Gaussian puffs: at once, of finite duration, and carried by a changing wind."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.plume import plume_concentration, vertical_term
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import sigma_y, sigma_z

_NEAREST_M = 0.1  # a puff starts with the size it would have after this way
_CHUNK = 2_000_000  # receptors times puffs in one go


def puff_concentration(
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    t_s: ArrayLike,
    *,
    mass_kg: float,
    wind_m_s: float,
    height_m: float,
    stability: str,
    scheme: str = "ccps_puff",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the concentration of a mass released at once at t = 0.

    C = M/((2 pi)^1.5 sx sy sz) exp(-(x - ut)²/2sx²) exp(-y²/2sy²) V, sx = sy, the sigmas at the
    way ut that the puff has gone.

    Parameters
    ----------
    x_m, y_m, z_m : array_like
        Downwind, crosswind and vertical coordinates [m].
    t_s : array_like
        Time since the release [s], 0…1e6; at 0 the concentration is 0. All four broadcast.
    mass_kg : float
        Mass M [kg], above 0 … 1e8.
    wind_m_s, height_m, mixing_height_m
        As in `models.hazard.plume.plume_concentration`; there is no lid in classes E and F.
    stability, scheme : str
        See `models.hazard.sigmas`; 'ccps_puff' is Slade's for puffs.

    Returns
    -------
    numpy.ndarray
        Concentration [kg/m³], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming what is out of range.

    References
    ----------
    CCPS, Guidelines for Consequence Analysis (1999), eq. 2.1.59 and page 101.

    Examples
    --------
    CCPS page 101: 1 kg at 2 m/s in class F, over the place at 500 m after 250 s.

    >>> c = puff_concentration(500, 0, 0, 250, mass_kg=1, wind_m_s=2, height_m=0, stability="F")
    >>> round(float(c), 7)
    0.00225
    """
    mass = number("mass_kg", mass_kg, 0.0, 1e8, "kg", low_open=True)
    wind = number("wind_m_s", wind_m_s, 0.1, 75.0, "m/s")
    height = number("height_m", height_m, 0.0, 5000.0, "m")
    lid = number("mixing_height_m", mixing_height_m, 10.0, 20_000.0, "m")
    x, y, z, t = _together(x_m, y_m, z_m, numbers("t_s", t_s, 0.0, 1e6, "s"))
    way = np.maximum(wind * t, _NEAREST_M)
    across = (y**2 + (x - wind * t) ** 2) / 2
    found = mass * _puff(across, z, way, height, stability, scheme, lid)
    return np.where(t > 0, found, 0.0)


def _together(x_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike, t_s: ArrayLike) -> tuple[Array, ...]:
    found = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (x_m, y_m, z_m, t_s)))
    if not all(np.isfinite(each).all() for each in found):
        raise HazardInputError("x_m, y_m, z_m", "a coordinate is not a finite number")
    return tuple(np.asarray(each) for each in found)


def _puff(
    half_square: Array, z: Array, way: Array, height: float, stability: str, scheme: str, lid: float
) -> Array:
    """Return the concentration of 1 kg; `half_square` is (dx² + dy²)/2."""
    sy = sigma_y(way, stability, scheme)
    sz = sigma_z(way, stability, scheme)
    vertical = vertical_term(z, height, sz, None if stability in "EF" else lid)
    return np.asarray(np.exp(-half_square / sy**2) * vertical / ((2 * np.pi) ** 1.5 * sy**2 * sz))


def finite_release_concentration(
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    t_s: ArrayLike,
    *,
    release_kg_s: float,
    duration_s: float,
    wind_m_s: float,
    height_m: float,
    stability: str,
    scheme: str = "isc3_rural",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the concentration of a steady release that lasts from t = 0 to its duration.

    C = plume/2 [erf(a) - erf(b)] with a = (x - u(t - td))/(√2 sx) while t > td, b likewise with
    t, and sx = sy(x): the ends of the cloud are as wide along the wind as across it (Palazzi).

    Parameters
    ----------
    x_m, y_m, z_m, t_s : array_like
        Coordinates [m] and time since the start [s], 0…1e6; they broadcast.
    release_kg_s, wind_m_s, height_m, stability, scheme, mixing_height_m
        As in `models.hazard.plume.plume_concentration`.
    duration_s : float
        How long it lasts, td [s], above 0 … 1e7.

    Returns
    -------
    numpy.ndarray
        Concentration [kg/m³], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming what is out of range.

    References
    ----------
    Palazzi et al. (1982), Atmospheric Environment 16, 2785; TNO Yellow Book, ch. 4.

    Examples
    --------
    Half of the plume's concentration while the front passes:

    >>> same = dict(release_kg_s=1, wind_m_s=2, height_m=0, stability="D")
    >>> c = finite_release_concentration(500, 0, 0, 250, duration_s=600, **same)
    >>> round(float(c / plume_concentration(500, 0, 0, **same)), 3)
    0.5
    """
    duration = number("duration_s", duration_s, 0.0, 1e7, "s", low_open=True)
    wind = number("wind_m_s", wind_m_s, 0.1, 75.0, "m/s")
    x, y, z, t = _together(x_m, y_m, z_m, numbers("t_s", t_s, 0.0, 1e6, "s"))
    plume = plume_concentration(
        x,
        y,
        z,
        release_kg_s=release_kg_s,
        wind_m_s=wind,
        height_m=height_m,
        stability=stability,
        scheme=scheme,
        mixing_height_m=mixing_height_m,
    )
    root = math.sqrt(2.0) * sigma_y(np.where(x > 0, x, 1.0), stability, scheme)
    tail = erf((x - wind * np.maximum(t - duration, 0.0)) / root)
    front = erf((x - wind * t) / root)
    return np.asarray(plume * (tail - front) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class WindTrack:
    """Wind over time: from `times_s[i]` on it carries with `east_m_s[i]`, `north_m_s[i]`."""

    times_s: Array
    east_m_s: Array
    north_m_s: Array

    @classmethod
    def of(cls, times_s: ArrayLike, speeds_m_s: ArrayLike, from_deg: ArrayLike) -> "WindTrack":
        """Return a track of speeds [m/s] 0…75 FROM directions [°] 0…360 since times [s].

        All of one shape (n,), n ≥ 1; the times rise from 0.

        Raises
        ------
        HazardInputError
            Naming what makes no sense.

        Examples
        --------
        >>> track = WindTrack.of([0], [2], [270])
        >>> round(float(track.east_m_s[0]), 6), round(abs(float(track.north_m_s[0])), 6)
        (2.0, 0.0)
        """
        times = numbers("times_s", times_s, 0.0, 1e7, "s")
        speeds = numbers("speeds_m_s", speeds_m_s, 0.0, 75.0, "m/s")
        towards = np.radians(numbers("from_deg", from_deg, 0.0, 360.0, "°") + 180.0)
        if times.ndim != 1 or not times.size or times.shape != speeds.shape:
            raise HazardInputError("times_s", "wanted as many times as speeds and directions")
        if times.shape != towards.shape:
            raise HazardInputError("from_deg", "wanted as many directions as times")
        if times[0] != 0 or not (np.diff(times) > 0).all():
            raise HazardInputError("times_s", "wanted rising times that start at 0 s")
        return cls(times, speeds * np.sin(towards), speeds * np.cos(towards))

    def travelled(self, t_s: ArrayLike) -> tuple[Array, Array, Array]:
        """Return (east, north, length of the way) [m] that air goes from 0 to t."""
        t = np.asarray(t_s, dtype=np.float64)
        speed = np.hypot(self.east_m_s, self.north_m_s)
        index = np.maximum(np.searchsorted(self.times_s, t, "right") - 1, 0)
        rest = t - self.times_s[index]
        found = []
        for rate in (self.east_m_s, self.north_m_s, speed):
            held = np.concatenate(([0.0], np.cumsum(rate[:-1] * np.diff(self.times_s))))
            found.append(np.asarray(held[index] + rate[index] * rest))
        return found[0], found[1], found[2]


def moving_puffs_concentration(
    east_m: ArrayLike,
    north_m: ArrayLike,
    z_m: ArrayLike,
    t_s: ArrayLike,
    *,
    starts_s: ArrayLike,
    masses_kg: ArrayLike,
    track: WindTrack,
    height_m: float,
    stability: str,
    scheme: str = "ccps_puff",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the summed concentration of puffs that a changing wind carries.

    Each puff leaves the origin at its start, goes where the wind of each moment blows, and has
    the sigmas of the way it has gone.

    Parameters
    ----------
    east_m, north_m, z_m : array_like
        Coordinates [m] from the source.
    t_s : array_like
        Times [s], 0…1e6; all four broadcast.
    starts_s, masses_kg : array_like
        Starts [s] and masses [kg] ≥ 0 of the puffs, of one shape (n,), n ≥ 1; `History.steps`
        makes them of a rate over time.
    track : WindTrack
        The wind.
    height_m, stability, scheme, mixing_height_m
        As in `puff_concentration`.

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
    Puffs must overlap to stand for a plume: a step below about sy/u. In a calm a puff stays and
    keeps its size; nothing is valid there.

    Examples
    --------
    One puff in a steady west wind is `puff_concentration`:

    >>> track = WindTrack.of([0], [2], [270])
    >>> c = moving_puffs_concentration(500, 0, 0, 250, starts_s=[0], masses_kg=[1], track=track,
    ...                                height_m=0, stability="F")
    >>> round(float(c), 7)
    0.00225
    """
    starts = numbers("starts_s", starts_s, 0.0, 1e7, "s")
    masses = numbers("masses_kg", masses_kg, 0.0, 1e8, "kg")
    if starts.ndim != 1 or not starts.size or starts.shape != masses.shape:
        raise HazardInputError("starts_s", "wanted as many starts as masses, one at least")
    height = number("height_m", height_m, 0.0, 5000.0, "m")
    lid = number("mixing_height_m", mixing_height_m, 10.0, 20_000.0, "m")
    x, y, z, t = _together(east_m, north_m, z_m, numbers("t_s", t_s, 0.0, 1e6, "s"))
    total = np.zeros(x.shape)
    step = max(1, _CHUNK // max(x.size, 1))
    for i in range(0, starts.size, step):
        start = starts[i : i + step]
        east, north, way = (
            at_t[..., None] - at_start
            for at_t, at_start in zip(track.travelled(t), track.travelled(start), strict=True)
        )
        born = t[..., None] > start
        half = ((x[..., None] - east) ** 2 + (y[..., None] - north) ** 2) / 2
        way = np.where(born, np.maximum(way, _NEAREST_M), 1.0)
        heights = np.broadcast_to(z[..., None], way.shape)
        each = _puff(half, heights, way, height, stability, scheme, lid)
        total = total + (np.where(born, each, 0.0) * masses[i : i + step]).sum(axis=-1)
    return total
