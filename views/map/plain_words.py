"""Words over the plain map, the selected thing, and the pictures of its symbols."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from maps.catalogue import STYLES
from maps.raster import Pixels, mask_of
from views.map.plain_paint import Surface, paint_live

_BANNER_PX, _LINE_PX, _MARGIN_PX, _SIDE_PX = 52, 18, 12, 18


def paint_words(
    painter: QPainter, surface: Surface, values: Mapping[str, Mapping[str, Any]], width: int
) -> None:
    """Write warnings on the left, the wind on the right."""
    y = _BANNER_PX + values.get("inset", {}).get("top", 0)
    for line in values.get("notes", {}).get("lines", ()):
        severity = line.get("severity", 0)
        painter.setPen(surface.colour(f"severity.{severity}" if severity else "text"))
        painter.drawText(QPointF(_MARGIN_PX, y), line["text"])
        y += _LINE_PX
    if "wind" in surface.layers.hidden:
        return
    y = _BANNER_PX
    for line in values.get("wind", {}).get("lines", ()):
        severity = line.get("severity", 0)
        painter.setPen(surface.colour(f"severity.{severity}" if severity else "text"))
        wide = painter.fontMetrics().horizontalAdvance(line["text"])
        painter.drawText(QPointF(width - wide - _MARGIN_PX, y), line["text"])
        y += _LINE_PX


def paint_selected(painter: QPainter, surface: Surface, selected: Mapping[str, Any]) -> None:
    """Ring the selected thing and name it."""
    if selected.get("lat") is None:
        return
    at = surface.view.at(selected["lat"], selected["lon"])
    painter.setPen(QPen(surface.colour("map.selected"), 2.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, 13, 13)
    painter.drawText(at + QPointF(17, 5), str(selected.get("label", ""))[:60])


def token_of(style: str) -> str:
    """Return the colour of a stamped symbol."""
    if style.startswith("receptor"):
        return "map.people"
    return "map.own" if style in {"team", "depot", "hydrant"} else "map.symbol_mid"


def swatches(surface: Surface, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return pictures of each layer's symbols as this map draws them, as data URLs."""
    return {
        row["layer"]: [
            _url(_swatch(surface, style, row)) for style in (row["styles"] or ("",))
        ]
        for row in rows
    }  # fmt: skip


def _swatch(surface: Surface, style: str, row: Mapping[str, Any]) -> QImage:
    image = QImage(_SIDE_PX, _SIDE_PX, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    if style in STYLES:
        _stamp(image, style, surface.colour(token_of(style)))
        return image
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style:
        _paint_live_symbol(painter, surface, style)
    elif row["drawn"] == "text":
        painter.setPen(surface.colour(row["ink"]))
        painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, "Aa")
    elif row["drawn"] == "line":
        painter.setPen(QPen(surface.colour(row["ink"]), 3))
        painter.drawLine(QPointF(2, 13), QPointF(16, 5))
    else:
        painter.setPen(QPen(surface.colour(row["ink"]), 1.6))
        painter.setBrush(surface.colour(row["ink"], 0.3))
        painter.drawRect(QRectF(2.5, 4.5, 13, 9))
    painter.end()
    return image


def _paint_live_symbol(painter: QPainter, surface: Surface, style: str) -> None:
    """Paint a symbol of `paint_live` in the middle of a swatch."""
    place = surface.view.place(QPointF(_SIDE_PX / 2, _SIDE_PX / 2))
    item = {
        "lat": place.lat_deg, "lon": place.lon_deg, "style": style, "layer": "", "rank": 1,
        "heading_deg": 45.0,
    }  # fmt: skip
    paint_live(painter, surface, [item])


def _stamp(image: QImage, style: str, colour: QColor) -> None:
    pixels: Pixels = np.frombuffer(image.bits(), np.uint32).reshape(_SIDE_PX, _SIDE_PX)
    mask = mask_of(style) + _SIDE_PX // 2
    pixels[mask[:, 0], mask[:, 1]] = colour.rgba()


def _url(image: QImage) -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return "data:image/png;base64," + base64.b64encode(buffer.data().data()).decode()
