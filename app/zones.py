"""Computes an incident's threat zone: the release from what is known, live wind, the model."""

from dataclasses import dataclass

from app.desk import Reference
from models.basics import LatLon, Wind
from models.hazard.ports import Exposed, Release, ZoneResult
from models.hazard.registry import default_model
from models.operation.situation import Incident, Situation
from models.registry.kinds import HazardSource, Receptor, ReleaseScenario
from models.times import from_us

NIGHT_HOURS = (20, 6)


@dataclass(frozen=True, slots=True)
class RateInput:
    """The rate of a release as the officer gives it, or a stored scenario of the source does."""

    release_kg_s: float
    duration_s: float
    height_m: float
    source: str
    assumed: bool


def stored_rate(source: HazardSource | None) -> RateInput | None:
    """Return the source's first stored scenario as a rate; None when it has none.

    Inventories and accident amounts are never taken for rates.
    """
    if source is None or not source.scenarios:
        return None
    scenario: ReleaseScenario = source.scenarios[0]
    return RateInput(
        release_kg_s=scenario.release_kg_s,
        duration_s=scenario.duration_s,
        height_m=scenario.height_m,
        source=f"scenario {scenario.key}",
        assumed=scenario.assumed,
    )


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
    terrain: str = "rural",
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
    hour = int((from_us(now_us).hour + utc_offset_h) % 24)
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
    return default_model().zone(release, wind, exposed_people(reference, hour), terrain)
