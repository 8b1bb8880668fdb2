"""What passes between a pool and the air and ground around it: vapour and heat."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA, GAS_J_MOL_K

_SCHMIDT_AIR_M2_S = 1.5e-5
_WATER_D_M2_S, _WATER_G_MOL = 2.4e-5, 18.0
GROUND_W_M_K, GROUND_M2_S = 1.2, 5.7e-7
_AIR_KG_M3, _AIR_J_KG_K, _PRANDTL = 1.2, 1005.0, 0.71


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
        schmidt = vapour_schmidt(liquid.molar_mass_kg_mol)
    transfer = float(mass_transfer_m_s(wind_m_s, diameter_m, schmidt))
    stefan = -math.log(1 - pressure / ATMOSPHERE_PA) * ATMOSPHERE_PA / pressure
    return transfer * liquid.molar_mass_kg_mol * pressure / (GAS_J_MOL_K * temperature) * stefan


def ground_heat_w_m2(
    ground_k: float,
    liquid_k: float,
    age_s: float,
    conductivity_w_m_k: float = GROUND_W_M_K,
    diffusivity_m2_s: float = GROUND_M2_S,
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


def vapour_schmidt(molar_mass_kg_mol: float) -> float:
    """Return a vapour's Schmidt number in air, by its molar mass from water's, 0.1…10 [-].

    Parameters
    ----------
    molar_mass_kg_mol : float
        [kg/mol], 0.002…1.

    Raises
    ------
    HazardInputError
        Naming `molar_mass_kg_mol`.

    References
    ----------
    Graham's law; Mackay and Matsugu (1973); recalled.

    Examples
    --------
    >>> round(vapour_schmidt(0.0781), 2)
    1.3
    """
    molar = number("molar_mass_kg_mol", molar_mass_kg_mol, 0.002, 1.0, "kg/mol")
    diffusion = _WATER_D_M2_S * math.sqrt(_WATER_G_MOL / (molar * 1e3))
    return min(max(_SCHMIDT_AIR_M2_S / diffusion, 0.1), 10.0)


def air_heat_w_m2_k(wind_m_s: float, diameter_m: float) -> float:
    """Return how well the air warms a pool, h = rho cp k with k at Pr in place of Sc [W/m²K].

    Parameters
    ----------
    wind_m_s, diameter_m : float
        See `mass_transfer_m_s`.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Heat and vapour cross the same air: by the analogy they differ by (Sc/Pr)^0.67 alone, so that a
    pool cools to its wet-bulb temperature and not below. Vapour that streams off hinders the heat,
    which isn't in it: what boils hard is warmed too much by the air, by little against the ground.

    References
    ----------
    T. Chilton and A. Colburn, Ind. Eng. Chem. 26 (1934) 1183, with Mackay and Matsugu (1973);
    recalled. Air at 20 °C: 1.2 kg/m³, 1005 J/kg K, Pr 0.71.

    Examples
    --------
    >>> round(air_heat_w_m2_k(3, 10), 1)
    13.3
    """
    transfer = float(mass_transfer_m_s(wind_m_s, diameter_m, _PRANDTL))
    return _AIR_KG_M3 * _AIR_J_KG_K * transfer
