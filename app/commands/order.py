"""Commands on orders: 下达 → 签收 → 执行 → 反馈."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from app.desk import Reference
from app.duty import is_same_person
from models.basics import LatLon, Name, Phone
from models.libraries.kinds import Plan, Team
from models.operation.events.base import Draft
from models.operation.events.order import (
    OrderCancelled,
    OrderIssued,
    OrderReceived,
    OrderReported,
    OrderStarted,
)
from models.operation.events.plan import TaskAssigned
from models.operation.events.resource import TeamStatusChanged
from models.operation.situation import Order, Task
from models.rules import load_rules
from models.times import SECOND_US

_OPEN = {"issued", "received", "started"}
_FREE = {"", "ready"}
_WEIGHTY = frozenset({"evacuation", "public_warning", "siren"})


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """Issue the order the sheet shows.

    `seen_task` is the task as it stood on the sheet (`task_seen`): one that ended or was ordered
    elsewhere meanwhile isn't ordered again unseen. Empty: whatever it is now.
    """

    incident_id: str
    team_key: str
    text: str
    task_id: str = ""
    staging: LatLon | None = None
    route: tuple[LatLon, ...] = ()
    eta_s: float | None = None
    dont: tuple[Name, ...] = ()
    protection: tuple[Name, ...] = ()
    replaces_order_id: str = ""
    receipt_s: int = 0
    approved_by: tuple[str, ...] = ()
    seen_task: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmReceipt:
    """Somebody signed for the order, on the phone or by radio."""

    order_id: str
    by: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class StartOrder:
    """The receiver is under way."""

    order_id: str
    by: str


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """The receiver reports back."""

    order_id: str
    by: str
    text: str
    final: bool = True


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Withdraw an order, with a reason."""

    order_id: str
    reason: str


def usable_phones(team: Team, context: Context) -> tuple[Phone, ...]:
    """Return the team's numbers in calling order without those known dead."""
    dead = context.situation.dead_numbers
    return tuple(p for p in team.phones if not p.dead and p.number not in dead)


def needs_second_person(reference: Reference, task: Task | None) -> bool:
    """Return whether an order for this task needs a second person's approval.

    Public warning, siren and evacuation do, unless the plan's clause is pre-authorised.
    """
    if task is None or not _WEIGHTY & set(task.needs):
        return False
    plan = reference.get("plans", task.plan_key)
    clauses = plan.clauses if isinstance(plan, Plan) else ()
    clause = next((each for each in clauses if each.key == task.clause_key), None)
    return clause is None or not clause.preauthorised


def _is_approved(command: IssueOrder, context: Context) -> bool:
    """Return whether somebody else approves; one's own name in another form is nobody else."""
    own = context.actor.partition("@")[0]
    named = (name for name in command.approved_by if name.strip())
    return any(not is_same_person(context.reference, own, name) for name in named)


def task_seen(task: Task | None) -> str:
    """Return what an order for a task rests on: whether it has ended, and its last order."""
    return "" if task is None else f"{task.finished_us is not None:d}/{task.order_id}"


def _check_seen(task: Task, seen: str) -> None:
    if seen in {"", task_seen(task)}:
        return
    if task.finished_us is not None:
        raise CommandRefusedError("task_ended", task.action.en)
    raise CommandRefusedError("task_ordered", task.owner)


def _order(context: Context, order_id: str) -> Order:
    order = context.situation.orders.get(order_id)
    if order is None:
        raise CommandRefusedError("unknown_order", order_id)
    return order


def _open_order(context: Context, order_id: str) -> Order:
    order = _order(context, order_id)
    if order.state not in _OPEN:
        raise CommandRefusedError("order_ended", order.team_name.en)
    return order


