from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views.shell.late_station import LateStation
from views.warm_up import WarmUp, touch_classes


class _Station:
    id = "drill"

    def __init__(self) -> None:
        self.active = False
        self.activations = 0

    def left(self) -> QWidget | None:
        return None

    def right(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    def center(self) -> QWidget | None:
        return None

    def activated(self) -> None:
        self.activations += 1

    def set_active(self, *, active: bool) -> None:
        self.active = active


def test_that_a_late_station_is_made_once_and_only_when_asked_for() -> None:
    made: list[_Station] = []

    def make() -> _Station:
        made.append(_Station())
        return made[-1]

    late = LateStation("drill", make)
    late.set_active(active=True)
    assert not made
    late.left()
    late.activated()
    assert len(made) == 1
    assert late.station.activations == 1
    late.set_active(active=True)
    assert late.station.active


def test_that_warming_up_takes_every_step_and_then_rests(qtbot: QtBot) -> None:
    steps: list[int] = []
    warm_up = WarmUp(steps.append(each) for each in range(3))
    warm_up.start()
    qtbot.waitUntil(lambda: not warm_up.is_running)
    assert steps == [0, 1, 2]


def test_that_a_stopped_warm_up_leaves_the_rest(qtbot: QtBot) -> None:
    steps: list[int] = []
    warm_up = WarmUp(steps.append(each) for each in range(1000))
    warm_up.start()
    qtbot.waitUntil(lambda: bool(steps))
    warm_up.stop()
    assert not warm_up.is_running
    assert len(steps) < 1000


def test_that_classes_are_touched_a_few_at_a_time() -> None:
    assert sum(1 for _ in touch_classes()) > 10
