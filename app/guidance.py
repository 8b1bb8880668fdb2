"""What to do about an alarm: guidance of the nearest who gives any, the plan that would run."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from app.desk import Reference
from models.basics import Name
from models.libraries.kinds import Plan
from models.operation.incident_kinds import kind_of_alarm
from models.operation.plan_match import PlanMatch, match_plans
from models.operation.situation import Alarm
from models.registry.kinds import Enterprise, HazardSource, Tag

GivenBy = Literal["", "limit", "hazard_source", "enterprise"]


class Guidance(NamedTuple):
    """What to do, and who says so; empty where nobody does."""

    text: Name = Name()
    given_by: GivenBy = ""


def guidance_of(reference: Reference, alarm: Alarm) -> Guidance:
    """Return the guidance of an alarm's limit, else that of its hazard source, else enterprise."""
    tag = reference.get(Tag.KIND, alarm.tag_key)
    if isinstance(tag, Tag):
        limit = next((each for each in tag.limits if each.kind == alarm.limit), None)
        if limit is not None and _says(limit.guidance):
            return Guidance(limit.guidance, "limit")
    source = reference.get(HazardSource.KIND, alarm.hazard_source_key)
    if isinstance(source, HazardSource) and _says(source.guidance):
        return Guidance(source.guidance, "hazard_source")
    enterprise = reference.get(Enterprise.KIND, alarm.enterprise_key)
    if isinstance(enterprise, Enterprise) and _says(enterprise.guidance):
        return Guidance(enterprise.guidance, "enterprise")
    return Guidance()


def guidance_among(reference: Reference, alarms: Iterable[Alarm]) -> Guidance:
    """Return the guidance of the gravest alarm that has any."""
    for alarm in sorted(alarms, key=lambda each: (each.priority, each.raised_us, each.id)):
        found = guidance_of(reference, alarm)
        if found.given_by:
            return found
    return Guidance()


def plan_that_would_run(
    reference: Reference,
    *,
    source: HazardSource | None,
    enterprise_key: str,
    incident_kind: str,
    now_us: int,
) -> PlanMatch | None:
    """Return the plan whose tasks start when an incident is opened here; None: no plan fits."""
    matches = match_plans(
        [plan for plan in reference.all(Plan.KIND).values() if isinstance(plan, Plan)],
        hazard_source_key=source.key if source else "",
        enterprise_key=enterprise_key,
        substance=source.substance if source else "",
        cas=source.cas if source else "",
        incident_kind=incident_kind,
        now_us=now_us,
    )
    return matches[0] if matches else None


def plan_for_alarm(
    reference: Reference,
    alarm: Alarm | None,
    hazard_source_key: str,
    enterprise_key: str,
    now_us: int,
) -> PlanMatch | None:
    """Return the plan that would run for a first alarm at a hazard source."""
    source = reference.get(HazardSource.KIND, hazard_source_key)
    return plan_that_would_run(
        reference,
        source=source if isinstance(source, HazardSource) else None,
        enterprise_key=enterprise_key,
        incident_kind=kind_of_alarm(alarm.safety if alarm else ""),
        now_us=now_us,
    )


def _says(name: Name) -> bool:
    return bool(name.zh or name.en)
