import dataclasses

import msgspec
import pytest
from immutables import Map

from app.commands import CommandRefusedError, handle
from app.commands.escalation import Escalation
from app.commands.order import (
    CancelOrder,
    ConfirmReceipt,
    IssueOrder,
    ReportOrder,
    StartOrder,
    task_seen,
)
from app.commands.resource import MarkNumberDead, MoveStock
from models.basics import LatLon, Name, Phone, Wind
from models.hazard.ports import ZoneResult
from models.ids import SeededIds
from models.operation.events.card import CardIncidentProposed, CardVerified
from models.operation.events.order import OrderEscalated, OrderIssued, OrderReceived
from models.operation.events.resource import TeamStatusChanged
from models.operation.events.zone import ZoneWentOutOfDate
from models.operation.situation import Incident, Order, Task, TeamState, Zone
from models.registry.kinds import Person
from tests.unit.app.commands.conftest import SmallReference

RECEIPT_US = 60_000_000


@pytest.fixture
def open_incident(situation):
    incident = Incident(
        id="I1", number="I-2026-0001", title=Name("", "Leak"), incident_kind="toxic_leak",
        place=Name("", "x"), position=None, hazard_source_key="HS1", enterprise_key="E1",
        substance="", cas="", wind=(), opened_us=1, happened_us=None, event_id="e-i",
    )  # fmt: skip
    return situation.with_(incidents=Map({"I1": incident}))


@pytest.fixture
def with_order(open_incident):
    phones = (Phone(number="201", person="Li"), Phone(number="202", person="Zhao"))
    order = Order(
        id="O1", incident_id="I1", team_key="T1", team_name=Name("", "Brigade 1"), text="Go",
        phones=phones, called=phones[0], issued_us=0, receipt_due_us=1000, feedback_due_us=9000,
        event_id="e-o",
    )  # fmt: skip
    team = TeamState(team_key="T1", status="committed", incident_id="I1", order_id="O1")
    return open_incident.with_(orders=Map({"O1": order}), teams=Map({"T1": team}))


def test_that_an_issued_order_commits_the_team_in_the_same_batch(context_for, open_incident):
    drafts = handle(
        IssueOrder(incident_id="I1", team_key="T1", text="Go"), context_for(open_incident)
    )
    assert [type(d.payload) for d in drafts] == [OrderIssued, TeamStatusChanged]
    assert drafts[0].payload.receipt_due_us == context_for(open_incident).now_us + RECEIPT_US
    assert drafts[1].payload.order_id == drafts[0].subject


def test_that_a_committed_team_is_not_committed_twice(context_for, with_order):
    with pytest.raises(CommandRefusedError, match="team_committed"):
        handle(IssueOrder(incident_id="I1", team_key="T1", text="Go"), context_for(with_order))


def test_that_an_evacuation_needs_a_second_person_unless_the_clause_is_preauthorised(
    context_for, open_incident
):
    task = Task(
        id="K1", incident_id="I1", plan_key="P1", clause_key="2", action=Name("", "Evacuate"),
        deliverable=Name(), role="police", offset_s=0, starts_us=0, due_us=1, event_id="e-t",
        needs=("evacuation",),
    )  # fmt: skip
    situation = open_incident.with_(tasks=Map({"K1": task}))
    context = context_for(situation)
    alone = IssueOrder(incident_id="I1", team_key="T1", text="Go", task_id="K1")
    with pytest.raises(CommandRefusedError, match="approval_needed"):
        handle(alone, context)
    by_oneself = IssueOrder(
        incident_id="I1", team_key="T1", text="Go", task_id="K1", approved_by=("Wang Jianguo",)
    )
    with pytest.raises(CommandRefusedError, match="approval_needed"):
        handle(by_oneself, context)
    people = {
        "P7": Person(key="P7", name=Name("王建国", "Wang Jianguo")),
        "P8": Person(key="P8", name=Name("李敏", "Li Min")),
    }
    rows = {kind: context.reference.all(kind) for kind in ("teams", "plans")} | {"people": people}
    context = dataclasses.replace(context, reference=SmallReference(rows))
    for own in ("王建国", "P7", "wang  jianguo", " "):
        command = dataclasses.replace(alone, approved_by=(own,))
        with pytest.raises(CommandRefusedError, match="approval_needed"):
            handle(command, context)
    two = IssueOrder(
        incident_id="I1", team_key="T1", text="Go", task_id="K1", approved_by=("Li Min",)
    )
    assert handle(two, context)[0].payload.approved_by == ("Li Min",)


def test_that_a_late_answer_lands_on_its_own_order(context_for, with_order):
    (draft,) = handle(ConfirmReceipt(order_id="O1", by="Li"), context_for(with_order))
    assert (draft.subject, draft.payload) == ("O1", OrderReceived(by="Li", phone="201"))


