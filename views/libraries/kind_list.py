"""The kinds: how many rows of each, how many of them need mending."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from views.kit import ViewKit
from views.libraries.catalog import LIBRARY_KINDS, REGISTRY_KINDS, KindRow
from views.libraries.words import LibraryWords
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView


class KindsPane(Pane):
    """One group of kinds. Signals: chosen(KindRow)."""

    chosen = Signal(object)

    def __init__(self, kit: ViewKit, words: LibraryWords, kinds: Sequence[str], name: str) -> None:
        super().__init__(kit.theme)
        self._words = words
        self._kinds = tuple(kinds)
        self._library = name == "libraries"
        columns: tuple[Column[KindRow], ...] = (
            Column("kind", lambda: self.tr("Kind"), lambda row: words.kind(row.kind), stretch=True),
            Column(
                "marked",
                lambda: self.tr("To mend"),
                lambda row: f"{row.marked:,}" if row.marked else "",
                right=True,
                token=lambda _: "alarm.medium",
                width=84,
            ),
            Column(
                "rows", lambda: self.tr("Rows"), lambda row: f"{row.rows:,}", right=True, width=84
            ),
        )
        self._model: TableModel[KindRow] = TableModel(columns, lambda row: row.kind, self)
        self.view = named(TableView(kit.theme), f"kinds-{name}")
        self.view.show_model(self._model)
        # The selection, not the current row: that one moves when the focus merely passes by.
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.set_body(self.view)
        self.show_rows(tuple(KindRow(kind, 0, 0) for kind in self._kinds))
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        title = self.tr("Libraries") if self._library else self.tr("Registry")
        total = sum(row.rows for row in self._model.rows())
        self.set_title(title, self.tr("{rows} rows").format(rows=f"{total:,}"))
        self.view.setAccessibleName(title)
        self._model.retranslate()

    def show_rows(self, rows: Sequence[KindRow]) -> None:
        """Show the counts of this group's kinds."""
        own = {row.kind: row for row in rows if row.kind in self._kinds}
        self._model.update([own[kind] for kind in self._kinds if kind in own])
        self.retranslate()

    def choose(self, kind: str) -> bool:
        """Select a kind; False when it is of the other group, then nothing is selected here."""
        position = self._model.index_of(kind)
        if position >= 0:
            self.view.selectRow(position)
            return True
        self.view.clearSelection()
        return False

    @Slot()
    def _on_selection_changed(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        if rows:
            self.chosen.emit(self._model.row(rows[0].row()))


class KindList(QObject):
    """Both groups with one choice between them. Signals: chosen(str kind)."""

    chosen = Signal(object)

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__()
        self._kit = kit
        self._panes = (
            KindsPane(kit, words, LIBRARY_KINDS, "libraries"),
            KindsPane(kit, words, REGISTRY_KINDS, "registry"),
        )
        self._current = ""
        for pane in self._panes:
            pane.chosen.connect(self._on_chosen)

    def widget(self) -> QWidget:
        """Return both groups under each other."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "libraries-left")
        splitter.setHandleWidth(self._kit.theme.px(6))
        splitter.setChildrenCollapsible(False)
        for position, pane in enumerate(self._panes):
            splitter.addWidget(pane)
            splitter.setStretchFactor(position, (2, 3)[position])
        return splitter

    def show_rows(self, rows: Sequence[KindRow]) -> None:
        """Show the counts."""
        for pane in self._panes:
            pane.show_rows(rows)

    def choose(self, kind: str) -> None:
        """Select a kind."""
        for pane in self._panes:
            pane.choose(kind)

    @Slot(object)
    def _on_chosen(self, row: KindRow) -> None:
        if row.kind == self._current:
            return
        self._current = row.kind
        for pane in self._panes:
            pane.choose(row.kind)
        self.chosen.emit(row.kind)
