"""The journal on both databases: one transaction, one chain, plain refusals."""

import asyncio
import math
import sqlite3
import threading
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.clock import ManualClock, PacedClock
from app.journal import Journal, decode_bodies
from app.journal_errors import (
    DuplicateEventError,
    InvalidPayloadError,
    JournalBusyError,
    JournalDamagedError,
    JournalError,
    JournalFullError,
    JournalMovedError,
    JournalReadOnlyError,
    OperationReplayError,
    OperationStartedError,
    OperationStoppedError,
    OperationUnknownError,
)
from models.basics import Name
from models.ids import EventId, OperationId, SeededIds
from models.operation.events import Draft, Payload
from models.operation.events import base as event_base
from models.operation.events.alarm import AlarmReturned
from models.operation.events.card import CardOpened
from models.operation.events.operation import NoteWritten, OperationStopped
from models.operation.stored_event import GENESIS_HASH, chain_hash, decode_envelope, encode_body
from models.store import Store, open_store
from models.store.events import StoredBody
from models.times import SECOND_US
from tests.unit.models.operation.stories import OPERATION, START_US, draw_drafts, started


def _draft(payload: Payload | None = None, **more: Any) -> Draft:
    values = {"payload": payload or NoteWritten(text="记"), "subject": "op", "actor": "officer"}
    return Draft(**(values | more))


def _begin(journal: Journal, mode: str = "drill") -> None:
    journal.append(OPERATION, [_draft(started(mode))])


def test_that_batch_is_read_back_as_it_was_returned(journal: Journal, clock: ManualClock) -> None:
    card = CardOpened(
        first_alarm_id="A/HH", hazard_source_key="H", enterprise_key="E",
        title=Name(zh="液氯"), priority=1,
    )  # fmt: skip
    first = journal.append(OPERATION, [_draft(started()), _draft(event_time_us=5)])
    clock.advance_to(START_US + 9)
    second = journal.append(OPERATION, [_draft(card, subject="C1", caused_by=first[1].id)])
    assert journal.read(OPERATION) == first + second
    assert [event.seq for event in first + second] == [1, 2, 3]
    assert [event.recorded_time_us for event in first + second] == [
        START_US, START_US, START_US + 9,
    ]  # fmt: skip
    assert first[1].event_time_us == 5
    assert second[0].kind == "card.opened"


def test_that_hash_covers_previous_hash_and_stored_bytes(journal: Journal, store: Store) -> None:
    _begin(journal)
    journal.append(OPERATION, [_draft(), _draft()])
    previous = GENESIS_HASH
    with store.reading() as session:
        for body, stored_previous, hash_ in journal.rows.bodies(session, OPERATION, 0, 9, 9):
            assert stored_previous == previous
            assert hash_ == chain_hash(previous, body)
            previous = hash_
    head = journal.head(OPERATION)
    assert (head.seq, head.hash) == (3, previous)


def test_that_wall_time_is_kept_outside_the_hash(journal: Journal, store: Store) -> None:
    _begin(journal)
    with store.reading() as session:
        row = journal.rows.full_rows(session, OPERATION, 0, 1)[0]
    assert row["wall_us"] == START_US + 7
    assert str(START_US + 7).encode() not in row["body"]


def test_that_read_is_bounded_from_both_sides(journal: Journal) -> None:
    _begin(journal)
    journal.append(OPERATION, [_draft() for _ in range(9)])
    assert [e.seq for e in journal.read(OPERATION, 2, 3)] == [3, 4, 5]
    assert [e.seq for e in journal.read(OPERATION, 2, upto_seq=4)] == [3, 4]


def test_that_unknown_operation_has_an_empty_head(journal: Journal) -> None:
    head = journal.head(OperationId("none"))
    assert (head.seq, head.hash) == (0, GENESIS_HASH)
    assert journal.read(OperationId("none")) == ()
    assert journal.operations() == ()


def test_that_seq_at_finds_the_last_event_known_then(journal: Journal, clock: ManualClock) -> None:
    _begin(journal)
    clock.advance_to(START_US + 10)
    journal.append(OPERATION, [_draft(), _draft()])
    assert journal.seq_at(OPERATION, START_US - 1) == 0
    assert journal.seq_at(OPERATION, START_US + 9) == 1
    assert journal.seq_at(OPERATION, START_US + 10) == 3


def test_that_operations_are_listed_in_the_order_of_their_start(
    journal: Journal, clock: ManualClock
) -> None:
    journal.append(OperationId("b"), [_draft(started("live"))])
    clock.advance_to(START_US + 1)
    journal.append(OperationId("a"), [_draft(started()), _draft(OperationStopped(reason="end"))])
    listed = journal.operations()
    assert [o.id for o in listed] == ["b", "a"]
    assert listed[0].mode == "live"
    assert listed[0].stopped_us is None
    assert listed[1].stopped_us == START_US + 1


