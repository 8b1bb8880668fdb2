"""The alarm table: Enter acknowledges, H shelves; refusals are said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from models.operation.events.alarm import AlarmLatched, AlarmReturned
from tests.unit.views.small_park import ALARM, open_card, raise_alarm
from tests.unit.views.station_window import Stage, closes_and_frees
from views.watch.hold_sheet import HoldSheet, ServiceSheet
from views.watch.unit_sheet import UnitSheet


def row_of(stage: Stage) -> list[str]:
    model = stage.watch.alarms.view.model()
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def choose_row(stage: Stage) -> None:
    stage.watch.alarms.view.setFocus()
    stage.watch.alarms.view.selectRow(0)


def sheet_of(stage: Stage) -> HoldSheet:
    sheet = stage.window.findChild(HoldSheet)
    assert sheet is not None
    return sheet


def fill(sheet: HoldSheet, **texts: str) -> None:
    for name, text in texts.items():
        line = sheet.findChild(QLineEdit, f"field-{name}")
        assert line is not None, name
        line.setText(text)


def test_that_enter_acknowledges_the_row_and_opens_no_incident(stage: Stage) -> None:
    open_card(stage.desk)
    choose_row(stage)
    stage.press(Qt.Key.Key_Return)
    assert stage.desk.situation.alarms[ALARM].state == "acknowledged"
    assert not stage.desk.situation.incidents
    assert row_of(stage)[2] == "acked"


def test_that_an_alarm_that_returned_unseen_stays_until_acknowledged(stage: Stage) -> None:
    raise_alarm(stage.desk)
    stage.desk.say_event(AlarmReturned(value=0.4), ALARM)
    assert row_of(stage)[2] == "returned"
    choose_row(stage)
    stage.press(Qt.Key.Key_Return)
    assert stage.watch.alarms.view.model().rowCount() == 0


def test_that_h_shelves_the_row_with_reason_and_minutes(stage: Stage) -> None:
    key = raise_alarm(stage.desk, tag="LT-9", limit="H", priority=3)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    sheet = sheet_of(stage)
    fill(sheet, reason="液位计检修")
    minutes = sheet.findChild(QSpinBox, "field-minutes")
    assert minutes is not None
    minutes.setValue(45)
    sheet.accept()
    alarm = stage.desk.situation.alarms[key]
    assert (alarm.state, alarm.reason) == ("shelved", "液位计检修")
    assert alarm.shelved_until_us == stage.desk.clock.now_us() + 45 * 60_000_000
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    again = next(s for s in stage.window.findChildren(HoldSheet) if s is not sheet)
    fill(again, reason="检修完毕")
    again.accept()
    assert stage.desk.situation.alarms[key].state == "unacknowledged"


def test_that_a_refused_shelving_is_said(stage: Stage) -> None:
    raise_alarm(stage.desk, tag="LT-9", limit="H", priority=3)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    sheet_of(stage).accept()
    assert [notice.code for notice in stage.desk.said] == ["reason_missing"]


@pytest.mark.parametrize("key", [Qt.Key.Key_H, Qt.Key.Key_O])
@pytest.mark.parametrize("role", ["officer", "duty_leader"])
def test_that_an_alarm_that_guards_lives_needs_the_duty_leader(
    stage: Stage, role: str, key: Qt.Key
) -> None:
    stage.desk.role = role
    raise_alarm(stage.desk)
    choose_row(stage)
    stage.press(key)
    sheet = sheet_of(stage)
    fill(sheet, reason="标定")
    leaders = sheet.findChild(QComboBox, "field-approved_by")
    assert (leaders is not None) == (role == "officer")
    if leaders is not None:
        assert [leaders.itemText(i) for i in range(leaders.count())] == ["Wang Jianguo"]
    minutes = sheet.findChild(QSpinBox, "field-minutes")
    assert minutes is not None
    assert minutes.maximum() == 60
    sheet.accept()
    alarm = stage.desk.situation.alarms[ALARM]
    assert alarm.state == ("shelved" if key == Qt.Key.Key_H else "out_of_service")
    assert alarm.holds[0].approved_by == ("P-1" if role == "officer" else "")


def test_that_without_a_leader_it_is_refused(stage: Stage) -> None:
    stage.desk.role = "officer"
    raise_alarm(stage.desk)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    sheet = sheet_of(stage)
    leaders = sheet.findChild(QComboBox, "field-approved_by")
    assert leaders is not None
    leaders.clear()
    fill(sheet, reason="标定")
    sheet.accept()
    assert [notice.code for notice in stage.desk.said] == ["duty_leader_needed"]


def test_that_o_takes_out_of_service_and_says_why_until_it_is_back(stage: Stage) -> None:
    key = raise_alarm(stage.desk, tag="LT-9", limit="H", priority=3)
    choose_row(stage)
    stage.press(Qt.Key.Key_O)
    sheet = sheet_of(stage)
    fill(sheet, reason="校验")
    sheet.accept()
    assert row_of(stage)[2] == "out of service"
    model = stage.watch.alarms.view.model()
    tip = str(model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert "out of service: 校验" in tip
    assert "until" in tip
    choose_row(stage)
    stage.press(Qt.Key.Key_O)
    next(s for s in stage.window.findChildren(ServiceSheet) if s is not sheet).accept()
    assert stage.desk.situation.alarms[key].state == "unacknowledged"


def test_that_r_resets_a_latched_alarm(stage: Stage) -> None:
    raise_alarm(stage.desk)
    choose_row(stage)
    stage.press(Qt.Key.Key_R)
    assert [notice.code for notice in stage.desk.said] == ["nothing_to_reset"]
    stage.desk.say_event(AlarmLatched(value=0.4), ALARM)
    assert row_of(stage)[2] == "latched, unack"
    choose_row(stage)
    stage.press(Qt.Key.Key_R)
    assert stage.desk.situation.alarms[ALARM].state == "returned_unacknowledged"


def test_that_u_says_what_the_unit_is_doing(stage: Stage) -> None:
    raise_alarm(stage.desk)
    unit = stage.desk.situation.alarms[ALARM].hazard_source_key
    choose_row(stage)
    stage.press(Qt.Key.Key_U)
    sheet = stage.window.findChild(UnitSheet)
    assert sheet is not None
    states = sheet.findChild(QComboBox, "field-state")
    assert states is not None
    states.setCurrentIndex(states.findData("shutdown"))
    line = sheet.findChild(QLineEdit, "field-reason")
    assert line is not None
    line.setText("检修")
    sheet.accept()
    assert stage.desk.situation.plant_states[unit].state == "shutdown"


def test_that_shelving_without_a_row_says_what_is_missing(stage: Stage) -> None:
    stage.press(Qt.Key.Key_H)
    assert [notice.code for notice in stage.desk.said] == ["alarm_needed"]


def test_that_the_sheet_is_freed_after_closing(stage: Stage, qtbot: QtBot) -> None:
    raise_alarm(stage.desk)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    closes_and_frees(qtbot, sheet_of(stage))
