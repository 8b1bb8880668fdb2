"""A small park, a situation with one toxic card, and a context to run handlers in."""

from collections.abc import Callable, Mapping

import pytest
from immutables import Map

from app.commands import Context
from models.basics import LatLon, Name, Phone, Wind
from models.ids import SeededIds
from models.libraries.kinds import Clause, Depot, Plan, ResponseLevel, Stock, Team
from models.operation.situation import Alarm, Call, Card, Situation
from models.registry.kinds import Enterprise, HazardSource, Record, ReleaseScenario, Tag

NOW_US = 1_700_000_000_000_000
WIND = Wind(from_deg=270.0, speed_m_s=2.5, stability="D", source="mast-1", observed_us=NOW_US)
PLACE = LatLon(32.0, 118.0)


class SmallReference:
    """Reference data held in a dict of dicts."""

    revision = 1

    def __init__(self, rows: Mapping[str, Mapping[str, Record]]) -> None:
        self._rows = rows

    def all(self, kind: str) -> Mapping[str, Record]:
        return self._rows.get(kind, {})

    def get(self, kind: str, key: str) -> Record | None:
        return self.all(kind).get(key)


def _plan() -> Plan:
    first = Clause(
        key="1",
        offset_s=0,
        role="duty",
        action=Name("停止特殊作业", "Stop special work"),
        first_order=True,
    )
    second = Clause(
        key="2", offset_s=180, role="police", action=Name("撤离", "Evacuate"), due_s=300
    )
    return Plan(
        key="P1",
        name=Name("液氯泄漏专项预案", "Chlorine leak plan"),
        version="3.1",
        expires_us=NOW_US - 1,
        substances=("7782-50-5",),
        levels=(ResponseLevel(key="2", name=Name("二级", "Level 2"), automatic_when="toxic HH"),),
        clauses=(first, second),
    )


def _rows() -> dict[str, dict[str, Record]]:
    enterprise = Enterprise(
        key="E1",
        name=Name("华泰化工", "Huatai Chemical"),
        position=PLACE,
        control_room=(
            Phone(number="100", person="Dead Line", dead=True),
            Phone(number="101", person="Chen Wei"),
        ),
    )
    source = HazardSource(
        key="HS1",
        name=Name("液氯汽化器", "Chlorine vaporiser"),
        position=PLACE,
        enterprise_key="E1",
        substance="chlorine",
        cas="7782-50-5",
        scenarios=(
            ReleaseScenario(
                key="small", name=Name("小孔", "Small hole"), release_kg_s=0.5, duration_s=1800
            ),
        ),
    )
    tag = Tag(key="GT-1", name=Name("氯气 1", "Cl2 1"), position=PLACE, unit="ppm", safety="toxic")
    team = Team(
        key="T1",
        name=Name("消防一站", "Brigade 1"),
        position=PLACE,
        phones=(Phone(number="201", person="Li"), Phone(number="202", person="Zhao")),
    )
    depot = Depot(
        key="D1",
        name=Name("北库", "North store"),
        stock=(Stock(material="soda", name=Name("片碱", "Soda"), quantity=6, unit="t"),),
    )
    return {
        "enterprises": {"E1": enterprise},
        "hazard-sources": {"HS1": source},
        "tags": {"GT-1": tag},
        "plans": {"P1": _plan()},
        "teams": {"T1": team},
        "materials": {"D1": depot},
    }


@pytest.fixture
def alarm() -> Alarm:
    return Alarm(
        id="GT-1/HH",
        tag_key="GT-1",
        limit="HH",
        state="unacknowledged",
        priority=1,
        value=4.2,
        limit_value=3.0,
        unit="ppm",
        safety="toxic",
        hazard_source_key="HS1",
        enterprise_key="E1",
        raised_us=NOW_US - 5_000_000,
        event_id="e-alarm",
    )


@pytest.fixture
def card() -> Card:
    return Card(
        id="C1",
        title=Name("氯气", "Chlorine"),
        priority=1,
        opened_us=NOW_US - 5_000_000,
        first_alarm_id="GT-1/HH",
        alarm_ids=("GT-1/HH",),
        hazard_source_key="HS1",
        enterprise_key="E1",
        wind=(WIND,),
        permit_keys=(),
        neighbour_keys=(),
        event_id="e-card",
    )


@pytest.fixture
def call() -> Call:
    return Call(
        id="K1",
        state="draft",
        number="139",
        caller="",
        started_us=NOW_US,
        fields={"place": "仓库", "kind": "冒烟"},
        event_id="e-call",
    )


@pytest.fixture
def situation(alarm: Alarm, card: Card, call: Call) -> Situation:
    return Situation(
        operation_id="op",
        mode="demonstration",
        seq=9,
        masts=(WIND,),
        alarms=Map({alarm.id: alarm}),
        cards=Map({card.id: card}),
        calls=Map({call.id: call}),
        incident_count=6,
    )


@pytest.fixture
def context_for() -> Callable[..., Context]:
    def build(situation: Situation, role: str = "") -> Context:
        return Context(
            situation=situation,
            reference=SmallReference(_rows()),
            now_us=NOW_US,
            actor="Wang Jianguo@desk-1",
            ids=SeededIds("test"),
            role=role,
        )

    return build
