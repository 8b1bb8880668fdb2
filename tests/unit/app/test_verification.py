"""Verification finds a flipped byte, a removed row, a changed column, a wrong checkpoint."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.clock import ManualClock
from app.journal import Journal
from app.journal_errors import JournalError, OperationUnknownError
from app.queries import situations
from app.queries.situations import SituationReader
from models.ids import OperationId, SeededIds
from models.operation.checkpoint import STORED_VERSION, encode_checkpoint
from models.operation.events import Draft
from models.operation.events.operation import NoteWritten, OperationStopped
from models.operation.fold import empty_situation
from models.operation.stored_event import chain_hash
from models.store import Store, StoreBusyError, open_store
from tests.unit.models.operation.stories import OPERATION, START_US, started


def _note(words: str) -> Draft:
    return Draft(payload=NoteWritten(text=words), subject="op", actor="a")


@pytest.fixture
def told(journal: Journal, clock: ManualClock) -> Journal:
    journal.append(OPERATION, [Draft(payload=started(), subject="op", actor="a")])
    for number in range(5):
        clock.advance_to(START_US + number + 1)
        journal.append(OPERATION, [_note(str(number))])
    return journal


def _codes(journal: Journal) -> list[tuple[int, str]]:
    return [(finding.seq, finding.code) for finding in journal.verify(OPERATION).findings]


def test_that_untouched_chain_fits(told: Journal) -> None:
    result = told.verify(OPERATION)
    assert result.ok
    assert (result.events, result.head_hash) == (6, told.head(OPERATION).hash.hex())
    told.append(OPERATION, [Draft(payload=OperationStopped(reason="x"), subject="op", actor="a")])
    assert told.verify(OPERATION).ok


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(1, 6), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_that_any_flipped_bit_of_a_body_is_found(
    tmp_path_factory: pytest.TempPathFactory, seq: int, place: float, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    store = open_store(f"sqlite:///{(folder / 'operations.db').as_posix()}")
    journal = Journal(store, ManualClock(START_US), SeededIds("s"))
    journal.append(OPERATION, [Draft(payload=started(), subject="op", actor="a")])
    journal.append(OPERATION, [_note(str(number)) for number in range(5)])
    with store.writing() as session:
        body = bytearray(_body(session, seq))
        body[int(place * len(body))] ^= 1 << bit
        session.execute(
            text("UPDATE event SET body = :body WHERE seq = :seq"),
            {"body": bytes(body), "seq": seq},
        )
    assert (seq, "hash_wrong") in _codes(journal)
    store.close()


def _body(session: Session, seq: int) -> bytes:
    found = session.scalar(text("SELECT body FROM event WHERE seq = :seq"), {"seq": seq})
    return bytes(found)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM event WHERE seq = 3", [(3, "rows_missing"), (4, "chain_broken")]),
        ("DELETE FROM event WHERE seq = 6", [(6, "rows_missing")]),
        ("UPDATE event SET actor = 'b' WHERE seq = 2", [(2, "column_differs")]),
        ("UPDATE event SET recorded_us = 1 WHERE seq = 4",
         [(4, "time_went_back"), (4, "column_differs")]),
        ("UPDATE operation SET mode = 'live'", [(1, "operation_differs")]),
        ("UPDATE operation SET head_recorded_us = 1", [(6, "head_differs")]),
        ("UPDATE operation SET stopped_us = 1", [(6, "operation_differs")]),
        ("UPDATE operation SET head_seq = 5", [(5, "head_differs")]),
    ],
)  # fmt: skip
def test_that_tampering_is_found(
    told: Journal, store: Store, statement: str, expected: list[tuple[int, str]]
) -> None:
    with store.writing() as session:
        session.execute(text(statement))
    assert _codes(told) == expected


def _rehash(session: Session, seq: int, body: bytes) -> None:
    """Change a body and give the row a hash that fits it, as a careful forger would."""
    previous = session.scalar(
        text("SELECT previous_hash FROM event WHERE seq = :seq"), {"seq": seq}
    )
    session.execute(
        text("UPDATE event SET body = :body, hash = :hash WHERE seq = :seq"),
        {"body": body, "hash": chain_hash(bytes(previous), body), "seq": seq},
    )


@pytest.mark.parametrize(
    ("seq", "change", "expected"),
    [
        (4, lambda body: body.replace(b'"2"', b'"9"'), [(5, "chain_broken")]),
        (6, lambda body: body.replace(b'"4"', b'"9"'), [(6, "head_differs")]),
        (6, lambda _body: b"{", [(6, "body_unreadable"), (6, "head_differs")]),
        (1, lambda body: body.replace(b"operation.started", b"note.written")
            .replace(b'"mode"', b'"text":"","mode"'),
         [(1, "column_differs"), (1, "start_missing"), (2, "chain_broken")]),
    ],
)  # fmt: skip
def test_that_careful_forgery_is_found_by_chain_and_head(
    told: Journal,
    store: Store,
    seq: int,
    change: Callable[[bytes], bytes],
    expected: list[tuple[int, str]],
) -> None:
    with store.writing() as session:
        _rehash(session, seq, change(_body(session, seq)))
    assert _codes(told) == expected


def test_that_wrong_and_damaged_checkpoints_are_found(
    told: Journal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situations, "CHECKPOINT_EVERY", 2)
    SituationReader(told).latest(OPERATION)
    assert told.verify(OPERATION).checkpoints == 3
    with store.writing() as session:
        wrong = encode_checkpoint(empty_situation(OPERATION))
        told.rows.put_checkpoint(session, OPERATION, 2, STORED_VERSION, wrong)
        told.rows.put_checkpoint(session, OPERATION, 4, STORED_VERSION, b"damaged")
        told.rows.put_checkpoint(session, OPERATION, 5, "0-older", b"not looked at")
    assert _codes(told) == [(2, "checkpoint_differs"), (4, "checkpoint_differs")]


def test_that_long_chain_is_verified_in_pages(
    told: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.verification._PAGE", 2)
    assert told.verify(OPERATION).events == 6
    monkeypatch.setattr("app.verification._PAGE", 4)
    assert told.verify(OPERATION).events == 6


def test_that_events_appended_meanwhile_are_left_for_the_next_time(
    told: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = told.rows.full_rows

    def slow(*args: object) -> object:
        told.append(OPERATION, [_note("meanwhile")])
        return rows(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(told.rows, "full_rows", slow)
    result = told.verify(OPERATION)
    assert (result.findings, result.events) == ([], 6)


def test_that_unknown_operation_and_failing_store_are_told(
    told: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OperationUnknownError):
        told.verify(OperationId("none"))

    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(told.rows, "full_rows", busy)
    with pytest.raises(JournalError):
        told.verify(OPERATION)
