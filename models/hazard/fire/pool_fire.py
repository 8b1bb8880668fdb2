"""The heat around a burning pool: a solid flame that leans in the wind."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.fire.pool_flame import (
    clean_emissive_power,
    flame_length,
    flame_tilt_deg,
    sooty_emissive_power,
)
from models.hazard.fire.radiation import transmissivity
from models.hazard.fire.view_factors import leaning_cylinder_view_factor


@dataclass(frozen=True, slots=True)
class PoolFire:
    """A burning pool: its flame and rate."""

    diameter_m: float
    burn_kg_s: float
    length_m: float
    tilt_deg: float
    emissive_power_w_m2: float
    clean: bool


def pool_fire(
    diameter_m: float,
    *,
    burn_kg_m2_s: float,
    heat_j_kg: float = 45e6,
    wind_m_s: float = 0.0,
    clean: bool = False,
    vapour_kg_m3: float = 1.2,
    most_w_m2: float = 265e3,
    radiant_fraction: float = 0.36,
) -> PoolFire:
    """Return a pool's flame: length, lean and emissive power.

    Sooty fuels: Thomas's length and Mudan's emissive power. Clean fuels (LNG, alcohols):
    Moorhouse's length and the energy balance.

    Parameters
    ----------
    diameter_m : float
        [m], above 0 … 1000; of a dyke with another shape, 2 sqrt(A/pi).
    burn_kg_m2_s : float
        [kg/m²s], above 0 … 1; see `burning_rate`.
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.
    wind_m_s : float
        At 10 m [m/s], 0…75.
    clean : bool
        Whether the flame is free of soot.
    vapour_kg_m3, most_w_m2, radiant_fraction : float
        See `scaled_wind` and `clean_emissive_power`.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    See the functions of `models.hazard.fire.pool_flame`.

    Examples
    --------
    Montoir: LNG, 35.7 m, measured 265 kW/m² and a flame of 78 m.

    >>> fire = pool_fire(35.7, burn_kg_m2_s=0.14, heat_j_kg=5e7, wind_m_s=9.6, clean=True)
    >>> round(fire.emissive_power_w_m2 / 1e3), round(fire.length_m)
    (265, 58)
    """
    method = "moorhouse" if clean else "thomas"
    length = flame_length(diameter_m, burn_kg_m2_s, wind_m_s=wind_m_s, method=method)
    if clean:
        power = clean_emissive_power(
            burn_kg_m2_s,
            heat_j_kg,
            length / diameter_m,
            radiant_fraction=radiant_fraction,
            most_w_m2=most_w_m2,
        )
    else:
        power = sooty_emissive_power(diameter_m)
    return PoolFire(
        diameter_m=diameter_m,
        burn_kg_s=burn_kg_m2_s * np.pi * diameter_m**2 / 4,
        length_m=length,
        tilt_deg=min(flame_tilt_deg(wind_m_s, burn_kg_m2_s, diameter_m, vapour_kg_m3), 80.0),
        emissive_power_w_m2=power,
        clean=clean,
    )


def pool_fire_flux(
    fire: PoolFire,
    distance_m: ArrayLike,
    *,
    bearing_deg: ArrayLike = 0.0,
    temperature_k: float = 293.15,
    relative_humidity: float = 0.5,
) -> Array:
    """Return the heat flux on a target on the ground turned to see the most, tau F E [W/m²].

    Parameters
    ----------
    fire : PoolFire
        See `pool_fire`.
    distance_m : array_like
        From the pool's centre [m], any shape, above 0 … 1e4; on the pool it is E.
    bearing_deg : array_like
        From downwind [°], -360…360: 0 downwind, 90 beside, 180 upwind; it broadcasts.
    temperature_k, relative_humidity : float
        Of the air; see `transmissivity`.

    Returns
    -------
    numpy.ndarray
        [W/m²], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Flat ground, nothing in between. Firemen in the flame's lee stand in more heat than upwind.

    References
    ----------
    Mudan (1984); recalled.

    Examples
    --------
    >>> fire = pool_fire(20, burn_kg_m2_s=0.085, wind_m_s=5)
    >>> [round(float(q) / 1e3, 1) for q in pool_fire_flux(fire, 40, bearing_deg=[0, 180])]
    [4.9, 1.1]
    """
    distance = numbers("distance_m", distance_m, 0.0, 1e4, "m", low_open=True)
    radius = number("fire.diameter_m", fire.diameter_m, 0.0, 1000.0, "m", low_open=True) / 2
    outside = np.maximum(distance / radius, 1.001)
    seen = leaning_cylinder_view_factor(
        fire.length_m / radius, outside, tilt_deg=fire.tilt_deg, bearing_deg=bearing_deg
    ).maximum
    tau = transmissivity(
        np.maximum(distance - radius, 0.0),
        temperature_k=temperature_k,
        relative_humidity=relative_humidity,
    )
    flux = np.where(distance <= radius, 1.0, tau * seen) * fire.emissive_power_w_m2
    return np.asarray(flux)
