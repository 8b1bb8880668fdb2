"""Commands and their handlers; importing this package enters them all."""

from app.commands import (
    alarm,
    alarm_holds,
    call,
    card,
    drawing,
    incident,
    operation,
    order,
    place,
    plan,
    report,
    resource,
    safety,
    warning,
    wind,
    zone,
)
from app.commands.base import CommandRefusedError, Context, handle

__all__ = [
    "CommandRefusedError",
    "Context",
    "alarm",
    "alarm_holds",
    "call",
    "card",
    "drawing",
    "handle",
    "incident",
    "operation",
    "order",
    "place",
    "plan",
    "report",
    "resource",
    "safety",
    "warning",
    "wind",
    "zone",
]
