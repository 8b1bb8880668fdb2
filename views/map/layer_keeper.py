"""Each station's own choice of layers: shown on the one map, kept over a restart."""

import base64
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap

from maps.conditions import Filter
from maps.layers import LayerSettings, MapLayer, settings_from
from views.map.widget import MapWidget
from views.shell.layout_store import LayoutStore

MAP_STATIONS = ("watch", "map", "command", "drill", "review")
_SAVE_AFTER_MS = 1500


class LayerKeeper(QObject):
    """The layers of the station on screen.

    Signals: changed(): other layers, or chosen otherwise; pictures_changed(): the symbols look
    otherwise.
    """

    changed = Signal()
    pictures_changed = Signal()

    def __init__(self, map_widget: MapWidget, store: LayoutStore) -> None:
        super().__init__(map_widget)
        self._map = map_widget
        self._store = store
        self._station = "watch"
        self._held: dict[str, LayerSettings] = {}
        self._pictures: dict[str, tuple[QPixmap, ...]] = {}
        self._undrawn: list[tuple[str, list[str]]] = []
        self._draw_next = QTimer(self, singleShot=True, interval=0)
        self._draw_next.timeout.connect(self._on_draw_next_timeout)
        self._save = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._save.timeout.connect(store.save)
        map_widget.layers_changed.connect(self._on_map_layers_changed)
        map_widget.swatches.connect(self._on_map_swatches)

    @property
    def station(self) -> str:
        """The station whose layers the map shows."""
        return self._station

    @property
    def settings(self) -> LayerSettings:
        """What this station chose."""
        return self._of(self._station)

    @property
    def layers(self) -> tuple[MapLayer, ...]:
        """All layers from the top of the map to its bottom."""
        return self._map.content.layers.ordered(self.settings)

    def pictures(self, layer_id: str) -> tuple[QPixmap, ...]:
        """Return a layer's symbols as the map draws them; none before it has drawn."""
        return self._pictures.get(layer_id, ())

    def show_station(self, station_id: str) -> None:
        """Show the layers of a station; one without the map changes nothing."""
        if station_id in MAP_STATIONS:
            before = self.settings
            self._station = station_id
            self._map.set_layers(self.settings)
            if self.settings != before:
                self.changed.emit()

    def set_shown(self, layer_ids: Iterable[str], *, shown: bool) -> None:
        """Show or hide layers."""
        settings = self.settings
        for layer_id in layer_ids:
            settings = settings.with_shown(layer_id, shown=shown)
        self._choose(settings)

    def set_opacity(self, layer_id: str, opacity: float) -> None:
        """Make a layer fainter or firmer, 0…1."""
        self._choose(self.settings.with_opacity(layer_id, opacity))

    def move(self, layer_id: str, steps: int) -> None:
        """Move a layer down (negative: up) within its group."""
        self._choose(self._map.content.layers.moved(self.settings, layer_id, steps))

    def set_filters(self, kind: str, filters: Iterable[Filter]) -> None:
        """Filter the rows of a reference kind; none shows all."""
        self._choose(self.settings.with_filters(kind, filters))

    def reset(self) -> None:
        """Show everything as the catalogue has it."""
        self._choose(LayerSettings())

    def _of(self, station_id: str) -> LayerSettings:
        if station_id not in self._held:
            self._held[station_id] = settings_from(self._store.choice(_name(station_id)))
        return self._held[station_id]

    def _choose(self, settings: LayerSettings) -> None:
        if settings == self.settings:
            return
        self._keep(settings)
        self._map.set_layers(settings)
        self.changed.emit()

    def _keep(self, settings: LayerSettings) -> None:
        self._held[self._station] = settings
        stored = settings.stored() if any(settings.stored().values()) else None
        self._store.put_choice(_name(self._station), stored)
        self._save.start()

    @Slot()
    def _on_map_layers_changed(self) -> None:
        """Take what the map's own legend chose."""
        if self._map.content.settings != self.settings:
            self._keep(self._map.content.settings)
        self.changed.emit()

    @Slot(object)
    def _on_map_swatches(self, pictures: Mapping[str, list[str]]) -> None:
        """Read the symbols one layer at a time: all at once would hold the screen."""
        known = {layer.id for layer in self._map.content.layers.ordered(LayerSettings())}
        self._undrawn = [item for item in pictures.items() if item[0] in known]
        self._draw_next.start()

    @Slot()
    def _on_draw_next_timeout(self) -> None:
        if self._undrawn:
            layer_id, urls = self._undrawn.pop(0)
            self._pictures[layer_id] = tuple(_pixmap(url) for url in urls)
            self._draw_next.start()
        else:
            self.pictures_changed.emit()


def _name(station_id: str) -> str:
    return f"layers.{station_id}"


def _pixmap(url: str) -> QPixmap:
    """Return the picture of a data URL; an empty one when it is none."""
    pixmap = QPixmap()
    pixmap.loadFromData(base64.b64decode(url.partition(",")[2]))
    return pixmap
