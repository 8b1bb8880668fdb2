"""Domino on the desk: one key, a table worst first, into the log, onto the map."""

import msgspec
import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.commands.zone import DrawZone, RecordDomino
from app.fires import domino_tables
from models.basics import LatLon, Name, Wind
from models.hazard.fires import DominoTable
from models.operation.events import zone as zone_events
from models.operation.situation import Incident
from models.registry.kinds import HazardSource
from tests.unit.models.operation.test_domino_record import COOL, HIT, fire, table
from tests.unit.models.operation.test_reporting import _events
from views.command.domino_sheet import DominoSheet
from views.command.domino_words import DominoWords
from views.event_lines import EventLines
from views.kit import ViewKit
from views.tools.preview_desk import FixedReference
from views.widgets.table_view import TableView

HERE = LatLon(32.3, 118.9)
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D", source="M1")


def sources() -> dict[str, HazardSource]:
    sphere = HazardSource(
        key="Q-1", name=Name("球罐", "Sphere"), position=HERE, type="sphere", inventory_t=80.0,
        substance="propane", cas="74-98-6",
    )  # fmt: skip
    tank = HazardSource(
        key="T-1", name=Name("苯罐", "Benzene tank"), position=LatLon(32.3004, 118.9), type="tank",
        inventory_t=900.0, substance="benzene", cas="71-43-2",
    )  # fmt: skip
    column = msgspec.structs.replace(
        tank, key="D-1", name=Name("塔", "Column"), type="column", position=LatLon(32.304, 118.9)
    )
    beside = msgspec.structs.replace(
        tank, key="T-9", name=Name("甲苯罐", "Toluene tank"), position=LatLon(32.3039, 118.9)
    )
    return {row.key: row for row in (sphere, tank, column, beside)}


def put(kit: ViewKit, incident: Incident) -> None:
    kit.desk.situation = kit.desk.situation.with_(
        incidents=Map({incident.id: incident}), zones=Map(), masts=(WIND,)
    )
    kit.desk.live_situation = kit.desk.situation


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    found = msgspec.structs.replace(
        next(iter(kit.desk.situation.incidents.values())), hazard_source_key="Q-1",
        substance="propane", cas="74-98-6", position=HERE, incident_kind="flammable_leak",
        wind=(), domino=None,
    )  # fmt: skip
    kit.desk.reference = FixedReference({HazardSource.KIND: sources()})
    put(kit, found)
    return found


def opened(kit: ViewKit, incident: Incident, backdrop: QWidget) -> DominoSheet:
    sheet = DominoSheet(kit, incident, backdrop)
    sheet.show()
    return sheet


def shown(sheet: QWidget) -> str:
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    view = sheet.findChild(TableView)
    assert view is not None
    model = view.model()
    texts += [
        str(model.index(r, c).data())
        for r in range(model.rowCount())
        for c in range(model.columnCount())
    ]
    return "\n".join(texts)


def button(sheet: QWidget, name: str) -> QPushButton:
    found = sheet.findChild(QPushButton, f"domino-{name}")
    assert found is not None
    return found


def executed(kit: ViewKit, kind: type) -> list[object]:
    return [each for each in kit.desk.executed if isinstance(each, kind)]  # type: ignore[attr-defined]


def choose(sheet: QWidget, key: str, tables: tuple[DominoTable, ...]) -> DominoTable:
    cases = sheet.findChild(QComboBox, "domino-cases")
    assert cases is not None
    index = [each.case.key for each in tables].index(key)
    cases.setCurrentIndex(index)
    return tables[index]


