"""What a fire or an explosion gives to a place: heat or overpressure, by one function for all."""

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import choice, number
from models.hazard.explosion.tnt import incident_overpressure
from models.hazard.fire.fireball import fireball, fireball_flux
from models.hazard.fire.jet_flame import jet_length_of_rate
from models.hazard.fire.pool_fire import PoolFire, pool_fire, pool_fire_flux
from models.hazard.fire.radiation import point_source_flux, transmissivity
from models.hazard.fires import DominoEvent

KINDS = ("pool_fire", "jet_fire", "fireball", "blast")
IN_FLAME_W_M2 = 200e3
_HOTTEST_W_M2 = 350e3
_SCALED = (0.2001, 198.0)
_NEAREST_M = 1.0


def pool_of(event: DominoEvent, wind_m_s: float) -> PoolFire:
    """Return the flame of a pool fire.

    Parameters
    ----------
    event : DominoEvent
        A 'pool_fire'.
    wind_m_s : float
        At 10 m [m/s], 0…75.

    Raises
    ------
    HazardInputError
        Naming the field.

    Examples
    --------
    >>> pool = DominoEvent(kind="pool_fire", diameter_m=20, burn_kg_m2_s=0.085)
    >>> round(pool_of(pool, 5.0).length_m)
    27
    """
    return pool_fire(
        event.diameter_m,
        burn_kg_m2_s=event.burn_kg_m2_s,
        heat_j_kg=event.heat_j_kg,
        wind_m_s=wind_m_s,
        clean=event.clean,
        most_w_m2=event.most_w_m2,
    )


def acts_s(event: DominoEvent) -> float | None:
    """Return how long an event heats what stands around it [s]; None when it isn't known.

    A blast takes no time, a fireball its own.

    Parameters
    ----------
    event : DominoEvent
        Any; `duration_s` 0…1e8.

    Raises
    ------
    HazardInputError
        Naming the field.

    Examples
    --------
    >>> round(acts_s(DominoEvent(kind="fireball", mass_kg=100_000)), 1)
    17.7
    """
    if choice("kind", event.kind, KINDS) == "blast":
        return 0.0
    if event.kind == "fireball":
        return fireball(event.mass_kg, event.heat_j_kg).duration_s
    return number("duration_s", event.duration_s, 0.0, 1e8, "s") or None


def effect_at(
    event: DominoEvent,
    distance_m: ArrayLike,
    *,
    bearing_deg: ArrayLike = 0.0,
    wind_m_s: float = 0.0,
) -> Array:
    """Return what a place at the ground receives: heat [W/m²], of a blast overpressure [Pa].

    Parameters
    ----------
    event : DominoEvent
        What happens.
    distance_m : array_like
        From its middle [m], any shape, above 0 … 1e4.
    bearing_deg : array_like
        From downwind [°], -360…360; only a pool's flame leans.
    wind_m_s : float
        At 10 m [m/s], 0…75.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    A jet may point anywhere, so every place is taken to have it pointed at it: within the flame's
    length it bears the flame's own 200…350 kW/m², beyond it the heat of a point in the flame's
    middle. Shielding and water curtains aren't in it. A blast is side-on, on flat ground;
    beyond the curve's ends the end holds.

    References
    ----------
    See the functions of `models.hazard.fire` and `models.hazard.explosion`; 200…350 kW/m² in a
    jet's flame: TNO Yellow Book (2005), chapter 6; recalled.

    Examples
    --------
    >>> jet = DominoEvent(kind="jet_fire", burn_kg_s=10.0, heat_j_kg=46e6)
    >>> [round(q / 1e3, 1) for q in effect_at(jet, [30.0, 100.0]).tolist()]
    [200.0, 1.1]
    """
    choice("kind", event.kind, KINDS)
    distance = numbers("distance_m", distance_m, 0.0, 1e4, "m", low_open=True)
    match event.kind:
        case "pool_fire":
            return pool_fire_flux(pool_of(event, wind_m_s), distance, bearing_deg=bearing_deg)
        case "jet_fire":
            return np.broadcast_arrays(_jet(event, distance), bearing_deg)[0]
        case "fireball":
            heat = fireball_flux(fireball(event.mass_kg, event.heat_j_kg), distance)
            return np.broadcast_arrays(heat, bearing_deg)[0]
        case _:
            tnt = number("tnt_kg", event.tnt_kg, 0.0, 1e9, "kg", low_open=True)
            scale = tnt ** (1 / 3)
            reached = np.clip(distance, _SCALED[0] * scale, _SCALED[1] * scale)
            return np.broadcast_arrays(incident_overpressure(reached, tnt), bearing_deg)[0]


def _jet(event: DominoEvent, distance: Array) -> Array:
    burn = number("burn_kg_s", event.burn_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    length = jet_length_of_rate(burn, event.heat_j_kg)
    away = np.maximum(distance - length / 2, _NEAREST_M)
    heat = point_source_flux(
        away,
        burn_kg_s=burn,
        heat_j_kg=event.heat_j_kg,
        radiant_fraction=event.radiant_fraction,
        through=transmissivity(away),
    )
    heat = np.minimum(heat, _HOTTEST_W_M2)
    return np.asarray(np.where(distance <= length, np.maximum(heat, IN_FLAME_W_M2), heat))
