"""Commands on situation cards: verify (核实) and close."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.basics import Phone
from models.operation.events.base import Draft
from models.operation.events.card import (
    CardClosed,
    CardIncidentProposed,
    CardVerificationStarted,
    CardVerified,
    VerificationResult,
)
from models.operation.situation import Card
from models.registry.kinds import Enterprise
from models.rules import load_rules
from models.times import SECOND_US

_SETTLES = ("process_upset", "instrument", "calibration", "permit_work")


@dataclass(frozen=True, slots=True)
class StartVerification:
    """Show the control room's number and start the clock."""

    card_id: str


@dataclass(frozen=True, slots=True)
class RecordVerification:
    """What the control room said, coded, and who said it.

    Of two desks that call at once the first answer stands: the second one is told of it.
    """

    card_id: str
    result: VerificationResult
    said_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CloseCard:
    """Settle a card without an incident."""

    card_id: str
    reason: str


def open_card(context: Context, card_id: str) -> Card:
    """Return a card that isn't closed, else refuse."""
    card = context.situation.cards.get(card_id)
    if card is None:
        raise CommandRefusedError("unknown_card", card_id)
    if card.state == "closed":
        raise CommandRefusedError("card_closed", card.title.en)
    return card


def control_room_phone(context: Context, enterprise_key: str, *, without: str = "") -> Phone | None:
    """Return the first control-room number that isn't known dead."""
    enterprise = context.reference.get("enterprises", enterprise_key)
    if not isinstance(enterprise, Enterprise):
        return None
    dead = {*context.situation.dead_numbers, without}
    usable = [p for p in enterprise.control_room if not p.dead and p.number not in dead]
    return usable[0] if usable else None


@handles(StartVerification)
def _start(command: StartVerification, context: Context) -> Sequence[Draft]:
    card = open_card(context, command.card_id)
    if card.state != "open":
        raise CommandRefusedError("verification_runs", card.id)
    phone = control_room_phone(context, card.enterprise_key) or Phone(number="")
    clock_s = load_rules("alarm_management")["verification"]["clock_s"]
    payload = CardVerificationStarted(
        phone=phone.number,
        person=phone.person or phone.role,
        due_us=context.now_us + clock_s * SECOND_US,
    )
    return [context.draft(card.id, payload, caused_by=card.event_id)]


@handles(RecordVerification)
def _record(command: RecordVerification, context: Context) -> Sequence[Draft]:
    card = open_card(context, command.card_id)
    if card.result not in {"", "no_answer"}:
        raise CommandRefusedError("card_verified", card.said_by)
    if command.result != "no_answer" and not command.said_by.strip():
        raise CommandRefusedError("said_by_missing")
    verified = context.draft(
        card.id,
        CardVerified(result=command.result, said_by=command.said_by, note=command.note),
        caused_by=card.event_id,
    )
    drafts = [verified]
    if command.result in _SETTLES:
        closed = CardClosed(reason=f"verified:{command.result}")
        drafts.append(context.draft(card.id, closed, caused_by=verified.id))
    elif command.result == "no_answer" and not card.proposed:
        proposed = CardIncidentProposed(reason="no_answer")
        drafts.append(context.draft(card.id, proposed, caused_by=verified.id))
    return drafts


@handles(CloseCard)
def _close(command: CloseCard, context: Context) -> Sequence[Draft]:
    card = open_card(context, command.card_id)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    return [context.draft(card.id, CardClosed(reason=command.reason), caused_by=card.event_id)]
