"""Commands that keep alarms from being announced, or end that: shelf, service, plant state.

None of them acts on a plant. What may kill needs the duty leader, and an hour at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from app.duty import leaders
from models.operation.events.alarm import (
    AlarmReturnedToService,
    AlarmShelved,
    AlarmTakenOutOfService,
    AlarmUnshelved,
    PlantStateSet,
)
from models.operation.events.base import Draft, Payload
from models.operation.situation import Alarm
from models.registry.kinds import Tag
from models.rules import load_rules
from models.telemetry.alarm_safety import is_protected
from models.times import MINUTE_US


@dataclass(frozen=True, slots=True)
class ShelveAlarm:
    """Shelve one alarm for some minutes; `approved_by` is another who leads, by key or name."""

    alarm_id: str
    reason: str
    minutes: int
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class UnshelveAlarm:
    """Take an alarm off the shelf."""

    alarm_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeOutOfService:
    """Take one alarm out of service for some minutes; `approved_by` as in `ShelveAlarm`."""

    alarm_id: str
    reason: str
    minutes: int
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class ReturnToService:
    """Put an alarm into service again."""

    alarm_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetPlantState:
    """Say what a unit (hazard source or enterprise) is doing; empty `state`: nothing special."""

    unit_key: str
    state: str
    reason: str


def open_alarm(context: Context, alarm_id: str) -> Alarm:
    """Return an alarm of the situation, else refuse."""
    alarm = context.situation.alarms.get(alarm_id)
    if alarm is None:
        raise CommandRefusedError("unknown_alarm", alarm_id)
    return alarm


def _safety(context: Context, alarm: Alarm) -> str:
    """Return the safety class; an alarm held before it ever rose doesn't carry its own."""
    tag = context.reference.get("tags", alarm.tag_key)
    return alarm.safety or (tag.safety if isinstance(tag, Tag) else "")


def _allowed(context: Context, alarm: Alarm, minutes: int, approved_by: str, what: str) -> str:
    """Return the approving person's key; refuse what the rules don't allow."""
    rules = load_rules("alarm_management")[what]
    ceiling, approver = rules["ceiling_min"], ""
    if approved_by.strip():
        approver = _approver(context, approved_by.strip(), rules["safety_roles"])
    if is_protected(_safety(context, alarm), alarm.limit):
        ceiling = rules["safety_ceiling_min"]
        if context.role not in rules["safety_roles"] and not approver:
            raise CommandRefusedError("duty_leader_needed", alarm.id)
    if not 1 <= minutes <= ceiling:
        raise CommandRefusedError("shelving_too_long", f"1…{ceiling} min")
    return approver


def _approver(context: Context, said: str, roles: Sequence[str]) -> str:
    allowed = leaders(
        context.situation, context.reference, context.now_us, roles, besides=context.actor
    )
    for leader in allowed:
        if leader.is_called(said):
            return leader.key
    raise CommandRefusedError("no_such_leader", said)


def _reason(text: str) -> str:
    if not text.strip():
        raise CommandRefusedError("reason_missing")
    return text.strip()


def _begun(
    command: ShelveAlarm | TakeOutOfService,
    context: Context,
    rule: str,
    event: type[AlarmShelved | AlarmTakenOutOfService],
) -> Sequence[Draft]:
    alarm = open_alarm(context, command.alarm_id)
    reason = _reason(command.reason)
    approver = _allowed(context, alarm, command.minutes, command.approved_by, rule)
    until_us = context.now_us + command.minutes * MINUTE_US
    return [context.draft(alarm.id, event(reason=reason, until_us=until_us, approved_by=approver))]


def _ended(
    context: Context, alarm_id: str, state: str, refusal: str, event: Payload
) -> list[Draft]:
    alarm = open_alarm(context, alarm_id)
    if all(hold.state != state for hold in alarm.holds):
        raise CommandRefusedError(refusal, alarm.id)
    return [context.draft(alarm.id, event)]


@handles(ShelveAlarm)
def _shelve(command: ShelveAlarm, context: Context) -> Sequence[Draft]:
    return _begun(command, context, "shelving", AlarmShelved)


@handles(UnshelveAlarm)
def _unshelve(command: UnshelveAlarm, context: Context) -> Sequence[Draft]:
    event = AlarmUnshelved(reason=command.reason)
    return _ended(context, command.alarm_id, "shelved", "not_shelved", event)


@handles(TakeOutOfService)
def _take_out(command: TakeOutOfService, context: Context) -> Sequence[Draft]:
    return _begun(command, context, "out_of_service", AlarmTakenOutOfService)


@handles(ReturnToService)
def _return(command: ReturnToService, context: Context) -> Sequence[Draft]:
    event = AlarmReturnedToService(reason=command.reason)
    return _ended(context, command.alarm_id, "out_of_service", "in_service", event)


@handles(SetPlantState)
def _set_plant_state(command: SetPlantState, context: Context) -> Sequence[Draft]:
    """Journal a unit's state; alarms that name it are suppressed by the gateway's judging."""
    kinds = ("hazard-sources", "enterprises")
    if all(context.reference.get(kind, command.unit_key) is None for kind in kinds):
        raise CommandRefusedError("unknown_unit", command.unit_key)
    said = PlantStateSet(state=command.state.strip(), reason=_reason(command.reason))
    return [context.draft(command.unit_key, said)]
