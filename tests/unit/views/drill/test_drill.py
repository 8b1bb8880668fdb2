"""Drill: the script with its times; injects are put off or brought forward."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from app.commands.operation import PostponeInject
from models.operation.events.operation import InjectFired
from tests.unit.views.station_window import Stage

CTRL = Qt.KeyboardModifier.ControlModifier


def table(stage: Stage) -> QTableView:
    found = stage.window.findChild(QTableView, "injects-table")
    assert found is not None
    return found


def rows(stage: Stage) -> list[list[str]]:
    model = table(stage).model()
    return [
        [str(model.index(row, column).data()) for column in range(4)]
        for row in range(model.rowCount())
    ]


def begin(stage: Stage) -> None:
    stage.open("drill")
    table(stage).selectRow(1)


def test_that_the_running_script_shows_what_comes_when(stage: Stage) -> None:
    stage.desk.wait_s(10)
    begin(stage)
    assert rows(stage) == [
        ["00:30", "00:20 left", rows(stage)[0][2], "A leak"],
        ["01:30", "01:20 left", rows(stage)[1][2], "The wind turns"],
    ]
    assert "An order within five acts" in stage.texts(stage.drill.right())


def test_that_an_inject_is_put_off_alone(stage: Stage) -> None:
    begin(stage)
    stage.press(Qt.Key.Key_D, CTRL)
    assert stage.desk.executed == [PostponeInject(inject_key="turn", by_s=120)]
    assert [row[0] for row in rows(stage)] == ["00:30", "03:30"]


def test_that_an_inject_is_brought_forward_to_now(stage: Stage) -> None:
    stage.desk.wait_s(10)
    begin(stage)
    stage.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert stage.desk.executed == [PostponeInject(inject_key="turn", by_s=-80)]


def test_that_a_fired_inject_bears_its_time_and_moves_no_more(stage: Stage) -> None:
    begin(stage)
    stage.desk.say_event(InjectFired(inject_key="turn", type="wind"), "turn")
    assert rows(stage)[1][1] == stage.kit.wording.clock(stage.desk.clock.now_us())
    stage.press(Qt.Key.Key_D, CTRL)
    assert stage.desk.executed == []


def test_that_a_live_operation_runs_no_script(stage: Stage) -> None:
    stage.desk.show(stage.desk.situation.with_(mode="live"))
    begin(stage)
    assert [row[1] for row in rows(stage)] == ["not running", "not running"]
