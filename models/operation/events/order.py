"""Orders: 下达 → 签收 → 执行 → 反馈, with escalation when nobody answers."""

from typing import ClassVar

from models.basics import LatLon, Name, Phone
from models.operation.events.base import Payload, register


@register
class OrderIssued(Payload, frozen=True, kw_only=True):
    """An order left the desk. `receipt_due_us` starts the receipt clock."""

    KIND: ClassVar[str] = "order.issued"
    incident_id: str
    team_key: str
    team_name: Name
    text: str
    phones: tuple[Phone, ...]
    receipt_due_us: int
    feedback_due_us: int
    task_id: str = ""
    staging: LatLon | None = None
    route: tuple[LatLon, ...] = ()
    eta_s: float | None = None
    dont: tuple[Name, ...] = ()
    protection: tuple[Name, ...] = ()
    approved_by: tuple[str, ...] = ()
    replaces_order_id: str = ""


@register
class OrderReceived(Payload, frozen=True, kw_only=True):
    """签收: the receiver has it."""

    KIND: ClassVar[str] = "order.received"
    by: str
    phone: str = ""


@register
class OrderStarted(Payload, frozen=True, kw_only=True):
    """执行: under way."""

    KIND: ClassVar[str] = "order.started"
    by: str


@register
class OrderReported(Payload, frozen=True, kw_only=True):
    """反馈: what came of it; `final` ends the order."""

    KIND: ClassVar[str] = "order.reported"
    by: str
    text: str
    final: bool = True


@register
class OrderEscalated(Payload, frozen=True, kw_only=True):
    """Nobody signed in time: the next person and number, and a replacement proposed."""

    KIND: ClassVar[str] = "order.escalated"
    step: int
    to: Phone
    receipt_due_us: int
    replacement_team_key: str = ""
    replacement_eta_s: float | None = None


@register
class OrderCancelled(Payload, frozen=True, kw_only=True):
    """Withdrawn, with a reason."""

    KIND: ClassVar[str] = "order.cancelled"
    reason: str
