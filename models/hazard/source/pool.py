"""A spill on the ground: how the pool spreads and evaporates, boiling or not, bunded or not."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA, G_M_S2, GAS_J_MOL_K
from models.hazard.source.history import History

_SCHMIDT_AIR_M2_S = 1.5e-5
_WATER_D_M2_S, _WATER_G_MOL = 2.4e-5, 18.0
_STEPS = 600
_STEP_S = 10.0
_GROUND_W_M_K, _GROUND_M2_S = 1.2, 5.7e-7
_CONVECTION = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLiquid:
    """What a pool needs of a liquid.

    Vapour pressure by ln P[Pa] = a - b/(T + c). Molar mass [kg/mol], boiling point [K],
    density [kg/m³], heat of vaporisation [J/kg], heat capacity [J/kg K].
    """

    molar_mass_kg_mol: float
    boiling_k: float
    density_kg_m3: float
    vaporisation_j_kg: float
    heat_capacity_j_kg_k: float
    a: float
    b: float
    c: float = 0.0

    def vapour_pressure_pa(self, temperature_k: float) -> float:
        """Return the vapour pressure [Pa], at most the ambient's."""
        return float(min(math.exp(self.a - self.b / (temperature_k + self.c)), ATMOSPHERE_PA))


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """A pool over time: evaporation, and radius [m] and temperature [K] at the same times."""

    evaporation: History
    radius_m: Array
    temperature_k: Array
    spilt_kg: float

    @property
    def largest_m2(self) -> float:
        """Its largest area [m²]."""
        return float(math.pi * self.radius_m.max() ** 2)


def mass_transfer_m_s(wind_m_s: ArrayLike, diameter_m: float, schmidt: float = 0.8) -> Array:
    """Return Mackay and Matsugu's coefficient, 0.0048 u^0.78 D^-0.11 Sc^-0.67 [m/s].

    Parameters
    ----------
    wind_m_s : array_like
        At 10 m [m/s], 0…75; below 0.5 m/s it counts as 0.5.
    diameter_m : float
        Of the pool [m], above 0 … 2000.
    schmidt : float
        [-], 0.1…10.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    D. Mackay and R. Matsugu, Can. J. Chem. Eng. 51 (1973) 434; recalled.

    Examples
    --------
    >>> round(float(mass_transfer_m_s(3, 10)) * 1e3, 2)
    10.19
    """
    wind = np.maximum(numbers("wind_m_s", wind_m_s, 0.0, 75.0, "m/s"), 0.5)
    diameter = number("diameter_m", diameter_m, 0.0, 2000.0, "m", low_open=True)
    sc = number("schmidt", schmidt, 0.1, 10.0, "")
    return np.asarray(0.0048 * wind**0.78 * diameter**-0.11 * sc**-0.67)


def evaporation_flux(
    liquid: PoolLiquid,
    temperature_k: float,
    wind_m_s: float,
    diameter_m: float,
    schmidt: float | None = None,
) -> float:
    """Return how fast a pool below its boiling point evaporates [kg/m²s].

    E = k M Pv/(R T) with Stefan's correction -ln(1 - Pv/Pa) Pa/Pv.

    Parameters
    ----------
    liquid : PoolLiquid
        The liquid.
    temperature_k : float
        Of the pool [K], 100…500.
    wind_m_s, diameter_m : float
        See `mass_transfer_m_s`.
    schmidt : float, optional
        [-], 0.1…10; by the vapour's molar mass from water's when it isn't given.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Schemes differ by tens of per cent. At the boiling point heat decides, not the wind.

    References
    ----------
    Mackay and Matsugu (1973); CCPS (1999), section 2.1.5; recalled.

    Examples
    --------
    Benzene at 25 °C in 3 m/s.

    >>> benzene = PoolLiquid(molar_mass_kg_mol=0.0781, boiling_k=353.2, density_kg_m3=874,
    ...                      vaporisation_j_kg=394e3, heat_capacity_j_kg_k=1740,
    ...                      a=20.79, b=2789, c=-52.4)
    >>> round(evaporation_flux(benzene, 298.15, 3, 10) * 1e3, 1)
    3.1
    """
    temperature = number("temperature_k", temperature_k, 100.0, 500.0, "K")
    pressure = min(liquid.vapour_pressure_pa(temperature), 0.99 * ATMOSPHERE_PA)
    if schmidt is None:
        diffusion = _WATER_D_M2_S * math.sqrt(_WATER_G_MOL / (liquid.molar_mass_kg_mol * 1e3))
        schmidt = min(max(_SCHMIDT_AIR_M2_S / diffusion, 0.1), 10.0)
    transfer = float(mass_transfer_m_s(wind_m_s, diameter_m, schmidt))
    stefan = -math.log(1 - pressure / ATMOSPHERE_PA) * ATMOSPHERE_PA / pressure
    return transfer * liquid.molar_mass_kg_mol * pressure / (GAS_J_MOL_K * temperature) * stefan


