"""Commands on resources: readiness, numbers, stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.commands.base import CommandRefusedError, Context, handles
from app.commands.card import control_room_phone
from models.libraries.kinds import Depot
from models.operation.events.base import Draft
from models.operation.events.card import CardVerificationStarted
from models.operation.events.resource import NumberMarkedDead, StockMoved, TeamStatusChanged


@dataclass(frozen=True, slots=True)
class SetTeamStatus:
    """The one status of a team."""

    team_key: str
    status: Literal["ready", "committed", "under_way", "on_site", "unavailable"]


@dataclass(frozen=True, slots=True)
class MarkNumberDead:
    """A number doesn't work; the next one is offered from now on."""

    kind: str
    key: str
    number: str


@dataclass(frozen=True, slots=True)
class MoveStock:
    """Material leaves (negative) or comes to a depot."""

    depot_key: str
    material: str
    quantity: float
    incident_id: str = ""


@handles(SetTeamStatus)
def _set_status(command: SetTeamStatus, context: Context) -> Sequence[Draft]:
    if context.reference.get("teams", command.team_key) is None:
        raise CommandRefusedError("unknown_team", command.team_key)
    state = context.situation.teams.get(command.team_key)
    payload = TeamStatusChanged(
        status=command.status,
        incident_id=state.incident_id if state and command.status != "ready" else "",
        order_id=state.order_id if state and command.status != "ready" else "",
    )
    return [context.draft(command.team_key, payload)]


@handles(MarkNumberDead)
def _mark_dead(command: MarkNumberDead, context: Context) -> Sequence[Draft]:
    if not command.number:
        raise CommandRefusedError("number_missing")
    if command.number in context.situation.dead_numbers:
        raise CommandRefusedError("number_dead_already", command.number)
    marked = context.draft(command.key, NumberMarkedDead(number=command.number))
    return [marked, *_next_numbers(command.number, context, marked.id)]


def _next_numbers(number: str, context: Context, caused_by: str | None) -> list[Draft]:
    """Call the next number for verifications that were calling this one; their clocks run on."""
    drafts = []
    for card in context.situation.cards.values():
        if card.state == "verifying" and card.verification_phone == number:
            phone = control_room_phone(context, card.enterprise_key, without=number)
            payload = CardVerificationStarted(
                phone=phone.number if phone else "",
                person=(phone.person or phone.role) if phone else "",
                due_us=card.verification_due_us or context.now_us,
            )
            drafts.append(context.draft(card.id, payload, caused_by=caused_by))
    return drafts


@handles(MoveStock)
def _move(command: MoveStock, context: Context) -> Sequence[Draft]:
    depot = context.reference.get("materials", command.depot_key)
    if not isinstance(depot, Depot):
        raise CommandRefusedError("unknown_depot", command.depot_key)
    stock = next((s for s in depot.stock if s.material == command.material), None)
    if stock is None:
        raise CommandRefusedError("unknown_material", command.material)
    moved = context.situation.stock_moves.get(f"{depot.key}/{stock.material}", 0.0)
    if stock.quantity + moved + command.quantity < 0:
        raise CommandRefusedError("stock_short", f"{stock.quantity + moved:g} {stock.unit}")
    payload = StockMoved(
        material=stock.material,
        quantity=command.quantity,
        unit=stock.unit,
        incident_id=command.incident_id,
    )
    return [context.draft(depot.key, payload)]
