"""Daily segments: one per day of the site, whoever cuts."""

from zoneinfo import ZoneInfo

import pytest

from app.clock import ManualClock
from app.journal import Journal
from app.journal_errors import JournalError, OperationUnknownError
from app.segments import DailySegments
from models.ids import OperationId
from models.operation.events import Draft
from models.operation.events.operation import NoteWritten
from models.store import Store, StoreBusyError
from models.times import HOUR_US
from tests.unit.models.operation.stories import OPERATION, START_US, started

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def segments(journal: Journal, clock: ManualClock) -> DailySegments:
    journal.append(OPERATION, [Draft(payload=started("live"), subject="op", actor="a")])
    return DailySegments(journal, clock, SHANGHAI)


def test_that_new_segment_begins_at_the_sites_midnight(
    segments: DailySegments, journal: Journal, clock: ManualClock, store: Store
) -> None:
    assert segments.begin_if_due(OPERATION) == ()  # 16:00 in Shanghai
    clock.advance_to(START_US + 8 * HOUR_US - 1)
    assert segments.begin_if_due(OPERATION) == ()
    clock.advance_to(START_US + 8 * HOUR_US)
    (event,) = segments.begin_if_due(OPERATION)
    assert event.payload.day == "2027-01-16"  # type: ignore[attr-defined]
    assert segments.begin_if_due(OPERATION) == ()
    with store.reading() as session:
        assert [s for s, _ in journal.rows.checkpoint_seqs(session, OPERATION)] == [2]
    clock.advance_to(START_US + 32 * HOUR_US)
    assert len(segments.begin_if_due(OPERATION)) == 1


def test_that_other_program_cutting_first_is_noticed(
    segments: DailySegments, journal: Journal, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance_to(START_US + 8 * HOUR_US)
    head = journal.head
    other = DailySegments(journal, clock, SHANGHAI)

    def look_late(operation_id: OperationId) -> object:
        found = head(operation_id)
        monkeypatch.undo()
        other.begin_if_due(OPERATION)
        return found

    note = Draft(payload=NoteWritten(text="x"), subject="op", actor="a")
    journal.append(OPERATION, [note])
    monkeypatch.setattr(journal, "head", look_late)
    assert segments.begin_if_due(OPERATION) == ()
    assert journal.head(OPERATION).seq == 3


def test_that_moved_head_is_looked_at_again(
    segments: DailySegments, journal: Journal, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance_to(START_US + 8 * HOUR_US)
    last_day = segments._last_day

    def meanwhile(operation_id: OperationId) -> str:
        monkeypatch.undo()
        note = Draft(payload=NoteWritten(text="x"), subject="op", actor="a")
        journal.append(OPERATION, [note])
        return last_day(operation_id)

    monkeypatch.setattr(segments, "_last_day", meanwhile)
    assert segments.begin_if_due(OPERATION)[0].seq == 3


def test_that_unknown_operation_and_failing_store_are_told(
    segments: DailySegments, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OperationUnknownError):
        segments.begin_if_due(OperationId("none"))

    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(journal.rows, "last_body", busy)
    with pytest.raises(JournalError):
        segments.begin_if_due(OPERATION)
