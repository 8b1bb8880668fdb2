"""Fakes of what the screens are given."""


class SilentPlayer:
    """Remembers what was played."""

    def __init__(self, *, has_device: bool = True) -> None:
        self.has_device = has_device
        self.played: list[int] = []
        self.stopped = 0

    def available(self) -> bool:
        return self.has_device

    def play(self, priority: int) -> None:
        self.played.append(priority)

    def stop(self) -> None:
        self.stopped += 1