@handles(IssueOrder)
def _issue(command: IssueOrder, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    team = context.reference.get("teams", command.team_key)
    if not isinstance(team, Team):
        raise CommandRefusedError("unknown_team", command.team_key)
    state = context.situation.teams.get(team.key)
    if state is not None and state.status not in _FREE:
        raise CommandRefusedError("team_committed", team.name.en)
    if not command.text.strip():
        raise CommandRefusedError("order_empty")
    task = context.situation.tasks.get(command.task_id)
    if task is None and command.task_id:  # unknown needs nobody's approval, so it isn't taken
        raise CommandRefusedError("unknown_task", command.task_id)
    if task is not None:
        _check_seen(task, command.seen_task)
    if needs_second_person(context.reference, task) and not _is_approved(command, context):
        raise CommandRefusedError("approval_needed", team.name.en)
    rules = load_rules("alarm_management")["orders"]
    receipt_us = (command.receipt_s or rules["receipt_s"]) * SECOND_US
    order_id = context.new_id()
    issued = context.draft(
        order_id,
        OrderIssued(
            incident_id=incident.id,
            team_key=team.key,
            team_name=team.name,
            text=command.text,
            phones=usable_phones(team, context),
            receipt_due_us=context.now_us + receipt_us,
            feedback_due_us=context.now_us + rules["feedback_s"] * SECOND_US,
            task_id=command.task_id,
            staging=command.staging,
            route=command.route,
            eta_s=command.eta_s,
            dont=command.dont,
            protection=command.protection,
            replaces_order_id=command.replaces_order_id,
            approved_by=command.approved_by,
        ),
        caused_by=task.event_id if task else incident.event_id,
    )
    committed = TeamStatusChanged(status="committed", incident_id=incident.id, order_id=order_id)
    drafts = [issued, context.draft(team.key, committed, caused_by=issued.id)]
    if task is not None and task.state in {"waiting", "assigned"}:
        assigned = TaskAssigned(owner=team.name.text("zh"), order_id=order_id)
        drafts.append(context.draft(task.id, assigned, caused_by=issued.id))
    return drafts


@handles(ConfirmReceipt)
def _receive(command: ConfirmReceipt, context: Context) -> Sequence[Draft]:
    order = _open_order(context, command.order_id)
    if order.state != "issued":
        raise CommandRefusedError("order_signed", order.received_by)
    if not command.by.strip():
        raise CommandRefusedError("by_missing")
    payload = OrderReceived(by=command.by, phone=command.phone or order.called.number)
    return [context.draft(order.id, payload, caused_by=order.event_id)]


@handles(StartOrder)
def _start(command: StartOrder, context: Context) -> Sequence[Draft]:
    order = _open_order(context, command.order_id)
    drafts = []
    if order.state == "issued":
        received = OrderReceived(by=command.by, phone=order.called.number)
        drafts.append(context.draft(order.id, received, caused_by=order.event_id))
    drafts.append(context.draft(order.id, OrderStarted(by=command.by), caused_by=order.event_id))
    status = TeamStatusChanged(status="under_way", incident_id=order.incident_id, order_id=order.id)
    drafts.append(context.draft(order.team_key, status))
    return drafts


@handles(ReportOrder)
def _report(command: ReportOrder, context: Context) -> Sequence[Draft]:
    order = _open_order(context, command.order_id)
    if not command.text.strip():
        raise CommandRefusedError("report_empty")
    reported = OrderReported(by=command.by, text=command.text, final=command.final)
    drafts = [context.draft(order.id, reported, caused_by=order.event_id)]
    if command.final:
        drafts += _released(context, order)
    return drafts


@handles(CancelOrder)
def _cancel(command: CancelOrder, context: Context) -> Sequence[Draft]:
    order = _open_order(context, command.order_id)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    cancelled = OrderCancelled(reason=command.reason)
    drafts = [context.draft(order.id, cancelled, caused_by=order.event_id)]
    return drafts + _released(context, order)


def _released(context: Context, order: Order) -> list[Draft]:
    """Free the team, unless it has been given another order meanwhile."""
    state = context.situation.teams.get(order.team_key)
    if state is None or state.order_id != order.id:
        return []
    return [context.draft(order.team_key, TeamStatusChanged(status="ready"))]
