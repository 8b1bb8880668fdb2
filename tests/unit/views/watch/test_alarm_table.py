"""The alarm table: Enter acknowledges, H shelves; refusals are said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from models.operation.events.alarm import AlarmReturned
from tests.unit.views.small_park import ALARM, open_card, raise_alarm
from tests.unit.views.station_window import Stage, closes_and_frees
from views.watch.shelve_sheet import ShelveSheet


def row_of(stage: Stage) -> list[str]:
    model = stage.watch.alarms.view.model()
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def choose_row(stage: Stage) -> None:
    stage.watch.alarms.view.setFocus()
    stage.watch.alarms.view.selectRow(0)


def sheet_of(stage: Stage) -> ShelveSheet:
    sheet = stage.window.findChild(ShelveSheet)
    assert sheet is not None
    return sheet


def fill(sheet: ShelveSheet, **texts: str) -> None:
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
    again = next(s for s in stage.window.findChildren(ShelveSheet) if s is not sheet)
    fill(again, reason="检修完毕")
    again.accept()
    assert stage.desk.situation.alarms[key].state == "unacknowledged"


def test_that_a_refused_shelving_is_said(stage: Stage) -> None:
    raise_alarm(stage.desk, tag="LT-9", limit="H", priority=3)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    sheet_of(stage).accept()
    assert [notice.code for notice in stage.desk.said] == ["reason_missing"]


@pytest.mark.parametrize(("role", "allowed_by", "state"), [
    ("officer", "", "unacknowledged"),
    ("officer", "王建国", "shelved"),
    ("duty_leader", "", "shelved"),
])  # fmt: skip
def test_that_an_alarm_that_guards_lives_needs_the_duty_leader(
    stage: Stage, role: str, allowed_by: str, state: str
) -> None:
    stage.desk.role = role
    raise_alarm(stage.desk)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    sheet = sheet_of(stage)
    fill(sheet, reason="标定")
    if allowed_by:
        fill(sheet, approved_by=allowed_by)
    assert (sheet.findChild(QLineEdit, "field-approved_by") is not None) == (role == "officer")
    sheet.accept()
    assert stage.desk.situation.alarms[ALARM].state == state


def test_that_shelving_without_a_row_says_what_is_missing(stage: Stage) -> None:
    stage.press(Qt.Key.Key_H)
    assert [notice.code for notice in stage.desk.said] == ["alarm_needed"]


def test_that_the_sheet_is_freed_after_closing(stage: Stage, qtbot: QtBot) -> None:
    raise_alarm(stage.desk)
    choose_row(stage)
    stage.press(Qt.Key.Key_H)
    closes_and_frees(qtbot, sheet_of(stage))
