"""Draws the reference data into arrays on a thread, and filters them there too."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from maps.conditions import Filter
from maps.drawing import Drawing, draw_reference
from maps.filters import Filtered, apply_filters
from maps.scene import ReferenceRows

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Arrays of the reference data and the points that the filters leave.

    `is_new` tells whether the reference data were drawn anew, or only filtered.
    """

    drawing: Drawing
    filtered: Filtered
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Made:
    generation: int
    reference: ReferenceRows
    drawn: Drawn


class ReferenceDrawer(QObject):
    """One thread; the newest request wins. Signals: drawn(Drawn)."""

    drawn = Signal(object)
    _made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="map-drawing")
        self._generation = 0
        self._filters: tuple[Filter, ...] = ()
        self._last: _Made | None = None
        self._pending: tuple[ReferenceRows, str] | None = None
        self._made.connect(self._on_made)

    def draw(self, reference: ReferenceRows, language: str) -> None:
        """Draw reference data."""
        self._pending = (reference, language)
        self._submit()

    def filter(self, filters: tuple[Filter, ...]) -> None:
        """Let only what meets these filters through; nothing happens when they are the same."""
        if filters != self._filters:
            self._filters = filters
            if self._pending is not None or self._last is not None:
                self._submit()

    def shut_down(self) -> None:
        """End the thread."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _submit(self) -> None:
        self._generation += 1
        generation, filters, pending, last = (
            self._generation, self._filters, self._pending, self._last,
        )  # fmt: skip

        def run() -> None:
            try:
                if pending is not None:
                    reference, drawing = pending[0], draw_reference(*pending)
                elif last is not None:
                    reference, drawing = last.reference, last.drawn.drawing
                else:
                    return
                filtered = apply_filters(drawing.points, reference, filters)
            except Exception:
                log.exception("reference data can't be drawn on the map")
                return
            drawn = Drawn(drawing, filtered, is_new=pending is not None)
            self._made.emit(_Made(generation, reference, drawn))

        self._worker.submit(run)

    @Slot(object)
    def _on_made(self, made: _Made) -> None:
        if made.generation != self._generation:
            return
        self._last, self._pending = made, None
        self.drawn.emit(made.drawn)
