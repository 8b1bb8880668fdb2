"""Orders in the fold: from issue to feedback, escalated, late, and without anybody to call."""

import pytest

from models.basics import Name, Phone
from models.operation.events import order, plan
from tests.unit.models.operation.stories import Teller
from tests.unit.models.operation.test_fold_incidents import _issue, _opening, _task


@pytest.fixture
def teller() -> Teller:
    told = Teller()
    told.tell(_opening("I-1"), "I1")
    return told


def test_that_order_goes_from_issue_to_feedback(teller: Teller) -> None:
    teller.tell(_task(), "K1")
    teller.tell(_issue(task_id="K1"), "O1", actor="chen")
    task = teller.situation.tasks["K1"]
    assert (task.state, task.owner, task.order_id) == ("assigned", "T1", "O1")
    assert teller.situation.orders["O1"].called.number == "1"
    assert teller.situation.orders["O1"].issued_by == "chen"
    teller.tell(order.OrderReceived(by="zhao"), "O1")
    teller.tell(order.OrderReceived(by="sun"), "O1")
    assert teller.situation.orders["O1"].received_by == "zhao"
    teller.tell(order.OrderStarted(by="zhao"), "O1")
    teller.tell(order.OrderStarted(by="zhao"), "O1")
    teller.tell(order.OrderReported(by="zhao", text="half", final=False), "O1")
    assert teller.situation.orders["O1"].state == "started"
    event = teller.tell(order.OrderReported(by="zhao", text="done"), "O1")
    teller.tell(order.OrderReported(by="zhao", text="and cleaned"), "O1")
    teller.tell(order.OrderCancelled(reason="late"), "O1")
    found = teller.situation.orders["O1"]
    assert (found.state, found.feedback, found.ended_us) == (
        "reported", "and cleaned", event.recorded_time_us,
    )  # fmt: skip


def test_that_escalation_calls_the_next_and_late_answer_lands_on_its_order(teller: Teller) -> None:
    teller.tell(_issue(), "O1")
    step = order.OrderEscalated(
        step=1, to=Phone(number="2"), receipt_due_us=99, replacement_team_key="T2"
    )
    teller.tell(step, "O1")
    found = teller.situation.orders["O1"]
    assert (found.step, found.called.number, found.receipt_due_us) == (1, "2", 99)
    assert found.replacement_team_key == "T2"
    teller.tell(order.OrderCancelled(reason="replaced"), "O1")
    teller.tell(order.OrderReceived(by="late"), "O1")
    teller.tell(step, "O1")
    found = teller.situation.orders["O1"]
    assert (found.state, found.received_by) == ("cancelled", "late")


def test_that_a_clock_that_ran_out_while_somebody_signed_calls_nobody(teller: Teller) -> None:
    teller.tell(_issue(), "O1")
    teller.tell(order.OrderReceived(by="zhao"), "O1")
    before = teller.situation.orders["O1"]
    late = order.OrderEscalated(step=1, to=Phone(number="2"), receipt_due_us=99)
    teller.tell(late, "O1")
    assert teller.situation.orders["O1"] == before


def test_that_order_without_numbers_or_to_a_finished_task_is_kept(teller: Teller) -> None:
    teller.tell(_task(), "K1")
    teller.tell(plan.TaskFinished(result="done"), "K1")
    issue = order.OrderIssued(
        incident_id="I1", team_key="T1", team_name=Name(), text="", phones=(), receipt_due_us=0,
        feedback_due_us=0, task_id="K1",
    )  # fmt: skip
    teller.tell(issue, "O1")
    assert teller.situation.orders["O1"].called == Phone(number="")
    assert teller.situation.tasks["K1"].state == "finished"
    teller.tell(plan.TaskAssigned(owner="x"), "K1")
    assert teller.situation.tasks["K1"].owner == ""
