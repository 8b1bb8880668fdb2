"""Event payloads, one file per subject; importing this package fills the registry."""

from models.operation.events import (
    alarm,
    call,
    card,
    drawing,
    incident,
    operation,
    order,
    plan,
    reference,
    report,
    resource,
    zone,
)
from models.operation.events.base import (
    Draft,
    Event,
    Payload,
    payload_type,
    register,
    register_upcast,
    registered_kinds,
    upcast_payload,
)

__all__ = [
    "Draft",
    "Event",
    "Payload",
    "alarm",
    "call",
    "card",
    "drawing",
    "incident",
    "operation",
    "order",
    "payload_type",
    "plan",
    "reference",
    "register",
    "register_upcast",
    "registered_kinds",
    "report",
    "resource",
    "upcast_payload",
    "zone",
]
