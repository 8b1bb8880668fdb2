"""The rows of one kind: fed once, filtered at once, thirty thousand of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from views.i18n import Retranslating
from views.kit import ViewKit
from views.libraries.catalog import RecordRow
from views.libraries.columns import RecordColumns
from views.search_text import hay, words_of
from views.widgets.filter_edit import FilterEdit
from views.widgets.naming import named
from views.widgets.states import EmptyState, LoadingState
from views.widgets.table_model import TableModel
from views.widgets.table_view import TableView

_LEAST_NAME_PX = 170
_KEPT = frozenset(("name", "key", "state"))


class RecordModel(TableModel[RecordRow]):
    """Rows that are replaced as a whole: a filter's result shares nothing with the one before."""

    def replace_all(self, rows: Sequence[RecordRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()


class RecordView(TableView):
    """Leaves the last special columns out while the name would get too little room."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what doesn't fit; the details show everything anyway."""
        self._fit()
        super().resizeEvent(event)

    def show_model(self, model: TableModel[RecordRow]) -> None:
        """Show a model."""
        super().show_model(model)
        self._fit()

    def _fit(self) -> None:
        model = self.model()
        if not isinstance(model, TableModel):
            return
        room = self.viewport().width() - self._theme.px(_LEAST_NAME_PX)
        room -= sum(self._theme.px(each.width) for each in model.columns if each.key in _KEPT)
        for position, column in enumerate(model.columns):
            if column.key not in _KEPT:
                room -= self._theme.px(column.width)
                self.setColumnHidden(position, room < 0)


class RecordTable(Retranslating, QWidget):
    """Signals: chosen(RecordRow or None), opened(RecordRow), counted(int shown, int all)."""

    chosen = Signal(object)
    opened = Signal(object)
    counted = Signal(int, int)

    def __init__(self, kit: ViewKit, columns: RecordColumns) -> None:
        super().__init__()
        self._kit = kit
        self._columns = columns
        self._kind = ""
        self._rows: Sequence[RecordRow] = ()
        self._latin: Sequence[str] = ()
        self._views: dict[str, RecordView] = {}
        self._models: dict[str, RecordModel] = {}
        self._wanted = ""
        self.filter = named(FilterEdit(), "library-filter")
        self.filter.textChanged.connect(self._on_filter_changed)
        self._loading = named(LoadingState(kit.theme), "library-loading")
        self._empty = named(EmptyState(kit.theme), "library-empty")
        host = QWidget()
        self._stack = QStackedLayout(host)
        self._stack.addWidget(self._loading)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        gap = kit.theme.px(8)
        head = QVBoxLayout()
        head.setContentsMargins(gap, gap, gap, gap)
        head.addWidget(self.filter)
        layout.addLayout(head)
        layout.addWidget(host, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.filter.set_words(
            self.tr("Filter rows"), self.tr("Name, pinyin or initials, key, code")
        )
        self._loading.say(self.tr("Reading"), self.tr("The rows are on their way."))
        self._say_empty()
        for model in self._models.values():
            model.retranslate()

    @property
    def current(self) -> RecordRow | None:
        """The row that is chosen."""
        view = self._views.get(self._kind)
        return view.current_row() if view is not None else None

    @property
    def shown(self) -> tuple[RecordRow, ...]:
        """The rows that the filter lets through."""
        model = self._models.get(self._kind)
        return model.rows() if model is not None else ()

    def show_loading(self, kind: str) -> None:
        """Say that a kind's rows are being read; the filter begins anew."""
        self._wanted = ""
        if kind != self._kind:
            self.filter.clear()
        self._kind, self._rows, self._latin = kind, (), ()
        self._stack.setCurrentWidget(self._loading)
        self.counted.emit(0, 0)

    def show_rows(self, kind: str, rows: Sequence[RecordRow]) -> None:
        """Show a kind's rows; the chosen one stays chosen where it is still there."""
        held = self.current
        if kind != self._kind:
            self.filter.clear()
            held = None
        self._kind, self._rows = kind, rows
        self._latin = [row.latin for row in rows]
        self._show(self._wanted or (held.key if held else ""))

    def take_sounds(self, kind: str, sounds: Mapping[str, str]) -> None:
        """Let the filter find pinyin too, from now on."""
        if kind == self._kind:
            self._latin = [hay(row.latin, sounds.get(row.key, "")) for row in self._rows]
            if self.filter.text():
                self._show(self.current.key if self.current else "")

    def choose(self, key: str) -> None:
        """Select a row, now or when it comes."""
        self._wanted = key
        if self._rows:
            self._show(key)

    def refresh_marks(self) -> None:
        """Ask again for everything that follows from the situation."""
        model = self._models.get(self._kind)
        if model is not None:
            model.retranslate()

    def _view(self) -> RecordView:
        if self._kind not in self._views:
            model = RecordModel(self._columns.of(self._kind), lambda row: row.key, self)
            view = named(RecordView(self._kit.theme), f"records-{self._kind}")
            view.show_model(model)
            view.chosen.connect(self.chosen)
            view.opened.connect(self.opened)
            self._views[self._kind], self._models[self._kind] = view, model
            self._stack.addWidget(view)
        return self._views[self._kind]

    @Slot()
    def _on_filter_changed(self) -> None:
        self._show(self.current.key if self.current else "")

    def _show(self, key: str) -> None:
        if not self._kind:
            return
        view = self._view()
        rows = self._matching(words_of(self.filter.text()))
        self._models[self._kind].replace_all(rows)
        self.filter.set_table(view)
        view.setAccessibleName(self.tr("Rows"))
        self._say_empty()
        self._stack.setCurrentWidget(view if rows else self._empty)
        self.counted.emit(len(rows), len(self._rows))
        position = next((i for i, row in enumerate(rows) if row.key == key), 0)
        if rows:
            view.selectRow(position)
        else:
            self.chosen.emit(None)

    def _matching(self, words: tuple[str, ...]) -> Sequence[RecordRow]:
        """Return the rows that have all words: one word after the other, over what is left.

        Typed letters are looked for in the ASCII text alone: Python searches it ten times faster
        than text with Chinese in it.
        """
        if not words:
            return self._rows
        # Places, not pairs: thousands of new tuples would call the garbage collector in.
        places: Sequence[int] = range(len(self._rows))
        for word in words:
            if word.isascii():
                places = [place for place in places if word in self._latin[place]]
            else:
                places = [place for place in places if word in self._rows[place].hay]
        return [self._rows[place] for place in places]

    def _say_empty(self) -> None:
        if self._rows:
            self._empty.say(
                self.tr("Nothing matches"), self.tr("Esc empties the filter and shows all rows.")
            )
        else:
            self._empty.say(self.tr("No rows of this kind"), self.tr("Import a file: Ctrl+I."))
