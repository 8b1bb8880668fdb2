"""What passes at a place: found on the map, computed, shown; or said why not."""

import msgspec
import pyqtgraph as pg
import pytest
from immutables import Map
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.point_courses import course_at
from models.basics import LatLon, Wind
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import HazardInputError, Release
from models.operation.situation import Incident, Situation, Zone
from views.command.course_plot import CoursePlot
from views.command.point_sheet import PointSheet
from views.command.pointing import Pointing
from views.kit import ViewKit

HERE = LatLon(32.3, 118.9)
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D", source="M1")


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    found = next(iter(kit.desk.situation.incidents.values()))
    return msgspec.structs.replace(found, substance="chlorine", position=HERE)


def with_zone(kit: ViewKit, incident: Incident) -> Situation:
    release = Release(position=HERE, substance="chlorine", release_kg_s=2.0)
    result = ChosenModel().zone(release, WIND, (), "rural")
    zone = Zone(id="Z1", incident_id=incident.id, result=result, drawn_us=1, event_id="e")
    situation = kit.desk.situation
    return situation.with_(zones=situation.zones.set("Z1", zone))


def shown(backdrop: QWidget) -> str:
    return "\n".join(label.text() for label in backdrop.findChildren(QLabel))


def test_that_the_course_has_the_zone_s_own_inputs(kit: ViewKit, incident: Incident) -> None:
    situation = with_zone(kit, incident)
    course = course_at(situation, incident, LatLon(32.3, 118.91))
    zone = situation.zones["Z1"].result
    assert course.outdoor.inputs == zone.inputs
    assert course.outdoor.peak_ppm > 1


def test_that_without_a_model_s_zone_the_sheet_says_so(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    with pytest.raises(HazardInputError, match="zone"):
        course_at(kit.desk.situation, incident, HERE)
    PointSheet(kit, incident, HERE, "x", backdrop).show()
    assert "enter a rate first" in shown(backdrop)


def test_that_the_sheet_tells_both_airs_and_when_to_come_out(
    kit: ViewKit, incident: Incident, backdrop: QWidget, qtbot: QtBot
) -> None:
    kit.desk.situation = with_zone(kit, incident)  # type: ignore[misc]
    sheet = PointSheet(kit, incident, LatLon(32.3, 118.91), "School", backdrop)
    sheet.show()
    text = shown(sheet)
    assert "What passes at School" in text
    assert "come out and ventilate" in text
    assert "uncertain by far more" in text
    assert "no measurement" in text
    kit.translator.choose("zh")
    qtbot.waitUntil(lambda: "离开室内并通风" in shown(sheet))
    plot = sheet.findChild(CoursePlot)
    assert plot is not None
    qtbot.waitUntil(lambda: plot.height() >= plot.minimumHeight() >= 240)
    axis = plot.findChild(pg.PlotWidget).getAxis("bottom")
    assert axis.mapRectToScene(axis.boundingRect()).bottom() <= plot.height() + 1
    room = plot.parentWidget()
    assert room is not None
    assert room.height() >= plot.height()


def test_that_a_flammable_place_gets_no_time_to_come_out(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    incident = msgspec.structs.replace(incident, substance="LPG", cas="")
    release = Release(position=HERE, substance="LPG", release_kg_s=20.0)
    result = ChosenModel().zone(release, WIND, (), "rural")
    zone = Zone(id="Z1", incident_id=incident.id, result=result, drawn_us=1, event_id="e")
    kit.desk.situation = kit.desk.situation.with_(zones=Map({"Z1": zone}))  # type: ignore[misc]
    sheet = PointSheet(kit, incident, LatLon(32.3, 118.9012), "Gate", backdrop)
    sheet.show()
    text = shown(sheet)
    assert "NEVER HERE" in text
    assert "come out and ventilate" not in text
    assert "no toxic probit" in text
    assert "no advice to stay" in text


def test_that_upwind_is_nothing_by_the_model_and_not_called_clear(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.situation = with_zone(kit, incident)  # type: ignore[misc]
    sheet = PointSheet(kit, incident, LatLon(32.3, 118.8), "West", backdrop)
    sheet.show()
    assert "not the same as clear" in shown(sheet)


def test_that_the_place_is_the_one_pointed_at(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.situation = with_zone(kit, incident)  # type: ignore[misc]
    pointing = Pointing(kit, lambda: incident, lambda: backdrop)
    pointing.show_sheet()
    assert backdrop.findChild(QDialog) is None  # nobody is hit, nothing was pointed at
    pointing.on_map_clicked(LatLon(32.3, 118.91))
    pointing.show_sheet()
    assert "32.30000, 118.91000" in shown(backdrop)
