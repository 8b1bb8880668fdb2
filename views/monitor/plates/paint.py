"""Paints looks into their boxes: a title, a tag in one line (wall) or in three (faceplate)."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from views.monitor.plates.looks import HeadLook, Look, MoreLook, TagLook
from views.theme import Theme
from views.widgets.severity import paint_severity, severity_token

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_TONES = {
    "1": "alarm.critical", "2": "alarm.high", "3": "alarm.medium", "4": "alarm.low", "ok": "ok",
}  # fmt: skip
_MOST_KEPT = 20_000


class PlatePainter:
    """Knows fonts and colours; keeps how wide texts are."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._widths: dict[tuple[str, int, bool], int] = {}

    def forget(self) -> None:
        """Measure anew: fonts differ."""
        self._widths = {}

    def paint(self, painter: QPainter, box: QRect, look: Look, *, big: bool) -> None:
        """Paint a look over whatever was in its box."""
        theme = self._theme
        chosen = not isinstance(look, MoreLook) and look.chosen
        painter.fillRect(box, theme.color("selected" if chosen else "pane"))
        if isinstance(look, HeadLook):
            self._head(painter, box, look)
        elif isinstance(look, MoreLook):
            inner = box.adjusted(theme.px(8), 0, -theme.px(8), 0)
            if look.severity:
                inner = self._shape(painter, inner, look.severity)
            self._text(painter, inner, look.text, "text2")
        elif big:
            self._whole(painter, box, look)
        else:
            self._line(painter, box, look)

    def _head(self, painter: QPainter, box: QRect, look: HeadLook) -> None:
        theme = self._theme
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(theme.px(8), 0, -theme.px(8), -1)
        if look.severity:
            inner = self._shape(painter, inner, look.severity)
        for text, token in (
            (look.state, _TONES.get(look.tone, "text2")),
            (look.doubt, "alarm.medium"),
        ):
            if text:
                width = self._text(painter, inner, text, token, right=True)
                inner = inner.adjusted(0, 0, -width - theme.px(10), 0)
        width = self._text(painter, inner, look.name, "text1", size=13, bold=True)
        rest = inner.adjusted(width + theme.px(8), 0, 0, 0)
        if look.detail and rest.width() > theme.px(30):
            self._text(painter, rest, look.detail, "text2")

    def _line(self, painter: QPainter, box: QRect, look: TagLook) -> None:
        """Paint a tag in one line: shape, key, bar or what is wrong, state, direction, value."""
        px = self._theme.px
        inner = box.adjusted(px(8), 0, -px(8), 0)
        if look.severity:
            self._shape(painter, inner, look.severity)
        inner = inner.adjusted(px(15), 0, 0, 0)
        name = QRect(inner.left(), inner.top(), px(76), inner.height())
        self._text(painter, name, look.key, "text1" if look.severity else "text2")
        value = QRect(inner.right() - px(92), inner.top(), px(92) + 1, inner.height())
        self._text(
            painter,
            value,
            look.value,
            _value_token(look),
            right=True,
            size=13,
            bold=bool(look.severity),
        )
        arrow = QRect(value.left() - px(15), inner.top(), px(13), inner.height())
        self._text(painter, arrow, look.arrow, "text2")
        state = QRect(arrow.left() - px(108), inner.top(), px(104), inner.height())
        middle = QRect(
            name.right() + px(4), inner.top(), arrow.left() - name.right() - px(8), inner.height()
        )
        if look.state:
            self._text(painter, state, look.state, _TONES.get(look.tone, "text2"))
            middle.setRight(state.left() - px(6))
        if look.doubt:
            self._text(painter, middle, look.doubt, "alarm.medium")
        elif look.share is not None:
            self._bar(painter, middle, look, px(8))

    def _whole(self, painter: QPainter, box: QRect, look: TagLook) -> None:
        """Paint a tag in three lines: name and value; the bar; limits, state and quality."""
        px, theme = self._theme.px, self._theme
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(px(10), px(5), -px(10), -px(4))
        top = QRect(inner.left(), inner.top(), inner.width(), px(22))
        room = self._text(
            painter, top, look.value, _value_token(look), right=True, size=16, bold=True
        )
        left = top.adjusted(0, 0, -room - px(8), 0)
        if look.arrow:
            self._text(painter, left, look.arrow, "text1", right=True, size=16)
            left = left.adjusted(0, 0, -px(20), 0)
        if look.severity:
            left = self._shape(painter, left, look.severity)
        width = self._text(painter, left, look.key, "text1", size=13, bold=True)
        self._text(painter, left.adjusted(width + px(8), 0, 0, 0), look.name, "text2", size=13)
        middle = QRect(inner.left(), top.bottom() + 1, inner.width(), px(18))
        if look.share is not None:
            self._bar(painter, middle, look, px(12))
        low = QRect(inner.left(), middle.bottom() + 1, inner.width(), px(18))
        if look.state:
            room = self._text(
                painter, low, look.state, _TONES.get(look.tone, "text2"), right=True, bold=True
            )
            low = low.adjusted(0, 0, -room - px(10), 0)
        if look.doubt:
            room = self._text(painter, low, look.doubt, "alarm.medium", right=True, bold=True)
            low = low.adjusted(0, 0, -room - px(10), 0)
        self._limits(painter, low, look)

    def _limits(self, painter: QPainter, box: QRect, look: TagLook) -> None:
        for limit in look.limits:
            token = severity_token(limit.priority) if limit.priority else "text2"
            width = self._text(painter, box, limit.text, token, bold=bool(limit.priority))
            box = box.adjusted(width + self._theme.px(10), 0, 0, 0)
        if look.share is not None and box.width() > self._theme.px(40):
            self._text(painter, box, look.range_text, "text3")

    def _bar(self, painter: QPainter, box: QRect, look: TagLook, height: int) -> None:
        """Paint the range with the value as a filled length and each limit as a stroke."""
        theme = self._theme
        track = QRectF(box.left(), box.center().y() - height / 2, box.width(), height)
        painter.fillRect(track, theme.color("raised"))
        if look.share is not None and not look.doubt:
            token = severity_token(look.severity) if _in_force(look) else "text3"
            painter.fillRect(
                QRectF(track.left(), track.top(), track.width() * look.share, height),
                theme.color(token),
            )
        painter.setPen(QPen(theme.color("line-strong"), 1, _dashes(look)))
        painter.drawRect(track.adjusted(0.5, 0.5, -0.5, -0.5))
        for limit in look.limits:
            if limit.share is not None:
                x = track.left() + track.width() * limit.share
                token = severity_token(limit.priority) if limit.priority else "text1"
                stroke = QRectF(x - 1, track.top() - theme.px(3), 2, height + theme.px(6))
                painter.fillRect(stroke, theme.color(token))

    def _shape(self, painter: QPainter, inner: QRect, severity: int) -> QRect:
        side = self._theme.px(9)
        box = QRectF(inner.left(), inner.center().y() - side / 2 + 0.5, side, side)
        paint_severity(painter, severity, box, self._theme.color(severity_token(severity)))
        return inner.adjusted(self._theme.px(15), 0, 0, 0)

    def _text(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        token: str,
        *,
        right: bool = False,
        size: int = 12,
        bold: bool = False,
    ) -> int:
        """Write a text, cut with an ellipsis where it has no room; return its width."""
        if not text or box.width() <= 0:
            return 0
        font: QFont = self._theme.font(size, bold=bold)
        width = self._width(text, size, font, bold=bold)
        if width > box.width():
            text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            width = box.width()
        color: QColor = self._theme.color(token)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(box, _RIGHT if right else _LEFT, text)
        return width

    def _width(self, text: str, size: int, font: QFont, *, bold: bool) -> int:
        found = self._widths.get((text, size, bold))
        if found is None:
            if len(self._widths) >= _MOST_KEPT:
                self._widths = {}
            found = QFontMetrics(font).horizontalAdvance(text)
            self._widths[text, size, bold] = found
        return found


def _value_token(look: TagLook) -> str:
    if look.doubt:
        return "text3"
    return severity_token(look.severity) if _in_force(look) else "text1"


def _in_force(look: TagLook) -> bool:
    return any(limit.priority for limit in look.limits)


def _dashes(look: TagLook) -> Qt.PenStyle:
    return Qt.PenStyle.DashLine if look.doubt else Qt.PenStyle.SolidLine
