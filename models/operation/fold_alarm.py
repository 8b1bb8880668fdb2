"""Folding alarm events: the state follows from condition, acknowledgement and holds (ISA-18.2)."""

from models.operation.alarm_marks import remembered
from models.operation.events import Event
from models.operation.events import alarm as events
from models.operation.fold_alarm_holds import HANDLERS as HOLDS
from models.operation.fold_alarm_holds import put_alarm
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Alarm, PlantState


def _raised(working: Working, event: Event, payload: events.AlarmRaised) -> None:
    """Begin an occurrence; no acknowledgement, silence or value of the last one is carried."""
    before: Alarm | None = working.alarms.get(event.subject)
    alarm = Alarm(
        id=event.subject,
        tag_key=payload.tag_key,
        limit=payload.limit,
        state="unacknowledged",
        priority=payload.priority,
        value=payload.value,
        limit_value=payload.limit_value,
        unit=payload.unit,
        safety=payload.safety,
        hazard_source_key=payload.hazard_source_key,
        enterprise_key=payload.enterprise_key,
        raised_us=event.event_time_us,
        event_id=event.id,
        holds=before.holds if before else (),
        card_id=before.card_id if before else "",
        occurrences=before.occurrences + 1 if before else 1,
        announced_us=event.event_time_us,
    )
    put_alarm(working, alarm)
    times: tuple[int, ...] = working.raisings.get(event.subject, ())
    working.put("raisings", event.subject, remembered(times, event.event_time_us))


def _returned(working: Working, event: Event, payload: events.AlarmReturned) -> None:
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is not None and alarm.returned_us is None:
        put_alarm(working, change(alarm, returned_us=event.event_time_us, value=payload.value))


def _latched(working: Working, event: Event, payload: events.AlarmLatched) -> None:
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is not None and alarm.returned_us is None:
        put_alarm(working, change(alarm, latched=True, value=payload.value))


def _reset(working: Working, event: Event, _payload: events.AlarmReset) -> None:
    """End a latched occurrence; one whose condition is back meanwhile stays."""
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is not None and alarm.latched:
        put_alarm(working, change(alarm, latched=False, returned_us=event.event_time_us))


def _announced_again(working: Working, event: Event, payload: events.AlarmAnnouncedAgain) -> None:
    """Let a standing occurrence sound again; an acknowledgement that ran out is gone."""
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is None or alarm.returned_us is not None:
        return
    if payload.reason == "acknowledgement_expired":
        alarm = change(alarm, acknowledged_us=None, acknowledged_by="")
    put_alarm(
        working,
        change(
            alarm,
            silenced=alarm.acknowledged_us is not None,
            announced_us=event.event_time_us,
            announcements=alarm.announcements + 1,
        ),
    )


def _acknowledged(working: Working, event: Event, _payload: events.AlarmAcknowledged) -> None:
    """Acknowledge the occurrence that was seen; one that began meanwhile stays unacknowledged."""
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is None or alarm.acknowledged_us is not None:
        return
    if event.caused_by and event.caused_by != alarm.event_id:
        return
    put_alarm(
        working,
        change(
            alarm,
            acknowledged_by=event.actor,
            acknowledged_us=event.event_time_us,
            silenced=True,
        ),
    )


def _silenced(working: Working, _event: Event, payload: events.AlarmsSilenced) -> None:
    """Silence what sounds now; a new occurrence sounds again."""
    for alarm_id in payload.alarm_ids:
        alarm: Alarm | None = working.alarms.get(alarm_id)
        if alarm is not None:
            working.put("alarms", alarm_id, change(alarm, silenced=True))


def _plant_state(working: Working, event: Event, payload: events.PlantStateSet) -> None:
    if not payload.state:
        working.drop("plant_states", event.subject)
        return
    state = PlantState(
        state=payload.state, by=event.actor, since_us=event.event_time_us, reason=payload.reason
    )
    working.put("plant_states", event.subject, state)


def _went_stale(working: Working, _event: Event, payload: events.TagWentStale) -> None:
    for tag_key in payload.tag_keys:
        working.put("stale_tags", tag_key, payload.since_us)


def _came_back(working: Working, _event: Event, payload: events.TagCameBack) -> None:
    for tag_key in payload.tag_keys:
        working.drop("stale_tags", tag_key)


def _resumed(_working: Working, _event: Event, _payload: events.JudgingResumed) -> None:
    """Say nothing of what is open: what happened meanwhile has events of its own."""


HANDLERS: dict[type, Handler] = {
    **HOLDS,
    events.AlarmRaised: _raised,
    events.AlarmReturned: _returned,
    events.AlarmLatched: _latched,
    events.AlarmReset: _reset,
    events.AlarmAnnouncedAgain: _announced_again,
    events.AlarmAcknowledged: _acknowledged,
    events.AlarmsSilenced: _silenced,
    events.PlantStateSet: _plant_state,
    events.TagWentStale: _went_stale,
    events.TagCameBack: _came_back,
    events.JudgingResumed: _resumed,
}
