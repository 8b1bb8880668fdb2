"""Domino: what heat and blast neighbouring hazard sources receive, against what they bear."""

from typing import Literal

import numpy as np

from models.basics import LatLon, Name, Value, Wind
from models.hazard.check_arrays import Array
from models.hazard.checks import choice, number
from models.hazard.explosion.tnt import incident_overpressure
from models.hazard.fire.fireball import fireball, fireball_flux
from models.hazard.fire.pool_fire import pool_fire, pool_fire_flux
from models.hazard.fire.radiation import point_source_flux, transmissivity
from models.hazard.ground import to_wind_axes
from models.rules import load_rules

KINDS = ("pool_fire", "jet_fire", "fireball", "blast")
_NEAREST_M, _FARTHEST_M = 1.0, 5000.0
_SCALED = (0.2001, 198.0)


class DominoEvent(Value, frozen=True, kw_only=True):
    """What happens at a source.

    'pool_fire': `diameter_m`, `burn_kg_m2_s`, `heat_j_kg`, `clean`; 'jet_fire': `burn_kg_s`,
    `heat_j_kg`, `radiant_fraction`; 'fireball': `mass_kg`, `heat_j_kg`; 'blast': `tnt_kg`.
    """

    kind: Literal["pool_fire", "jet_fire", "fireball", "blast"]
    diameter_m: float = 0.0
    burn_kg_m2_s: float = 0.0
    burn_kg_s: float = 0.0
    heat_j_kg: float = 45e6
    radiant_fraction: float = 0.25
    clean: bool = False
    mass_kg: float = 0.0
    tnt_kg: float = 0.0


class DominoTarget(Value, frozen=True, kw_only=True):
    """A neighbouring hazard source; `type` is the registry's, e.g. 'sphere' or 'tank'."""

    key: str
    name: Name
    type: str
    position: LatLon


class DominoHit(Value, frozen=True, kw_only=True):
    """What a neighbour receives; `ratio` is received over threshold, `escalates` from 1 on."""

    key: str
    name: Name
    vessel: str
    effect: Literal["heat", "overpressure"]
    distance_m: float
    received: float
    threshold: float
    unit: str
    ratio: float
    escalates: bool
    source: str
    verified: bool


def vessel_of(hazard_type: str) -> str:
    """Return the class of vessel of a registry type; what isn't listed counts as atmospheric.

    Examples
    --------
    >>> vessel_of("sphere"), vessel_of("moon base")
    ('pressurised', 'atmospheric')
    """
    rows = load_rules("escalation")["vessel"]
    return next((str(row["key"]) for row in rows if hazard_type in row["types"]), "atmospheric")


def domino_hits(
    event: DominoEvent,
    position: LatLon,
    targets: tuple[DominoTarget, ...],
    *,
    wind: Wind | None = None,
) -> tuple[DominoHit, ...]:
    """Return what each neighbour within 5 km receives, worst first.

    Parameters
    ----------
    event : DominoEvent
        What happens.
    position : LatLon
        Where.
    targets : tuple of DominoTarget
        The neighbours; one at the event's own place (within 1 m) is left out.
    wind : Wind, optional
        A pool's flame leans with it; without one it stands upright.

    Returns
    -------
    tuple of DominoHit
        Heat [W/m²] or overpressure [Pa], also where the threshold isn't reached.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Heat thresholds hold for ten minutes and more; a fireball is shorter, so its ratio overstates.
    Shielding and water curtains aren't in it. Fragments: see `fragment_reach`. A jet counts as
    a point in the middle: in the flame itself everything escalates.

    References
    ----------
    `resources/rules/escalation.toml` (recalled).

    Examples
    --------
    >>> tank = DominoTarget(key="t", name=Name(en="T"), type="tank", position=LatLon(31.0, 121.001))
    >>> [hit] = domino_hits(DominoEvent(kind="blast", tnt_kg=1000), LatLon(31.0, 121.0), (tank,))
    >>> round(hit.distance_m), round(hit.received / 1e3), hit.escalates
    (96, 16, False)
    """
    choice("kind", event.kind, KINDS)
    if not targets:
        return ()
    from_deg = wind.from_deg if wind is not None else 0.0
    along, beside = to_wind_axes(position, [target.position for target in targets], from_deg)
    distance = np.hypot(along, beside)
    near = (distance >= _NEAREST_M) & (distance <= _FARTHEST_M)
    if not near.any():
        return ()
    bearing = np.degrees(np.arctan2(beside, along))
    received = np.zeros_like(distance)
    speed = wind.speed_m_s if wind is not None else 0.0
    received[near] = _received(event, distance[near], bearing[near], speed)
    hits = [
        _hit(event, targets[i], float(distance[i]), float(received[i]))
        for i in np.flatnonzero(near)
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.ratio, hit.key)))


def _received(event: DominoEvent, distance: Array, bearing: Array, wind_m_s: float) -> Array:
    match event.kind:
        case "pool_fire":
            fire = pool_fire(
                event.diameter_m,
                burn_kg_m2_s=event.burn_kg_m2_s,
                heat_j_kg=event.heat_j_kg,
                wind_m_s=wind_m_s,
                clean=event.clean,
            )
            return pool_fire_flux(fire, distance, bearing_deg=bearing)
        case "jet_fire":
            return point_source_flux(
                distance,
                burn_kg_s=number("burn_kg_s", event.burn_kg_s, 0.0, 1e5, "kg/s", low_open=True),
                heat_j_kg=event.heat_j_kg,
                radiant_fraction=event.radiant_fraction,
                through=transmissivity(distance),
            )
        case "fireball":
            return fireball_flux(fireball(event.mass_kg, event.heat_j_kg), distance)
        case _:
            tnt = number("tnt_kg", event.tnt_kg, 0.0, 1e9, "kg", low_open=True)
            scale = tnt ** (1 / 3)
            return incident_overpressure(
                np.clip(distance, _SCALED[0] * scale, _SCALED[1] * scale), tnt
            )


def _hit(event: DominoEvent, target: DominoTarget, distance: float, received: float) -> DominoHit:
    rules = load_rules("escalation")
    vessel = vessel_of(target.type)
    row = next(row for row in rules["vessel"] if row["key"] == vessel)
    blast = event.kind == "blast"
    threshold = float(row["overpressure_pa"] if blast else row["heat_w_m2"])
    return DominoHit(
        key=target.key,
        name=target.name,
        vessel=vessel,
        effect="overpressure" if blast else "heat",
        distance_m=distance,
        received=received,
        threshold=threshold,
        unit="Pa" if blast else "W/m²",
        ratio=received / threshold,
        escalates=received >= threshold,
        source=rules["source"],
        verified=rules["verified"],
    )
