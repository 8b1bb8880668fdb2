"""Folding the notes at trends: those of the last day are in the snapshot, all in the record."""

from models.operation.events import Event
from models.operation.events import trend as events
from models.operation.fold_state import Handler, Working
from models.operation.situation import TrendNote


def _noted(working: Working, event: Event, payload: events.TrendNoted) -> None:
    note = TrendNote(
        id=event.subject,
        tag_keys=payload.tag_keys,
        hazard_source_key=payload.hazard_source_key,
        from_us=payload.from_us,
        to_us=payload.to_us,
        text=payload.text,
        by=event.actor,
        noted_us=event.recorded_time_us,
    )
    working.put("trend_notes", note.id, note)
    working.closes(note.noted_us)


def _withdrawn(working: Working, event: Event, _payload: events.TrendNoteWithdrawn) -> None:
    working.drop("trend_notes", event.subject)


HANDLERS: dict[type, Handler] = {
    events.TrendNoted: _noted,
    events.TrendNoteWithdrawn: _withdrawn,
}
