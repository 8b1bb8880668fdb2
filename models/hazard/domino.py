"""Domino: what heat and blast neighbouring hazard sources receive, against what they bear."""

import math

import numpy as np

from models.basics import LatLon, Name, Value, Wind
from models.hazard.checks import choice, number
from models.hazard.fire.fireball import fireball
from models.hazard.fire_event import KINDS, acts_s, effect_at
from models.hazard.fires import DominoEvent, DominoHit, Verdict
from models.hazard.ground import to_wind_axes
from models.rules import load_rules

_NEAREST_M, _FARTHEST_M = 1.0, 5000.0
_NEAR = 0.5


class DominoTarget(Value, frozen=True, kw_only=True):
    """A neighbouring hazard source; `type` is the registry's, e.g. 'sphere' or 'tank'.

    `volume_m3` is the vessel's; without it no time to failure is given.
    """

    key: str
    name: Name
    type: str
    position: LatLon
    volume_m3: float | None = None


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
        Heat [W/m²] or overpressure [Pa], also where the threshold isn't reached. The verdict
        'too_short' is of a fire that ends before the vessel may fail, 'near' from half the
        threshold on: thresholds are rough.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Heat thresholds hold for ten minutes and more; a fireball is shorter, so its ratio overstates.
    Shielding and water curtains aren't in it. Fragments: see `fragment_reach`. A jet is taken to
    point at each neighbour: see `effect_at`.

    References
    ----------
    `resources/rules/escalation.toml` (recalled); `failure_time_s`.

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
    received[near] = effect_at(event, distance[near], bearing_deg=bearing[near], wind_m_s=speed)
    hits = [
        _hit(event, targets[i], float(distance[i]), float(received[i]))
        for i in np.flatnonzero(near)
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.ratio, hit.key)))


def failure_time_s(vessel: str, heat_w_m2: float, volume_m3: float) -> float | None:
    """Return how long a vessel bears a heat before it may fail [s].

    Atmospheric ln t = -1.128 ln I - 2.667e-5 V + 9.877; pressurised
    ln t = -0.947 ln I + 8.835 V^0.032, with I [kW/m²] and V [m³].

    Parameters
    ----------
    vessel : str
        'atmospheric', 'pressurised' or 'elongated'.
    heat_w_m2 : float
        What it receives [W/m²], above 0 … 1e6.
    volume_m3 : float
        Of the vessel [m³], above 0 … 1e6.

    Returns
    -------
    float or None
        None for vessels and volumes that no rule is on record for.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    For a vessel wholly exposed, without fireproofing, cooling water or relief that works.

    References
    ----------
    V. Cozzani et al., J. Hazard. Mater. 127 (2005) 14; recalled, `escalation.toml`. At the
    thresholds it gives some 15 minutes, as their ten minutes ask.

    Examples
    --------
    >>> round(failure_time_s("atmospheric", 15e3, 1000.0) / 60)
    15
    >>> failure_time_s("elongated", 15e3, 1000.0) is None
    True
    """
    heat = number("heat_w_m2", heat_w_m2, 0.0, 1e6, "W/m²", low_open=True)
    volume = number("volume_m3", volume_m3, 0.0, 1e6, "m³", low_open=True)
    rule = load_rules("escalation")["failure"].get(vessel)
    if rule is None or not rule["from_m3"] <= volume <= rule["to_m3"]:
        return None
    sized = rule["linear"] * volume + rule["power"] * volume ** rule["exponent"]
    return math.exp(rule["slope"] * math.log(heat / 1e3) + sized + rule["constant"])


def _hit(event: DominoEvent, target: DominoTarget, distance: float, received: float) -> DominoHit:
    rules = load_rules("escalation")
    vessel = vessel_of(target.type)
    row = next(row for row in rules["vessel"] if row["key"] == vessel)
    blast = event.kind == "blast"
    threshold = float(row["overpressure_pa"] if blast else row["heat_w_m2"])
    fails = None
    if not blast and received >= threshold and target.volume_m3 is not None:
        fails = failure_time_s(vessel, received, target.volume_m3)
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
        fails_after_s=fails,
        failure_source=rules["failure"]["source"] if fails is not None else "",
        verdict=_verdict(event, distance, received / threshold, fails),
    )


def _verdict(event: DominoEvent, distance_m: float, ratio: float, fails: float | None) -> Verdict:
    """Say whether it may fail: a fire too short for that is said to be so, unless it engulfs."""
    if ratio < 1:
        return "near" if ratio >= _NEAR else "below"
    if event.kind == "blast":
        return "may_fail"
    if event.kind == "fireball":
        engulfed = distance_m <= fireball(event.mass_kg, event.heat_j_kg).diameter_m / 2
        return "may_fail" if engulfed else "too_short"
    lasts = acts_s(event)
    short = lasts is not None and fails is not None and lasts < fails
    return "too_short" if short else "may_fail"
