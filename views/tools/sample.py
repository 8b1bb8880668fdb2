"""A hand-made situation for pictures and tests of the shell; no part of the product's data."""

from collections.abc import Sequence

from immutables import Map

from models.basics import Name, Phone, Wind
from models.libraries.kinds import Team
from models.operation.situation import (
    Alarm,
    Card,
    Incident,
    Order,
    ReportClock,
    ShiftOnDuty,
    Situation,
)
from models.registry.kinds import Enterprise, HazardSource, Record, Tag
from models.times import MINUTE_US, SECOND_US
from views.tools.preview_desk import FixedReference

NOW_US = 1_795_200_000_000_000 - 5 * 3600 * SECOND_US - 773 * SECOND_US


def alarm(tag: str, limit: str, priority: int, state: str, value: float, age_s: int) -> Alarm:
    """Return an alarm raised `age_s` seconds ago."""
    return Alarm(
        id=f"{tag}/{limit}",
        tag_key=tag,
        limit=limit,
        state=state,  # type: ignore[arg-type]
        priority=priority,
        value=value,
        limit_value=value * 0.8,
        unit="ppm",
        safety="toxic",
        hazard_source_key="V-203",
        enterprise_key="E-1",
        raised_us=NOW_US - age_s * SECOND_US,
        event_id=f"event-{tag}",
    )


def order(key: str, team: Name, state: str, due_s: int, *, step: int = 0) -> Order:
    """Return an order whose answer is due in `due_s` seconds (negative: overdue)."""
    phone = Phone(number="0523-8812 7706", person="王建国")
    return Order(
        id=key,
        incident_id="incident-1",
        team_key=key,
        team_name=team,
        text="水幕稀释 V-203 东侧",
        phones=(phone,),
        called=phone,
        issued_us=NOW_US - 3 * MINUTE_US,
        receipt_due_us=NOW_US + due_s * SECOND_US,
        feedback_due_us=NOW_US + due_s * SECOND_US,
        event_id=f"event-{key}",
        state=state,  # type: ignore[arg-type]
        step=step,
    )


def _alarms() -> Map[str, Alarm]:
    rows = [
        alarm("GT-2031", "HH", 1, "unacknowledged", 4.7, 63),
        alarm("GT-2034", "HH", 1, "unacknowledged", 3.9, 41),
        alarm("AT-3012", "H", 2, "acknowledged", 2.1, 310),
        alarm("PT-2204", "H", 2, "returned_unacknowledged", 0.62, 610),
        alarm("LT-1050", "H", 3, "acknowledged", 78.1, 1_700),
        alarm("TT-4107", "H", 3, "shelved", 61.9, 2_500),
        alarm("FT-1001", "L", 4, "acknowledged", 1.2, 4_000),
    ]
    return Map({row.id: row for row in rows})


def _card() -> Card:
    return Card(
        id="card-1",
        title=Name("华泰化工 GT-1102 硫化氢", "Huatai Chemical GT-1102 H₂S"),
        priority=2,
        opened_us=NOW_US - 40 * SECOND_US,
        first_alarm_id="GT-1102/H",
        alarm_ids=("GT-1102/H",),
        hazard_source_key="V-1102",
        enterprise_key="E-2",
        wind=(),
        permit_keys=(),
        neighbour_keys=(),
        event_id="event-card",
        state="verifying",
        verification_person="陈伟",
        verification_phone="0523-8812 7706",
        verification_due_us=NOW_US + 22 * SECOND_US,
    )


def _incident() -> Incident:
    return Incident(
        id="incident-1",
        number="I-2026-0007",
        title=Name("氯气泄漏 · 华泰化工 液氯罐区", "Chlorine leak, Huatai, liquid chlorine tanks"),
        incident_kind="toxic_leak",
        place=Name("液氯罐区", "Liquid chlorine tank farm"),
        position=None,
        hazard_source_key="V-203",
        enterprise_key="E-1",
        substance="氯",
        cas="7782-50-5",
        wind=(),
        opened_us=NOW_US - 1_033 * SECOND_US,
        happened_us=None,
        event_id="event-incident",
    )


def winds(*, disagree: bool = False) -> tuple[Wind, ...]:
    """Return one or two masts observed 4 s ago."""
    seen_us = NOW_US - 4 * SECOND_US
    first = Wind(from_deg=247, speed_m_s=3.2, stability="F", source="MAST-2", observed_us=seen_us)
    second = Wind(from_deg=301, speed_m_s=1.4, stability="F", source="MAST-1", observed_us=seen_us)
    return (first, second) if disagree else (first,)


def situation(mode: str = "live", *, disagree: bool = False) -> Situation:
    """Return a night with an incident, two alarms that nobody acknowledged and a silent team."""
    orders = [
        order("fire-2", Name("消防二站", "Fire station 2"), "issued", -42, step=1),
        order("env", Name("环境监测组", "Environmental monitoring"), "received", 78),
    ]
    clock = ReportClock(
        id="clock-1",
        incident_id="incident-1",
        rule_key="order493-park-county",
        to="县级应急管理部门 / County emergency management authority",
        started_us=NOW_US - 1_033 * SECOND_US,
        due_us=NOW_US + 2_567 * SECOND_US,
        source="国务院令第493号 第九条",
    )
    return Situation(
        operation_id="preview",
        mode=mode,
        name="",
        site="preview",
        seq=18_204,
        recorded_us=NOW_US,
        shift=ShiftOnDuty(person="王建国", role="duty_leader", shift="甲班", since_us=NOW_US),
        masts=winds(disagree=disagree),
        masts_disagree=disagree,
        alarms=_alarms(),
        cards=Map({"card-1": _card()}),
        incidents=Map({"incident-1": _incident()}),
        orders=Map({each.id: each for each in orders}),
        report_clocks=Map({clock.id: clock}),
    )


def reference() -> FixedReference:
    """Return a few places, people and tags."""
    places = [
        Enterprise(key="E-1", name=Name("华泰化工", "Huatai Chemical")),
        Enterprise(key="E-2", name=Name("三江精细化工", "Sanjiang Fine Chemicals")),
    ]
    sources = [
        HazardSource(
            key="V-203", name=Name("液氯储罐 V-203", "Liquid chlorine tank V-203"),
            enterprise_key="E-1",
        ),
        HazardSource(
            key="T-105", name=Name("苯储罐 T-105", "Benzene tank T-105"), enterprise_key="E-2"
        ),
    ]  # fmt: skip
    teams = [
        Team(key="fire-2", name=Name("消防二站", "Fire station 2")),
        Team(key="fire-1", name=Name("消防一站", "Fire station 1")),
    ]
    tags = [
        Tag(
            key="GT-2031", name=Name("液氯罐区氯气 1", "Chlorine, tank farm, 1"),
            enterprise_key="E-1",
        ),
    ]  # fmt: skip
    kinds: dict[str, Sequence[Record]] = {
        "enterprises": places,
        "hazard-sources": sources,
        "teams": teams,
        "tags": tags,
    }
    return FixedReference({kind: {row.key: row for row in rows} for kind, rows in kinds.items()})
