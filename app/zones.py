"""Computes an incident's threat zone: the release from what is known, live wind, the model."""

from dataclasses import dataclass, replace

import msgspec

from app.desk import Reference
from models.basics import LatLon, Wind
from models.hazard.isolation import isolation_zone
from models.hazard.ports import Exposed, Input, Release, ZoneResult
from models.hazard.registry import default_model
from models.hazard.terrain import OFFICER, Terrain, TerrainName
from models.operation.situation import Incident, Situation, Zone
from models.registry.kinds import HazardSource, Receptor, ReleaseScenario
from models.times import from_us

NIGHT_HOURS = (20, 6)
_UNKNOWN_DURATION_S = 1800.0
_SCENARIO = "scenario "


@dataclass(frozen=True, slots=True)
class RateInput:
    """The rate of a release as the officer gives it, or a stored scenario of the source does."""

    release_kg_s: float
    duration_s: float
    height_m: float
    source: str
    assumed: bool
    terrain: TerrainName | None = None
    """What the officer says of the ground; None leaves it to the site and its buildings."""


def stored_rate(source: HazardSource | None, key: str = "") -> RateInput | None:
    """Return the source's first stored scenario, or that of a key, as a rate; None without one.

    Inventories and accident amounts are never taken for rates.
    """
    stored: tuple[ReleaseScenario, ...] = source.scenarios if source is not None else ()
    scenario = next((each for each in stored if key in {"", each.key}), None)
    if scenario is None:
        return None
    return RateInput(
        release_kg_s=scenario.release_kg_s,
        duration_s=scenario.duration_s,
        height_m=scenario.height_m,
        source=f"{_SCENARIO}{scenario.key}",
        assumed=scenario.assumed,
    )


def recorded_rate(situation: Situation, incident_id: str) -> RateInput | None:
    """Return the rate of the incident's newest model zone that nobody withdrew.

    What an officer entered on one desk holds on all of them, and after a restart.
    """
    zones = _model_zones(situation, incident_id)
    standing = [zone for zone in zones if zone.withdrawn_us is None]
    return rate_of(standing[-1]) if standing else None


def rate_since_us(situation: Situation, zone: Zone) -> int:
    """Return since when the rate of a model's zone is on record without a break [µs UTC].

    Zones of the same rate, drawn again because the wind turned, don't begin it anew; nor does it
    matter whether the first of them was withdrawn.
    """
    rate, since_us = rate_of(zone), zone.drawn_us
    for earlier in reversed(_model_zones(situation, zone.incident_id)):
        if (earlier.drawn_us, earlier.id) >= (zone.drawn_us, zone.id):
            continue
        if rate_of(earlier) != rate:
            break
        since_us = earlier.drawn_us
    return since_us


def _model_zones(situation: Situation, incident_id: str) -> list[Zone]:
    """Return an incident's zones of a cloud's model, withdrawn ones too, the newest last."""
    found = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id and zone.result.kind == "model"
    ]
    return sorted(found, key=lambda zone: (zone.drawn_us, zone.id))


def rate_of(zone: Zone) -> RateInput | None:
    """Return the rate that a model's zone says it was computed with; None when it says none."""
    inputs = {each.name: each for each in zone.result.inputs}
    try:
        rate = inputs["release_rate"]
        return RateInput(
            release_kg_s=float(rate.value),
            duration_s=float(inputs["duration"].value),
            height_m=float(inputs["release_height"].value),
            source=rate.source,
            assumed=rate.assumed,
            terrain=_officers_terrain(inputs.get("terrain")),
        )
    except (KeyError, ValueError):  # another model names its inputs otherwise
        return None


def known_rate(situation: Situation, incident: Incident, reference: Reference) -> RateInput | None:
    """Return the rate on record, else the first stored scenario of the incident's source.

    What the register said of another source than the incident is at now gives way to what it
    says of this one: the scenario of the same key, else the first; where it says nothing the rate
    on record stays, as assumed.
    """
    row = reference.get("hazard-sources", incident.hazard_source_key)
    source = row if isinstance(row, HazardSource) else None
    recorded = recorded_rate(situation, incident.id)
    if recorded is None or not recorded.source.startswith(_SCENARIO):
        return recorded or stored_rate(source)
    key = recorded.source.removeprefix(_SCENARIO)
    same = stored_rate(source, key) or stored_rate(source)
    if same is None:
        return replace(recorded, assumed=True)
    return replace(same, terrain=recorded.terrain)


ESTIMATE = "estimate"
"""Source of a rate that detectors gave."""


