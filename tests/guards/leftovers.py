"""Fails a test that leaves threads, asyncio tasks or windows behind, or logs a warning."""

import asyncio
import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

_PATIENCE_S = 2.0
ExpectLog = Callable[[str], None]


class _Watch(logging.Handler):
    """Keeps what is logged at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def unexpected(self) -> list[str]:
        return [
            f"{record.levelname} {record.name}: {record.getMessage()}"
            for record in self.records
            if not any(pattern.search(record.getMessage()) for pattern in self.expected)
        ]


@pytest.fixture(autouse=True)
def log_watch(request: pytest.FixtureRequest) -> Iterator[_Watch]:
    """Fail on a log record of WARNING or above that no pattern expects."""
    watch = _Watch()
    for mark in request.node.iter_markers("expect_log"):
        watch.expected += [re.compile(pattern) for pattern in mark.args]
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if found := watch.unexpected():
        pytest.fail("unexpected in the log:\n" + "\n".join(found), pytrace=False)


@pytest.fixture
def expect_log(log_watch: _Watch) -> ExpectLog:
    """Call it with a regular expression of a warning that this test provokes."""
    return lambda pattern: log_watch.expected.append(re.compile(pattern))


@pytest.fixture(autouse=True)
def no_leftover_threads() -> Iterator[None]:
    """Fail when a thread that began in the test still runs after it."""
    before = set(threading.enumerate())
    yield
    ends_s = time.monotonic() + _PATIENCE_S
    left = []
    for thread in set(threading.enumerate()) - before:
        # Threads that Qt made and that called into Python once are not ours to join.
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, ends_s - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    if left:
        pytest.fail(f"threads still run: {', '.join(sorted(left))}", pytrace=False)


@pytest.fixture(autouse=True)
def no_leftover_tasks() -> Iterator[None]:
    """Fail when an asyncio task that began in the test is still pending after it."""
    before = _pending()
    yield
    if left := _pending() - before:
        names = ", ".join(sorted(task.get_name() for task in left))
        pytest.fail(f"asyncio tasks are still pending: {names}", pytrace=False)


def _pending() -> set["asyncio.Task[object]"]:
    # `all_tasks` asks for a loop, and the loops of a test are closed or unknown to us.
    every = getattr(asyncio.tasks, "_scheduled_tasks", None)
    if every is None:
        every = asyncio.tasks._all_tasks  # type: ignore[attr-defined]
    return {task for task in list(every) if not task.done()}


@pytest.fixture(autouse=True)
def no_leftover_windows() -> Iterator[None]:
    """Fail when a window shown in the test is still open after it."""
    before = _windows()
    yield
    if left := [window for window in _windows().items() if window[0] not in before]:
        names = ", ".join(sorted(name for _, name in left))
        for window in _open_windows():
            window.close()  # type: ignore[attr-defined]
        pytest.fail(f"windows are still open: {names}", pytrace=False)


def _open_windows() -> list[object]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or not isinstance(application, widgets.QApplication):
        return []
    return [window for window in application.topLevelWidgets() if window.isVisible()]


def _windows() -> dict[int, str]:
    return {
        id(window): f"{type(window).__name__} {window.objectName()}"  # type: ignore[attr-defined]
        for window in _open_windows()
    }