def ground_heat_w_m2(
    ground_k: float,
    liquid_k: float,
    age_s: float,
    conductivity_w_m_k: float = _GROUND_W_M_K,
    diffusivity_m2_s: float = _GROUND_M2_S,
) -> float:
    """Return the heat that the ground gives a pool, k (Tg - T)/sqrt(pi a t) [W/m²].

    Parameters
    ----------
    ground_k, liquid_k : float
        Of the ground before the spill and of the pool [K], 20…500.
    age_s : float
        Since the pool lies there [s], 0.01…1e7.
    conductivity_w_m_k, diffusivity_m2_s : float
        k [W/m K], 0.01…100, and a [m²/s], 1e-9…1e-3; concrete unless given.

    Returns
    -------
    float
        Below 0 when the pool warms the ground.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    Conduction into a half-space whose face is held at one temperature; TNO Yellow Book (2005),
    chapter 3.

    Examples
    --------
    Liquefied methane on concrete after a minute.

    >>> round(ground_heat_w_m2(288.15, 111.7, 60) / 1e3, 1)
    20.4
    """
    ground = number("ground_k", ground_k, 20.0, 500.0, "K")
    liquid = number("liquid_k", liquid_k, 20.0, 500.0, "K")
    age = number("age_s", age_s, 0.01, 1e7, "s")
    conductivity = number("conductivity_w_m_k", conductivity_w_m_k, 0.01, 100.0, "W/m K")
    diffusivity = number("diffusivity_m2_s", diffusivity_m2_s, 1e-9, 1e-3, "m²/s")
    return conductivity * (ground - liquid) / math.sqrt(math.pi * diffusivity * age)


def spill(
    liquid: PoolLiquid,
    *,
    mass_kg: float,
    duration_s: float,
    air_k: float,
    wind_m_s: float,
    watched_s: float = 3600.0,
    liquid_k: float | None = None,
    ground_k: float | None = None,
    bund_m2: float | None = None,
    least_depth_m: float = 0.005,
    sun_w_m2: float = 0.0,
) -> Pool:
    """Return how a spill spreads and evaporates.

    dr/dt = sqrt(2 g h) until the bund or the least depth. Heat comes from the ground,
    k (Tg - T)/sqrt(pi a t), from the air and the sun; below the boiling point the pool's
    temperature follows m cp dT/dt = heat - E dHv, at it all the heat boils.

    Parameters
    ----------
    liquid : PoolLiquid
        The liquid.
    mass_kg, duration_s : float
        Spilt at an even rate [kg], above 0 … 1e9, over [s], 1…86 400.
    air_k, wind_m_s : float
        [K], 223…333; at 10 m [m/s], 0…75.
    watched_s : float
        For how long [s], 60…86 400; at least `duration_s` counts.
    liquid_k, ground_k : float, optional
        Of the spilt liquid and of the ground [K], 100…500: the air's, the liquid at most at its
        boiling point.
    bund_m2 : float, optional
        Area that the bund lets it take [m²], above 0 … 1e6.
    least_depth_m : float
        Where it stops spreading [m], 0.001…0.1: 5 mm on concrete, 10 mm on rough ground.
    sun_w_m2 : float
        Taken up [W/m²], 0…1400.

    Returns
    -------
    Pool
        Evaporation ends when the pool is gone or the watch is over.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Dry, even ground of concrete. On water, or soaking into soil, it isn't covered; a bund that
    overflows isn't either: check the depth. A boiling pool stays at its boiling point while it is
    warmed at all; a real one cools below it once the ground is cold, and takes up more heat: its
    late rate is understated by some tens of per cent.

    References
    ----------
    CCPS (1999), section 2.1.5; ALOHA's technical description; TNO Yellow Book (2005), chapter 3;
    recalled, rates of different schemes differ by some 40 %.

    Examples
    --------
    A tonne of benzene in a bund of 50 m².

    >>> benzene = PoolLiquid(molar_mass_kg_mol=0.0781, boiling_k=353.2, density_kg_m3=874,
    ...                      vaporisation_j_kg=394e3, heat_capacity_j_kg_k=1740,
    ...                      a=20.79, b=2789, c=-52.4)
    >>> pool = spill(benzene, mass_kg=1000, duration_s=60, air_k=298.15, wind_m_s=3, bund_m2=50)
    >>> round(pool.largest_m2), round(float(pool.evaporation.rates_kg_s.max()), 2)
    (50, 0.15)
    """
    mass = number("mass_kg", mass_kg, 0.0, 1e9, "kg", low_open=True)
    duration = number("duration_s", duration_s, 1.0, 86_400.0, "s")
    air = number("air_k", air_k, 223.0, 333.0, "K")
    number("wind_m_s", wind_m_s, 0.0, 75.0, "m/s")
    watched = max(number("watched_s", watched_s, 60.0, 86_400.0, "s"), duration)
    depth = number("least_depth_m", least_depth_m, 0.001, 0.1, "m")
    sun = number("sun_w_m2", sun_w_m2, 0.0, 1400.0, "W/m²")
    start = min(air, liquid.boiling_k) if liquid_k is None else liquid_k
    start = min(number("liquid_k", start, 20.0, 500.0, "K"), liquid.boiling_k)
    ground = number("ground_k", air if ground_k is None else ground_k, 200.0, 400.0, "K")
    widest = math.inf
    if bund_m2 is not None:
        widest = math.sqrt(number("bund_m2", bund_m2, 0.0, 1e6, "m²", low_open=True) / math.pi)
    march = _March(liquid, air, ground, wind_m_s, sun, depth, widest, start)
    return march.run(mass, duration, watched)


