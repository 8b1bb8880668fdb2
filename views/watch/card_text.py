"""Lines of a situation card, as functions of the snapshot."""

import math

from PySide6.QtCore import QCoreApplication

from app.desk import LiveValue
from app.guidance import plan_for_alarm
from models.operation.plan_match import PlanMatch
from models.operation.situation import Answer, Card, Situation
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from views.kit import ViewKit

_LEAST = 9


def first_out_text(card: Card, situation: Situation, kit: ViewKit) -> str:
    """Return first-out, how many alarms, and when."""
    alarm = situation.alarms.get(card.first_alarm_id)
    moment = kit.wording.clock(alarm.raised_us if alarm else card.opened_us)
    key = card.first_alarm_id.rpartition("/")[0]
    count = len(card.alarm_ids)
    text = QCoreApplication.translate("CardText", "First out {tag} {time}").format(
        tag=key, time=moment
    )
    if count > 1:
        more = QCoreApplication.translate("CardText", "%n alarm(s)", "", count)
        text = f"{text} · {more}"
    return text


def answer_text(answer: Answer, language: str) -> str:
    """Return who of the control room said what."""
    who = answer.said_by
    if not any(word in who.lower() for word in ("中控", "control room")):
        who = f"{QCoreApplication.translate('CardText', 'Control room')} {who}".strip()
    return QCoreApplication.translate("CardText", "☎ {who}: {words}").format(
        who=who, words=answer.words.text(language)
    )


def is_sound(live: LiveValue, situation: Situation, kit: ViewKit) -> bool:
    """Return whether a value is being measured now, by something that isn't known as faulty."""
    heard = kit.desk.gateway.connected and live.tag_key not in situation.stale_tags
    return heard and live.quality <= Quality.UNCERTAIN and math.isfinite(live.value)


def trend_text(card: Card, situation: Situation, kit: ViewKit) -> str:
    """Return the worst member's value now against its limit."""
    parts = []
    alarms = situation.alarms
    gravest = sorted(card.alarm_ids, key=lambda a: alarms[a].priority if a in alarms else _LEAST)
    for alarm_id in gravest[:3]:
        key, _, limit = alarm_id.rpartition("/")
        tag = kit.desk.reference.get("tags", key)
        live = None if kit.desk.replay else kit.desk.latest.get(key)
        alarm = situation.alarms.get(alarm_id)
        if not isinstance(tag, Tag):
            continue
        value = live.value if live is not None and math.isfinite(live.value) else None
        if value is None and alarm is not None:
            value = alarm.value
        if value is None:
            continue
        bound = next((each.value for each in tag.limits if each.kind == limit), None)
        shown = f"{key} {value:.3g} {tag.unit}"
        if live is not None and not is_sound(live, situation, kit):
            # a dead detector's last zero must not read as clear
            shown += f" [{QCoreApplication.translate('CardText', 'stale')}]"
        parts.append(f"{shown} ({limit} {bound:g})" if bound is not None else shown)
    return " · ".join(parts)


def wind_text(card: Card, kit: ViewKit) -> str:
    """Return the wind at T0; several masts are shown, not averaged."""
    if not card.wind:
        return QCoreApplication.translate("CardText", "Wind at T0 unknown")
    winds = "\n".join(kit.wording.wind(wind) for wind in card.wind)
    return QCoreApplication.translate("CardText", "Wind at T0: {wind}").format(wind=winds)


def plan_of_card(kit: ViewKit, card: Card, situation: Situation) -> PlanMatch | None:
    """Return the plan that would run if an incident were opened from a card."""
    return plan_for_alarm(
        kit.desk.reference,
        situation.alarms.get(card.first_alarm_id),
        card.hazard_source_key,
        card.enterprise_key,
        kit.desk.clock.now_us(),
    )
