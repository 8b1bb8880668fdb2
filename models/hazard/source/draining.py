"""How a vessel empties: a liquid through a hole by its level, a gas by its pressure."""

import math

import numpy as np

from models.hazard.check_arrays import Array
from models.hazard.checks import choice, number
from models.hazard.constants import ATMOSPHERE_PA, G_M_S2, GAS_J_MOL_K
from models.hazard.ports import HazardInputError
from models.hazard.source.discharge import critical_ratio, gas_discharge, hole_area
from models.hazard.source.history import History

SHAPES = ("vertical", "horizontal", "sphere")
_LEVELS = 200
_NODES = 8
_MOST_S = 1e8
_LEFT = 1.01


def open_tank_level(
    time_s: float,
    *,
    level_m: float,
    tank_diameter_m: float,
    hole_diameter_m: float,
    discharge_coefficient: float = 0.61,
) -> float:
    """Return the level over the hole of an open upright tank [m].

    sqrt(h) = sqrt(h0) - Cd A sqrt(2 g) t/(2 A_tank), until it is 0.

    Parameters
    ----------
    time_s : float
        Since the hole opened [s], 0…1e8.
    level_m : float
        Level over the hole at the start h0 [m], 0…200.
    tank_diameter_m, hole_diameter_m : float
        [m], above 0 … 200 and 10.
    discharge_coefficient : float
        Cd [-], above 0 … 1.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    Torricelli; integrated exactly.

    Examples
    --------
    >>> round(open_tank_level(600, level_m=4, tank_diameter_m=3, hole_diameter_m=0.05), 3)
    3.15
    """
    time = number("time_s", time_s, 0.0, _MOST_S, "s")
    level = number("level_m", level_m, 0.0, 200.0, "m")
    tank = number("tank_diameter_m", tank_diameter_m, 0.0, 200.0, "m", low_open=True)
    cd = number("discharge_coefficient", discharge_coefficient, 0.0, 1.0, "", low_open=True)
    ratio = hole_area(hole_diameter_m) / (math.pi * tank**2 / 4)
    root = math.sqrt(level) - cd * ratio * math.sqrt(2 * G_M_S2) * time / 2
    return max(root, 0.0) ** 2


def drain_tank(
    shape: str,
    *,
    diameter_m: float,
    length_m: float,
    level_m: float,
    hole_diameter_m: float,
    density_kg_m3: float,
    hole_height_m: float = 0.0,
    pressure_pa: float = ATMOSPHERE_PA,
    ambient_pa: float = ATMOSPHERE_PA,
    discharge_coefficient: float = 0.61,
) -> History:
    """Return how a liquid leaves a tank, until its level is at the hole.

    dt = A(h) dh/(Cd A sqrt(2 (P - Pa)/rho + 2 g h)), added up over the level, the pressure over
    the liquid being held.

    Parameters
    ----------
    shape : str
        'vertical' or 'horizontal' cylinder, or 'sphere'.
    diameter_m : float
        [m], above 0 … 200.
    length_m : float
        Height of an upright, length of a lying cylinder [m], above 0 … 500; a sphere's isn't used.
    level_m : float
        Of the liquid over the bottom [m], above the hole … the tank's height.
    hole_diameter_m : float
        [m], above 0 … 10.
    density_kg_m3 : float
        [kg/m³], 10…20 000.
    hole_height_m : float
        Of the hole over the bottom [m], 0…200.
    pressure_pa, ambient_pa : float
        Absolute, over the liquid and outside [Pa], 1e3…1e8; inside at least outside.
    discharge_coefficient : float
        Cd [-], above 0 … 1.

    Returns
    -------
    History
        Its mass is what stood over the hole.

    Raises
    ------
    HazardInputError
        Naming the field; `hole_diameter_m` when emptying takes longer than 1e8 s.

    Notes
    -----
    A closed tank that sucks in no air drains slower; a flashing liquid is another model.

    References
    ----------
    CCPS (1999), section 2.1.1.

    Examples
    --------
    >>> history = drain_tank("vertical", diameter_m=3, length_m=5, level_m=4,
    ...                      hole_diameter_m=0.05, density_kg_m3=1000)
    >>> round(history.duration_s), round(float(history.rate_at(0)), 2), round(history.total_kg())
    (5330, 10.61, 28274)
    """
    choice("shape", shape, SHAPES)
    diameter = number("diameter_m", diameter_m, 0.0, 200.0, "m", low_open=True)
    length = number("length_m", length_m, 0.0, 500.0, "m", low_open=True)
    height = length if shape == "vertical" else diameter
    hole = number("hole_height_m", hole_height_m, 0.0, 200.0, "m")
    level = number("level_m", level_m, 0.0, height, "m", low_open=True)
    if hole >= level:
        raise HazardInputError("level_m", f"{level:g} m isn't over the hole at {hole:g} m")
    density = number("density_kg_m3", density_kg_m3, 10.0, 20_000.0, "kg/m³")
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    inside = number("pressure_pa", pressure_pa, outside, 1e8, "Pa")
    cd = number("discharge_coefficient", discharge_coefficient, 0.0, 1.0, "", low_open=True)
    flow = cd * hole_area(hole_diameter_m)
    driven = 2 * (inside - outside) / density
    # h = H (1 - s)²: the steps of the level shrink where its speed does.
    edges = np.linspace(0.0, 1.0, _LEVELS + 1)
    nodes, shares = np.polynomial.legendre.leggauss(_NODES)
    s = edges[:-1, None] + (nodes + 1) / 2 / _LEVELS
    depth = level - hole
    head = depth * (1 - s) ** 2
    slope = 2 * depth * (1 - s)
    area = _surface(shape, diameter, length, head + hole)
    needed = area * slope / (flow * np.sqrt(driven + 2 * G_M_S2 * head))
    spent = (needed * shares).sum(axis=1) / 2 / _LEVELS
    volume = (area * slope * shares).sum(axis=1) / 2 / _LEVELS
    times = np.concatenate(([0.0], np.cumsum(spent)))
    if times[-1] > _MOST_S:
        raise HazardInputError("hole_diameter_m", f"emptying takes longer than {_MOST_S:g} s")
    rates = density * flow * np.sqrt(driven + 2 * G_M_S2 * depth * (1 - edges) ** 2)
    return _balanced(times, rates, float(density * volume.sum()))


