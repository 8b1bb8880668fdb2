"""The folded state of the desk, and the thread that publishes it."""

import threading
from collections.abc import Sequence

import pytest

from app.bus import FoldThread
from app.keeper import SituationKeeper
from models.ids import OperationId
from models.operation.events.base import Event
from models.operation.events.operation import NoteWritten, ShiftTaken
from models.operation.fold import fold_all
from models.operation.situation import Published
from tests.unit.models.operation.stories import OPERATION, Teller


class Book:
    """A journal in memory; `fails` makes the next reads fail."""

    def __init__(self) -> None:
        self.teller = Teller()
        self.fails = 0
        self.reads = 0

    def read(
        self, operation_id: OperationId, after_seq: int = 0, limit: int = 1000
    ) -> Sequence[Event]:
        del operation_id
        self.reads += 1
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is away")
        return self.teller.events[after_seq : after_seq + limit]


@pytest.fixture
def book() -> Book:
    return Book()


def shift(book: Book, person: str) -> None:
    book.teller.tell(ShiftTaken(person=person, role="officer", shift="A"), "shift")


def keeper_of(book: Book) -> SituationKeeper:
    return SituationKeeper(book, book.teller.situation)


def test_that_the_keeper_folds_what_is_new_and_only_that(book: Book) -> None:
    keeper = keeper_of(book)
    shift(book, "Li")
    situation = keeper.advance()
    assert situation == book.teller.situation
    assert keeper.advance() is situation


def test_that_the_first_changes_are_full_and_later_ones_name_what_was_touched(book: Book) -> None:
    keeper = keeper_of(book)
    keeper.advance()
    first = keeper.take_changes()
    assert first is not None
    assert first[1].full
    assert keeper.take_changes() is None
    shift(book, "Li")
    keeper.advance()
    shift(book, "Sun")
    keeper.advance()
    taken = keeper.take_changes()
    assert taken is not None
    situation, changes = taken
    assert not changes.full
    assert changes.touched["shift"] == frozenset({""})
    assert (changes.first_seq, changes.last_seq) == (2, 3)
    assert situation.shift is not None
    assert situation.shift.person == "Sun"


def test_that_more_than_a_page_is_folded_in_one_go(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.keeper._PAGE", 3)
    keeper = keeper_of(book)
    for number in range(7):
        shift(book, str(number))
    assert keeper.advance().seq == 8
    assert book.reads == 3


def test_that_an_event_without_effect_is_no_change(book: Book) -> None:
    keeper = keeper_of(book)
    keeper.take_changes()
    book.teller.tell(NoteWritten(text="x"), OPERATION)
    assert keeper.advance().seq == 2
    assert keeper.take_changes() is None


class Screen:
    """Waits for what the fold thread hands over."""

    def __init__(self) -> None:
        self.published: list[Published] = []
        self.failures: list[Exception | None] = []
        self._arrived = threading.Condition()

    def publish(self, published: Published) -> None:
        with self._arrived:
            self.published.append(published)
            self._arrived.notify_all()

    def failed(self, error: Exception | None) -> None:
        with self._arrived:
            self.failures.append(error)
            self._arrived.notify_all()

    def wait_for_seq(self, seq: int) -> None:
        with self._arrived:
            assert self._arrived.wait_for(
                lambda: bool(self.published) and self.published[-1].situation.seq >= seq, 10
            )


def test_that_the_fold_thread_publishes_the_state_and_its_changes(book: Book) -> None:
    screen = Screen()
    thread = FoldThread(keeper_of(book), screen.publish, screen.failed)
    thread.start()
    thread.wake(urgent=True)
    screen.wait_for_seq(1)
    assert screen.published[0].changes.full
    shift(book, "Li")
    thread.wake(urgent=True)
    screen.wait_for_seq(2)
    thread.stop()
    last = screen.published[-1]
    assert last.situation == book.teller.situation
    again, changes = fold_all(screen.published[0].situation, book.teller.events[1:])
    assert (last.situation, last.changes.touched) == (again, changes.touched)


def test_that_what_others_append_is_found_without_a_wake(book: Book) -> None:
    screen = Screen()
    thread = FoldThread(keeper_of(book), screen.publish, screen.failed)
    thread.start()
    shift(book, "Li")
    screen.wait_for_seq(2)
    thread.stop()
    assert not screen.failures


@pytest.mark.expect_log("folding failed: the disk is away", "folding works again")
def test_that_the_fold_thread_outlives_a_failing_store(book: Book) -> None:
    book.fails = 1
    screen = Screen()
    thread = FoldThread(keeper_of(book), screen.publish, screen.failed)
    thread.start()
    thread.wake(urgent=True)
    shift(book, "Li")
    screen.wait_for_seq(2)
    thread.stop()
    assert [str(error) for error in screen.failures] == ["the disk is away", "None"]
