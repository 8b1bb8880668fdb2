"""Makes ready, in idle moments, what a switch of stations would otherwise wait for."""

import importlib
from collections.abc import Iterable, Iterator

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Slot

_PAUSE_MS = 15
_TOUCHED = 60


def import_modules(names: Iterable[str]) -> None:
    """Import modules: on a thread only what brings no class of Qt."""
    for name in names:
        importlib.import_module(name)


def touch_classes() -> Iterator[None]:
    """Touch Qt's classes, a few at a time, on the UI thread: PySide makes each when first touched.

    pyqtgraph touches them all while it is imported.
    """
    for module in (QtCore, QtGui, QtWidgets):
        names = dir(module)
        for first in range(0, len(names), _TOUCHED):
            for name in names[first : first + _TOUCHED]:
                getattr(module, name)
            yield


class WarmUp(QObject):
    """Takes one step of an iterator each time the UI thread has nothing else to do."""

    def __init__(self, steps: Iterator[object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._on_timer)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest for when it is needed."""
        self._timer.stop()

    @property
    def is_running(self) -> bool:
        """Whether steps are left."""
        return self._timer.isActive()

    @Slot()
    def _on_timer(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
