"""What leaves the source of a dense cloud: jet, pool or a volume at once."""

import math
from dataclasses import dataclass

from models.hazard.checks import number
from models.hazard.dense.air import Air
from models.hazard.dense.gas import Gas
from models.hazard.dense.mixing import Mixing

TAKE_UP = 0.23
"""A pool's vapour leaves at most with this many u*; more and it spreads over a larger area.

SLAB's and DEGADIS's listings of LNG pools (Burro 8 and 9) both agree with it."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Vapour rising from an area: rate 1e-8…1e5 kg/s, area 0.01…1e6 m², temperature 20…600 K.

    `liquid` is the mass share of droplets, 0…0.99.
    """

    rate_kg_s: float
    area_m2: float
    temperature_k: float
    liquid: float = 0.0

    def __post_init__(self) -> None:
        number("rate_kg_s", self.rate_kg_s, 1e-8, 1e5, "kg/s")
        number("area_m2", self.area_m2, 0.01, 1e6, "m²")
        number("temperature_k", self.temperature_k, 20.0, 600.0, "K")
        number("liquid", self.liquid, 0.0, 0.99, "-")

    def half_length(self, air: Air, mixing: Mixing) -> float:
        """Return the half side [m] of the square that takes up the vapour."""
        vapour = self.rate_kg_s / mixing.release_density(self.temperature_k, self.liquid)
        least = vapour / (TAKE_UP * air.friction_m_s)
        return math.sqrt(max(self.area_m2, least)) / 2


@dataclass(frozen=True, slots=True)
class Jet:
    """A horizontal jet with the wind, expanded to the air's pressure.

    Rate 1e-4…1e5 kg/s, speed 0.1…1000 m/s, height 0…200 m, temperature 20…600 K, droplets'
    mass share 0…0.99.
    """

    rate_kg_s: float
    speed_m_s: float
    height_m: float
    temperature_k: float
    liquid: float = 0.0

    def __post_init__(self) -> None:
        number("rate_kg_s", self.rate_kg_s, 1e-4, 1e5, "kg/s")
        number("speed_m_s", self.speed_m_s, 0.1, 1000.0, "m/s")
        number("height_m", self.height_m, 0.0, 200.0, "m")
        number("temperature_k", self.temperature_k, 20.0, 600.0, "K")
        number("liquid", self.liquid, 0.0, 0.99, "-")


def flashing_jet(
    gas: Gas,
    mixing: Mixing,
    *,
    rate_kg_s: float,
    orifice_m2: float,
    storage_k: float,
    liquid: float,
    height_m: float,
) -> Jet:
    """Return the jet that a saturated liquid becomes once it has expanded to the air's pressure.

    Momentum is kept: u = m/(rho A) + (p_sat - p) A/m, with the liquid's density at its boiling
    point.

    Parameters
    ----------
    gas, mixing
        The substance and its mixing with the air.
    rate_kg_s, orifice_m2 : float
        Rate and hole, 1e-4…1e5 kg/s and 1e-7…10 m².
    storage_k : float
        Temperature in the vessel [K], 20…600.
    liquid : float
        Mass share of droplets after the flash, 0…0.99.
    height_m : float
        Height of the hole [m].

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Examples
    --------
    Desert Tortoise 1:

    >>> from models.hazard.dense.gas import gas_of
    >>> nh3 = gas_of("7664-41-7")
    >>> jet = flashing_jet(nh3, Mixing(nh3, 302.4, 0.13, 90_900), rate_kg_s=81,
    ...                    orifice_m2=0.0052, storage_k=294.65, liquid=0.83, height_m=0.79)
    >>> round(jet.speed_m_s)
    74
    """
    rate = number("rate_kg_s", rate_kg_s, 1e-4, 1e5, "kg/s")
    orifice = number("orifice_m2", orifice_m2, 1e-7, 10.0, "m²")
    stored = number("storage_k", storage_k, 20.0, 600.0, "K")
    push = max(mixing.saturation_pa(stored) - mixing.pressure_pa, 0.0) * orifice / rate
    speed = min(max(rate / (gas.liquid_kg_m3 * orifice) + push, 0.1), 1000.0)
    boiling = min(stored, gas.boiling_k)
    return Jet(rate, speed, height_m, boiling, liquid)
