"""Commands on the operation itself: shift, notes, injects, end."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.base import Draft
from models.operation.events.operation import (
    HandedItem,
    HandedOver,
    InjectPostponed,
    NoteWritten,
    OperationStopped,
    ShiftTaken,
)
from models.operation.handover import document_sha256, handover_document, open_items


@dataclass(frozen=True, slots=True)
class TakeShift:
    """Take the watch; a takeover without handover gives its reason.

    `time_zone` is that of the handover document's times.
    """

    person: str
    role: str
    shift: str
    takeover_reason: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class WriteNote:
    """A line of the log."""

    text: str
    incident_id: str = ""


@dataclass(frozen=True, slots=True)
class PostponeInject:
    """Put a scripted inject off."""

    inject_key: str
    by_s: int


@dataclass(frozen=True, slots=True)
class StopOperation:
    """End the operation in order."""

    reason: str


@handles(TakeShift)
def _take(command: TakeShift, context: Context) -> Sequence[Draft]:
    if not command.person.strip():
        raise CommandRefusedError("person_missing")
    holder = context.situation.shift
    if holder is not None and holder.person != command.person and not command.takeover_reason:
        raise CommandRefusedError("takeover_reason_missing", holder.person)
    payload = ShiftTaken(
        person=command.person,
        role=command.role,
        shift=command.shift,
        takeover_reason=command.takeover_reason,
    )
    changes_hands = holder is None or holder.person != command.person
    handed = _handed_over(command, context) if changes_hands else []
    cause = handed[0].id if handed else None
    return [*handed, context.draft("shift", payload, caused_by=cause)]


def _handed_over(command: TakeShift, context: Context) -> list[Draft]:
    """Return the handover with its document; none where nobody leaves and nothing is open."""
    situation, holder = context.situation, context.situation.shift
    items = open_items(situation)
    if holder is None and not items:
        return []
    document = handover_document(
        situation, command.person, command.takeover_reason, context.now_us, command.time_zone
    )
    payload = HandedOver(
        outgoing=holder.person if holder else "",
        outgoing_role=holder.role if holder else "",
        incoming=command.person,
        incoming_role=command.role,
        shift=command.shift,
        reason=command.takeover_reason,
        items=tuple(
            HandedItem(
                kind=item.kind,
                id=item.id,
                title=item.title,
                since_us=item.since_us,
                owner_before=item.owner,
                owner=command.person if item.falls else item.owner,
            )
            for item in items
        ),
        document=document,
        sha256=document_sha256(document),
    )
    return [context.draft("shift", payload)]


@handles(WriteNote)
def _note(command: WriteNote, context: Context) -> Sequence[Draft]:
    if not command.text.strip():
        raise CommandRefusedError("note_empty")
    payload = NoteWritten(text=command.text, incident_id=command.incident_id)
    return [context.draft(command.incident_id or "log", payload)]


@handles(PostponeInject)
def _postpone(command: PostponeInject, context: Context) -> Sequence[Draft]:
    if context.situation.mode not in {"demonstration", "drill"}:
        raise CommandRefusedError("not_simulated")
    if command.inject_key in context.situation.fired:
        raise CommandRefusedError("inject_fired", command.inject_key)
    if command.by_s == 0:
        raise CommandRefusedError("nothing_changed")
    payload = InjectPostponed(inject_key=command.inject_key, by_s=command.by_s)
    return [context.draft(command.inject_key, payload)]


@handles(StopOperation)
def _stop(command: StopOperation, context: Context) -> Sequence[Draft]:
    return [context.draft("operation", OperationStopped(reason=command.reason))]
