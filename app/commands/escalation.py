"""What falls due by itself: silent orders, verifications without an answer, turned winds.

The gateway asks once a second, so that clocks go on when every desk is closed.
"""

from collections.abc import Callable, Sequence

from app.desk import Reference
from models.dispatch.ports import Route
from models.ids import EventId, IdSource
from models.operation.calling import next_phone
from models.operation.events.base import Draft, Payload
from models.operation.events.card import CardIncidentProposed, CardVerified
from models.operation.events.order import OrderEscalated
from models.operation.events.zone import ZoneWentOutOfDate
from models.operation.situation import Card, Order, Situation
from models.operation.zone_watch import ZoneWatch
from models.rules import load_rules
from models.times import SECOND_US

ACTOR = "system"
Replacement = Callable[[Order, Situation, Reference], Route | None]


class Escalation:
    """Rules of what is due; only the wind's "since when" is remembered between calls."""

    def __init__(self, ids: IdSource, replacement: Replacement | None = None) -> None:
        self._ids = ids
        self._replacement = replacement
        self._zone_watch = ZoneWatch()

    def due(self, situation: Situation, reference: Reference, now_us: int) -> list[Draft]:
        """Return what fell due by `now_us` [µs UTC]."""
        drafts: list[Draft] = []
        for card in situation.cards.values():
            if card.state == "verifying" and (card.verification_due_us or 0) <= now_us:
                drafts += self._no_answer(card, now_us)
        for order in situation.orders.values():
            if order.state == "issued" and order.receipt_due_us <= now_us:
                drafts += self._silent(order, situation, reference, now_us)
        for departure in self._zone_watch.due(situation, now_us):
            payload = ZoneWentOutOfDate(wind=departure.wind, reason=departure.reason)
            zone = situation.zones[departure.zone_id]
            drafts.append(self._draft(zone.id, payload, now_us, zone.event_id))
        return drafts

    def _no_answer(self, card: Card, now_us: int) -> Sequence[Draft]:
        verified = self._draft(
            card.id, CardVerified(result="no_answer", said_by=""), now_us, card.event_id
        )
        if card.proposed:
            return [verified]
        proposed = CardIncidentProposed(reason="no_answer")
        return [verified, self._draft(card.id, proposed, now_us, verified.id)]

    def _silent(
        self, order: Order, situation: Situation, reference: Reference, now_us: int
    ) -> Sequence[Draft]:
        """Call the next person and number; after the last the first is called again."""
        to = next_phone(order.phones, order.called, situation.dead_numbers)
        route = self._replacement(order, situation, reference) if self._replacement else None
        receipt_s = load_rules("alarm_management")["orders"]["receipt_s"]
        payload = OrderEscalated(
            step=order.step + 1,
            to=to,
            receipt_due_us=now_us + receipt_s * SECOND_US,
            replacement_team_key=route.team_key if route else "",
            replacement_eta_s=route.eta_s if route else None,
        )
        return [self._draft(order.id, payload, now_us, order.event_id)]

    def _draft(
        self,
        subject: str,
        payload: Payload,
        now_us: int,
        caused_by: str | None,
    ) -> Draft:
        return Draft(
            payload=payload,
            subject=subject,
            actor=ACTOR,
            caused_by=EventId(caused_by) if caused_by else None,
            id=EventId(self._ids.next(now_us)),
        )
