"""Timelines: the events about one thing, or about an incident and all that belongs to it."""

from collections.abc import Sequence

from app.journal import NO_LIMIT, Journal, decode_bodies
from app.journal_errors import journal_error
from models.ids import IncidentId, OperationId
from models.operation.events import Event
from models.operation.events.card import CardClosed, CardJoined, CardOpened
from models.operation.events.drawing import DrawingAdded, SituationMapPublished
from models.operation.events.incident import IncidentOpened, IncidentsMerged
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
_KINDS = tuple(cls.KIND for cls in (*_BELONGING, *_MENTIONING, CardOpened, CardJoined, CardClosed))


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

        Its cards with their alarms, calls, orders, tasks, zones, reports and clocks belong to
        it, and everything of the incidents merged into it.
        """
        found = self._events(operation_id, (), _KINDS, upto_seq)
        own = self._events(operation_id, (incident_id,), (), upto_seq)
        incidents = {str(incident_id)}
        for event in own:
            if isinstance(event.payload, IncidentsMerged):
                incidents.add(event.payload.absorbed_incident_id)
        opened = self._events(operation_id, sorted(incidents), (), upto_seq)
        subjects = incidents | _belonging(found, opened, incidents)
        mentions = {
            event.seq: event
            for event in found
            if isinstance(event.payload, _MENTIONING) and event.payload.incident_id in incidents
        }
        about = self._events(operation_id, sorted(subjects), (), upto_seq)
        merged = mentions | {event.seq: event for event in about}
        return tuple(merged[seq] for seq in sorted(merged))

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


def _belonging(found: Sequence[Event], opened: Sequence[Event], incidents: set[str]) -> set[str]:
    """Return the subjects that belong to the incidents."""
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
    for event in found:
        payload = event.payload
        if event.subject in cards and isinstance(payload, CardOpened):
            subjects.add(payload.first_alarm_id)
        if event.subject in cards and isinstance(payload, CardJoined):
            subjects.add(payload.alarm_id)
    return subjects | cards
