"""Keeps the map's base maps as the site's list says, and tells who shows that list."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.basemaps.catalogue import BaseMapCatalogue
from app.basemaps.service import BaseMaps, TileService
from views.base_maps.words import BaseMapWords
from views.map.widget import MapWidget


class BaseMapFeed(QObject):
    """The base maps between the site and the map.

    Signals: changed(BaseMaps) after the list was read anew.
    """

    changed = Signal(object)
    _read = Signal(object)
    _told = Signal()

    def __init__(
        self, service: TileService, map_widget: MapWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.service = service
        self.state = BaseMaps()
        self._map = map_widget
        map_widget.content.files.tiles = service
        self._words = BaseMapWords(self)
        service.told = self._told.emit
        self._told.connect(self.reload, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        self.service.reload(self._read.emit)

    def change(self, act: Callable[[BaseMapCatalogue], None]) -> None:
        """Change the list and show it as it is then."""
        self.service.change(act, self._read.emit)

    def shut_down(self) -> None:
        """Let go of all files; the map must be shut down before."""
        self.service.told = lambda: None
        self._map.content.files.tiles = None
        self.service.shut_down()

    @Slot(object)
    def _on_read(self, state: BaseMaps) -> None:
        self.state = state
        self.retranslate()
        self.changed.emit(state)

    def retranslate(self) -> None:
        """Show the base maps, and say which servers are away, in the screen's language."""
        state = self.state
        lines = [said for shown in state.drawn if (said := self._words.over_the_map(shown))]
        self._map.set_base_maps(state.payload(), state.attributions(), lines)
