"""A frame that is chosen as a whole: by a click, or by Enter when it has the focus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from views.widgets.keys import ENTER, KeepsKeys


class ChosenRow(KeepsKeys, QFrame):
    """Emits its key when it is chosen; while that is None it can't be. Signals: chosen(str key)."""

    chosen = Signal(str)
    kept_keys = ENTER

    def __init__(self) -> None:
        super().__init__()
        self._key: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def key(self) -> str | None:
        """What is chosen with it."""
        return self._key

    def stand_for(self, key: str | None) -> None:
        """Stand for this from now on."""
        self._key = key
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(arrow if key is None else hand)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be chosen."""
        super().mousePressEvent(event)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be chosen on Enter."""
        if event.key() in ENTER:
            self._choose()
            return
        super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._key is not None:
            self.chosen.emit(self._key)
