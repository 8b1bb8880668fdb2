import threading

import pytest

from app.clock import ManualClock
from app.commands import CommandRefusedError
from app.commands.operation import WriteNote
from app.executor import CommandExecutor
from app.journal import Journal
from app.journal_errors import JournalMovedError
from app.keeper import SituationKeeper
from models.ids import SeededIds
from models.operation.events import Draft
from models.operation.events.operation import NoteWritten, OperationStarted
from models.operation.fold import empty_situation
from models.store import open_store

START = Draft(
    payload=OperationStarted(
        mode="live", name="test", site="s", software_version="0", reference_revision=0
    ),
    subject="operation",
    actor="test",
)


@pytest.fixture
def journal(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'operations.db'}")
    journal = Journal(store, ManualClock(1_700_000_000_000_000), SeededIds("x"))
    journal.append("op", [START])
    yield journal
    store.close()


def _executor(journal, seed="y"):
    keeper = SituationKeeper(journal, empty_situation("op"))
    clock = ManualClock(1_700_000_000_000_000)
    return CommandExecutor(journal, keeper, lambda: None, clock, SeededIds(seed)), keeper


def test_that_a_batch_for_a_head_that_moved_is_not_stored(journal):
    note = Draft(payload=NoteWritten(text="late"), subject="log", actor="a")
    with pytest.raises(JournalMovedError):
        journal.append("op", [note], expected_seq=0)
    assert journal.head("op").seq == 1


def test_that_a_command_looks_again_when_somebody_else_appended(journal):
    executor, keeper = _executor(journal)
    keeper.advance()
    stale = Draft(payload=NoteWritten(text="gateway"), subject="log", actor="gateway")
    advance = keeper.advance
    behind = iter([True, False])

    def advance_then_lose_the_race():
        situation = advance()
        if next(behind, False):
            journal.append("op", [stale])
        return situation

    keeper.advance = advance_then_lose_the_race
    (event,) = executor.execute(WriteNote(text="mine"), "Wang")
    assert event.seq == 3


def test_that_a_refused_command_stores_nothing(journal):
    executor, _ = _executor(journal)
    with pytest.raises(CommandRefusedError, match="note_empty"):
        executor.execute(WriteNote(text=" "), "Wang")
    assert journal.head("op").seq == 1


def test_that_two_desks_writing_at_once_lose_nothing(journal):
    desks = [_executor(journal, seed)[0] for seed in ("desk-1", "desk-2")]
    threads = [
        threading.Thread(
            target=lambda desk=desk: [desk.execute(WriteNote(text="n"), "d") for _ in range(20)]
        )
        for desk in desks
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.head("op").seq == 41


def test_that_changes_gather_until_they_are_taken(journal):
    executor, keeper = _executor(journal)
    keeper.advance()
    _, changes = keeper.take_changes()
    assert changes.full
    assert keeper.take_changes() is None
    executor.execute(WriteNote(text="n"), "d")
    keeper.advance()
    assert keeper.take_changes() is None, "a note is in the log and not in the situation"
