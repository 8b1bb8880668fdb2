"""Discharge through a hole: a gas, choked or not, and a liquid."""

import math
from dataclasses import dataclass

from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA, G_M_S2, GAS_J_MOL_K
from models.hazard.ports import HazardInputError

_MOST_PA = 1e9
_MOST_HOLE_M = 10.0


@dataclass(frozen=True, slots=True)
class GasDischarge:
    """A gas leaving a hole: rate [kg/s], whether choked, and the state in the throat."""

    rate_kg_s: float
    choked: bool
    throat_pressure_pa: float
    throat_temperature_k: float


@dataclass(frozen=True, slots=True)
class LiquidDischarge:
    """A liquid leaving a hole: rate [kg/s] and mean velocity over the hole's area [m/s]."""

    rate_kg_s: float
    velocity_m_s: float


def hole_area(diameter_m: float) -> float:
    """Return the area of a round hole [m²].

    Parameters
    ----------
    diameter_m : float
        Diameter [m], above 0 … 10.

    Raises
    ------
    HazardInputError
        Naming `hole_diameter_m`.

    Examples
    --------
    >>> round(hole_area(0.02) * 1e6, 1)
    314.2
    """
    diameter = number("hole_diameter_m", diameter_m, 0.0, _MOST_HOLE_M, "m", low_open=True)
    return math.pi * diameter**2 / 4


def critical_ratio(heat_capacity_ratio: float) -> float:
    """Return the pressure ratio of a choked throat, (2/(k+1))^(k/(k-1)) [-].

    Parameters
    ----------
    heat_capacity_ratio : float
        k = cp/cv [-], above 1 … 1.7.

    Raises
    ------
    HazardInputError
        Naming `heat_capacity_ratio`.

    Examples
    --------
    >>> round(critical_ratio(1.4), 4)
    0.5283
    """
    k = number("heat_capacity_ratio", heat_capacity_ratio, 1.0, 1.7, "", low_open=True)
    return float((2 / (k + 1)) ** (k / (k - 1)))


def gas_discharge(
    *,
    pressure_pa: float,
    temperature_k: float,
    hole_diameter_m: float,
    molar_mass_kg_mol: float,
    heat_capacity_ratio: float,
    discharge_coefficient: float = 0.62,
    ambient_pa: float = ATMOSPHERE_PA,
) -> GasDischarge:
    """Return the rate of an ideal gas through a sharp hole.

    With eta = max(Pa/P, (2/(k+1))^(k/(k-1))):
    m = Cd A sqrt(rho P 2k/(k-1) (eta^(2/k) - eta^((k+1)/k))), T_throat = T eta^((k-1)/k).

    Parameters
    ----------
    pressure_pa : float
        Absolute pressure inside [Pa], at least the ambient … 1e9.
    temperature_k : float
        Temperature inside [K], 20…3000.
    hole_diameter_m : float
        Diameter of the hole [m], above 0 … 10.
    molar_mass_kg_mol : float
        Molar mass [kg/mol], 0.002…1.
    heat_capacity_ratio : float
        k = cp/cv [-], above 1 … 1.7.
    discharge_coefficient : float
        Cd [-], above 0 … 1; 0.62 for a sharp edge, 1 for a rounded nozzle.
    ambient_pa : float
        Pressure outside [Pa], 1e3…1e8.

    Returns
    -------
    GasDischarge
        At equal pressures the rate is 0.

    Raises
    ------
    HazardInputError
        Naming the field that is out of range.

    Notes
    -----
    Ideal gas and isentropic flow; near the critical point or above some 50 bar the true rate
    differs by 10 % and more. It doesn't cover condensation in the throat.

    References
    ----------
    CCPS, Guidelines for Consequence Analysis of Chemical Releases (1999), section 2.1.1;
    J. Casal, Evaluation of the Effects and Consequences of Major Accidents, example 2.3.

    Examples
    --------
    Casal's example 2.3: propane at 10 bar through 20 mm.

    >>> leak = gas_discharge(pressure_pa=1e6, temperature_k=298, hole_diameter_m=0.02,
    ...                      molar_mass_kg_mol=0.0441, heat_capacity_ratio=1.15)
    >>> round(leak.rate_kg_s, 3), leak.choked
    (0.525, True)
    """
    area = hole_area(hole_diameter_m)
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    inside = number("pressure_pa", pressure_pa, 0.0, _MOST_PA, "Pa", low_open=True)
    temperature = number("temperature_k", temperature_k, 20.0, 3000.0, "K")
    molar_mass = number("molar_mass_kg_mol", molar_mass_kg_mol, 0.002, 1.0, "kg/mol")
    cd = number("discharge_coefficient", discharge_coefficient, 0.0, 1.0, "", low_open=True)
    if inside < outside:
        raise HazardInputError("pressure_pa", f"{inside:g} Pa is below the ambient {outside:g} Pa")
    critical, k = critical_ratio(heat_capacity_ratio), heat_capacity_ratio
    eta = max(outside / inside, critical)
    density = inside * molar_mass / (GAS_J_MOL_K * temperature)
    expansion = 2 * k / (k - 1) * (eta ** (2 / k) - eta ** ((k + 1) / k))
    return GasDischarge(
        rate_kg_s=cd * area * math.sqrt(max(density * inside * expansion, 0.0)),
        choked=outside / inside <= critical,
        throat_pressure_pa=eta * inside,
        throat_temperature_k=temperature * eta ** ((k - 1) / k),
    )


