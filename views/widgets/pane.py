"""A pane: one title line (what, how many, the one act that matters), then its content."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from views.i18n import Retranslating
from views.theme import Theme
from views.widgets.badges import ElidedLabel, PlainLabel


class Pane(Retranslating, QFrame):
    """Subclasses set the title in `retranslate()` and their content by `set_body`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("pane")
        self._title = PlainLabel()
        self._title.setObjectName("paneTitle")
        self._count = ElidedLabel(role="secondary")
        self._head = QFrame()
        self._head.setObjectName("paneHead")
        self._head_row = QHBoxLayout(self._head)
        self._head_row.setContentsMargins(theme.px(12), theme.px(5), theme.px(8), theme.px(5))
        self._head_row.setSpacing(theme.px(8))
        self._head_row.addStrut(theme.px(26))  # at least: buttons are never squeezed
        self._head_row.addWidget(self._title)
        self._head_row.addWidget(self._count, 1)
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)

    @property
    def title(self) -> str:
        """The title on screen."""
        return self._title.text()

    @property
    def body(self) -> QWidget | None:
        """The content."""
        return self._body

    def set_title(self, title: str, count: str | None = None) -> None:
        """Set what the pane shows and, when given, how many."""
        self._title.setText(title)
        self.setAccessibleName(title)
        if count is not None:
            self.set_count(count)

    def set_count(self, count: str) -> None:
        """Set how many (or another short fact)."""
        self._count.setText(count)

    def add_act(self, widget: QWidget) -> None:
        """Put a button at the end of the title line."""
        self._head_row.addWidget(widget)

    def set_body(self, body: QWidget, *, padded: bool = False) -> None:
        """Show this content; the one before is let go. Tables reach the edge, forms don't."""
        margin = self.theme.px(12) if padded else 0
        body.setContentsMargins(margin, margin, margin, margin)
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._column.addWidget(body, 1)
