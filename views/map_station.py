"""Map 一张图: the map alone, with the layers and what is selected beside it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from views.kit import ViewKit
from views.map.layer_keeper import LayerKeeper
from views.map.widget import MapWidget
from views.map_layers.pane import LayersPane
from views.map_panes import ObjectPane


class MapStation(QObject):
    """Layers on the left, the selected thing on the right."""

    id = "map"

    def __init__(self, kit: ViewKit, map_widget: MapWidget, layers: LayerKeeper) -> None:
        super().__init__()
        self._kit = kit
        self._map = map_widget
        self._layers = layers

    def left(self) -> QWidget | None:
        """Return the layer list."""
        return LayersPane(self._kit, self._map, self._layers)

    def right(self) -> QWidget | None:
        """Return what is known of the selected thing."""
        return ObjectPane(self._kit, self._map)

    def bottom(self) -> QWidget | None:
        """Leave the room to the map."""
        return None

    def center(self) -> QWidget | None:
        """Leave the map in the middle."""
        return None

    def activated(self) -> None:
        """Nothing to prepare."""
