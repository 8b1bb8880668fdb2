"""Folding orders, tasks and running plans; a late answer lands on its own order."""

from models.basics import Phone
from models.operation.events import Event, order, plan
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Incident, Order, OrderState, Task

_RANK: dict[OrderState, int] = {
    "issued": 0, "received": 1, "started": 2, "reported": 3, "cancelled": 3,
}  # fmt: skip


def _forward(found: Order, state: OrderState) -> OrderState:
    """Return the later of two states: an order never goes back."""
    return state if _RANK[state] > _RANK[found.state] else found.state


def _issued(working: Working, event: Event, payload: order.OrderIssued) -> None:
    issued = Order(
        id=event.subject,
        incident_id=payload.incident_id,
        team_key=payload.team_key,
        team_name=payload.team_name,
        text=payload.text,
        phones=payload.phones,
        called=payload.phones[0] if payload.phones else Phone(number=""),
        issued_us=event.event_time_us,
        receipt_due_us=payload.receipt_due_us,
        feedback_due_us=payload.feedback_due_us,
        event_id=event.id,
        task_id=payload.task_id,
        staging=payload.staging,
        route=payload.route,
        eta_s=payload.eta_s,
        replaces_order_id=payload.replaces_order_id,
        issued_by=event.actor,
    )
    working.put("orders", issued.id, issued)
    task: Task | None = working.tasks.get(payload.task_id)
    if task is not None and task.finished_us is None:
        _assign(working, task, payload.team_key, issued.id)


def _received(working: Working, event: Event, payload: order.OrderReceived) -> None:
    found: Order | None = working.orders.get(event.subject)
    if found is not None and found.received_us is None:
        changed = change(
            found,
            state=_forward(found, "received"),
            received_by=payload.by,
            received_us=event.event_time_us,
        )
        working.put("orders", found.id, changed)


def _started(working: Working, event: Event, _payload: order.OrderStarted) -> None:
    found: Order | None = working.orders.get(event.subject)
    if found is not None and found.started_us is None:
        changed = change(found, state=_forward(found, "started"), started_us=event.event_time_us)
        working.put("orders", found.id, changed)


def _reported(working: Working, event: Event, payload: order.OrderReported) -> None:
    found: Order | None = working.orders.get(event.subject)
    if found is None:
        return
    state = _forward(found, "reported" if payload.final else "started")
    changed = change(found, state=state, feedback=payload.text)
    if payload.final and found.ended_us is None:
        changed = change(changed, ended_us=event.recorded_time_us)
        working.closes(event.recorded_time_us)
    working.put("orders", found.id, changed)


def _escalated(working: Working, event: Event, payload: order.OrderEscalated) -> None:
    """Call the next; a clock that ran out while somebody signed calls nobody any more."""
    found: Order | None = working.orders.get(event.subject)
    if found is not None and found.state == "issued":
        changed = change(
            found,
            step=payload.step,
            called=payload.to,
            receipt_due_us=payload.receipt_due_us,
            replacement_team_key=payload.replacement_team_key,
            replacement_eta_s=payload.replacement_eta_s,
        )
        working.put("orders", found.id, changed)


def _cancelled(working: Working, event: Event, _payload: order.OrderCancelled) -> None:
    found: Order | None = working.orders.get(event.subject)
    if found is not None and found.ended_us is None:
        changed = change(found, state="cancelled", ended_us=event.recorded_time_us)
        working.put("orders", found.id, changed)
        working.closes(event.recorded_time_us)


def _plan_started(working: Working, _event: Event, payload: plan.PlanStarted) -> None:
    found: Incident | None = working.incidents.get(payload.incident_id)
    if found is None or found.closed_us is not None or payload.plan_key in found.plan_keys:
        return
    changed = change(found, plan_keys=(*found.plan_keys, payload.plan_key))
    working.put("incidents", found.id, changed)


def _task_created(working: Working, event: Event, payload: plan.TaskCreated) -> None:
    working.put(
        "tasks",
        event.subject,
        Task(
            id=event.subject,
            incident_id=payload.incident_id,
            plan_key=payload.plan_key,
            clause_key=payload.clause_key,
            action=payload.action,
            deliverable=payload.deliverable,
            role=payload.role,
            offset_s=payload.offset_s,
            starts_us=payload.starts_us,
            due_us=payload.due_us,
            event_id=event.id,
            first_order=payload.first_order,
            needs=payload.needs,
        ),
    )


def _assign(working: Working, task: Task, owner: str, order_id: str) -> None:
    changed = change(task, state="assigned", owner=owner, order_id=order_id or task.order_id)
    working.put("tasks", task.id, changed)


def _task_assigned(working: Working, event: Event, payload: plan.TaskAssigned) -> None:
    found: Task | None = working.tasks.get(event.subject)
    if found is not None and found.finished_us is None:
        _assign(working, found, payload.owner, payload.order_id)


def _task_finished(working: Working, event: Event, payload: plan.TaskFinished) -> None:
    _end_task(working, event, "finished", payload.result)


def _task_dropped(working: Working, event: Event, payload: plan.TaskDropped) -> None:
    _end_task(working, event, "dropped", payload.reason)


def _end_task(working: Working, event: Event, state: str, result: str) -> None:
    found: Task | None = working.tasks.get(event.subject)
    if found is not None and found.finished_us is None:
        ended_us = event.recorded_time_us
        changed = change(found, state=state, result=result, finished_us=ended_us)
        working.put("tasks", found.id, changed)
        working.closes(ended_us)


HANDLERS: dict[type, Handler] = {
    order.OrderIssued: _issued,
    order.OrderReceived: _received,
    order.OrderStarted: _started,
    order.OrderReported: _reported,
    order.OrderEscalated: _escalated,
    order.OrderCancelled: _cancelled,
    plan.PlanStarted: _plan_started,
    plan.TaskCreated: _task_created,
    plan.TaskAssigned: _task_assigned,
    plan.TaskFinished: _task_finished,
    plan.TaskDropped: _task_dropped,
}
