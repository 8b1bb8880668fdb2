"""The centre: one map that is never rebuilt, and the panes of the stations around it."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from views.shell.layout_store import LayoutStore
from views.shell.mode_band import BANDED, MODE_WORDS, Watermark
from views.shell.station import Station
from views.theme import Theme
from views.widgets.naming import named

_LEFT_PX, _RIGHT_PX, _BOTTOM_PX = 372, 424, 214
_WIDE_LEFT_PX = {"monitor": 470, "command": 420, "drill": 420}  # long names and sentences
_LOW_PX = 800  # lower rooms keep their height for the panes above
_SIDES = ("left", "right", "bottom")
_CENTER = "center"
_LATE_SIDES = ("right", "bottom")


@runtime_checkable
class MarksItself(Protocol):
    """A map that draws the mode's word among its own things."""

    def set_mode_watermark(self, text: str, colour: str) -> None:
        """Write the mode across the map; an empty text removes it."""
        ...


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
        self._late: list[tuple[QStackedWidget, QWidget | None]] = []
        self._veiled: list[QWidget] = []
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._take_turn)
        self._place()

    @property
    def current(self) -> str:
        """The station on screen, '' before the first."""
        return self._current

    @property
    def is_whole(self) -> bool:
        """Whether all panes of the station are on screen."""
        return not self._veiled

    def show_station(self, station_id: str) -> None:
        """Put a station's panes around the centre; KeyError when it is unknown.

        They are painted one in a turn, those on the right and below also shown so.
        """
        if station_id == self._current:
            return
        station = self._stations[station_id]
        center = self._pane(station_id, _CENTER)
        panes = {side: self._pane(station_id, side) for side in _SIDES}
        self._current = station_id
        # room first, panes then: each lays its content out once, at the size it keeps
        for side, stack in self._sides.items():
            pane = panes[side]
            if pane is not None and stack.isHidden():
                stack.setCurrentWidget(pane)
            stack.setVisible(pane is not None)
        self.lay_out()
        self._late = [(self._sides[side], panes[side]) for side in _LATE_SIDES]
        for stack in (self._sides["left"], self._middle, *(stack for stack, _ in self._late)):
            if stack is not self._middle or center is not None:
                stack.setUpdatesEnabled(False)
                self._veiled.append(stack)
        _show_page(self._sides["left"], panes["left"])
        _show_page(self._middle, self._map if center is None else center)
        self._turns.start()
        self._watermarks[0].spare(on=center is None and isinstance(self._map, MarksItself))
        station.activated()

    @Slot(bool)
    def fill(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal has one value
        """Give the station's page the room of its side panes, or let them have it again."""
        for side, stack in self._sides.items():
            stack.setVisible(not on and self._pane(self._current, side) is not None)
        if not on:
            self.lay_out()

    @Slot()
    def _take_turn(self) -> None:
        """Show or paint one pane more: all at once they would stop the UI thread."""
        if self._late:
            _show_page(*self._late.pop(0))
        waiting = [stack for stack, _ in self._late]
        while self._veiled and self._veiled[0] not in waiting:
            stack = self._veiled.pop(0)
            stack.setUpdatesEnabled(True)
            if stack.isVisible():
                return
        if not self._veiled:
            self._turns.stop()

    def show_mode(self, mode: str) -> None:
        """Mark every pane with the mode's word."""
        for watermark in self._watermarks:
            watermark.show_mode(mode)
        if isinstance(self._map, MarksItself):
            banded = mode in BANDED
            self._map.set_mode_watermark(
                MODE_WORDS[mode] if banded else "", f"mode.{mode}" if banded else "mode.drill"
            )

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

    def prepare(self, station_id: str) -> Iterator[None]:
        """Build a station's panes one at a time, for whoever has idle moments."""
        for side in (*_SIDES, _CENTER):
            self._pane(station_id, side)
            yield

    def _pane(self, station_id: str, side: str) -> QWidget | None:
        """Return a pane of a station, built now when it wasn't."""
        built = self._built.setdefault(station_id, {})
        if side not in built:
            widget: QWidget | None = getattr(self._stations[station_id], side)()
            if widget is not None:
                (self._middle if side == _CENTER else self._sides[side]).addWidget(widget)
            built[side] = widget
        return built[side]

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
        wanted = _WIDE_LEFT_PX.get(self._current, _LEFT_PX)
        left = min(self._theme.px(wanted), room * 30 // 100)
        right = min(self._theme.px(_RIGHT_PX), room * 29 // 100)
        return [left, room - left - right, right]

    def _default_rows(self) -> list[int]:
        room = max(self.height(), self._theme.px(600))
        share = 26 if room >= self._theme.px(_LOW_PX) else 19
        pane = self._built.get(self._current, {}).get("bottom")
        least = pane.minimumSizeHint().height() if pane is not None else 0
        bottom = max(min(self._theme.px(_BOTTOM_PX), room * share // 100), least)
        return [room - bottom, bottom]


def _show_page(stack: QStackedWidget, page: QWidget | None) -> None:
    if page is not None and page is not stack.currentWidget():
        page.resize(stack.size())
        stack.setCurrentWidget(page)