def test_that_operation_begins_with_its_start_and_only_once(journal: Journal) -> None:
    with pytest.raises(OperationUnknownError):
        journal.append(OPERATION, [_draft()])
    with pytest.raises(OperationStartedError):
        journal.append(OPERATION, [_draft(started()), _draft(started())])
    assert journal.operations() == ()
    _begin(journal)
    with pytest.raises(OperationStartedError):
        _begin(journal)
    assert journal.head(OPERATION).seq == 1


def test_that_stopped_operation_takes_nothing_more(journal: Journal) -> None:
    _begin(journal)
    with pytest.raises(OperationStoppedError):
        journal.append(OPERATION, [_draft(OperationStopped(reason="")), _draft()])
    journal.append(OPERATION, [_draft(OperationStopped(reason="end"))])
    with pytest.raises(OperationStoppedError):
        journal.append(OPERATION, [_draft()])
    assert journal.head(OPERATION).seq == 2


def test_that_replay_takes_nothing_but_its_start(journal: Journal) -> None:
    with pytest.raises(OperationReplayError):
        journal.append(OPERATION, [_draft(started("replay")), _draft()])
    _begin(journal, "replay")
    with pytest.raises(OperationReplayError):
        journal.append(OPERATION, [_draft()])
    assert journal.head(OPERATION).seq == 1


def test_that_empty_batch_stores_nothing(journal: Journal) -> None:
    assert journal.append(OPERATION, []) == ()
    assert journal.operations() == ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_that_numbers_json_has_no_word_for_are_refused_by_field(
    journal: Journal, value: float
) -> None:
    _begin(journal)
    with pytest.raises(InvalidPayloadError, match=r"alarm\.returned\.value"):
        journal.append(OPERATION, [_draft(), _draft(AlarmReturned(value=value))])
    assert journal.head(OPERATION).seq == 1


def test_that_number_inside_a_list_is_named_by_its_place(journal: Journal) -> None:
    from models.basics import Wind
    from models.operation.events.operation import WindObserved

    _begin(journal)
    masts = (
        Wind(from_deg=1, speed_m_s=1, stability="D"),
        Wind(from_deg=math.nan, speed_m_s=1, stability="D"),
    )
    with pytest.raises(InvalidPayloadError, match=r"wind\.observed\.masts\[1\]\.from_deg"):
        journal.append(OPERATION, [_draft(WindObserved(masts=masts))])


def test_that_repeated_batch_is_stored_once(journal: Journal) -> None:
    _begin(journal)
    batch = [_draft(id=EventId("a")), _draft(id=EventId("b"))]
    first = journal.append(OPERATION, batch)
    assert journal.append(OPERATION, batch) == first
    assert journal.append(OPERATION, batch, expected_seq=1) == first
    assert journal.head(OPERATION).seq == 3


def test_that_repeated_start_and_stop_are_stored_once(journal: Journal) -> None:
    begin = [_draft(started(), id=EventId("a"))]
    end = [_draft(OperationStopped(reason="end"), id=EventId("b"))]
    assert journal.append(OPERATION, begin) == journal.append(OPERATION, begin)
    assert journal.append(OPERATION, end) == journal.append(OPERATION, end)
    assert journal.head(OPERATION).seq == 2


@pytest.mark.parametrize(
    "other",
    [
        [_draft(id=EventId("a")), _draft(id=EventId("c"))],
        [_draft(NoteWritten(text="another"), id=EventId("a"))],
        [_draft(id=EventId("a"), subject="elsewhere")],
        [_draft(id=EventId("a"), actor="somebody")],
        [_draft(id=EventId("z")), _draft(id=EventId("z"))],
    ],
)
def test_that_taken_id_with_other_content_is_refused(journal: Journal, other: list[Draft]) -> None:
    _begin(journal)
    journal.append(OPERATION, [_draft(id=EventId("a"))])
    with pytest.raises(DuplicateEventError):
        journal.append(OPERATION, other)
    assert journal.head(OPERATION).seq == 2


def test_that_id_of_another_operation_is_refused(journal: Journal) -> None:
    _begin(journal)
    journal.append(OPERATION, [_draft(id=EventId("a"))])
    other = OperationId("other")
    journal.append(other, [_draft(started())])
    with pytest.raises(DuplicateEventError):
        journal.append(other, [_draft(id=EventId("a"))])


