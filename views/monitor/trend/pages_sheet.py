"""The saved trend pages of a hazard source: open, save what is on screen, take away."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from models.times import SECOND_US
from views.kit import ViewKit
from views.monitor.trend.saved_pages import SavedPage, SavedPages
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _HEIGHT_PX = 640, 460
_MOST_CHARS = 80


class PagesView(TableView):
    """Signals: removed(): Delete on a page."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a page away on Delete."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removed.emit()
            return
        super().keyPressEvent(event)


class PagesSheet(SheetDialog):
    """Signals: opened(SavedPage)."""

    opened = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        pages: SavedPages,
        on_screen: SavedPage,
        source_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("trend-pages-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit, self._pages, self._now, self._source = kit, pages, on_screen, source_name
        columns: tuple[Column[SavedPage], ...] = (
            Column("name", lambda: self.tr("Page"), lambda page: page.name, stretch=True),
            Column("tags", lambda: self.tr("Tags"), self._tags, tip=self._keys, right=True,
                   width=80),
            Column("window", lambda: self.tr("Span"), self._length, right=True, width=110),
        )  # fmt: skip
        self._model: TableModel[SavedPage] = TableModel(columns, lambda page: page.name, self)
        self.view = named(PagesView(kit.theme), "trend-pages")
        self.view.show_model(self._model)
        self.view.opened.connect(self._on_opened)
        self.view.removed.connect(self._on_remove)
        self.view.chosen.connect(self._on_chosen)
        self._about = wrapped_label(role="secondary")
        self._form = Form(kit.theme, [Field("name", lambda: self.tr("Name"), QLineEdit)])
        for content in (self._about, self.view, self._form):
            self.add_content(content)
        self._remove = named(KeyButton(kit.theme), "trend-page-remove")
        self._save = named(KeyButton(kit.theme, key="Ctrl+S"), "trend-page-save")
        self._open = named(KeyButton(kit.theme, primary=True), "trend-page-open")
        self._back = named(KeyButton(kit.theme), "trend-page-back")
        self._remove.clicked.connect(self._on_remove)
        self._save.clicked.connect(self._on_save)
        self._open.clicked.connect(self._on_open_clicked)
        self._back.clicked.connect(self.reject)
        for button in (self._back, self._remove, self._save):
            self.add_act(button)
        self.add_act(self._open, default=True)
        self._field().setMaxLength(_MOST_CHARS)
        self._field().textChanged.connect(self._refresh)
        self._show()
        self.retranslate()
        (self.view if self._model.rows() else self._field()).setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Trend pages"))
        count = self.tr("%n tag(s)", "", len(self._now.tag_keys))
        self._about.setText(
            self.tr("{source}: on screen {count}, {length}").format(
                source=self._source or self.tr("No hazard source"),
                count=count,
                length=self._length(self._now),
            )
        )
        self.view.setAccessibleName(self.tr("Trend pages"))
        self._model.retranslate()
        self._remove.set_label(self.tr("Take away") + "  Del")
        self._save.set_label(self.tr("Save"))
        self._open.set_label(self.tr("Open") + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")
        self._refresh()

    def _field(self) -> QLineEdit:
        field = self._form.field("name")
        assert isinstance(field, QLineEdit)
        return field

    def _show(self) -> None:
        self._model.update(self._pages.of(self._now.source_key))
        if self.view.current_row() is None and self._model.rows():
            self.view.selectRow(0)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        has_page = self.view.current_row() is not None
        self._open.setEnabled(has_page)
        self._remove.setEnabled(has_page)
        self._save.setEnabled(bool(self._field().text().strip()) and bool(self._now.tag_keys))

    def _tags(self, page: SavedPage) -> str:
        return str(len(page.tag_keys))

    def _keys(self, page: SavedPage) -> str:
        return ", ".join(page.tag_keys)

    def _length(self, page: SavedPage) -> str:
        return self._kit.wording.duration(int(page.window_s * SECOND_US))

    @Slot(object)
    def _on_chosen(self, _page: SavedPage | None) -> None:
        self._refresh()

    @Slot(object)
    def _on_opened(self, page: SavedPage) -> None:
        self.opened.emit(page)
        self.accept()

    @Slot()
    def _on_open_clicked(self) -> None:
        page = self.view.current_row()
        if page is not None:
            self._on_opened(page)

    @Slot()
    def _on_save(self) -> None:
        now, name = self._now, self._field().text().strip()
        self._pages.save(SavedPage(now.source_key, name, now.tag_keys, now.window_s))
        self._field().clear()
        self._show()
        self.view.selectRow(self._model.index_of(name))

    @Slot()
    def _on_remove(self) -> None:
        page = self.view.current_row()
        if page is not None:
            self._pages.remove(page)
            self._show()
