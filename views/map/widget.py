"""The map widget: one for the whole desk; its page is loaded once and rebuilt only when lost."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from maps.colours import Scheme, map_colours
from maps.content import MapContent
from maps.drawing import MapObject, PointSet
from maps.imported import ImportedShapes
from maps.layers import LayerSettings, MapLayer
from maps.moving import SENSORS, VEHICLES, Fix, Item
from maps.page import PageInputs, build_page
from maps.protocol import Fact, Message
from maps.scene import ReferenceRows
from maps.serving import PageFiles
from models.basics import LatLon
from models.dispatch.ports import Route
from models.hazard.estimation.ports import SourceEstimate
from models.hazard.ports import ZoneResult
from models.operation.situation import Published
from views.map.drawer import Drawn, ReferenceDrawer
from views.map.host import MapHost

log = logging.getLogger(__name__)

_OSM = "OpenStreetMap"
_OSM_LICENCE = "© OpenStreetMap contributors"


class MapWidget(MapHost):
    """The one map.

    Signals: selected(MapObject) and hovered(MapObject or None) by the pointer; clicked_at(LatLon)
    on empty ground; picked(tuple of MapObject) by box or lasso; cycled((n, of)) by keyboard;
    ready() once the page draws; shown() once the reference data is on it, again after a change;
    layers_changed() when the page or an import changed them; swatches(dict) with
    pictures (data URLs) of each layer's symbols; view_changed() and counts_changed(): other things
    are in view, or there are others; sketched(Act) when a drawing is decided, tool_changed() after
    any act of the pencil, key_typed(str) for digits; failed(str) when the full map can't be shown.
    """

    selected = Signal(object)
    hovered = Signal(object)
    picked = Signal(object)
    cycled = Signal(object)
    clicked_at = Signal(object)
    shown = Signal()
    layers_changed = Signal()
    sketched = Signal(object)
    tool_changed = Signal()
    key_typed = Signal(str)
    swatches = Signal(object)
    view_changed = Signal()
    counts_changed = Signal()

    def __init__(
        self,
        cache_dir: Path | None = None,
        allowed_hosts: Collection[str] = (),
        parent: QWidget | None = None,
        *,
        plain: bool = False,
    ) -> None:
        files = PageFiles(build_page(PageInputs(), cache_dir))
        super().__init__(MapContent(files), allowed_hosts, parent, plain=plain)
        self.setObjectName("map")
        self._language = "zh"
        self._place_text: Callable[[LatLon], str] = _decimal
        self._licences: tuple[str, ...] = ()
        self._tile_licences: tuple[str, ...] = ()
        self._home: tuple[LatLon, LatLon] | None = None
        self._drawer = ReferenceDrawer(self)
        self._drawer.drawn.connect(self._on_drawn)
        self.ready.connect(self._tell_shown)
        self.retranslate()

    def set_reference(self, reference: ReferenceRows, language: str) -> None:
        """Show reference data; arrays are prepared in a thread, the newest request wins."""
        self._language = language
        self._send(self.content.set_rows(reference))
        self._drawer.draw(reference, language)

    def set_points(self, points: PointSet) -> None:
        """Replace the bulk points alone."""
        self._send(self.content.set_points(points))

    def show_clock(self, now_us: int) -> None:
        """Tell the operation's time [µs UTC]: silence is counted from it."""
        self._send(self.content.moving.clock(now_us))

    def show_sensors(self, items: Iterable[Item]) -> None:
        """Show values of measuring points (`maps.moving.sensor_item`); others stay."""
        self._send(self.content.moving.sensors(items))

    def show_vehicles(self, vehicles: Iterable[tuple[str, str, Fix, float]]) -> None:
        """Show vehicles by id, name, fix and how long they may be silent [s]; others stay."""
        moving = self.content.moving
        self._send(moving.vehicles([moving.vehicle(*vehicle) for vehicle in vehicles]))

    def keep_moving(self, sensors: Collection[str], vehicles: Collection[str] | None) -> None:
        """Take away the measuring points' values and the vehicles (None: keeps them) not named."""
        moving = self.content.moving
        self._send(moving.keep_only(SENSORS, sensors.__contains__))
        if vehicles is not None:
            self._send(moving.keep_only(VEHICLES, vehicles.__contains__))

    def show_pencil(self) -> None:
        """Show what the pencil (`content.pencil`) holds and which map is chosen."""
        self._send(self.content.pencil.messages())
        self.tool_changed.emit()

    def set_layers(self, settings: LayerSettings) -> None:
        """Show the layers as a station chose them."""
        self._send(self.content.set_layers(settings))
        self._drawer.filter(settings.filters)

    def register_layer(self, layer: MapLayer) -> None:
        """Enter an imported layer into the catalogue: list, legend and message know it then."""
        self._send(self.content.register_layer(layer))
        self.layers_changed.emit()

    def drop_layer(self, layer_id: str) -> None:
        """Take an imported layer out of the catalogue."""
        self._send(self.content.drop_layer(layer_id))
        self.layers_changed.emit()

    def show_imported(self, shapes: Mapping[str, ImportedShapes]) -> None:
        """Show exactly these imported layers, by the key of their row."""
        self._send(self.content.set_imported(shapes))

    def show_choices(self, choices: Iterable[Item]) -> None:
        """Show ways to read a file's coordinates, to be compared; none ends it."""
        self._send(self.content.set_choices(choices))

    def move_points(self, x: npt.NDArray[np.uint32], y: npt.NDArray[np.uint32]) -> None:
        """Put the same bulk points elsewhere [world units of `maps.geometry`]."""
        self._send(self.content.move_points(x, y))

    def set_base_maps(
        self, payload: Mapping[str, Any], licences: tuple[str, ...], said: Sequence[str] = ()
    ) -> None:
        """Draw these base maps; say whose data they are and what is wrong with them."""
        self._tile_licences = licences
        self._send(self.content.set_base_maps({**payload, "said": list(said)}))
        self._send(self.content.set_sources(self._sources()))

    def show_situation(self, published: Published) -> None:
        """Draw a snapshot; only differences cross to the page."""
        sent = self.content.set_situation(published.situation, published.changes)
        self._send(sent)
        if sent:
            self.counts_changed.emit()

    def show_proposals(self, routes: Iterable[Route]) -> None:
        """Show routes that are proposed and not ordered; none removes them."""
        self._send(self.content.set_proposals(routes))

    def show_previews(self, results: Sequence[ZoneResult]) -> None:
        """Show zones that nobody drew yet; none takes them away."""
        self._send(self.content.set_previews(results))

    def show_sources(self, estimates: Mapping[str, SourceEstimate]) -> None:
        """Show estimates of sources by incident that nobody took yet; none takes them away."""
        self._send(self.content.set_looked_at(estimates))

    def set_focus_incident(self, incident_id: str) -> None:
        """Choose whose zone speaks over the map; empty takes the newest."""
        self._send(self.content.set_focus(incident_id))

    def set_theme(self, tokens: Mapping[str, str], scheme: Scheme) -> None:
        """Change colours without a reload; `scheme` is 'dark', 'light' or 'contrast'."""
        self.backend.set_background(map_colours(tokens, scheme)["map.water"])
        self._send(self.content.set_theme(tokens, scheme))

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

    def pick(self, things: Iterable[MapObject]) -> None:
        """Mark many things at once (none: nothing); said by `picked` as if drawn by hand."""
        self._send(self.content.pick(things))
        self.picked.emit(self.content.picked.things)

    def cycle(self, by: int) -> None:
        """Select the next (1) or the previous (-1) thing in view; said by `selected`."""
        self.backend.send(Message("cycle", {"by": by}))

    def set_place_text(self, write: Callable[[LatLon], str]) -> None:
        """Let the place under the pointer be written so."""
        self._place_text = write

    def fly_to(self, position: LatLon, zoom: float = 16.0) -> None:
        """Go to a place."""
        self._send(self.content.view(position, zoom))

    def mark(self, place: LatLon | None, label: str = "") -> None:
        """Put a cross with words on a place that is no object; None takes it away."""
        self._send(self.content.mark(place, label))

    def go_home(self) -> None:
        """Show the whole site; nothing happens before its data are there."""
        if self._home is not None:
            self.show_bounds(*self._home)

    def pan(self, right_px: int, down_px: int) -> None:
        """Look further to the right or down."""
        self._send([Message("pan", {"x": right_px, "y": down_px})])

    def zoom(self, by: float) -> None:
        """Look nearer (positive) or from farther, in zoom levels."""
        self._send([Message("zoom", {"by": by})])

    def show_focus(self, *, on: bool) -> None:
        """Frame the map while its keys act."""
        self._send([Message("focus", {"on": on})])

    def set_inset(self, top_px: int) -> None:
        """Keep words off a strip at the top [design px], where something lies over the map."""
        message = self.content.outbox.value("inset", {"top": top_px})
        self._send([] if message is None else [message])

    def show_bounds(self, south_west: LatLon, north_east: LatLon) -> None:
        """Show a rectangle."""
        self._send(self.content.view_bounds((south_west, north_east)))

    @override
    def retranslate(self) -> None:
        words = self._words
        for widget in (self, self.backend):
            widget.setAccessibleName(words.name())
        titles = words.layers()
        self._send(
            self.content.set_words(
                words.scene(self._language), words.page(self._language), titles, words.layer_notes()
            )
        )
        if self.is_plain:
            self._say(words.plain_map())

    @Slot(object)
    def _on_drawn(self, drawn: Drawn) -> None:
        drawing = replace(drawn.drawing, points=drawn.filtered.points)
        kept = self.content.set_kept(drawn.filtered.kept)
        if not drawn.is_new:
            self._send([*self.content.set_points(drawing.points), *kept])
            self.counts_changed.emit()
            return
        osm = any(_OSM.lower() in source.lower() for source in drawing.vectors.sources)
        self._licences = (_OSM_LICENCE,) if osm else ()
        messages = [*self.content.set_drawing(drawing, self._sources()), *kept]
        self._home = drawing.home
        if drawing.home is not None and not self.content.has_view():
            messages += self.content.view_bounds(drawing.home)
        self._send(messages)
        self.counts_changed.emit()
        self._tell_shown()

    def _sources(self) -> str:
        return self._words.sources(tuple(dict.fromkeys((*self._licences, *self._tile_licences))))

    @Slot()
    def _tell_shown(self) -> None:
        if self.is_ready and self.content.points is not None:
            self.shown.emit()

    @override
    def shut_down(self) -> None:
        self._drawer.shut_down()
        super().shut_down()

    @override
    def _hear(self, fact: Fact) -> None:
        match fact.topic:
            case "select":
                thing = self.content.object_of(fact)
                if thing is not None:
                    self._send(self.content.select(thing, reveal=False))
                    self.selected.emit(thing)
            case "hover":
                self.hovered.emit(self.content.object_of(fact))
            case "picked":
                self.content.picked.take(fact.payload, self.content.points)
                self._send(self.content.picks())
                self.picked.emit(self.content.picked.things)
            case "cycled":
                self.cycled.emit((int(fact.payload.get("n", 0)), int(fact.payload.get("of", 0))))
            case "click":
                self._send(self.content.select(None, reveal=False))
                self.clicked_at.emit(LatLon(fact.payload["lat"], fact.payload["lon"]))
            case "pointer":
                at = LatLon(float(fact.payload["lat"]), float(fact.payload["lon"]))
                self._send([Message("place", {"text": self._place_text(at)})])
            case "view":
                self.view_changed.emit()
            case "tool":
                self._hear_tool(fact)
            case "layers":
                self.layers_changed.emit()
            case "swatches":
                self.swatches.emit(fact.payload.get("pictures", {}))
            case "error" | "violation":
                log.error("map page: %s", fact.payload)

    def _hear_tool(self, fact: Fact) -> None:
        if fact.payload.get("do") == "type":
            self.key_typed.emit(str(fact.payload.get("key", "")))
        act = self.content.pencil.sketching.hear(fact.payload)
        self._send(self.content.pencil.sketch_messages())
        if fact.payload.get("do") not in {"move", "drag"}:
            self.tool_changed.emit()
        if act is not None:
            self.sketched.emit(act)


def _decimal(place: LatLon) -> str:
    return f"{place.lat_deg:.5f}, {place.lon_deg:.5f}"
