"""Paints the sheet of a printed map: head, frame, legend, scale bar, north arrow, foot."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from maps.sheet import Box, LegendRow, SheetFacts, SheetLayout, distance_label, scale_bar
from views.fonts import FALLBACKS, FAMILY
from views.theme import Tokens

_PT_MM = 25.4 / 72.0
_LINE_MM = 0.2
_BAR_MM = 60.0
_SWATCH_MM = 4.2
_ROW_MM = 5.4
_ARROW_MM = 11.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that one sheet shows; `scale` is the denominator at the middle of the map."""

    layout: SheetLayout
    facts: SheetFacts
    picture: QImage
    scale: float


class SheetPainter:
    """Paints on any device of `dots_per_mm`; fonts and lines are measured in millimetres."""

    def __init__(self, painter: QPainter, tokens: Tokens, dots_per_mm: float) -> None:
        self._painter = painter
        self._colours = tokens.color
        self._dots = dots_per_mm
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )

    def paint(self, sheet: Sheet) -> None:
        """Paint the whole sheet on white."""
        layout, facts = sheet.layout, sheet.facts
        page = QRectF(0, 0, layout.width * self._dots, layout.height * self._dots)
        self._painter.fillRect(page, QColor(Qt.GlobalColor.white))
        self._head(layout.head, facts)
        frame = self._rect(layout.map)
        self._painter.drawImage(frame, sheet.picture, QRectF(sheet.picture.rect()))
        if facts.watermark:
            self._watermark(frame, facts)
        self._frame(frame)
        self._north(layout.map)
        self._legend(layout.legend, facts)
        self._foot(layout.foot, sheet)

    def _mm(self, length: float) -> float:
        return length * self._dots

    def _rect(self, box: Box) -> QRectF:
        return QRectF(*(self._mm(v) for v in (box.x, box.y, box.width, box.height)))

    def _font(self, points: float, *, bold: bool = False) -> QFont:
        font = QFont([FAMILY, *FALLBACKS])
        font.setPixelSize(max(1, round(self._mm(points * _PT_MM))))
        font.setBold(bold)
        return font

    def _pen(self, token: str, width_mm: float = _LINE_MM) -> QPen:
        return QPen(QColor(self._colours[token]), self._mm(width_mm))

    def _text(
        self,
        rect: QRectF,
        text: str,
        points: float,
        *,
        ink: str = "text1",
        bold: bool = False,
        flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Write one line, cut with … where it is too long for its place."""
        font = self._font(points, bold=bold)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self._painter.setFont(font)
        self._painter.setPen(self._pen(ink))
        self._painter.drawText(rect, flags | Qt.AlignmentFlag.AlignVCenter, shown)

    def _head(self, box: Box, facts: SheetFacts) -> None:
        rect = self._rect(box)
        right = rect.adjusted(rect.width() * 0.7, 0, 0, 0)
        left = rect.adjusted(0, 0, -rect.width() * 0.31, 0)
        title = QRectF(left.left(), left.top(), left.width(), self._mm(8))
        self._text(title, facts.title, 15, bold=True)
        for row, line in enumerate(facts.remarks[:2]):
            place = QRectF(
                left.left(), left.top() + self._mm(8.4 + 4.2 * row), left.width(), self._mm(4.2)
            )
            self._text(place, line, 8.5, ink="text2")
        if facts.mode:
            self._mode(right, facts)

    def _mode(self, rect: QRectF, facts: SheetFacts) -> None:
        """Write the mode in a frame of its colour: text and colour, as on every screen."""
        font = self._font(11, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(facts.mode) + self._mm(6)
        badge = QRectF(rect.right() - width, rect.top(), width, self._mm(7.5))
        self._painter.setPen(self._pen(facts.mode_ink, 0.5))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(badge)
        self._text(
            badge, facts.mode, 11, ink=facts.mode_ink, bold=True,
            flags=Qt.AlignmentFlag.AlignHCenter,
        )  # fmt: skip

    def _frame(self, rect: QRectF) -> None:
        self._painter.setPen(self._pen("line-strong", 0.35))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(rect)

    def _watermark(self, rect: QRectF, facts: SheetFacts) -> None:
        """Write the mode across the map, again and again: a cut-out must still show it."""
        painter = self._painter
        painter.save()
        painter.setClipRect(rect)
        painter.translate(rect.center())
        painter.rotate(-24)
        font = self._font(26, bold=True)
        painter.setFont(font)
        colour = QColor(self._colours[facts.mode_ink])
        colour.setAlphaF(0.09)
        painter.setPen(colour)
        step_x = QFontMetricsF(font).horizontalAdvance(facts.watermark) + self._mm(24)
        step_y = self._mm(34)
        reach = rect.width() + rect.height()
        rows, columns = int(reach / step_y) + 1, int(reach / step_x) + 1
        for row in range(-rows, rows + 1):
            for column in range(-columns, columns + 1):
                x = (column + (row % 2) / 2) * step_x
                painter.drawText(QPointF(x, row * step_y), facts.watermark)
        painter.restore()

    def _north(self, box: Box) -> None:
        """Draw the north arrow into the map's lower right corner: Web Mercator's north is up."""
        painter = self._painter
        middle = self._mm(box.x + box.width - 9)
        foot = self._mm(box.y + box.height - 4)
        tall, half = self._mm(_ARROW_MM), self._mm(2.6)
        plate = QRectF(
            middle - self._mm(5), foot - tall - self._mm(6.5), self._mm(10), self._mm(20)
        )
        plate.setBottom(foot + self._mm(1.5))
        painter.setPen(self._pen("line-strong"))
        painter.setBrush(QColor(self._colours["pane"]))
        painter.drawRect(plate)
        tip = QPointF(middle, foot - tall)
        notch = QPointF(middle, foot - self._mm(2.4))
        painter.setPen(self._pen("text1"))
        painter.setBrush(QColor(self._colours["text1"]))
        painter.drawPolygon(QPolygonF([tip, QPointF(middle - half, foot), notch]))
        painter.setBrush(QColor(self._colours["pane"]))
        painter.drawPolygon(QPolygonF([tip, QPointF(middle + half, foot), notch]))
        letter = QRectF(plate.left(), plate.top(), plate.width(), self._mm(6))
        self._text(letter, "N", 11, bold=True, flags=Qt.AlignmentFlag.AlignHCenter)

    def _legend(self, box: Box, facts: SheetFacts) -> None:
        rect = self._rect(box)
        self._frame(rect)
        inner = rect.adjusted(self._mm(2.5), self._mm(2), -self._mm(2.5), -self._mm(2))
        head = QRectF(inner.left(), inner.top(), inner.width(), self._mm(6))
        self._text(head, facts.legend_title, 10, bold=True)
        room = int((inner.height() / self._dots - 7) / _ROW_MM)
        rows = facts.legend
        shown = rows if len(rows) <= room else rows[: max(0, room - 1)]
        top = head.bottom() + self._mm(1)
        for row in shown:
            self._legend_row(QRectF(inner.left(), top, inner.width(), self._mm(_ROW_MM)), row)
            top += self._mm(_ROW_MM)
        if len(shown) < len(rows):
            rest = QRectF(inner.left(), top, inner.width(), self._mm(_ROW_MM))
            self._text(rest, f"… +{len(rows) - len(shown)}", 8.5, ink="text2")

    def _legend_row(self, rect: QRectF, row: LegendRow) -> None:
        left = rect.left()
        side = self._mm(_SWATCH_MM)
        for body in row.pictures:
            image = QImage.fromData(body)
            if not image.isNull():
                place = QRectF(left, rect.center().y() - side / 2, side, side)
                self._painter.drawImage(place, image, QRectF(image.rect()))
                left += side + self._mm(0.4)
        count = f"{row.count:,}" if row.count else ""
        width = QFontMetricsF(self._font(8)).horizontalAdvance(count) + self._mm(1)
        words = QRectF(left + self._mm(1), rect.top(), 0, rect.height())
        words.setRight(rect.right() - width)
        self._text(words, row.title, 8.5)
        self._text(rect, count, 8, ink="text2", flags=Qt.AlignmentFlag.AlignRight)

    def _foot(self, box: Box, sheet: Sheet) -> None:
        rect = self._rect(box)
        length_mm, ground_m = scale_bar(sheet.scale, _BAR_MM)
        left, y = rect.left(), rect.top() + self._mm(8)
        half, height = self._mm(length_mm / 2), self._mm(1.6)
        self._painter.setPen(self._pen("text1", 0.25))
        self._painter.setBrush(QColor(self._colours["text1"]))
        self._painter.drawRect(QRectF(left, y, half, height))
        self._painter.setBrush(QColor(Qt.GlobalColor.white))
        self._painter.drawRect(QRectF(left + half, y, half, height))
        for at_mm, text in ((0.0, "0"), (length_mm, distance_label(ground_m))):
            place = QRectF(left + self._mm(at_mm) - self._mm(12), y - self._mm(5), 0, self._mm(4.5))
            place.setWidth(self._mm(24))
            flags = Qt.AlignmentFlag.AlignHCenter if at_mm else Qt.AlignmentFlag.AlignLeft
            if not at_mm:
                place.moveLeft(left)
            self._text(place, text, 8, flags=flags)
        ratio = QRectF(left, y + self._mm(2), self._mm(_BAR_MM), self._mm(5))
        self._text(ratio, f"1 : {sheet.scale:,.0f}", 9, bold=True)
        column = rect.adjusted(self._mm(_BAR_MM + 16), self._mm(2), 0, 0)
        for row, line in enumerate(sheet.facts.foot[:3]):
            place = QRectF(
                column.left(), column.top() + self._mm(4.2 * row), column.width(), self._mm(4.2)
            )
            self._text(place, line, 7.5, ink="text2", flags=Qt.AlignmentFlag.AlignRight)
