"""A button that shows its key."""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from views.theme import Theme


class KeyButton(QPushButton):
    """Text and, in a small outline, the key that does the same.

    With an action of the registry the button follows its text and enabled state and leaves the
    shortcut to it; otherwise `key` becomes the button's own shortcut.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        key: str = "",
        *,
        primary: bool = False,
        action: QAction | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._action = action
        self._key = key
        self.setProperty("primary", primary)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if action is None:
            self.set_label(text, key)
        else:
            action.changed.connect(self._on_action_changed)
            self.clicked.connect(action.trigger)
            self._on_action_changed()

    @property
    def key(self) -> str:
        """The key as shown, '' when there is none."""
        return self._key

    def set_label(self, text: str, key: str | None = None) -> None:
        """Set the text and, when given, the key."""
        if key is not None and self._action is None:
            self._key = key
        self.setText(text)
        if self._action is None:
            self.setShortcut(QKeySequence(self._key))  # setText clears it
        named = f"{text} ({self._key})" if self._key else text
        self.setAccessibleName(named.replace("&", ""))
        self.updateGeometry()

    @Slot()
    def _on_action_changed(self) -> None:
        if self._action is None:
            return
        self._key = self._action.shortcut().toString()
        self.setEnabled(self._action.isEnabled())
        self.set_label(self._action.text())

    def _cap_width(self) -> int:
        if not self._key:
            return 0
        text = QFontMetrics(self._theme.font(11)).horizontalAdvance(_shown(self._key))
        return text + self._theme.px(16)

    def sizeHint(self) -> QSize:
        """Return the room of the text and the key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._cap_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: keys are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then text and key side by side."""
        if not self._key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text = option.text
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        cap = self._cap_width()
        inner = self.rect().adjusted(self._theme.px(10), 0, -self._theme.px(8), 0)
        label = QRect(inner.left(), inner.top(), inner.width() - cap, inner.height())
        color = self._theme.color(self._text_token())
        self._paint_text(painter, label, text, color)
        self._paint_cap(painter, inner, cap, color)
        painter.end()

    def _text_token(self) -> str:
        if not self.isEnabled():
            return "text3"
        return "on-accent" if self.property("primary") else "text1"

    def _paint_text(self, painter: QPainter, box: QRect, text: str, color: QColor) -> None:
        painter.setPen(color)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(box, int(flags), text)

    def _paint_cap(self, painter: QPainter, inner: QRect, width: int, color: QColor) -> None:
        height = self._theme.px(16)
        box = QRect(
            inner.right() - width + self._theme.px(8),
            inner.center().y() - height // 2,
            width - self._theme.px(8),
            height,
        )
        painter.setFont(self._theme.font(11))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QColor(color)
        outline.setAlphaF(0.55)
        painter.setPen(outline)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(color)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _shown(self._key))


def _shown(key: str) -> str:
    return key.replace("Return", "Enter")
