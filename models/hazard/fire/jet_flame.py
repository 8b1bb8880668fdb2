"""A jet fire: the flame's length, rise and radiant share, from the state in the orifice."""

import math
from dataclasses import dataclass

import numpy as np

from models.hazard.check_arrays import Array
from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA, G_M_S2, GAS_J_MOL_K
from models.hazard.source.discharge import gas_discharge, hole_area

_AIR_KG_MOL = 0.02896
_FLAME_J_KG_K = 1100.0
_PRODUCTS_KG_MOL = 0.0245
_ABSORPTION_1_M = 0.23
_ENTRAINMENT = 0.2836
_STEPS, _POINTS = 400, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class JetFuel:
    """What a jet flame needs of a gas.

    Molar mass [kg/mol], cp/cv [-], mass share of fuel in its stoichiometric mixture with air
    [-], adiabatic flame temperature [K], heat of combustion [J/kg].
    """

    molar_mass_kg_mol: float
    heat_capacity_ratio: float
    stoichiometric: float
    flame_k: float
    heat_j_kg: float


HYDROGEN = JetFuel(
    molar_mass_kg_mol=0.002016,
    heat_capacity_ratio=1.41,
    stoichiometric=0.0283,
    flame_k=2390.0,
    heat_j_kg=119.96e6,
)
METHANE = JetFuel(
    molar_mass_kg_mol=0.016043,
    heat_capacity_ratio=1.31,
    stoichiometric=0.055,
    flame_k=2230.0,
    heat_j_kg=50.0e6,
)


@dataclass(frozen=True, slots=True, eq=False)
class JetFlame:
    """A jet flame: rate, length along its axis, radiant share, and points on the axis [m].

    `axis_m` has shape (50, 2): along the release's direction and up from the orifice.
    """

    burn_kg_s: float
    length_m: float
    radiant_fraction: float
    radiant_w: float
    axis_m: Array


