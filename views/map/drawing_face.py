"""Drawing as the desk shows it: tools over the map, the time under it, on the stations for it."""

from PySide6.QtCore import QObject, Slot

from maps.sketch_items import DrawingWords
from views.kit import ViewKit
from views.map.drawing_actions import DrawingActions
from views.map.drawing_desk import DrawingDesk
from views.map.inside import InsideAsk
from views.map.replay_bar import ReplayBar
from views.map.tool_strip import ToolStrip
from views.map.widget import MapWidget

_WITH_TOOLS = frozenset({"map", "command"})
_WITH_TIME = frozenset({"map", "command", "watch"})


class DrawingFace(QObject):
    """Owns the drawing desk, what lies inside, their actions, the tool strip and the time bar."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__()
        self.desk = DrawingDesk(kit, map_widget)
        self._kit = kit
        self._map = map_widget
        self.inside = InsideAsk(kit, map_widget)
        self._actions = DrawingActions(kit, self.desk, self.inside)
        self.strip = ToolStrip(kit, self.desk)
        self.time = ReplayBar(kit)
        map_widget.put_around(self.strip, self.time)
        kit.translator.language_changed.connect(self._on_language_changed)
        self._on_language_changed()
        self.show_on("")

    def show_on(self, station_id: str) -> None:
        """Show the tools on the stations where one draws; elsewhere they are put away."""
        active = station_id in _WITH_TOOLS
        if self.desk.active and not active:
            self.desk.put_down()
        self.desk.active = active
        self.strip.setVisible(active)
        self.time.set_wanted(wanted=station_id in _WITH_TIME)

    @Slot()
    def _on_language_changed(self) -> None:
        words = DrawingWords(
            meanings=self.desk.words.meanings(),
            threatened="▲ " + self.tr("inside the threat zone"),
            marks={
                "new": self.tr("not published"),
                "changed": self.tr("changed, not published"),
                "gone": self.tr("removed, still official"),
                "old": self.tr("official until published"),
            },
        )
        self.desk.set_words(words, self.tr("perimeter {length}"))
