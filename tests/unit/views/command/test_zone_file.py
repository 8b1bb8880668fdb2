"""A zone out of ALOHA's file on the desk: shown first, levels chosen, on record by Enter."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.commands.zone import DrawZone
from models.hazard.ground import circle
from models.hazard.ports import ZoneResult
from models.operation.situation import Incident
from tests.unit.app.exchange.aloha.files import document, polygon, usual, write
from tests.unit.views.small_park import PLACE, open_card
from tests.unit.views.station_window import Stage, closes_and_frees, settle
from views.command.zone_file_sheet import ZoneFileSheet
from views.event_lines import EventLines
from views.faces.places import overlapping
from views.widgets.dialog import SheetDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def incident(stage: Stage) -> Incident:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    (found,) = stage.desk.situation.incidents.values()
    return found


def enter(stage: Stage) -> None:
    """Press Enter in the sheet, as in the line or list that has the focus there."""
    sheet = stage.window.findChild(SheetDialog)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    settle()


def sheet_of(stage: Stage, path: Path) -> ZoneFileSheet:
    stage.command.given.check(str(path))
    settle()
    sheet = stage.window.findChild(ZoneFileSheet)
    assert sheet is not None
    return sheet


def combos(sheet: ZoneFileSheet) -> list[QComboBox]:
    return sheet.findChildren(QComboBox)


def do(sheet: ZoneFileSheet) -> QPushButton:
    found = sheet.findChild(QPushButton, "zone-file-do")
    assert found is not None
    return found


def words(sheet: ZoneFileSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def imported(stage: Stage) -> list[DrawZone]:
    executed = [each for each in stage.desk.executed if isinstance(each, DrawZone)]
    return [each for each in executed if each.result.kind == "imported"]


def test_that_ctrl_i_asks_for_a_file(stage: Stage, incident: Incident, qtbot: QtBot) -> None:
    settle()
    stage.press(Qt.Key.Key_I, CTRL)
    dialog = stage.window.findChild(QFileDialog, "zone-file")
    assert dialog is not None
    assert dialog.nameFilters() == ["Threat zones of ALOHA (*.kml *.kmz)"]
    dialog.reject()


def test_that_enter_records_what_the_file_says(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    shown: list[tuple[ZoneResult, ...]] = []
    stage.command.previewed.connect(shown.append)
    sheet = sheet_of(stage, write(tmp_path, usual(PLACE)))
    assert [len(each) for each in shown] == [2]
    assert imported(stage) == []
    text = words(sheet)
    assert "run 7.kml · ALOHA · 4 outlines" in text
    assert "Chemical Name: AMMONIA" in text
    assert "Red AEGL-3 (60 min) · 300" in text
    assert "Imported, not computed here" in text
    assert "doesn't follow the wind" in text
    assert [combo.currentData() for combo in combos(sheet)] == [1, 2, 3, 1]
    enter(stage)
    (command,) = imported(stage)
    assert shown[-1] == ()
    (zone,) = [z for z in stage.desk.situation.zones.values() if z.result.kind == "imported"]
    assert (zone.result, zone.contours) == (command.result, command.contours)
    assert zone.contours is not None


def test_that_facts_and_log_name_the_file(stage: Stage, incident: Incident, tmp_path: Path) -> None:
    sheet_of(stage, write(tmp_path, usual(PLACE)))
    enter(stage)
    shown = stage.texts(stage.command.facts)
    assert "ALOHA (imported)" in shown
    assert "run 7.kml · doesn't follow the wind" in shown
    lines = EventLines(stage.desk, stage.kit.wording)
    told = [lines.line(event) for event in stage.desk.told]
    assert any("ALOHA (imported)" in text and "run 7.kml" in text for text in told)


def test_that_a_level_the_file_does_not_tell_must_be_chosen(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    text = document(
        polygon("Evacuated", circle(PLACE, 300.0)), polygon("Orange", circle(PLACE, 500.0))
    )
    sheet = sheet_of(stage, write(tmp_path, text))
    open_, told = combos(sheet)
    assert (open_.currentText(), told.currentText()) == ("which level?", "Orange")
    assert told.findText("which level?") < 0
    assert not do(sheet).isEnabled()
    assert "choose it, or leave it out" in words(sheet)
    open_.setCurrentIndex(open_.findText("leave out"))
    assert do(sheet).isEnabled()
    open_.setCurrentIndex(open_.findText("Red"))
    do(sheet).click()
    (command,) = imported(stage)
    assert [level.severity for level in command.result.levels] == [3, 2]


def test_that_leaving_everything_out_is_no_zone(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    sheet = sheet_of(stage, write(tmp_path, usual(PLACE)))
    for combo in combos(sheet):
        combo.setCurrentIndex(combo.findText("leave out"))
    assert "no outline is taken" in words(sheet)
    assert not do(sheet).isEnabled()
    sheet.reject()
    assert imported(stage) == []


def test_that_a_broken_file_is_named_with_placemark_and_reason_and_nothing_is_stored(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    broken = document(polygon("Red", "118,32 x,y 118,33"))
    stage.command.given.check(str(write(tmp_path, broken)))
    notice = stage.desk.said[-1]
    assert notice.code == "zone_file_refused"
    assert "run 7.kml: placemark 1 “Red”: “x,y” is no position" in notice.detail
    assert stage.window.findChild(ZoneFileSheet) is None
    assert imported(stage) == []


def test_that_nothing_is_imported_without_an_open_incident_or_in_a_replay(
    stage: Stage, tmp_path: Path
) -> None:
    stage.open("command")
    stage.command.given.choose_file()
    assert stage.desk.codes[-1] == "incident_needed"
    stage.desk.enter_replay()
    stage.command.given.check(str(write(tmp_path, usual(PLACE))))
    assert stage.desk.codes[-1] == "replay_is_read_only"
    stage.desk.leave_replay()


def test_that_a_replay_and_another_incident_end_it(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    path = write(tmp_path, usual(PLACE))
    sheet = sheet_of(stage, path)
    stage.desk.enter_replay()
    assert not sheet.isVisible()
    stage.desk.leave_replay()
    stage.desk.hold = True
    stage.command.given.check(str(path))
    stage.command._incident_id = ""
    stage.desk.hold = False
    stage.desk.held.pop().end()
    assert stage.desk.codes[-1] == "incident_needed"


def test_that_the_sheet_is_freed_after_closing(
    stage: Stage, incident: Incident, qtbot: QtBot, tmp_path: Path
) -> None:
    closes_and_frees(qtbot, sheet_of(stage, write(tmp_path, usual(PLACE))))
    stage.desk.publish_again("zones")


def test_that_text_of_the_file_is_shown_as_text(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    name = "Red &lt;b&gt;bold&lt;/b&gt; &lt;img src='x.png'&gt; " + "very long " * 15
    sheet = sheet_of(stage, write(tmp_path, document(polygon(name, circle(PLACE, 300.0)))))
    (label,) = [each for each in sheet.findChildren(QLabel) if "<b>bold</b>" in each.text()]
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert not label.toolTip()
    assert label.wordWrap()


def test_that_the_sheet_grows_with_what_it_says(
    stage: Stage, incident: Incident, tmp_path: Path
) -> None:
    text = document(polygon("Evacuated", circle(PLACE, 300.0)))
    sheet = sheet_of(stage, write(tmp_path, text))
    (combo,) = combos(sheet)
    combo.setCurrentIndex(combo.findText("Red"))
    settle()
    layout = sheet.layout()
    assert layout is not None
    assert sheet.height() >= layout.totalHeightForWidth(sheet.width())
    assert not list(overlapping(sheet))