def liquid_discharge(
    *,
    density_kg_m3: float,
    hole_diameter_m: float,
    pressure_pa: float = ATMOSPHERE_PA,
    head_m: float = 0.0,
    discharge_coefficient: float = 0.61,
    ambient_pa: float = ATMOSPHERE_PA,
) -> LiquidDischarge:
    """Return the rate of a liquid through a hole (Bernoulli).

    m = Cd A rho sqrt(2 (P - Pa)/rho + 2 g h).

    Parameters
    ----------
    density_kg_m3 : float
        Liquid density [kg/m³], 10…20 000.
    hole_diameter_m : float
        Diameter of the hole [m], above 0 … 10.
    pressure_pa : float
        Absolute pressure over the liquid [Pa], above 0 … 1e9; it may be below the ambient while
        the head still drives the liquid out.
    head_m : float
        Height of the liquid above the hole [m], 0…200.
    discharge_coefficient : float
        Cd [-], above 0 … 1; 0.61–0.63 for a sharp edge.
    ambient_pa : float
        Pressure outside [Pa], 1e3…1e8.

    Returns
    -------
    LiquidDischarge
        Rate 0 where nothing drives the liquid out.

    Raises
    ------
    HazardInputError
        Naming the field that is out of range.

    Notes
    -----
    For a liquid above its boiling point the rate through a short hole is an upper bound.

    References
    ----------
    CCPS (1999), section 2.1.1 and the example on page 40.

    Examples
    --------
    CCPS (1999), page 40: 10 mm, 2 m of liquid head as pressure.

    >>> leak = liquid_discharge(density_kg_m3=490, hole_diameter_m=0.01, pressure_pa=120935.0368,
    ...                         discharge_coefficient=0.63)
    >>> round(leak.rate_kg_s, 5), round(leak.velocity_m_s, 4)
    (0.21691, 5.6363)
    """
    area = hole_area(hole_diameter_m)
    density = number("density_kg_m3", density_kg_m3, 10.0, 20_000.0, "kg/m³")
    inside = number("pressure_pa", pressure_pa, 0.0, _MOST_PA, "Pa", low_open=True)
    head = number("head_m", head_m, 0.0, 200.0, "m")
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    cd = number("discharge_coefficient", discharge_coefficient, 0.0, 1.0, "", low_open=True)
    drive = 2 * (inside - outside) / density + 2 * G_M_S2 * head
    velocity = cd * math.sqrt(max(drive, 0.0))
    return LiquidDischarge(rate_kg_s=density * area * velocity, velocity_m_s=velocity)