def test_that_starting_an_unsigned_order_signs_it(context_for, with_order):
    drafts = handle(StartOrder(order_id="O1", by="Li"), context_for(with_order))
    assert isinstance(drafts[0].payload, OrderReceived)
    assert drafts[-1].payload.status == "under_way"


@pytest.mark.parametrize(
    "command",
    [ReportOrder(order_id="O1", by="Li", text="done"), CancelOrder(order_id="O1", reason="x")],
)
def test_that_the_end_of_an_order_frees_its_team(context_for, with_order, command):
    drafts = handle(command, context_for(with_order))
    assert drafts[-1].payload == TeamStatusChanged(status="ready")


def test_that_a_team_on_another_order_stays_committed(context_for, with_order):
    other = TeamState(team_key="T1", status="committed", order_id="O2")
    situation = with_order.with_(teams=Map({"T1": other}))
    drafts = handle(CancelOrder(order_id="O1", reason="x"), context_for(situation))
    assert len(drafts) == 1


def test_that_a_silent_order_goes_to_the_next_person_at_the_due_second(context_for, with_order):
    escalation = Escalation(SeededIds("e"))
    reference = context_for(with_order).reference
    assert escalation.due(with_order, reference, 999) == []
    (draft,) = escalation.due(with_order, reference, 1000)
    assert draft.payload == OrderEscalated(
        step=1, to=Phone(number="202", person="Zhao"), receipt_due_us=1000 + RECEIPT_US
    )


def test_that_escalation_skips_numbers_marked_dead(context_for, with_order):
    situation = with_order.with_(dead_numbers=Map({"202": "T1"}))
    (draft,) = Escalation(SeededIds("e")).due(situation, context_for(situation).reference, 1000)
    assert draft.payload.to.number == "201"


def test_that_nobody_is_skipped_when_a_number_called_before_is_marked_dead(context_for, with_order):
    phones = tuple(Phone(number=number) for number in ("201", "202", "203"))
    order = msgspec.structs.replace(
        with_order.orders["O1"], phones=phones, called=phones[1], step=1
    )
    situation = with_order.with_(orders=Map({"O1": order}), dead_numbers=Map({"201": "T1"}))
    (draft,) = Escalation(SeededIds("e")).due(situation, context_for(situation).reference, 1000)
    assert (draft.payload.step, draft.payload.to.number) == (2, "203")


def test_that_two_people_at_one_number_are_both_called(context_for, with_order):
    phones = tuple(
        Phone(number=number, person=person)
        for number, person in (("201", "Li"), ("201", "Wu"), ("202", "Zhao"))
    )
    order = msgspec.structs.replace(
        with_order.orders["O1"], phones=phones, called=phones[1], step=1
    )
    situation = with_order.with_(orders=Map({"O1": order}))
    (draft,) = Escalation(SeededIds("e")).due(situation, context_for(situation).reference, 1000)
    assert draft.payload.to == phones[2]


def test_that_a_verification_without_answer_proposes_the_incident(context_for, situation):
    card = msgspec.structs.replace(
        situation.cards["C1"], state="verifying", verification_due_us=500
    )
    situation = situation.with_(cards=Map({"C1": card}))
    drafts = Escalation(SeededIds("e")).due(situation, context_for(situation).reference, 500)
    assert [type(d.payload) for d in drafts] == [CardVerified, CardIncidentProposed]


def test_that_a_number_is_marked_dead_once(context_for, situation):
    command = MarkNumberDead(kind="teams", key="T1", number="201")
    (draft,) = handle(command, context_for(situation))
    assert draft.payload.number == "201"
    marked = situation.with_(dead_numbers=Map({"201": "T1"}))
    with pytest.raises(CommandRefusedError, match="number_dead_already"):
        handle(command, context_for(marked))


def test_that_no_more_leaves_a_depot_than_it_holds(context_for, situation):
    moved = situation.with_(stock_moves=Map({"D1/soda": -5.0}))
    with pytest.raises(CommandRefusedError, match="stock_short"):
        handle(MoveStock(depot_key="D1", material="soda", quantity=-2), context_for(moved))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ConfirmReceipt(order_id="O9", by="Li"), "unknown_order"),
        (ConfirmReceipt(order_id="O1", by=" "), "by_missing"),
        (ReportOrder(order_id="O1", by="Li", text=" "), "report_empty"),
        (CancelOrder(order_id="O1", reason=" "), "reason_missing"),
        (IssueOrder(incident_id="I1", team_key="T9", text="Go"), "unknown_team"),
    ],
)
def test_that_an_act_without_its_object_or_words_is_refused(context_for, with_order, command, code):
    with pytest.raises(CommandRefusedError, match=code):
        handle(command, context_for(with_order))


def test_that_an_order_needs_a_text(context_for, open_incident):
    with pytest.raises(CommandRefusedError, match="order_empty"):
        handle(IssueOrder(incident_id="I1", team_key="T1", text=" "), context_for(open_incident))


