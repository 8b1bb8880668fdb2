"""What detectors see of a release: a simple plume carried by the scripted wind.

This is the world's own physics, not the desk's model: the desk must find out by itself.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.demo.weather import Floats, Weather

_DECAY_S = 45.0
_MOLAR_VOLUME = 24.45
_TAPS = 16
_TAP_S = 1.5
_LAG_S = 6.0
_NEAREST_M = 2.0


@dataclass(frozen=True, slots=True)
class Leak:
    """A release of the script with the moment it was isolated, if it was."""

    hazard_source_key: str
    substance: str
    mw: float
    lel_vol: float
    x_m: float
    y_m: float
    start_s: float
    start_kg_s: float
    peak_kg_s: float
    growth_s: float
    lasts_s: float
    closed_s: float | None = None

    def ends_s(self) -> float:
        """Return when the leak begins to die down."""
        natural = self.start_s + self.lasts_s
        return natural if self.closed_s is None else min(natural, max(self.closed_s, self.start_s))

    def rate_kg_s(self, t_s: Floats) -> Floats:
        """Return the release rate: exponential growth to the peak, then decay."""
        end = self.ends_s()
        age = np.minimum(t_s, end) - self.start_s
        grown = self.start_kg_s * np.exp(np.clip(age / self.growth_s, -50, 50))
        rate = np.minimum(grown, self.peak_kg_s)
        rate = rate * np.exp(-np.maximum(t_s - end, 0.0) / _DECAY_S)
        return np.asarray(np.where(t_s < self.start_s, 0.0, rate))


def reading(leak: Leak, x_m: Floats, y_m: Floats, t_s: Floats, weather: Weather) -> Floats:
    """Return what detectors at (x, y) show at times `t_s` [mg/m3], each of shape (n,).

    C = Q(t - x/u) / (pi u sigma_y sigma_z) · exp(-y²/2 sigma_y²), ground release, with the
    detector's lag as a weighted mean of the last 24 s. The mean looks back only, so that no
    state is kept: any moment can be computed by itself.
    """
    delays = np.arange(_TAPS) * _TAP_S
    weights = np.exp(-delays / _LAG_S)
    weights /= weights.sum()
    times = t_s[:, None] - delays[None, :]
    concentration = _concentration(leak, x_m[:, None], y_m[:, None], times, weather)
    return np.asarray(concentration @ weights)


def _concentration(
    leak: Leak, x_m: Floats, y_m: Floats, t_s: Floats, weather: Weather
) -> npt.NDArray[np.float64]:
    to_rad = np.radians(weather.from_deg(t_s) + 180.0)
    speed = weather.speed_m_s(t_s)
    east, north = x_m - leak.x_m, y_m - leak.y_m
    along = east * np.sin(to_rad) + north * np.cos(to_rad)
    across = east * np.cos(to_rad) - north * np.sin(to_rad)
    downwind = np.maximum(along, _NEAREST_M)
    sigma_y = 1.5 + 0.16 * downwind / np.sqrt(1 + 1e-4 * downwind)
    sigma_z = 0.5 + 0.10 * downwind
    rate = leak.rate_kg_s(t_s - downwind / speed)
    value = rate * 1e6 / (np.pi * speed * sigma_y * sigma_z)
    value = value * np.exp(-0.5 * (across / sigma_y) ** 2)
    return np.asarray(np.where(along > 0, value, 0.0))


def to_ppm(mg_m3: Floats, mw: float) -> Floats:
    """Return ppm by volume at 25 °C."""
    return mg_m3 * _MOLAR_VOLUME / mw


def to_lel(mg_m3: Floats, mw: float, lel_vol: float) -> Floats:
    """Return % of the lower explosive limit."""
    return to_ppm(mg_m3, mw) / 1e4 / lel_vol * 100
