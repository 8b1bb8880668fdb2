"""The centre: one map that is never rebuilt, and the panes of the stations around it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from views.shell.layout_store import LayoutStore
from views.shell.mode_band import Watermark
from views.shell.station import Station
from views.theme import Theme
from views.widgets.naming import named

_LEFT_PX, _RIGHT_PX, _BOTTOM_PX = 372, 424, 214
_SIDES = ("left", "right", "bottom")


class Central(QWidget):
    """Splitters around a stack whose first page is the map; a station is built when first shown."""

    def __init__(
        self,
        theme: Theme,
        map_widget: QWidget,
        stations: dict[str, Station],
        layouts: LayoutStore,
    ) -> None:
        super().__init__()
        self.setObjectName("central")
        self._theme = theme
        self._map = map_widget
        self._stations = stations
        self._layouts = layouts
        self._current = ""
        self._mode = ""
        self._built: dict[str, dict[str, QWidget | None]] = {}
        self._middle = named(QStackedWidget(), "middle")
        self._middle.addWidget(map_widget)
        self._sides = {side: named(QStackedWidget(), f"side-{side}") for side in _SIDES}
        self._watermarks = [Watermark(theme, self._middle)]
        self._watermarks += [Watermark(theme, stack) for stack in self._sides.values()]
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._place()

    @property
    def current(self) -> str:
        """The station on screen, '' before the first."""
        return self._current

    def show_station(self, station_id: str) -> None:
        """Put a station's panes around the centre; KeyError when it is unknown."""
        if station_id == self._current:
            return
        station = self._stations[station_id]
        places = self._build(station_id, station)
        center = places["center"]
        self._middle.setCurrentWidget(self._map if center is None else center)
        for side, stack in self._sides.items():
            widget = places[side]
            if widget is not None:
                stack.setCurrentWidget(widget)
            stack.setVisible(widget is not None)
        self._current = station_id
        self.lay_out()
        station.activated()

    def show_mode(self, mode: str) -> None:
        """Mark every pane with the mode's word."""
        for watermark in self._watermarks:
            watermark.show_mode(mode)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panes their share anew, unless somebody has chosen sizes for this station."""
        super().resizeEvent(event)
        if self._current and event.oldSize().width() != event.size().width():
            self.lay_out()

    def save(self) -> None:
        """Write the sizes down."""
        self._layouts.save()

    def _place(self) -> None:
        gap = self._theme.px(6)
        for splitter in (self._columns, self._rows):
            splitter.setHandleWidth(gap)
            splitter.setChildrenCollapsible(False)
            splitter.splitterMoved.connect(self._on_dragged)
        self._columns.addWidget(self._sides["left"])
        self._columns.addWidget(self._middle)
        self._columns.addWidget(self._sides["right"])
        self._columns.setStretchFactor(1, 1)
        self._rows.addWidget(self._columns)
        self._rows.addWidget(self._sides["bottom"])
        self._rows.setStretchFactor(0, 1)
        for stack in self._sides.values():
            stack.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap, gap, gap)
        column.addWidget(self._rows)

    def _build(self, station_id: str, station: Station) -> dict[str, QWidget | None]:
        if station_id not in self._built:
            places = {
                "left": station.left(),
                "right": station.right(),
                "bottom": station.bottom(),
                "center": station.center(),
            }
            for side, widget in places.items():
                if widget is not None:
                    stack = self._middle if side == "center" else self._sides[side]
                    stack.addWidget(widget)
            self._built[station_id] = places
        return self._built[station_id]

    def _on_dragged(self, _position: int, _index: int) -> None:
        """Keep what somebody dragged; sizes that merely followed the window are no choice."""
        if self._current:
            self._layouts.put(f"{self._current}.columns", self._columns.sizes())
            self._layouts.put(f"{self._current}.rows", self._rows.sizes())

    def lay_out(self) -> None:
        """Give the panes the sizes chosen for this station, or their share."""
        self._columns.setSizes(
            self._layouts.get(f"{self._current}.columns", 3) or self._default_columns()
        )
        self._rows.setSizes(self._layouts.get(f"{self._current}.rows", 2) or self._default_rows())

    def _default_columns(self) -> list[int]:
        # On a small screen the sides give way before the map does.
        room = max(self.width(), self._theme.px(1000))
        left = min(self._theme.px(_LEFT_PX), room * 30 // 100)
        right = min(self._theme.px(_RIGHT_PX), room * 29 // 100)
        return [left, room - left - right, right]

    def _default_rows(self) -> list[int]:
        room = max(self.height(), self._theme.px(600))
        bottom = min(self._theme.px(_BOTTOM_PX), room * 26 // 100)
        return [room - bottom, bottom]
