"""Two zones side by side: a model's beside one that an officer drew."""

import msgspec
import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from app.zone_compare import comparable, compare
from models.basics import LatLon, Name
from models.hazard.ports import ReceptorHit, ZoneLevel, ZoneResult
from models.operation.situation import Incident, Zone
from tests.unit.views.station_window import Stage
from views.command.compare_sheet import CompareSheet
from views.command.inside_words import InsideWords
from views.kit import ViewKit
from views.widgets.table_view import TableView

HERE = LatLon(32.3, 118.9)


def level(key: str, severity: int, reach_m: float) -> ZoneLevel:
    return ZoneLevel(
        key=key, label=Name(en=key), severity=severity, threshold=1.0, unit="ppm",  # type: ignore[arg-type]
        rings=(), reach_m=reach_m,
    )  # fmt: skip


def result(kind: str, levels: tuple[ZoneLevel, ...], *inside: str) -> ZoneResult:
    hits = tuple(
        ReceptorHit(
            receptor_key=key, name=Name(en=key), type="x", level_key=levels[0].key, distance_m=1.0,
            arrival_s=None, people=None,
        )
        for key in inside
    )  # fmt: skip
    return ZoneResult(
        kind=kind,
        model="m",
        model_version="",
        origin=HERE,
        levels=levels,
        receptors=hits,  # type: ignore[arg-type]
    )


MODEL = result("model", (level("AEGL-3", 3, 900.0), level("AEGL-1", 1, 4000.0)), "School", "Mill")
PARTS = (level("Red", 3, 300.0), level("Red", 3, 1200.0), level("Orange", 2, 1500.0))
DRAWN = result("drawn", PARTS, "Mill", "Home")


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    return next(iter(kit.desk.situation.incidents.values()))


def stand(kit: ViewKit, incident: Incident, **zones: ZoneResult) -> None:
    standing = {
        key: Zone(id=key, incident_id=incident.id, result=each, drawn_us=n, event_id=key)
        for n, (key, each) in enumerate(zones.items(), 1)
    }
    kit.desk.show(kit.desk.situation.with_(zones=Map(standing)))  # type: ignore[attr-defined]


def shown(sheet: QWidget) -> str:
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    for table in sheet.findChildren(TableView):
        model = table.model()
        texts += [
            str(model.index(r, c).data())
            for r in range(model.rowCount()) for c in range(model.columnCount())
        ]  # fmt: skip
    return "\n".join(texts)


def combo(sheet: QWidget, key: str) -> QComboBox:
    found = sheet.findChild(QComboBox, f"field-{key}")
    assert found is not None
    return found


def test_that_levels_are_paired_by_severity_with_the_farthest_part() -> None:
    found = compare(MODEL, DRAWN)
    pairs = [
        (p.severity, p.one and p.one.reach_m, p.other and p.other.reach_m) for p in found.levels
    ]
    assert pairs == [(3, 900.0, 1200.0), (2, None, 1500.0), (1, 4000.0, None)]
    assert [hit.receptor_key for hit in found.only_one] == ["School"]
    assert [hit.receptor_key for hit in found.only_other] == ["Home"]


def test_that_the_model_stands_against_what_was_drawn(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    stand(kit, incident, D=DRAWN, M=MODEL)
    sheet = CompareSheet(kit, incident, backdrop)
    text = shown(sheet)
    assert (combo(sheet, "one").currentData(), combo(sheet, "other").currentData()) == ("M", "D")
    assert "AEGL-3 · 900" in text
    assert "Red · 1.2" in text
    assert text.count("no such level") == 2
    assert "Only in A: School" in text
    assert "Only in B: Home" in text
    assert "doesn't follow the wind" in text
    combo(sheet, "one").setCurrentIndex(combo(sheet, "one").findData("D"))
    assert "Only in A" not in shown(sheet)


def test_that_it_follows_what_stands_and_keeps_the_choice(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    stand(kit, incident, M=MODEL)
    sheet = CompareSheet(kit, incident, backdrop)
    assert "doesn't follow" not in shown(sheet)
    stand(kit, incident, M=MODEL, D=DRAWN)
    assert combo(sheet, "one").currentData() == "M"
    combo(sheet, "other").setCurrentIndex(combo(sheet, "other").findData("D"))
    assert "Only in B: Home" in shown(sheet)
    kit.desk.show(kit.desk.situation.with_(zones=Map()))  # type: ignore[attr-defined]
    assert "No zone stands" in shown(sheet)


def test_that_what_is_out_of_date_says_so_and_what_is_withdrawn_is_gone(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    stand(kit, incident, M=MODEL, D=DRAWN)
    zones = kit.desk.situation.zones
    old = msgspec.structs.replace(zones["M"], out_of_date="turn:40")
    gone = msgspec.structs.replace(zones["D"], withdrawn_us=5)
    kit.desk.show(kit.desk.situation.with_(zones=Map({"M": old, "D": gone})))  # type: ignore[attr-defined]
    assert [zone.id for zone in comparable(kit.desk.situation, incident.id)] == ["M"]
    sheet = CompareSheet(kit, incident, backdrop)
    assert "OUT OF DATE" in combo(sheet, "one").currentText()


def test_that_a_key_shows_it_on_the_station(stage: Stage) -> None:
    stage.open("command")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    stage.press(Qt.Key.Key_Y, both)
    assert stage.desk.codes[-1] == "incident_needed"


def test_that_who_is_inside_is_named_and_nobody_unknown_counts_as_none(kit: ViewKit) -> None:
    words = InsideWords(kit.wording)
    assert "not the same as clear" in words.inside(())
    hits = result("drawn", PARTS, *(f"P{n}" for n in range(10))).receptors
    text = words.inside(hits)
    assert "people to be verified" in text
    assert text.endswith("P7 +2")
    known = [msgspec.structs.replace(hit, people=1000) for hit in hits]
    assert "10,000 people" in words.inside(tuple(known))
    assert "at least 1,000 people" in words.inside((known[0], hits[1]))
