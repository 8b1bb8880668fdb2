"""Map 一张图: the map alone, with the layers and what is selected beside it."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from views.actions import ActionSpec
from views.base_maps.job import BaseMapJob
from views.base_maps.pane import BaseMapsPane
from views.kit import ViewKit
from views.map.base_maps import BaseMapFeed
from views.map.drawing_desk import DrawingDesk
from views.map.drawings_pane import DrawingsPane
from views.map.layer_keeper import LayerKeeper
from views.map.widget import MapWidget
from views.map_layers.pane import LayersPane
from views.map_panes import ObjectPane
from views.widgets.naming import named


class MapStation(QObject):
    """Layers on the left, the selected thing and the drawings on the right."""

    id = "map"

    def __init__(
        self,
        kit: ViewKit,
        map_widget: MapWidget,
        layers: LayerKeeper,
        base_maps: BaseMapFeed,
        base_map_job: BaseMapJob,
        drawing: DrawingDesk,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._map = map_widget
        self._layers = layers
        self._base_maps = base_maps
        self._base_map_job = base_map_job
        self._drawing = drawing
        self._export = kit.actions.add(
            ActionSpec("map.export", self._text_export, self.export, "Ctrl+Shift+E")
        )

    def _text_export(self) -> str:
        return self.tr("Export the map…")

    def export(self) -> None:
        """Ask how the map is to be written."""
        from views.map.export_sheet import ExportSheet  # brings lxml, which a start doesn't need

        ExportSheet(self._kit, self._map, self._map.window()).open()

    def left(self) -> QWidget | None:
        """Return the layer list over the base maps."""
        column = QSplitter(Qt.Orientation.Vertical)
        column.setChildrenCollapsible(False)
        layers = LayersPane(self._kit, self._map, self._layers)
        actions = self._kit.actions
        layers.add_foot(
            actions.action("map.import_layer"), actions.action("map.export_picked"), self._export
        )
        column.addWidget(layers)
        column.addWidget(BaseMapsPane(self._kit, self._base_maps, self._base_map_job))
        column.setStretchFactor(0, 6)
        column.setStretchFactor(1, 1)
        px = self._kit.theme.px
        column.setSizes([px(700), px(160)])  # base maps are few
        return column

    def right(self) -> QWidget | None:
        """Return what is known of the selected thing, over the drawings of the map."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "map-right")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(ObjectPane(self._kit, self._map))
        splitter.addWidget(DrawingsPane(self._kit, self._drawing))
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes(self._kit.theme.pxs(360, 540))
        return splitter

    def bottom(self) -> QWidget | None:
        """Leave the room to the map."""
        return None

    def center(self) -> QWidget | None:
        """Leave the map in the middle."""
        return None

    def activated(self) -> None:
        """Nothing to prepare."""
