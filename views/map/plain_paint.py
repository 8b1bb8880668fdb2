"""Lines, areas, zones and live things of the plain map, by QPainter."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from maps.reading import Vectors
from views.map.plain_layers import PlainLayers
from views.map.plain_view import PlainView
from views.widgets.severity import paint_severity

_AREAS = {"water": "map.water", "plot": "map.plot", "building": "map.building",
          "green": "map.green", "unit": "map.unit"}  # fmt: skip
_LINES = {"river": "map.water", "rail": "map.rail", "rack": "map.rack", "line": "map.plot_line"}
_SMALLEST = {"building": 13.0, "unit": 13.0, "road.minor": 13.0, "road.service": 15.0,
             "road.track": 15.0}  # fmt: skip
_SHAPES = {1: "◆", 2: "▲", 3: "●", 4: "■"}


class Surface(Protocol):
    """The map that is painted on."""

    view: PlainView
    layers: PlainLayers

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """Return a colour of the theme."""
        ...


def paint_vectors(
    painter: QPainter,
    surface: Surface,
    vectors: Vectors,
    classes: Sequence[str],
    left: float,
    top: float,
    zoom: float,
) -> None:
    """Paint what is in view, in the order of the classes."""
    device = painter.device()
    scale = surface.view.scale
    box = vectors.boxes * scale
    seen = (box[:, 0] < left + device.width()) & (box[:, 2] > left)
    seen &= (box[:, 1] < top + device.height()) & (box[:, 3] > top)
    for index in np.flatnonzero(seen):
        name = classes[vectors.classes[index]]
        layer = _layer_of(name)
        if zoom < _SMALLEST.get(name, 0.0) or not surface.layers.shown(layer, zoom):
            continue
        painter.setOpacity(surface.layers.alpha(layer))
        part = slice(int(vectors.starts[index]), int(vectors.starts[index + 1]))
        xs = vectors.x[part] * scale - left
        ys = vectors.y[part] * scale - top
        shape = QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])
        if name in _AREAS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(surface.colour(_AREAS[name]))
            painter.drawPolygon(shape)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(surface.colour(_LINES.get(name, "map.road_main")), 1.6))
            painter.drawPolyline(shape)
    painter.setOpacity(1.0)


def _layer_of(name: str) -> str:
    if name.startswith("road."):
        return "roads"
    return "buildings" if name in {"building", "unit"} else "land"


def paint_zones(painter: QPainter, surface: Surface, zones: Iterable[Mapping[str, Any]]) -> None:
    """Paint zones: light fills, firm edges, old ones dashed; names at their far ends."""
    for zone in zones:
        for level in zone["levels"]:
            layer = level["layer"]
            if not surface.layers.shown(layer, surface.view.zoom):
                continue
            painter.setOpacity(surface.layers.alpha(layer))
            ink = level.get("ink")
            token = ink or f"zone.{level['severity']}"
            path = QPainterPath()
            points: list[QPointF] = []
            for ring in level["rings"]:
                line = [surface.view.at(lat, lon) for lat, lon in ring]
                points += line
                path.addPolygon(QPolygonF(line))
            dashed = zone["stale"] or zone["kind"] == "rule_of_thumb" or level["dashed"]
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            outline = level["outline"]
            if outline:
                style = Qt.PenStyle.DotLine
            painter.setPen(QPen(surface.colour(token), 1.5 if outline else 2, style))
            fill = 0.0 if outline else 0.04 if zone["stale"] else 0.16
            painter.setBrush(surface.colour(token, fill))
            painter.drawPath(path)
            if points and level["label"]:
                origin = surface.view.at(*zone["origin"])
                tip = max(points, key=lambda p: (p - origin).manhattanLength())
                words = level["label"]
                if zone["stale"]:
                    words = f"{words} · {zone['stale_text']}"
                painter.setPen(surface.colour(ink or f"zone_text.{level['severity']}"))
                painter.drawText(tip + QPointF(6, 0), words)
    painter.setOpacity(1.0)


def paint_live(painter: QPainter, surface: Surface, items: Sequence[Mapping[str, Any]]) -> None:
    """Paint alarms, incidents, teams and receptors as shape and words."""
    font = QFont(painter.font())
    font.setBold(True)
    for item in sorted(items, key=lambda item: -int(item["rank"])):
        at = surface.view.at(item["lat"], item["lon"])
        style = item["style"]
        shape, token = "▲", "map.own"
        if style.startswith("alarm.") and style[6:].isdigit():
            shape, token = _SHAPES[int(style[6:])], f"severity.{style[6:]}"
        elif style.startswith("incident"):
            shape, token = "◆", "severity.1"
        elif style.startswith("receptor"):
            shape, token = "■", "map.people"
        elif not style.startswith(("team", "staging", "vehicle")):
            shape, token = "○", "map.symbol_mid"
        painter.setOpacity(surface.layers.alpha(item["layer"]) * (0.45 if item.get("faded") else 1))
        painter.setFont(font)
        _warned(painter, surface, at, item)
        painter.setPen(surface.colour(token))
        if style.startswith("warned."):
            continue
        if style == "wind":
            _arrow(painter, surface, at, item["heading_deg"])
        else:
            painter.drawText(at + QPointF(-6, 5), shape)
        words = " ".join(filter(None, (item.get("label"), item.get("sub"))))
        if words:
            painter.setPen(surface.colour("map.label_strong"))
            painter.drawText(at + QPointF(10, 5), words[:60])
    painter.setOpacity(1.0)


def _warned(painter: QPainter, surface: Surface, at: QPointF, item: Mapping[str, Any]) -> None:
    """Draw the ring of a four-colour warning, with the sign of its severity on it."""
    style, severity, radius = item["style"], item.get("warned"), 11.0
    if style.startswith("warned."):  # by itself, in the list of layers
        severity, radius = int(style[7:]), 5.5
    if severity is None or "warnings" in surface.layers.hidden:
        return
    colour = surface.colour(f"severity.{severity}")
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)
    side = max(6.0, radius * 0.8)
    middle = at + QPointF(radius * 0.74, -radius * 0.74)
    box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    paint_severity(painter, severity, box, colour)


def _arrow(painter: QPainter, surface: Surface, at: QPointF, heading_deg: float) -> None:
    """Draw an arrow that flies with the wind."""
    painter.save()
    painter.translate(at)
    painter.rotate(heading_deg)
    painter.setPen(QPen(surface.colour("text"), 2))
    painter.drawLine(QPointF(0, 12), QPointF(0, -6))
    painter.setBrush(surface.colour("text"))
    painter.drawPolygon(QPolygonF([QPointF(0, -13), QPointF(5, -4), QPointF(-5, -4)]))
    painter.restore()


def paint_mark(painter: QPainter, surface: Surface, mark: Mapping[str, Any]) -> None:
    """Paint the cross on a typed place, with its words."""
    if "lat" not in mark:
        return
    at = surface.view.at(mark["lat"], mark["lon"])
    for token, width in (("map.halo", 5.0), ("map.selected", 2.2)):
        painter.setPen(QPen(surface.colour(token), width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(at + QPointF(4 * dx, 4 * dy), at + QPointF(13 * dx, 13 * dy))
    painter.drawText(at + QPointF(17, 5), mark["label"])
