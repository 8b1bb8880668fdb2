"""Who has not answered: a pure reading of the situation; the strip shows all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.basics import Name
from models.operation.situation import Situation
from models.rules import load_rules
from models.times import MINUTE_US

Kind = Literal["receipt", "feedback", "verification", "report"]
_SOON_US = 2 * MINUTE_US
_NO_NAME = Name()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody owes an answer until `due_us`; `step` counts escalations."""

    id: str
    kind: Kind
    who: Name
    due_us: int
    started_us: int
    step: int = 0
    person: str = ""
    report: str = ""
    source: Name = _NO_NAME

    def severity(self, now_us: int) -> int:
        """Return 1 when overdue, 2 within two minutes of it, else 0."""
        left_us = self.due_us - now_us
        return 1 if left_us <= 0 else 2 if left_us <= _SOON_US else 0


def unanswered(situation: Situation) -> tuple[Waiting, ...]:
    """Return everybody who owes an answer, the earliest due first; report clocks come last."""
    found = [*_orders(situation), *_cards(situation), *_reports(situation)]
    found.sort(key=lambda each: (each.kind == "report", each.due_us, each.id))
    return tuple(found)


def _orders(situation: Situation) -> Iterator[Waiting]:
    for order in situation.orders.values():
        called = order.called.person or order.called.number
        if order.state == "issued":
            yield Waiting(
                order.id, "receipt", order.team_name, order.receipt_due_us, order.issued_us,
                order.step, called,
            )  # fmt: skip
        elif order.state in {"received", "started"}:
            yield Waiting(
                order.id, "feedback", order.team_name, order.feedback_due_us, order.issued_us,
                order.step, called,
            )  # fmt: skip


def _cards(situation: Situation) -> Iterator[Waiting]:
    for card in situation.cards.values():
        if card.state == "verifying" and card.verification_due_us is not None:
            called = card.verification_person or card.verification_phone
            yield Waiting(
                card.id, "verification", card.title, card.verification_due_us, card.opened_us,
                person=called,
            )  # fmt: skip


def _reports(situation: Situation) -> Iterator[Waiting]:
    rules = {rule["key"]: rule for rule in load_rules("report_clocks")["rule"]}
    for clock in situation.report_clocks.values():
        if clock.met_us is not None:
            continue
        rule = rules.get(clock.rule_key)
        yield Waiting(
            clock.id,
            "report",
            Name(**rule["to"]) if rule else Name(zh=clock.to),
            clock.due_us,
            clock.started_us,
            report=rule["report"] if rule else "first",
            source=Name(**rule["source"]) if rule else Name(zh=clock.source),
        )
