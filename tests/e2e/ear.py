"""Stands where the loudspeaker would, and notes when a tone was asked for."""

from app.clock import Clock
from views.shell.sound import AlarmSound


class Ear:
    """A player that everybody can hear."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.heard: list[tuple[int, int]] = []

    @classmethod
    def put_on(cls, sound: AlarmSound, clock: Clock) -> "Ear":
        """Replace the machine's device, which a test machine doesn't have."""
        ear = cls(clock)
        sound._player = ear
        return ear

    def available(self) -> bool:
        """Return that somebody listens."""
        return True

    def play(self, priority: int) -> None:
        """Note a tone: (priority, µs)."""
        self.heard.append((priority, self._clock.now_us()))

    def stop(self) -> None:
        """Be quiet."""
