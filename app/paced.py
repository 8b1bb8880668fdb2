"""A signal whose receivers take turns, so that no snapshot holds the UI thread for long.

Every screen hears of every snapshot. Told all at once they would stop the UI thread for the sum of
their work, and the painting that follows would be one long piece too. So the receivers are told
as many at a time as fit into a few milliseconds, by what each took before; between two turns Qt
paints and takes keys.
"""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SIGNAL, QObject, QTimer, Signal

_TURN_S = 0.006
_LONG_S = 0.012
_SAID = SIGNAL("said(PyObject)")


class _Receiver(QObject):
    """One receiver: what it hasn't been told yet. Qt lets go of a receiver that is destroyed."""

    said = Signal(object)

    def __init__(self, slot: Callable[[Any], object]) -> None:
        super().__init__()
        self.slot = slot
        self.waiting: Any = None
        self.cost_s = 0.0
        self._owner = getattr(slot, "__self__", None)
        self.said.connect(slot)

    @property
    def is_gone(self) -> bool:
        """Whether nobody listens any more."""
        return self.receivers(_SAID) == 0

    @property
    def is_seen(self) -> bool:
        """Whether the receiver isn't a widget that is out of sight."""
        visible = getattr(self._owner, "isVisible", None)
        try:
            return visible is None or bool(visible())
        except RuntimeError:  # destroyed meanwhile
            return False

    def tell(self) -> None:
        """Say what is waiting, and learn what that takes: at once when more, slowly when less."""
        value, self.waiting = self.waiting, None
        begun_s = time.perf_counter()
        self.said.emit(value)
        took_s = time.perf_counter() - begun_s
        self.cost_s = max(took_s, (self.cost_s + took_s) / 2)


class PacedSignal:
    """Connect, disconnect and emit as with a signal of one object, but receivers take turns.

    What is in sight comes first. A receiver that is still waiting gets `join(waiting, newer)` when
    something newer is emitted: each hears of everything once, and ends with the newest.
    """

    def __init__(self, join: Callable[[Any, Any], Any]) -> None:
        self._join = join
        self._receivers: list[_Receiver] = []
        self._telling = False
        self._told_s = 0.0
        self._gave_way = False
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._on_timer)

    @property
    def is_idle(self) -> bool:
        """Whether everybody has been told everything."""
        return not any(receiver.waiting is not None for receiver in self._receivers)

    def connect(self, slot: Callable[[Any], object]) -> None:
        """Tell a slot from now on; one of a QObject is let go with it."""
        self._receivers.append(_Receiver(slot))

    def disconnect(self, slot: Callable[[Any], object]) -> None:
        """Tell a slot nothing more; ValueError when it wasn't connected."""
        position = next((i for i, r in enumerate(self._receivers) if r.slot == slot), -1)
        if position < 0:
            raise ValueError(f"{slot!r} is not connected")
        self._receivers.pop(position).deleteLater()

    def emit(self, value: object) -> None:
        """Tell everybody: the first at once, the others in turns that follow."""
        for receiver in self._receivers:
            waiting = receiver.waiting
            receiver.waiting = value if waiting is None else self._join(waiting, value)
        self._timer.start()
        self._take_turn()

    def _on_timer(self) -> None:
        """Take a turn; after a long painting let whoever else waits go first, once."""
        self._gave_way = not self._gave_way and time.perf_counter() - self._told_s > _LONG_S
        if not self._gave_way:
            self._take_turn()

    def _take_turn(self) -> None:
        if self._telling:  # a receiver emits: the turn under way goes on with it
            return
        self._telling = True
        begun_s = now_s = time.perf_counter()
        try:
            while (receiver := self._next()) is not None:
                if now_s > begun_s and now_s + receiver.cost_s > begun_s + _TURN_S:
                    return
                receiver.tell()
                now_s = time.perf_counter()
            self._timer.stop()
        finally:
            self._told_s = time.perf_counter()
            self._telling = False

    def _next(self) -> _Receiver | None:
        """Return who comes next, None when all were told; forgets who is gone."""
        hidden: _Receiver | None = None
        for receiver in tuple(self._receivers):
            if receiver.is_gone:
                self._receivers.remove(receiver)
                receiver.deleteLater()
            elif receiver.waiting is not None:
                if receiver.is_seen:
                    return receiver
                hidden = hidden or receiver
        return hidden
