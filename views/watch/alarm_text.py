"""What is said of an alarm besides its columns: holds, guidance, the plan that would run."""

from PySide6.QtCore import QCoreApplication

from app.guidance import Guidance, guidance_of, plan_for_alarm
from models.operation.plan_match import PlanMatch
from models.operation.situation import Alarm
from models.registry.kinds import Tag
from views.actors import Actors
from views.kit import ViewKit


def hold_lines(kit: ViewKit, actors: Actors, alarm: Alarm) -> list[str]:
    """Return a line for each hold: state, reason, who, until when."""
    lines, now_us = [], kit.desk.clock.now_us()
    for hold in alarm.holds:
        who = actors.name(hold.by)
        line = f"{kit.wording.alarm_state(hold.state).text}: {hold.reason} · {who}"
        if hold.until_us is not None:
            until = QCoreApplication.translate("AlarmText", "until {time}")
            line += " · " + until.format(time=kit.wording.time(hold.until_us, now_us))
        lines.append(line)
    return lines


def guidance_text(kit: ViewKit, guidance: Guidance) -> str:
    """Return what to do and who says so; empty where nobody does."""
    text = guidance.text.text(kit.language)
    match guidance.given_by:
        case "hazard_source":
            return QCoreApplication.translate(
                "AlarmText", "Guidance of the hazard source: {text}"
            ).format(text=text)
        case "enterprise":
            return QCoreApplication.translate(
                "AlarmText", "Guidance of the enterprise: {text}"
            ).format(text=text)
        case "limit":
            return QCoreApplication.translate("AlarmText", "Guidance: {text}").format(text=text)
        case _:
            return ""


def plan_text(kit: ViewKit, match: PlanMatch | None) -> str:
    """Return the plan that would run; that none fits is said too."""
    if match is None:
        return QCoreApplication.translate("AlarmText", "No plan fits")
    name = match.plan.name.text(kit.language)
    if match.expired:
        return QCoreApplication.translate("AlarmText", "Plan: {name} (expired)").format(name=name)
    return QCoreApplication.translate("AlarmText", "Plan: {name}").format(name=name)


def fact_lines(kit: ViewKit, alarm: Alarm) -> list[str]:
    """Return why an alarm has its priority, what to do about it and which plan would run."""
    reference = kit.desk.reference
    tag = reference.get(Tag.KIND, alarm.tag_key)
    limits = tag.limits if isinstance(tag, Tag) else ()
    limit = next((each for each in limits if each.kind == alarm.limit), None)
    reason = kit.wording.priority_reason(limit) if limit is not None else ""
    now_us = kit.desk.clock.now_us()
    plan = plan_for_alarm(reference, alarm, alarm.hazard_source_key, alarm.enterprise_key, now_us)
    lines = [reason, guidance_text(kit, guidance_of(reference, alarm)), plan_text(kit, plan)]
    return [line for line in lines if line]
