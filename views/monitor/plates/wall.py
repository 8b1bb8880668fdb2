"""The wall: plates of all hazard sources, worst first, page by page, for a big screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent

from models.operation.situation import Published
from models.registry.kinds import Tag
from views.kit import ViewKit
from views.monitor.plates.board import Board, PlaceId
from views.monitor.plates.keys import PageAct, add_acts, over_keys
from views.monitor.plates.layout import LINES, Sizes, filling, per_page, wall
from views.monitor.plates.looks import Look, MoreLook
from views.monitor.plates.reader import PlateReader
from views.monitor.tag_states import ALL, SourceRow, source_rows, tags_by_source
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.states import EmptyState

FILTERS = ("all", "alarm", "waiting", "silent")
_SIZES = (380, 26, 22, 8)
_MOST_ROW = 28


class WallPage(Pane):
    """Signals: source_wanted(str key): its faceplates; place_wanted(str key): on the map."""

    source_wanted = Signal(str)
    place_wanted = Signal(str)

    def __init__(self, kit: ViewKit, reader: PlateReader, is_on_screen: Callable[[], bool]) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._reader = reader
        self._filter = FILTERS[0]
        self._by_name = False
        self._page = 0
        self._grid = (1, 1)
        self._all: dict[str, tuple[Tag, ...]] = {}
        self._rows: dict[str, SourceRow] = {}
        self._order: list[str] = []
        self._tags: dict[str, Tag] = {}
        self._shown: dict[str, list[Tag]] = {}
        self._chosen: str | None = None
        self.board = named(Board(kit.theme, self._look, big=False), "wall-board")
        self.board.pressed.connect(self._on_pressed)
        self.board.opened.connect(self._on_opened)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty = EmptyState(kit.theme)
        self._empty.hide()
        self._add_actions(is_on_screen)
        self.set_body(
            over_keys(
                kit,
                "wall",
                ("next", "previous", "filter", "order", "open", "map"),
                (self.board, self._empty),
            )
        )
        kit.desk.published.connect(self._on_published)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        kit.desk.ticked.connect(self._on_ticked)
        self._on_reference_changed(kit.desk.reference)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        words = {
            "all": self.tr("all"),
            "alarm": self.tr("only in alarm"),
            "waiting": self.tr("only unacknowledged"),
            "silent": self.tr("only without data"),
        }
        page = self.tr("page {page} of {pages}").format(page=self._page + 1, pages=self.pages)
        order = self.tr("by name") if self._by_name else self.tr("worst first")
        count = self.tr("{shown} of {all} sources").format(
            shown=len(self._order), all=len(self._rows)
        )
        parts = [page, count, words[self._filter], order]
        if self._kit.desk.replay is not None:
            parts.insert(0, self.tr("LIVE values, not of the replay"))
        self.set_title(self.tr("Wall"), " · ".join(parts))
        self._empty.say(
            self.tr("No hazard source here"),
            self.tr("No source with tags is in this filter; F changes it."),
        )
        self.board.setAccessibleName(self.tr("Wall"))
        self.board.refresh()

    # What is shown

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        columns, rows = self._grid
        return max(1, -(-len(self._order) // (columns * rows)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The sources of the page on screen."""
        count = self._grid[0] * self._grid[1]
        return tuple(self._order[self._page * count : (self._page + 1) * count])

    @property
    def chosen(self) -> str | None:
        """The source under the cursor; '' stands for the tags of none."""
        return self._chosen

    def turn(self, by: int) -> None:
        """Show another page; after the last comes the first."""
        self._page = (self._page + by) % self.pages
        self._place()

    def next_filter(self) -> None:
        """Show only what is worse, after the last choice all again."""
        self._filter = FILTERS[(FILTERS.index(self._filter) + 1) % len(FILTERS)]
        self._page = 0
        self._arrange()

    def switch_order(self) -> None:
        """Order by name, or worst first."""
        self._by_name = not self._by_name
        self._page = 0
        self._arrange()

    def step(self, by: int) -> None:
        """Move the cursor to a neighbour; it turns the page at its end."""
        if not self._order:
            return
        at = self._page * self._grid[0] * self._grid[1]
        if self._chosen is not None:
            at = self._order.index(self._chosen) + by
        at = max(0, min(at, len(self._order) - 1))
        self._chosen = self._order[at]
        self._page = at // (self._grid[0] * self._grid[1])
        self._place()

    def open(self) -> None:
        """Ask for the faceplates of the chosen source."""
        if self._chosen is None:
            self._kit.desk.say(3, "source_needed")
        else:
            self.source_wanted.emit(self._chosen)

    def show_on_map(self) -> None:
        """Ask for the place of the chosen source."""
        if not self._chosen:
            self._kit.desk.say(3, "source_needed")
        else:
            self.place_wanted.emit(self._chosen)

    def _look(self, key: PlaceId) -> Look:
        kind, value = key
        if kind == "tag":
            tag = self._tags.get(value)
            return MoreLook("") if tag is None else self._reader.tag(tag)
        row = self._rows.get(value)
        if kind == "source" and row is not None:
            return self._reader.source(row, self._name(row), chosen=value == self._chosen)
        if kind == "more":
            return self._reader.more(self._shown.get(value, [])[LINES - 1 :])
        return MoreLook("")

    def _name(self, row: SourceRow) -> str:
        if row.source is not None:
            return row.source.name.text(self._kit.language)
        return row.key or self.tr("At no hazard source")

    def _accepts(self, row: SourceRow) -> bool:
        match self._filter:
            case "alarm":
                return row.worst is not None
            case "waiting":
                return row.unacknowledged > 0
            case "silent":
                return row.stale > 0
            case _:
                return True

    def _arrange(self) -> None:
        """Work out order and pages anew."""
        desk = self._kit.desk
        rows = source_rows(desk.reference, self._all, desk.situation)
        self._rows = {row.key: row for row in rows if row.key != ALL}
        shown = [row for row in self._rows.values() if self._accepts(row)]
        if self._by_name:
            shown.sort(key=lambda row: (not row.key, self._name(row)))
        self._order = [row.key for row in shown]
        if self._chosen not in self._order:
            self._chosen = None
        self._place()

    def _place(self) -> None:
        """Put the sources of the page into their boxes."""
        sizes = Sizes(*self._kit.theme.pxs(*_SIZES))
        self._grid = per_page(self.board.width(), self.board.height(), sizes)
        self._page = min(self._page, self.pages - 1)
        self._shown = {key: self._reader.in_order(self._all[key]) for key in self.keys}
        sizes = filling(self.board.height(), self._grid[1], sizes, self._kit.theme.px(_MOST_ROW))
        places = wall(self.keys, self._shown, self.board.width(), self._grid[0], sizes)
        self.board.show_places(places)
        self.board.setVisible(bool(places))
        self._empty.setVisible(not places)
        self.retranslate()

    # Keys

    def _add_actions(self, is_on_screen: Callable[[], bool]) -> None:
        acts: tuple[PageAct, ...] = (
            ("next", lambda: self.tr("Next page"), "PgDown", lambda: self.turn(1)),
            ("previous", lambda: self.tr("Page before"), "PgUp", lambda: self.turn(-1)),
            ("filter", lambda: self.tr("Next filter"), "F", self.next_filter),
            ("order", lambda: self.tr("Worst first / by name"), "W", self.switch_order),
            ("open", lambda: self.tr("Its faceplates"), "Return", self.open),
            ("map", lambda: self.tr("On the map"), "M", self.show_on_map),
            ("right", lambda: self.tr("Source to the right"), "Right", lambda: self.step(1)),
            ("left", lambda: self.tr("Source to the left"), "Left", lambda: self.step(-1)),
            ("down", lambda: self.tr("Source below"), "Down", lambda: self.step(self._grid[0])),
            ("up", lambda: self.tr("Source above"), "Up", lambda: self.step(-self._grid[0])),
        )
        add_acts(self._kit, self, "wall", acts, is_on_screen)

    # Slots

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the plates out anew."""
        super().resizeEvent(event)
        if self.isVisible():
            self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was published out of sight."""
        super().showEvent(event)
        self._reader.load()
        self._arrange()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if not self.isVisible():
            return
        if published.changes.full or "alarms" in touched or "stale_tags" in touched:
            self._reader.load()
            self._arrange()

    @Slot(object)
    def _on_reference_changed(self, reference: object) -> None:
        del reference
        self._all = tags_by_source(self._kit.desk.reference)
        self._tags = {tag.key: tag for own in self._all.values() for tag in own}
        if self.isVisible():
            self._arrange()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible():
            self.board.refresh()

    @Slot(object)
    def _on_pressed(self, key: PlaceId) -> None:
        self._chosen = self._source_of(key)
        self.board.refresh()

    @Slot(object)
    def _on_opened(self, key: PlaceId) -> None:
        self._chosen = self._source_of(key)
        self.open()

    def _source_of(self, key: PlaceId) -> str:
        kind, value = key
        if kind == "tag":
            tag = self._tags.get(value)
            return tag.hazard_source_key if tag is not None else ""
        return value
