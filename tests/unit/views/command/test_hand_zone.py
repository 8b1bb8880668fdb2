"""A zone drawn by hand on the desk: drawn first, asked about, on record only with a basis."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QInputDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.commands.drawing import AddDrawing
from app.commands.zone import DrawZone
from maps.drawing import MapObject
from models.basics import LatLon, Wind
from models.operation.events.zone import ZoneWentOutOfDate
from models.operation.situation import Incident
from models.operation.sketch import Sketch
from tests.unit.app.given import square
from tests.unit.views.command.parts import button
from tests.unit.views.small_park import PLACE, open_card
from tests.unit.views.station_window import Stage, closes_and_frees, settle
from views.actions import ActionSpec
from views.command.choice_sheet import ChoiceSheet
from views.command.hand_zone_sheet import HandZoneSheet
from views.event_lines import EventLines
from views.widgets.dialog import SheetDialog

CTRL = Qt.KeyboardModifier.ControlModifier
TAKEN: list[bool] = []
AREA = Sketch(shape="polygon", points=square(PLACE), label="gate")


@pytest.fixture
def incident(stage: Stage) -> Incident:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    (found,) = stage.desk.situation.incidents.values()
    tool = ActionSpec("draw.polygon", lambda: "", lambda: TAKEN.append(True))
    TAKEN.clear()
    stage.kit.actions.add(tool)
    return found


def draw(stage: Stage, incident: Incident, sketch: Sketch = AREA) -> str:
    (event,) = stage.desk.execute(AddDrawing(incident.id, sketch)).result()
    return str(event.subject)


def ask(stage: Stage) -> HandZoneSheet | None:
    settle()
    stage.press(Qt.Key.Key_Y, CTRL)
    return stage.window.findChild(HandZoneSheet)


def enter(stage: Stage) -> None:
    """Press Enter in the sheet, as in the line or list that has the focus there."""
    sheet = stage.window.findChild(SheetDialog)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    settle()


def sheet_of(stage: Stage) -> HandZoneSheet:
    sheet = ask(stage)
    assert sheet is not None
    return sheet


def line(sheet: HandZoneSheet, name: str) -> QLineEdit:
    found = sheet.findChild(QLineEdit, f"field-{name}")
    assert found is not None
    return found


def combo(sheet: HandZoneSheet, name: str) -> QComboBox:
    found = sheet.findChild(QComboBox, f"field-{name}")
    assert found is not None
    return found


def words(sheet: HandZoneSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def zones_by_hand(stage: Stage) -> list[DrawZone]:
    executed = [each for each in stage.desk.executed if isinstance(each, DrawZone)]
    return [each for each in executed if each.result.kind == "drawn"]


def test_that_an_area_goes_on_record_as_a_zone_with_level_basis_and_substance(
    stage: Stage, incident: Incident
) -> None:
    drawing = draw(stage, incident)
    shown: list[object] = []
    stage.command.previewed.connect(shown.append)
    sheet = sheet_of(stage)
    assert not button(sheet, "hand-zone-do").isEnabled()
    assert len(shown) == 1
    combo(sheet, "level").setCurrentIndex(1)
    assert line(sheet, "substance").text() == incident.substance
    line(sheet, "basis").setText("2 ppm measured")
    enter(stage)
    (command,) = zones_by_hand(stage)
    assert shown[-1] == ()
    said = {each.name: str(each.value) for each in command.result.inputs}
    assert said["basis"] == "2 ppm measured"
    assert said["drawing"].startswith(drawing)
    assert said["substance"] == incident.substance
    assert [level.severity for level in command.result.levels] == [2]
    standing = [z for z in stage.desk.situation.zones.values() if z.result.kind == "drawn"]
    assert [zone.result for zone in standing] == [command.result]


def test_that_facts_and_log_say_that_it_stands_on_what_and_that_it_follows_no_wind(
    stage: Stage, incident: Incident
) -> None:
    draw(stage, incident)
    line(sheet_of(stage), "basis").setText("2 ppm measured")
    enter(stage)
    shown = stage.texts(stage.command.facts)
    assert "drawn by hand" in shown
    assert "2 ppm measured · doesn't follow the wind\nRed: life-threatening" in shown
    lines = EventLines(stage.desk, stage.kit.wording)
    told = [lines.line(event) for event in stage.desk.told]
    assert any("drawn by hand" in text and "2 ppm measured" in text for text in told)


def test_that_without_an_area_it_is_drawn_first_and_asked_about_then(
    stage: Stage, incident: Incident
) -> None:
    put_down: list[bool] = []
    stage.command.given.outline_taken.connect(lambda: put_down.append(True))
    draw(stage, incident, Sketch(shape="line", points=square(PLACE)))
    assert ask(stage) is None
    assert "draw_the_zone" in stage.desk.codes
    assert TAKEN == [True]
    draw(stage, incident, Sketch(shape="point", points=(PLACE,)))
    settle()
    assert stage.window.findChild(HandZoneSheet) is None
    drawing = draw(stage, incident)
    settle()
    sheet = stage.window.findChild(HandZoneSheet)
    assert sheet is not None
    assert put_down == [True]
    assert combo(sheet, "area").currentData() == drawing


def test_that_another_outline_can_be_asked_for(stage: Stage, incident: Incident) -> None:
    first = draw(stage, incident)
    button(sheet_of(stage), "hand-zone-anew").click()
    settle()
    second = draw(stage, incident, Sketch(shape="circle", points=(PLACE,), radius_m=100.0))
    settle()
    sheet = stage.window.findChild(HandZoneSheet)
    assert sheet is not None
    areas = combo(sheet, "area")
    assert [areas.itemData(i) for i in range(areas.count())] == [second, first]


def test_that_the_area_chosen_on_the_map_comes_first(stage: Stage, incident: Incident) -> None:
    first = draw(stage, incident)
    draw(stage, incident)
    stage.command.given.on_map_selected(MapObject("drawings", first))
    assert combo(sheet_of(stage), "area").currentData() == first


def test_that_waiting_ends_with_time(stage: Stage, incident: Incident) -> None:
    assert ask(stage) is None
    stage.desk.tick(601_000_000)
    draw(stage, incident)
    settle()
    assert stage.window.findChild(HandZoneSheet) is None


def test_that_ground_too_far_away_is_refused_with_the_reason(
    stage: Stage, incident: Incident
) -> None:
    place = LatLon(PLACE.lat_deg + 5.0, PLACE.lon_deg)
    draw(stage, incident, Sketch(shape="polygon", points=square(place)))
    sheet = sheet_of(stage)
    line(sheet, "basis").setText("x")
    assert "This can be no zone" in words(sheet)
    assert not button(sheet, "hand-zone-do").isEnabled()


def test_that_the_sheet_says_whether_anybody_may_shelter_inside(
    stage: Stage, incident: Incident
) -> None:
    draw(stage, incident)
    sheet = sheet_of(stage)
    line(sheet, "substance").setText("chlorine")
    line(sheet, "substance").editingFinished.emit()
    assert "advice may be to shelter" in words(sheet)
    line(sheet, "substance").setText("")
    line(sheet, "substance").editingFinished.emit()
    assert "nobody is advised to shelter" in words(sheet)


def test_that_a_replay_draws_nothing(stage: Stage, incident: Incident) -> None:
    draw(stage, incident)
    sheet = sheet_of(stage)
    stage.desk.enter_replay()
    assert not sheet.isVisible()
    stage.command.given.show_hand_sheet()
    assert stage.desk.codes[-1] == "replay_is_read_only"
    stage.desk.leave_replay()


def test_that_it_is_withdrawn_by_choice_and_with_a_reason(stage: Stage, incident: Incident) -> None:
    draw(stage, incident)
    line(sheet_of(stage), "basis").setText("2 ppm measured")
    enter(stage)
    settle()
    (zone,) = [z for z in stage.desk.situation.zones.values() if z.result.kind == "drawn"]
    stage.press(Qt.Key.Key_W, CTRL)
    assert stage.window.findChild(QInputDialog, "ask-text") is None
    choice = stage.window.findChild(ChoiceSheet)
    assert choice is not None
    assert "drawn by hand · Red: life-threatening" in combo_text(choice)
    reason = choice.findChild(QLineEdit, "field-reason")
    assert reason is not None
    reason.setText("measured clear")
    choice.accept()
    assert stage.desk.situation.zones[zone.id].withdrawn_us is not None
    assert "drawn by hand" not in stage.texts(stage.command.facts)
    stage.command._withdrawing.ask()
    assert stage.desk.codes[-1] == "nothing_to_withdraw"


def combo_text(sheet: ChoiceSheet) -> str:
    found = sheet.findChild(QComboBox, "field-choice")
    assert found is not None
    return found.currentText()


def test_that_the_sheet_is_freed_after_closing(
    stage: Stage, incident: Incident, qtbot: QtBot
) -> None:
    draw(stage, incident)
    closes_and_frees(qtbot, sheet_of(stage))
    stage.desk.publish_again("drawings")


def test_that_out_of_date_zones_are_one_choice_beside_what_was_drawn(
    stage: Stage, incident: Incident
) -> None:
    draw(stage, incident)
    line(sheet_of(stage), "basis").setText("2 ppm measured")
    enter(stage)
    old = next(z for z in stage.desk.situation.zones.values() if z.result.kind != "drawn")
    turned = Wind(from_deg=10, speed_m_s=2, stability="D", source="mast")
    stage.desk.say_event(ZoneWentOutOfDate(wind=turned, reason="turn:40"), old.id)
    stage.press(Qt.Key.Key_W, CTRL)
    choice = stage.window.findChild(ChoiceSheet)
    assert choice is not None
    assert combo_text(choice) == "1 zone out of date"
    reason = choice.findChild(QLineEdit, "field-reason")
    assert reason is not None
    reason.setText("the new one stands")
    choice.accept()
    zones = stage.desk.situation.zones
    assert zones[old.id].withdrawn_us is not None
    assert [z.withdrawn_us for z in zones.values() if z.result.kind == "drawn"] == [None]


def test_that_an_empty_basis_draws_nothing(stage: Stage, incident: Incident) -> None:
    draw(stage, incident)
    sheet = sheet_of(stage)
    line(sheet, "basis").setText("   ")
    sheet._on_do()
    assert zones_by_hand(stage) == []
