"""The zone of a fire or an explosion: heat or overpressure by level, as polygons like any other."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from models.basics import LatLon, Name, Wind
from models.hazard.check_arrays import Array
from models.hazard.checks import choice, number
from models.hazard.fire.fireball import fireball
from models.hazard.fire_event import KINDS, acts_s, effect_at, pool_of
from models.hazard.fires import DominoEvent, FireCase, case_name
from models.hazard.ground import circle, to_positions, to_wind_axes
from models.hazard.ports import Caution, Exposed, Input, ReceptorHit, ZoneLevel, ZoneResult
from models.rules import load_rules

VERSION = "1.0"
MODELS = {
    "pool_fire": "Pool fire (solid flame)",
    "jet_fire": "Jet fire (point source)",
    "fireball": "Fireball (BLEVE)",
    "blast": "Blast (TNT equivalence)",
}
_NUMBERS = {
    "diameter_m": "m",
    "burn_kg_m2_s": "kg/m²s",
    "burn_kg_s": "kg/s",
    "heat_j_kg": "J/kg",
    "radiant_fraction": "",
    "most_w_m2": "W/m²",
    "mass_kg": "kg",
    "tnt_kg": "kg",
    "duration_s": "s",
}
_STEP_DEG = 15.0
_POOL_POINTS, _POINTS = 28, 600
_NEAREST_M, _FARTHEST_M = 1.0, 1e4


@dataclass(frozen=True, slots=True)
class _Level:
    """A level as the rules have it; `value` [W/m² or Pa]."""

    key: str
    label: Name
    severity: Literal[1, 2, 3]
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class _Profile:
    """What is received by bearing from downwind [°] and distance [m]."""

    bearings: Array
    distances: Array
    received: Array

    def reach(self, value: float) -> Array:
        """Return how far a value reaches at each bearing [m], 0 where it is reached nowhere."""
        logs = np.log(np.minimum.accumulate(np.maximum(self.received, 1e-9), axis=1))
        found = [np.exp(np.interp(-np.log(value), -row, np.log(self.distances))) for row in logs]
        return np.where(self.received[:, 0] >= value, np.asarray(found), 0.0)


def fire_zone(
    case: FireCase,
    position: LatLon,
    wind: Wind | None,
    receptors: tuple[Exposed, ...],
    *,
    burning: bool,
) -> ZoneResult:
    """Return a fire's or an explosion's polygons by level and who lies in them.

    Parameters
    ----------
    case : FireCase
        What burns or explodes.
    position : LatLon
        Where.
    wind : Wind or None
        Speed 0…75 m/s, direction FROM 0…360°. Only a pool's flame leans with it: no other zone
        names a wind, and none goes out of date by it.
    receptors : tuple of Exposed
        Counted by the worst level they lie in.
    burning : bool
        Whether it happens, or is what might happen.

    Returns
    -------
    ZoneResult
        Of kind 'fire'; thresholds in kW/m² or kPa.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    A jet may point anywhere: its zone is round. Levels of heat hold for 60 s in the open; walls
    and clothing aren't in them. A vapour cloud drifts: its blast may be centred elsewhere.

    References
    ----------
    `resources/rules/fire_levels.toml`; see `effect_at`.

    Examples
    --------
    >>> from models.hazard.scenarios import Storage
    >>> from models.hazard.fire_cases import fire_cases
    >>> ball = fire_cases("74-98-6", Storage(inventory_kg=20_000))[3]
    >>> zone = fire_zone(ball, LatLon(31.0, 121.0), None, (), burning=False)
    >>> [(level.threshold, level.unit, round(level.reach_m)) for level in zone.levels]
    [(10.0, 'kW/m²', 344), (5.0, 'kW/m²', 485), (2.0, 'kW/m²', 750), (315.0, 'm', 315)]
    """
    event = case.event
    choice("kind", event.kind, KINDS)
    leans = event.kind == "pool_fire" and wind is not None
    if wind is not None:
        number("wind.speed_m_s", wind.speed_m_s, 0.0, 75.0, "m/s")
        number("wind.from_deg", wind.from_deg, 0.0, 360.0, "°")
    speed = wind.speed_m_s if leans and wind is not None else 0.0
    from_deg = wind.from_deg if leans and wind is not None else 0.0
    profile, levels = _profile(event, speed), _levels(event)
    reaches = [(level, profile.reach(level.value)) for level in levels]
    drawn = [(level, reach) for level, reach in reaches if reach.max() > 0]
    return ZoneResult(
        kind="fire",
        model=MODELS[event.kind],
        model_version=VERSION,
        origin=position,
        levels=(
            *(_zone_level(event, position, from_deg, *each, profile) for each in drawn),
            *_fragments(event, position),
        ),
        receptors=_hits(position, from_deg, profile, drawn, receptors),
        inputs=_inputs(case, wind if leans else None, burning=burning),
        warnings=_warnings(
            case, [level for level, reach in reaches if reach.max() <= 0], burning=burning
        ),
        wind=wind if leans else None,
    )


def event_of(result: ZoneResult) -> FireCase | None:
    """Return the case that a fire's zone was computed for, out of its inputs; None for others.

    Examples
    --------
    >>> case = FireCase(key="vce", name=case_name("vce"), how="",
    ...                 event=DominoEvent(kind="blast", tnt_kg=900.0))
    >>> zone = fire_zone(case, LatLon(31.0, 121.0), None, (), burning=True)
    >>> event_of(zone).event.tnt_kg, event_of(zone).name.en
    (900.0, 'Vapour cloud explosion')
    """
    given = {each.name: each for each in result.inputs}
    kind = given["fire_kind"].value if "fire_kind" in given else ""
    if result.kind != "fire" or kind not in KINDS:
        return None
    fields: dict[str, Any] = {name: float(given[name].value) for name in _NUMBERS if name in given}
    key = str(given["fire_case"].value)
    return FireCase(
        key=key,
        name=case_name(key),
        event=DominoEvent(kind=kind, clean="clean" in given, **fields),  # type: ignore[arg-type]
        how=str(given["fire_how"].value),
        source=given["fire_case"].source,
    )


def _profile(event: DominoEvent, wind_m_s: float) -> _Profile:
    if event.kind != "pool_fire":
        distances = np.geomspace(_NEAREST_M, _FARTHEST_M, _POINTS)
        return _Profile(np.zeros(1), distances, effect_at(event, distances)[None])
    flame = pool_of(event, wind_m_s)
    radius = flame.diameter_m / 2
    farthest = radius + 15.0 * np.sqrt(radius * flame.length_m)
    distances = np.geomspace(radius, min(farthest, _FARTHEST_M), _POOL_POINTS)
    bearings = np.arange(0.0, 180.0 + _STEP_DEG, _STEP_DEG)
    received = effect_at(
        event, distances[None, :], bearing_deg=bearings[:, None], wind_m_s=wind_m_s
    )
    return _Profile(bearings, distances, received)


def _levels(event: DominoEvent) -> list[_Level]:
    rules = load_rules("fire_levels")
    blast = event.kind == "blast"
    return [
        _Level(
            row["key"],
            Name(**row["name"]),
            row["severity"],
            float(row["value_pa" if blast else "value_w_m2"]),
        )
        for row in rules["blast" if blast else "heat"]
    ]


def _zone_level(
    event: DominoEvent,
    position: LatLon,
    from_deg: float,
    level: _Level,
    reach: Array,
    profile: _Profile,
) -> ZoneLevel:
    rules = load_rules("fire_levels")
    if len(reach) == 1:
        ring = circle(position, float(reach[0]))
    else:
        angle = np.radians(np.concatenate((profile.bearings, -profile.bearings[-2:0:-1])))
        radius = np.concatenate((reach, reach[-2:0:-1]))
        ring = to_positions(position, radius * np.cos(angle), radius * np.sin(angle), from_deg)
        ring = (*ring, ring[0])
    return ZoneLevel(
        key=level.key,
        label=level.label,
        severity=level.severity,
        threshold=level.value / 1e3,
        unit="kPa" if event.kind == "blast" else "kW/m²",
        rings=(ring,),
        reach_m=float(reach.max()),
        source=rules["source"],
        unverified=not rules["verified"],
    )


def _fragments(event: DominoEvent, position: LatLon) -> tuple[ZoneLevel, ...]:
    """Return where most of a burst vessel's fragments fall: within four fireball radii."""
    if event.kind != "fireball":
        return ()
    rules = load_rules("fire_levels")["fragments"]
    reach = 2.0 * fireball(event.mass_kg, event.heat_j_kg).diameter_m
    level = ZoneLevel(
        key=rules["key"],
        label=Name(**rules["name"]),
        severity=rules["severity"],
        threshold=float(round(reach)),
        unit="m",
        rings=(circle(position, reach),),
        reach_m=reach,
        source=rules["source"],
        unverified=True,
    )
    return (level,)


