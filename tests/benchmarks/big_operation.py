"""A busy operation for measuring: alarms, winds, positions, and an incident every few hours."""

import math
import random
from collections.abc import Iterator

from models.basics import LatLon, Name, Phone, Wind
from models.hazard.ports import ZoneLevel, ZoneResult
from models.operation.events import Draft, Payload
from models.operation.events.alarm import AlarmAcknowledged, AlarmRaised, AlarmReturned
from models.operation.events.card import CardClosed, CardOpened, CardVerified
from models.operation.events.incident import IncidentClosed, IncidentOpened
from models.operation.events.operation import OperationStarted, WindObserved
from models.operation.events.order import OrderIssued, OrderReceived, OrderReported
from models.operation.events.plan import TaskCreated, TaskFinished
from models.operation.events.resource import PositionReported, TeamStatusChanged
from models.operation.events.zone import ZoneDrawn
from models.times import MINUTE_US, SECOND_US

START_US = 1_800_000_000_000_000
_HERE = LatLon(30.0, 120.0)
_TAGS = 600
_TEAMS = 12
_MINUTES_PER_INCIDENT = 180


def batches(events: int, seed: int = 1) -> Iterator[tuple[int, list[Draft]]]:
    """Yield (moment µs, batch) until at least `events` events are told: about 12 a minute."""
    rng = random.Random(seed)
    started = OperationStarted(
        mode="drill", name="bench", site="demo", software_version="0", reference_revision=1
    )
    yield START_US, [_draft(started, "bench")]
    told, minute = 1, 0
    while told < events:
        minute += 1
        now_us = START_US + minute * MINUTE_US
        batch = [*_minute(rng, minute, now_us)]
        if minute % _MINUTES_PER_INCIDENT == 0:
            batch += _incident(rng, minute, now_us)
        told += len(batch)
        yield now_us, batch


def _minute(rng: random.Random, minute: int, now_us: int) -> Iterator[Draft]:
    wind = Wind(from_deg=rng.uniform(0, 360), speed_m_s=2.5, stability="D", observed_us=now_us)
    yield _draft(WindObserved(masts=(wind, wind)), "wind")
    for _ in range(4):
        position = LatLon(30 + rng.uniform(-0.1, 0.1), 120 + rng.uniform(-0.1, 0.1))
        yield _draft(PositionReported(position=position), f"TEAM-{rng.randrange(_TEAMS)}")
    for _ in range(3):
        tag = f"GT-{rng.randrange(_TAGS):04d}"
        raised = AlarmRaised(
            tag_key=tag, limit="H", priority=rng.randint(1, 4), value=30.0, limit_value=25.0,
            unit="%LEL", hazard_source_key=f"HS-{rng.randrange(120):03d}",
        )  # fmt: skip
        yield _draft(raised, f"{tag}/H")
        if rng.random() < 0.7:
            yield _draft(AlarmAcknowledged(), f"{tag}/H")
        if rng.random() < 0.6:
            yield _draft(AlarmReturned(value=10.0), f"{tag}/H")
    if minute % 7 == 0:
        card = f"C{minute}"
        opened = CardOpened(
            first_alarm_id=f"GT-{rng.randrange(_TAGS):04d}/H", hazard_source_key="HS-001",
            enterprise_key="E1", title=Name(zh="可燃气报警", en="Gas"), priority=2, wind=(wind,),
        )  # fmt: skip
        yield _draft(opened, card)
        yield _draft(CardVerified(result="instrument", said_by="control room"), card)
        yield _draft(CardClosed(reason="verified:instrument"), card)


def _incident(rng: random.Random, minute: int, now_us: int) -> Iterator[Draft]:
    key = f"I{minute}"
    opened = IncidentOpened(
        number=key, title=Name(zh="泄漏"), incident_kind="toxic_leak", place=Name(zh="装置"),
        position=_HERE,
    )  # fmt: skip
    yield _draft(opened, key)
    yield _draft(ZoneDrawn(incident_id=key, result=_zone(rng)), f"Z{minute}")
    for number in range(20):
        task = TaskCreated(
            incident_id=key, plan_key="P1", clause_key=str(number), action=Name(zh="切断物料"),
            deliverable=Name(zh="回报"), role="operations", offset_s=60 * number,
            starts_us=now_us, due_us=now_us + 600 * SECOND_US,
        )  # fmt: skip
        yield _draft(task, f"K{minute}-{number}")
        if number % 3:
            yield _draft(TaskFinished(result="done"), f"K{minute}-{number}")
    for number in range(6):
        team = f"TEAM-{number}"
        order = OrderIssued(
            incident_id=key, team_key=team, team_name=Name(zh=team), text="出动",
            phones=(Phone(number="1"), Phone(number="2")), receipt_due_us=now_us,
            feedback_due_us=now_us,
            route=tuple(LatLon(30 + i / 1e4, 120 + i / 1e4) for i in range(60)),
        )  # fmt: skip
        yield _draft(order, f"O{minute}-{number}")
        status = TeamStatusChanged(status="committed", incident_id=key)
        yield _draft(status, team)
        yield _draft(OrderReceived(by="leader"), f"O{minute}-{number}")
        yield _draft(OrderReported(by="leader", text="done"), f"O{minute}-{number}")
    if minute % (4 * _MINUTES_PER_INCIDENT):
        yield _draft(IncidentClosed(reason="settled"), key)


def _zone(rng: random.Random) -> ZoneResult:
    levels = []
    for severity in (1, 2, 3):
        reach = 0.01 * severity * rng.uniform(0.5, 1.5)
        ring = tuple(
            LatLon(30 + reach * math.sin(a / 30), 120 + reach * math.cos(a / 30))
            for a in range(190)
        )
        levels.append(
            ZoneLevel(
                key=str(severity), label=Name(en="level"), severity=severity,  # type: ignore[arg-type]
                threshold=float(severity), unit="ppm", rings=(ring,), reach_m=reach * 1e5,
            )
        )  # fmt: skip
    return ZoneResult(
        kind="model", model="bench", model_version="1", origin=_HERE, levels=tuple(levels)
    )


def _draft(payload: Payload, subject: str) -> Draft:
    return Draft(payload=payload, subject=subject, actor="bench")
