"""Marks of a trend out of the stored journal: whose alarms, whose notes, which time."""

import pytest

from app.journal import NO_LIMIT, Journal
from app.journal_errors import JournalError
from app.queries.trend_events import trend_events
from models.operation.events import Draft, Payload, alarm
from models.operation.events.operation import NoteWritten
from models.operation.events.trend import TrendNoted, TrendNoteWithdrawn
from models.store import StoreBusyError
from models.times import SECOND_US
from tests.unit.models.operation.stories import OPERATION, started


def tell(journal: Journal, payload: Payload, subject: str, at_us: int) -> None:
    draft = Draft(payload=payload, subject=subject, actor="a", event_time_us=at_us)
    journal.append(OPERATION, [draft])


@pytest.fixture
def begun_us(journal: Journal) -> int:
    journal.append(OPERATION, [Draft(payload=started(), subject=OPERATION, actor="a")])
    return journal.operations()[0].started_us


def note(tag: str, from_us: int, to_us: int) -> TrendNoted:
    return TrendNoted(tag_keys=(tag,), from_us=from_us, to_us=to_us, text=tag)


def test_that_only_the_tags_alarms_and_notes_of_the_span_are_read(
    journal: Journal, begun_us: int
) -> None:
    raised = alarm.AlarmRaised(
        tag_key="T1", limit="H", priority=3, value=1.0, limit_value=1.0, unit=""
    )
    at = [begun_us + n * SECOND_US for n in range(10)]
    tell(journal, raised, "T1/H", at[1])
    tell(journal, raised, "T1/H", at[4])
    tell(journal, alarm.AlarmReturned(value=0.5), "T1/H", at[5])
    tell(journal, raised, "T2/H", at[5])
    tell(journal, note("T1", at[0], at[3]), "N1", at[9])
    tell(journal, note("T1", at[7], at[8]), "N2", at[9])
    tell(journal, note("T2", at[4], at[4]), "N3", at[9])
    tell(journal, NoteWritten(text="everybody"), "log", at[6])

    found = trend_events(journal, OPERATION, ["T1"], (at[3], at[6]), NO_LIMIT)

    assert [(e.subject, e.kind) for e in found] == [
        ("T1/H", "alarm.raised"),
        ("T1/H", "alarm.returned"),
        ("N1", "trend.noted"),
        ("log", "note.written"),
    ]
    early = trend_events(journal, OPERATION, ["T1"], (at[3], at[6]), found[0].seq)
    assert early == found[:1]


def test_that_a_withdrawn_note_is_read_only_up_to_its_withdrawal(
    journal: Journal, begun_us: int
) -> None:
    tell(journal, note("T1", begun_us, begun_us), "N1", begun_us)
    tell(journal, note("T1", begun_us, begun_us), "N2", begun_us)
    later_us = begun_us + 3600 * SECOND_US
    tell(journal, TrendNoteWithdrawn(tag_keys=("T1",), reason="a"), "N1", later_us)

    span = begun_us - 1, begun_us + 1
    found = trend_events(journal, OPERATION, ["T1"], span, NO_LIMIT)
    assert [event.subject for event in found] == ["N2"]
    before = trend_events(journal, OPERATION, ["T1"], span, found[0].seq)
    assert [event.subject for event in before] == ["N1", "N2"]


def test_that_a_failing_store_is_told(
    journal: Journal, begun_us: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(journal.rows, "bodies_of_kinds", busy)
    with pytest.raises(JournalError):
        trend_events(journal, OPERATION, ["T1"], (begun_us, begun_us + 1), NO_LIMIT)
