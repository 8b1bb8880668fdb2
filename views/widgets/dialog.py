"""Base of dialogs: freed after closing, marked with the operation's mode, Enter does it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from views.i18n import Retranslating
from views.theme import Theme

_WIDTH_PX = 520


class SheetDialog(Retranslating, QDialog):
    """A sheet: content above, the acts below. Subclasses connect `accepted`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(_WIDTH_PX))
        self._column = QVBoxLayout(self)
        margin = theme.px(16)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme.px(12))
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.px(8))
        self._acts.addStretch(1)
        self._column.addLayout(self._acts)

    def add_content(self, widget: QWidget) -> None:
        """Append content above the acts."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def fit(self) -> None:
        """Take the height that wrapped texts need at this width, now that they have changed."""
        self._column.activate()
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))

    def add_act(self, button: QPushButton, *, default: bool = False) -> None:
        """Append a button; the default one is what Enter does."""
        button.setAutoDefault(default)
        button.setDefault(default)
        self._acts.addWidget(button)
