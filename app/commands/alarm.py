"""Commands on alarms: acknowledge, silence, shelve. None of them acts on a plant."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.alarm import (
    AlarmAcknowledged,
    AlarmShelved,
    AlarmsSilenced,
    AlarmUnshelved,
)
from models.operation.events.base import Draft
from models.operation.situation import Alarm
from models.registry.kinds import Person, Shift
from models.rules import load_rules
from models.telemetry.alarm_safety import is_protected
from models.times import MINUTE_US


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
class ShelveAlarm:
    """Shelve one alarm for some minutes.

    `approved_by` names the duty leader who allowed it, where the alarm may kill and the officer
    isn't the leader.
    """

    alarm_id: str
    reason: str
    minutes: int
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class UnshelveAlarm:
    """Take an alarm off the shelf."""

    alarm_id: str
    reason: str


def _alarm(context: Context, alarm_id: str) -> Alarm:
    alarm = context.situation.alarms.get(alarm_id)
    if alarm is None:
        raise CommandRefusedError("unknown_alarm", alarm_id)
    return alarm


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
    waiting = {"unacknowledged", "returned_unacknowledged"}
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


@handles(ShelveAlarm)
def _shelve(command: ShelveAlarm, context: Context) -> Sequence[Draft]:
    alarm = _alarm(context, command.alarm_id)
    rules = load_rules("alarm_management")["shelving"]
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    ceiling = rules["ceiling_min"]
    if is_protected(alarm.safety, alarm.limit):
        ceiling = rules["safety_ceiling_min"]
        if context.role not in rules["safety_roles"] and not _may_allow(
            context, command.approved_by.strip(), rules["safety_roles"]
        ):
            raise CommandRefusedError("duty_leader_needed", alarm.id)
    if not 1 <= command.minutes <= ceiling:
        raise CommandRefusedError("shelving_too_long", f"1…{ceiling} min")
    until_us = context.now_us + command.minutes * MINUTE_US
    return [
        context.draft(
            alarm.id,
            AlarmShelved(reason=command.reason, until_us=until_us, approved_by=command.approved_by),
        )
    ]


def _may_allow(context: Context, name: str, roles: Sequence[str]) -> bool:
    """Return whether somebody else of this name leads: has the watch, a shift, or the role."""
    if name in {"", context.actor.partition("@")[0].strip()}:
        return False
    holder = context.situation.shift
    if holder is not None and holder.person == name and holder.role in roles:
        return True
    people = [row for row in context.reference.all(Person.KIND).values() if isinstance(row, Person)]
    shifts = [row for row in context.reference.all(Shift.KIND).values() if isinstance(row, Shift)]
    led = {shift.leader for shift in shifts if shift.leader}
    named = [row for row in people if name in {row.key, row.name.zh, row.name.en}]
    return name in led or any(row.role in roles or row.key in led for row in named)


@handles(UnshelveAlarm)
def _unshelve(command: UnshelveAlarm, context: Context) -> Sequence[Draft]:
    alarm = _alarm(context, command.alarm_id)
    if alarm.state != "shelved":
        raise CommandRefusedError("not_shelved", alarm.id)
    return [context.draft(alarm.id, AlarmUnshelved(reason=command.reason))]
