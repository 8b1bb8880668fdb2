"""Two presses for what can't be taken back: the first one arms, the second one does it."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_ARMED_MS = 5000


class Twice(QObject):
    """Armed for one subject at a time, for five seconds. Signals: changed(): armed or no more."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._armed = ""
        self._timer = QTimer(self, interval=_ARMED_MS, singleShot=True)
        self._timer.timeout.connect(self.disarm)

    @property
    def armed(self) -> str:
        """What the next press acts on, '' when nothing is armed."""
        return self._armed

    def press(self, subject: str) -> bool:
        """Return whether this is the second press for the subject."""
        if subject and subject == self._armed:
            self.disarm()
            return True
        self._armed = subject
        self._timer.start()
        self.changed.emit()
        return False

    @Slot()
    def disarm(self) -> None:
        """Forget the first press."""
        self._timer.stop()
        if self._armed:
            self._armed = ""
            self.changed.emit()
