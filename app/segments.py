"""Daily segments: when the site's day has turned, a live operation begins a new one."""

from datetime import tzinfo

from app.clock import Clock
from app.journal import Journal, decode_bodies
from app.journal_errors import JournalMovedError, OperationUnknownError, journal_error
from app.queries.situations import SituationReader
from models.ids import OperationId
from models.operation.events import Draft, Event
from models.operation.events.operation import SegmentBegan
from models.store import StoreError
from models.times import from_us

ACTOR = "system"


class DailySegments:
    """Cuts an operation at the site's midnight; several programs may do so at once."""

    def __init__(self, journal: Journal, clock: Clock, zone: tzinfo) -> None:
        self._journal = journal
        self._clock = clock
        self._zone = zone
        self._reader = SituationReader(journal)

    def begin_if_due(self, operation_id: OperationId) -> tuple[Event, ...]:
        """Append `operation.segment_began` with a checkpoint if the day turned since the last.

        Returns
        -------
        tuple of Event
            The event, or nothing when the day's segment has begun already.

        Raises
        ------
        JournalError
            When the operation is unknown or has stopped, or the store refuses.
        """
        day = self._day(self._clock.now_us())
        while True:
            head = self._journal.head(operation_id)
            if self._last_day(operation_id) >= day:
                return ()
            draft = Draft(payload=SegmentBegan(day=day), subject=operation_id, actor=ACTOR)
            try:
                events = self._journal.append(operation_id, [draft], expected_seq=head.seq)
            except JournalMovedError:
                continue
            self._reader.at_seq(operation_id, events[-1].seq)  # leaves the checkpoint there
            return events

    def _last_day(self, operation_id: OperationId) -> str:
        """Return the day of the last segment, else that of the operation's start."""
        journal = self._journal
        try:
            with journal.store.reading() as session:
                body = journal.rows.last_body(
                    session, operation_id, operation_id, SegmentBegan.KIND
                )
                operation = journal.rows.operation(session, operation_id)
        except StoreError as error:
            raise journal_error(error) from error
        if body is not None:
            payload = decode_bodies([body])[0].payload
            assert isinstance(payload, SegmentBegan)
            return payload.day
        if operation is None:
            raise OperationUnknownError(f"operation {operation_id!r} has not started")
        return self._day(operation.started_us)

    def _day(self, moment_us: int) -> str:
        return from_us(moment_us).astimezone(self._zone).date().isoformat()
