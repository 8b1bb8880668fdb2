"""The air over the ground: friction velocity, wind profile, Monin-Obukhov length."""

import math
from dataclasses import dataclass

import numpy as np

from models.hazard.checks import choice, number
from models.hazard.constants import ATMOSPHERE_PA
from models.hazard.weather import STABILITIES

KARMAN = 0.41
_LOWEST_M_S = 0.3
# Pasquill (1974): L = factor z0^power; neutral has none.
_LENGTHS: dict[str, tuple[float, float]] = {
    "A": (-11.4, 0.10),
    "B": (-26.0, 0.17),
    "C": (-123.0, 0.30),
    "E": (123.0, 0.30),
    "F": (26.0, 0.17),
}


def inverse_length(stability: str, roughness_m: float) -> float:
    """Return 1/L [1/m] of a Pasquill class over a roughness [m]; 0 in neutral air.

    Raises
    ------
    HazardInputError
        When the class is unknown or the roughness not within 1e-5…3 m.

    References
    ----------
    Pasquill (1974), as in CCPS (1999).

    Examples
    --------
    >>> round(1 / inverse_length("F", 1.2), 2)
    26.82
    """
    choice("stability", stability, STABILITIES)
    z0 = number("roughness_m", roughness_m, 1e-5, 3.0, "m")
    if stability not in _LENGTHS:
        return 0.0
    factor, power = _LENGTHS[stability]
    return 1.0 / (factor * float(z0**power))


@dataclass(frozen=True, slots=True)
class Air:
    """Air and ground of a run.

    Parameters
    ----------
    wind_m_s, height_m : float
        Wind speed 0.3…60 m/s at 0.5…100 m.
    roughness_m : float
        Roughness length z0 [m], 1e-5…3.
    inverse_length_1_m : float
        1/L [1/m], -1…1; 0 is neutral.
    temperature_k, humidity : float
        240…330 K; relative humidity 0…1.
    pressure_pa : float
        5e4…1.1e5.
    ground_k : float or None
        Temperature of the ground [K]; None takes the air's.

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Examples
    --------
    SLAB's first test has u* = 0.0703 m/s:

    >>> air = Air(1.92, 2.88, 0.0002, 0.0665, 306.0, 0.046)
    >>> round(air.friction_m_s, 3)
    0.075
    """

    wind_m_s: float
    height_m: float
    roughness_m: float
    inverse_length_1_m: float
    temperature_k: float
    humidity: float = 0.5
    pressure_pa: float = ATMOSPHERE_PA
    ground_k: float | None = None

    def __post_init__(self) -> None:
        number("wind_m_s", self.wind_m_s, _LOWEST_M_S, 60.0, "m/s")
        number("height_m", self.height_m, 0.5, 100.0, "m")
        number("roughness_m", self.roughness_m, 1e-5, 3.0, "m")
        number("inverse_length_1_m", self.inverse_length_1_m, -1.0, 1.0, "1/m")
        number("temperature_k", self.temperature_k, 240.0, 330.0, "K")
        number("humidity", self.humidity, 0.0, 1.0, "-")
        number("pressure_pa", self.pressure_pa, 5e4, 1.1e5, "Pa")
        if self.ground_k is not None:
            number("ground_k", self.ground_k, 240.0, 350.0, "K")

    def shape(self, z_m: float) -> float:
        """Return the wind at z [m] in units of u*/k."""
        z, z0, inverse = z_m, self.roughness_m, self.inverse_length_1_m
        logarithm = math.log(1 + z / z0)
        if inverse >= 0:
            s = z * inverse
            return logarithm + (5 * s if s <= 1 else 5 * (1 + math.log(s)))
        x = (1 - 16 * z * inverse) ** 0.25
        psi = 2 * math.log((1 + x) / 2) + math.log((1 + x * x) / 2) - 2 * math.atan(x) + math.pi / 2
        return max(logarithm - psi, 0.1 * logarithm)

    @property
    def friction_m_s(self) -> float:
        """Friction velocity u* [m/s]."""
        return KARMAN * self.wind_m_s / self.shape(self.height_m)

    @property
    def mixing_m(self) -> float:
        """Height of the mixed layer [m], from 130 m in F's successor to 8 km in A."""
        return float(130.0 * 2.0 ** (3.0 - self.rank))

    @property
    def rank(self) -> float:
        """Stability as a number: -3 (A) … 0 (D) … 2 (F), by 1/L and roughness."""
        sign = math.copysign(1.0, self.inverse_length_1_m)
        size = abs(self.inverse_length_1_m)
        if size == 0:
            return 0.0
        classes = "EF" if sign > 0 else "CBA"
        points = [0.0, *(abs(inverse_length(c, self.roughness_m)) for c in classes)]
        return sign * float(np.interp(size, points, np.arange(len(points))))

    def means(self) -> tuple[np.ndarray, np.ndarray]:
        """Return heights [m] and the wind's mean from the ground to each [m/s]."""
        z = np.geomspace(1e-3, 5000.0, 160)
        u = np.array([self.shape(float(each)) for each in z]) * self.friction_m_s / KARMAN
        steps = np.diff(z, prepend=0.0)
        lower = np.concatenate(([0.0], u[:-1]))
        return z, np.cumsum(steps * (u + lower) / 2) / z
