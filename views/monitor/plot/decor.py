"""What a plot draws beside its curves: grid, axes, limits, missing data, marks and cursors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from models.telemetry.ports import Quality
from views.monitor.plot.painting import Frame, Scale
from views.monitor.plot.ticks import number, time_ticks, value_ticks
from views.widgets.severity import paint_severity, severity_token

_TINT = 0.06
_HATCH = 0.5
_STRIP_PX = 6
_LEAST_TICKS = 2
_MARK_PX, _LEAST_WORD_PX = 9, 48
AXIS_PX = 52
_FILLS = {
    Quality.UNCERTAIN: ("text3", Qt.BrushStyle.BDiagPattern),
    Quality.BAD: ("text3", Qt.BrushStyle.DiagCrossPattern),
}


@dataclass(frozen=True, slots=True)
class Face:
    """Colours, sizes and the site's time zone, as the theme has them now."""

    color: Callable[[str], QColor]
    font: Callable[[int], QFont]
    px: Callable[[int], int]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Axis:
    """The scale of a unit and the colour of what is written at it."""

    scale: Scale = field(default_factory=lambda: Scale(0.0, 1.0))
    unit: str = ""
    token: str = "text2"  # noqa: S105 - a colour


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit: `above` is true when values over it are in alarm."""

    scale: Scale
    value: float
    text: str
    priority: int
    above: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A span [s since 1970 UTC] without good data; `whole` bands are as high as the plot.

    Missing data is a plain grey, uncertain data hatched one way, bad data both ways.
    """

    from_s: float
    to_s: float
    text: str
    whole: bool
    quality: Quality = Quality.STALE


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, over a span or at a moment [s since 1970 UTC], from ≤ to.

    `text` stands over the plot where there is room, `line` says all of it. A severity of 0 is
    drawn as a hollow square. A `minor` one gives way to the words of others.
    """

    from_s: float
    to_s: float
    text: str
    line: str
    token: str
    severity: int = 0
    minor: bool = False


class Decor:
    """Paints the parts in the order in which they lie over each other."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def below(
        self,
        painter: QPainter,
        area: QRect,
        frame: Frame,
        scale: Scale,
        bands: Sequence[Band],
        limits: Sequence[LimitLine],
    ) -> None:
        """Paint what lies under the curves: limit tints, missing data, grid lines of a scale."""
        painter.save()
        painter.setClipRect(area)
        for limit in limits:
            row = area.top() + limit.scale.row(limit.value, frame.height)
            row = min(max(row, float(area.top())), area.bottom() + 1.0)
            tint = QColor(self._face.color(severity_token(limit.priority)))
            tint.setAlphaF(_TINT)
            top, foot = (area.top(), row) if limit.above else (row, area.bottom() + 1.0)
            painter.fillRect(QRectF(area.left(), top, area.width(), foot - top), tint)
        self._bands(painter, area, frame, bands)
        painter.setPen(QPen(self._face.color("plot.grid"), 1))
        for value in self._value_ticks(area, scale):
            row = round(area.top() + scale.row(value, frame.height))
            painter.drawLine(area.left(), row, area.right(), row)
        painter.restore()

    def _bands(self, painter: QPainter, area: QRect, frame: Frame, bands: Sequence[Band]) -> None:
        word = self._face.color("text2")
        metrics = painter.fontMetrics()
        written_to = float(area.left())
        for band in sorted(bands, key=lambda each: (each.from_s, each.to_s)):
            left = area.left() + max(frame.x(band.from_s), 0.0)
            right = area.left() + min(frame.x(band.to_s), float(frame.width))
            if right <= area.left() or left > area.right():
                continue
            height = area.height() if band.whole else self._face.px(_STRIP_PX)
            box = QRectF(left, area.bottom() + 1 - height, max(right - left, 1.0), height)
            self._fill(painter, box, band.quality)
            wide = metrics.horizontalAdvance(band.text)
            at = min(max((left + right - wide) / 2, area.left() + 2.0), area.right() - wide)
            if band.whole and at >= written_to:
                room = QRectF(at - 3, area.top() + 2, wide + 6, metrics.height())
                painter.fillRect(room, self._face.color("plot.background"))
                painter.setPen(word)
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), band.text)
                written_to = at + wide + 4

    def _fill(self, painter: QPainter, box: QRectF, quality: Quality) -> None:
        if quality not in _FILLS:
            painter.fillRect(box, self._face.color("plot.gap"))
            return
        token, pattern = _FILLS[quality]
        faint = QColor(self._face.color(token))
        faint.setAlphaF(_HATCH)
        painter.fillRect(box, QBrush(faint, pattern))

    def _value_ticks(self, area: QRect, scale: Scale) -> list[float]:
        return value_ticks(scale.low, scale.high, max(area.height() // self._face.px(48), 1))

    def axes(self, painter: QPainter, area: QRect, frame: Frame, axes: Sequence[Axis]) -> None:
        """Paint the lines at the left and the foot, values, times and the units."""
        line, word = self._face.color("line"), self._face.color("text2")
        metrics = painter.fontMetrics()
        painter.setPen(QPen(line, 1))
        painter.drawLine(area.left() - 1, area.bottom() + 1, area.right(), area.bottom() + 1)
        for number_, axis in enumerate(axes):
            self._axis(painter, area, axis, area.left() - 1 - number_ * self._face.px(AXIS_PX))
        most = max(area.width() // self._face.px(96), 1)
        for time_s, text in time_ticks(frame.from_s, frame.to_s, most, self._face.zone):
            x = area.left() + frame.x(time_s)
            wide = metrics.horizontalAdvance(text)
            painter.setPen(QPen(line, 1))
            painter.drawLine(QLineF(x, area.bottom() + 1, x, area.bottom() + 5))
            painter.setPen(word)
            at = min(max(x - wide / 2, 0.0), self._right(area) - wide)
            painter.drawText(QPointF(at, area.bottom() + 6 + metrics.ascent()), text)

    def _axis(self, painter: QPainter, area: QRect, axis: Axis, right: int) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(QPen(self._face.color("line"), 1))
        painter.drawLine(right, area.top(), right, area.bottom() + 1)
        painter.setPen(self._face.color(axis.token))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        left = right - self._face.px(AXIS_PX)
        ticks = self._value_ticks(area, axis.scale)
        step = ticks[1] - ticks[0] if len(ticks) > 1 else abs(ticks[0]) if ticks else 1.0
        for value in ticks:
            row = area.top() + axis.scale.row(value, area.height())
            if row < area.top() + 4 and len(ticks) > _LEAST_TICKS:
                continue  # the unit stands there
            box = QRectF(left, row - metrics.height() / 2, right - left - 5, metrics.height())
            painter.drawText(box, flags, number(value, step or 1.0))
        unit = metrics.elidedText(axis.unit, Qt.TextElideMode.ElideRight, right - left - 4)
        painter.drawText(QRectF(left, 0, right - left - 4, metrics.height() + 2), flags, unit)

    def _right(self, area: QRect) -> float:
        return float(area.right() + self._face.px(10))

    def limits(self, painter: QPainter, area: QRect, limits: Sequence[LimitLine]) -> None:
        """Paint limits as labelled dashes; labels side by side stay legible when lines are near."""
        metrics = painter.fontMetrics()
        at = float(area.left() + self._face.px(8))
        for limit in sorted(limits, key=lambda each: -each.value):
            row = area.top() + limit.scale.row(limit.value, area.height())
            if not area.top() - 1 <= row <= area.bottom() + 1:
                continue
            color = self._face.color(severity_token(limit.priority))
            painter.setPen(QPen(color, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(area.left(), row, area.right(), row))
            wide = metrics.horizontalAdvance(limit.text) + 8
            up = row - metrics.height() - 1
            top = up if up >= area.top() else row + 2
            box = QRectF(at, top, wide, metrics.height())
            painter.fillRect(box, self._face.color("plot.background"))
            painter.setPen(color)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), limit.text)
            at += wide + self._face.px(8)

    def marks(self, painter: QPainter, area: QRect, frame: Frame, marks: Sequence[Mark]) -> None:
        """Paint lines where something happened, and over them shapes and words where they fit."""
        placed: list[tuple[float, Mark]] = []
        lines: set[int] = set()
        side = self._face.px(_MARK_PX)
        for mark in sorted(marks, key=lambda each: (each.minor, each.severity or 9, each.from_s)):
            left, right = frame.x(mark.from_s), frame.x(mark.to_s)
            if right < 0 or left >= frame.width:
                continue
            x = area.left() + max(left, 0.0)
            if right - left >= 1:
                self._mark_span(painter, area, x, area.left() + min(right, frame.width), mark)
            if int(x) not in lines:
                lines.add(int(x))
                painter.setPen(QPen(self._face.color(mark.token), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QLineF(x, area.top() - 2, x, area.bottom()))
            near = self._face.px(_LEAST_WORD_PX) if mark.minor else side + 2
            if all(abs(x - other) >= near for other, _ in placed):
                placed.append((x, mark))
        placed.sort(key=lambda pair: pair[0])
        for index, (x, mark) in enumerate(placed, 1):
            end = placed[index][0] if index < len(placed) else float(area.right())
            self._mark(painter, area, x, end, mark)

    def _mark_span(
        self, painter: QPainter, area: QRect, left: float, right: float, mark: Mark
    ) -> None:
        tint = QColor(self._face.color(mark.token))
        painter.fillRect(QRectF(left, area.top() - 2, right - left, 2), tint)
        tint.setAlphaF(_TINT)
        painter.fillRect(QRectF(left, area.top(), right - left, area.height()), tint)

    def _mark(self, painter: QPainter, area: QRect, x: float, end: float, mark: Mark) -> None:
        side, metrics = self._face.px(_MARK_PX), painter.fontMetrics()
        middle = area.top() - 3 - metrics.height() / 2
        box = QRectF(x - side / 2, middle - side / 2, side, side)
        color = self._face.color(mark.token)
        if mark.severity:
            paint_severity(painter, mark.severity, box, color)
        else:
            painter.setPen(QPen(color, 1))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        room = end - x - side - 6
        text = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, int(room))
        if room >= self._face.px(_LEAST_WORD_PX) and text:
            painter.setPen(color)
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            place = QRectF(x + side / 2 + 3, middle - metrics.height() / 2, room, metrics.height())
            painter.drawText(place, left, text)

    def cursors(
        self,
        painter: QPainter,
        area: QRect,
        frame: Frame,
        cursors: Sequence[float],
        readout: Sequence[str],
    ) -> None:
        """Paint the cursors and, beside the last one, what the curves say there."""
        shown = [area.left() + frame.x(each) for each in cursors]
        painter.setPen(QPen(self._face.color("plot.cursor"), 1))
        for x in shown:
            if area.left() <= x <= area.right():
                painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        if not shown or not readout:
            return
        metrics = painter.fontMetrics()
        wide = max(metrics.horizontalAdvance(line) for line in readout) + 12
        high = metrics.height() * len(readout) + 8
        left = shown[-1] + 6
        if left + wide > area.right():
            left = shown[-1] - 6 - wide
        left = max(left, float(area.left()))
        box = QRectF(left, area.top() + metrics.height() + 4, wide, high)
        painter.fillRect(box, self._face.color("raised"))
        painter.setPen(QPen(self._face.color("line"), 1))
        painter.drawRect(box)
        painter.setPen(self._face.color("text1"))
        for index, line in enumerate(readout):
            at = QPointF(left + 6, box.top() + 4 + metrics.height() * index + metrics.ascent())
            painter.drawText(at, line)
