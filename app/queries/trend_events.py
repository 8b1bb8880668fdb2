"""What the journal has about tags within a span of time: alarms, notes, and what was done."""

from collections.abc import Sequence
from typing import get_args

from app.journal import Journal, decode_bodies
from app.journal_errors import journal_error
from models.ids import OperationId
from models.operation.events import Event
from models.operation.events.alarm import PlantStateSet
from models.operation.events.incident import IncidentClosed, IncidentOpened
from models.operation.events.operation import NoteWritten, ShiftTaken
from models.operation.events.order import OrderIssued
from models.operation.events.trend import TrendNoted, TrendNoteWithdrawn
from models.registry.kinds import LimitKind
from models.store import StoreError

_OF_ALL = (IncidentOpened, IncidentClosed, OrderIssued, NoteWritten, ShiftTaken, PlantStateSet)
_KINDS = tuple(cls.KIND for cls in (*_OF_ALL, TrendNoted, TrendNoteWithdrawn))


def trend_events(
    journal: Journal,
    operation_id: OperationId,
    tag_keys: Sequence[str],
    span_us: tuple[int, int],
    upto_seq: int,
) -> tuple[Event, ...]:
    """Return the events of a span in the order of the journal; never on a UI thread.

    All alarm events of the tags, notes about at least one of them that touch the span and weren't
    withdrawn, and what concerns everybody: incidents, orders, log lines, shifts, plant states.

    Parameters
    ----------
    journal : Journal
        Where they stand.
    operation_id : OperationId
        Whose; an unknown one has none.
    tag_keys : sequence of str
        The tags.
    span_us : tuple of int
        Begin and end, both included [µs UTC]; told by when something happened.
    upto_seq : int
        The last event that is known on screen.

    Raises
    ------
    JournalError
        When the store can't be read.
    """
    subjects = [f"{tag}/{limit}" for tag in tag_keys for limit in get_args(LimitKind)]
    rows = journal.rows
    try:
        with journal.store.reading() as session:
            alarms = rows.bodies_of_subjects(session, operation_id, subjects, upto_seq)
            others = rows.bodies_of_kinds(session, operation_id, _KINDS, upto_seq)
    except StoreError as error:
        raise journal_error(error) from error
    from_us, to_us = span_us
    wanted = frozenset(tag_keys)
    found = {event.seq: event for event in (*decode_bodies(alarms), *decode_bodies(others))}
    withdrawn = {e.subject for e in found.values() if isinstance(e.payload, TrendNoteWithdrawn)}
    standing = (found[seq] for seq in sorted(found) if found[seq].subject not in withdrawn)
    return tuple(event for event in standing if _is_in(event, wanted, from_us, to_us))


def _is_in(event: Event, tags: frozenset[str], from_us: int, to_us: int) -> bool:
    payload = event.payload
    if isinstance(payload, TrendNoted):
        about = not tags.isdisjoint(payload.tag_keys)
        return about and payload.from_us <= to_us and from_us <= payload.to_us
    return from_us <= event.event_time_us <= to_us
