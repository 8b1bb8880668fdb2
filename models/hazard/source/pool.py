"""A spill on the ground: how the pool spreads and evaporates, boiling or not, bunded or not."""

import math

from models.hazard.checks import number
from models.hazard.source.pool_march import March, Pool, Surroundings
from models.hazard.source.pool_transfer import (
    PoolLiquid,
    air_heat_w_m2_k,
    evaporation_flux,
    ground_heat_w_m2,
    mass_transfer_m_s,
)

__all__ = [
    "Pool", "PoolLiquid", "air_heat_w_m2_k", "evaporation_flux", "ground_heat_w_m2",
    "mass_transfer_m_s", "spill",
]  # fmt: skip


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

    dr/dt = sqrt(2 g h) until the bund or the least depth. m cp dT/dt = heat - E dHv, each step
    solved at its end. Heat comes from the sun, from the air, h (Ta - T), and from the ground,
    k (Tg - T)/sqrt(pi a t) with t the time since that very ground was wetted. E is
    `evaporation_flux`, which grows without bound towards the boiling point: so a pool boils as
    hard as it is warmed, and cools below its boiling point once the ground is cold.

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
    overflows isn't either: check the depth. The ground's heat is that of a pool which has always
    had its temperature of now. Freezing isn't in it, nor the heat that the vapour hinders.

    References
    ----------
    CCPS (1999), section 2.1.5; ALOHA's technical description; TNO Yellow Book (2005), chapter 3;
    recalled, rates of different schemes differ by some 40 %. The air's heat: `air_heat_w_m2_k`.

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
    wind = number("wind_m_s", wind_m_s, 0.0, 75.0, "m/s")
    watched = max(number("watched_s", watched_s, 60.0, 86_400.0, "s"), duration)
    depth = number("least_depth_m", least_depth_m, 0.001, 0.1, "m")
    sun = number("sun_w_m2", sun_w_m2, 0.0, 1400.0, "W/m²")
    start = min(air, liquid.boiling_k) if liquid_k is None else liquid_k
    start = min(number("liquid_k", start, 20.0, 500.0, "K"), liquid.boiling_k)
    ground = number("ground_k", air if ground_k is None else ground_k, 200.0, 400.0, "K")
    widest = math.inf
    if bund_m2 is not None:
        widest = math.sqrt(number("bund_m2", bund_m2, 0.0, 1e6, "m²", low_open=True) / math.pi)
    around = Surroundings(
        air_k=air,
        ground_k=ground,
        wind_m_s=wind,
        sun_w_m2=sun,
        depth_m=depth,
        widest_m=widest,
    )
    return March(liquid, around, start).run(mass, duration, watched)
