"""Running plans: clauses become tasks."""

from typing import ClassVar

from models.basics import Name
from models.operation.events.base import Payload, register


@register
class PlanStarted(Payload, frozen=True, kw_only=True):
    """A plan runs for an incident."""

    KIND: ClassVar[str] = "plan.started"
    incident_id: str
    plan_key: str
    plan_name: Name
    plan_version: str
    warnings: tuple[str, ...] = ()


@register
class TaskCreated(Payload, frozen=True, kw_only=True):
    """A clause became a task with a due time."""

    KIND: ClassVar[str] = "task.created"
    incident_id: str
    plan_key: str
    clause_key: str
    action: Name
    deliverable: Name
    role: str
    offset_s: int
    starts_us: int
    due_us: int
    first_order: bool = False
    needs: tuple[str, ...] = ()


@register
class TaskAssigned(Payload, frozen=True, kw_only=True):
    """Somebody owns the task."""

    KIND: ClassVar[str] = "task.assigned"
    owner: str
    order_id: str = ""


@register
class TaskFinished(Payload, frozen=True, kw_only=True):
    """Done, with what was delivered."""

    KIND: ClassVar[str] = "task.finished"
    result: str


@register
class TaskDropped(Payload, frozen=True, kw_only=True):
    """Not needed, by decision and with a reason."""

    KIND: ClassVar[str] = "task.dropped"
    reason: str