def estimated_rate(
    situation: Situation, incident: Incident, reference: Reference
) -> RateInput | None:
    """Return the rate of the estimate an officer took, until a model's zone was drawn after it.

    Detectors say nothing of how long it lasts or how high it comes out: those stay as they were.
    """
    adopted = incident.source_estimate
    if adopted is None:
        return None
    recorded = recorded_rate(situation, incident.id)
    drawn = [
        zone.drawn_us for zone in _model_zones(situation, incident.id) if zone.withdrawn_us is None
    ]
    followed = recorded is not None and (recorded.source, recorded.release_kg_s) == (
        ESTIMATE,
        adopted.release_kg_s,
    )
    if followed or max(drawn, default=0) > adopted.at_us:
        return None
    known = known_rate(situation, incident, reference)
    return RateInput(
        release_kg_s=adopted.release_kg_s,
        duration_s=known.duration_s if known is not None else _UNKNOWN_DURATION_S,
        height_m=known.height_m if known is not None else 1.0,
        source=ESTIMATE,
        assumed=True,
        terrain=known.terrain if known is not None else None,
    )


def _officers_terrain(terrain: Input | None) -> TerrainName | None:
    if terrain is None or terrain.source != OFFICER:
        return None
    return "urban" if terrain.value == "urban" else "rural"


def exposed_people(reference: Reference, hour_local: int | None = None) -> tuple[Exposed, ...]:
    """Return all receptors with their numbers of the hour; None stays unknown.

    Without an hour the larger of the day and night numbers counts.
    """
    found = []
    for record in reference.all("receptors").values():
        if not isinstance(record, Receptor) or record.position is None:
            continue
        people, source = _people(record, hour_local)
        found.append(
            Exposed(
                key=record.key,
                name=record.name,
                type=record.type,
                position=record.position,
                people=people,
                people_source=source,
            )
        )
    return tuple(found)


def _people(receptor: Receptor, hour_local: int | None) -> tuple[int | None, str]:
    day, night = receptor.people_day, receptor.people_night
    if hour_local is None:
        known = [count for count in (day, night) if count is not None]
        return max(known, default=None), "larger of day and night"
    is_night = hour_local >= NIGHT_HOURS[0] or hour_local < NIGHT_HOURS[1]
    return (night, "night") if is_night else (day, "day")


def live_wind(situation: Situation, wanted: str = "") -> Wind | None:
    """Return the wind of the mast `wanted`, else of the first mast; never an average."""
    masts = situation.masts
    return next((mast for mast in masts if mast.source == wanted), masts[0] if masts else None)


def compute_zone(
    incident: Incident,
    rate: RateInput,
    wind: Wind,
    reference: Reference,
    *,
    now_us: int,
    utc_offset_h: float,
    terrain: Terrain,
    position: LatLon | None = None,
) -> ZoneResult:
    """Return the model's zone of an incident.

    Raises
    ------
    HazardInputError
        When an input makes no sense; the error names it.
    ValueError
        When the incident has no position.
    """
    place = position or incident.position
    if place is None:
        raise ValueError(f"incident {incident.number} has no position")
    moment = from_us(now_us)
    hour = int((moment.hour + moment.minute / 60 + utc_offset_h) % 24)
    release = Release(
        position=place,
        substance=incident.substance,
        cas=incident.cas,
        release_kg_s=rate.release_kg_s,
        duration_s=rate.duration_s,
        height_m=rate.height_m,
        rate_source=rate.source,
        rate_assumed=rate.assumed,
    )
    people = exposed_people(reference, hour)
    result = default_model().zone(release, wind, people, terrain.name)
    return msgspec.structs.replace(
        result, inputs=tuple(_with_reason(each, terrain, rate) for each in result.inputs)
    )


def _with_reason(given: Input, terrain: Terrain, rate: RateInput) -> Input:
    """Put on record why the ground counts as what it does, and what detectors can't tell."""
    if rate.source == ESTIMATE and given.name in {"duration", "release_height"}:
        return msgspec.structs.replace(given, source="", assumed=True)
    if given.name != "terrain":
        return given
    return msgspec.structs.replace(given, source=terrain.source, assumed=terrain.assumed)


def rule_of_thumb(
    incident: Incident, wind: Wind | None, reference: Reference, now_us: int
) -> ZoneResult:
    """Return the table's zone of an incident for a wind.

    Raises
    ------
    HazardInputError
        When the wind makes no sense.
    ValueError
        When the incident has no position.
    """
    if incident.position is None:
        raise ValueError(f"incident {incident.number} has no position")
    return isolation_zone(
        position=incident.position,
        substance=incident.substance,
        cas=incident.cas,
        incident_kind=incident.incident_kind,
        wind=wind,
        now_us=now_us,
        receptors=exposed_people(reference),
    )
