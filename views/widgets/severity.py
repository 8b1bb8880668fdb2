"""Severity as shape, colour and word: ◆ critical, ▲ high, ● medium, ■ low."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from views.theme import Theme, set_property

TOKENS = {1: "alarm.critical", 2: "alarm.high", 3: "alarm.medium", 4: "alarm.low"}
GLYPHS = {1: "◆", 2: "▲", 3: "●", 4: "■"}


def severity_token(severity: int) -> str:
    """Return the colour token of a severity 1…4; anything else is plain text."""
    return TOKENS.get(severity, "text2")


def severity_path(severity: int, box: QRectF) -> QPainterPath:
    """Return the shape of a severity inside `box`."""
    path = QPainterPath()
    if severity == 1:
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(box.center().x(), box.top()),
                    QPointF(box.right(), box.center().y()),
                    QPointF(box.center().x(), box.bottom()),
                    QPointF(box.left(), box.center().y()),
                ]
            )
        )
    elif severity == 2:
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(box.center().x(), box.top()),
                    QPointF(box.right(), box.bottom()),
                    QPointF(box.left(), box.bottom()),
                ]
            )
        )
    elif severity == 3:
        path.addEllipse(box)
    else:
        inset = box.width() * 0.06
        path.addRect(box.adjusted(inset, inset, -inset, -inset))
    path.closeSubpath()
    return path


def paint_severity(painter: QPainter, severity: int, box: QRectF, color: QColor) -> None:
    """Paint the shape."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(severity_path(severity, box), color)
    painter.restore()


class SeverityMark(QWidget):
    """The shape alone; stand it beside a word."""

    def __init__(self, theme: Theme, severity: int = 4, size_px: int = 10) -> None:
        super().__init__()
        self._theme = theme
        self._severity = severity
        self._size_px = size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.scheme_changed.connect(self.update)

    @property
    def severity(self) -> int:
        """1…4."""
        return self._severity

    def set_severity(self, severity: int) -> None:
        """Show another severity."""
        if severity != self._severity:
            self._severity = severity
            self.update()

    def sizeHint(self) -> QSize:
        """Return a square with a hairline of room."""
        side = self._theme.px(self._size_px) + 2
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape in the middle."""
        side = self._theme.px(self._size_px)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        color = self._theme.color(severity_token(self._severity))
        painter = QPainter(self)
        paint_severity(painter, self._severity, box, color)
        painter.end()


class SeverityBadge(QLabel):
    """Shape, colour and word in one label."""

    def __init__(self, severity: int = 4, word: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_severity(severity, word)

    def set_severity(self, severity: int, word: str) -> None:
        """Show a severity and its word."""
        set_property(self, "severity", str(severity))
        self.setText(f"{GLYPHS.get(severity, '')} {word}")
        self.setAccessibleName(word)
