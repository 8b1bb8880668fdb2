"""The last net: every way an exception can escape is logged and told, and nothing ends."""

import asyncio
import gc
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.crash import CrashGuard

pytestmark = pytest.mark.expect_log("uncaught", "event loop: ")


class _Guarded:
    def __init__(self, folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.guard = CrashGuard()
        self.told: list[str] = []
        self.guard.failed.connect(self.told.append)
        self.guard.install(self.loop, folder)


@pytest.fixture
def guarded(qapp: QApplication, tmp_path: Path) -> Iterator[_Guarded]:
    before = sys.excepthook
    made = _Guarded(tmp_path)
    yield made
    made.guard.remove()
    made.loop.close()
    assert sys.excepthook is before


def _raise(error: BaseException) -> None:
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_that_uncaught_exception_is_told_with_its_place(guarded, caplog) -> None:
    _raise(RuntimeError("boom\nand more"))
    (text,) = guarded.told
    assert text.startswith("RuntimeError: boom and more (test_crash.py:")
    assert caplog.records[0].exc_info is not None


def test_that_repetitions_are_told_at_every_doubling(guarded, caplog) -> None:
    for _ in range(5):
        _raise(RuntimeError("again"))
    assert len(guarded.told) == 3  # the 1st, 2nd and 4th
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False]


def test_that_interrupt_is_left_to_python(guarded, capsys) -> None:
    _raise(KeyboardInterrupt())
    assert guarded.told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_that_thread_is_told_on_the_ui_thread(guarded, qtbot: QtBot) -> None:
    def fail() -> None:
        raise RuntimeError("thread")

    threading.Thread(target=fail, name="worker").start()
    qtbot.waitUntil(lambda: bool(guarded.told))
    assert "thread" in guarded.told[0]


def test_that_loop_callback_and_forgotten_task_are_told(guarded, caplog) -> None:
    def fail() -> None:
        raise RuntimeError("callback")

    async def forgotten() -> None:
        raise RuntimeError("task")

    async def scenario() -> None:
        asyncio.get_running_loop().call_soon(fail)
        task = asyncio.ensure_future(forgotten())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()

    guarded.loop.run_until_complete(scenario())
    assert [text.partition(" (")[0] for text in guarded.told] == [
        "RuntimeError: callback", "RuntimeError: task"
    ]  # fmt: skip
    guarded.loop.call_exception_handler({"message": "no exception"})
    guarded.loop.call_exception_handler({"exception": asyncio.CancelledError()})
    assert len(guarded.told) == 2
    assert "event loop: no exception" in caplog.text


def test_that_destructor_is_told(guarded) -> None:
    class Bad:
        def __del__(self) -> None:
            raise RuntimeError("destructor")

    Bad()
    gc.collect()
    assert "destructor" in guarded.told[0]


def test_that_slot_and_override_are_told_and_qt_goes_on(guarded, qtbot: QtBot) -> None:
    class Child(QObject):
        def timerEvent(self, _event: object) -> None:
            self.killTimer(self.timer)
            raise RuntimeError("override")

    def slot() -> None:
        raise RuntimeError("slot")

    with qtbot.capture_exceptions():  # pytest-qt puts its own hook before ours
        sys.excepthook = guarded.guard._on_exception
        child = Child()
        child.timer = child.startTimer(0)
        QTimer.singleShot(0, slot)
        qtbot.waitUntil(lambda: len(guarded.told) >= 2)
    assert {text.partition(" (")[0] for text in guarded.told} == {
        "RuntimeError: override", "RuntimeError: slot"
    }  # fmt: skip


def test_that_qt_messages_go_to_the_log(guarded, caplog) -> None:
    with caplog.at_level(logging.INFO, "muster.qt"):
        qWarning("driver missing")
    (record,) = [r for r in caplog.records if r.name == "muster.qt"]
    assert (record.levelno, record.getMessage()) == (logging.INFO, "default: driver missing")


class _FaultHandler:
    """The interpreter's fault handler, without taking pytest's away."""

    def __init__(self, *, enabled: bool) -> None:
        self.enabled, self.files = enabled, []

    def is_enabled(self) -> bool:
        return self.enabled

    def enable(self, file) -> None:
        self.enabled = True
        self.files.append(file.name)

    def disable(self) -> None:
        self.enabled = False


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("before", [False, True])
def test_that_a_crash_of_the_interpreter_is_written_where_it_is_looked_for(
    tmp_path, monkeypatch, before
) -> None:
    """In the site's logs, unless whoever started the program has his own place for it."""
    handler = _FaultHandler(enabled=before)
    monkeypatch.setattr("app.crash.faulthandler", handler)
    guard, loop = CrashGuard(), asyncio.new_event_loop()
    guard.install(loop, tmp_path)
    assert handler.enabled
    assert handler.files == ([] if before else [str(tmp_path / "desk.fault")])
    guard.remove()
    loop.close()
    assert handler.enabled is before


@pytest.mark.usefixtures("qapp")
@pytest.mark.expect_log("no place for the fault log")
def test_that_folder_without_room_costs_only_the_fault_log(tmp_path, monkeypatch, caplog) -> None:
    monkeypatch.setattr("app.crash.faulthandler", _FaultHandler(enabled=False))
    guard, loop = CrashGuard(), asyncio.new_event_loop()
    guard.install(loop, tmp_path / "missing")
    guard.remove()
    guard.remove()
    loop.close()
    assert "no place for the fault log" in caplog.text
