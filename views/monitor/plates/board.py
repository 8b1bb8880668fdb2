"""A board of boxes, each with a look: only boxes whose look differs are painted, in short turns."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from views.monitor.plates.looks import Look
from views.monitor.plates.paint import PlatePainter
from views.theme import Theme

_TURN_S = 0.006
_PAUSE_MS = 10
PlaceId = tuple[str, str]
"""What kind of thing stands in a place, and its key."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box and the id of what stands in it."""

    box: QRect
    id: PlaceId


class Board(QWidget):
    """Signals: pressed(id), opened(id): a click, a double click.

    `look` is asked what stands in a place with every `refresh`; only what differs from what was
    painted is painted. `repainted` counts the places painted so far.
    """

    pressed = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, look: Callable[[PlaceId], Look], *, big: bool) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._big = big
        self._painter = PlatePainter(theme)
        self._places: tuple[Place, ...] = ()
        self._looks: list[Look | None] = []
        self._waiting: list[int] = []
        self.repainted = 0
        self._turns = QTimer(self, interval=_PAUSE_MS)
        self._turns.timeout.connect(self._on_turn)
        theme.scheme_changed.connect(self._on_scheme_changed)

    @property
    def places(self) -> tuple[Place, ...]:
        """What stands where."""
        return self._places

    @property
    def is_settled(self) -> bool:
        """Whether all that was asked for has been compared."""
        return not self._waiting

    def looks(self) -> dict[PlaceId, Look]:
        """Return what is on the board by id."""
        found = zip(self._places, self._looks, strict=True)
        return {place.id: look for place, look in found if look is not None}

    def show_places(self, places: Sequence[Place]) -> None:
        """Show these; where the boxes are the same ones only the things in them change."""
        same = [place.box for place in places] == [place.box for place in self._places]
        self._places = tuple(places)
        if same:
            self.refresh()
            return
        self._looks = [None] * len(self._places)
        self._waiting = []
        self.update()

    def refresh(self) -> None:
        """Compare everything with what is painted, a few milliseconds at a time."""
        self._waiting = list(range(len(self._places) - 1, -1, -1))
        self._turns.start()
        self._on_turn()

    @Slot()
    def _on_turn(self) -> None:
        end_s = time.perf_counter() + _TURN_S
        while self._waiting and time.perf_counter() < end_s:
            index = self._waiting.pop()
            place = self._places[index]
            look = self._look(place.id)
            if look != self._looks[index]:
                self._looks[index] = look
                self.update(place.box)
        if not self._waiting:
            self._turns.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the places in the region, nothing else."""
        region = event.region()
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("window"))
        for index, place in enumerate(self._places):
            if not region.intersects(place.box):
                continue
            look = self._looks[index]
            if look is None:
                look = self._looks[index] = self._look(place.id)
            self._painter.paint(painter, place.box, look, big=self._big)
            self.repainted += 1
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say what was clicked."""
        if (place := self._at(event)) is not None:
            self.pressed.emit(place.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Say what was double-clicked."""
        if (place := self._at(event)) is not None:
            self.opened.emit(place.id)

    def _at(self, event: QMouseEvent) -> Place | None:
        point = event.position().toPoint()
        return next((place for place in self._places if place.box.contains(point)), None)

    @Slot(object)
    def _on_scheme_changed(self, _theme: Theme) -> None:
        self._painter.forget()
        self.update()
