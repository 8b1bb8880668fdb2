"""Folding what keeps an alarm from being announced: shelf, suppression by design, service.

The three are independent of each other: an alarm that is shelved and out of service is shelved
still when it is back in service.
"""

from models.operation.events import Event
from models.operation.events import alarm as events
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Alarm, AlarmState, Hold

_WEIGHT = {"out_of_service": 0, "suppressed": 1, "shelved": 2}


def _settled(alarm: Alarm) -> AlarmState:
    """Return the state without a hold: is the condition there, did anybody acknowledge it."""
    acknowledged = alarm.acknowledged_us is not None or alarm.occurrences == 0
    if alarm.returned_us is not None:
        return "normal" if acknowledged else "returned_unacknowledged"
    if alarm.latched:
        return "latched_acknowledged" if acknowledged else "latched_unacknowledged"
    return "acknowledged" if acknowledged else "unacknowledged"


def put_alarm(working: Working, alarm: Alarm) -> None:
    """Store an alarm under the state that its parts give; a normal one leaves the map."""
    shelf = next((hold for hold in alarm.holds if hold.state == "shelved"), None)
    alarm = change(
        alarm,
        state=alarm.holds[0].state if alarm.holds else _settled(alarm),
        reason=alarm.holds[0].reason if alarm.holds else "",
        shelved_until_us=shelf.until_us if shelf else None,
    )
    if alarm.state == "normal":
        working.drop("alarms", alarm.id)
    else:
        working.put("alarms", alarm.id, alarm)


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


def _hold(working: Working, event: Event, hold: Hold) -> None:
    alarm: Alarm = working.alarms.get(event.subject) or _quiet(event)
    others = [other for other in alarm.holds if other.state != hold.state]
    holds = sorted([*others, hold], key=lambda each: _WEIGHT[each.state])
    put_alarm(working, change(alarm, holds=tuple(holds)))


def _release(working: Working, event: Event, state: AlarmState) -> None:
    """End a hold; the others go on.

    An alarm that stands unacknowledged and is free then sounds again, also when it was silenced
    before.
    """
    alarm: Alarm | None = working.alarms.get(event.subject)
    if alarm is None or all(hold.state != state for hold in alarm.holds):
        return
    holds = tuple(hold for hold in alarm.holds if hold.state != state)
    silenced = alarm.silenced and (bool(holds) or alarm.acknowledged_us is not None)
    put_alarm(working, change(alarm, holds=holds, silenced=silenced))


def _shelved(working: Working, event: Event, payload: events.AlarmShelved) -> None:
    hold = Hold(
        state="shelved",
        reason=payload.reason,
        by=event.actor,
        since_us=event.event_time_us,
        until_us=payload.until_us,
        approved_by=payload.approved_by,
    )
    _hold(working, event, hold)


def _suppressed(working: Working, event: Event, payload: events.AlarmSuppressed) -> None:
    hold = Hold(
        state="suppressed", reason=payload.reason, by=event.actor, since_us=event.event_time_us
    )
    _hold(working, event, hold)


def _taken_out(working: Working, event: Event, payload: events.AlarmTakenOutOfService) -> None:
    hold = Hold(
        state="out_of_service",
        reason=payload.reason,
        by=event.actor,
        since_us=event.event_time_us,
        until_us=payload.until_us,
        approved_by=payload.approved_by,
    )
    _hold(working, event, hold)


def _unshelved(working: Working, event: Event, _payload: events.AlarmUnshelved) -> None:
    _release(working, event, "shelved")


def _unsuppressed(working: Working, event: Event, _payload: events.AlarmUnsuppressed) -> None:
    _release(working, event, "suppressed")


def _back(working: Working, event: Event, _payload: events.AlarmReturnedToService) -> None:
    _release(working, event, "out_of_service")


HANDLERS: dict[type, Handler] = {
    events.AlarmShelved: _shelved,
    events.AlarmUnshelved: _unshelved,
    events.AlarmSuppressed: _suppressed,
    events.AlarmUnsuppressed: _unsuppressed,
    events.AlarmTakenOutOfService: _taken_out,
    events.AlarmReturnedToService: _back,
}
