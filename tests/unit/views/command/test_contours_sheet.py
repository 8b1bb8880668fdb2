"""How sure the zone is, on the desk: run, progress, stop, table, and what it rests on."""

import msgspec
import pytest
from immutables import Map
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from models.basics import LatLon, Name, Wind
from models.hazard.ensemble.spread import MeasuredWind, default_spread
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Exposed, Release, ZoneResult
from models.operation.situation import Incident, Zone
from tests.unit.views.command.parts import button
from views.command.contours_sheet import ContoursSheet
from views.kit import ViewKit
from views.widgets.table_view import TableView

HERE = LatLon(32.3, 118.9)
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D", source="M1")
RELEASE = Release(position=HERE, substance="CO", release_kg_s=3.0, rate_assumed=True)


class Follower(QObject):
    """A follower that is told what to do."""

    progressed = Signal(str, int)
    ended = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.stopped: list[str] = []
        self.at: int | None = None

    def percent(self, _incident_id: str) -> int | None:
        return self.at

    def begin(self, incident_id: str) -> None:
        self.begun.append(incident_id)
        self.at = 0

    def cancel(self, incident_id: str) -> None:
        self.stopped.append(incident_id)


def contours(measured: MeasuredWind | None = None) -> ZoneResult:
    who = Exposed(
        key="V", name=Name(en="Village", zh="村"), type="village",
        position=LatLon(32.3, 118.905), people=320,
    )  # fmt: skip
    spread = default_spread(WIND, "rural", rate_assumed=True, measured=measured)
    return ensemble_zone(RELEASE, WIND, (who,), "rural", spread)


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    found = next(iter(kit.desk.situation.incidents.values()))
    stand(kit, found, None)
    return found


def stand(kit: ViewKit, incident: Incident, found: ZoneResult | None) -> None:
    result = ChosenModel().zone(RELEASE, WIND, (), "rural")
    zone = Zone(
        id="Z1", incident_id=incident.id, result=result, drawn_us=1, event_id="e", contours=found
    )
    kit.desk.show(kit.desk.situation.with_(zones=Map({"Z1": zone})))  # type: ignore[attr-defined]


def shown(sheet: QWidget) -> str:
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    for table in sheet.findChildren(TableView):
        model = table.model()
        texts += [
            str(model.index(r, c).data())
            for r in range(model.rowCount())
            for c in range(model.columnCount())
        ]
    return "\n".join(texts)


def test_that_a_run_shows_its_progress_and_can_be_stopped(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    follower = Follower()
    sheet = ContoursSheet(kit, incident, follower, backdrop)  # type: ignore[arg-type]
    sheet.show()
    assert "its inputs taken as exact" in shown(sheet)
    button(sheet, "contours-run").click()
    assert follower.begun == [incident.id]
    follower.at = 40
    follower.progressed.emit(incident.id, 40)
    bar = sheet.findChild(QProgressBar)
    assert bar is not None
    assert (bar.isVisible(), bar.value()) == (True, 40)
    button(sheet, "contours-cancel").click()
    assert follower.stopped == [incident.id]
    follower.at = None
    follower.ended.emit(incident.id, "cancelled")
    assert "no contours were drawn" in shown(sheet)
    assert bar.isHidden()


@pytest.mark.parametrize(("fault", "words"), [
    ("no_zone", "enter a rate first"), ("wind: odd", "could not be computed: wind: odd"),
])  # fmt: skip
def test_that_a_fault_is_said(
    kit: ViewKit, incident: Incident, backdrop: QWidget, fault: str, words: str
) -> None:
    follower = Follower()
    sheet = ContoursSheet(kit, incident, follower, backdrop)  # type: ignore[arg-type]
    follower.ended.emit("another", fault)
    follower.ended.emit(incident.id, fault)
    assert words in shown(sheet)


def test_that_the_contours_stand_in_the_table_with_what_they_rest_on(
    kit: ViewKit, incident: Incident, backdrop: QWidget, qtbot: QtBot
) -> None:
    sheet = ContoursSheet(kit, incident, Follower(), backdrop)  # type: ignore[arg-type]
    measured = MeasuredWind(direction_sd_deg=12, speed_log_sd=0.3, readings=60, span_s=590)
    stand(kit, incident, contours(measured))
    text = shown(sheet)
    assert "Routes and staging keep out of the 5 % contour" in text
    assert "Village" in text
    assert "320" in text
    assert "1000 runs (seed 1)" in text
    assert "60 readings of the last 10 min" in text
    assert "ASSUMED" not in text.split("Wind ±")[1].split("\n")[0]
    kit.translator.choose("zh")
    qtbot.waitUntil(lambda: "集结点避开 5 % 等值线" in shown(sheet))


def test_that_an_assumed_wind_is_said(kit: ViewKit, incident: Incident, backdrop: QWidget) -> None:
    stand(kit, incident, contours())
    sheet = ContoursSheet(kit, incident, None, backdrop)
    assert "ASSUMED from the table" in shown(sheet)
    assert button(sheet, "contours-run").isHidden()


def test_that_a_withdrawn_zone_s_contours_are_gone(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    stand(kit, incident, contours())
    zone = msgspec.structs.replace(kit.desk.situation.zones["Z1"], withdrawn_us=5)
    kit.desk.show(kit.desk.situation.with_(zones=Map({"Z1": zone})))  # type: ignore[attr-defined]
    assert "No contours stand" in shown(ContoursSheet(kit, incident, None, backdrop))
