"""A text of a few lines that is seen whole; Enter is left to the sheet around it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from views.theme import Theme

_LINES = 3


class WrappedEdit(QPlainTextEdit):
    """Wraps what a line edit would cut; Tab leaves it, Enter does what the sheet's button does."""

    def __init__(self, theme: Theme, text: str = "") -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + theme.px(18))

    def text(self) -> str:
        """Return the text as one line."""
        return " ".join(self.toPlainText().split())

    def setText(self, text: str) -> None:
        """Set the text."""
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the default button."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)
