"""Who has the watch: proposed by the roster, taken by Enter, never in the way of an alarm."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from models.operation.events.operation import ShiftTaken
from models.operation.handover import document_sha256, open_items
from models.times import HOUR_US
from tests.unit.views.small_park import CARD, open_card, raise_alarm, rows
from tests.unit.views.station_window import Stage, freed
from tests.unit.views.told_desk import START_US
from views.shift.document_sheet import DocumentSheet, in_groups
from views.shift.roster import Rostered, rostered
from views.shift.sheet import ShiftSheet
from views.tools.preview_desk import FixedReference


def sheet_of(stage: Stage) -> ShiftSheet:
    sheet = stage.shift.sheet
    assert sheet is not None
    return sheet


def combo(stage: Stage, name: str) -> QComboBox:
    found = sheet_of(stage).findChild(QComboBox, name)
    assert found is not None, name
    return found


def reason(stage: Stage) -> QLineEdit:
    found = sheet_of(stage).findChild(QLineEdit, "shift-reason")
    assert found is not None
    return found


def test_that_the_roster_names_the_leader_of_the_running_shift() -> None:
    reference = FixedReference({k: {r.key: r for r in each} for k, each in rows().items()})
    assert rostered(reference, START_US) == Rostered("P-1", "duty_leader", "A")
    after = rostered(reference, START_US + 9 * HOUR_US)
    assert after == Rostered("P-1", "duty_leader", "")
    assert rostered(FixedReference(), START_US) == Rostered()


def test_that_enter_takes_the_watch_as_rostered(stage: Stage) -> None:
    stage.shift.ask()
    assert combo(stage, "shift-person").currentText() == "Wang Jianguo"
    stage.press(Qt.Key.Key_Return)
    shift = stage.desk.situation.shift
    assert shift is not None
    assert (shift.person, shift.role, shift.shift) == ("王建国", "duty_leader", "甲班")
    assert (stage.desk.actor, stage.desk.role) == ("王建国@preview", "duty_leader")
    assert stage.desk.told[-1].actor == "王建国@preview"
    assert stage.shift.sheet is None
    assert "Shift A Wang Jianguo" in stage.texts(stage.window.top_bar)


def test_that_escape_leaves_it_and_acts_bear_the_desks_name(stage: Stage) -> None:
    stage.shift.ask()
    stage.press(Qt.Key.Key_Escape)
    assert stage.shift.sheet is None
    assert stage.desk.situation.shift is None
    assert stage.desk.actor == "preview"


def test_that_an_alarms_keys_do_not_wait_for_the_sheet(stage: Stage) -> None:
    stage.shift.ask()
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_Return)
    assert stage.desk.situation.cards[CARD].result == "real"
    assert len(stage.desk.situation.incidents) == 1
    assert stage.shift.sheet is not None


def test_that_the_sheet_does_not_take_the_keyboard_from_a_standing_alarm(stage: Stage) -> None:
    open_card(stage.desk)
    stage.shift.ask()
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_Return)
    assert len(stage.desk.situation.incidents) == 1
    assert stage.desk.situation.shift is None


def test_that_an_alarm_does_not_take_the_keyboard_from_who_types(stage: Stage) -> None:
    stage.shift.ask()
    person = combo(stage, "shift-person")
    person.setFocus()
    person.clearEditText()
    stage.type("Li ")
    open_card(stage.desk)
    stage.desk.executed.clear()
    stage.type("Ma")
    assert person.currentText() == "Li Ma"
    assert stage.desk.executed == []
    sheet_of(stage)._later.setFocus()
    raise_alarm(stage.desk, limit="H")
    assert stage.window.central.hasFocus()


def test_that_escape_leads_back_to_the_line_that_was_written(stage: Stage) -> None:
    stage.press(Qt.Key.Key_N)
    stage.type("Zh")
    stage.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    stage.press(Qt.Key.Key_Escape)
    assert stage.shift.sheet is None
    stage.type("ao")
    line = stage.watch.call.findChild(QLineEdit, "call-caller")
    assert line is not None
    assert line.text() == "Zhao"


def test_that_ctrl_g_asks_and_a_takeover_needs_a_reason(stage: Stage) -> None:
    stage.desk.say_event(ShiftTaken(person="赵海", role="officer", shift="丁班"), "shift")
    stage.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert "赵海 has had the watch" in stage.texts(sheet_of(stage))
    assert reason(stage).isVisible()
    assert reason(stage).text() == "change of shift by the roster"
    reason(stage).clear()
    sheet_of(stage).take()
    assert stage.desk.refused == ["takeover_reason_missing"]
    assert stage.desk.actor == "preview"
    reason(stage).setText("突发不适")
    sheet_of(stage).take()
    shift = stage.desk.situation.shift
    assert shift is not None
    assert (shift.person, shift.takeover_reason) == ("王建国", "突发不适")


def test_that_the_same_person_takes_it_again_without_a_reason(stage: Stage) -> None:
    stage.desk.say_event(ShiftTaken(person="王建国", role="duty_leader", shift="甲班"), "shift")
    stage.shift.ask()
    assert not reason(stage).isVisible()
    stage.press(Qt.Key.Key_Return)
    assert stage.desk.actor == "王建国@preview"
    assert stage.shift.sheet is None


@pytest.mark.parametrize(("typed", "role"), [("李敏", "officer"), ("Somebody", "duty_leader")])
def test_that_the_role_follows_the_person(stage: Stage, typed: str, role: str) -> None:
    stage.shift.ask()
    name = "Li Min" if typed == "李敏" else typed
    combo(stage, "shift-person").setEditText(name)
    assert combo(stage, "shift-role").isEnabled() == (typed == "Somebody")
    assert combo(stage, "shift-role").currentData() == role
    sheet_of(stage).take()
    shift = stage.desk.situation.shift
    assert shift is not None
    assert (shift.person, shift.role) == (typed, role)


def test_that_the_sheet_goes_when_the_watch_was_taken_elsewhere(stage: Stage, qtbot: QtBot) -> None:
    stage.shift.ask()
    sheet = sheet_of(stage)
    taken = ShiftTaken(person="赵海", role="officer", shift="丁班")
    freed(qtbot, sheet, lambda: stage.desk.say_event(taken, "shift"))
    assert stage.shift.sheet is None


def test_that_the_watch_can_be_taken_without_asking(stage: Stage) -> None:
    stage.shift.take_as_rostered()
    assert stage.desk.actor == "王建国@preview"


def test_that_a_takeover_in_mid_incident_hands_everything_over_with_a_document(
    stage: Stage,
) -> None:
    """Situation 7: three unowned items fall to who takes over; alarms and clocks go on."""
    desk = stage.desk
    desk.say_event(ShiftTaken(person="赵海", role="officer", shift="丁班"), "shift")
    open_card(desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    before = desk.situation
    stage.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    sheet_of(stage).take()
    after = desk.situation
    handover = after.handover
    assert handover is not None
    assert (handover.outgoing, handover.incoming) == ("赵海", "王建国")
    assert handover.sha256 == document_sha256(handover.document)
    items = open_items(after)
    assert {item.kind for item in items} >= {"incident", "task", "alarm", "clock"}
    assert {item.owner for item in items} == {"王建国"}
    assert after.alarms == before.alarms
    assert after.report_clocks == before.report_clocks
    assert "handed_over" in desk.codes
    stage.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    sheet = stage.window.findChild(DocumentSheet)
    assert sheet is not None
    which = sheet.findChild(QComboBox, "handover-which")
    text = sheet.findChild(QPlainTextEdit, "handover-text")
    assert which is not None
    assert text is not None
    assert "To: —" in text.toPlainText()
    which.setCurrentIndex(1)
    assert text.toPlainText() == handover.document.en
    assert in_groups(handover.sha256) in stage.texts(sheet)


def test_that_a_preview_written_after_the_sheet_has_gone_does_nothing(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.desk.hold = True
    stage.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    sheet = stage.window.findChild(DocumentSheet)
    assert sheet is not None
    freed(qtbot, sheet, sheet.close)
    stage.desk.held[-1].end()
