"""Where a leak comes from: detectors, wind and engine put together, off the UI thread.

The newest round is what the detectors read now; those before it, one a minute back to a minute
after the gas was first noticed, come from the history, each with its own wind.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from app.apart import Progress
from app.commands.wind import mast_counts
from app.contours import measured_of
from app.desk import LiveValue, Reference, TrendData
from app.source_readings import (
    Detector,
    Doubt,
    detectors_around,
    doubts_now,
    place_of,
    reading_of,
    sources_around,
    substance_of,
)
from models.basics import LatLon, Wind
from models.hazard.ensemble.spread import Spread, default_spread
from models.hazard.estimation.estimate import estimate_source
from models.hazard.estimation.ports import (
    Candidate,
    Estimate,
    Observations,
    Round,
    SourceEstimate,
    Taken,
)
from models.hazard.estimation.readings import Evidence
from models.hazard.footprint import CALM_M_S
from models.hazard.model_choice import choose
from models.hazard.ports import Caution, Release
from models.hazard.substances import Substance
from models.operation.situation import Incident, Situation
from models.registry.kinds import HazardSource, Tag
from models.rules import load_rules
from models.telemetry.ports import Quality
from models.telemetry.surroundings import distance_m
from models.telemetry.tags import TagTable
from models.telemetry.wind import find_masts
from models.times import SECOND_US

Solve = Callable[[Observations, Progress], Estimate]
_NINETY = 1.645  # standard deviations to either end of nine in ten


class CannotAskError(Exception):
    """There is nothing to ask the engine with; `code` says what is missing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands around an incident: its gas, the detectors, the sources, the mast."""

    substance: Substance
    place: LatLon
    detectors: tuple[Detector, ...]
    left_out: int
    sources: tuple[HazardSource, ...]
    wind: Wind
    mast_tags: tuple[str, ...]
    disagree: bool

    @property
    def tag_keys(self) -> tuple[str, ...]:
        """Whose history is wanted."""
        return (*(each.tag.key for each in self.detectors), *self.mast_tags)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was measured: values now, whether they arrive at all, and the last ten minutes."""

    latest: Mapping[str, LiveValue]
    connected: bool
    curves: Mapping[str, TrendData]
    now_us: int


def ground_of(
    situation: Situation, reference: Reference, incident: Incident, now_us: int
) -> Ground:
    """Return what the estimate of an incident's source can go by.

    Raises
    ------
    CannotAskError
        `no_place`, `no_substance`, `no_detectors` or `no_wind`.
    """
    place = place_of(situation, reference, incident)
    if place is None:
        raise CannotAskError("no_place")
    substance = substance_of(situation, reference, incident)
    if substance is None:
        raise CannotAskError("no_substance")
    detectors, left_out = detectors_around(reference, place, substance)
    if not detectors:
        raise CannotAskError("no_detectors")
    wind, tags = _nearest_wind(situation, reference, place, now_us)
    return Ground(
        substance=substance,
        place=place,
        detectors=detectors,
        left_out=left_out,
        sources=sources_around(reference, detectors, substance),
        wind=wind,
        mast_tags=tags,
        disagree=situation.masts_disagree,
    )


def _nearest_wind(
    situation: Situation, reference: Reference, place: LatLon, now_us: int
) -> tuple[Wind, tuple[str, ...]]:
    """Return the wind of the nearest mast that speaks, never a mean, and its two tags."""
    rows = reference.all(Tag.KIND).values()
    table = TagTable([row for row in rows if isinstance(row, Tag)])
    masts = {mast.key: mast for mast in find_masts(table)}
    speaking = [wind for wind in situation.masts if mast_counts(wind, now_us)]
    if not speaking:
        raise CannotAskError("no_wind")

    def away(wind: Wind) -> float:
        mast = masts.get(wind.source)
        known = mast is not None and mast.position is not None
        return distance_m(mast.position, place) if known else math.inf  # type: ignore[union-attr, arg-type]

    wind = min(speaking, key=away)
    mast = masts.get(wind.source)
    keys = () if mast is None else (table.keys[mast.speed_tag], table.keys[mast.direction_tag])
    return wind, keys


