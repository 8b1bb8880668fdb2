"""Figures of the alarm system out of the stored journal: the span, the operation, the operators."""

import pytest

from app.clock import ManualClock
from app.journal import Journal
from app.journal_errors import JournalError
from app.queries.alarm_figures import alarm_figures
from models.ids import OperationId
from models.operation.events import Draft, alarm
from models.operation.events.operation import OperationStopped
from models.store import StoreBusyError
from models.times import SECOND_US
from tests.unit.models.operation.stories import OPERATION, started

HOUR_US = 3600 * SECOND_US


def _raise(journal: Journal, at_us: int, tag: str) -> None:
    raised = alarm.AlarmRaised(
        tag_key=tag, limit="H", priority=3, value=1.0, limit_value=1.0, unit=""
    )
    draft = Draft(payload=raised, subject=f"{tag}/H", actor="a", event_time_us=at_us)
    journal.append(OPERATION, [draft])


@pytest.fixture
def begun_us(journal: Journal) -> int:
    journal.append(OPERATION, [Draft(payload=started(), subject=OPERATION, actor="a")])
    return journal.operations()[0].started_us


def test_that_a_span_ends_at_the_moment_and_never_begins_before_the_operation(
    journal: Journal, begun_us: int
) -> None:
    for minute in (1, 50, 100):
        _raise(journal, begun_us + minute * 60 * SECOND_US, f"T{minute}")
    end_us = begun_us + 2 * HOUR_US
    whole = alarm_figures(journal, OPERATION, end_us, 0, 1)
    assert (whole.from_us, whole.raised, whole.per_hour) == (begun_us, 3, 1.5)
    last = alarm_figures(journal, OPERATION, end_us, HOUR_US, 2)
    assert (last.from_us, last.raised, last.per_hour) == (end_us - HOUR_US, 1, 0.5)
    assert last.standing == ("T1/H", "T100/H", "T50/H")
    assert alarm_figures(journal, OPERATION, end_us, 99 * HOUR_US, 1).from_us == begun_us


def test_that_a_stopped_operation_ends_the_span(
    journal: Journal, clock: ManualClock, begun_us: int
) -> None:
    clock.advance_to(begun_us + HOUR_US)
    stop = Draft(
        payload=OperationStopped(reason="done"), subject=OPERATION, actor="a",
        event_time_us=begun_us + HOUR_US,
    )  # fmt: skip
    journal.append(OPERATION, [stop])
    seen = alarm_figures(journal, OPERATION, begun_us + 5 * HOUR_US, 0, 1)
    assert (seen.from_us, seen.to_us) == (begun_us, begun_us + HOUR_US)


def test_that_empty_span_unknown_operation_and_failing_store_are_told(
    journal: Journal, begun_us: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="empty"):
        alarm_figures(journal, OPERATION, begun_us, 0, 1)
    with pytest.raises(ValueError, match="no such operation"):
        alarm_figures(journal, OperationId("x"), begun_us + 1, 0, 1)

    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(journal.rows, "bodies_of_kinds", busy)
    with pytest.raises(JournalError):
        alarm_figures(journal, OPERATION, begun_us + 1, 0, 1)
