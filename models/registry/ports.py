"""Registry ports that later issues fill."""

from collections.abc import Sequence
from typing import Protocol

from models.basics import Name, Value


class HiddenDanger(Value, frozen=True, kw_only=True):
    """An open hidden danger (隐患) of the double prevention mechanism."""

    key: str
    hazard_source_key: str
    name: Name
    grade: str
    due_us: int | None = None


class HiddenDangers(Protocol):
    """Open hidden dangers of a hazard source (双重预防)."""

    def open_at(self, hazard_source_key: str, at_us: int) -> Sequence[HiddenDanger]:
        """Return those open at a moment."""
        ...