def estimate_now(
    situation: Situation,
    reference: Reference,
    incident: Incident,
    ground: Ground,
    heard: Heard,
    terrain: str,
    progress: Progress = lambda _share: None,
    solve: Solve = estimate_source,
) -> SourceEstimate:
    """Return where the gas comes from by what is heard, with all it rests on.

    `solve` is `estimate_source` or what asks another process for it.

    Raises
    ------
    CannotAskError
        `calm`: without a wind that carries the gas no plume can be traced back.
    HazardInputError
        Naming the field; and whatever `progress` raises to stop.
    """
    rules = load_rules("estimation")
    spread = _spread(ground, heard, terrain)
    doubts = doubts_now(situation, reference, ground.detectors, heard.now_us)
    newest = _round(situation, ground, heard, doubts, heard.now_us)
    if newest.wind.speed_m_s < CALM_M_S:
        raise CannotAskError("calm")
    seen = Observations(
        substance=ground.substance.name.en,
        cas=ground.substance.cas,
        wind=newest.wind,
        readings=newest.readings,
        earlier=tuple(
            each
            for moment in _moments(situation, incident, ground, heard)
            if (each := _round(situation, ground, heard, doubts, moment)).wind.speed_m_s >= CALM_M_S
        ),
        candidates=tuple(
            Candidate(key=row.key, name=row.name, position=row.position)
            for row in ground.sources
            if row.position is not None
        ),
        now_us=heard.now_us,
        terrain=terrain,
        direction_sd_deg=None if spread.assumed else min(spread.direction_sd_deg, 90.0),
        meander_deg=float(rules["meander_deg"]),
        shared_error=float(rules["shared_error"]),
        model_log_sd=min(spread.model_log_sd, 1.5),
    )
    found = solve(seen, progress)
    return SourceEstimate(
        made_us=heard.now_us,
        substance=incident.substance or ground.substance.name.en,
        cas=incident.cas or ground.substance.cas,
        seen=seen,
        estimate=replace(found, cells=()),
        taken=_taken(ground, heard, doubts, found.evidence),
        release_kg_s=_widened(found.release_kg_s, _shared_log_sd(newest.wind, spread)),
        left_out=ground.left_out,
        warnings=_cautions(ground, seen, found, heard),
    )


def _moments(
    situation: Situation, incident: Incident, ground: Ground, heard: Heard
) -> tuple[int, ...]:
    """Return earlier moments, a minute apart, when the gas had been in the air for a minute."""
    if not heard.curves:
        return ()
    rules = load_rules("estimation")
    step_us = round(rules["round_s"] * SECOND_US)
    keys = {each.tag.key for each in ground.detectors}
    noticed = [
        alarm.raised_us
        for alarm in situation.alarms.values()
        if alarm.tag_key in keys and alarm.state != "normal"
    ]
    began_us = min(noticed, default=incident.happened_us or incident.opened_us)
    wanted = (heard.now_us - number * step_us for number in range(1, int(rules["most_rounds"])))
    return tuple(moment for moment in wanted if moment >= began_us + step_us)


def _round(
    situation: Situation,
    ground: Ground,
    heard: Heard,
    doubts: Mapping[str, Doubt],
    moment_us: int,
) -> Round:
    now = moment_us == heard.now_us
    readings = []
    for detector in ground.detectors:
        key = detector.tag.key
        curve = heard.curves.get(key)
        sample = heard.latest.get(key) if now else _last(curve, moment_us)
        reading = reading_of(
            detector,
            sample,
            now_us=moment_us,
            doubt=doubts.get(key),
            silent=now and (not heard.connected or key in situation.stale_tags),
            was_over=_was_over(detector, curve, moment_us),
        )
        readings.append(reading)
    wind = _wind_at(ground, heard, moment_us)
    return Round(readings=tuple(readings), wind=wind, at_us=moment_us)


def _last(curve: TrendData | None, moment_us: int) -> LiveValue | None:
    """Return the last sample until a moment; where the curve has a gap it is stale."""
    if curve is None:
        return None
    at = int(np.searchsorted(np.asarray(curve.times_us), moment_us, side="right")) - 1
    if at < 0:
        return None
    value, quality, time_us = curve.values[at], curve.qualities[at], int(curve.times_us[at])
    if not math.isfinite(value):
        quality = Quality.STALE
    return LiveValue(curve.tag_key, float(value), int(quality), time_us, time_us)


def _was_over(detector: Detector, curve: TrendData | None, moment_us: int) -> bool:
    if curve is None or detector.tag.high <= 0:
        return False
    return any(
        time_us <= moment_us and value >= detector.tag.high
        for time_us, value in zip(curve.times_us, curve.values, strict=True)
    )


