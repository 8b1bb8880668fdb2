"""The span of time that a trend shows: up to now and moving, or standing still."""

from dataclasses import dataclass, replace

LEAST_S = 10.0
MOST_S = 2 * 366 * 86_400.0
FIRST_S = 1800.0
_ROOMS_S = (300.0, 600.0, 900.0, 1200.0, FIRST_S)


@dataclass(frozen=True, slots=True)
class TrendSpan:
    """`end_s` None is live: it ends now. Times are seconds since 1970 UTC.

    `by_hand` is false as long as nobody has chosen a length.
    """

    window_s: float = FIRST_S
    end_s: float | None = None
    by_hand: bool = False

    @property
    def is_live(self) -> bool:
        """Whether it moves with the time."""
        return self.end_s is None

    def bounds(self, now_s: float) -> tuple[float, float]:
        """Return where it begins and ends [s]."""
        end_s = now_s if self.end_s is None else self.end_s
        return end_s - self.window_s, end_s

    def fitted(self, known_s: float) -> "TrendSpan":
        """Return it no longer than needed for `known_s` [s] of data, unless somebody chose.

        So an operation that has just begun isn't left of a void.
        """
        if self.by_hand or not self.is_live:
            return self
        room_s = next((each for each in _ROOMS_S if each >= 1.1 * known_s), FIRST_S)
        return self if room_s == self.window_s else replace(self, window_s=room_s)

    def paused(self, now_s: float) -> "TrendSpan":
        """Return it standing still where it is."""
        return replace(self, end_s=self.bounds(now_s)[1])

    def live(self) -> "TrendSpan":
        """Return it up to now, as long as it is."""
        return replace(self, end_s=None)

    def panned(self, share: float, now_s: float) -> "TrendSpan":
        """Return it moved by a share of its length, never beyond now; to the past it stands still.

        Examples
        --------
        >>> TrendSpan(100.0).panned(-0.5, 1000.0).bounds(1000.0)
        (850.0, 950.0)
        >>> TrendSpan(100.0).panned(0.5, 1000.0).is_live
        True
        """
        if self.end_s is None and share >= 0:
            return self
        end_s = self.bounds(now_s)[1] + share * self.window_s
        return replace(self, end_s=min(end_s, now_s))

    def zoomed(self, factor: float, now_s: float, at_s: float | None = None) -> "TrendSpan":
        """Return it `factor` times as long (> 0); the moment `at_s` stays where it is on screen.

        Live it stays live. Without a moment the middle stays.
        """
        from_s, to_s = self.bounds(now_s)
        window_s = min(max(self.window_s * factor, LEAST_S), MOST_S)
        if self.end_s is None:
            return replace(self, window_s=window_s, by_hand=True)
        held_s = (from_s + to_s) / 2 if at_s is None else min(max(at_s, from_s), to_s)
        share = (to_s - held_s) / self.window_s
        end_s = min(held_s + share * window_s, now_s)
        return replace(self, window_s=window_s, end_s=end_s, by_hand=True)

    def showing(self, from_s: float, to_s: float) -> "TrendSpan":
        """Return a standing span with these ends [s], from < to; lengthened when too short."""
        window_s = min(max(to_s - from_s, LEAST_S), MOST_S)
        return replace(self, window_s=window_s, end_s=to_s, by_hand=True)
