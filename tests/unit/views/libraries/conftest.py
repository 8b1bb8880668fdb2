"""A small park in a real store, and the Libraries station on it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import ManualClock
from app.journal import Journal
from app.reference import ReferenceService
from models.basics import LatLon, Name, Phone
from models.ids import SeededIds
from models.libraries.kinds import Case, Clause, Depot, Plan, Scenario, Stock, Team
from models.operation.situation import Situation
from models.registry.kinds import Enterprise, Record
from models.store import open_store
from models.store.reference import Origin
from models.store.store import Store
from models.times import DAY_US
from tests.unit.views.station_desk import StationDesk
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.libraries.station import LibrariesStation
from views.theme import Theme
from views.tools import sample
from views.wording import Wording

NOW_US = sample.NOW_US
Rows = Mapping[str, Sequence[Record]]


def clause(key: str, offset_s: int, text: str) -> Clause:
    return Clause(key=key, offset_s=offset_s, role="工艺组", action=Name(text, f"Act {key}"))


ALKALI = Stock(material="alkali", name=Name("片碱", "Alkali"), quantity=6, unit="t")


@pytest.fixture
def rows() -> Rows:
    return {
        "plans": (
            Plan(
                key="PLAN-CL2",
                name=Name("液氯泄漏预案", "Chlorine plan"),
                version="V3",
                expires_us=NOW_US + 90 * DAY_US,
                clauses=(clause("C2", 300, "水幕"), clause("C1", 0, "切断")),
            ),
            Plan(key="PLAN-OLD", name=Name("旧预案", "Old plan"), expires_us=NOW_US - DAY_US),
        ),
        "teams": (
            Team(
                key="T-01",
                name=Name("消防一站", "Fire station 1"),
                position=LatLon(32.7, 120.1),
                capabilities=("water_curtain",),
                phones=(Phone(number="1001", person="高翔"), Phone(number="1002")),
            ),
        ),
        "materials": (
            Depot(
                key="D-01",
                name=Name("总库", "Central depot"),
                stock=(ALKALI,),
            ),
        ),
        "cases": (
            Case(key="CASE-1", name=Name("某案例", "A case"), lessons=(Name("教训", "Lesson"),)),
        ),
        "scenarios": (Scenario(key="S-1", name=Name("情景", "Scenario")),),
        "enterprises": (Enterprise(key="E-1", name=Name("华泰化工", "Huatai Chemical")),),
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'operations.db'}")
    yield opened
    opened.close()


@pytest.fixture
def references(store: Store, rows: Rows) -> ReferenceService:
    clock, ids = ManualClock(NOW_US), SeededIds("libraries")
    service = ReferenceService(store, Journal(store, clock, ids), clock, ids)
    count = sum(len(each) for each in rows.values())
    origin = Origin(
        "plans", NOW_US, "王建国", file_name="park.xlsx", rows_total=count, accepted=count
    )
    service.import_records(rows, origin)
    return service


@pytest.fixture
def desk(qapp: QApplication, references: ReferenceService) -> StationDesk:
    made = StationDesk(Situation(operation_id="o", mode="live", recorded_us=NOW_US), {})
    made.reference = references.view()
    return made


@pytest.fixture
def kit(desk: StationDesk, theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    return ViewKit(desk, theme, translator, wording, ActionRegistry())


@pytest.fixture
def closed_station(kit: ViewKit, references: ReferenceService, qtbot: QtBot) -> LibrariesStation:
    made = LibrariesStation(kit, references)
    made.set_active(active=True)
    made.held = [made.left(), made.center(), made.right()]  # type: ignore[attr-defined]
    for widget in made.held:  # type: ignore[attr-defined]
        assert widget is not None
        widget.resize(900, 700)
        widget.show()
        qtbot.addWidget(widget)
    return made


@pytest.fixture
def station(closed_station: LibrariesStation) -> LibrariesStation:
    closed_station.activated()
    return closed_station
