"""The faceplates of the chosen hazard source: its tags by family, with limits and quality."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea

from models.operation.situation import Published
from models.registry.kinds import Tag
from views.kit import ViewKit
from views.monitor.plates.board import Board, PlaceId
from views.monitor.plates.keys import PageAct, add_acts, over_keys
from views.monitor.plates.layout import Sizes, faceplate
from views.monitor.plates.looks import FAMILIES, Look, MoreLook
from views.monitor.plates.reader import PlateReader
from views.widgets.naming import named
from views.widgets.pane import Pane

_SIZES = (370, 26, 66, 8)


class PlatePage(Pane):
    """Signals: place_wanted(str tag key), trend_wanted(str tag key)."""

    place_wanted = Signal(str)
    trend_wanted = Signal(str)

    def __init__(self, kit: ViewKit, reader: PlateReader, is_on_screen: Callable[[], bool]) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._reader = reader
        self._name = ""
        self._tags: dict[str, Tag] = {}
        self._chosen = ""
        self.board = named(Board(kit.theme, self._look, big=True), "plate-board")
        self.board.pressed.connect(self._on_pressed)
        self.board.opened.connect(self._on_opened)
        self._scroll = named(QScrollArea(), "plate-scroll")
        self._scroll.setWidget(self.board)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._add_actions(is_on_screen)
        self.set_body(
            over_keys(kit, "plates", ("next", "previous", "map", "trend"), (self._scroll,))
        )
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        alarmed = sum(self._reader.worst(key) is not None for key in self._tags)
        parts = [self.tr("%n tag(s)", "", len(self._tags)), self.tr("%n in alarm", "", alarmed)]
        if self._kit.desk.replay is not None:
            parts.insert(0, self.tr("LIVE values, not of the replay"))
        title = self.tr("Faceplates") + (f": {self._name}" if self._name else "")
        self.set_title(title, " · ".join(parts))
        self.board.setAccessibleName(title)
        self.board.refresh()

    def show_source(self, name: str, tags: Sequence[Tag]) -> None:
        """Show the tags of a hazard source."""
        self._name = name
        self._tags = {tag.key: tag for tag in tags}
        if self._chosen not in self._tags:
            self._chosen = ""
        self._arrange()
        self.retranslate()

    @property
    def chosen(self) -> str:
        """The tag under the cursor, '' for none."""
        return self._chosen

    def choose_next(self, by: int) -> None:
        """Move the cursor to the next tag (1) or the one before (-1)."""
        keys = [place.id[1] for place in self.board.places if place.id[0] == "tag"]
        if not keys:
            return
        at = keys.index(self._chosen) + by if self._chosen in keys else 0
        self._choose(keys[max(0, min(at, len(keys) - 1))])

    def show_on_map(self) -> None:
        """Ask for the place of the chosen tag."""
        if self._is_chosen():
            self.place_wanted.emit(self._chosen)

    def show_trend(self) -> None:
        """Ask for the trend of the chosen tag."""
        if self._is_chosen():
            self.trend_wanted.emit(self._chosen)

    def _is_chosen(self) -> bool:
        if not self._chosen:
            self._kit.desk.say(3, "tag_needed")
        return bool(self._chosen)

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.board.refresh()
        for place in self.board.places:
            if place.id == ("tag", key):
                box = place.box.center()
                self._scroll.ensureVisible(box.x(), box.y(), 0, place.box.height())

    def _look(self, key: PlaceId) -> Look:
        kind, value = key
        if kind == "family":
            return self._reader.family(next(each for each in FAMILIES if each == value))
        tag = self._tags.get(value)
        if tag is None:
            return MoreLook("")
        return self._reader.tag(tag, chosen=value == self._chosen, under=self._name)

    def _arrange(self) -> None:
        theme = self._kit.theme
        sizes = Sizes(*theme.pxs(*_SIZES))
        tags = self._reader.in_order(list(self._tags.values()))
        width = self._scroll.viewport().width()
        places, height = faceplate(tags, width, sizes)
        self.board.resize(width, max(height, self._scroll.viewport().height()))
        self.board.show_places(places)

    def _add_actions(self, is_on_screen: Callable[[], bool]) -> None:
        acts: tuple[PageAct, ...] = (
            ("next", lambda: self.tr("Next tag"), "Down", lambda: self.choose_next(1)),
            ("previous", lambda: self.tr("Tag before"), "Up", lambda: self.choose_next(-1)),
            ("map", lambda: self.tr("On the map"), "M", self.show_on_map),
            ("trend", lambda: self.tr("Trend"), "T", self.show_trend),
        )
        add_acts(self._kit, self, "plates", acts, is_on_screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the plates out anew."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was published out of sight."""
        super().showEvent(event)
        self._reader.load()
        self._arrange()
        self.retranslate()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if not self.isVisible():
            return
        if published.changes.full or "alarms" in touched or "stale_tags" in touched:
            self._reader.load()
            self._arrange()
            self.retranslate()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible():
            self.board.refresh()

    @Slot(object)
    def _on_pressed(self, key: PlaceId) -> None:
        if key[0] == "tag":
            self._choose(key[1])

    @Slot(object)
    def _on_opened(self, key: PlaceId) -> None:
        if key[0] == "tag":
            self.show_trend()
