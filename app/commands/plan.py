"""Commands on running plans and their tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.libraries.kinds import Plan
from models.operation.events.base import Draft
from models.operation.events.incident import ResponseLevelSet
from models.operation.events.plan import (
    PlanStarted,
    TaskAssigned,
    TaskCreated,
    TaskDropped,
    TaskFinished,
)
from models.operation.situation import Task
from models.times import SECOND_US


@dataclass(frozen=True, slots=True)
class StartPlan:
    """Run a plan for an incident."""

    incident_id: str
    plan_key: str


@dataclass(frozen=True, slots=True)
class AssignTask:
    """Give a task an owner."""

    task_id: str
    owner: str


@dataclass(frozen=True, slots=True)
class FinishTask:
    """A task is done."""

    task_id: str
    result: str


@dataclass(frozen=True, slots=True)
class DropTask:
    """A task isn't needed, by decision."""

    task_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetResponseLevel:
    """The commander decides on a response level of a running plan."""

    incident_id: str
    plan_key: str
    level_key: str
    reason: str = ""


def plan_drafts(
    context: Context, incident_id: str, plan: Plan, *, expired: bool, caused_by: str | None
) -> list[Draft]:
    """Return the drafts that start a plan: the plan, its tasks, its automatic level."""
    started = context.draft(
        incident_id,
        PlanStarted(
            incident_id=incident_id,
            plan_key=plan.key,
            plan_name=plan.name,
            plan_version=plan.version,
            warnings=("expired",) if expired else (),
        ),
        caused_by=caused_by,
    )
    drafts = [started]
    for clause in plan.clauses:
        starts_us = context.now_us + clause.offset_s * SECOND_US
        task = TaskCreated(
            incident_id=incident_id,
            plan_key=plan.key,
            clause_key=clause.key,
            action=clause.action,
            deliverable=clause.deliverable,
            role=clause.role,
            offset_s=clause.offset_s,
            starts_us=starts_us,
            due_us=starts_us + clause.due_s * SECOND_US,
            first_order=clause.first_order,
            needs=clause.needs,
        )
        drafts.append(context.draft(context.new_id(), task, caused_by=started.id))
    automatic = next((level for level in plan.levels if level.automatic_when), None)
    if automatic is not None:
        level_set = ResponseLevelSet(
            plan_key=plan.key,
            level_key=automatic.key,
            level_name=automatic.name,
            automatic=True,
            reason=automatic.automatic_when,
        )
        drafts.append(context.draft(incident_id, level_set, caused_by=started.id))
    return drafts


def _open_task(context: Context, task_id: str) -> Task:
    task = context.situation.tasks.get(task_id)
    if task is None:
        raise CommandRefusedError("unknown_task", task_id)
    if task.state in {"finished", "dropped"}:
        raise CommandRefusedError("task_ended", task.action.en)
    context.open_incident(task.incident_id)
    return task


def _plan(context: Context, plan_key: str) -> Plan:
    plan = context.reference.get("plans", plan_key)
    if not isinstance(plan, Plan):
        raise CommandRefusedError("unknown_plan", plan_key)
    return plan


@handles(StartPlan)
def _start(command: StartPlan, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    if command.plan_key in incident.plan_keys:
        raise CommandRefusedError("plan_runs", command.plan_key)
    plan = _plan(context, command.plan_key)
    expired = plan.expires_us is not None and plan.expires_us <= context.now_us
    return plan_drafts(context, incident.id, plan, expired=expired, caused_by=incident.event_id)


@handles(AssignTask)
def _assign(command: AssignTask, context: Context) -> Sequence[Draft]:
    task = _open_task(context, command.task_id)
    if not command.owner.strip():
        raise CommandRefusedError("owner_missing")
    return [context.draft(task.id, TaskAssigned(owner=command.owner), caused_by=task.event_id)]


@handles(FinishTask)
def _finish(command: FinishTask, context: Context) -> Sequence[Draft]:
    task = _open_task(context, command.task_id)
    return [context.draft(task.id, TaskFinished(result=command.result), caused_by=task.event_id)]


@handles(DropTask)
def _drop(command: DropTask, context: Context) -> Sequence[Draft]:
    task = _open_task(context, command.task_id)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    return [context.draft(task.id, TaskDropped(reason=command.reason), caused_by=task.event_id)]


@handles(SetResponseLevel)
def _set_level(command: SetResponseLevel, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    plan = _plan(context, command.plan_key)
    level = next((each for each in plan.levels if each.key == command.level_key), None)
    if level is None:
        raise CommandRefusedError("unknown_level", command.level_key)
    payload = ResponseLevelSet(
        plan_key=plan.key,
        level_key=level.key,
        level_name=level.name,
        automatic=False,
        reason=command.reason,
    )
    return [context.draft(incident.id, payload, caused_by=incident.event_id)]
