"""The scripted weather: one true wind that meanders and turns, and what each mast shows of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.times import DAY_US

Floats = npt.NDArray[np.float64]

_FROM_DEG = 230.0
_SPEED_M_S = 2.8
_SOLAR_CONSTANT = 1000.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the wind: clockwise is positive; the speed is multiplied when it is over."""

    start_s: float
    turn_deg: float
    over_s: float
    speed_factor: float


# What a mast adds to the true direction, and the share of the speed it shows. The third stands
# behind the river bank and disagrees with the others.
MASTS = {"MAST-1": (2.0, 1.05), "MAST-2": (-3.0, 1.0), "MAST-3": (48.0, 0.55)}


class Weather:
    """The wind over the park as a function of the seconds since the start."""

    def __init__(
        self, turns: Sequence[Turn], lat_deg: float, lon_deg: float, start_us: int
    ) -> None:
        self._turns = tuple(turns)
        self._lat = math.radians(lat_deg)
        self._lon_deg = lon_deg
        self._start_us = start_us

    def from_deg(self, t_s: Floats) -> Floats:
        """Return where the wind blows from [deg, not wrapped]."""
        meander = 3.0 * np.sin(t_s * (2 * np.pi / 97)) + 2.0 * np.sin(t_s * (2 * np.pi / 41) + 1)
        total = _FROM_DEG + meander
        for turn in self._turns:
            total = total + turn.turn_deg * self._share(turn, t_s)
        return total

    def speed_m_s(self, t_s: Floats) -> Floats:
        """Return the wind speed at 10 m."""
        gust = 1 + 0.09 * np.sin(t_s * (2 * np.pi / 63)) + 0.05 * np.sin(t_s * (2 * np.pi / 23) + 2)
        total = _SPEED_M_S * gust
        for turn in self._turns:
            total = total * (1 + (turn.speed_factor - 1) * self._share(turn, t_s))
        return np.maximum(total, 0.3)

    def sun_share(self, t_s: Floats) -> Floats:
        """Return the sine of the sun's height, 0 at night; good to some degrees."""
        days = (self._start_us / DAY_US) + t_s / 86_400
        declination = np.radians(-23.44) * np.cos(2 * np.pi * (days + 10) / 365.25)
        hour = 2 * np.pi * (days % 1 - 0.5) + math.radians(self._lon_deg)
        height = np.sin(declination) * math.sin(self._lat)
        height = height + np.cos(declination) * math.cos(self._lat) * np.cos(hour)
        return np.asarray(np.maximum(height, 0.0))

    def solar_w_m2(self, t_s: Floats) -> Floats:
        """Return the clear-sky radiation on the ground."""
        return _SOLAR_CONSTANT * self.sun_share(t_s) ** 1.15

    def _share(self, turn: Turn, t_s: Floats) -> Floats:
        return np.clip((t_s - turn.start_s) / max(turn.over_s, 1.0), 0.0, 1.0)
