"""An incident without a place gets one: by the sheet, and by a click on the map."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.commands.call import KeepCallDraft, StartCall
from app.commands.incident import OpenIncidentFromCall
from app.commands.place import LocateIncident
from models.basics import LatLon
from models.operation.situation import Incident
from tests.unit.views.small_park import PLACE
from tests.unit.views.station_window import Stage, closes_and_frees
from views.command.place_sheet import PlaceSheet


@pytest.fixture
def incident(stage: Stage) -> Incident:
    desk = stage.desk
    desk.execute(StartCall("K1"))
    desk.execute(KeepCallDraft("K1", {"place": "仓库那边", "kind": "毒气泄漏"}))
    desk.execute(OpenIncidentFromCall("K1"))
    (found,) = desk.situation.incidents.values()
    stage.open("command")
    stage.command.show_incident(found.id)
    return found


def now(stage: Stage) -> Incident:
    (found,) = stage.desk.situation.incidents.values()
    return found


def sheet_of(stage: Stage) -> PlaceSheet:
    sheets = [each for each in stage.window.findChildren(PlaceSheet) if each.isVisible()]
    assert len(sheets) == 1
    return sheets[0]


def enter(stage: Stage) -> None:
    QTest.keyClick(sheet_of(stage), Qt.Key.Key_Return)


def type_query(sheet: PlaceSheet, text: str) -> None:
    query = sheet.findChild(QLineEdit, "field-query")
    assert query is not None
    query.setText(text)
    query.textEdited.emit(text)


def test_that_an_incident_without_a_place_says_so_and_which_key_sets_it(
    stage: Stage, incident: Incident
) -> None:
    assert incident.position is None
    assert "no position: set it (P)" in stage.texts(stage.command.facts)


@pytest.mark.usefixtures("incident")
@pytest.mark.parametrize("typed", ["液氯汽化器", "ylqhq", "yelvqihuaqi", "HS1"])
def test_that_the_place_is_set_by_name_initials_pinyin_or_code(stage: Stage, typed: str) -> None:
    placed: list[LatLon] = []
    stage.command.located.connect(placed.append)
    stage.press(Qt.Key.Key_P)
    sheet = sheet_of(stage)
    type_query(sheet, typed)
    assert "Chlorine vaporiser" in sheet.findChild(QPushButton, "place-0").text()  # type: ignore[union-attr]
    enter(stage)
    found = now(stage)
    assert (found.position, found.hazard_source_key) == (PLACE, "HS1")
    assert found.substance == "chlorine"
    (circle,) = stage.desk.situation.zones.values()
    assert circle.result.origin == PLACE
    assert placed == [PLACE]
    assert "Chlorine vaporiser" in stage.texts(stage.command.facts)


@pytest.mark.usefixtures("incident")
def test_that_coordinates_set_the_place_and_a_correction_marks_the_old_circle(
    stage: Stage,
) -> None:
    stage.press(Qt.Key.Key_P)
    type_query(sheet_of(stage), "32.002, 118.003")
    enter(stage)
    assert now(stage).position == LatLon(32.002, 118.003)
    stage.press(Qt.Key.Key_P)
    sheet = sheet_of(stage)
    type_query(sheet, "32.01N 118.003E")
    enter(stage)
    zones = sorted(stage.desk.situation.zones.values(), key=lambda zone: zone.id)
    assert [zone.out_of_date[:5] for zone in zones] == ["moved", ""]
    assert zones[1].result.origin == LatLon(32.01, 118.003)
    assert now(stage).place.zh == "仓库那边"
    stage.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert stage.window.findChild(QLineEdit) is not None


@pytest.mark.usefixtures("incident")
def test_that_nothing_is_set_while_nothing_is_found(stage: Stage) -> None:
    stage.press(Qt.Key.Key_P)
    sheet = sheet_of(stage)
    type_query(sheet, "qqqqqqq")
    button = sheet.findChild(QPushButton, "place-set")
    assert button is not None
    assert not button.isEnabled()
    enter(stage)
    assert now(stage).position is None


@pytest.mark.usefixtures("incident")
def test_that_a_click_on_the_map_is_the_place_once_it_was_asked_for(stage: Stage) -> None:
    locating = stage.command.locating
    locating.on_map_clicked(LatLon(1.0, 2.0))
    assert not stage.window.findChildren(PlaceSheet)
    stage.press(Qt.Key.Key_P)
    pick = sheet_of(stage).findChild(QPushButton, "place-pick")
    assert pick is not None
    pick.click()
    assert locating.is_picking
    assert "pick_on_map" in stage.desk.codes
    locating.on_map_clicked(LatLon(32.001, 118.002))
    assert not locating.is_picking
    sheet = sheet_of(stage)
    assert "32.00100, 118.00200" in sheet.findChild(QPushButton, "place-0").text()  # type: ignore[union-attr]
    query = sheet.findChild(QLineEdit, "field-query")
    assert query is not None
    query.setText("东门外堆场")
    enter(stage)
    found = now(stage)
    assert (found.position, found.place.zh) == (LatLon(32.001, 118.002), "东门外堆场")
    (command,) = [c for c in stage.desk.executed if isinstance(c, LocateIncident)]
    assert command.how == "map"


@pytest.mark.usefixtures("incident")
def test_that_a_clicked_symbol_of_the_registry_is_the_place(stage: Stage) -> None:
    locating = stage.command.locating
    stage.press(Qt.Key.Key_P)
    sheet_of(stage).findChild(QPushButton, "place-pick").click()  # type: ignore[union-attr]
    locating.on_map_selected(SimpleNamespace(kind="incidents", key="x"))
    assert locating.is_picking
    locating.on_map_selected(SimpleNamespace(kind="hazard-sources", key="HS1"))
    enter(stage)
    assert now(stage).hazard_source_key == "HS1"


@pytest.mark.usefixtures("incident")
def test_that_a_read_that_ends_after_the_sheet_has_gone_does_nothing(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.press(Qt.Key.Key_P)
    sheet = sheet_of(stage)
    stage.desk.hold = True
    type_query(sheet, "HS1")
    closes_and_frees(qtbot, sheet)
    stage.desk.held[-1].end()
    assert now(stage).position is None