def _surface(shape: str, diameter: float, length: float, level: Array) -> Array:
    """Return the liquid's surface at a level [m²]."""
    if shape == "vertical":
        return np.full_like(level, math.pi * diameter**2 / 4)
    chord = np.sqrt(np.maximum(level * (diameter - level), 0.0))
    return np.asarray(2 * chord * length if shape == "horizontal" else math.pi * chord**2)


def _balanced(times: Array, rates: Array, mass: float) -> History:
    """Keep the mass exactly: straight lines between samples miss a little of it."""
    history = History.of(times, rates)
    return History.of(times, rates * (mass / history.total_kg()))


def gas_blowdown(
    *,
    pressure_pa: float,
    temperature_k: float,
    volume_m3: float,
    hole_diameter_m: float,
    molar_mass_kg_mol: float,
    heat_capacity_ratio: float,
    adiabatic: bool = True,
    discharge_coefficient: float = 0.62,
    ambient_pa: float = ATMOSPHERE_PA,
) -> History:
    """Return how a gas leaves a closed vessel, until its pressure is within 1 % of the ambient.

    dm/dt = -rate(P, T); adiabatic P ~ m^k, T ~ m^(k-1), isothermal P ~ m.

    Parameters
    ----------
    pressure_pa, temperature_k, hole_diameter_m, molar_mass_kg_mol, heat_capacity_ratio : float
        Of the start; see `gas_discharge`.
    volume_m3 : float
        Of the gas [m³], above 0 … 1e6.
    adiabatic : bool
        True for a fast release from an unheated vessel, False where the walls keep it warm.
    discharge_coefficient, ambient_pa : float
        See `gas_discharge`.

    Returns
    -------
    History
        Its mass is what left; the rest stays at ambient pressure.

    Raises
    ------
    HazardInputError
        Naming the field; `pressure_pa` within 1 % of the ambient.

    Notes
    -----
    Ideal gas. Cooling below the boiling point condenses: then it isn't covered.

    References
    ----------
    CCPS (1999), section 2.1.1; TNO Yellow Book (2005), section 2.5.2.

    Examples
    --------
    >>> history = gas_blowdown(pressure_pa=1e6, temperature_k=298, volume_m3=10,
    ...                        hole_diameter_m=0.02, molar_mass_kg_mol=0.0441,
    ...                        heat_capacity_ratio=1.15)
    >>> round(float(history.rate_at(0)), 3), round(history.total_kg()), round(history.duration_s)
    (0.525, 153, 782)
    """
    volume = number("volume_m3", volume_m3, 0.0, 1e6, "m³", low_open=True)
    k = heat_capacity_ratio
    critical_ratio(k)
    inside = number("pressure_pa", pressure_pa, 0.0, 1e9, "Pa", low_open=True)
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    if inside <= outside * _LEFT:
        raise HazardInputError("pressure_pa", f"{inside:g} Pa is hardly above the ambient")
    power = k if adiabatic else 1.0

    def rate(share: float) -> float:
        return gas_discharge(
            pressure_pa=max(inside * share**power, outside),
            temperature_k=temperature_k * share ** (power - 1),
            hole_diameter_m=hole_diameter_m,
            molar_mass_kg_mol=molar_mass_kg_mol,
            heat_capacity_ratio=k,
            discharge_coefficient=discharge_coefficient,
            ambient_pa=outside,
        ).rate_kg_s

    rates = [rate(1.0)]
    held = inside * volume * molar_mass_kg_mol / (GAS_J_MOL_K * temperature_k)
    last = (outside * _LEFT / inside) ** (1 / power)
    shares = last + (1 - last) * (1 - np.linspace(0.0, 1.0, _LEVELS + 1)) ** 2
    rates += [rate(float(share)) for share in shares[1:]]
    middle = [rate(float(share)) for share in (shares[1:] + shares[:-1]) / 2]
    left = -held * np.diff(shares)
    ends = np.asarray(rates)
    spent = left / 6 * (1 / ends[:-1] + 4 / np.asarray(middle) + 1 / ends[1:])
    times = np.concatenate(([0.0], np.cumsum(spent)))
    return _balanced(times, ends, float(held * (1 - last)))