def test_that_the_worst_case_is_shown_first_and_goes_into_the_log_as_it_is_shown(
    kit: ViewKit, incident: Incident, backdrop: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(kit, incident, backdrop)
    tables = domino_tables(kit.desk.situation, kit.desk.reference, incident)
    most = max(len(each.may_fail) for each in tables)
    assert sheet.table is not None
    assert len(sheet.table.may_fail) == most > 0
    text = shown(sheet)
    assert "IF IT IGNITES at Sphere" in text
    assert "Benzene tank" in text
    assert "unverified" in text
    assert "the commander decides" in text
    assert "Thresholds: Cozzani" in text
    table_shown = sheet.table
    view = sheet.findChild(TableView)
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert executed(kit, RecordDomino) == [RecordDomino(incident.id, table_shown)]


def test_that_each_case_tells_its_own_figures(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    sheet = opened(kit, incident, backdrop)
    tables = domino_tables(kit.desk.situation, kit.desk.reference, incident)
    choose(sheet, "fireball", tables)
    text = shown(sheet)
    assert "A fireball of 80 t" in text
    assert "kW/m² for 17 s" in text
    assert "too short-lived" in text
    choose(sheet, "vce", tables)
    assert "of TNT" in shown(sheet)
    assert "kPa" in shown(sheet)
    choose(sheet, "jet_fire:full_bore", tables)
    assert "taken to point at each neighbour" in shown(sheet)
    assert "MAY FAIL" in shown(sheet)
    assert "column, reactor" in shown(sheet)


def test_that_a_pool_leans_with_the_wind_or_stands_upright(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    at_tank = msgspec.structs.replace(incident, hazard_source_key="T-1", incident_kind="fire")
    put(kit, at_tank)
    text = shown(opened(kit, at_tank, backdrop))
    assert "It burns or has exploded at Benzene tank" in text
    assert "The flame leans with" in text
    kit.desk.situation = kit.desk.situation.with_(masts=())
    assert "stand upright" in shown(opened(kit, at_tank, backdrop))


def test_that_enter_on_a_row_goes_to_its_place(
    kit: ViewKit, incident: Incident, backdrop: QWidget, qtbot: QtBot
) -> None:
    sheet = opened(kit, incident, backdrop)
    view = sheet.findChild(TableView)
    assert view is not None
    view.selectRow(0)
    with qtbot.waitSignal(sheet.place_wanted) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [sources()["T-1"].position]
    assert executed(kit, RecordDomino) == []


def test_that_the_case_s_zone_is_drawn(kit: ViewKit, incident: Incident, backdrop: QWidget) -> None:
    sheet = opened(kit, incident, backdrop)
    chosen = choose(
        sheet, "fireball", domino_tables(kit.desk.situation, kit.desk.reference, incident)
    )
    button(sheet, "draw").click()
    (command,) = executed(kit, DrawZone)
    assert isinstance(command, DrawZone)
    assert (command.incident_id, command.result.kind) == (incident.id, "fire")
    assert command.result.origin == chosen.position
    assert "if_it_ignites" in {caution.code for caution in command.result.warnings}


def test_that_what_stands_on_the_map_can_be_taken_off(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    assert not button(opened(kit, incident, backdrop), "forget").isVisible()
    judged = msgspec.structs.replace(incident, domino=table(HIT))
    put(kit, judged)
    sheet = opened(kit, judged, backdrop)
    assert button(sheet, "forget").isVisible()
    button(sheet, "forget").click()
    assert executed(kit, RecordDomino) == [RecordDomino(incident.id, None)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hazard_source_key": ""}, "no hazard source"),
        ({"hazard_source_key": "", "position": None}, "has no place"),
    ],
)
def test_that_it_says_why_nothing_can_be_said(
    kit: ViewKit, incident: Incident, backdrop: QWidget, changes: dict[str, object], said: str
) -> None:
    found = msgspec.structs.replace(incident, **changes)
    put(kit, found)
    sheet = opened(kit, found, backdrop)
    assert said in shown(sheet)
    assert not button(sheet, "record").isVisible()
    assert not button(sheet, "draw").isVisible()
    qt_table = sheet.findChild(TableView)
    assert qt_table is not None
    assert qt_table.model().rowCount() == 0


def test_that_a_source_alone_is_said_to_be_alone(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.reference = FixedReference({HazardSource.KIND: {"Q-1": sources()["Q-1"]}})
    assert "lies within 5 km" in shown(opened(kit, incident, backdrop))


def test_that_a_replay_shows_what_was_on_record(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.replay = object()
    assert "No domino judgement was on record" in shown(opened(kit, incident, backdrop))
    judged = msgspec.structs.replace(incident, domino=table(HIT, COOL))
    sheet = opened(kit, judged, backdrop)
    assert "Tank 2" in shown(sheet)
    assert not button(sheet, "record").isVisible()
    assert not button(sheet, "forget").isVisible()


def test_that_the_log_says_it_in_both_languages(kit: ViewKit) -> None:
    lines = EventLines(kit.desk, kit.wording)

    def line(payload: object) -> str:
        return lines.line(_events(payload)[0])

    burning = zone_events.DominoJudged(table=table(HIT, COOL))
    assert line(burning) == (
        "Domino (Pool fire): 1 neighbour beyond its threshold · 1 may fail · Tank 2"
    )
    might = zone_events.DominoJudged(table=table(HIT, burning=False))
    assert line(might).startswith("IF IT IGNITES (Pool fire): 1 neighbour")
    assert "no neighbour" in line(zone_events.DominoJudged(table=None))
    cool = line(zone_events.DominoJudged(table=table(COOL)))
    assert cool == "Domino (Pool fire): 0 neighbours beyond their threshold"
    drawn = zone_events.ZoneDrawn(incident_id="I", result=fire(burning=False))
    assert "if it ignites, Pool fire" in line(drawn)
    kit.translator.choose("zh")
    assert line(burning) == "多米诺（池火）：1 处相邻危险源达到阈值 · 1 处可能失效 · 苯罐"


def test_that_spans_are_rough_and_every_kind_has_its_words(kit: ViewKit, backdrop: QWidget) -> None:
    words = DominoWords(kit.wording, backdrop)
    spans = [words.time(s) for s in (18.0, 900.0, 5 * 3600.0, 9e5)]
    assert spans == ["18 s", "15 min", "5 h", "> 2 days"]
    sure = msgspec.structs.replace(HIT, verified=True, fails_after_s=900.0)
    assert words.threshold(sure) == "15\u00a0kW/m²"
    assert words.fails(sure) == "15 min, unverified"
    assert words.fails(HIT) == "—"
    assert words.received(HIT, None) == "26\u00a0kW/m²"
    small = msgspec.structs.replace(HIT, received=900.0, vessel="odd")
    assert words.received(small, None) == "0.9\u00a0kW/m²"
    assert words.vessel(small) == "odd"
    left = msgspec.structs.replace(table(HIT), left_out=3)
    assert "3 neighbours farther off are not listed" in words.basis(left)
