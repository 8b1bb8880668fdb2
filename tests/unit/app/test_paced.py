from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.paced import PacedSignal


def _sum(before: int, after: int) -> int:
    return before + after


class Listener(QObject):
    """Keeps what it hears."""

    def __init__(self, told: list[object]) -> None:
        super().__init__()
        self._told = told

    @Slot(object)
    def hear(self, value: object) -> None:
        self._told.append(value)


def _work(seconds: float) -> None:
    from time import perf_counter

    end_s = perf_counter() + seconds
    while perf_counter() < end_s:
        pass


def test_that_everybody_is_told_once_though_not_at_once(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []
    for name in "abc":
        signal.connect(lambda value, name=name: (told.append((name, value)), _work(0.01)))
    signal.emit(1)
    assert told == [("a", 1)]
    qtbot.waitUntil(lambda: signal.is_idle)
    assert told == [("a", 1), ("b", 1), ("c", 1)]


def test_that_a_busy_screen_holds_nobody_up_for_ever(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []
    for name in "abc":
        signal.connect(lambda _value, name=name: (told.append(name), _work(0.01)))
    signal.emit(1)
    for _ in range(6):  # every round of the loop is long, as while a map is painted
        _work(0.02)
        QCoreApplication.processEvents()
    assert told == ["a", "b", "c"]


def test_that_who_still_waits_hears_of_both_in_one(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []
    signal.connect(lambda _value: _work(0.01))
    signal.connect(told.append)
    signal.emit(1)
    signal.emit(2)
    qtbot.waitUntil(lambda: signal.is_idle)
    assert told == [3]


def test_that_a_receiver_that_emits_is_told_after_the_others(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []

    def answer(value: int) -> None:
        told.append(("answer", value))
        if value == 1:
            signal.emit(5)

    signal.connect(answer)
    signal.connect(lambda value: told.append(("other", value)))
    signal.emit(1)
    qtbot.waitUntil(lambda: signal.is_idle)
    assert sorted(told) == [("answer", 1), ("answer", 5), ("other", 6)]


def test_that_what_is_in_sight_comes_first(qtbot: QtBot) -> None:
    told: list[str] = []

    class Screen(QWidget):
        def hear(self, _value: object) -> None:
            told.append(self.objectName())
            _work(0.01)

    signal = PacedSignal(_sum)
    screens = {name: Screen(objectName=name) for name in ("hidden", "shown")}
    for screen in screens.values():
        qtbot.addWidget(screen)
        signal.connect(screen.hear)
    screens["shown"].show()
    signal.emit(1)
    assert told == ["shown"]
    qtbot.waitUntil(lambda: signal.is_idle)
    assert told == ["shown", "hidden"]


def test_that_a_receiver_that_was_destroyed_is_let_go(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []
    gone, stays = Listener(told), Listener(told)
    signal.connect(gone.hear)
    signal.connect(stays.hear)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    signal.emit(1)
    qtbot.waitUntil(lambda: signal.is_idle)
    assert told == [1]


def test_that_a_failing_receiver_does_not_keep_the_others_waiting(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []

    def fail(_value: int) -> None:
        raise ValueError("broken screen")

    signal.connect(fail)
    signal.connect(told.append)
    with qtbot.captureExceptions() as caught:
        signal.emit(1)
        qtbot.waitUntil(lambda: signal.is_idle)
    assert told == [1]
    assert [error[0] for error in caught] == [ValueError]


def test_that_a_slot_can_be_disconnected(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []
    signal.connect(told.append)
    signal.disconnect(told.append)
    signal.emit(1)
    qtbot.waitUntil(lambda: signal.is_idle)
    assert told == []


def test_that_who_took_long_before_gets_a_turn_of_its_own(qtbot: QtBot) -> None:
    signal, told = PacedSignal(_sum), []
    signal.connect(lambda _value: (told.append("quick"), _work(0.001)))
    signal.connect(lambda _value: (told.append("long"), _work(0.02)))
    for _ in range(2):
        signal.emit(1)
        qtbot.waitUntil(lambda: signal.is_idle)
    told.clear()
    signal.emit(1)
    assert told == ["quick"]
    qtbot.waitUntil(lambda: signal.is_idle)
    assert told == ["quick", "long"]
