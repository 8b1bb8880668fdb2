"""What lies inside the chosen drawing or threat zone: asked off the UI thread, shown on a sheet."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Slot

from maps.areas import Area, AreaRefusedError, multipolygon_area
from maps.drawing import MapObject, PointSet
from maps.inside import Inside, InsideQuery
from maps.inside_shapes import ShapeIndex, Shapes
from maps.sketch_geometry import rings_of
from models.basics import LatLon
from models.operation.situation import Situation
from models.operation.sketch import is_area
from views.kit import ViewKit
from views.map.imported import ImportedLayers
from views.map.inside_sheet import InsideSheet
from views.map.sketch_words import SketchWords
from views.map.widget import MapWidget

_MOVING = frozenset({"teams", "vehicles"})


class InsideAsk(QObject):
    """Keeps what was chosen on the map and answers what lies inside it."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__()
        self._kit = kit
        self._map = map_widget
        self._words = SketchWords(self)
        self._chosen: MapObject | None = None
        self._query: tuple[PointSet, object, InsideQuery] | None = None
        self._tree: tuple[dict[str, Shapes], ShapeIndex] | None = None
        self.sheet: InsideSheet | None = None
        map_widget.selected.connect(self.choose)

    @Slot(object)
    def choose(self, thing: MapObject | None) -> None:
        """Remember what the next question is about."""
        self._chosen = thing

    def ask(self) -> None:
        """Ask what lies inside the chosen drawing or zone."""
        points, rows = self._map.content.points, self._kit.desk.reference
        try:
            found = self._area(self._kit.desk.situation)
        except AreaRefusedError as error:
            self._kit.desk.say(3, "area_refused", str(error))
            return
        if found is None or points is None:
            self._kit.desk.say(3, "area_needed")
            return
        title, area = found
        now, imported = self._now(), self._map.findChild(ImportedLayers)
        shapes = {} if imported is None else imported.shapes()

        def answer() -> Inside:
            held = self._query
            if held is None or held[0] is not points or held[1] is not rows:
                held = self._query = (points, rows, InsideQuery(points, rows))
            told = held[2].inside(area, {thing: place for thing, (_, place) in now.items()})
            return told.and_also(self._touched(shapes, area))

        future = self._kit.desk.in_worker(answer)
        future.add_done_callback(partial(self._on_answer, title, now, imported))

    def _touched(self, shapes: dict[str, Shapes], area: Area) -> tuple[MapObject, ...]:
        """Return the imported shapes in an area; their tree is built when they are others."""
        held = self._tree
        same = held is not None and held[0].keys() == shapes.keys() and all(
            held[0][key] is each for key, each in shapes.items()
        )  # fmt: skip
        if held is None or not same:
            held = self._tree = (shapes, ShapeIndex(shapes))
        return held[1].touching(area)

    def _now(self) -> dict[MapObject, tuple[str, LatLon]]:
        """Return what told where it is, with its name: it counts there, not at its base."""
        outbox = self._map.content.outbox
        items = [*outbox.held("live").values(), *outbox.held("vehicles").values()]
        found = {}
        for item in items:
            kind, _, key = str(item["id"]).partition("/")
            if kind in _MOVING and key and item.get("lat") is not None:
                place = LatLon(item["lat"], item["lon"])
                found[MapObject(kind, key)] = (str(item.get("label") or key), place)
        return found

    def _area(self, situation: Situation) -> tuple[str, Area] | None:
        """Return the name and the area of what is chosen; None when it has no inside."""
        chosen = self._chosen
        if chosen is None:
            return None
        drawing = situation.drawings.get(chosen.key) if chosen.kind == "drawings" else None
        if drawing is not None and is_area(drawing.sketch):
            outer, *holes = rings_of(drawing.sketch)
            return self._words.name(drawing.sketch), multipolygon_area([(outer, holes)])
        zone = situation.zones.get(chosen.key) if chosen.kind == "zones" else None
        if zone is None:
            return None
        rings = [ring for level in zone.result.levels for ring in level.rings]
        return self.tr("Threat zone"), multipolygon_area([(ring, ()) for ring in rings])

    def _on_answer(
        self,
        title: str,
        now: dict[MapObject, tuple[str, LatLon]],
        imported: ImportedLayers | None,
        future: "asyncio.Future[Inside]",
    ) -> None:
        if future.cancelled():
            return
        if future.exception() is not None:
            self._kit.desk.say(2, "area_refused", str(future.exception()))
            return
        self.sheet = InsideSheet(
            self._kit, title, future.result(), self._map.window(), now=now, imported=imported
        )
        self.sheet.place_wanted.connect(self._on_place_wanted)
        self.sheet.show()

    @Slot(object)
    def _on_place_wanted(self, thing: MapObject) -> None:
        self._map.select(thing.kind, thing.key)