class _March:
    """The pool's state and its small steps, finer at the start."""

    def __init__(
        self,
        liquid: PoolLiquid,
        air_k: float,
        ground_k: float,
        wind_m_s: float,
        sun_w_m2: float,
        depth_m: float,
        widest_m: float,
        start_k: float,
    ) -> None:
        self._liquid, self._air, self._ground = liquid, air_k, ground_k
        self._wind, self._sun = wind_m_s, sun_w_m2
        self._depth, self._widest, self._start = depth_m, widest_m, start_k
        self._mass, self._radius, self._temperature = 0.0, 0.05, start_k

    def run(self, mass: float, duration: float, watched: float) -> Pool:
        times = watched * np.linspace(0.0, 1.0, _STEPS + 1) ** 2
        rates, radii, warm, kept = [0.0], [self._radius], [self._start], [0.0]
        poured = 0.0
        for begin, end in pairwise(times):
            more = mass / duration * max(min(end, duration) - begin, 0.0)
            poured += more
            gone = self._steps(more, float(begin), float(end - begin))
            kept.append(gone)
            rates.append(gone / float(end - begin))
            radii.append(self._radius)
            warm.append(self._temperature)
            if end >= duration and self._mass <= 1e-6 * mass:
                break
        count = len(rates)
        middle = np.concatenate(
            ([0.0], (times[1:count] + times[: count - 1]) / 2, [times[count - 1]])
        )
        shown = np.concatenate(([rates[1]], rates[1:], [rates[-1]]))
        history = History.of(middle, shown)
        total = history.total_kg()
        scale = sum(kept) / total if total > 0 else 1.0
        places = np.interp(middle, times[:count], radii), np.interp(middle, times[:count], warm)
        return Pool(History.of(middle, shown * scale), *places, spilt_kg=poured)

    def _steps(self, more: float, since: float, step: float) -> float:
        parts = math.ceil(step / _STEP_S)
        small = step / parts
        return sum(self._step(more / parts, since + i * small, small) for i in range(parts))

    def _step(self, more: float, since: float, step: float) -> float:
        liquid = self._liquid
        held = self._mass + more
        if held <= 0:
            return 0.0
        self._temperature = (self._mass * self._temperature + more * self._start) / held
        self._spread(held, step)
        area = math.pi * self._radius**2
        wind_heat = _CONVECTION * (4.0 + 4.0 * self._wind) * (self._air - self._temperature)
        age = max(since + step / 2, 1.0)
        soil = ground_heat_w_m2(self._ground, self._temperature, age)
        heat = area * (soil + wind_heat + self._sun)
        boiling = self._temperature >= liquid.boiling_k - 0.01 and heat > 0
        if boiling:
            rate = heat / liquid.vaporisation_j_kg
        else:
            rate = area * evaporation_flux(
                liquid, max(self._temperature, 100.0), self._wind, 2 * self._radius
            )
        gone = min(rate * step, held)
        if not boiling:
            warmer = (heat * step - gone * liquid.vaporisation_j_kg) / (
                held * liquid.heat_capacity_j_kg_k
            )
            lowest = max(min(self._start, self._air) - 60.0, 100.0)
            self._temperature = min(max(self._temperature + warmer, lowest), liquid.boiling_k)
        self._mass = held - gone
        return gone

    def _spread(self, held: float, step: float) -> None:
        """Spread by gravity in substeps; it never shrinks but thins to the least depth."""
        volume = held / self._liquid.density_kg_m3
        limit = min(math.sqrt(volume / (math.pi * self._depth)), self._widest)
        if self._radius >= limit:
            if limit < self._widest:
                self._radius = max(limit, 0.05)
            return
        radius, small = self._radius, step / 20
        for _ in range(20):
            height = volume / (math.pi * radius**2)
            radius = min(radius + math.sqrt(2 * G_M_S2 * height) * small, limit)
        self._radius = max(radius, 0.05)
