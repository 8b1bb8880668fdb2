"""Shelter or leave: the load of a stay in a closed building against that of a way out on foot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from models.basics import LatLon, Wind
from models.hazard.advice import ReceptorAdvice, Stay, Verdict, Way, ZoneAdvice
from models.hazard.checks import number
from models.hazard.cloud_field import Field, cloud_field
from models.hazard.effects.probits import ToxicProbit, fatality, toxic_probit_of
from models.hazard.footprint import CALM_M_S
from models.hazard.ground import to_wind_axes
from models.hazard.indoor import come_out_s, indoor_concentration, toxic_load
from models.hazard.ports import HazardInputError, ReceptorHit, Release, ZoneResult
from models.hazard.shelter_words import shelter_inputs, shelter_warnings
from models.hazard.substances import FLAMMABLE_EDGE, Substance, find_substance
from models.hazard.way_out import Danger, Line, ways_out
from models.hazard.zone_parts import check_case
from models.rules import load_rules

Array = NDArray[np.float64]
Touched = tuple[ReceptorHit, LatLon]

_LONGEST_S = 86_400.0
_STEPS = 1_500
_PATH_STEPS = 60
_NOTHING_PPM = 0.01
_ASSUMED_EXPONENT = 1.0
_SHELTERING_UNITS = ("ppm", "mg/m³", "mg/m3")
_FIERY = ("fire", "explosion")


@dataclass(frozen=True, slots=True)
class _Case:
    """One cloud and what all its receptors share."""

    field: Field
    origin: LatLon
    from_deg: float
    calm: bool
    dangers: tuple[Danger, ...]
    now_s: float
    until_s: float
    flammable_ppm: float
    harmless_load: float
    exponent: float
    probit: ToxicProbit | None
    rules: dict[str, Any]

    def killed(self, load: float) -> float | None:
        """Return the share that a load kills by the probit; None without one."""
        if self.probit is None:
            return None
        if load <= 0:
            return 0.0
        return float(fatality(self.probit.a + self.probit.b * math.log(load)))


def dangers_of(
    zones: Sequence[tuple[ZoneResult, str]], origin: LatLon, from_deg: float
) -> tuple[Danger, ...]:
    """Return the areas of zones with their incidents' kinds, in wind axes around a source.

    Only a toxic concentration leaves a building its use: the LEL, heat, blast, the circle of
    initial isolation, any zone of a fire or an explosion, and a drawn or imported one that doesn't
    say of what, don't. Contours of probability are to be left behind, but are no worse than others.

    Examples
    --------
    >>> from models.basics import Name
    >>> from models.hazard.ground import circle
    >>> from models.hazard.ports import ZoneLevel
    >>> here = LatLon(31.0, 121.0)
    >>> level = ZoneLevel(key="blast1", label=Name(en="1 psi"), severity=1, threshold=1.0,
    ...                   unit="psi", rings=(circle(here, 500.0),), reach_m=500.0)
    >>> zone = ZoneResult(kind="imported", model="ALOHA", model_version="", origin=here,
    ...                   levels=(level,))
    >>> [danger.shelters for danger in dangers_of([(zone, "toxic_leak")], here, 270.0)]
    [False]
    """
    found = []
    for zone, incident_kind in zones:
        for level in zone.levels:
            toxic = level.unit in _SHELTERING_UNITS and not level.key.startswith("lel")
            rule = zone.kind == "rule_of_thumb" and level.key != "isolation"
            shelters = (toxic or rule) and incident_kind not in _FIERY
            for ring in level.rings[:1]:
                x, y = to_wind_axes(origin, ring, from_deg)
                area = shapely.make_valid(shapely.Polygon(np.column_stack([x, y])))
                severity = level.severity if level.probability is None else 0
                found.append(Danger(area, severity, shelters))
    return tuple(found)


def shelter_advice(
    release: Release,
    wind: Wind,
    terrain: str,
    touched: Sequence[Touched],
    dangers: Sequence[Danger],
    *,
    now_s: float,
) -> ZoneAdvice:
    """Return for each touched receptor whether to shelter or to leave, and until when.

    Parameters
    ----------
    release, wind, terrain
        The case of the zone, as the models take it.
    touched : sequence of (ReceptorHit, LatLon)
        The receptors in the zone and where they are.
    dangers : sequence of Danger
        From `dangers_of` for this release's place and wind: every zone that stands.
    now_s : float
        How long ago the release began [s], 0…86,400.

    Returns
    -------
    ZoneAdvice
        `shelter` always with an end; never where 10 % of the lower explosive limit is reached nor
        in an area of fire, blast or an unknown danger; no way crosses the plume. `ventilate` once
        the cloud has passed; `undecided` with the reason where no rule gives an answer.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Both loads ∫ C^n dt count from the release's beginning, so that what was breathed already counts
    on both sides: a stay up to its end and outdoors from then on; a way as long indoors as warning
    and preparing take, then along the straight line to beyond the outer contour. What
    `resources/rules/shelter.toml` assumes stands in the inputs. Where a stay has an end and brings
    less than 60 minutes at the second toxic level (AEGL-2, PAC-2) nobody is sent outdoors.

    Examples
    --------
    Chlorine, half an hour's release: 2 km downwind the house is enough, and it has an end.

    >>> from models.basics import Name
    >>> from models.hazard.model_choice import ChosenModel
    >>> from models.hazard.ports import Exposed
    >>> here, there = LatLon(0.0, 0.0), LatLon(0.0, 0.02)
    >>> release = Release(position=here, substance="chlorine", release_kg_s=1.0)
    >>> wind = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
    >>> school = Exposed(key="S", name=Name(en="S"), type="village", position=there, people=9)
    >>> zone = ChosenModel().zone(release, wind, (school,), "rural")
    >>> dangers = dangers_of([(zone, "toxic_leak")], here, wind.from_deg)
    >>> found = shelter_advice(release, wind, "rural", [(zone.receptors[0], there)], dangers,
    ...                        now_s=60)
    >>> found.advices[0].verdict, found.advices[0].stay.end_s is not None
    ('shelter', True)
    """
    check_case(release, wind, terrain)
    now = number("now_s", now_s, 0.0, _LONGEST_S, "s")
    substance = find_substance(release.substance, release.cas)
    if substance is None:
        raise HazardInputError("substance", f"{release.substance!r} isn't on record")
    try:
        probit = toxic_probit_of(substance.cas)
    except HazardInputError:
        probit = None
    exponent = probit.n if probit is not None else _ASSUMED_EXPONENT
    rules = load_rules("shelter")
    farthest = max((hit.distance_m for hit, _ in touched), default=0.0)
    passing_s = 2.0 * farthest / max(wind.speed_m_s / 2, CALM_M_S / 2)
    case = _Case(
        field=cloud_field(release, wind, terrain, substance),
        origin=release.position,
        from_deg=wind.from_deg,
        calm=wind.speed_m_s < CALM_M_S,
        dangers=tuple(dangers),
        now_s=now,
        until_s=min(now + release.duration_s + passing_s + 7_200.0, 2 * _LONGEST_S),
        flammable_ppm=FLAMMABLE_EDGE * substance.lel_ppm if substance.lel_ppm else math.inf,
        harmless_load=_harmless_load(substance, exponent),
        exponent=exponent,
        probit=probit,
        rules=rules,
    )
    return ZoneAdvice(
        now_s=now,
        exponent=case.exponent,
        probit_source=probit.source if probit is not None else "",
        verified=probit is not None and probit.verified,
        advices=tuple(_advise(case, hit, place) for hit, place in touched),
        inputs=shelter_inputs(release, wind, terrain, now, case.exponent, probit, rules),
        warnings=shelter_warnings(substance, probit),
    )


def _harmless_load(substance: Substance, exponent: float) -> float:
    """Return the load of 60 minutes at the lowest second toxic level, 0 where none is published."""
    second = [lv.ppm for lv in substance.levels if lv.key in {"aegl2", "pac2"}]
    return min(second) ** exponent * 60.0 if second else 0.0


def _advise(case: _Case, hit: ReceptorHit, place: LatLon) -> ReceptorAdvice:
    along, across = to_wind_axes(case.origin, [place], case.from_deg)
    x, y = float(along[0]), float(across[0])
    times = np.linspace(0.0, case.until_s, _STEPS + 1)
    outdoor = case.field(x, y, times)
    indoor = indoor_concentration(times, outdoor, case.rules["air_changes_h"])
    here = shapely.Point(x, y)
    no_shelter = float(outdoor.max()) >= case.flammable_ppm or any(
        not danger.shelters and danger.area.intersects(here) for danger in case.dangers
    )
    way = _best_way(case, hit, (x, y), times, indoor)
    stay = None if no_shelter else _stay(case, times, outdoor, indoor)
    verdict, reason, close = _verdict(case, float(outdoor.max()), stay, way)
    return ReceptorAdvice(
        receptor_key=hit.receptor_key,
        name=hit.name,
        type=hit.type,
        people=hit.people,
        level_key=hit.level_key,
        distance_m=hit.distance_m,
        outdoor_peak_ppm=float(outdoor.max()),
        verdict=verdict,
        reason=reason,
        close=close,
        stay=stay,
        way=way,
    )


def _verdict(
    case: _Case, peak_ppm: float, stay: Stay | None, way: Way | None
) -> tuple[Verdict, str, bool]:
    """Return verdict, reason, and whether the loads are too alike to decide much."""
    if stay is None:
        return ("leave", "no_shelter", False) if way else ("undecided", "no_shelter_no_way", False)
    if peak_ppm < _NOTHING_PPM:
        return "undecided", "nothing_computed", False
    if stay.end_s is None:
        return ("leave", "no_end", False) if way else ("undecided", "no_end_no_way", False)
    if stay.end_s <= case.now_s:
        return "ventilate", "passed", False
    if way is None:
        return "shelter", "no_way", False
    if stay.load <= case.harmless_load:
        return "shelter", "harmless_indoors", False
    low, high = sorted((stay.load, way.load))
    # a load goes as C^n: a factor in concentration is that factor to the n in the load
    close = high <= low * math.pow(case.rules["close_factor"], case.exponent)
    if stay.load <= way.load:
        return "shelter", "lower_indoors", close
    return "leave", "lower_on_the_way", close


def _stay(case: _Case, times: Array, outdoor: Array, indoor: Array) -> Stay:
    end_s = come_out_s(times, outdoor, indoor)
    if end_s is None:
        load = float(toxic_load(times, indoor, case.exponent)[-1])
    else:
        breathed = np.where(times < end_s, indoor, outdoor)
        load = float(toxic_load(times, breathed, case.exponent)[-1])
    return Stay(peak_ppm=float(indoor.max()), load=load, fatality=case.killed(load), end_s=end_s)


def _best_way(
    case: _Case, hit: ReceptorHit, place: tuple[float, float], times: Array, indoor: Array
) -> Way | None:
    """Return the way with the least load, the shortest of equals."""
    rules = case.rules
    who = rules["slow"] if hit.type in rules["slow"]["types"] else rules
    lines = ways_out(*place, case.dangers, margin_m=rules["margin_m"], calm=case.calm)
    leave_s = case.now_s + rules["warning_s"] + who["prepare_s"]
    before = float(np.interp(leave_s, times, toxic_load(times, indoor, case.exponent)))
    ways = [
        _walked(
            case, place, line, leave_s, before, line.length_m * rules["detour"] / who["walking_m_s"]
        )
        for line in lines
    ]
    return min(ways, key=lambda way: (way.load, way.distance_m, way.bearing_deg), default=None)


def _walked(
    case: _Case,
    place: tuple[float, float],
    line: Line,
    leave_s: float,
    before: float,
    walk_s: float,
) -> Way:
    load = before
    if walk_s > 0:
        share = np.linspace(0.0, 1.0, _PATH_STEPS + 1)
        times = leave_s + share * walk_s
        x = place[0] + share * line.length_m * math.cos(line.angle_rad)
        y = place[1] + share * line.length_m * math.sin(line.angle_rad)
        load += float(toxic_load(times, case.field(x, y, times), case.exponent)[-1])
    return Way(
        bearing_deg=round((case.from_deg + 180.0 - math.degrees(line.angle_rad)) % 360.0, 1),
        distance_m=line.length_m,
        leave_s=leave_s,
        out_s=leave_s + walk_s,
        load=load,
        fatality=case.killed(load),
    )
