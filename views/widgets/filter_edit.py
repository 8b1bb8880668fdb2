"""A filter line: says what it looks in, shows its key, gives the arrows to its table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

KEY = "Ctrl+F"


class FilterEdit(QLineEdit):
    """Ctrl+F comes here, Down goes to the table, Esc empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: QWidget | None = None
        self.setClearButtonEnabled(True)
        # Hidden stations don't hear it: a shortcut acts only where its widget is visible.
        self._shortcut = QShortcut(QKeySequence(KEY), self)
        self._shortcut.activated.connect(self.take_over)

    def set_table(self, table: QWidget) -> None:
        """Name the table that Down goes to."""
        self._table = table

    def set_words(self, name: str, hint: str) -> None:
        """Set the accessible name and what the empty line says."""
        self.setAccessibleName(name)
        self.setPlaceholderText(f"{hint}   {KEY}")

    def take_over(self) -> None:
        """Take the focus with everything marked, so that typing begins anew."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Down to the table; Esc empties the line."""
        if event.key() == Qt.Key.Key_Down and self._table is not None:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
