"""Folding alarm events: the state follows from condition, acknowledgement and hold (ISA-18.2)."""

from models.operation.events import Event
from models.operation.events import alarm as events
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Alarm, AlarmState

_HELD = frozenset({"shelved", "suppressed", "out_of_service"})


def _settled(alarm: Alarm) -> AlarmState:
    """Return the state without a hold: is the condition there, did anybody acknowledge it."""
    acknowledged = alarm.acknowledged_us is not None or alarm.occurrences == 0
    if alarm.returned_us is None:
        return "acknowledged" if acknowledged else "unacknowledged"
    return "normal" if acknowledged else "returned_unacknowledged"


def _put(working: Working, alarm: Alarm) -> None:
    """Store an alarm under its settled state unless it is held; a normal one leaves the map."""
    if alarm.state not in _HELD:
        alarm = change(alarm, state=_settled(alarm))
    if alarm.state == "normal":
        working.drop("alarms", alarm.id)
    else:
        working.put("alarms", alarm.id, alarm)


def _raised(working: Working, event: Event, payload: events.AlarmRaised) -> None:
    """Begin an occurrence; no acknowledgement, silence or value of the last one is carried."""
    before: Alarm | None = working.alarms.get(event.subject)
    held = before is not None and before.state in _HELD
    alarm = Alarm(
        id=event.subject,
        tag_key=payload.tag_key,
        limit=payload.limit,
        state=before.state if before is not None and held else "unacknowledged",
        priority=payload.priority,
        value=payload.value,
        limit_value=payload.limit_value,
        unit=payload.unit,
        safety=payload.safety,
        hazard_source_key=payload.hazard_source_key,
        enterprise_key=payload.enterprise_key,
        raised_us=event.event_time_us,
        event_id=event.id,
        shelved_until_us=before.shelved_until_us if before else None,
        reason=before.reason if before else "",
        card_id=before.card_id if before else "",
        occurrences=before.occurrences + 1 if before else 1,
    )
    working.put("alarms", alarm.id, alarm)


def _returned(working: Working, event: Event, payload: events.AlarmReturned) -> None:
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is not None and alarm.returned_us is None:
        _put(working, change(alarm, returned_us=event.event_time_us, value=payload.value))


def _acknowledged(working: Working, event: Event, _payload: events.AlarmAcknowledged) -> None:
    """Acknowledge the occurrence that was seen; one that began meanwhile stays unacknowledged."""
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is None or alarm.acknowledged_us is not None:
        return
    if event.caused_by and event.caused_by != alarm.event_id:
        return
    _put(
        working,
        change(
            alarm,
            acknowledged_by=event.actor,
            acknowledged_us=event.event_time_us,
            silenced=True,
        ),
    )


def _hold(
    working: Working, event: Event, state: AlarmState, reason: str, until_us: int | None
) -> None:
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is None:
        alarm = _quiet(event)
    if until_us is None:
        until_us = alarm.shelved_until_us
    working.put(
        "alarms", alarm.id, change(alarm, state=state, reason=reason, shelved_until_us=until_us)
    )


def _quiet(event: Event) -> Alarm:
    """Return an alarm that is held before it was ever raised; all that is known is its id."""
    tag_key, _, limit = event.subject.rpartition("/")
    return Alarm(
        id=event.subject,
        tag_key=tag_key,
        limit=limit,
        state="normal",
        priority=4,
        value=0.0,
        limit_value=0.0,
        unit="",
        safety="",
        hazard_source_key="",
        enterprise_key="",
        raised_us=event.event_time_us,
        event_id=event.id,
        returned_us=event.event_time_us,
        occurrences=0,
    )


def _release(working: Working, event: Event, state: AlarmState) -> None:
    """End a hold; a shelf whose time still runs comes back from under another hold.

    An alarm that stands unacknowledged then sounds again, also when it was silenced before.
    """
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is None or alarm.state != state:
        return
    until_us = alarm.shelved_until_us
    if state != "shelved" and until_us is not None and until_us > event.event_time_us:
        _put(working, change(alarm, state="shelved"))
        return
    silenced = alarm.silenced and alarm.acknowledged_us is not None
    freed = change(alarm, state="normal", reason="", shelved_until_us=None, silenced=silenced)
    _put(working, freed)


def _shelved(working: Working, event: Event, payload: events.AlarmShelved) -> None:
    _hold(working, event, "shelved", payload.reason, payload.until_us)


def _unshelved(working: Working, event: Event, _payload: events.AlarmUnshelved) -> None:
    _release(working, event, "shelved")


def _suppressed(working: Working, event: Event, payload: events.AlarmSuppressed) -> None:
    _hold(working, event, "suppressed", payload.reason, None)


def _unsuppressed(working: Working, event: Event, _payload: events.AlarmUnsuppressed) -> None:
    _release(working, event, "suppressed")


def _taken_out(working: Working, event: Event, payload: events.AlarmTakenOutOfService) -> None:
    _hold(working, event, "out_of_service", payload.reason, None)


def _back(working: Working, event: Event, _payload: events.AlarmReturnedToService) -> None:
    _release(working, event, "out_of_service")


def _silenced(working: Working, _event: Event, payload: events.AlarmsSilenced) -> None:
    """Silence what sounds now; a new occurrence sounds again."""
    for alarm_id in payload.alarm_ids:
        alarm: Alarm | None = working.alarms.get(alarm_id)
        if alarm is not None:
            working.put("alarms", alarm_id, change(alarm, silenced=True))


def _went_stale(working: Working, _event: Event, payload: events.TagWentStale) -> None:
    for tag_key in payload.tag_keys:
        working.put("stale_tags", tag_key, payload.since_us)


def _came_back(working: Working, _event: Event, payload: events.TagCameBack) -> None:
    for tag_key in payload.tag_keys:
        working.drop("stale_tags", tag_key)


HANDLERS: dict[type, Handler] = {
    events.AlarmRaised: _raised,
    events.AlarmReturned: _returned,
    events.AlarmAcknowledged: _acknowledged,
    events.AlarmShelved: _shelved,
    events.AlarmUnshelved: _unshelved,
    events.AlarmSuppressed: _suppressed,
    events.AlarmUnsuppressed: _unsuppressed,
    events.AlarmTakenOutOfService: _taken_out,
    events.AlarmReturnedToService: _back,
    events.AlarmsSilenced: _silenced,
    events.TagWentStale: _went_stale,
    events.TagCameBack: _came_back,
}