def _hits(
    position: LatLon,
    from_deg: float,
    profile: _Profile,
    drawn: list[tuple[_Level, Array]],
    receptors: tuple[Exposed, ...],
) -> tuple[ReceptorHit, ...]:
    """Name the receptors by the worst level whose reach at their bearing holds them."""
    if not receptors or not drawn:
        return ()
    x, y = to_wind_axes(position, [each.position for each in receptors], from_deg)
    distance, bearing = np.hypot(x, y), np.abs(np.degrees(np.arctan2(y, x)))
    inside = [distance <= np.interp(bearing, profile.bearings, reach) for _, reach in drawn]
    hits = []
    for i, receptor in enumerate(receptors):
        worst = next(
            (level for (level, _), held in zip(drawn, inside, strict=True) if held[i]), None
        )
        if worst is not None:
            hits.append(
                ReceptorHit(
                    receptor_key=receptor.key,
                    name=receptor.name,
                    type=receptor.type,
                    level_key=worst.key,
                    distance_m=float(distance[i]),
                    arrival_s=None,
                    people=receptor.people,
                    people_source=receptor.people_source,
                )
            )
    return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.receptor_key)))


def _inputs(case: FireCase, wind: Wind | None, *, burning: bool) -> tuple[Input, ...]:
    event = case.event
    found = [
        Input(name="fire_case", value=case.key, source=case.source, assumed=True),
        Input(name="fire_kind", value=event.kind),
        Input(name="fire_how", value=case.how),
        Input(name="burning", value="yes" if burning else "no"),
        *(
            Input(name=name, value=float(getattr(event, name)), unit=unit, assumed=True)
            for name, unit in _NUMBERS.items()
        ),
    ]
    if event.clean:
        found.append(Input(name="clean", value="yes"))
    if wind is not None:
        found += [
            Input(name="wind_from", value=wind.from_deg, unit="°", source=wind.source),
            Input(name="wind_speed", value=wind.speed_m_s, unit="m/s", source=wind.source),
        ]
    return tuple(found)


