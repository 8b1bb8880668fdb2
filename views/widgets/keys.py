"""Keys that belong to whoever has the focus, not to the window's shortcuts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
TYPING = ENTER | {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def takes_text(widget: QWidget | None) -> bool:
    """Return whether what is typed goes into this widget."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QAbstractSpinBox | QPlainTextEdit)


class KeepsKeys(_Base):
    """Mix-in of forms and tables: Enter and Tab (`kept_keys`) inside act there.

    The Watch station has both as window shortcuts (open the incident, next situation); somebody
    who types a caller's name must not open an incident by Enter.
    """

    kept_keys = TYPING

    def event(self, event: QEvent) -> bool:
        """Claim the keys before a shortcut does."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in self.kept_keys
            and not event.modifiers() & ~_PLAIN
        ):
            event.accept()
            return True
        return super().event(event)


class KeepsWhileTyping(QObject):
    """Filter of a window: in any line Enter and Tab are the line's, as letters are.

    No mix-in: all painting of a window runs within its `event`, and must not run within Python's.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Claim the keys before a shortcut does."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in TYPING
            and not event.modifiers() & ~_PLAIN
            and takes_text(self._window.focusWidget())
        ):
            event.accept()
            return True
        return False


class OwnLine(KeepsKeys, QLineEdit):
    """A line that keeps Enter and Tab; Enter ends the typing."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.returnPressed.connect(self.clearFocus)
