"""Cycles are collected on the thread that asks, whatever thread made them."""

import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest

from app.garbage import Collector, UiGarbage


class Cycle:
    """Holds itself; tells on which thread it was freed."""

    freed: list[int]

    def __init__(self, freed: list[int]) -> None:
        self.freed = freed
        self.me = self

    def __del__(self) -> None:
        self.freed.append(threading.get_ident())


@pytest.fixture
def collecting_by_hand() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.disable()
    gc.collect()
    yield
    if was_enabled:
        gc.enable()


def _make_garbage(freed: list[int]) -> None:
    for _ in range(3_000):
        Cycle(freed)


@pytest.mark.usefixtures("collecting_by_hand")
def test_that_nothing_is_collected_before_it_is_due() -> None:
    assert Collector().collect_due() == -1


@pytest.mark.usefixtures("collecting_by_hand")
def test_that_another_threads_cycles_are_freed_on_the_asking_thread() -> None:
    freed: list[int] = []
    thread = threading.Thread(target=_make_garbage, args=(freed,))
    thread.start()
    thread.join()
    assert freed == []
    assert Collector().collect_due() >= 0
    assert set(freed) == {threading.get_ident()}


@pytest.mark.usefixtures("collecting_by_hand")
def test_that_old_cycles_are_freed_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.garbage._FULL_EVERY_S", 0.0)
    collector = Collector()
    freed: list[int] = []
    kept = [Cycle(freed) for _ in range(3)]
    gc.collect(0)
    gc.collect(1)  # they are old now
    kept.clear()
    done = set()
    while not freed:
        _make_garbage([])
        done.add(collector.collect_due())
    assert done == {0, 1, 2}
    assert len(freed) == 3


@pytest.mark.usefixtures("collecting_by_hand")
def test_that_the_loop_collects_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.garbage._BEAT_S", 0.001)
    freed: list[int] = []

    async def live() -> None:
        garbage = UiGarbage(asyncio.get_running_loop())
        gc.enable()
        garbage.start()
        assert not gc.isenabled()
        _make_garbage(freed)
        while not freed:
            await asyncio.sleep(0.001)
        garbage.stop()
        assert gc.isenabled()

    asyncio.run(live())
    gc.disable()
    assert set(freed) == {threading.get_ident()}
