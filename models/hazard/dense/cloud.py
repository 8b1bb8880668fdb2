"""A dense release of finite duration: the plume while it lasts, the cloud that drifts away."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erf

from models.hazard.check_arrays import numbers
from models.hazard.checks import number
from models.hazard.constants import GAS_J_MOL_K
from models.hazard.dense.air import Air
from models.hazard.dense.closure import SQRT3, Closures, meander
from models.hazard.dense.gas import Gas
from models.hazard.dense.mixing import Mixing
from models.hazard.dense.plume import STATIONS, Steady, Track
from models.hazard.dense.puff import Drift, PuffStart, drift, released_at_once
from models.hazard.dense.source import Jet, Pool

Array = NDArray[np.float64]

_ROOT2 = math.sqrt(2.0)
_THIN_M = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class DenseCloud:
    """A dense cloud by stations downwind; arrays of shape (n,), rising in `x_m`.

    `time_s` is when a station's concentration is highest and `lasts_s` how long; `share` is the
    mean volume share of the cross section, `half_m` and `core_m` its half width and even core,
    `edge_m` the lateral spread with meander, `still_edge_m` without, `instant_m` that of a passive
    plume at a moment, `depth_m` and `centre_m` depth and height of the middle, `passing` what the
    ends leave of the peak on the axis (1 in a plume), `spread_s` how smeared the ends are in time.
    `upwind_m` is how far it creeps upwind.
    """

    x_m: Array
    time_s: Array
    lasts_s: Array
    share: Array
    half_m: Array
    core_m: Array
    edge_m: Array
    still_edge_m: Array
    instant_m: Array
    depth_m: Array
    centre_m: Array
    passing: Array
    spread_s: Array
    speed_m_s: Array
    density_kg_m3: Array
    temperature_k: Array
    upwind_m: float

    @property
    def effective_half_m(self) -> Array:
        """Half width [m] of a top hat with the same spread, meander included."""
        return np.sqrt(self.core_m**2 + 3 * self.edge_m**2)

    def averaged(self, averaging_s: float) -> "DenseCloud":
        """Return the same cloud with the meander of another averaging time [s], 1…3600.

        Raises
        ------
        HazardInputError
            Naming `averaging_s`.
        """
        averaging = number("averaging_s", averaging_s, 1.0, 3600.0, "s")
        edge = np.sqrt(self.still_edge_m**2 + meander(self.instant_m, averaging))
        return replace(self, edge_m=edge)

    def peak(self, x_m: ArrayLike, y_m: ArrayLike = 0.0, z_m: ArrayLike = 0.0) -> Array:
        """Return the highest volume share [-] over time at points [m]; 0 upwind of the cloud.

        Raises
        ------
        HazardInputError
            Naming a coordinate that is no number or out of range (z 0…1e4 m).
        """
        x = numbers("x_m", x_m, -1e6, 1e6, "m")
        y = numbers("y_m", y_m, -1e6, 1e6, "m")
        z = numbers("z_m", z_m, 0.0, 1e4, "m")
        share, half, core, edge = (
            self._at(x, each)
            for each in (self.share * self.passing, self.half_m, self.core_m, self.edge_m)
        )
        depth, centre = self._at(x, self.depth_m), self._at(x, self.centre_m)
        root = _ROOT2 * np.maximum(edge, _THIN_M)
        across = (erf((y + core) / root) - erf((y - core) / root)) / 2
        sigma = np.where(centre > depth / 2, depth / 2, depth - centre) / SQRT3
        sigma = np.maximum(sigma, _THIN_M)
        up = np.exp(-(((z - centre) / sigma) ** 2) / 2) + np.exp(-(((z + centre) / sigma) ** 2) / 2)
        found = share * half / core * across * depth * up / (math.sqrt(2 * math.pi) * sigma)
        inside = (x >= self.x_m[0]) & (x <= self.x_m[-1])
        return np.asarray(np.where(inside, np.clip(found, 0.0, 1.0), 0.0))

    def half_width(self, x_m: float) -> float:
        """Return the effective half width [m] at x [m]."""
        return float(np.interp(x_m, self.x_m, self.effective_half_m))

    def time_of_peak(self, x_m: float) -> float:
        """Return when the concentration at x [m] is highest [s since the start]."""
        return float(np.interp(x_m, self.x_m, self.time_s))

    def reach(self, share: float, z_m: float = 0.0) -> float:
        """Return how far downwind a volume share [-] 1e-9…1 is met on the axis [m]; 0 nowhere.

        The farthest station computed when it goes on beyond.
        """
        number("share", share, 1e-9, 1.0, "-")
        x = np.unique(np.concatenate((self.x_m, np.linspace(self.x_m[0], self.x_m[-1], 400))))
        met = np.flatnonzero(self.peak(x, 0.0, z_m) >= share)
        if not met.size:
            return 0.0
        last = int(met[-1])
        if last == x.size - 1:
            return float(x[-1])
        fine = np.linspace(x[last], x[last + 1], 200)
        inside = np.flatnonzero(self.peak(fine, 0.0, z_m) >= share)
        return max(float(fine[inside[-1]]), 0.0)

    def mass_above(self, share: float, gas: Gas, pressure_pa: float) -> float:
        """Return the gas where a steady plume is above a volume share [kg].

        Integrated on 300 x 80 x 60 points up to where the share ends, at the stations' mean
        temperature.
        """
        x = np.linspace(self.x_m[0], max(self.reach(share), float(self.x_m[1])), 300)
        wide, high = 4 * self._at(x, self.effective_half_m), 4 * self._at(x, self.depth_m)
        y, z = np.linspace(0.0, 1.0, 80), np.linspace(0.0, 1.0, 60)
        there = x[:, None, None]
        found = self.peak(there, wide[:, None, None] * y[:, None], high[:, None, None] * z)
        inner = np.trapezoid(np.trapezoid(np.where(found >= share, found, 0.0), z, axis=2), y)
        molar = gas.molar_kg_mol * pressure_pa / (GAS_J_MOL_K * self._at(x, self.temperature_k))
        return float(np.trapezoid(2 * inner * wide * high * molar, x))

    def share_at(self, x_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike, t_s: ArrayLike) -> Array:
        """Return the volume share [-] at points [m] and times [s] since the start, 0…1e6."""
        t = numbers("t_s", t_s, 0.0, 1e6, "s")
        x = numbers("x_m", x_m, -1e6, 1e6, "m")
        peak = self.peak(x, y_m, z_m)
        middle, lasts = self._at(x, self.time_s), self._at(x, self.lasts_s)
        root = _ROOT2 * np.maximum(self._at(x, self.spread_s), 0.5)
        ends = (erf((t - middle + lasts / 2) / root) - erf((t - middle - lasts / 2) / root)) / 2
        return np.asarray(peak * ends / erf(lasts / 2 / root))

    def _at(self, x: Array, values: Array) -> Array:
        return np.asarray(np.interp(x, self.x_m, values))


def dense_cloud(
    source: Pool | Jet,
    air: Air,
    mixing: Mixing,
    *,
    duration_s: float,
    averaging_s: float = 10.0,
    farthest_m: float = 5000.0,
    stations: int = STATIONS,
) -> DenseCloud:
    """Return the dense cloud of a release that lasts a while.

    While it lasts the plume is steady; the air that passed the source half way through then goes
    on as a cloud with the length that the release had given it, spreading along the wind as well.

    Parameters
    ----------
    source : Pool or Jet
    air : Air
    mixing : Mixing
    duration_s : float
        How long it lasts [s], 1…1e7.
    averaging_s : float
        Averaging time of the concentrations [s], 1…3600: it widens by meander.
    farthest_m : float
        How far to compute [m], 10…1e5.
    stations : int
        Stations of the plume, 20…2000; with half of them distances change by a few per cent.

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Examples
    --------
    SLAB's first test has 14 % at 206 m on the ground (its own answer, not a measurement):

    >>> from models.hazard.dense.gas import gas_of
    >>> air = Air(1.92, 2.88, 0.0002, 0.0665, 306.0, 0.046)
    >>> mixing = Mixing(gas_of("74-82-8"), 306.0, 0.046)
    >>> cloud = dense_cloud(Pool(117.0, 657.0, 111.7), air, mixing, duration_s=107)
    >>> 0.07 < float(cloud.peak(206.0)) < 0.28
    True
    """
    duration = number("duration_s", duration_s, 1.0, 1e7, "s")
    averaging = number("averaging_s", averaging_s, 1.0, 3600.0, "s")
    farthest = number("farthest_m", farthest_m, 10.0, 1e5, "m")
    number("stations", stations, 20, 2000, "")
    steady = Steady(source, air, mixing, stations)
    track = steady.run(farthest, duration / 2)
    since = track.time_s - float(np.interp(0.0, track.x_m, track.time_s))
    cut = int(np.searchsorted(since, duration / 2))
    closures = steady.closures
    parts = [_of_track(track, cut, since, duration)]
    if cut < len(since):
        start = _cut_off(track, cut, steady.enthalpies[cut], duration)
        parts.append(
            _of_drift(
                drift(start, closures, mixing, farthest, coarse=STATIONS / stations), duration
            )
        )
    return _joined(parts, closures, averaging, float(track.x_m[0]))


def dense_puff(
    mass_kg: float,
    temperature_k: float,
    air: Air,
    mixing: Mixing,
    *,
    liquid: float = 0.0,
    averaging_s: float = 10.0,
    farthest_m: float = 5000.0,
) -> DenseCloud:
    """Return the dense cloud of a mass let go at once.

    Parameters
    ----------
    mass_kg : float
        Mass [kg], 0.01…1e8.
    temperature_k, liquid : float
        Temperature [K], 20…600, and mass share of droplets, 0…0.99.
    air, mixing, averaging_s, farthest_m
        As in `dense_cloud`.

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Examples
    --------
    >>> from models.hazard.dense.gas import gas_of
    >>> mixing = Mixing(gas_of("7782-50-5"), 293.0, 0.5)
    >>> cloud = dense_puff(1000, 239.2, Air(3.0, 10.0, 0.03, 0.0, 293.0), mixing)
    >>> float(cloud.peak(100.0)) > float(cloud.peak(1000.0)) > 0
    True
    """
    mass = number("mass_kg", mass_kg, 0.01, 1e8, "kg")
    number("temperature_k", temperature_k, 20.0, 600.0, "K")
    number("liquid", liquid, 0.0, 0.99, "-")
    averaging = number("averaging_s", averaging_s, 1.0, 3600.0, "s")
    farthest = number("farthest_m", farthest_m, 10.0, 1e5, "m")
    start = released_at_once(mixing, mass, temperature_k, liquid)
    closures = Closures(air, mixing.air_kg_m3())
    found = _of_drift(drift(start, closures, mixing, farthest), 0.0)
    return _joined([found], closures, averaging, -start.long_half_m)


_Part = dict[str, Array]


def _of_track(track: Track, cut: int, since: Array, duration: float) -> _Part:
    part = {
        name: getattr(track, name)[:cut]
        for name in (
            "x_m", "share", "half_m", "core_m", "depth_m", "centre_m", "speed_m_s",
            "density_kg_m3", "temperature_k",
        )
    }  # fmt: skip
    ones = np.ones(cut)
    part["time_s"] = duration / 2 + since[:cut]
    part["lasts_s"] = duration * ones
    part["passing"] = ones
    part["spread_s"] = track.long_m[:cut] / track.speed_m_s[:cut]
    return part


def _cut_off(track: Track, at: int, enthalpy: float, duration: float) -> PuffStart:
    length = float(track.speed_m_s[at]) * duration / 2
    return PuffStart(
        x_m=float(track.x_m[at]),
        half_m=float(track.half_m[at]),
        core_m=float(track.core_m[at]),
        long_half_m=length,
        long_core_m=0.999 * length,
        depth_m=float(track.depth_m[at]),
        centre_m=float(track.centre_m[at]),
        speed_m_s=float(track.speed_m_s[at]),
        across_m_s=float(track.sideways_m_s[at]),
        mass_share=float(track.rate_kg_s / track.mass_flux_kg_s[at]),
        density_kg_m3=float(track.density_kg_m3[at]),
        enthalpy_j_kg=enthalpy,
        gas_kg=track.rate_kg_s * duration,
    )


def _of_drift(found: Drift, duration: float) -> _Part:
    names = (
        "x_m", "share", "half_m", "core_m", "depth_m", "centre_m", "speed_m_s", "density_kg_m3",
        "temperature_k",
    )  # fmt: skip
    part = {name: getattr(found, name) for name in names}
    long = np.maximum(found.long_half_m**2 - found.long_core_m**2, 0.0)
    spread = np.maximum(np.sqrt(long / 3), _THIN_M)
    speed = np.maximum(found.speed_m_s, 0.05)
    part["time_s"] = duration + found.time_s
    part["lasts_s"] = 2 * found.long_core_m / speed
    part["spread_s"] = spread / speed
    ends = erf(found.long_core_m / (_ROOT2 * spread))
    part["passing"] = found.long_half_m / found.long_core_m * ends
    return part


def _joined(parts: list[_Part], closures: Closures, averaging: float, first_m: float) -> DenseCloud:
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    edge = np.sqrt(np.maximum(whole["half_m"] ** 2 - whole["core_m"] ** 2, 0.0) / 3)
    instant = np.array([closures.instant_sigma(float(x) - first_m) for x in whole["x_m"]])
    cloud = DenseCloud(
        **whole, edge_m=edge, still_edge_m=edge, instant_m=instant, upwind_m=-first_m
    )
    return cloud.averaged(averaging)