def test_that_command_appends_only_at_the_head_it_saw(journal: Journal) -> None:
    _begin(journal)
    with pytest.raises(JournalMovedError):
        journal.append(OPERATION, [_draft()], expected_seq=0)
    journal.append(OPERATION, [_draft()], expected_seq=1)
    assert journal.head(OPERATION).seq == 2


@pytest.mark.expect_log("clock stands 60.0 s behind")
def test_that_recorded_time_stands_while_the_clock_is_set_back(
    store: Store, journal: Journal, clock: ManualClock
) -> None:
    _begin(journal)
    set_back = ManualClock(START_US - 60 * SECOND_US)
    later = Journal(store, set_back, SeededIds("later"))
    events = later.append(OPERATION, [_draft()]) + later.append(OPERATION, [_draft()])
    set_back.advance_to(START_US + 1)
    events += later.append(OPERATION, [_draft()])
    assert [event.recorded_time_us for event in events] == [START_US, START_US, START_US + 1]


def test_that_scripted_moment_stands_for_the_clock(journal: Journal) -> None:
    journal.append(OPERATION, [_draft(started())], moment_us=START_US + 5)
    event = journal.append(OPERATION, [_draft()], moment_us=START_US + 3)[0]
    assert event.recorded_time_us == START_US + 5


async def _play(journal: Journal, speed: float) -> bytes:
    clock = PacedClock(START_US, speed)
    journal.append(OPERATION, [_draft(started())], moment_us=START_US)
    for number, draft in enumerate(draw_drafts(5, 12)[1:], 1):
        moment_us = START_US + number * 5 * SECOND_US
        await clock.sleep_until(moment_us)
        journal.append(OPERATION, [draft], moment_us=moment_us)
    return journal.head(OPERATION).hash


def test_that_same_seed_gives_the_same_hash_at_any_speed(tmp_path: Path) -> None:
    hashes = set()
    for speed in (300.0, 1000.0):
        store = open_store(f"sqlite:///{tmp_path / f'{speed}.db'}")
        hashes.add(asyncio.run(_play(Journal(store, ManualClock(1), SeededIds("s")), speed)))
        store.close()
    assert len(hashes) == 1


def test_that_threads_append_one_chain_without_a_gap(store: Store, clock: ManualClock) -> None:
    journals = [Journal(store, clock, SeededIds(str(n))) for n in range(4)]
    _begin(journals[0])

    def write(journal: Journal) -> None:
        for _ in range(10):
            journal.append(OPERATION, [_draft(), _draft()])

    threads = [threading.Thread(target=write, args=(journal,)) for journal in journals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = journals[0].verify(OPERATION)
    assert result.ok
    assert result.events == 81


def test_that_two_programs_starting_an_operation_at_once_give_one_start(
    store: Store, clock: ManualClock
) -> None:
    barrier = threading.Barrier(2)
    refused: list[JournalError] = []

    def start(seed: str) -> None:
        journal = Journal(store, clock, SeededIds(seed))
        barrier.wait()
        try:
            _begin(journal)
        except OperationStartedError as error:
            refused.append(error)

    threads = [threading.Thread(target=start, args=(seed,)) for seed in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Journal(store, clock, SeededIds("c")).head(OPERATION).seq == 1


def test_that_conflict_on_the_start_is_told_as_started(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _begin(journal)
    monkeypatch.setattr(journal.rows, "operation", lambda *_args, **_more: None)
    with pytest.raises(OperationStartedError):
        _begin(journal)


def _refusing(error: Exception) -> Any:
    def insert(*_args: object) -> None:
        raise OperationalError("INSERT", {}, error)

    return insert


class _SqliteError(sqlite3.OperationalError):
    """As the driver raises it, with the code that SQLite gave."""

    def __init__(self, code: int) -> None:
        super().__init__("said by SQLite")
        self.code = code

    @property
    def sqlite_errorcode(self) -> int:  # type: ignore[override]
        return self.code


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_FULL, JournalFullError),
        (sqlite3.SQLITE_READONLY, JournalReadOnlyError),
        (sqlite3.SQLITE_READONLY_DIRECTORY, JournalReadOnlyError),
        (sqlite3.SQLITE_BUSY, JournalBusyError),
        (sqlite3.SQLITE_CORRUPT, JournalDamagedError),
        (sqlite3.SQLITE_IOERR_FSYNC, JournalError),
        (sqlite3.SQLITE_ERROR, JournalError),
    ],
)
def test_that_what_is_wrong_with_the_store_is_told_by_type(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, code: int, expected: type[JournalError]
) -> None:
    _begin(journal)
    monkeypatch.setattr(journal.rows, "move_head", _refusing(_SqliteError(code)))
    with pytest.raises(expected) as caught:
        journal.append(OPERATION, [_draft()])
    assert type(caught.value) is expected
    monkeypatch.undo()
    assert journal.head(OPERATION).seq == 1
    assert journal.verify(OPERATION).ok


