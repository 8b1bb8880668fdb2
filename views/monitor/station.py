"""Monitor 监测: hazard sources, their tags with limits and live values, trends, the sources."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from app.desk import Reference
from models.registry.kinds import Tag
from views.actions import ActionSpec
from views.kit import ViewKit
from views.monitor.feed_table import FeedTable
from views.monitor.panes import FeedsPane, PlotPane, SourcesPane, TagsPane
from views.monitor.source_table import SourceTable
from views.monitor.tag_states import ALL, SourceRow, first_plotted
from views.monitor.tag_table import TagTable
from views.monitor.trend.page import TrendPage
from views.widgets.naming import named

FIRST_PLOTTED = 6
MOST_PLOTTED = 64


class MonitorStation(QObject):
    """Signals: selected(str kind, str key): a hazard source or a tag was chosen."""

    selected = Signal(str, str)
    id = "monitor"

    def __init__(self, kit: ViewKit, plot: TrendPage | None = None) -> None:
        super().__init__()
        self._kit = kit
        self._active = False
        self._row: SourceRow | None = None
        self._opened = False
        self._plotted: list[Tag] = []
        self._by_hand = False
        self._add_actions()
        self.sources = SourceTable(kit)
        self.tags = TagTable(kit)
        self.feeds = FeedTable(kit)
        self.plot = plot or TrendPage(kit)
        self._tags_pane = TagsPane(kit.theme, self.tags)
        self._plot_pane = PlotPane(kit, MOST_PLOTTED)
        self._plot_pane.set_body(self.plot)
        self._sources_pane = SourcesPane(kit.theme, self.sources)
        self._feeds_pane = FeedsPane(kit.theme, self.feeds)
        self.sources.chosen.connect(self._on_source_chosen)
        self.tags.chosen.connect(self._on_tag_chosen)
        self.tags.toggled.connect(self.toggle)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        kit.translator.language_changed.connect(self._on_language_changed)

    def left(self) -> QWidget | None:
        """Return the hazard sources over the gateway's sources of values."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "monitor-left")
        splitter.setHandleWidth(self._kit.theme.px(6))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._sources_pane)
        splitter.addWidget(self._feeds_pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes(self._kit.theme.pxs(700, 240))
        return splitter

    def right(self) -> QWidget | None:
        """Leave the room to the page: values, limits and state stand side by side."""
        return None

    def bottom(self) -> QWidget | None:
        """Leave the room to the page."""
        return None

    def center(self) -> QWidget | None:
        """Return the tags over their trend."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "monitor-page")
        splitter.setHandleWidth(self._kit.theme.px(6))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._tags_pane)
        splitter.addWidget(self._plot_pane)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(self._kit.theme.pxs(480, 420))
        return splitter

    def activated(self) -> None:
        """Show the most urgent source when none is chosen yet."""
        self.sources.prepare_search()
        if not self._opened:
            self._opened = True
            rows = [row for row in self.sources.rows() if row.key != ALL]
            if rows:
                self.sources.choose(rows[0].key)

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active
        self.plot.set_active(active=active)

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

    def reset(self) -> None:
        """Plot the first tags of the chosen source again."""
        if self._row is not None:
            tags = self.sources.tags_of(self._row.key)
            self._plot(first_plotted(tags, self.tags.worst, FIRST_PLOTTED), by_hand=False)

    def _add_actions(self) -> None:
        self._kit.actions.add(
            ActionSpec(
                id="monitor.reset",
                text=lambda: self.tr("Back to the first tags"),
                run=self.reset,
                shortcut="Ctrl+Backspace",
                enabled=lambda: self._active and self._by_hand,
                group="monitor",
            )
        )

    def _plot(self, tags: list[Tag], *, by_hand: bool) -> None:
        self._plotted, self._by_hand = tags, by_hand
        self.plot.show_tags(tags)
        self.tags.show_plotted(self.plotted)
        self._plot_pane.show_tags(tags)
        self._kit.actions.refresh("monitor.reset")

    def _show_source(self, row: SourceRow) -> None:
        tags = self.sources.tags_of(row.key)
        self.tags.show_tags(tags)
        key = row.key if row.source is not None else ""
        self._tags_pane.show_source(self.sources.name(row), key, len(tags))

    @Slot(object)
    def _on_source_chosen(self, row: SourceRow) -> None:
        self._row = row
        self._show_source(row)
        if not self._by_hand:
            self.reset()
        if row.source is not None:
            self.selected.emit("hazard-sources", row.key)

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
