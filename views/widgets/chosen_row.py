"""A frame that is chosen as a whole: by a click, or by Enter when it has the focus.

Up and Down go to the rows beside it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

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
        """Be chosen on Enter; give the focus to a neighbour on Up and Down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() in ENTER:
            self._choose()
        elif step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into sight."""
        super().focusInEvent(event)
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    def _go(self, step: int) -> None:
        host = self.parentWidget()
        column = host.layout() if host is not None else None
        if column is None:
            return
        items = (column.itemAt(index) for index in range(column.count()))
        widgets = (item.widget() for item in items if item is not None)
        rows = [row for row in widgets if isinstance(row, ChosenRow) and row.isVisible()]
        place = rows.index(self) + step if self in rows else -1
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        if self._key is not None:
            self.chosen.emit(self._key)