def test_that_full_disk_loses_nothing_that_was_stored(tmp_path: Path, clock: ManualClock) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'operations.db'}")
    journal = Journal(store, clock, SeededIds("s"))
    _begin(journal)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 40")
    batch = [_draft(NoteWritten(text="x" * 4000))] * 20
    journal.append(OPERATION, batch[:2])
    with pytest.raises(JournalFullError, match="disk is full"):
        journal.append(OPERATION, batch)
    seq = journal.head(OPERATION).seq
    assert seq == 3
    assert journal.verify(OPERATION).events == seq
    store.close()


def test_that_read_only_store_is_told(tmp_path: Path, clock: ManualClock) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'operations.db'}")
    journal = Journal(store, clock, SeededIds("s"))
    _begin(journal)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(JournalReadOnlyError):
        journal.append(OPERATION, [_draft()])
    assert journal.head(OPERATION).seq == 1
    store.close()


def test_that_writer_held_up_too_long_says_busy(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.store.BUSY_TIMEOUT_MS", 20)
    store = open_store(f"sqlite:///{tmp_path / 'operations.db'}")
    journal = Journal(store, clock, SeededIds("s"))
    _begin(journal)
    other = sqlite3.connect(tmp_path / "operations.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalBusyError):
        journal.append(OPERATION, [_draft()])
    other.execute("ROLLBACK")
    other.close()
    journal.append(OPERATION, [_draft()])
    assert journal.head(OPERATION).seq == 2
    store.close()


def test_that_older_payloads_are_lifted_and_their_bytes_left(
    journal: Journal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Sighted(Payload, frozen=True, kw_only=True):
        KIND: ClassVar[str] = "test.sighted"
        VERSION: ClassVar[int] = 1
        what: str

    class SightedLater(Payload, frozen=True, kw_only=True):
        KIND: ClassVar[str] = "test.sighted"
        VERSION: ClassVar[int] = 2
        thing: str

    monkeypatch.setitem(event_base._REGISTRY, "test.sighted", Sighted)
    _begin(journal)
    journal.append(OPERATION, [_draft(Sighted(what="smoke"))])
    with store.reading() as session:
        before = journal.rows.bodies(session, OPERATION, 1, 2, 1)
    monkeypatch.setitem(event_base._REGISTRY, "test.sighted", SightedLater)
    monkeypatch.setitem(
        event_base._UPCASTERS, ("test.sighted", 1), lambda old: {"thing": old["what"]}
    )
    assert journal.read(OPERATION, 1)[0].payload == SightedLater(thing="smoke")
    with store.reading() as session:
        assert journal.rows.bodies(session, OPERATION, 1, 2, 1) == before


@pytest.mark.parametrize(("kind", "version"), [("test.future", 1), ("note.written", 9)])
def test_that_events_of_a_newer_program_are_told(
    journal: Journal, store: Store, kind: str, version: int
) -> None:
    _begin(journal)
    journal.append(OPERATION, [_draft()])
    with store.reading() as session:
        body = journal.rows.bodies(session, OPERATION, 1, 2, 1)[0].body
    envelope = decode_envelope(body)
    newer = encode_body(msgspec.structs.replace(envelope, kind=kind, version=version))
    with pytest.raises(JournalDamagedError, match="newer Muster"):
        decode_bodies([StoredBody(newer, b"", b"")])
    with pytest.raises(JournalDamagedError):
        decode_bodies([StoredBody(b"{", b"", b"")])


def test_that_gone_database_is_told_on_read(journal: Journal, store: Store) -> None:
    with store.writing() as session:
        for table in ("checkpoint", "event"):
            session.execute(text(f"DROP TABLE {table}"))
    with pytest.raises(JournalError):
        journal.read(OPERATION)


def test_that_append_within_a_rolled_back_transaction_leaves_nothing(
    journal: Journal, store: Store
) -> None:
    _begin(journal)

    def fails_after() -> None:
        with store.writing() as session:
            assert journal.append_within(session, OPERATION, [_draft()])[0].seq == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_after()
    assert journal.head(OPERATION).seq == 1
    with store.writing() as session:
        journal.append_within(session, OPERATION, [_draft()])
    assert journal.head(OPERATION).seq == 2


def test_that_batch_longer_than_one_statement_is_one_chain(journal: Journal) -> None:
    _begin(journal)
    journal.append(OPERATION, [_draft() for _ in range(2500)])
    result = journal.verify(OPERATION)
    assert (result.findings, result.events) == ([], 2501)