def _wind_at(ground: Ground, heard: Heard, moment_us: int) -> Wind:
    """Return the mast's mean of the minute before a moment, else its last wind on record."""
    since_us = moment_us - round(load_rules("estimation")["round_s"] * SECOND_US)
    pair = [heard.curves.get(key) for key in ground.mast_tags]
    columns = [_good(each, since_us, moment_us) for each in pair if each is not None]
    if len(columns) != 2 or not all(columns):
        return ground.wind
    speeds, degrees = columns
    east = sum(math.sin(math.radians(each)) for each in degrees)
    north = sum(math.cos(math.radians(each)) for each in degrees)
    return replace(
        ground.wind,
        from_deg=round(math.degrees(math.atan2(east, north)) % 360.0, 1) % 360.0,
        speed_m_s=round(max(sum(speeds) / len(speeds), 0.0), 2),
        observed_us=moment_us,
    )


def _good(curve: TrendData, since_us: int, until_us: int) -> list[float]:
    return [
        float(value)
        for time_us, value, quality in zip(
            curve.times_us, curve.values, curve.qualities, strict=True
        )
        if since_us < time_us <= until_us and math.isfinite(value) and quality <= Quality.UNCERTAIN
    ]


def _spread(ground: Ground, heard: Heard, terrain: str) -> Spread:
    pair = [heard.curves[key] for key in ground.mast_tags if key in heard.curves]
    measured = measured_of(pair[0], pair[1]) if len(pair) == 2 else None
    return default_spread(ground.wind, terrain, rate_assumed=True, measured=measured)


def _taken(
    ground: Ground, heard: Heard, doubts: Mapping[str, Doubt], evidence: Sequence[Evidence]
) -> tuple[Taken, ...]:
    """Return the detectors with what they show now and what was made of it, nearest first."""
    rows = []
    for detector, each in zip(ground.detectors, evidence, strict=True):
        tag, doubt = detector.tag, doubts.get(detector.tag.key)
        live = heard.latest.get(tag.key)
        known = live is not None and math.isfinite(live.value)
        rows.append(
            Taken(
                key=tag.key,
                name=tag.name,
                value=live.value if known and live is not None else None,
                unit=tag.unit,
                evidence=each,
                why=doubt.why if doubt is not None else "",
            )
        )
    return tuple(rows)


def _shared_log_sd(wind: Wind, spread: Spread) -> float:
    """Return what a plume misses by for all detectors alike, more where the class is assumed."""
    assumed = float(load_rules("estimation")["class_log_sd"]) if wind.stability_assumed else 0.0
    return math.hypot(spread.model_log_sd, assumed)


def _widened(
    rates: tuple[float, float, float] | None, shared_log_sd: float
) -> tuple[float, float, float] | None:
    """Add an error that all detectors share; more readings don't make it smaller."""
    if rates is None:
        return None
    low, middle, high = rates
    shared = _NINETY * shared_log_sd
    return (
        middle * math.exp(-math.hypot(math.log(middle / low), shared)),
        middle,
        middle * math.exp(math.hypot(math.log(high / middle), shared)),
    )


def _cautions(
    ground: Ground, seen: Observations, found: Estimate, heard: Heard
) -> tuple[Caution, ...]:
    told = []
    if ground.disagree:
        text = "The masts disagree: the nearest one counts."
        told.append(Caution(code="masts_disagree", text=text))
    if not seen.earlier:
        text = "One moment only: minutes from now, with other winds, the source is found closer."
        told.append(Caution(code="one_moment", text=text))
    if not heard.curves:
        text = "The history didn't answer: only what is read now counts."
        told.append(Caution(code="no_history", text=text))
    if found.position is not None and found.release_kg_s is not None:
        release = Release(
            position=found.position,
            substance=seen.substance,
            cas=seen.cas,
            release_kg_s=found.release_kg_s[1],
        )
        if choose(release, seen.wind, ground.substance).dense:
            text = "Heavy gas: near the source it spreads by its own weight; taken as a plume here."
            told.append(Caution(code="dense_source", text=text))
        if is_unbounded(found.release_kg_s):
            text = "The readings don't say how large the rate may be at most."
            told.append(Caution(code="rate_unbounded", text=text))
    return tuple(told)


def is_unbounded(rates: tuple[float, float, float]) -> bool:
    """Return whether a rate's upper end says nothing: readings over the range bound no rate.

    Examples
    --------
    >>> is_unbounded((0.1, 0.3, 0.9)), is_unbounded((0.1, 0.3, 90.0))
    (False, True)
    """
    return rates[2] > rates[1] * float(load_rules("estimation")["unbounded_factor"])
