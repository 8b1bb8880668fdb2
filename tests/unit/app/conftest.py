"""A journal on each kind of database."""

from collections.abc import Iterator

import pytest

from app.clock import ManualClock
from app.journal import Journal
from models.ids import SeededIds
from models.store import Store, open_store
from tests.unit.models.operation.stories import START_US


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_US)


@pytest.fixture
def journal(store: Store, clock: ManualClock) -> Journal:
    return Journal(store, clock, SeededIds("test"), wall=ManualClock(START_US + 7))
