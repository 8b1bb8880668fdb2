"""The hazard sources: the worst alarm of each, how many tags, how many without data."""

import asyncio
from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk import Reference
from models.basics import Name
from models.operation.situation import Published
from models.registry.kinds import Tag
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.dragging import SOURCES, DragModel
from views.monitor.tag_states import ALL, SourceRow, source_rows, tags_by_source
from views.search_text import has_all, hay, sounds, words_of
from views.widgets.filter_edit import FilterEdit
from views.widgets.naming import named
from views.widgets.table_model import Column
from views.widgets.table_view import TableView
from views.wording import Toned


class SourceModel(DragModel[SourceRow]):
    """Hazard sources: dragged, they bring all of their tags."""

    what = SOURCES


class SourceTable(Retranslating, QWidget):
    """Signals: chosen(SourceRow), counted(int sources shown, int of them in alarm)."""

    chosen = Signal(object)
    counted = Signal(int, int)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._tags: dict[str, tuple[Tag, ...]] = {}
        self._hays: dict[str, str] = {}
        self._rows: list[SourceRow] = []
        self._current: str | None = None
        self.filter = named(FilterEdit(), "monitor-source-filter")
        self.filter.textChanged.connect(self._show)
        self._model = SourceModel(self._columns(), lambda row: row.key, self)
        self.view = named(TableView(kit.theme), "monitor-sources")
        self.view.show_model(self._model)
        self.view.setDragEnabled(True)
        self.view.chosen.connect(self._on_chosen)
        self.filter.set_table(self.view)
        gap = kit.theme.px(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(gap, gap, gap, gap)
        head.addWidget(self.filter)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        kit.desk.published.connect(self._on_published)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        self._on_reference_changed(kit.desk.reference)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.filter.set_words(self.tr("Filter hazard sources"), self.tr("Name, pinyin, key or tag"))
        self.view.setAccessibleName(self.tr("Hazard sources"))
        self._model.retranslate()

    def tags_of(self, key: str) -> tuple[Tag, ...]:
        """Return a source's tags; of `ALL` those of the whole park."""
        if key == ALL:
            return tuple(tag for own in self._tags.values() for tag in own)
        return self._tags.get(key, ())

    def rows(self) -> tuple[SourceRow, ...]:
        """Return the rows on screen, the most urgent first under all tags."""
        return self._model.rows()

    def name(self, row: SourceRow) -> str:
        """Return what a row is called."""
        if row.key == ALL:
            return self.tr("All tags")
        if row.source is not None:
            return row.source.name.text(self._kit.language)
        return row.key or self.tr("At no hazard source")

    def choose(self, key: str) -> None:
        """Select a source, the first one when there is no such row."""
        if self._model.rows():
            self.view.selectRow(max(0, self._model.index_of(key)))

    def _columns(self) -> tuple[Column[SourceRow], ...]:
        return (
            Column(
                "name",
                lambda: self.tr("Hazard source"),
                self.name,
                severity=lambda row: row.worst.priority if row.worst else None,
                tip=self._tip,
                stretch=True,
            ),
            Column("state", lambda: self.tr("State"), lambda _: "", word=self._state, width=84),
            Column(
                "tags",
                lambda: self.tr("Tags"),
                self._count,
                right=True,
                token=lambda row: "alarm.medium" if row.stale else None,
                tip=self._stale_tip,
                width=64,
            ),
        )

    def _tip(self, row: SourceRow) -> str:
        parts = [row.key if row.key != ALL else "", self.name(row)]
        if row.worst is not None:
            parts.append(row.worst.id)
        return " · ".join(part for part in parts if part)

    def _state(self, row: SourceRow) -> Toned | None:
        if row.worst is not None:
            return self._kit.wording.alarm_state(row.worst.state)
        if row.tags and row.stale == row.tags:
            return Toned(self.tr("no data"), "3")
        return None

    def _count(self, row: SourceRow) -> str:
        return f"{row.tags - row.stale}/{row.tags}" if row.stale else str(row.tags)

    def _stale_tip(self, row: SourceRow) -> str | None:
        return self.tr("%n tag(s) stale", "", row.stale) if row.stale else None

    @Slot(object)
    def _on_chosen(self, row: SourceRow | None) -> None:
        if row is not None and row.key != self._current:
            self._current = row.key
            self.chosen.emit(row)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if published.changes.full or "alarms" in touched or "stale_tags" in touched:
            self._refresh()

    @Slot(object)
    def _on_reference_changed(self, reference: Reference) -> None:
        self._tags = tags_by_source(reference)
        self._refresh()
        if self._hays:
            self._hays = {}
            self.prepare_search()

    def _refresh(self) -> None:
        desk = self._kit.desk
        self._rows = source_rows(desk.reference, self._tags, desk.situation)
        self._show()

    @Slot()
    def _show(self) -> None:
        words = words_of(self.filter.text())
        rows = [row for row in self._rows if not words or has_all(words, self._hay(row))]
        self._model.update(rows)
        sources = [row for row in self._rows if row.key not in {ALL, ""}]
        self.counted.emit(len(sources), sum(row.worst is not None for row in sources))

    def recount(self) -> None:
        """Tell the counts again."""
        self._show()

    def prepare_search(self) -> None:
        """Let the filter find pinyin too: dictionaries are read on another thread."""
        sources, tags = self._kit.desk.reference, self._tags

        def finish(future: "asyncio.Future[dict[str, str]]") -> None:
            if not future.cancelled() and future.exception() is None and tags is self._tags:
                self._hays = future.result()

        self._kit.desk.in_reader(lambda: _hays(sources, tags)).add_done_callback(finish)

    def _hay(self, row: SourceRow) -> str:
        name = row.source.name if row.source else Name()
        return self._hays.get(row.key) or hay(row.key, name.zh, name.en)


def _hays(reference: Reference, tags: Mapping[str, tuple[Tag, ...]]) -> dict[str, str]:
    found = {ALL: hay(ALL)}
    for key, own in tags.items():
        source = reference.get("hazard-sources", key) if key else None
        name = source.name if source else Name()
        found[key] = hay(key, name.zh, name.en, sounds(name.zh), *(tag.key for tag in own))
    return found
