"""The map widget: one for the whole desk; its page is loaded once and rebuilt only when lost."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from maps.colours import Scheme, map_colours
from maps.content import MapContent
from maps.drawing import Drawing, MapObject, PointSet, draw_reference
from maps.page import PageInputs, build_page
from maps.protocol import Fact, Message
from maps.scene import ReferenceRows
from maps.serving import PageFiles
from models.basics import LatLon
from models.dispatch.ports import Route
from models.operation.situation import Published
from views.i18n import Retranslating
from views.map import webengine
from views.map.fallback import PlainMap
from views.map.words import MapWords

if TYPE_CHECKING:
    from views.map.web_map import WebMap

log = logging.getLogger(__name__)

_CRASHES_BEFORE_PLAIN = 3
_CRASH_WINDOW_MS = 60_000
_OSM = "OpenStreetMap"


class MapWidget(Retranslating, QWidget):
    """The one map.

    Signals: selected(MapObject) and hovered(MapObject or None) by the pointer; clicked_at(LatLon)
    on empty ground; ready() once the page draws; failed(str) when the full map can't be shown.
    """

    selected = Signal(object)
    hovered = Signal(object)
    clicked_at = Signal(object)
    ready = Signal()
    failed = Signal(object)
    _drawn = Signal(object)

    def __init__(
        self,
        cache_dir: Path | None = None,
        allowed_hosts: Collection[str] = (),
        parent: QWidget | None = None,
        *,
        plain: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("map")
        self.files = PageFiles(build_page(PageInputs(), cache_dir))
        self.content = MapContent(self.files)
        self._allowed_hosts = allowed_hosts
        self._words = MapWords(self)
        self._language = "zh"
        self._generation = 0
        self._crashes: list[int] = []
        self._timer = QElapsedTimer()
        self._timer.start()
        self._is_ready = False
        self._scale = 1.0
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="map-drawing")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._banner = QLabel(self)
        self._banner.setObjectName("mapBanner")
        self._banner.hide()
        self._drawn.connect(self._on_drawn)
        self.backend = self._make_backend(plain=plain or not webengine.available())
        self.retranslate()

    @property
    def is_ready(self) -> bool:
        """Whether the map draws."""
        return self._is_ready

    @property
    def is_plain(self) -> bool:
        """Whether the fallback is shown."""
        return isinstance(self.backend, PlainMap)

    def set_reference(self, reference: ReferenceRows, language: str) -> None:
        """Show reference data; arrays are prepared in a thread, the newest request wins."""
        self._language = language
        self._send(self.content.set_rows(reference))
        self._generation += 1
        generation = self._generation

        def draw() -> None:
            try:
                drawing = draw_reference(reference, language)
            except Exception:
                log.exception("reference data can't be drawn on the map")
                return
            self._drawn.emit((generation, drawing))

        self._worker.submit(draw)

    def set_points(self, points: PointSet) -> None:
        """Replace the bulk points alone."""
        self._send(self.content.set_points(points))

    def set_layers(self, hidden: Sequence[str]) -> None:
        """Hide exactly these layers (names as in `maps.content.LEGEND`)."""
        self._send(self.content.set_hidden(hidden))

    def show_situation(self, published: Published) -> None:
        """Draw a snapshot; only differences cross to the page."""
        self._send(self.content.set_situation(published.situation, published.changes))

    def show_proposals(self, routes: Iterable[Route]) -> None:
        """Show routes that are proposed and not ordered; none removes them."""
        self._send(self.content.set_proposals(routes))

    def set_focus_incident(self, incident_id: str) -> None:
        """Choose whose zone speaks over the map; empty takes the newest."""
        self._send(self.content.set_focus(incident_id))

    def set_theme(self, tokens: Mapping[str, str], scheme: Scheme) -> None:
        """Change colours without a reload; `scheme` is 'dark', 'light' or 'contrast'."""
        self.backend.set_background(map_colours(tokens, scheme)["map.water"])
        self._send(self.content.set_theme(tokens, scheme))

    def set_scale(self, factor: float) -> None:
        """Draw text and symbols larger (the theme's scale: 2.0 on 2160 lines)."""
        self._scale = factor
        self.backend.set_scale(factor)

    def set_language(self, language: str) -> None:
        """Change the language of words and names."""
        self._language = language
        self.retranslate()
        if self.content.rows is not None:
            self.set_reference(self.content.rows, language)

    def set_mode_watermark(self, text: str, colour: str = "mode.drill") -> None:
        """Write the mode across the map; an empty text removes it."""
        self._send(self.content.set_watermark(text, colour))

    def select(self, kind: str, key: str, *, reveal: bool = True) -> None:
        """Mark a thing (empty key: nothing) and move it into view."""
        thing = MapObject(kind, key) if key else None
        self._send(self.content.select(thing, reveal=reveal))

    def fly_to(self, position: LatLon, zoom: float = 16.0) -> None:
        """Go to a place."""
        self._send(self.content.view(position, zoom))

    def show_bounds(self, south_west: LatLon, north_east: LatLon) -> None:
        """Show a rectangle."""
        self._send(self.content.view_bounds((south_west, north_east)))

    def grab_image(self) -> QImage:
        """Return the map as it is on the screen."""
        return self.backend.grab_image()

    def shut_down(self) -> None:
        """Stop the thread and destroy the page before its profile."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self.backend.shut_down()

    @override
    def retranslate(self) -> None:
        words = self._words
        titles = words.layers()
        self._send(
            self.content.set_words(words.scene(self._language), words.page(self._language), titles)
        )
        if self.is_plain:
            self._say(words.plain_map())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._banner.setGeometry(0, 0, self.width(), self._banner.sizeHint().height() + 8)

    def _make_backend(self, *, plain: bool) -> "PlainMap | WebMap":
        backend: PlainMap | WebMap
        if plain:
            backend = PlainMap(self.files, self)
        else:
            from views.map.web_map import WebMap as Web  # absent on installations without WebEngine

            backend = Web(self.files, self._allowed_hosts, self)
        backend.told.connect(self._on_backend_told)
        backend.lost.connect(self._on_backend_lost)
        self._layout.addWidget(backend)
        self.setFocusProxy(backend)
        backend.set_scale(self._scale)
        backend.load()
        return backend

    def _send(self, messages: Iterable[Message]) -> None:
        if self._is_ready:
            for message in messages:
                self.backend.send(message)

    def _say(self, text: str) -> None:
        self._banner.setText(text)
        self._banner.setVisible(bool(text))
        self._banner.raise_()

    @Slot(object)
    def _on_drawn(self, result: tuple[int, Drawing]) -> None:
        generation, drawing = result
        if generation != self._generation:
            return
        licences = tuple(s for s in drawing.vectors.sources if _OSM.lower() in s.lower())
        sources = self._words.sources(("© OpenStreetMap contributors",) if licences else ())
        messages = self.content.set_drawing(drawing, sources)
        if drawing.home is not None and not self.content.has_view():
            messages += self.content.view_bounds(drawing.home)
        self._send(messages)

    @Slot(object)
    def _on_backend_told(self, fact: Fact) -> None:
        self.content.hear(fact)
        match fact.topic:
            case "ready":
                self._is_ready = True
                self._say(self._words.plain_map() if self.is_plain else "")
                self._send(self.content.outbox.everything())
                self.ready.emit()
            case "select":
                thing = self.content.object_of(fact)
                if thing is not None:
                    self._send(self.content.select(thing, reveal=False))
                    self.selected.emit(thing)
            case "hover":
                self.hovered.emit(self.content.object_of(fact))
            case "click":
                self._send(self.content.select(None, reveal=False))
                self.clicked_at.emit(LatLon(fact.payload["lat"], fact.payload["lon"]))
            case "error" | "violation":
                log.error("map page: %s", fact.payload)

    @Slot(object)
    def _on_backend_lost(self, reason: str) -> None:
        """Say that the map stopped and rebuild it as it was; the plain map when it keeps dying."""
        self._is_ready = False
        now = self._timer.elapsed()
        self._crashes = [*(t for t in self._crashes if now - t < _CRASH_WINDOW_MS), now]
        if len(self._crashes) > _CRASHES_BEFORE_PLAIN:
            self.failed.emit("gave_up")
            self._go_plain()
            return
        self._say(self._words.lost(reason))
        QTimer.singleShot(0, self, self.backend.load)

    def _go_plain(self) -> None:
        old = self.backend
        self._layout.removeWidget(old)
        old.shut_down()
        old.hide()
        old.deleteLater()
        self.backend = self._make_backend(plain=True)
        self._say(self._words.lost("gave_up"))
