"""Drawings and the pencil on the plain map, by QPainter: the same items as the page's."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPen, QPolygonF

from views.map.plain_paint import Surface

_SYMBOLS = {
    "staging": "S", "command_post": "★", "decontamination": "D", "water_supply": "W",
    "casualty_collection": "✚", "assembly": "⊕", "road_block": "⊖", "entry_point": "→",
    "point": "＋",
}  # fmt: skip
_KEYS = {
    Qt.Key.Key_Left: "ArrowLeft", Qt.Key.Key_Right: "ArrowRight", Qt.Key.Key_Up: "ArrowUp",
    Qt.Key.Key_Down: "ArrowDown", Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Backspace: "Backspace", Qt.Key.Key_Delete: "Delete",
}  # fmt: skip
_FADED = 0.45


def paint_drawings(painter: QPainter, surface: Surface, items: Iterable[Mapping[str, Any]]) -> None:
    """Paint drawings: areas first, then lines, then places with their words."""
    zoom = surface.view.zoom
    shown = [item for item in items if surface.layers.shown(item["layer"], zoom)]
    for item in sorted(shown, key=lambda item: 0 if item["rings"] else 1 if item["line"] else 2):
        painter.setOpacity(surface.layers.alpha(item["layer"]))
        _paint(painter, surface, item)
    painter.setOpacity(1.0)


def paint_sketch(painter: QPainter, surface: Surface, sketch: Mapping[str, Any]) -> None:
    """Paint what is being drawn: its shape, its handles, the crosshair and the measures."""
    for item in sketch.get("items", ()):
        _paint(painter, surface, item)
    painter.setPen(QPen(surface.colour("map.selected"), 1.5))
    painter.setBrush(surface.colour("map.panel_solid"))
    for lat, lon in sketch.get("handles", ()):
        at = surface.view.at(lat, lon)
        painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
    cursor = sketch.get("cursor")
    if sketch.get("crosshair") and cursor:
        at = surface.view.at(*cursor)
        painter.drawLine(at + QPointF(-17, 0), at + QPointF(17, 0))
        painter.drawLine(at + QPointF(0, -17), at + QPointF(0, 17))
    painter.setPen(surface.colour("map.label_strong"))
    for leg in sketch.get("legs", ()):
        painter.drawText(surface.view.at(*leg["at"]) + QPointF(10, 4), leg["text"])


def paint_map_name(
    painter: QPainter, surface: Surface, words: Sequence[str], *, warns: bool
) -> None:
    """Say at the foot of the map which map it is, and what was measured."""
    box = painter.viewport()
    for row, text in enumerate(filter(None, words)):
        painter.setPen(surface.colour("severity.2" if warns and row == 0 else "text"))
        foot = box.adjusted(0, 0, 0, -6 - 20 * row)
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(foot, int(flags), text)


def tool_key(event: QKeyEvent) -> str:
    """Return what the pencil calls a key, '' for one that it doesn't know."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    text = event.text()
    return text if text and text in "0123456789." else _KEYS.get(Qt.Key(event.key()), "")


def _paint(painter: QPainter, surface: Surface, item: Mapping[str, Any]) -> None:
    view = surface.view
    alpha = _FADED if item["faded"] else 1.0
    path = QPainterPath()
    for ring in item["rings"]:
        path.addPolygon(QPolygonF([view.at(*point) for point in ring]))
    if item["line"]:
        path.addPolygon(QPolygonF([view.at(*point) for point in item["line"]]))
    pen = QPen(surface.colour(item["token"], alpha), item["width"])
    if item["dash"]:
        pen.setDashPattern([length / item["width"] for length in item["dash"]])
    painter.setPen(pen)
    painter.setBrush(
        surface.colour(item["token"], item["fill"]) if item["rings"] else Qt.GlobalColor.transparent
    )
    painter.drawPath(path)
    at = view.at(*item["at"])
    painter.setPen(surface.colour(item["token"], alpha))
    if item["symbol"]:
        box = QRectF(at.x() - 10, at.y() - 10, 20, 20)
        painter.setBrush(surface.colour("map.panel_solid"))
        painter.drawRect(box)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _SYMBOLS.get(item["symbol"], "?"))
    words = " · ".join(filter(None, (item["label"], item["sub"])))
    if words:
        painter.setPen(surface.colour(item["sub_token"] if item["sub"] else "map.label_strong"))
        painter.drawText(at + QPointF(14 if item["symbol"] else 6, 4), words[:80])
