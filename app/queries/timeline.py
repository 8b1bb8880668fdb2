"""Timelines: the events about one thing, or about an incident and all that belongs to it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from app.journal import NO_LIMIT, Journal, decode_bodies
from app.journal_errors import journal_error
from models.ids import IncidentId, OperationId
from models.operation.events import Event
from models.operation.events.alarm import AlarmRaised
from models.operation.events.card import CardClosed, CardJoined, CardOpened
from models.operation.events.drawing import DrawingAdded, SituationMapPublished
from models.operation.events.incident import IncidentOpened, IncidentsMerged, IncidentsSplit
from models.operation.events.operation import NoteWritten
from models.operation.events.order import OrderIssued
from models.operation.events.plan import PlanStarted, TaskCreated
from models.operation.events.report import ReportClockStarted, ReportDrafted
from models.operation.events.resource import StockMoved, TeamStatusChanged
from models.operation.events.zone import ZoneDrawn
from models.store import StoreError

# events that say in their payload to which incident their subject belongs
_BELONGING = (
    OrderIssued, PlanStarted, TaskCreated, ReportClockStarted, ReportDrafted, ZoneDrawn,
    DrawingAdded, SituationMapPublished,
)  # fmt: skip
# events about other things (a team, a depot, the log) that name an incident in passing
_MENTIONING = (NoteWritten, TeamStatusChanged, StockMoved)
_KINDS = tuple(
    cls.KIND
    for cls in (
        *_BELONGING, *_MENTIONING, CardOpened, CardJoined, CardClosed, IncidentsMerged,
        IncidentsSplit,
    )
)  # fmt: skip


class Timeline:
    """Reads timelines from the journal; never on a UI thread."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def of_subjects(
        self, operation_id: OperationId, subjects: Sequence[str], *, upto_seq: int = NO_LIMIT
    ) -> tuple[Event, ...]:
        """Return all events about these subjects, in the order of the journal."""
        return self._events(operation_id, subjects, (), upto_seq)

    def of_incident(
        self, operation_id: OperationId, incident_id: IncidentId, *, upto_seq: int = NO_LIMIT
    ) -> tuple[Event, ...]:
        """Return all events about an incident, what belongs to it, and those that name it.

        Its cards with the occurrences of their alarms, calls, orders, tasks, zones, reports and
        clocks belong to it, and everything of the incidents that are merged into it, and into
        those in turn; nothing of one that was split off again.
        """
        found = self._events(operation_id, (), _KINDS, upto_seq)
        incidents = _together(found, incident_id)
        opened = self._events(operation_id, sorted(incidents), (), upto_seq)
        cards, subjects = _belonging(found, opened, incidents)
        told = {
            event.seq: event
            for event in found
            if isinstance(event.payload, _MENTIONING) and event.payload.incident_id in incidents
        }
        about = self._events(operation_id, sorted(incidents | subjects | cards), (), upto_seq)
        told |= {event.seq: event for event in about}
        alarms = {alarm_id for alarm_id, _, card_id in _joins(found) if card_id in cards}
        of_alarms = self._events(operation_id, sorted(alarms), (), upto_seq)
        told |= {event.seq: event for event in _occurrences(of_alarms, found, cards)}
        return tuple(told[seq] for seq in sorted(told))

    def _events(
        self,
        operation_id: OperationId,
        subjects: Sequence[str],
        kinds: Sequence[str],
        upto_seq: int,
    ) -> tuple[Event, ...]:
        rows = self._journal.rows
        try:
            with self._journal.store.reading() as session:
                if kinds:
                    bodies = rows.bodies_of_kinds(session, operation_id, kinds, upto_seq)
                else:
                    bodies = rows.bodies_of_subjects(session, operation_id, subjects, upto_seq)
        except StoreError as error:
            raise journal_error(error) from error
        return decode_bodies(bodies)


def _together(found: Sequence[Event], incident_id: str) -> set[str]:
    """Return an incident and what is merged into it now, and into that in turn."""
    into: dict[str, str] = {}
    for event in found:
        match event.payload:
            case IncidentsMerged(absorbed_incident_id=absorbed):
                into[absorbed] = event.subject
            case IncidentsSplit(restored_incident_id=restored):
                into.pop(restored, None)
    together = {incident_id}
    while more := {key for key, lead in into.items() if lead in together} - together:
        together |= more
    return together


def _belonging(
    found: Sequence[Event], opened: Sequence[Event], incidents: set[str]
) -> tuple[set[str], set[str]]:
    """Return the cards of the incidents, and the other subjects that belong to them."""
    cards: set[str] = set()
    subjects: set[str] = set()
    for event in opened:
        if isinstance(event.payload, IncidentOpened):
            cards.update(event.payload.card_ids)
            subjects.update(event.payload.call_ids)
    for event in found:
        payload = event.payload
        if isinstance(payload, _BELONGING) and payload.incident_id in incidents:
            subjects.add(event.subject)
        if isinstance(payload, CardClosed) and payload.incident_id in incidents:
            cards.add(event.subject)
    return cards, subjects


def _joins(found: Iterable[Event]) -> Iterator[tuple[str, int, str]]:
    """Yield which alarm came to which card, and at which seq: (alarm, seq, card)."""
    for event in found:
        match event.payload:
            case CardOpened(first_alarm_id=alarm_id) | CardJoined(alarm_id=alarm_id):
                yield alarm_id, event.seq, event.subject


def _occurrences(
    of_alarms: Sequence[Event], found: Sequence[Event], cards: set[str]
) -> Iterator[Event]:
    """Yield what happened to alarms while they were a matter of these cards.

    An alarm is a card's from the raising that brought it there until another card gets it.
    """
    raised: dict[str, list[int]] = {}
    for event in of_alarms:
        if isinstance(event.payload, AlarmRaised):
            raised.setdefault(event.subject, []).append(event.seq)
    begins: dict[str, list[tuple[int, str]]] = {}
    for alarm_id, seq, card_id in _joins(found):
        seqs = raised.get(alarm_id, [])
        index = bisect_right(seqs, seq)
        begins.setdefault(alarm_id, []).append((seqs[index - 1] if index else seq, card_id))
    for event in of_alarms:
        owners = [card_id for seq, card_id in begins[event.subject] if seq <= event.seq]
        if owners and owners[-1] in cards:
            yield event
