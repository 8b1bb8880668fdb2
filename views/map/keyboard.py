"""The map by keys, and what is selected in words for who can't see it.

All keys act only while the map has the focus, and none does what can't be undone.
"""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget

from maps.drawing import MapObject
from maps.in_view import objects_in_view, step_through
from views.actions import ActionSpec
from views.kit import ViewKit
from views.map.reading import ObjectReader
from views.map.widget import MapWidget

_PAN_PX = 120


class MapKeyboard(QObject):
    """Registers the map's keys and speaks; `said` keeps the last announcement."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__(map_widget)
        self._kit = kit
        self._map = map_widget
        self._reader = ObjectReader(kit, map_widget.content, self)
        self.said = ""
        self._add_actions()
        map_widget.selected.connect(self._on_map_selected)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_app_focus_changed)
        map_widget.ready.connect(self._on_map_ready)
        self._on_map_ready()

    def _add_actions(self) -> None:
        for name, text, key, run in (
            ("pan_left", self._text_left, "Left", self.pan_left),
            ("pan_right", self._text_right, "Right", self.pan_right),
            ("pan_up", self._text_up, "Up", self.pan_up),
            ("pan_down", self._text_down, "Down", self.pan_down),
            ("zoom_in", self._text_in, "+", self.zoom_in),
            ("zoom_out", self._text_out, "-", self.zoom_out),
            ("home", self._text_home, "Home", self._map.go_home),
            ("next", self._text_next, ".", self.select_next),
            ("previous", self._text_previous, ",", self.select_previous),
            ("read", self._text_read, "Ctrl+Shift+R", self.read_out),
        ):
            self._kit.actions.add(
                ActionSpec(
                    f"map.{name}", text, run, key, self._may_steer, scope=self._map, group="map"
                )
            )

    def _may_steer(self) -> bool:
        """Return whether no tool is in hand: its crosshair moves by the same keys."""
        return not self._map.content.pencil.sketching.tool

    def _text_left(self) -> str:
        return self.tr("Map: to the west")

    def _text_right(self) -> str:
        return self.tr("Map: to the east")

    def _text_up(self) -> str:
        return self.tr("Map: to the north")

    def _text_down(self) -> str:
        return self.tr("Map: to the south")

    def _text_in(self) -> str:
        return self.tr("Map: nearer")

    def _text_out(self) -> str:
        return self.tr("Map: farther")

    def _text_home(self) -> str:
        return self.tr("Map: the whole site")

    def _text_next(self) -> str:
        return self.tr("Map: next thing in view")

    def _text_previous(self) -> str:
        return self.tr("Map: previous thing in view")

    def _text_read(self) -> str:
        return self.tr("Map: read out what is selected")

    def pan_left(self) -> None:
        """Look further west."""
        self._map.pan(-_PAN_PX, 0)

    def pan_right(self) -> None:
        """Look further east."""
        self._map.pan(_PAN_PX, 0)

    def pan_up(self) -> None:
        """Look further north."""
        self._map.pan(0, -_PAN_PX)

    def pan_down(self) -> None:
        """Look further south."""
        self._map.pan(0, _PAN_PX)

    def zoom_in(self) -> None:
        """Look nearer."""
        self._map.zoom(1.0)

    def zoom_out(self) -> None:
        """Look from farther."""
        self._map.zoom(-1.0)

    def select_next(self) -> None:
        """Select the next thing in view: alarms first, then from the middle outwards."""
        self._step(1)

    def select_previous(self) -> None:
        """Select the thing before."""
        self._step(-1)

    def read_out(self) -> None:
        """Say what is selected, where, and how it is."""
        self._say(self._reader.sentence(self._map.content.selected))

    def _step(self, step: int) -> None:
        content = self._map.content
        if content.box is None:
            return
        things = objects_in_view(
            content.points, content.outbox.held("live").values(), content.box, content.is_drawn
        )
        chosen = step_through(things, content.selected, step)
        if chosen is None:
            self._say(self.tr("Nothing is in view."))
            return
        self._map.select(chosen.kind, chosen.key, reveal=False)
        self._map.selected.emit(chosen)

    def _say(self, text: str) -> None:
        self.said = text
        for widget in (self._map, self._map.backend):
            widget.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._map, text))

    @Slot()
    def _on_map_ready(self) -> None:
        self._on_app_focus_changed(None, QApplication.focusWidget())

    @Slot(object)
    def _on_map_selected(self, thing: MapObject) -> None:
        self._say(self._reader.sentence(thing))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave all keys to the drawing tool in hand: it moves its crosshair by the arrows."""
        if event.type() is QEvent.Type.ShortcutOverride and self._has_tool():
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _has_tool(self) -> bool:
        held = self._map.content.outbox.held_value("sketch")
        return held is not None and bool(held.get("tool"))

    @Slot(QWidget, QWidget)
    def _on_app_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """Frame the map while its keys act."""
        if old is not None:
            old.removeEventFilter(self)
        inside = now is not None and (now is self._map or self._map.backend.isAncestorOf(now))
        if now is not None and (inside or now is self._map.backend):
            now.installEventFilter(self)
        self._map.show_focus(on=inside or now is self._map.backend)
