"""A key that is held down acts once: its repeats answer nothing, end nothing, give no orders."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands.plan import FinishTask
from tests.unit.views.small_park import open_card
from tests.unit.views.station_window import Stage
from views.actions import ActionSpec
from views.command.order_sheet import OrderSheet

NOTHING = Qt.KeyboardModifier.NoModifier


def hold(stage: Stage, key: Qt.Key, text: str = "") -> None:
    """Press a key and let it repeat as a keyboard does."""
    for is_repeat in (False, True, True, True):
        target = QApplication.focusWidget()
        QTest.simulateEvent(
            target if target is not None else stage.window, True, key, NOTHING, text, is_repeat
        )
    QTest.keyRelease(stage.window, key)


@pytest.fixture
def incident_id(stage: Stage) -> str:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    stage.command.dispatch._timer.timeout.emit()
    (incident,) = stage.desk.situation.incidents.values()
    return incident.id


def test_that_a_held_digit_verifies_and_answers_nothing(stage: Stage) -> None:
    open_card(stage.desk)
    hold(stage, Qt.Key.Key_1, "1")
    assert stage.desk.situation.cards["card-1"].state == "verifying"
    assert stage.desk.situation.cards["card-1"].result == ""
    assert stage.desk.refused == []


@pytest.mark.usefixtures("incident_id")
def test_that_a_held_key_ends_one_task_only(stage: Stage) -> None:
    stage.desk.executed.clear()
    hold(stage, Qt.Key.Key_F, "f")
    assert [type(command) for command in stage.desk.executed] == [FinishTask]


@pytest.mark.usefixtures("incident_id")
def test_that_a_held_key_is_not_the_second_press_that_marks_a_number_dead(stage: Stage) -> None:
    stage.press(Qt.Key.Key_O)
    sheet = stage.window.findChild(OrderSheet)
    assert sheet is not None
    sheet.accept()
    (order,) = stage.desk.situation.orders.values()
    hold(stage, Qt.Key.Key_X, "x")
    assert not stage.desk.situation.dead_numbers
    stage.press(Qt.Key.Key_X)
    assert set(stage.desk.situation.dead_numbers) == {order.called.number}


@pytest.mark.parametrize(
    ("shortcut", "key", "text", "runs"),
    [
        ("Right", Qt.Key.Key_Right, "", 4),
        ("+", Qt.Key.Key_Plus, "+", 4),
        ("Q", Qt.Key.Key_Q, "q", 1),
    ],
)
def test_that_only_what_moves_a_view_goes_on(
    stage: Stage, shortcut: str, key: Qt.Key, text: str, runs: int
) -> None:
    done: list[int] = []
    stage.kit.actions.add(ActionSpec("it", lambda: "it", lambda: done.append(1), shortcut))
    hold(stage, key, text)
    assert len(done) == runs


def test_that_every_key_with_a_modifier_is_judged_by_the_key(stage: Stage) -> None:
    repeats = {
        spec.shortcut
        for spec in stage.kit.actions.specs()
        if spec.shortcut and stage.kit.actions.action(spec.id).autoRepeat()
    }
    assert repeats == {"Alt+Left", "Alt+Right"}
