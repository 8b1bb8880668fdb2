"""Shelter or leave on the desk: computed, put on record, shown with its inputs and its end."""

import msgspec
import pytest
from immutables import Map
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.commands.zone import RecordAdvice
from app.shelter import advice_for
from models.basics import LatLon, Name, Wind
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Exposed, HazardInputError, Release
from models.operation.situation import Incident, Zone
from models.registry.kinds import Receptor
from views.command.shelter_sheet import ShelterSheet
from views.kit import ViewKit
from views.tools.preview_desk import FixedReference
from views.widgets.table_view import TableView

HERE, VILLAGE, GATE = LatLon(32.3, 118.9), LatLon(32.3, 118.93), LatLon(32.3002, 118.903)
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D", source="M1")


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    """An incident whose chlorine zone touches a village and a gate."""
    found = next(iter(kit.desk.situation.incidents.values()))
    found = msgspec.structs.replace(
        found, substance="chlorine", cas="7782-50-5", position=HERE, incident_kind="toxic_leak",
        opened_us=kit.desk.clock.now_us() - 60_000_000,
    )  # fmt: skip
    rows = {
        key: Receptor(key=key, name=Name(en=key, zh=key), position=at, type="village", people_day=9)
        for key, at in (("village", VILLAGE), ("gate", GATE))
    }
    kit.desk.reference = FixedReference({Receptor.KIND: rows})
    exposed = tuple(
        Exposed(key=k, name=r.name, type=r.type, position=r.position, people=None)
        for k, r in rows.items()
        if r.position is not None
    )
    release = Release(position=HERE, substance="chlorine", release_kg_s=2.0)
    result = ChosenModel().zone(release, WIND, exposed, "rural")
    zone = Zone(id="Z1", incident_id=found.id, result=result, drawn_us=1, event_id="e")
    kit.desk.situation = kit.desk.situation.with_(
        incidents=Map({found.id: found}), zones=Map({"Z1": zone})
    )
    return found


def shown(sheet: QWidget) -> str:
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    table = sheet.findChild(TableView)
    assert table is not None
    model = table.model()
    texts += [
        str(model.index(r, c).data())
        for r in range(model.rowCount())
        for c in range(model.columnCount())
    ]
    return "\n".join(texts)


def test_that_the_advice_is_shown_with_its_end_and_put_on_record(
    kit: ViewKit, incident: Incident, backdrop: QWidget, qtbot: QtBot
) -> None:
    sheet = ShelterSheet(kit, incident, backdrop)
    sheet.show()
    text = shown(sheet)
    assert "come out and ventilate" in text
    assert "LEAVE" in text
    assert "to be verified" in text
    assert "air changes an hour" in text
    assert "recalled and unverified" in text
    assert "the commander decides" in text
    recorded = [each for each in kit.desk.executed if isinstance(each, RecordAdvice)]  # type: ignore[attr-defined]
    assert [each.zone_id for each in recorded] == ["Z1"]
    assert {a.receptor_key for a in recorded[0].advice.advices} == {"village", "gate"}
    kit.translator.choose("zh")
    qtbot.waitUntil(lambda: "离开室内并通风" in shown(sheet))


def test_that_without_a_model_s_zone_the_sheet_says_so(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.situation = kit.desk.situation.with_(zones=Map())
    with pytest.raises(HazardInputError, match="zone"):
        advice_for(kit.desk.situation, kit.desk.reference, incident, 0)
    sheet = ShelterSheet(kit, incident, backdrop)
    sheet.show()
    assert "enter a rate first" in shown(sheet)
    assert not [each for each in kit.desk.executed if isinstance(each, RecordAdvice)]  # type: ignore[attr-defined]


def test_that_a_replay_shows_what_was_on_record(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.replay = object()
    sheet = ShelterSheet(kit, incident, backdrop)
    assert "No advice was on record" in shown(sheet)
    _, advice = advice_for(
        kit.desk.situation, kit.desk.reference, incident, kit.desk.clock.now_us()
    )
    zone = msgspec.structs.replace(kit.desk.situation.zones["Z1"], advice=advice)
    kit.desk.situation = kit.desk.situation.with_(zones=Map({"Z1": zone}))
    assert "come out and ventilate" in shown(ShelterSheet(kit, incident, backdrop))
    assert not [each for each in kit.desk.executed if isinstance(each, RecordAdvice)]  # type: ignore[attr-defined]
