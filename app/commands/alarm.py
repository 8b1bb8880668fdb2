"""Commands on alarms: acknowledge, silence, reset. None of them acts on a plant."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.alarm import AlarmAcknowledged, AlarmReset, AlarmsSilenced
from models.operation.events.base import Draft
from models.operation.situation import Alarm


@dataclass(frozen=True, slots=True)
class AcknowledgeAlarms:
    """Acknowledge these occurrences; the next ones sound again.

    `seen` holds the event ids of the occurrences that were on screen: one that rose between the
    look and the key stays as it is. Empty means whatever stands now.
    """

    alarm_ids: tuple[str, ...]
    note: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SilenceAlarms:
    """Silence what sounds now; `seen` as in `AcknowledgeAlarms`."""

    alarm_ids: tuple[str, ...]
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResetAlarms:
    """Reset latched alarms whose condition is over; `seen` as in `AcknowledgeAlarms`."""

    alarm_ids: tuple[str, ...]
    note: str = ""
    seen: tuple[str, ...] = ()


def _seen(context: Context, alarm_ids: tuple[str, ...], seen: tuple[str, ...]) -> tuple[Alarm, ...]:
    """Return the alarms whose present occurrence is among those that were seen."""
    alarms = context.situation.alarms
    return tuple(
        alarms[key]
        for key in alarm_ids
        if key in alarms and (not seen or alarms[key].event_id in seen)
    )


@handles(AcknowledgeAlarms)
def _acknowledge(command: AcknowledgeAlarms, context: Context) -> Sequence[Draft]:
    waiting = {"unacknowledged", "returned_unacknowledged", "latched_unacknowledged"}
    drafts = [
        context.draft(alarm.id, AlarmAcknowledged(note=command.note), caused_by=alarm.event_id)
        for alarm in _seen(context, command.alarm_ids, command.seen)
        if alarm.state in waiting
    ]
    if not drafts:
        raise CommandRefusedError("nothing_to_acknowledge")
    return drafts


@handles(SilenceAlarms)
def _silence(command: SilenceAlarms, context: Context) -> Sequence[Draft]:
    known = tuple(alarm.id for alarm in _seen(context, command.alarm_ids, command.seen))
    if not known:
        raise CommandRefusedError("nothing_sounds")
    return [context.draft("alarms", AlarmsSilenced(alarm_ids=known))]


@handles(ResetAlarms)
def _reset(command: ResetAlarms, context: Context) -> Sequence[Draft]:
    drafts = [
        context.draft(alarm.id, AlarmReset(note=command.note), caused_by=alarm.event_id)
        for alarm in _seen(context, command.alarm_ids, command.seen)
        if alarm.latched
    ]
    if not drafts:
        raise CommandRefusedError("nothing_to_reset")
    return drafts
