"""The cursors of a trend: one at the pointer or moved by keys, and one that is held."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Cursors:
    """Moments [s since 1970 UTC], None where there is none.

    `pointed_s` is under the pointer and goes before `placed_s`, which keys move. With `held_s`
    the other one tells the difference to it.
    """

    pointed_s: float | None = None
    placed_s: float | None = None
    held_s: float | None = None

    @property
    def at_s(self) -> float | None:
        """Where values are read."""
        return self.placed_s if self.pointed_s is None else self.pointed_s

    @property
    def all(self) -> tuple[float, ...]:
        """All that are drawn, the one that is read last."""
        return tuple(each for each in (self.held_s, self.at_s) if each is not None)

    def pointing(self, time_s: float | None) -> "Cursors":
        """Return them with the pointer at a moment, or away."""
        return replace(self, pointed_s=time_s)

    def moved(self, by_s: float, from_s: float, to_s: float) -> "Cursors":
        """Return them with the one of the keys moved within a span; it begins in the middle."""
        if self.at_s is None:
            return replace(self, placed_s=(from_s + to_s) / 2)
        return replace(self, pointed_s=None, placed_s=min(max(self.at_s + by_s, from_s), to_s))

    def holding(self, time_s: float | None) -> "Cursors":
        """Return them with one held at a moment; one that is held already is let go."""
        return replace(self, held_s=time_s if self.held_s is None else None)
