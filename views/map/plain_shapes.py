"""Imported layers of the plain map, by QPainter."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from maps.reading import Shapes
from views.map.plain_paint import Surface

_DOT_PX = 3.5
_POINTS, _AREAS = 0, 2


def paint_shapes(
    painter: QPainter, surface: Surface, shapes: Shapes, ink: str, left: float, top: float
) -> None:
    """Paint one imported layer's features in view."""
    scale, device = surface.view.scale, painter.device()
    box = shapes.boxes * scale
    seen = (box[:, 0] < left + device.width()) & (box[:, 2] > left)
    seen &= (box[:, 1] < top + device.height()) & (box[:, 3] > top)
    painter.setPen(QPen(surface.colour(ink), 1.6))
    for index in np.flatnonzero(seen):
        kind = shapes.kinds[index]
        area = QPainterPath()
        for part in range(int(shapes.features[index]), int(shapes.features[index + 1])):
            corners = slice(int(shapes.parts[part]), int(shapes.parts[part + 1]))
            xs, ys = shapes.x[corners] * scale - left, shapes.y[corners] * scale - top
            places = [QPointF(x, y) for x, y in zip(xs, ys, strict=True)]
            line = QPolygonF(places)
            if kind == _AREAS:
                area.addPolygon(line)
            elif kind == _POINTS:
                painter.setBrush(surface.colour(ink))
                for at in places:
                    painter.drawEllipse(at, _DOT_PX, _DOT_PX)
            else:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolyline(line)
        if kind == _AREAS:
            painter.setBrush(surface.colour(ink, 0.16))
            painter.drawPath(area)
