"""Flow out of a broken pipe: liquid with friction, gas at constant temperature."""

import math

from scipy.optimize import brentq

from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA, G_M_S2, GAS_J_MOL_K
from models.hazard.ports import HazardInputError
from models.hazard.source.discharge import LiquidDischarge, hole_area

_ROUGH_M = 4.6e-5


def friction_factor(reynolds: float, relative_roughness: float) -> float:
    """Return Darcy's friction factor f [-]: 64/Re below 2300, else Swamee and Jain.

    f = 0.25/lg(e/3.7 + 5.74/Re^0.9)².

    Parameters
    ----------
    reynolds : float
        [-], above 0 … 1e10.
    relative_roughness : float
        Roughness over diameter e [-], 0…0.05.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    P. Swamee and A. Jain, J. Hydraul. Div. 102 (1976) 657.

    Examples
    --------
    >>> round(friction_factor(1e5, 2e-4), 4)
    0.019
    """
    re = number("reynolds", reynolds, 0.0, 1e10, "", low_open=True)
    rough = number("relative_roughness", relative_roughness, 0.0, 0.05, "")
    if re < 2300:
        return 64 / re
    return float(0.25 / math.log10(rough / 3.7 + 5.74 / re**0.9) ** 2)


def liquid_pipe_flow(
    *,
    pressure_pa: float,
    pipe_diameter_m: float,
    pipe_length_m: float,
    density_kg_m3: float,
    viscosity_pa_s: float,
    head_m: float = 0.0,
    fittings: float = 0.5,
    roughness_m: float = _ROUGH_M,
    ambient_pa: float = ATMOSPHERE_PA,
) -> LiquidDischarge:
    """Return the flow of a liquid out of a pipe's open end.

    P - Pa + rho g h = (1 + K + f L/D) rho u²/2.

    Parameters
    ----------
    pressure_pa, ambient_pa : float
        Absolute at the inlet, and outside [Pa], 1e3…1e8.
    pipe_diameter_m, pipe_length_m : float
        [m], above 0 … 10 and 0…1e6.
    density_kg_m3, viscosity_pa_s : float
        [kg/m³], 10…20 000; [Pa s], 1e-6…100.
    head_m : float
        Of the inlet's surface over the outlet [m], 0…1000.
    fittings : float
        K, sum of the losses of entrance, bends and valves [-], 0…1000.
    roughness_m : float
        [m], 0…0.005; 46 µm is commercial steel.

    Returns
    -------
    LiquidDischarge
        Rate 0 where nothing drives the liquid out.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    Darcy and Weisbach; CCPS (1999), section 2.1.1.

    Examples
    --------
    >>> flow = liquid_pipe_flow(pressure_pa=5e5, pipe_diameter_m=0.1, pipe_length_m=100,
    ...                         density_kg_m3=800, viscosity_pa_s=5e-4)
    >>> round(flow.velocity_m_s, 2), round(flow.rate_kg_s, 1)
    (7.35, 46.2)
    """
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    inside = number("pressure_pa", pressure_pa, 1e3, 1e8, "Pa")
    area = hole_area(pipe_diameter_m)
    length = number("pipe_length_m", pipe_length_m, 0.0, 1e6, "m")
    density = number("density_kg_m3", density_kg_m3, 10.0, 20_000.0, "kg/m³")
    viscosity = number("viscosity_pa_s", viscosity_pa_s, 1e-6, 100.0, "Pa s")
    head = number("head_m", head_m, 0.0, 1000.0, "m")
    losses = 1 + number("fittings", fittings, 0.0, 1000.0, "")
    rough = number("roughness_m", roughness_m, 0.0, 0.005, "m") / pipe_diameter_m
    drive = (inside - outside) / density + G_M_S2 * head
    if drive <= 0:
        return LiquidDischarge(rate_kg_s=0.0, velocity_m_s=0.0)
    slope = length / pipe_diameter_m

    def excess(speed: float) -> float:
        factor = friction_factor(density * speed * pipe_diameter_m / viscosity, rough)
        return (losses + factor * slope) * speed**2 / 2 - drive

    fastest = math.sqrt(2 * drive / losses)
    speed = float(brentq(excess, fastest * 1e-9, fastest * 1.0000001))
    return LiquidDischarge(rate_kg_s=density * area * speed, velocity_m_s=speed)


def gas_pipe_flow(
    *,
    pressure_pa: float,
    temperature_k: float,
    pipe_diameter_m: float,
    pipe_length_m: float,
    molar_mass_kg_mol: float,
    friction: float = 0.015,
    ambient_pa: float = ATMOSPHERE_PA,
) -> float:
    """Return the steady flow of a gas out of a long pipe's open end [kg/s].

    Isothermal: G² = M (P1² - P2²)/(R T (f L/D + 2 ln(P1/P2))), with P2 the ambient pressure or,
    where that gives more than the speed sqrt(R T/M) allows, the choked one.

    Parameters
    ----------
    pressure_pa, ambient_pa : float
        Absolute, at the inlet and outside [Pa], 1e3…1e8.
    temperature_k : float
        [K], 20…3000.
    pipe_diameter_m, pipe_length_m : float
        [m], above 0 … 10 and above 0 … 1e6; at least 10 diameters long.
    molar_mass_kg_mol : float
        [kg/mol], 0.002…1.
    friction : float
        Darcy's f [-], above 0 … 0.2.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    The first seconds after a full-bore break give more: the pipe empties first.

    References
    ----------
    TNO Yellow Book (2005), section 2.5.2; isothermal flow of an ideal gas.

    Examples
    --------
    >>> round(gas_pipe_flow(pressure_pa=1e6, temperature_k=288, pipe_diameter_m=0.1,
    ...                     pipe_length_m=1000, molar_mass_kg_mol=0.016043), 2)
    1.63
    """
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    inside = number("pressure_pa", pressure_pa, 1e3, 1e8, "Pa")
    if inside < outside:
        raise HazardInputError("pressure_pa", f"{inside:g} Pa is below the ambient {outside:g} Pa")
    temperature = number("temperature_k", temperature_k, 20.0, 3000.0, "K")
    area = hole_area(pipe_diameter_m)
    length = number("pipe_length_m", pipe_length_m, 10 * pipe_diameter_m, 1e6, "m")
    molar_mass = number("molar_mass_kg_mol", molar_mass_kg_mol, 0.002, 1.0, "kg/mol")
    factor = number("friction", friction, 0.0, 0.2, "", low_open=True)
    if inside == outside:
        return 0.0
    slope, specific = factor * length / pipe_diameter_m, GAS_J_MOL_K * temperature / molar_mass

    def flux(ratio: float) -> float:
        return inside * math.sqrt((1 - ratio**2) / (specific * (slope - 2 * math.log(ratio))))

    def too_fast(ratio: float) -> float:
        return flux(ratio) - ratio * inside / math.sqrt(specific)

    ratio = outside / inside
    if too_fast(ratio) > 0:
        ratio = float(brentq(too_fast, ratio, 1 - 1e-12))
    return area * flux(ratio)
