"""What is wrong with a record today: expired, numbers dead, nothing in stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.basics import Phone
from models.libraries.kinds import Depot, Expert, Plan, Stock, Team
from models.operation.situation import Situation
from models.registry.kinds import Camera, Contractor, Enterprise, Permit, Receptor, Record
from models.times import DAY_US, HOUR_US

SOON_US = 30 * DAY_US
STILL_US = HOUR_US
Code = Literal[
    "expired", "expires_soon", "no_number", "number_dead", "empty", "partly_empty", "permit_over",
    "picture_still",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One fault of a record: which, how bad (1…4), and since or until when [µs UTC]."""

    code: Code
    severity: int
    at_us: int | None = None


def is_dead(phone: Phone, situation: Situation) -> bool:
    """Tell whether a number doesn't work, by the library or by today's calls."""
    return phone.dead or phone.number in situation.dead_numbers


def stock_left(depot_key: str, stock: Stock, situation: Situation) -> float:
    """Return what a depot holds of a material after the moves of the operation."""
    return stock.quantity + situation.stock_moves.get(f"{depot_key}/{stock.material}", 0.0)


def mark_of(record: Record, situation: Situation, now_us: int) -> Mark | None:
    """Return the worst fault of a record, None when there is none."""
    match record:
        case Plan(expires_us=int(expires_us)):
            return _expiry(expires_us, now_us)
        case Depot():
            return _stock(record, situation) or _phones(record.phones, situation)
        case Team() | Expert() | Contractor():
            return _phones(record.phones, situation, needed=True)
        case Receptor():
            return _phones(record.phones, situation)
        case Enterprise():
            return _phones(record.control_room, situation)
        case Permit() if record.valid_to_us and record.valid_to_us <= now_us:
            return Mark("permit_over", 4, record.valid_to_us)
        case Camera(last_frame_us=int(last_us)) if now_us - last_us > STILL_US:
            return Mark("picture_still", 3, last_us)
        case _:
            return None


def _expiry(expires_us: int, now_us: int) -> Mark | None:
    if expires_us <= now_us:
        return Mark("expired", 2, expires_us)
    return Mark("expires_soon", 3, expires_us) if expires_us - now_us <= SOON_US else None


def _stock(depot: Depot, situation: Situation) -> Mark | None:
    left = [stock_left(depot.key, stock, situation) for stock in depot.stock]
    if not any(quantity > 0 for quantity in left):
        return Mark("empty", 2)
    return Mark("partly_empty", 3) if any(quantity <= 0 for quantity in left) else None


def _phones(phones: Sequence[Phone], situation: Situation, *, needed: bool = False) -> Mark | None:
    dead = sum(is_dead(phone, situation) for phone in phones)
    if dead == len(phones) and (dead or needed):
        return Mark("no_number", 2)
    return Mark("number_dead", 3) if dead else None
