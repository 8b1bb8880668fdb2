"""Icons of the drawing tools as paths on a square of 20, painted in the theme's colours."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap

_SIDE = 20.0
Draw = Callable[[QPainter], None]


def tool_icon(name: str, colour: QColor, side_px: int, ratio: float) -> QIcon:
    """Return the icon of a tool: a shape, a meaning, a measure or an act.

    Raises
    ------
    KeyError
        When there is no icon of that name.
    """
    pixmap = QPixmap(round(side_px * ratio), round(side_px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side_px / _SIDE, side_px / _SIDE)
    pen = QPen(colour, 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    _ICONS[name](painter)
    painter.end()
    return QIcon(pixmap)


def _lines(*points: tuple[float, float], closed: bool = False, filled: bool = False) -> Draw:
    def draw(painter: QPainter) -> None:
        path = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(QPointF(*point))
        if closed:
            path.closeSubpath()
        painter.setBrush(painter.pen().color() if filled else Qt.GlobalColor.transparent)
        painter.drawPath(path)

    return draw


def _round(x: float, y: float, radius: float, *, filled: bool = False) -> Draw:
    def draw(painter: QPainter) -> None:
        painter.setBrush(painter.pen().color() if filled else Qt.GlobalColor.transparent)
        painter.drawEllipse(QPointF(x, y), radius, radius)

    return draw


def _plate(painter: QPainter) -> None:
    painter.setBrush(Qt.GlobalColor.transparent)
    painter.drawRoundedRect(QRectF(2, 2, 16, 16), 2, 2)


def _letter(text: str) -> Draw:
    def draw(painter: QPainter) -> None:
        font = QFont(painter.font())
        font.setPixelSize(13)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, 20, 20), Qt.AlignmentFlag.AlignCenter, text)

    return draw


def _dashed(draw: Draw, *pattern: float) -> Draw:
    def dashed(painter: QPainter) -> None:
        pen = QPen(painter.pen())
        pen.setDashPattern(list(pattern))
        painter.setPen(pen)
        draw(painter)

    return dashed


def _all(*parts: Draw) -> Draw:
    def draw(painter: QPainter) -> None:
        for part in parts:
            part(painter)

    return draw


def _sector(painter: QPainter) -> None:
    path = QPainterPath(QPointF(3, 17))
    path.arcTo(QRectF(-12, 2, 30, 30), 15, 60)
    path.closeSubpath()
    painter.setBrush(Qt.GlobalColor.transparent)
    painter.drawPath(path)


def _drop(painter: QPainter) -> None:
    path = QPainterPath(QPointF(10, 4))
    path.cubicTo(QPointF(16, 11), QPointF(14, 16), QPointF(10, 16))
    path.cubicTo(QPointF(6, 16), QPointF(4, 11), QPointF(10, 4))
    painter.setBrush(painter.pen().color())
    painter.drawPath(path)


def _curl(*, back: bool) -> Draw:
    def draw(painter: QPainter) -> None:
        if not back:
            painter.translate(_SIDE, 0)
            painter.scale(-1, 1)
        path = QPainterPath(QPointF(4, 8))
        path.cubicTo(QPointF(10, 3), QPointF(17, 6), QPointF(16, 15))
        painter.setBrush(Qt.GlobalColor.transparent)
        painter.drawPath(path)
        _lines((4, 3), (4, 8), (9, 8))(painter)

    return draw


def _arrows(painter: QPainter) -> None:
    for quarter in range(4):
        angle = math.pi / 4 + quarter * math.pi / 2
        dx, dy = math.cos(angle), math.sin(angle)
        painter.drawLine(QPointF(10 + 7 * dx, 10 + 7 * dy), QPointF(10 + 3 * dx, 10 + 3 * dy))
    _round(10, 10, 1.5, filled=True)(painter)


_ZONE = _lines((3, 7), (10, 3), (17, 7), (15, 16), (5, 16), closed=True)
_CROSS = _all(_lines((10, 5), (10, 15)), _lines((5, 10), (15, 10)))
_ICONS: dict[str, Draw] = {
    "edit": _all(_lines((4, 3), (4, 15), (8, 11), (11, 17), (13, 16), (10, 10), (15, 10),
                        closed=True)),
    "point": _CROSS,
    "line": _lines((3, 16), (8, 7), (12, 12), (17, 4)),
    "polygon": _ZONE,
    "rectangle": _lines((3, 5), (17, 5), (17, 15), (3, 15), closed=True),
    "circle": _all(_round(10, 10, 7), _round(10, 10, 0.8, filled=True)),
    "buffer": _all(_dashed(_round(10, 10, 7.5), 2, 2.4), _round(10, 10, 2.2, filled=True)),
    "text": _letter("T"),
    "arrow": _all(_lines((3, 17), (16, 4)), _lines((9, 4), (16, 4), (16, 11))),
    "sector": _sector,
    "distance": _all(_lines((2, 13), (13, 2), (18, 7), (7, 18), closed=True),
                     _lines((6, 9), (8, 11)), _lines((10, 5), (12, 7))),
    "area": _all(_dashed(_ZONE, 3, 2), _letter("²")),
    "inside": _all(_round(9, 9, 6), _lines((13.5, 13.5), (18, 18))),
    "undo": _curl(back=True),
    "redo": _curl(back=False),
    "remove": _all(_lines((5, 5), (15, 15)), _lines((15, 5), (5, 15))),
    "copy": _all(_lines((7, 7), (17, 7), (17, 17), (7, 17), closed=True),
                 _lines((3, 13), (3, 3), (13, 3))),
    "symbols": _all(_plate, _CROSS),
    "hot_line": _all(_ZONE, _letter("H")),
    "warm_line": _all(_dashed(_ZONE, 4, 2), _letter("W")),
    "cold_line": _all(_dashed(_ZONE, 1, 2), _letter("C")),
    "staging": _all(_round(10, 10, 8), _letter("S")),
    "command_post": _all(_plate, _lines((7, 16), (7, 4), (14, 7), (7, 10), filled=True)),
    "decontamination": _all(_plate, _lines((5, 6), (15, 6)), _dashed(
        _all(_lines((7, 10), (7, 15)), _lines((10, 10), (10, 15)), _lines((13, 10), (13, 15))),
        0.5, 2)),
    "water_supply": _all(_plate, _drop),
    "casualty_collection": _all(_plate, _CROSS, _lines((9, 5), (11, 5), (11, 15), (9, 15),
                                                       closed=True, filled=True)),
    "evacuation_route": _all(_dashed(_lines((3, 16), (8, 8), (16, 5)), 3, 2),
                             _lines((11, 3), (16, 5), (14, 10))),
    "assembly": _all(_round(10, 10, 8), _arrows),
    "road_block": _all(_round(10, 10, 8), _lines((5, 9), (15, 9), (15, 11), (5, 11), closed=True,
                                                 filled=True)),
    "entry_point": _all(_lines((16, 3), (16, 17)), _lines((3, 10), (13, 10)),
                        _lines((9, 6), (13, 10), (9, 14))),
}  # fmt: skip
