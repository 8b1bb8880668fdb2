"""Monitor 监测: hazard sources, their tags with limits and live values, trends, alarms."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from app.desk import Reference
from models.registry.kinds import Tag
from views.actions import ActionSpec
from views.kit import ViewKit
from views.monitor.feed_table import FeedTable
from views.monitor.more_pages import MorePages
from views.monitor.pages import PAGES, PLATES, TREND, WIDE, MonitorPages
from views.monitor.panes import FactsPane, FeedsPane, PlotPane, SourcesPane, TagsPane
from views.monitor.source_facts import SourceFacts
from views.monitor.source_table import SourceTable
from views.monitor.tag_states import ALL, SourceRow, first_plotted
from views.monitor.tag_table import TagTable
from views.monitor.trend.page import TrendPage
from views.widgets.naming import named

FIRST_PLOTTED = 6
MOST_PLOTTED = 64


class MonitorStation(QObject):
    """Signals: selected(str kind, str key): a hazard source or a tag was chosen.

    place_wanted(tuple kind, key): show it on the map; filled(bool): a page wants the whole room.
    """

    selected = Signal(str, str)
    place_wanted = Signal(object)
    filled = Signal(bool)
    id = "monitor"

    def __init__(self, kit: ViewKit, plot: TrendPage | None = None) -> None:
        super().__init__()
        self._kit = kit
        self._active = False
        self._row: SourceRow | None = None
        self._opened = False
        self._plotted: list[Tag] = []
        self._by_hand = False
        self._pages: MonitorPages | None = None
        self._more = MorePages(kit, lambda page: self._active and self.page == page)
        self._more.trend_wanted.connect(self.show_trend)
        self._more.source_wanted.connect(self.show_plates)
        self._more.place_wanted.connect(self.place_wanted)
        self.facts = SourceFacts(kit)
        self._add_actions()
        self.sources = SourceTable(kit)
        self.tags = TagTable(kit)
        self.feeds = FeedTable(kit)
        self.plot = plot or TrendPage(kit)
        self._tags_pane = TagsPane(kit.theme, self.tags)
        self._plot_pane = PlotPane(kit, MOST_PLOTTED)
        self._plot_pane.set_body(self.plot)
        self._sources_pane = SourcesPane(kit.theme, self.sources)
        self._facts_pane = FactsPane(kit, self.facts)
        self._feeds_pane = FeedsPane(kit.theme, self.feeds)
        self.sources.chosen.connect(self._on_source_chosen)
        self.tags.chosen.connect(self._on_tag_chosen)
        self.tags.toggled.connect(self.toggle)
        self.plot.removed.connect(self.toggle)
        self.plot.dropped.connect(self._on_dropped)
        self.plot.page_wanted.connect(self._on_page_wanted)
        self.facts.trend_wanted.connect(self._on_trend_wanted)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        kit.translator.language_changed.connect(self._on_language_changed)

    def left(self) -> QWidget | None:
        """Return the hazard sources, what warns of the chosen one, the sources of values."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "monitor-left")
        splitter.setHandleWidth(self._kit.theme.px(6))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._sources_pane)
        splitter.addWidget(self._facts_pane)
        splitter.addWidget(self._feeds_pane)
        for index, share in enumerate((3, 2, 0)):
            splitter.setStretchFactor(index, share)
        splitter.setSizes(self._kit.theme.pxs(470, 230, 200))
        return splitter

    def right(self) -> QWidget | None:
        """Leave the room to the page: values, limits and state stand side by side."""
        return None

    def bottom(self) -> QWidget | None:
        """Leave the room to the page."""
        return None

    def center(self) -> QWidget | None:
        """Return the pages; the first has the tags over their trend."""
        makers = {TREND: self._trend_page, **self._more.makers()}
        self._pages = MonitorPages(self._kit, makers, lambda: self._active)
        self._pages.changed.connect(self._on_page_changed)
        return self._pages

    def _trend_page(self) -> QWidget:
        splitter = named(QSplitter(Qt.Orientation.Vertical), "monitor-page")
        splitter.setHandleWidth(self._kit.theme.px(6))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._tags_pane)
        splitter.addWidget(self._plot_pane)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(self._kit.theme.pxs(480, 420))
        return splitter

    def prepare(self) -> Iterator[None]:
        """Make the other pages in idle moments."""
        if self._pages is not None:
            yield from self._pages.prepare()

    @property
    def pages(self) -> tuple[str, ...]:
        """All pages, tags and trend first."""
        return PAGES

    @property
    def page(self) -> str:
        """The page on screen."""
        return self._pages.current if self._pages is not None else TREND

    def show_page(self, page: str) -> None:
        """Put a page on screen."""
        if self._pages is not None:
            self._pages.show_page(page)

    @Slot(str)
    def show_trend(self, tag_key: str) -> None:
        """Plot one tag, its hazard source beside it."""
        tag = self._kit.desk.reference.get("tags", tag_key)
        if not isinstance(tag, Tag):
            self._kit.desk.say(3, "no_tag", tag_key)
            return
        self.show_page(TREND)
        self._plot([tag], by_hand=True)
        self.sources.filter.clear()
        self.sources.choose(tag.hazard_source_key)
        self.tags.choose(tag.key)

    def go_to_trend(self) -> None:
        """Let the keys of the trend act."""
        self.show_page(TREND)
        self.plot.setFocus()

    @Slot(str)
    def show_plates(self, source_key: str) -> None:
        """Show the faceplates of a hazard source."""
        self.sources.filter.clear()
        self.sources.choose(source_key)
        self.show_page(PLATES)

    def activated(self) -> None:
        """Show the most urgent source when none is chosen yet."""
        self.sources.prepare_search()
        self.filled.emit(self.page in WIDE)
        if self._pages is not None:
            self._pages.take_focus()
        if not self._opened:
            self._opened = True
            rows = [row for row in self.sources.rows() if row.key != ALL]
            if rows:
                self.sources.choose(rows[0].key)

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active
        self.plot.set_active(active=active and self.page == TREND)

    @property
    def plotted(self) -> tuple[str, ...]:
        """The tags in the plot."""
        return tuple(tag.key for tag in self._plotted)

    @Slot(object)
    def toggle(self, tag: Tag) -> None:
        """Put a tag into the plot, or take it out."""
        keys = [each.key for each in self._plotted]
        if tag.key in keys:
            self._plot([each for each in self._plotted if each.key != tag.key], by_hand=True)
        elif len(keys) < MOST_PLOTTED:
            self._plot([*self._plotted, tag], by_hand=True)
        else:
            self._kit.desk.say(3, "plot_full", str(MOST_PLOTTED))

    def add(self, tags: Sequence[Tag]) -> None:
        """Put tags into the plot, as many as there is room for."""
        new = [tag for tag in tags if tag.key not in self.plotted]
        room = MOST_PLOTTED - len(self._plotted)
        if new[:room]:
            self._plot([*self._plotted, *new[:room]], by_hand=True)
        if len(new) > room:
            self._kit.desk.say(3, "plot_full", str(MOST_PLOTTED))

    def add_source(self) -> None:
        """Put all tags of the chosen source into the plot."""
        if self._row is not None:
            self.add(self.sources.tags_of(self._row.key))

    @Slot(object)
    def _on_page_wanted(self, tag_keys: Sequence[str]) -> None:
        """Show the tags of a saved page; those that are gone are left out."""
        found = [self._kit.desk.reference.get("tags", key) for key in tag_keys]
        self._plot([row for row in found if isinstance(row, Tag)], by_hand=True)

    @Slot(object, object)
    def _on_dropped(self, tag_keys: Sequence[str], source_keys: Sequence[str]) -> None:
        found = [self._kit.desk.reference.get("tags", key) for key in tag_keys]
        tags = [row for row in found if isinstance(row, Tag)]
        self.add([*tags, *(tag for key in source_keys for tag in self.sources.tags_of(key))])

    def reset(self) -> None:
        """Plot the first tags of the chosen source again."""
        if self._row is not None:
            tags = self.sources.tags_of(self._row.key)
            self._plot(first_plotted(tags, self.tags.worst, FIRST_PLOTTED), by_hand=False)

    def _add_actions(self) -> None:
        def has_source() -> bool:
            return self._active and self.page == TREND and self._row is not None

        specs = (
            ("reset", lambda: self.tr("Back to the first tags"), self.reset, "Ctrl+Backspace",
             lambda: self._active and self.page == TREND and self._by_hand),
            ("plot_source", lambda: self.tr("Plot all tags of the source"), self.add_source,
             "Ctrl+P", has_source),
            ("go_to_trend", lambda: self.tr("Go to the trend"), self.go_to_trend, "Ctrl+T",
             lambda: self._active),
            ("warning", lambda: self.tr("Next warning"), self.facts.next_trend, "W", has_source),
            ("train", lambda: self.tr("Train normal course"), self.facts.train, "Ctrl+Shift+N",
             has_source),
        )  # fmt: skip
        for name, text, run, key, enabled in specs:
            self._kit.actions.add(
                ActionSpec(f"monitor.{name}", text, run, key, enabled, group="monitor")
            )

    def _plot(self, tags: list[Tag], *, by_hand: bool) -> None:
        self._plotted, self._by_hand = tags, by_hand
        self.plot.show_tags(tags)
        self.tags.show_plotted(self.plotted)
        self._plot_pane.show_tags(tags)
        self._kit.actions.refresh("monitor.reset")

    @Slot(tuple)
    def _on_trend_wanted(self, keys: tuple[str, ...]) -> None:
        rows = [self._kit.desk.reference.get("tags", key) for key in keys]
        tags = [row for row in rows if isinstance(row, Tag)]
        if tags:
            self._plot(tags, by_hand=True)

    def _show_source(self, row: SourceRow) -> None:
        tags = self.sources.tags_of(row.key)
        self.tags.show_tags(tags, self.sources.name(row))
        key = row.key if row.source is not None else ""
        self._tags_pane.show_source(self.sources.name(row), key, len(tags))
        self._more.show_source(self.sources.name(row), tags)

    @Slot(object)
    def _on_source_chosen(self, row: SourceRow) -> None:
        self._row = row
        key = row.key if row.source is not None else ""
        self.plot.show_source(key, self.sources.name(row) if key else "")
        self._show_source(row)
        self.facts.show_source(row.key)
        if not self._by_hand:
            self.reset()
        if row.source is not None:
            self.selected.emit("hazard-sources", row.key)

    @Slot(str)
    def _on_page_changed(self, page: str) -> None:
        self.filled.emit(page in WIDE)
        self.plot.set_active(active=self._active and page == TREND)
        self._kit.actions.refresh()

    @Slot(object)
    def _on_tag_chosen(self, tag: Tag) -> None:
        self.selected.emit("tags", tag.key)

    @Slot(object)
    def _on_reference_changed(self, reference: Reference) -> None:
        """Show the new limits and names; a tag that is gone leaves the plot."""
        if self._row is None:
            return
        self._show_source(self._row)
        rows = [reference.get("tags", key) for key in self.plotted]
        self._plot([row for row in rows if isinstance(row, Tag)], by_hand=self._by_hand)

    @Slot(object)
    def _on_language_changed(self, _language: object) -> None:
        if self._row is not None:
            self._show_source(self._row)
