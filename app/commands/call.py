"""Commands on phone calls: every keystroke's worth is kept before anything is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.base import Draft
from models.operation.events.call import CallDraftKept, CallDropped, CallRang, CallRecorded
from models.operation.situation import Call

CALL_FIELDS = (
    "caller", "phone", "happened", "place", "kind", "people", "measures", "told_already",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StartCall:
    """Begin a phone record by hand (the phone rang outside the program)."""

    call_id: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class KeepCallDraft:
    """Store the form as typed so far."""

    call_id: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordCall:
    """Finish the phone record."""

    call_id: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DropCall:
    """Throw the draft away, with a reason."""

    call_id: str
    reason: str


def _open_call(context: Context, call_id: str) -> Call:
    call = context.situation.calls.get(call_id)
    if call is None:
        raise CommandRefusedError("unknown_call", call_id)
    if call.state in {"recorded", "dropped"}:
        raise CommandRefusedError("call_finished", call.number)
    return call


def clean_fields(fields: dict[str, str]) -> dict[str, str]:
    """Return the known fields with text in them; unknown names are refused."""
    unknown = sorted(set(fields) - set(CALL_FIELDS))
    if unknown:
        raise CommandRefusedError("unknown_field", ", ".join(unknown))
    return {name: text for name, text in fields.items() if text}


@handles(StartCall)
def _start(command: StartCall, context: Context) -> Sequence[Draft]:
    if command.call_id in context.situation.calls:
        raise CommandRefusedError("call_runs", command.call_id)
    return [context.draft(command.call_id, CallRang(number=command.number))]


@handles(KeepCallDraft)
def _keep(command: KeepCallDraft, context: Context) -> Sequence[Draft]:
    _open_call(context, command.call_id)
    return [context.draft(command.call_id, CallDraftKept(fields=clean_fields(command.fields)))]


@handles(RecordCall)
def _record(command: RecordCall, context: Context) -> Sequence[Draft]:
    _open_call(context, command.call_id)
    fields = clean_fields(command.fields)
    if not fields:
        raise CommandRefusedError("call_empty")
    return [context.draft(command.call_id, CallRecorded(fields=fields))]


@handles(DropCall)
def _drop(command: DropCall, context: Context) -> Sequence[Draft]:
    _open_call(context, command.call_id)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    return [context.draft(command.call_id, CallDropped(reason=command.reason))]