def jet_length_of_rate(burn_kg_s: float, heat_j_kg: float) -> float:
    """Return a jet flame's length from its rate alone, 0.00326 (m dHc)^0.478 [m].

    Parameters
    ----------
    burn_kg_s : float
        [kg/s], above 0 … 1e5.
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    May be 20 to 40 % too long for natural gas at 10 to 20 kg/s and for hydrogen.

    References
    ----------
    J. Cook et al. (1990), as in the TNO Yellow Book; recalled.

    Examples
    --------
    >>> round(jet_length_of_rate(7.9, 5e7), 1)
    41.9
    """
    burn = number("burn_kg_s", burn_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    heat = number("heat_j_kg", heat_j_kg, 0.0, 1.5e8, "J/kg", low_open=True)
    return float(0.00326 * (burn * heat) ** 0.478)


def jet_flame(
    fuel: JetFuel,
    *,
    pressure_pa: float,
    temperature_k: float,
    hole_diameter_m: float,
    burn_kg_s: float | None = None,
    radiant_fraction: float | None = None,
    inclination_deg: float = 0.0,
    air_k: float = 288.15,
    discharge_coefficient: float = 1.0,
) -> JetFlame:
    """Return the flame of a gas jet.

    The jet expands outside the orifice conserving mass and momentum. Length: with the Froude
    number Fr = u fs^1.5/((rho_e/rho_a)^0.25 sqrt((Tf - Ta)/Ta g de)),
    L fs/d* = 13.5 Fr^0.4/(1 + 0.07 Fr²)^0.2 for Fr < 5, else 23, and d* = de sqrt(rho_e/rho_a).
    Radiant share, unless given: 9.45e-9 (t a Tf⁴)^0.47 with the residence time t [ms]. The axis
    rises with the buoyancy of the heat released, air being drawn in as by Ricou and Spalding.

    Parameters
    ----------
    fuel : JetFuel
        `HYDROGEN`, `METHANE` or another.
    pressure_pa, temperature_k, hole_diameter_m, discharge_coefficient : float
        Of the vessel and the orifice; see `gas_discharge`.
    burn_kg_s : float, optional
        The rate [kg/s], above 0 … 1e5, when it is known; else from the vessel's state.
    radiant_fraction : float, optional
        chi [-], 0…0.6.
    inclination_deg : float
        Of the release from the horizontal [°], -45…90.
    air_k : float
        Air temperature [K], 223…333.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    A free jet in still air: no wall, no ground, no cross-wind. With `burn_kg_s` the speed
    outside follows from that rate.

    References
    ----------
    W. Houf and R. Schefer, Int. J. Hydrogen Energy 32 (2007) 136; A. Birch et al., Combust. Sci.
    Technol. 52 (1987) 161; Ricou and Spalding, J. Fluid Mech. 11 (1961) 21; recalled.

    Examples
    --------
    Ekoto et al. (2014), flame 2: measured 45.9 m.

    >>> flame = jet_flame(HYDROGEN, pressure_pa=6.311e6, temperature_k=287.8,
    ...                   hole_diameter_m=0.0525)
    >>> round(flame.burn_kg_s, 1), round(flame.length_m, 1)
    (8.6, 48.6)
    """
    area = hole_area(hole_diameter_m)
    leak = gas_discharge(
        pressure_pa=pressure_pa,
        temperature_k=temperature_k,
        hole_diameter_m=hole_diameter_m,
        molar_mass_kg_mol=fuel.molar_mass_kg_mol,
        heat_capacity_ratio=fuel.heat_capacity_ratio,
        discharge_coefficient=discharge_coefficient,
    )
    rate = leak.rate_kg_s if burn_kg_s is None else burn_kg_s
    rate = number("burn_kg_s", rate, 0.0, 1e5, "kg/s", low_open=True)
    air = number("air_k", air_k, 223.0, 333.0, "K")
    incline = number("inclination_deg", inclination_deg, -45.0, 90.0, "°")
    throat = math.sqrt(
        fuel.heat_capacity_ratio * GAS_J_MOL_K * leak.throat_temperature_k / fuel.molar_mass_kg_mol
    )
    if not leak.choked:
        throat = rate / (area * _density(leak.throat_temperature_k, fuel.molar_mass_kg_mol))
    speed = throat + (leak.throat_pressure_pa - ATMOSPHERE_PA) * area / rate
    length = _length(fuel, rate, speed, temperature_k, air)
    share = radiant_fraction
    if share is None:
        share = radiant_share(fuel, rate, length)
    share = number("radiant_fraction", share, 0.0, 0.6, "")
    axis = _axis(fuel, rate, speed, length, share, air, math.radians(incline))
    return JetFlame(rate, length, share, share * rate * fuel.heat_j_kg, axis)


def radiant_share(fuel: JetFuel, burn_kg_s: float, length_m: float) -> float:
    """Return the radiant share of a flame by its residence time, at most 0.6 [-].

    t = pi/12 rho_f (0.17 L)² L fs/m.

    Parameters
    ----------
    fuel : JetFuel
        The absorption coefficient is hydrogen's (0.23 1/m): for other gases give a measured
        share instead.
    burn_kg_s : float
        [kg/s], above 0 … 1e5.
    length_m : float
        [m], above 0 … 1000.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    P. Panda and E. Hecht, Int. J. Hydrogen Energy 42 (2017) 775; recalled.

    Examples
    --------
    >>> round(radiant_share(HYDROGEN, 8.6, 48.6), 2)
    0.17
    """
    rate = number("burn_kg_s", burn_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    length = number("length_m", length_m, 0.0, 1000.0, "m", low_open=True)
    hot = ATMOSPHERE_PA * _PRODUCTS_KG_MOL / (GAS_J_MOL_K * fuel.flame_k)
    time_ms = 1e3 * math.pi / 12 * hot * (0.17 * length) ** 2 * length * fuel.stoichiometric / rate
    return float(min(9.45e-9 * (time_ms * _ABSORPTION_1_M * fuel.flame_k**4) ** 0.47, 0.6))


def _density(temperature_k: float, molar_mass_kg_mol: float) -> float:
    return ATMOSPHERE_PA * molar_mass_kg_mol / (GAS_J_MOL_K * temperature_k)


def _length(fuel: JetFuel, rate: float, speed: float, gas_k: float, air_k: float) -> float:
    air, gas = _density(air_k, _AIR_KG_MOL), _density(gas_k, fuel.molar_mass_kg_mol)
    scale = math.sqrt(4 * rate / (math.pi * air * speed))
    wide = scale * math.sqrt(air / gas)
    lift = math.sqrt((fuel.flame_k - air_k) / air_k * G_M_S2 * wide)
    froude = speed * fuel.stoichiometric**1.5 / ((gas / air) ** 0.25 * lift)
    scaled = 13.5 * froude**0.4 / (1 + 0.07 * froude**2) ** 0.2 if froude < 5 else 23.0
    return float(scaled * scale / fuel.stoichiometric)


def _axis(
    fuel: JetFuel,
    rate: float,
    speed: float,
    length: float,
    share: float,
    air_k: float,
    incline: float,
) -> Array:
    """March along the axis: upward momentum grows by the buoyancy of the heat released."""
    step, air = length / _STEPS, _density(air_k, _AIR_KG_MOL)
    heat = rate * fuel.heat_j_kg * (1 - share)
    along = rate * speed * math.cos(incline)
    up = rate * speed * math.sin(incline)
    mass, x, z = rate, 0.0, 0.0
    places = np.empty((_STEPS, 2))
    for i in range(_STEPS):
        momentum = math.hypot(along, up)
        mass += _ENTRAINMENT * math.sqrt(air * momentum) * step
        burnt = heat * (i + 0.5) / _STEPS
        up += G_M_S2 * burnt / (_FLAME_J_KG_K * air_k) * mass / momentum * step
        momentum = math.hypot(along, up)
        x, z = x + along / momentum * step, z + up / momentum * step
        places[i] = x, z
    picked = (2 * np.arange(_POINTS) + 1) * _STEPS // (2 * _POINTS)
    return np.asarray(places[picked])
