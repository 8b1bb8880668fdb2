"""The watch over the UI thread: what it tells, and that it frees nothing of that thread's."""

import tempfile
import threading

from pytestqt.qtbot import QtBot

from app.stalls import StallWatch, stack_of


class Owned:
    """Tells on which thread it was freed."""

    def __init__(self, freed: list[int]) -> None:
        self.freed = freed

    def __del__(self) -> None:
        self.freed.append(threading.get_ident())


def _busy_with_owned(freed: list[int], inside: threading.Event, leave: threading.Event) -> None:
    owned = Owned(freed)
    inside.set()
    leave.wait()
    del owned


def test_that_the_stack_of_another_thread_ends_with_its_innermost_call() -> None:
    inside, leave = threading.Event(), threading.Event()
    thread = threading.Thread(target=_busy_with_owned, args=([], inside, leave))
    thread.start()
    assert inside.wait(5)
    with tempfile.TemporaryFile("w+") as scratch:
        assert thread.ident is not None
        first = stack_of(thread.ident, scratch)
        again = stack_of(thread.ident, scratch)
    leave.set()
    thread.join()
    lines = first.splitlines()
    assert any("_busy_with_owned" in line for line in lines)
    assert "wait" in lines[-1]
    assert again == first


def test_that_looking_at_a_stack_frees_nothing_on_the_looking_thread() -> None:
    freed: list[int] = []
    inside, leave = threading.Event(), threading.Event()
    thread = threading.Thread(target=_busy_with_owned, args=(freed, inside, leave))
    thread.start()
    assert inside.wait(5)
    with tempfile.TemporaryFile("w+") as scratch:
        assert thread.ident is not None
        stack = stack_of(thread.ident, scratch)
        leave.set()
        thread.join()
        assert freed == [thread.ident]
    assert "_busy_with_owned" in stack


def test_that_the_stack_of_no_thread_is_empty() -> None:
    with tempfile.TemporaryFile("w+") as scratch:
        assert stack_of(1, scratch) == ""


def test_that_a_stall_is_kept_with_the_line_that_caused_it(qtbot: QtBot) -> None:
    watch = StallWatch(limit_s=0.02)
    watch.start()
    try:
        qtbot.waitUntil(lambda: _stood_still(watch), timeout=20_000)
    finally:
        watch.stop()
    assert watch.stalls[-1].seconds > 0.02


def _stood_still(watch: StallWatch) -> bool:
    threading.Event().wait(0.1)  # this stall is what is tested
    return any("_stood_still" in stall.stack for stall in watch.stalls)
