"""What lies inside the chosen drawing or threat zone: asked off the UI thread, shown on a sheet."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Slot

from maps.areas import Area, AreaRefusedError, multipolygon_area
from maps.drawing import MapObject, PointSet
from maps.inside import Inside, InsideQuery
from maps.sketch_geometry import rings_of
from models.operation.situation import Situation
from models.operation.sketch import is_area
from views.kit import ViewKit
from views.map.inside_sheet import InsideSheet
from views.map.sketch_words import SketchWords
from views.map.widget import MapWidget


class InsideAsk(QObject):
    """Keeps what was chosen on the map and answers what lies inside it."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__()
        self._kit = kit
        self._map = map_widget
        self._words = SketchWords(self)
        self._chosen: MapObject | None = None
        self._query: tuple[PointSet, object, InsideQuery] | None = None
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

        def answer() -> Inside:
            held = self._query
            if held is None or held[0] is not points or held[1] is not rows:
                held = self._query = (points, rows, InsideQuery(points, rows))
            return held[2].inside(area)

        self._kit.desk.in_worker(answer).add_done_callback(partial(self._on_answer, title))

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

    def _on_answer(self, title: str, future: "asyncio.Future[Inside]") -> None:
        if future.cancelled():
            return
        if future.exception() is not None:
            self._kit.desk.say(2, "area_refused", str(future.exception()))
            return
        self.sheet = InsideSheet(self._kit, title, future.result(), self._map.window())
        self.sheet.place_wanted.connect(self._on_place_wanted)
        self.sheet.show()

    @Slot(object)
    def _on_place_wanted(self, thing: MapObject) -> None:
        self._map.select(thing.kind, thing.key)
