"""What is open at a handover, whose it is, and the document."""

from models.basics import LatLon, Name, Phone
from models.operation.events import alarm, call, card, incident, operation, order, plan, report
from models.operation.handover import (
    document_sha256,
    handover_document,
    open_items,
    owner_of,
)
from models.times import MINUTE_US
from tests.unit.models.operation.stories import Teller


def told() -> Teller:
    """Tell one of each kind that can be open, and some that are closed."""
    teller = Teller()
    tell = teller.tell
    tell(operation.ShiftTaken(person="李", role="duty_leader", shift="甲班"), "shift")
    for key in ("I1", "I2"):
        opened = incident.IncidentOpened(
            number=f"N-{key}", title=Name("氯气泄漏", "Chlorine leak"), incident_kind="toxic_leak",
            place=Name("甲", "A"), position=LatLon(30.0, 120.0),
        )  # fmt: skip
        tell(opened, key)
    for key in ("C1", "C2"):
        opened_card = card.CardOpened(
            first_alarm_id="A/HH", hazard_source_key="", enterprise_key="",
            title=Name("氯", "Cl2"), priority=1,
        )  # fmt: skip
        tell(opened_card, key)
    tell(card.CardClosed(reason="x"), "C2")
    tell(call.CallRang(number="110"), "P1")
    for key, started in (("O1", False), ("O2", True)):
        issued = order.OrderIssued(
            incident_id="I1", team_key="T1", team_name=Name("一队", "Team 1"), text="go",
            phones=(Phone(number="1"),), receipt_due_us=1, feedback_due_us=2,
        )  # fmt: skip
        tell(issued, key)
        if started:
            tell(order.OrderCancelled(reason="x"), key)
    for key, of in (("K1", "I1"), ("K2", "I1"), ("K3", "I2"), ("K4", "I1")):
        task = plan.TaskCreated(
            incident_id=of, plan_key="P", clause_key=key, action=Name("停", "Stop"),
            deliverable=Name(), role="r", offset_s=0, starts_us=teller.now_us, due_us=9,
        )  # fmt: skip
        tell(task, key)
    tell(plan.TaskAssigned(owner="王"), "K2")
    tell(plan.TaskFinished(result="ok"), "K4")
    for key in ("A/HH", "B/H", "D/H"):
        raised = alarm.AlarmRaised(
            tag_key=key[0], limit=key[2:], priority=1, value=2.0, limit_value=1.0, unit="ppm",
            safety="toxic", hazard_source_key="", enterprise_key="",
        )  # fmt: skip
        tell(raised, key)
    tell(alarm.AlarmShelved(reason="校验", until_us=teller.now_us + 60 * MINUTE_US), "B/H")
    tell(alarm.AlarmAcknowledged(), "D/H")
    for key in ("R1", "R2"):
        clock = report.ReportClockStarted(
            incident_id="I1", rule_key="r", to="市应急局", due_us=9, source="s"
        )
        tell(clock, key)
    tell(report.ReportClockMet(report_id="X"), "R2")
    tell(operation.SafetyFunctionFailed(function="broker", detail="gone"), "broker")
    tell(incident.IncidentClosed(reason="x"), "I2")
    return teller


def test_that_everything_open_is_listed_and_falls_to_the_incoming_unless_owned() -> None:
    items = open_items(told().situation)
    assert [(i.kind, i.id) for i in items] == [
        ("incident", "I1"), ("card", "C1"), ("failure", "broker"), ("order", "O1"),
        ("task", "K1"), ("task", "K2"), ("alarm", "A/HH"), ("call", "P1"), ("clock", "R1"),
        ("shelved", "B/H"),
    ]  # fmt: skip
    assert {i.id: (i.owner, i.falls) for i in items if i.kind == "task"} == {
        "K1": ("", True), "K2": ("王", False),
    }  # fmt: skip


def test_that_a_handover_gives_every_unowned_item_to_the_incoming_and_keeps_the_others() -> None:
    teller = told()
    items = tuple(
        operation.HandedItem(
            kind=i.kind, id=i.id, title=i.title, since_us=i.since_us, owner_before=i.owner,
            owner="赵" if i.falls else i.owner,
        )
        for i in open_items(teller.situation)
    )  # fmt: skip
    document = handover_document(teller.situation, "赵", "班次", teller.now_us, "Asia/Shanghai")
    handed = operation.HandedOver(
        outgoing="李", outgoing_role="duty_leader", incoming="赵", incoming_role="duty_leader",
        shift="乙班", items=items, document=document, sha256=document_sha256(document),
    )  # fmt: skip
    event = teller.tell(handed, "shift")
    teller.tell(operation.ShiftTaken(person="赵", role="duty_leader", shift="乙班"), "shift")
    now = teller.situation
    assert now.handover is not None
    assert (now.handover.event_id, now.handover.item_count) == (event.id, 10)
    assert now.tasks["K1"].owner == "赵"
    assert now.tasks["K1"].state == "waiting"
    assert now.tasks["K2"].owner == "王"
    assert owner_of(now, "incident", "I1") == "赵"
    assert owner_of(now, "incident", "I9") == ""
    assert owner_of(now, "task", "K9") == ""
    assert all(i.owner for i in open_items(now))
    # who leaves next leaves his items too
    assert sum(i.falls for i in open_items(now)) == 9
    gone = operation.HandedItem(kind="task", id="K9", title=Name(), since_us=1, owner="赵")
    teller.tell(msgspec_replace(handed, items=(gone,)), "shift")
    assert dict(teller.situation.owners) == {"task/K9": "赵"}


def msgspec_replace(payload: operation.HandedOver, **changes: object) -> operation.HandedOver:
    import msgspec

    return msgspec.structs.replace(payload, **changes)


def test_that_the_document_says_who_what_and_when_in_both_languages() -> None:
    teller = told()
    teller.tell(operation.WindObserved(masts=()), "wind")
    document = handover_document(teller.situation, "赵", "病假", teller.now_us, "Asia/Shanghai")
    assert "交班人：李　接班人：赵" in document.zh
    assert "交接原因：病假" in document.zh
    assert "未了事项 10 项，其中 9 项" in document.zh
    assert "N-I1 氯气泄漏" in document.zh
    assert "一队：go" in document.zh
    assert "责任人 王" in document.zh
    assert "演练" in document.zh
    assert "N-I1 Chlorine leak" in document.en
    assert "Open items: 10; without another owner, so falling to who takes over: 9" in document.en
    assert "[Tasks not done]" in document.en
    assert len(document_sha256(document)) == 64
    other = handover_document(teller.situation, "钱", "病假", teller.now_us, "Asia/Shanghai")
    assert document_sha256(other) != document_sha256(document)


def test_that_an_empty_desk_can_be_handed_over() -> None:
    teller = Teller()
    assert open_items(teller.situation) == ()
    document = handover_document(teller.situation, "", "", teller.now_us, "UTC")
    assert "From: —   To: —" in document.en
    assert "Open items: 0" in document.en