def test_that_an_order_is_signed_once_and_ends_once(context_for, with_order):
    order = with_order.orders["O1"]
    signed = msgspec.structs.replace(order, state="received", received_by="Li")
    situation = with_order.with_(orders=Map({"O1": signed}))
    with pytest.raises(CommandRefusedError, match="order_signed"):
        handle(ConfirmReceipt(order_id="O1", by="Zhao"), context_for(situation))
    started, status = handle(StartOrder(order_id="O1", by="Li"), context_for(situation))
    assert (started.payload.by, status.payload.status) == ("Li", "under_way")
    ended = msgspec.structs.replace(order, state="reported")
    situation = with_order.with_(orders=Map({"O1": ended}))
    with pytest.raises(CommandRefusedError, match="order_ended"):
        handle(CancelOrder(order_id="O1", reason="x"), context_for(situation))


def test_that_an_interim_report_keeps_the_team(context_for, with_order):
    command = ReportOrder(order_id="O1", by="Li", text="on site", final=False)
    assert len(handle(command, context_for(with_order))) == 1


@pytest.mark.parametrize(
    ("state", "events"), [("waiting", 3), ("assigned", 3), ("started", 2), ("done", 2)]
)
def test_that_an_order_assigns_its_task_until_that_has_begun(
    context_for, open_incident, state, events
):
    task = Task(
        id="K1", incident_id="I1", plan_key="P1", clause_key="1", action=Name("", "Stop"),
        deliverable=Name(), role="duty", offset_s=0, starts_us=0, due_us=1, event_id="e-t",
        state=state,
    )  # fmt: skip
    situation = open_incident.with_(tasks=Map({"K1": task}))
    command = IssueOrder(incident_id="I1", team_key="T1", text="Go", task_id="K1")
    drafts = handle(command, context_for(situation))
    assert len(drafts) == events
    assert drafts[0].caused_by == "e-t"


def test_that_an_order_without_a_number_escalates_all_the_same(context_for, with_order):
    situation = with_order.with_(dead_numbers=Map({"201": "T1", "202": "T1"}))
    (draft,) = Escalation(SeededIds("e")).due(situation, context_for(situation).reference, 1000)
    assert draft.payload.to == Phone(number="")


def test_that_a_card_proposed_already_is_not_proposed_again(context_for, situation):
    card = msgspec.structs.replace(
        situation.cards["C1"], state="verifying", verification_due_us=500, proposed="second"
    )
    situation = situation.with_(cards=Map({"C1": card}))
    (draft,) = Escalation(SeededIds("e")).due(situation, context_for(situation).reference, 500)
    assert draft.payload == CardVerified(result="no_answer", said_by="")


def test_that_a_turned_wind_puts_the_zone_out_of_date(context_for, open_incident):
    drawn = Wind(from_deg=270.0, speed_m_s=2.5, stability="D", source="mast-1")
    turned = msgspec.structs.replace(drawn, from_deg=320.0)
    result = ZoneResult(
        kind="model", model="plume", model_version="1", origin=LatLon(32.0, 118.0), levels=(),
        wind=drawn,
    )  # fmt: skip
    zone = Zone(id="Z1", incident_id="I1", result=result, drawn_us=0, event_id="e-z")
    situation = open_incident.with_(zones=Map({"Z1": zone}), masts=(turned,))
    escalation = Escalation(SeededIds("e"))
    reference = context_for(situation).reference
    assert escalation.due(situation, reference, 0) == []
    (draft,) = escalation.due(situation, reference, 60_000_000)
    assert draft.payload == ZoneWentOutOfDate(wind=turned, reason="turn:50")
    assert (draft.subject, draft.caused_by) == ("Z1", "e-z")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": "dropped", "finished_us": 5}, "task_ended"),
        ({"state": "assigned", "owner": "消防二站", "order_id": "O9"}, "task_ordered: 消防二站"),
    ],
)
def test_that_a_task_that_changed_under_the_sheet_is_not_ordered(
    context_for, open_incident, change, refusal
):
    task = Task(
        id="K1", incident_id="I1", plan_key="P1", clause_key="1", action=Name("", "Stop work"),
        deliverable=Name(), role="duty", offset_s=0, starts_us=0, due_us=1, event_id="e-t",
    )  # fmt: skip
    order = IssueOrder(
        incident_id="I1", team_key="T1", text="Go", task_id="K1", seen_task=task_seen(task)
    )
    assert handle(order, context_for(open_incident.with_(tasks=Map({"K1": task}))))
    changed = msgspec.structs.replace(task, **change)
    context = context_for(open_incident.with_(tasks=Map({"K1": changed})))
    with pytest.raises(CommandRefusedError, match=refusal):
        handle(order, context)
    seen = dataclasses.replace(order, seen_task=task_seen(changed))
    assert handle(seen, context)  # whoever saw it may order all the same
