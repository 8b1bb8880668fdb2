"""What the map shows now: turns facts of the desk into messages and messages into objects."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from maps.catalogue import VECTOR_CLASSES
from maps.colours import Scheme, map_colours
from maps.drawing import Drawing, MapObject, PointSet
from maps.filters import Kept
from maps.geometry import pairs
from maps.imported import IMPORTED, ImportedShapes, ImportedUrls, layer_id
from maps.layer_facts import Count, LayerWords, ViewBox, count_layers, layer_notes, view_box
from maps.layers import LayerBook, LayerSettings, MapLayer
from maps.moving import Moving
from maps.pencil import Pencil
from maps.picking import Picked
from maps.protocol import Fact, Message, Outbox
from maps.scene import (
    Item,
    ReferenceRows,
    Scene,
    SceneWords,
    ZoneItems,
    build_scene,
    preview_items,
    route_item,
)
from maps.scene_source import source_items
from maps.serving import PageFiles
from models.basics import LatLon
from models.dispatch.ports import Route
from models.hazard.estimation.ports import SourceEstimate
from models.hazard.ports import ZoneResult
from models.operation.situation import Changes, Situation
from models.registry.kinds import Record

WITHOUT_ROWS = frozenset({"incidents", "orders", "zones", "drawings", "vehicles", IMPORTED})
"""Kinds of things on the map that are no reference data."""
_DRAWN = (
    "alarms",
    "stale_tags",
    "incidents",
    "teams",
    "orders",
    "zones",
    "masts",
    "drawings",
    "warning_colours",
    "situation_maps",
)


class MapContent:
    """Holds what should be on the map; every method returns the messages that bring it there."""

    def __init__(self, files: PageFiles) -> None:
        self.files = files
        self.outbox = Outbox()
        self.pencil = Pencil(self.outbox)
        self.words = SceneWords()
        self.situation: Situation | None = None
        self.rows: ReferenceRows | None = None
        self.points: PointSet | None = None
        self.selected: MapObject | None = None
        self._proposed: dict[str, Item] = {}
        self._ordered: Mapping[str, Item] = {}
        self._drawn_zones: Mapping[str, Item] = {}
        self._previews: Sequence[ZoneResult] = ()
        self._looked_at: Mapping[str, SourceEstimate] = {}
        self._focus = ""
        self._version = 0
        self._view_number = 0
        self._titles: Mapping[str, str] = {}
        self.layers = LayerBook()
        self.settings = LayerSettings()
        self._point_urls = ("", "")
        self._imported = ImportedUrls()
        self.box: ViewBox | None = None
        self._layer_words = LayerWords()
        self._kept: Mapping[str, Kept] = {}
        self._scene_notes: tuple[Item, ...] = ()
        self._zone_items = ZoneItems()
        self.moving = Moving(self.outbox)
        self.picked = Picked()

    def pick(self, things: Iterable[MapObject]) -> list[Message]:
        """Pick exactly these things."""
        self.picked.set(things)
        return self.picks()

    def picks(self) -> list[Message]:
        """Return the message that marks what is picked."""
        return _some(self.outbox.value("picked", self.picked.message(self.points)))

    def everything(self) -> list[Message]:
        """Return what brings an empty page to the present state."""
        return [*self.outbox.everything(), *self.moving.trails()]

    def set_theme(self, theme: Mapping[str, str], scheme: Scheme) -> list[Message]:
        """Change all colours."""
        colours = map_colours(theme, scheme)
        return _some(self.outbox.value("theme", {"colours": colours, "dark": scheme != "light"}))

    def set_words(
        self,
        words: SceneWords,
        page_words: Mapping[str, str],
        titles: Mapping[str, str],
        layer_words: LayerWords | None = None,
    ) -> list[Message]:
        """Change the language of everything but reference names (those come as a drawing)."""
        self.words = words
        self._titles = titles
        self._layer_words = layer_words or LayerWords()
        return [
            *_some(self.outbox.value("words", page_words)), *self._legend(),
            *self._scene_messages(), *self._selection(reveal=False), *self._notes(),
        ]  # fmt: skip

    def set_rows(self, rows: ReferenceRows) -> list[Message]:
        """Take reference data for places and names of live things."""
        self.rows = rows
        return [*self._scene_messages(), *self._selection(reveal=False)]

    def set_drawing(self, drawing: Drawing, sources: str) -> list[Message]:
        """Take the arrays of the reference data."""
        vectors = drawing.vectors
        self._version += 1
        payload: dict[str, Any] = {"url": ""}
        if vectors.count:
            payload = {
                "url": self.files.put_array(f"vectors-{self._version}.bin", vectors.body),
                "names_url": self.files.put_array(
                    f"vector-names-{self._version}.json", vectors.names_json()
                ),
                "classes": list(VECTOR_CLASSES),
            }
        return [
            *_some(self.outbox.value("vectors", payload)), *self.set_points(drawing.points),
            *_some(self.outbox.value("sources", {"text": sources})),
        ]  # fmt: skip

    def set_sources(self, sources: str) -> list[Message]:
        """Say whose data are shown."""
        return _some(self.outbox.value("sources", {"text": sources}))

    def set_base_maps(self, payload: Mapping[str, Any]) -> list[Message]:
        """Take the base maps that are drawn, bottom up (`BaseMaps.payload`)."""
        return _some(self.outbox.value("basemaps", payload))

    def set_points(self, points: PointSet) -> list[Message]:
        """Replace the bulk points."""
        self.points = points
        self._version += 1
        put, version = self.files.put_array, self._version
        self._point_urls = (
            put(f"point-styles-{version}.bin", points.style.tobytes()),
            put(f"point-names-{version}.json", points.names_json()),
        )
        return [*self._places(points), *self.picks(), *self._legend()]

    def move_points(self, x: npt.NDArray[np.uint32], y: npt.NDArray[np.uint32]) -> list[Message]:
        """Put the same bulk points elsewhere [world units]; only places cross to the page.

        Raises
        ------
        ValueError
            When there are no points yet, or not as many as places.
        """
        if self.points is None:
            raise ValueError("there are no points to move")
        self.points = self.points.moved(x, y)
        self._version += 1
        return self._places(self.points)

    def _places(self, points: PointSet) -> list[Message]:
        url = self.files.put_array(f"points-{self._version}.bin", points.array())
        message = points.message(url, *self._point_urls, self._version)
        return _some(self.outbox.value("points", message))

    def set_imported(self, shapes: Mapping[str, ImportedShapes]) -> list[Message]:
        """Show exactly these imported layers, by the key of their row."""
        entries = [self._imported.entry(self.files, key, each) for key, each in shapes.items()]
        self._imported.keep(shapes)
        return _some(self.outbox.value("imported", {"layers": entries}))

    def set_choices(self, choices: Iterable[Item]) -> list[Message]:
        """Show ways to read a file's coordinates, each with `name`, `ink`, `places`; none ends."""
        return _some(self.outbox.value("choices", {"choices": list(choices)}))

    def set_situation(self, situation: Situation, changes: Changes | None = None) -> list[Message]:
        """Take a snapshot; nothing is computed when nothing drawn was touched."""
        same = self.situation is not None and changes is not None and not changes.full
        self.situation = situation
        if same and changes is not None and not any(changes.touched.get(f) for f in _DRAWN):
            return []
        return self._scene_messages()

    def set_focus(self, incident_id: str) -> list[Message]:
        """Choose whose zone speaks over the map."""
        self._focus = incident_id
        return self._scene_messages()

    def set_proposals(self, routes: Iterable[Route]) -> list[Message]:
        """Show routes that aren't ordered yet."""
        self._proposed = {
            key: route_item(key, route)
            for route in routes
            if len(route.line) > 1
            for key in (f"proposal/{route.team_key}",)
        }
        return self._routes()

    def set_previews(self, results: Sequence[ZoneResult]) -> list[Message]:
        """Show zones that somebody asks about and nobody drew; none takes them away."""
        self._previews = tuple(results)
        return [*self._zones(), *self._notes()]

    def set_looked_at(self, estimates: Mapping[str, SourceEstimate]) -> list[Message]:
        """Show estimates of sources by incident that nobody took yet; none takes them away."""
        self._looked_at = dict(estimates)
        return [*self._zones(), *self._notes()]

    def set_watermark(self, text: str, token: str) -> list[Message]:
        """Write the mode across the map; an empty text removes it."""
        return _some(self.outbox.value("watermark", {"text": text, "token": token}))

    def set_layers(self, settings: LayerSettings) -> list[Message]:
        """Show the layers as a station chose them."""
        self.settings = settings
        return self._layers()

    def set_hidden(self, layers: Collection[str]) -> list[Message]:
        """Hide exactly these layers, at the opacity and in the order they have."""
        ids = {layer.id for layer in self.layers.ordered(self.settings)}
        return self.set_layers(
            replace(self.settings, shown={name: name not in layers for name in ids})
        )

    def set_kept(self, kept: Mapping[str, Kept]) -> list[Message]:
        """Say what filters leave of the layers; the points come by `set_points`."""
        self._kept = kept
        return self._notes()

    def counts(self) -> dict[str, Count]:
        """Return how many things each layer has, in view and in all."""
        zones = self.outbox.held("zones").values()
        vehicles = self.outbox.held("vehicles").values()
        items = [
            *self.outbox.held("live").values(),
            *({**each, "layer": "vehicles"} for each in vehicles if each.get("lat") is not None),
        ]
        found = count_layers(self.points, items, zones, self.box)
        routes = len(self.outbox.held("routes"))
        return found | ({"routes": Count(routes, routes)} if routes else {})

    def register_layer(self, layer: MapLayer) -> list[Message]:
        """Enter an imported layer into the catalogue, or replace it."""
        self.layers.register(layer)
        return self._layers()

    def drop_layer(self, layer_id: str) -> list[Message]:
        """Take an imported layer out of the catalogue."""
        self.layers.drop(layer_id)
        return self._layers()

    def select(self, chosen: MapObject | None, *, reveal: bool) -> list[Message]:
        """Mark one thing; `reveal` moves it into view."""
        self.selected = chosen
        return self._selection(reveal=reveal)

    def view(self, centre: LatLon, zoom: float) -> list[Message]:
        """Go to a place."""
        return self._view({"lat": centre.lat_deg, "lon": centre.lon_deg, "zoom": zoom})

    def view_bounds(self, box: tuple[LatLon, LatLon], max_zoom: float = 16.0) -> list[Message]:
        """Show a rectangle."""
        return self._view({"bounds": pairs(box), "max_zoom": max_zoom})

    def mark(self, place: LatLon | None, label: str = "") -> list[Message]:
        """Put a cross with words on a place that is no object; None takes it away."""
        payload: dict[str, Any] = {}
        if place is not None:
            payload = {"lat": place.lat_deg, "lon": place.lon_deg, "label": label}
        return _some(self.outbox.value("mark", payload))

    def is_drawn(self, layer_id: str) -> bool:
        """Return whether a layer is switched on and drawn at the scale of the view."""
        layer = self.layers.get(layer_id)
        if layer is None or not self.settings.is_shown(layer):
            return False
        return self.box is None or layer.from_zoom <= self.box.zoom < layer.to_zoom

    def has_view(self) -> bool:
        """Whether anybody has chosen what to look at."""
        return self.outbox.held_value("view") is not None

    def hear(self, fact: Fact) -> list[Message]:
        """Note what the page says about itself: drawn differences, its view, its layers.

        Returns
        -------
        list of Message
            What follows for the page: a layer hidden there is said there too.
        """
        match fact.topic:
            case "ack":
                self.outbox.acknowledge(int(fact.payload.get("seq", 0)))
            case "view":
                self.box = view_box(fact.payload) or self.box
                if fact.payload.get("n") == self._view_number and self._view_number:
                    kept = {name: fact.payload[name] for name in ("lat", "lon", "zoom", "n")}
                    self.outbox.keep("view", kept)
            case "layers":
                return self.set_hidden(list(map(str, fact.payload.get("hidden", ()))))
        return []

    def object_of(self, fact: Fact) -> MapObject | None:
        """Return what a 'select' or 'hover' of the page means."""
        payload = fact.payload
        match payload.get("type"):
            case "point":
                index = payload.get("index")
                objects = self.points.objects if self.points is not None else ()
                if isinstance(index, int) and 0 <= index < len(objects):
                    return objects[index]
            case "live":
                kind, _, key = str(payload.get("id", "")).partition("/")
                return MapObject(kind, key) if key else None
            case "imported":
                key = str(payload.get("id", "")).removeprefix(layer_id(""))
                return MapObject(IMPORTED, f"{key}/{payload.get('index', 0)}")
            case "zone":
                return MapObject("zones", str(payload.get("id", "")))
            case "drawing":
                return MapObject("drawings", str(payload.get("id", "")).partition("/")[0])
        return None

    def position_of(self, thing: MapObject) -> LatLon | None:
        """Return where a thing is now, None when nobody knows."""
        name = f"{thing.kind}/{thing.key}"
        item = self.outbox.held("live").get(name) or self.outbox.held("vehicles").get(name)
        if item is not None:
            return LatLon(item["lat"], item["lon"])
        if thing.kind == "zones":
            zone = self.outbox.held("zones").get(thing.key)
            return LatLon(*zone["origin"]) if zone is not None else None
        if thing.kind == "drawings":
            drawn = self.outbox.held("drawings").get(thing.key)
            return LatLon(*drawn["at"]) if drawn is not None else None
        row = self._row(thing)
        return None if row is None else row.position

    def _selection(self, *, reveal: bool) -> list[Message]:
        place = None if self.selected is None else self.position_of(self.selected)
        if self.selected is None or place is None:
            return _some(self.outbox.value("select", {}))
        name = f"{self.selected.kind}/{self.selected.key}"
        item = self.outbox.held("live").get(name) or self.outbox.held("vehicles").get(name, {})
        row = self._row(self.selected)
        label = "" if row is None else row.name.text(self.words.language)
        self._view_number += 1 if reveal else 0
        return _some(self.outbox.value("select", {
            "lat": place.lat_deg, "lon": place.lon_deg, "reveal": reveal,
            "label": item.get("tip") or item.get("label") or label, "n": self._view_number,
            "id": name,
        }))  # fmt: skip

    def _row(self, thing: MapObject) -> Record | None:
        """Return a thing's row; what the situation alone knows has none."""
        if self.rows is None or thing.kind in WITHOUT_ROWS:
            return None
        return self.rows.get(thing.kind, thing.key)

    def _scene_messages(self) -> list[Message]:
        if self.situation is None or self.rows is None:
            return []
        scene: Scene = build_scene(
            self.situation, self.rows, self.words, self._focus, self._zone_items
        )
        self._ordered = scene.routes
        self._drawn_zones = scene.zones
        self.pencil.set_situation(self.situation)
        self._scene_notes = tuple(scene.notes["lines"])
        self.moving.follow_teams(scene.live, self.situation)
        return [
            *_some(self.outbox.items("live", scene.live)),
            *self._zones(), *self._routes(),
            *self._notes(),
            *self.pencil.messages(),
            *_some(self.outbox.value("wind", scene.wind)),
        ]  # fmt: skip

    def _routes(self) -> list[Message]:
        return _some(self.outbox.items("routes", {**self._proposed, **self._ordered}))

    def _zones(self) -> list[Message]:
        previews = preview_items(self._previews, self.words)
        sources = source_items(
            self.situation, self._looked_at, self.words.source_region, self.words.preview
        )
        return _some(self.outbox.items("zones", {**self._drawn_zones, **previews, **sources}))

    def _view(self, payload: dict[str, Any]) -> list[Message]:
        self._view_number += 1
        return _some(self.outbox.value("view", {**payload, "n": self._view_number}))

    def _layers(self) -> list[Message]:
        message = self.outbox.value("layers", self.layers.message(self.settings))
        return [*_some(message), *self._legend(), *self._notes()]

    def _notes(self) -> list[Message]:
        layers = self.layers.ordered(self.settings)
        titles = {layer.id: self._title(layer) for layer in layers}
        own = layer_notes(layers, self.settings, self._kept, titles, self._layer_words)
        if self._looked_at:
            own = [{"text": self.words.source_note, "severity": 2}, *own]
        if self._previews:
            own = [{"text": self.words.preview_note, "severity": 2}, *own]
        return _some(self.outbox.value("notes", {"lines": [*own, *self._scene_notes]}))

    def _legend(self) -> list[Message]:
        counts: Counter[str] = Counter()
        for group in self.points.groups if self.points is not None else ():
            counts[group.layer] += group.end - group.start
        rows = [
            {"layer": layer.id, "group": layer.group, "styles": list(layer.styles),
             "title": self._title(layer), "count": counts[layer.id], "drawn": layer.drawn,
             "ink": layer.ink}
            for layer in self.layers.ordered(self.settings)
        ]  # fmt: skip
        return _some(self.outbox.value("legend", {"rows": rows}))

    def _title(self, layer: MapLayer) -> str:
        return self._titles.get(layer.id) or layer.title.text(self.words.language) or layer.id


def _some(message: Message | None) -> list[Message]:
    return [] if message is None else [message]
