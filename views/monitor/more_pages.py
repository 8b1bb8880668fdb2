"""Monitor's pages beside tags and trend: the alarm list, the faceplates, the wall."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from models.registry.kinds import Tag
from views.kit import ViewKit
from views.monitor.alarm_pane import AlarmPane
from views.monitor.alarm_rows import AlarmRow
from views.monitor.pages import ALARMS, PLATES, WALL
from views.monitor.plates.page import PlatePage
from views.monitor.plates.reader import PlateReader
from views.monitor.plates.wall import WallPage


class MorePages(QObject):
    """Signals: trend_wanted(str tag key), source_wanted(str source key): its faceplates.

    place_wanted(tuple kind, key): show it on the map.
    """

    trend_wanted = Signal(str)
    source_wanted = Signal(str)
    place_wanted = Signal(object)

    def __init__(self, kit: ViewKit, is_on_screen: Callable[[str], bool]) -> None:
        super().__init__()
        self._kit = kit
        self._is_on_screen = is_on_screen
        self._reader = PlateReader(kit)
        self._plates: PlatePage | None = None
        self._source: tuple[str, Sequence[Tag]] = ("", ())

    def makers(self) -> dict[str, Callable[[], QWidget]]:
        """Return what makes each page."""
        return {ALARMS: self._alarm_page, PLATES: self._plate_page, WALL: self._wall_page}

    def show_source(self, name: str, tags: Sequence[Tag]) -> None:
        """Show the faceplates of a hazard source."""
        self._source = (name, tags)
        if self._plates is not None:
            self._plates.show_source(name, tags)

    def _alarm_page(self) -> QWidget:
        pane = AlarmPane(self._kit, lambda: self._is_on_screen(ALARMS))
        pane.alarms.trend_wanted.connect(self.trend_wanted)
        pane.alarms.place_wanted.connect(self._on_alarm_place_wanted)
        return pane

    def _plate_page(self) -> QWidget:
        page = self._plates = PlatePage(self._kit, self._reader, lambda: self._is_on_screen(PLATES))
        page.trend_wanted.connect(self.trend_wanted)
        page.place_wanted.connect(self._on_tag_place_wanted)
        page.show_source(*self._source)
        return page

    def _wall_page(self) -> QWidget:
        page = WallPage(self._kit, self._reader, lambda: self._is_on_screen(WALL))
        page.source_wanted.connect(self.source_wanted)
        page.place_wanted.connect(self._on_source_place_wanted)
        return page

    @Slot(object)
    def _on_alarm_place_wanted(self, row: AlarmRow) -> None:
        self._want_place(row.id, row.alarm.tag_key, row.source_key, row.enterprise_key)

    @Slot(str)
    def _on_tag_place_wanted(self, key: str) -> None:
        tag = self._kit.desk.reference.get("tags", key)
        known = tag if isinstance(tag, Tag) else None
        source = known.hazard_source_key if known else ""
        self._want_place(key, key, source, known.enterprise_key if known else "")

    @Slot(str)
    def _on_source_place_wanted(self, key: str) -> None:
        self._want_place(key, "", key, "")

    def _want_place(self, what: str, tag: str, source: str, enterprise: str) -> None:
        """Ask for the tag's place; one without a place is where its source or enterprise is."""
        wanted = (("tags", tag), ("hazard-sources", source), ("enterprises", enterprise))
        for kind, key in wanted:
            record = self._kit.desk.reference.get(kind, key) if key else None
            if record is not None and record.position is not None:
                self.place_wanted.emit((kind, key))
                return
        self._kit.desk.say(3, "no_place", what)
