"""Situations from checkpoints: the same as folded from the start, at any moment."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import ManualClock
from app.journal import Journal
from app.journal_errors import JournalError
from app.queries import situations
from app.queries.situations import CheckpointKeeper, Moment, SituationReader
from models.ids import OperationId, SeededIds
from models.operation.checkpoint import STORED_VERSION, encode_checkpoint
from models.operation.events import Draft
from models.operation.events.operation import NoteWritten, SegmentBegan
from models.operation.fold import empty_situation, fold_all
from models.operation.situation import Situation
from models.store import Store, StoreBusyError, open_store
from tests.unit.models.operation.stories import OPERATION, START_US, draw_drafts


def _tell(journal: Journal, seed: int, length: int) -> None:
    for number, draft in enumerate(draw_drafts(seed, length)):
        journal.append(OPERATION, [draft], moment_us=START_US + number * 10)


def _rebuilt(journal: Journal, seq: int) -> Situation:
    events = journal.read(OPERATION, 0, 10_000, upto_seq=seq)
    return fold_all(empty_situation(OPERATION), events)[0]


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(situations, "CHECKPOINT_EVERY", 8)


@pytest.mark.usefixtures("_often")
def test_that_any_moment_equals_the_rebuilt_state(journal: Journal) -> None:
    _tell(journal, 1, 60)
    reader = SituationReader(journal)
    for seq in (61, 0, 1, 7, 8, 9, 33, 60, 61):
        assert reader.at(OPERATION, START_US + (seq - 1) * 10) == _rebuilt(journal, seq)
    assert reader.latest(OPERATION) == _rebuilt(journal, 61)


@pytest.mark.usefixtures("_often")
def test_that_live_state_equals_the_rebuilt_one(journal: Journal) -> None:
    reader = SituationReader(journal)
    for number, draft in enumerate(draw_drafts(3, 40)):
        journal.append(OPERATION, [draft], moment_us=START_US + number)
        assert reader.latest(OPERATION) == _rebuilt(journal, number + 1)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), length=st.integers(1, 60), data=st.data())
def test_that_every_story_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, seed: int, length: int, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("story")
    store = open_store(f"sqlite:///{(folder / 'operations.db').as_posix()}")
    journal = Journal(store, ManualClock(START_US), SeededIds("s"))
    _tell(journal, seed, length)
    seq = data.draw(st.integers(0, length + 1))
    SituationReader(journal).latest(OPERATION)
    assert SituationReader(journal).at_seq(OPERATION, seq) == _rebuilt(journal, seq)
    assert journal.verify(OPERATION).findings == []
    store.close()


@pytest.mark.usefixtures("_often")
def test_that_checkpoints_stand_at_most_that_far_apart(journal: Journal, store: Store) -> None:
    _tell(journal, 2, 0)  # its start alone: a drawn story may hold a segment of its own
    journal.append(OPERATION, [_note() for _ in range(30)])
    journal.append(OPERATION, [_note(SegmentBegan(day="2027-01-16")), _note()])
    SituationReader(journal).latest(OPERATION)
    with store.reading() as session:
        seqs = [seq for seq, _ in journal.rows.checkpoint_seqs(session, OPERATION)]
    assert seqs == [8, 16, 24, 32]
    journal.append(OPERATION, [_note(SegmentBegan(day="2027-01-17"))])
    SituationReader(journal).latest(OPERATION)
    with store.reading() as session:
        seqs = [seq for seq, _ in journal.rows.checkpoint_seqs(session, OPERATION)]
    assert seqs == [8, 16, 24, 32, 34]


def _note(payload: SegmentBegan | NoteWritten | None = None) -> Draft:
    return Draft(payload=payload or NoteWritten(text="x"), subject="op", actor="a")


@pytest.mark.usefixtures("_often")
@pytest.mark.expect_log("checkpoint op 16 is damaged")
def test_that_damaged_checkpoint_is_passed_over(journal: Journal, store: Store) -> None:
    _tell(journal, 2, 20)
    SituationReader(journal).latest(OPERATION)
    with store.writing() as session:
        journal.rows.put_checkpoint(session, OPERATION, 16, STORED_VERSION, b"damaged")
    assert SituationReader(journal).at_seq(OPERATION, 18) == _rebuilt(journal, 18)


@pytest.mark.usefixtures("_often")
def test_that_checkpoint_of_another_fold_is_not_used(journal: Journal, store: Store) -> None:
    _tell(journal, 2, 12)
    with store.writing() as session:
        wrong = encode_checkpoint(empty_situation("wrong"))
        journal.rows.put_checkpoint(session, OPERATION, 8, "0-older", wrong)
    assert SituationReader(journal).latest(OPERATION) == _rebuilt(journal, 13)
    with store.writing() as session:
        journal.rows.drop_checkpoints(session, OPERATION)
    assert SituationReader(journal).latest(OPERATION) == _rebuilt(journal, 13)


def test_that_busy_store_costs_a_checkpoint_and_no_fact(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tell(journal, 2, 5)

    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(journal.rows, "put_checkpoint", busy)
    assert not CheckpointKeeper(journal).keep(_rebuilt(journal, 6))


@pytest.mark.usefixtures("_often")
def test_that_cache_stays_small(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(situations, "_CACHED", 2)
    _tell(journal, 2, 40)
    reader = SituationReader(journal)
    reader.latest(OPERATION)
    kept = [seq for _, seq in reader._cache]
    assert len(kept) == 2
    assert kept[-1] == 40
    assert reader.at_seq(OPERATION, 41) == _rebuilt(journal, 41)


def test_that_unknown_operation_has_an_empty_situation(journal: Journal) -> None:
    reader = SituationReader(journal)
    assert reader.latest(OperationId("none")) == empty_situation("none")
    assert reader.moments(OperationId("none")) == ()


def test_that_moments_name_the_last_event_of_each(journal: Journal) -> None:
    _tell(journal, 2, 1)
    journal.append(OPERATION, [_note(), _note()], moment_us=START_US + 10)
    expected = (Moment(START_US, 1), Moment(START_US + 10, 4))
    assert SituationReader(journal).moments(OPERATION) == expected


def test_that_failing_store_is_told(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(journal.rows, "moments", busy)
    monkeypatch.setattr(journal.rows, "checkpoint_at", busy)
    with pytest.raises(JournalError):
        SituationReader(journal).moments(OPERATION)
    with pytest.raises(JournalError):
        SituationReader(journal).latest(OPERATION)
