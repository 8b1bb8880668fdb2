"""Wakes: an append by anybody ends a wait, a close ends it too."""

import threading
from collections.abc import Iterator

import pytest

from app.clock import ManualClock
from app.journal import Journal
from models.ids import SeededIds
from models.operation.events import Draft
from models.store import Store, StoreUnreachableError, open_store
from models.store.wake import open_waker
from tests.unit.models.operation.stories import OPERATION, started


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    yield opened
    opened.close()


def test_that_append_of_another_program_wakes_once(store: Store, store_url: str) -> None:
    waker = open_waker(store)
    assert not waker.wait(0)
    other = open_store(store_url)
    Journal(other, ManualClock(1), SeededIds("s")).append(
        OPERATION, [Draft(payload=started(), subject="op", actor="a")]
    )
    other.close()
    assert waker.wait(5)
    assert not waker.wait(0.06)
    waker.close()


def test_that_close_ends_a_wait(store: Store) -> None:
    waker = open_waker(store)
    woken: list[bool] = []
    thread = threading.Thread(target=lambda: woken.append(waker.wait(60)))
    thread.start()
    waker.close()
    thread.join()
    assert woken == [False]
    assert not waker.wait(1)


def test_that_gone_server_is_told(postgresql: object) -> None:
    url = postgresql.clone_template()  # type: ignore[attr-defined]
    store = open_store(url)
    waker = open_waker(store)
    postgresql.drop(url)  # type: ignore[attr-defined]
    with pytest.raises(StoreUnreachableError):
        waker.wait(5)
    with pytest.raises(StoreUnreachableError):
        open_waker(store)
    waker.close()
    store.close()
