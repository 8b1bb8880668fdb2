"""The rail of stations, F1…F7."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from views.i18n import Retranslating
from views.shell.station import PLACES
from views.theme import Theme

_WIDTH_PX = 80
_HEIGHT_PX = 58


class _RailButton(QToolButton):
    """Title above, key below."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the title."""
        title = QFontMetrics(self._theme.font(13, bold=True)).horizontalAdvance(self.text())
        return QSize(title + self._theme.px(8), self._theme.px(_HEIGHT_PX))

    def sizeHint(self) -> QSize:
        """Return the same: a title is never cut."""
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame of the style, then both lines."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        lit = self.isChecked() or self.underMouse()
        painter.setPen(self._theme.color("text1" if lit else "text2"))
        painter.setFont(self._theme.font(13, bold=True))
        half = self.height() // 2
        upper = self.rect().adjusted(0, self._theme.px(6), 0, -half + self._theme.px(4))
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.setPen(self._theme.color("text3"))
        painter.setFont(self._theme.font(11))
        lower = self.rect().adjusted(0, half, 0, -self._theme.px(8))
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignCenter), self._key)
        painter.end()


class Rail(Retranslating, QFrame):
    """Signals: chosen(str station id)."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(theme.px(_WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(4))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _RailButton] = {}
        for place in PLACES:
            button = _RailButton(theme, place.key)
            button.setObjectName(f"station-{place.id}")
            button.clicked.connect(partial(self.chosen.emit, place.id))
            self._buttons[place.id] = button
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self.retranslate()

    def titles(self) -> dict[str, str]:
        """Return the titles by station id."""
        return {
            "watch": self.tr("Watch"),
            "map": self.tr("Map"),
            "monitor": self.tr("Monitor"),
            "command": self.tr("Command"),
            "libraries": self.tr("Libraries"),
            "drill": self.tr("Drill"),
            "review": self.tr("Review"),
        }

    def retranslate(self) -> None:
        """Set the titles."""
        self.setAccessibleName(self.tr("Stations"))
        for place in PLACES:
            title = self.titles()[place.id]
            self._buttons[place.id].setText(title)
            self._buttons[place.id].setToolTip(f"{title} ({place.key})")
            self._buttons[place.id].setAccessibleName(title)

    def show_current(self, station_id: str) -> None:
        """Mark the station that is on screen."""
        self._buttons[station_id].setChecked(True)
