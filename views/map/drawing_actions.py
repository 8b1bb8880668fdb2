"""The drawing tools in the registry of actions: each with its words and its key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from models.operation.sketch import MEANINGS, SHAPES, Meaning, Shape
from views.actions import ActionSpec
from views.kit import ViewKit
from views.map.drawing_desk import DrawingDesk
from views.map.inside import InsideAsk

_SHAPE_KEYS: dict[Shape, str] = {
    "point": "Shift+P", "line": "Shift+L", "polygon": "Shift+G", "rectangle": "Shift+R",
    "circle": "Shift+C", "buffer": "Shift+B", "text": "Shift+T", "arrow": "Shift+A",
    "sector": "Shift+S",
}  # fmt: skip
_MEANING_KEYS: dict[Meaning, str] = {
    "hot_line": "Shift+H", "warm_line": "Shift+W", "cold_line": "Shift+D", "staging": "Shift+Y",
    "command_post": "Shift+F", "decontamination": "Shift+N", "water_supply": "Shift+U",
    "casualty_collection": "Shift+V", "evacuation_route": "Shift+X", "assembly": "Shift+J",
    "road_block": "Shift+K", "entry_point": "Shift+Z",
}  # fmt: skip
TACTICAL: tuple[Meaning, ...] = tuple(meaning for meaning in MEANINGS if meaning != "plain")


class DrawingActions(QObject):
    """Enters the actions; they act on the Map and Command stations."""

    def __init__(self, kit: ViewKit, drawing: DrawingDesk, inside: InsideAsk) -> None:
        super().__init__()
        self._drawing = drawing
        self._kit = kit
        words = drawing.words
        for shape in SHAPES:
            text = partial(self._titled, partial(lambda s: words.shapes()[s], shape))
            self._add(f"draw.{shape}", text, _SHAPE_KEYS[shape], partial(drawing.take, shape))
        for meaning in TACTICAL:
            text = partial(self._titled, partial(lambda m: words.meanings()[m], meaning))
            run = partial(drawing.take_meaning, meaning)
            self._add(f"draw.{meaning}", text, _MEANING_KEYS[meaning], run)
        self._add_acts(drawing)
        self._add("draw.inside", lambda: self.tr("What lies inside"), "Shift+I", inside.ask)
        drawing.changed.connect(self._on_changed)

    def _add_acts(self, drawing: DrawingDesk) -> None:
        acts: tuple[tuple[str, Callable[[], str], str, Callable[[], object]], ...] = (
            ("distance", lambda: self.tr("Measure distance and bearing"), "Shift+M",
             partial(drawing.take, "line", "plain", "distance")),
            ("area", lambda: self.tr("Measure an area"), "Shift+Q",
             partial(drawing.take, "polygon", "plain", "area")),
            ("copy", lambda: self.tr("Copy the measures"), "Ctrl+Shift+C", drawing.copy),
            ("edit", lambda: self.tr("Edit the chosen drawing"), "Shift+E", drawing.edit),
            ("remove", lambda: self.tr("Remove the chosen drawing"), "Ctrl+Delete",
             drawing.remove),
            ("publish", lambda: self.tr("Publish map"), "Ctrl+Shift+P",
             drawing.publish),
            ("maps", lambda: self.tr("Official / working / both maps"), "Shift+O",
             drawing.next_map),
        )  # fmt: skip
        for name, text, key, run in acts:
            self._add(f"draw.{name}", text, key, run)
        self._add("draw.undo", lambda: self.tr("Undo drawing"), "Ctrl+Z", drawing.undo,
                  drawing.can_undo)  # fmt: skip
        self._add("draw.redo", lambda: self.tr("Redo drawing"), "Ctrl+Shift+Z", drawing.redo,
                  drawing.can_redo)  # fmt: skip

    def _titled(self, name: Callable[[], str]) -> str:
        return self.tr("Draw: {name}").format(name=name())

    def _add(
        self, name: str, text: Callable[[], str], key: str, run: Callable[[], object],
        may: Callable[[], bool] | None = None,
    ) -> None:  # fmt: skip
        self._kit.actions.add(
            ActionSpec(
                id=name, text=text, run=run, shortcut=key, group="map",
                enabled=partial(self._enabled, may),
            )
        )  # fmt: skip

    def _enabled(self, may: Callable[[], bool] | None) -> bool:
        return self._drawing.active and (may is None or may())

    def _on_changed(self) -> None:
        actions = self._kit.actions
        steering = [spec.id for spec in actions.specs() if spec.id.startswith("map.")]
        actions.refresh("draw.undo", "draw.redo", *steering)
