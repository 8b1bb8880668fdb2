"""Situation cards: what an alarm or a flood of them becomes, and its verification (核实)."""

from typing import ClassVar, Literal

from models.basics import Name, Wind
from models.operation.events.base import Payload, register

VerificationResult = Literal[
    "real", "process_upset", "instrument", "calibration", "permit_work", "no_answer"
]


@register
class CardOpened(Payload, frozen=True, kw_only=True):
    """A new situation; `first_alarm_id` is the first-out. `wind` is the wind at T0."""

    KIND: ClassVar[str] = "card.opened"
    first_alarm_id: str
    hazard_source_key: str
    enterprise_key: str
    title: Name
    priority: int
    wind: tuple[Wind, ...] = ()
    permit_keys: tuple[str, ...] = ()
    neighbour_keys: tuple[str, ...] = ()


@register
class CardJoined(Payload, frozen=True, kw_only=True):
    """Another alarm belongs to this card."""

    KIND: ClassVar[str] = "card.joined"
    alarm_id: str
    priority: int


@register
class CardVerificationStarted(Payload, frozen=True, kw_only=True):
    """The officer calls the control room; the clock runs until `due_us`."""

    KIND: ClassVar[str] = "card.verification_started"
    phone: str
    person: str
    due_us: int


@register
class CardVerified(Payload, frozen=True, kw_only=True):
    """The coded answer and who gave it."""

    KIND: ClassVar[str] = "card.verified"
    result: VerificationResult
    said_by: str
    note: str = ""


@register
class CardIncidentProposed(Payload, frozen=True, kw_only=True):
    """No answer, a second detector or a call point: the incident is proposed without waiting."""

    KIND: ClassVar[str] = "card.incident_proposed"
    reason: Literal["no_answer", "second_detector", "call_point"]


@register
class CardClosed(Payload, frozen=True, kw_only=True):
    """The card is settled without an incident, or passed into one."""

    KIND: ClassVar[str] = "card.closed"
    reason: str
    incident_id: str = ""
