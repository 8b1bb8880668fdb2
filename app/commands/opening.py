"""What opening an incident writes in one batch: nothing on it is typed twice.

The incident, the card or call it came from, the rule-of-thumb isolation zone, the matching
plan's tasks and the statutory report clocks.
"""

from dataclasses import dataclass
from functools import partial

from app.commands.base import CommandRefusedError, Context
from app.commands.card import open_card
from app.commands.plan import plan_drafts
from app.guidance import plan_that_would_run
from app.zones import exposed_people
from models.basics import LatLon, Name, Wind
from models.hazard.isolation import isolation_zone
from models.hazard.ports import HazardInputError
from models.operation.events.base import Draft
from models.operation.events.call import CallRecorded
from models.operation.events.card import CardClosed
from models.operation.events.incident import IncidentOpened
from models.operation.events.report import ReportClockStarted
from models.operation.events.zone import ZoneDrawn
from models.operation.incident_kinds import kind_name, kind_of_alarm, kind_of_words
from models.registry.kinds import HazardSource, Record
from models.rules import load_rules
from models.times import SECOND_US, from_us

DESK_ROLE = "park"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when an incident is opened.

    `received_us` is when it was reported to the park; None: now. The report clocks run from it.
    """

    incident_kind: str
    place: Name
    position: LatLon | None
    hazard_source: HazardSource | None
    enterprise_key: str
    wind: tuple[Wind, ...]
    happened_us: int | None
    card_ids: tuple[str, ...] = ()
    call_ids: tuple[str, ...] = ()
    call_fields: dict[str, str] | None = None
    cause: str | None = None
    received_us: int | None = None


def opening_from_card(context: Context, card_id: str) -> Opening:
    """Take everything from the card: source, place, substance, wind at T0."""
    card = open_card(context, card_id)
    alarm = context.situation.alarms.get(card.first_alarm_id)
    source = context.reference.get("hazard-sources", card.hazard_source_key)
    enterprise = context.reference.get("enterprises", card.enterprise_key)
    place: Record | None = source or enterprise
    tag = context.reference.get("tags", card.first_alarm_id.rpartition("/")[0])
    position = next((r.position for r in (source, tag, enterprise) if r and r.position), None)
    return Opening(
        incident_kind=kind_of_alarm(alarm.safety if alarm else ""),
        place=place_name(enterprise, source) if place else card.title,
        position=position,
        hazard_source=source if isinstance(source, HazardSource) else None,
        enterprise_key=card.enterprise_key,
        wind=card.wind,
        happened_us=alarm.raised_us if alarm else card.opened_us,
        card_ids=(card.id,),
        cause=card.event_id,
    )


def opening_from_call(
    context: Context, call_id: str, place_kind: str, place_key: str, position: LatLon | None
) -> Opening:
    """Take place and kind from the call; a found place brings its source and position."""
    call = context.situation.calls.get(call_id)
    if call is None:
        raise CommandRefusedError("unknown_call", call_id)
    if call.state == "dropped" or call.incident_id:
        raise CommandRefusedError("call_finished", call.number)
    place_text = call.fields.get("place", "")
    record = context.reference.get(place_kind, place_key) if place_key else None
    if record is None and not place_text.strip():
        raise CommandRefusedError("place_missing")
    source = record if isinstance(record, HazardSource) else None
    enterprise_key = source.enterprise_key if source else (place_key if record else "")
    enterprise = context.reference.get("enterprises", enterprise_key)
    place = place_name(enterprise, source) if record else Name(zh=place_text, en=place_text)
    return Opening(
        incident_kind=kind_of_words(" ".join(call.fields.values())),
        place=place if place.text("en") else (record.name if record else place),
        position=position or (record.position if record else None),
        hazard_source=source,
        enterprise_key=enterprise_key,
        wind=context.situation.masts,
        happened_us=None,
        call_ids=(call.id,),
        call_fields=call.fields,
        cause=call.event_id or None,
        received_us=call.started_us,
    )


def opening_drafts(context: Context, opening: Opening) -> list[Draft]:
    """Return the whole batch that opens an incident."""
    incident_id = context.new_id()
    opened = context.draft(incident_id, _incident(context, opening), caused_by=opening.cause)
    drafts = [opened]
    for card_id in opening.card_ids:
        closed = CardClosed(reason="incident", incident_id=incident_id)
        drafts.append(context.draft(card_id, closed, caused_by=opened.id))
    for call_id in opening.call_ids:
        call = context.situation.calls[call_id]
        if call.state != "recorded":
            recorded = CallRecorded(fields=opening.call_fields or {})
            drafts.append(context.draft(call_id, recorded, caused_by=opened.id))
    drafts += circle_drafts(context, incident_id, opening, opened)
    drafts += matched_plan_drafts(context, incident_id, opening, opened)
    drafts += _clocks(context, incident_id, opened, opening.received_us)
    return drafts


def place_name(enterprise: Record | None, source: Record | None) -> Name:
    """Return the name of a place by who owns it and what stands there."""
    names = [record.name for record in (enterprise, source) if record is not None]
    return Name(
        zh=" ".join(name.text("zh") for name in names),
        en=", ".join(name.text("en") for name in reversed(names)),
    )


def _incident(context: Context, opening: Opening) -> IncidentOpened:
    kind = kind_name(opening.incident_kind)
    year = from_us(context.now_us).year
    source = opening.hazard_source
    return IncidentOpened(
        number=f"I-{year}-{context.situation.incident_count + 1:04d}",
        title=Name(
            zh=f"{kind.text('zh')} · {opening.place.text('zh')}",
            en=f"{kind.text('en')} · {opening.place.text('en')}",
        ),
        incident_kind=opening.incident_kind,
        place=opening.place,
        position=opening.position,
        hazard_source_key=source.key if source else "",
        enterprise_key=opening.enterprise_key,
        substance=source.substance if source else "",
        cas=source.cas if source else "",
        card_ids=opening.card_ids,
        call_ids=opening.call_ids,
        wind=opening.wind,
        happened_us=opening.happened_us,
    )


def circle_drafts(
    context: Context, incident_id: str, opening: Opening, opened: Draft
) -> list[Draft]:
    """Return the rule-of-thumb circle: it needs no model and no rate, only a place."""
    if opening.position is None:
        return []
    source = opening.hazard_source
    around = partial(
        isolation_zone,
        position=opening.position,
        substance=source.substance if source else "",
        cas=source.cas if source else "",
        incident_kind=opening.incident_kind,
        now_us=context.now_us,
        receptors=exposed_people(context.reference),
    )
    try:
        result = around(wind=opening.wind[0] if opening.wind else None)
    except HazardInputError:  # a broken mast must not keep an incident from being opened
        result = around(wind=None)
    zone = ZoneDrawn(incident_id=incident_id, result=result)
    return [context.draft(context.new_id(), zone, caused_by=opened.id)]


def matched_plan_drafts(
    context: Context, incident_id: str, opening: Opening, opened: Draft
) -> list[Draft]:
    """Return the drafts that start the best matching plan; none matches: nothing."""
    best = plan_that_would_run(
        context.reference,
        source=opening.hazard_source,
        enterprise_key=opening.enterprise_key,
        incident_kind=opening.incident_kind,
        now_us=context.now_us,
    )
    if best is None:
        return []
    return plan_drafts(context, incident_id, best.plan, expired=best.expired, caused_by=opened.id)


def _clocks(
    context: Context, incident_id: str, opened: Draft, received_us: int | None
) -> list[Draft]:
    """Return the statutory clocks: they run from receipt, not from when somebody had a hand free.

    A call is received when it rings, whenever the incident is opened from it.
    """
    now_us = context.now_us
    start_us = now_us if received_us is None else min(received_us, now_us)
    drafts = []
    for rule in load_rules("report_clocks")["rule"]:
        if rule["role"] != DESK_ROLE or rule["report"] != "first":
            continue
        clock = ReportClockStarted(
            incident_id=incident_id,
            rule_key=rule["key"],
            to=rule["to"]["zh"] + " / " + rule["to"]["en"],
            due_us=start_us + rule["limit_s"] * SECOND_US,
            source=rule["source"]["zh"] + " / " + rule["source"]["en"],
        )
        started = context.draft(
            context.new_id(), clock, caused_by=opened.id, event_time_us=start_us
        )
        drafts.append(started)
    return drafts
