"""Commands on trends."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.base import Draft
from models.operation.events.trend import TrendNoted, TrendNoteWithdrawn
from models.times import MINUTE_US

_MOST_TAGS = 64
_AHEAD_US = MINUTE_US


@dataclass(frozen=True, slots=True)
class NoteTrend:
    """Note something about tags at a moment, or from one to another [µs UTC]."""

    tag_keys: tuple[str, ...]
    from_us: int
    to_us: int
    text: str
    hazard_source_key: str = ""


@handles(NoteTrend)
def _note(command: NoteTrend, context: Context) -> Sequence[Draft]:
    if not command.text.strip():
        raise CommandRefusedError("note_empty")
    if not 1 <= len(command.tag_keys) <= _MOST_TAGS:
        raise CommandRefusedError("trend_note_tags", str(len(command.tag_keys)))
    for key in command.tag_keys:
        if context.reference.get("tags", key) is None:
            raise CommandRefusedError("unknown_tag", key)
    # clocks of devices may be ahead of ours a little
    if not command.from_us <= command.to_us <= context.now_us + _AHEAD_US:
        raise CommandRefusedError("trend_note_span")
    payload = TrendNoted(
        tag_keys=command.tag_keys,
        hazard_source_key=command.hazard_source_key,
        from_us=command.from_us,
        to_us=command.to_us,
        text=command.text.strip(),
    )
    return [context.draft(context.new_id(), payload)]


@dataclass(frozen=True, slots=True)
class WithdrawTrendNote:
    """Take a note back, saying why; one can be within the day that it was written."""

    note_id: str
    reason: str


@handles(WithdrawTrendNote)
def _withdraw(command: WithdrawTrendNote, context: Context) -> Sequence[Draft]:
    note = context.situation.trend_notes.get(command.note_id)
    if note is None:
        raise CommandRefusedError("trend_note_gone")
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    payload = TrendNoteWithdrawn(tag_keys=note.tag_keys, reason=command.reason.strip())
    return [context.draft(note.id, payload)]
