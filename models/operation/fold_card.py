"""Folding situation cards and phone calls."""

from models.operation.events import Event, call, card
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Alarm, Call, Card


def _own_alarm(working: Working, alarm_id: str, card_id: str) -> None:
    alarm: Alarm | None = working.alarms.get(alarm_id)
    if alarm is not None and alarm.card_id != card_id:
        working.put("alarms", alarm_id, change(alarm, card_id=card_id))


def _opened(working: Working, event: Event, payload: card.CardOpened) -> None:
    working.put(
        "cards",
        event.subject,
        Card(
            id=event.subject,
            title=payload.title,
            priority=payload.priority,
            opened_us=event.event_time_us,
            first_alarm_id=payload.first_alarm_id,
            alarm_ids=(payload.first_alarm_id,),
            hazard_source_key=payload.hazard_source_key,
            enterprise_key=payload.enterprise_key,
            wind=payload.wind,
            permit_keys=payload.permit_keys,
            neighbour_keys=payload.neighbour_keys,
            event_id=event.id,
        ),
    )
    _own_alarm(working, payload.first_alarm_id, event.subject)


def _joined(working: Working, event: Event, payload: card.CardJoined) -> None:
    """Collect an alarm; priority 1 is the most urgent."""
    found: Card | None = working.cards.get(event.subject)
    if found is None:
        return
    alarm_ids = found.alarm_ids
    if payload.alarm_id not in alarm_ids:
        alarm_ids = (*alarm_ids, payload.alarm_id)
    priority = min(found.priority, payload.priority)
    working.put("cards", found.id, change(found, alarm_ids=alarm_ids, priority=priority))
    _own_alarm(working, payload.alarm_id, found.id)


def _verification_started(
    working: Working, event: Event, payload: card.CardVerificationStarted
) -> None:
    found: Card | None = working.cards.get(event.subject)
    if found is not None and found.state != "closed":
        working.put(
            "cards",
            found.id,
            change(
                found,
                state="verifying",
                verification_phone=payload.phone,
                verification_person=payload.person,
                verification_due_us=payload.due_us,
            ),
        )


def _verified(working: Working, event: Event, payload: card.CardVerified) -> None:
    """Keep the result; a clock that ran out at the same moment doesn't undo an answer."""
    found: Card | None = working.cards.get(event.subject)
    if found is not None and not (payload.result == "no_answer" and found.result):
        working.put(
            "cards",
            found.id,
            change(
                found,
                state="closed" if found.state == "closed" else "verified",
                result=payload.result,
                said_by=payload.said_by,
                note=payload.note,
            ),
        )


def _proposed(working: Working, event: Event, payload: card.CardIncidentProposed) -> None:
    found: Card | None = working.cards.get(event.subject)
    if found is not None and found.state != "closed":
        working.put("cards", found.id, change(found, proposed=payload.reason))


def _closed(working: Working, event: Event, payload: card.CardClosed) -> None:
    found: Card | None = working.cards.get(event.subject)
    if found is not None and found.closed_us is None:
        working.put(
            "cards",
            found.id,
            change(
                found,
                state="closed",
                closed_us=event.recorded_time_us,
                closed_reason=payload.reason,
                incident_id=payload.incident_id or found.incident_id,
            ),
        )
        working.closes(event.recorded_time_us)


def _call(working: Working, event: Event) -> Call:
    """Return the call; one that is typed without having rung begins here."""
    found: Call | None = working.calls.get(event.subject)
    return found or Call(
        id=event.subject,
        state="draft",
        number="",
        caller="",
        started_us=event.event_time_us,
        fields={},
        event_id=event.id,
    )


def _rang(working: Working, event: Event, payload: call.CallRang) -> None:
    working.put(
        "calls",
        event.subject,
        Call(
            id=event.subject,
            state="ringing",
            number=payload.number,
            caller=payload.caller,
            started_us=event.event_time_us,
            fields={},
            script=payload.script,
            event_id=event.id,
        ),
    )


def _draft_kept(working: Working, event: Event, payload: call.CallDraftKept) -> None:
    found = _call(working, event)
    if found.ended_us is None:
        working.put("calls", found.id, change(found, state="draft", fields=payload.fields))


def _recorded(working: Working, event: Event, payload: call.CallRecorded) -> None:
    ended_us = event.recorded_time_us
    changed = change(
        _call(working, event), state="recorded", fields=payload.fields, ended_us=ended_us
    )
    working.put("calls", changed.id, changed)
    working.closes(ended_us)


def _dropped(working: Working, event: Event, _payload: call.CallDropped) -> None:
    ended_us = event.recorded_time_us
    changed = change(_call(working, event), state="dropped", ended_us=ended_us)
    working.put("calls", changed.id, changed)
    working.closes(ended_us)


HANDLERS: dict[type, Handler] = {
    card.CardOpened: _opened,
    card.CardJoined: _joined,
    card.CardVerificationStarted: _verification_started,
    card.CardVerified: _verified,
    card.CardIncidentProposed: _proposed,
    card.CardClosed: _closed,
    call.CallRang: _rang,
    call.CallDraftKept: _draft_kept,
    call.CallRecorded: _recorded,
    call.CallDropped: _dropped,
}