def _warnings(case: FireCase, nowhere: list[_Level], *, burning: bool) -> tuple[Caution, ...]:
    event, lasts = case.event, acts_s(case.event)
    found = []
    if not burning:
        text = "IF IT IGNITES: nothing is known to burn yet."
        found.append(Caution(code="if_it_ignites", text=text))
    if event.kind == "jet_fire":
        text = "A jet may point anywhere: its reach is drawn all around."
        found.append(Caution(code="jet_anywhere", text=text))
    if event.kind == "fireball" and lasts is not None:
        text = f"The fireball lasts {lasts:.0f} s: levels of 60 s overstate what it does."
        found.append(Caution(code="short_fireball", text=text))
        text = "Single fragments fly farther than most: a vessel's end over a kilometre."
        found.append(Caution(code="fragments_farther", text=text))
    if case.key == "vce":
        text = "The cloud may drift before it ignites: the blast is centred there then."
        found.append(Caution(code="cloud_drifts", text=text))
    if nowhere:
        names = ", ".join(level.label.en for level in nowhere)
        found.append(
            Caution(code="reached_nowhere", text=f"Reached nowhere at the ground: {names}.")
        )
    text = "Assumed: the source's typical leak, held until it is empty; nothing shields."
    found.append(Caution(code="fire_assumed", text=text))
    text = "Levels of heat and blast are recalled and unverified."
    recalled = Caution(code="unverified_fire_levels", text=text)
    found += [recalled for rules in (load_rules("fire_levels"),) if not rules["verified"]]
    return tuple(found)
