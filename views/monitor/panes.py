"""The title lines of the Monitor station's panes."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.registry.kinds import Tag
from views.kit import ViewKit
from views.monitor.feed_table import FeedTable
from views.monitor.source_facts import SourceFacts
from views.monitor.source_table import SourceTable
from views.monitor.tag_table import TagTable
from views.theme import Theme
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane


class SourcesPane(Pane):
    """Hazard sources: how many, how many in alarm."""

    def __init__(self, theme: Theme, body: SourceTable) -> None:
        super().__init__(theme)
        self._all, self._alarmed = 0, 0
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()
        body.recount()

    def retranslate(self) -> None:
        """Set all texts again."""
        alarmed = self.tr("%n in alarm", "", self._alarmed)
        self.set_title(self.tr("Hazard sources"), f"{self._all:,} · {alarmed}")

    @Slot(int, int)
    def _on_counted(self, count: int, alarmed: int) -> None:
        self._all, self._alarmed = count, alarmed
        self.retranslate()


class TagsPane(Pane):
    """Tags of one hazard source: whose, how many."""

    def __init__(self, theme: Theme, body: TagTable) -> None:
        super().__init__(theme)
        self._name, self._key, self._tags = "", "", 0
        self.set_body(body)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        count = self.tr("%n tag(s)", "", self._tags)
        how = self.tr("Space puts a tag into the plot or takes it out")
        parts = [self._key, count, how] if self._name else []
        self.set_title(self._name or self.tr("Tags"), " · ".join(p for p in parts if p) or how)

    def show_source(self, name: str, key: str, tags: int) -> None:
        """Name the source."""
        self._name, self._key, self._tags = name, key, tags
        self.retranslate()


class PlotPane(Pane):
    """The trend: how many tags of how many it can hold, and the way back to the first ones."""

    def __init__(self, kit: ViewKit, limit: int) -> None:
        super().__init__(kit.theme)
        self._limit = limit
        self._tags: Sequence[Tag] = ()
        action = kit.actions.action("monitor.reset")
        self._reset = named(KeyButton(kit.theme, action=action), "monitor-reset")
        self.add_act(self._reset)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        shown = self.tr("{count} of {limit} tags").format(count=len(self._tags), limit=self._limit)
        keys = " · ".join(tag.key for tag in self._tags[:6]) + (" …" if len(self._tags) > 6 else "")
        self.set_title(self.tr("Trend"), " · ".join(part for part in (shown, keys) if part))

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Name the tags in the plot."""
        self._tags = tags
        self.retranslate()


class FactsPane(Pane):
    """What warns of the chosen hazard source, and the keys to its trend and its training."""

    def __init__(self, kit: ViewKit, body: SourceFacts) -> None:
        super().__init__(kit.theme)
        self._warnings = 0
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(*kit.theme.pxs(10, 4, 10, 8))
        row.setSpacing(kit.theme.px(6))
        for name in ("warning", "train"):
            action = kit.actions.action(f"monitor.{name}")
            row.addWidget(named(KeyButton(kit.theme, action=action), f"facts-{name}"))
        row.addStretch(1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(body, 1)
        column.addWidget(foot)
        self.set_body(whole)
        body.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        count = self.tr("%n early warning(s)", "", self._warnings)
        self.set_title(self.tr("Warnings"), count if self._warnings else "")

    @Slot(int)
    def _on_counted(self, count: int) -> None:
        self._warnings = count
        self.retranslate()


class FeedsPane(Pane):
    """Sources of values: how many, how many away."""

    def __init__(self, theme: Theme, body: FeedTable) -> None:
        super().__init__(theme)
        self._all, self._away = 0, 0
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()
        body.recount()

    def retranslate(self) -> None:
        """Set all texts again."""
        away = self.tr("%n away", "", self._away) if self._away else self.tr("all connected")
        self.set_title(self.tr("Sources"), f"{self._all} · {away}" if self._all else "")

    @Slot(int, int)
    def _on_counted(self, count: int, away: int) -> None:
        self._all, self._away = count, away
        self.retranslate()
