"""Readiness, stock, positions and numbers: they exist only as events."""

from typing import ClassVar, Literal

from models.basics import LatLon
from models.operation.events.base import Payload, register


@register
class TeamStatusChanged(Payload, frozen=True, kw_only=True):
    """The one status of a team (the unit and its crew)."""

    KIND: ClassVar[str] = "team.status_changed"
    status: Literal["ready", "committed", "under_way", "on_site", "unavailable"]
    incident_id: str = ""
    order_id: str = ""


@register
class PositionReported(Payload, frozen=True, kw_only=True):
    """Where a team or vehicle is."""

    KIND: ClassVar[str] = "position.reported"
    position: LatLon


@register
class NumberMarkedDead(Payload, frozen=True, kw_only=True):
    """A phone number of somebody doesn't work."""

    KIND: ClassVar[str] = "number.marked_dead"
    number: str


@register
class StockMoved(Payload, frozen=True, kw_only=True):
    """Material left or came to a depot (negative is out)."""

    KIND: ClassVar[str] = "stock.moved"
    material: str
    quantity: float
    unit: str
    incident_id: str = ""
