"""The plain map where QtWebEngine is missing or keeps dying: points, zones, routes, pan and zoom.

It takes the page's messages and says the page's facts, so that nothing else knows the difference.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from maps.drawing import PointSet
from maps.protocol import ITEM_TOPICS, PATCHED_TOPICS, Fact, Message
from maps.raster import stamp_points
from maps.reading import Shapes, Vectors, read_points, read_shapes, read_vectors
from maps.serving import PageFiles
from views.map.plain_drawings import paint_drawings, paint_map_name, paint_sketch, tool_key
from views.map.plain_layers import PlainLayers
from views.map.plain_paint import paint_live, paint_mark, paint_vectors, paint_zones
from views.map.plain_shapes import paint_shapes
from views.map.plain_view import PlainView
from views.map.plain_words import paint_selected, paint_words, swatches, token_of

log = logging.getLogger(__name__)

_PICK_PX = 9
_EVERY_SECOND = frozenset({*PATCHED_TOPICS, "trails"})


class PlainMap(QWidget):
    """Draws on a QImage. Signals: told(Fact); lost(str) is never emitted here."""

    told = Signal(object)
    lost = Signal(object)

    def __init__(self, files: PageFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.view = PlainView()
        self.layers = PlainLayers()
        self._values: dict[str, Mapping[str, Any]] = {}
        self._imported: list[tuple[str, str, Shapes]] = []
        self._items: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._points: PointSet | None = None
        self._vectors: Vectors | None = None
        self._shown = np.zeros(0, dtype=np.int64)
        self._drag: QPointF | None = None
        self._moved = False
        self._framed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 80)
        self.setMouseTracking(True)

    def load(self) -> None:
        """Say that everything may be sent."""
        QTimer.singleShot(0, self, self._say_ready)

    def send(self, message: Message) -> bool:
        """Take one message of the page's protocol."""
        payload = message.payload
        if message.topic in ITEM_TOPICS or "put" in payload:
            self._take_items(message.topic, payload)
        elif message.topic in {"pan", "zoom", "focus"}:
            self._act(message.topic, payload)
        elif message.topic == "view":
            self.view.take(payload)
            self._say_view()
        else:
            self._values[message.topic] = payload
            self._take_value(message.topic, payload)
        if message.seq is not None:
            self.told.emit(Fact("ack", {"seq": message.seq}))
        if self._shows(message.topic):
            self.update()
        return True

    def _take_value(self, topic: str, payload: Mapping[str, Any]) -> None:
        match topic:
            case "points":
                self._points = self._read_points(payload)
            case "vectors":
                served = self._files.get(payload["url"]) if payload["url"] else None
                self._vectors = None if served is None else read_vectors(served.body)
            case "imported":
                found = ((e["id"], e["ink"], self._files.get(e["url"])) for e in payload["layers"])
                self._imported = [
                    (layer_id, ink, read_shapes(served.body))
                    for layer_id, ink, served in found if served is not None
                ]  # fmt: skip
            case "layers":
                self.layers.take(payload)
            case "theme" | "legend":
                rows = self._values.get("legend", {}).get("rows", ())
                self.told.emit(Fact("swatches", {"pictures": swatches(self, rows)}))
            case "select" if payload.get("reveal"):
                place = payload["lat"], payload["lon"]
                if not self.rect().contains(self.view.at(*place).toPoint()):
                    self.view.look_at(*place)

    def _act(self, topic: str, payload: Mapping[str, Any]) -> None:
        """Do what is done once and not remembered."""
        if topic == "focus":
            self._framed = bool(payload["on"])
            return
        if topic == "pan":
            self.view.pan(QPointF(-payload["x"], -payload["y"]))
        else:
            self.view.zoom_about(QPointF(self.width() / 2, self.height() / 2), payload["by"])
        self._say_view()

    def _shows(self, topic: str) -> bool:
        """Whether a message is worth a picture: what moves every second waits for the clock."""
        if topic == "clock":
            return bool(self._items.get("vehicles"))
        return topic not in _EVERY_SECOND

    def set_background(self, colour: str) -> None:
        """Nothing to do: the first picture is immediate."""
        del colour

    def set_scale(self, factor: float) -> None:
        """Enlarge the words; symbols stay."""
        font = self.font()
        font.setPixelSize(round(12 * factor))
        self.setFont(font)

    def grab_image(self) -> QImage:
        """Return what is on the screen."""
        return self.grab().toImage()

    def shut_down(self) -> None:
        """Nothing is held."""

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """Return a colour of the theme."""
        colours = self._values.get("theme", {}).get("colours", {})
        text = colours.get(token)
        if text is None:  # before the theme came
            return self.palette().color(self.foregroundRole())
        colour = QColor(text[:7])
        colour.setAlphaF(alpha * (int(text[7:], 16) / 255 if len(text) == 9 else 1.0))
        return colour

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        image = QImage(self.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(self.colour("map.land"))
        left, top = self.view.corner()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._vectors is not None:
            classes = self._values["vectors"]["classes"]
            paint_vectors(painter, self, self._vectors, classes, left, top, self.view.zoom)
        self._paint_imported(painter, left, top)
        painter.end()
        self._stamp(image, left, top)
        painter = QPainter(image)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_zones(painter, self, self._items.get("zones", {}).values())
        if self.layers.shown("routes", self.view.zoom):
            self._paint_routes(painter)
        paint_drawings(painter, self, self._items.get("drawings", {}).values())
        paint_live(painter, self, list(self._live()))
        sketch = self._values.get("sketch", {})
        paint_sketch(painter, self, sketch)
        paint_mark(painter, self, self._values.get("mark", {}))
        paint_selected(painter, self, self._values.get("select", {}))
        paint_words(painter, self, self._values, self.width())
        self._paint_watermark(painter)
        name = self._values.get("mapname", {})
        words = (name.get("text", ""), sketch.get("readout", ""))
        paint_map_name(painter, self, words, warns=bool(name.get("warns")))
        if self._framed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.colour("map.selected"), 4))
            painter.drawRect(self.rect())
        painter.end()
        QPainter(self).drawImage(0, 0, image)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag = event.position()
        self._moved = False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._use_tool("move", event.position())
            return
        step = event.position() - self._drag
        if self._moved or step.manhattanLength() > 4:
            self._moved = True
            self._drag = event.position()
            self.view.pan(step)
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._moved:
            self._say_view()
        elif not self._use_tool("point", event.position()):
            self._pick(event.position())
        self._drag = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._use_tool("double", event.position())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the tool in hand have its keys."""
        key = tool_key(event)
        place = QPointF(self.width() / 2, self.height() / 2)
        if not key or not self._use_tool("type" if len(key) == 1 else "key", place, key, event):
            super().keyPressEvent(event)

    def _use_tool(
        self, do: str, at: QPointF, key: str = "", event: QKeyEvent | None = None
    ) -> bool:
        """Say what the pointer or a key does with the tool in hand; False when there is none."""
        if not self._values.get("sketch", {}).get("tool"):
            return False
        place = self.view.place(at)
        shift = event is not None and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        fact = {"lat": place.lat_deg, "lon": place.lon_deg, "zoom": self.view.zoom, "shift": shift}
        self.told.emit(Fact("tool", {"do": do, "key": key, **fact}))
        return True

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self.view.zoom_about(event.position(), event.angleDelta().y() / 240)
        self._say_view()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.size = event.size()
        self._say_view()
        self.update()

    def _say_ready(self) -> None:
        self.told.emit(Fact("ready", {"parts": ["plain"]}))

    def _say_view(self) -> None:
        centre = self.view.centre()
        payload = {"lat": centre.lat_deg, "lon": centre.lon_deg, "zoom": self.view.zoom}
        box = self.view.box()
        self.told.emit(Fact("view", {**payload, "n": self.view.number, "box": box}))

    def _live(self) -> Iterator[Mapping[str, Any]]:
        """Yield the moving and alarmed things that are shown, vehicles among them."""
        vehicles = self._items.get("vehicles", {}).values()
        moving = ({"style": "vehicle", "rank": 6, "layer": "vehicles", **i} for i in vehicles)
        for item in (*self._items.get("live", {}).values(), *moving):
            if item["layer"] not in self.layers.hidden:
                yield item

    def _take_items(self, topic: str, payload: Mapping[str, Any]) -> None:
        held = self._items.setdefault(topic, {})
        if payload.get("full"):
            held.clear()
        for key in payload["drop"]:
            held.pop(key, None)
        for item in payload["put"]:
            patched = held.get(item["id"], {}) if topic in PATCHED_TOPICS else {}
            held[item["id"]] = {**patched, **item}

    def _read_points(self, payload: Mapping[str, Any]) -> PointSet | None:
        if not payload["count"]:
            return None
        places, styles = (self._files.get(payload[name]) for name in ("url", "style_url"))
        if places is None or styles is None:
            return None
        return read_points(places.body, styles.body, payload)

    def _stamp(self, image: QImage, left: float, top: float) -> None:
        if self._points is None:
            self._shown = np.zeros(0, dtype=np.int64)
            return
        styles = tuple(self._values["points"]["styles"])
        colours = {style: self.colour(token_of(style)).rgba() for style in styles}
        pixels: np.ndarray[Any, np.dtype[np.uint32]] = np.frombuffer(
            image.bits(), np.uint32
        ).reshape(image.height(), image.bytesPerLine() // 4)
        self._shown = stamp_points(
            pixels, self._points, styles, colours, left=left, top=top, scale=self.view.scale,
            zoom=self.view.zoom, hidden=self.layers.hidden, opacity=self.layers.opacity,
            order=self.layers.order,
        )  # fmt: skip

    def _paint_routes(self, painter: QPainter) -> None:
        for route in self._items.get("routes", {}).values():
            style = Qt.PenStyle.DashLine if route["dashed"] else Qt.PenStyle.SolidLine
            painter.setOpacity(self.layers.alpha("routes"))
            painter.setPen(QPen(self.colour("map.own"), 3, style))
            painter.drawPolyline(QPolygonF([self.view.at(*point) for point in route["line"]]))
        painter.setOpacity(1.0)

    def _paint_imported(self, painter: QPainter, left: float, top: float) -> None:
        for entry in self.layers.lowest_first(self._imported, lambda each: each[0]):
            layer_id, ink, shapes = entry
            if self.layers.shown(layer_id, self.view.zoom):
                painter.setOpacity(self.layers.alpha(layer_id))
                paint_shapes(painter, self, shapes, ink, left, top)
        painter.setOpacity(1.0)

    def _paint_watermark(self, painter: QPainter) -> None:
        mark = self._values.get("watermark", {})
        if mark.get("text"):
            painter.setPen(self.colour(mark["token"]))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignBottom, f" {mark['text']} ")

    def _pick(self, at: QPointF) -> None:
        for item in self._live():
            if (self.view.at(item["lat"], item["lon"]) - at).manhattanLength() <= _PICK_PX:
                self.told.emit(Fact("select", {"type": "live", "id": item["id"]}))
                return
        left, top = self.view.corner()
        if self._points is not None and self._shown.size:
            dx = self._points.x[self._shown] * self.view.scale - left - at.x()
            dy = self._points.y[self._shown] * self.view.scale - top - at.y()
            far = dx * dx + dy * dy
            best = int(far.argmin())
            if far[best] <= _PICK_PX**2:
                index = int(self._shown[best])
                self.told.emit(Fact("select", {"type": "point", "index": index}))
                return
        place = self.view.place(at)
        self.told.emit(Fact("click", {"lat": place.lat_deg, "lon": place.lon_deg}))
