"""A park of one source, two teams and one plan, and the first steps of its release."""

from models.basics import LatLon, Name, Phone, Wind
from models.libraries.kinds import Clause, Inject, Plan, ResponseLevel, Scenario, Team
from models.operation.events.alarm import AlarmRaised
from models.operation.events.card import CardOpened
from models.operation.events.operation import WindObserved
from models.registry.kinds import (
    Enterprise,
    HazardSource,
    Limit,
    Person,
    Record,
    ReleaseScenario,
    Shift,
    Tag,
)
from models.times import HOUR_US
from tests.unit.views.told_desk import START_US, ToldDesk

PLACE = LatLon(32.0, 118.0)
WIND = Wind(from_deg=247.0, speed_m_s=3.2, stability="F", source="M-1", observed_us=START_US)
ALARM = "GT-1/HH"
CARD = "card-1"


def rows() -> dict[str, list[Record]]:
    """Return the reference rows."""
    limits = (
        Limit(kind="H", value=1.0, priority=2, suppressed_when=("HS1=shutdown",)),
        Limit(kind="HH", value=3.0, priority=1, source=""),
    )
    clauses = (
        Clause(
            key="1",
            offset_s=0,
            role="duty",
            action=Name("停止特殊作业", "Stop special work"),
            first_order=True,
        ),
        Clause(key="2", offset_s=60, role="police", action=Name("撤离", "Evacuate"), due_s=300),
    )
    levels = (
        ResponseLevel(key="2", name=Name("二级", "Level 2"), automatic_when="toxic HH"),
        ResponseLevel(key="1", name=Name("一级", "Level 1")),
    )
    injects = (
        Inject(key="leak", at_s=30, type="release", synopsis=Name("泄漏", "A leak")),
        Inject(key="turn", at_s=90, type="wind", synopsis=Name("转风", "The wind turns")),
    )
    return {
        "enterprises": [
            Enterprise(
                key="E1",
                name=Name("华泰化工", "Huatai Chemical"),
                position=PLACE,
                control_room=(
                    Phone(number="101", person="陈伟"),
                    Phone(number="102", person="刘洋"),
                ),
            )
        ],
        "hazard-sources": [
            HazardSource(
                key="HS1",
                name=Name("液氯汽化器", "Chlorine vaporiser"),
                position=PLACE,
                enterprise_key="E1",
                substance="chlorine",
                cas="7782-50-5",
                dont=(Name("不要向液氯喷水", "No water on liquid chlorine"),),
                scenarios=(
                    ReleaseScenario(
                        key="small",
                        name=Name("小孔", "Small hole"),
                        release_kg_s=0.5,
                        duration_s=1800,
                    ),
                ),
            )
        ],
        "tags": [
            Tag(
                key="GT-1",
                name=Name("氯气 1", "Chlorine 1"),
                position=PLACE,
                unit="ppm",
                safety="toxic",
                limits=limits,
            )
        ],
        "plans": [
            Plan(
                key="P1",
                name=Name("液氯泄漏专项预案", "Chlorine leak plan"),
                version="3.1",
                substances=("7782-50-5",),
                incident_kinds=("toxic_leak",),
                levels=levels,
                clauses=clauses,
            )
        ],
        "teams": [
            Team(
                key="T1",
                name=Name("消防一站", "Brigade 1"),
                position=PLACE,
                phones=(Phone(number="201", person="Li"), Phone(number="202", person="Zhao")),
            ),
            Team(
                key="T2",
                name=Name("消防二站", "Brigade 2"),
                position=PLACE,
                phones=(Phone(number="301", person="Sun"),),
            ),
        ],
        "people": [
            Person(key="P-1", name=Name("王建国", "Wang Jianguo"), role="duty_leader"),
            Person(key="P-2", name=Name("李敏", "Li Min"), role="officer"),
        ],
        "shifts": [
            Shift(
                key="A",
                name=Name("甲班", "Shift A"),
                leader="P-1",
                officers=("P-2",),
                starts_us=START_US - HOUR_US,
                ends_us=START_US + 8 * HOUR_US,
            )
        ],
        "scenarios": [
            Scenario(
                key="OPENING",
                name=Name("开场", "Opening"),
                duration_s=600,
                seed="s",
                injects=injects,
                objectives=(Name("五步内下达", "An order within five acts"),),
            )
        ],
    }


def raise_alarm(desk: ToldDesk, *, tag: str = "GT-1", limit: str = "HH", priority: int = 1) -> str:
    """Raise a toxic alarm and return its id."""
    payload = AlarmRaised(
        tag_key=tag,
        limit=limit,
        priority=priority,
        value=4.2,
        limit_value=3.0,
        unit="ppm",
        safety="toxic" if priority == 1 else "",
        hazard_source_key="HS1",
        enterprise_key="E1",
    )
    desk.say_event(payload, f"{tag}/{limit}", "gateway")
    return f"{tag}/{limit}"


def open_card(desk: ToldDesk, card_id: str = CARD) -> str:
    """Raise the alarm and open its card; return the card's id."""
    desk.say_event(WindObserved(masts=(WIND,)), "wind", "gateway")
    raise_alarm(desk)
    payload = CardOpened(
        first_alarm_id=ALARM,
        hazard_source_key="HS1",
        enterprise_key="E1",
        title=Name("液氯汽化器 氯气高高", "Chlorine vaporiser HH"),
        priority=1,
        wind=(WIND,),
    )
    desk.say_event(payload, card_id, "gateway")
    return card_id
