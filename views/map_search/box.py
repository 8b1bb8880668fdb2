"""The search box that lies over the map: type, choose, go there."""

import asyncio

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from maps.notation import Candidate
from models.registry.kinds import Layer
from views.actions import ActionSpec
from views.i18n import Retranslating
from views.kit import ViewKit
from views.map.imported import ImportedLayers
from views.map.widget import MapWidget
from views.map.words import MapWords
from views.map_search.finder import DATUM_WORDS, Found, PlaceFinder
from views.map_search.imported_names import ImportedNames
from views.widgets.badges import PlainLabel
from views.widgets.focus_back import FocusBack
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

KEY = "Ctrl+Shift+F"
_WIDTH_PX, _LINE_PX, _ROW_PX, _MARGIN_PX = 400, 34, 30, 12
_NARROW_PX, _WIND_PX = 720, 320
_ROWS = 8
_ZOOM = 16.0
_SEARCH_AFTER_MS = 60
_IMPORTED = 12  # answers from imported layers, after those of the library
_Finders = tuple[PlaceFinder, ImportedNames]


class MapSearch(Retranslating, QFrame):
    """Always there on the Map station, elsewhere while it is used.

    Signals: went(Found): somebody chose an answer, the map is there.
    """

    went = Signal(object)

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__(map_widget)
        self.setObjectName("mapSearchBox")
        self._kit = kit
        self._map = map_widget
        self._back = FocusBack(self)
        self._words = MapWords(self)
        self._finder = PlaceFinder()
        self._imported: ImportedNames | None = None
        self._is_built = False
        self._stays = False
        self._edit = named(QLineEdit(), "mapSearch")
        self._edit.setClearButtonEnabled(True)
        self._none = PlainLabel(role="secondary")
        self._model: TableModel[Found] = TableModel(self._columns(), lambda each: each.id, self)
        self._list = TableView(kit.theme)
        self._list.show_model(self._model)
        self._list.horizontalHeader().hide()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._edit)
        column.addWidget(self._list, 1)
        column.addWidget(self._none)
        self._soon = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._soon.timeout.connect(self.search)
        self._edit.textChanged.connect(self._on_edit_text_changed)
        self._edit.installEventFilter(self)
        self._list.clicked.connect(self._on_list_clicked)
        map_widget.installEventFilter(self)
        map_widget.moved.connect(self._place)
        map_widget.layers_changed.connect(self._on_desk_reference_changed)
        self._list.hide()
        self._none.hide()
        kit.desk.reference_changed.connect(self._on_desk_reference_changed)
        kit.actions.add(ActionSpec("map.search", self._text_search, self.open, KEY))
        self.hide()
        self.retranslate()
        self._place()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._edit.setAccessibleName(self.tr("Search the map"))
        hint = self.tr("Name, pinyin, code, address or coordinates")
        self._edit.setPlaceholderText(f"{hint}   {KEY}")
        self._none.setText(self.tr("Nothing is called so, and it is no coordinate."))
        self._model.retranslate()

    def results(self) -> tuple[Found, ...]:
        """Return what is listed."""
        return self._model.rows()

    def show_station(self, station_id: str) -> None:
        """Stay on the Map station; on others come when asked for."""
        self._stays = station_id == "map"
        self.setVisible(self._stays)
        self._tell_inset()

    @Slot()
    def open(self) -> None:
        """Take the focus, with what was typed marked."""
        self._build()
        self._back.take()
        self.show()
        self.raise_()
        self._tell_inset()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()

    @Slot()
    def search(self) -> None:
        """List what the text can mean."""
        self._soon.stop()
        text = self._edit.text().strip()
        found = self._finder.find(text) if text else ()
        if text and self._imported is not None:
            found += self._imported.find(text, _IMPORTED)
        self._model.update(found)
        if found:
            self._list.selectRow(0)
        self._list.setVisible(bool(found))
        self._none.setVisible(bool(text) and not found)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the map's size; let arrows, Enter and Esc of the line drive the list."""
        if watched is self._map and event.type() is QEvent.Type.Resize:
            self._place()
        if watched is not self._edit:
            return False
        if event.type() is QEvent.Type.FocusIn:
            self._build()
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
                event.accept()
            return False
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._soon.isActive():
                    self.search()
                self._go(self._list.current_row())
            case Qt.Key.Key_Escape:
                self._leave()
            case _:
                return False
        return True

    def _text_search(self) -> str:
        return self.tr("Search the map: name, address or coordinates")

    def _columns(self) -> tuple[Column[Found], ...]:
        return (
            Column("kind", str, lambda _found: "", width=92, word=self._kind),
            Column("name", str, self._name, stretch=True),
            Column("detail", str, self._detail, width=120, token=lambda _found: "text2"),
        )

    def _kind(self, found: Found) -> Toned:
        if found.thing is None:
            return Toned(self.tr("Coordinates"))
        return Toned(self._words.kinds().get(found.thing.kind, found.thing.kind))

    def _name(self, found: Found) -> str:
        read = found.coordinates
        if read is None:
            return found.name.text(self._kit.language)
        return f"{read.lat_deg:.6f}, {read.lon_deg:.6f}"

    def _detail(self, found: Found) -> str:
        read = found.coordinates
        return found.detail.text(self._kit.language) if read is None else self._datum(read)

    def _datum(self, read: Candidate) -> str:
        datum = DATUM_WORDS[read.datum]
        if read.reason in {"longitude_first", "only_longitude_first"}:
            return self.tr("{datum}, longitude first").format(datum=datum)
        return datum

    def _step(self, by: int) -> None:
        last = self._model.rowCount() - 1
        row = min(max(self._list.currentIndex().row() + by, 0), last)
        if row >= 0:
            self._list.selectRow(row)

    def _go(self, found: Found | None) -> None:
        if found is None:
            return
        if found.thing is not None:
            if found.thing.kind == Layer.KIND:  # a shape of an import is no row to select
                self._map.select("", "")
                self._map.mark(found.place, self._name(found))
            else:
                self._map.mark(None)
                self._map.select(found.thing.kind, found.thing.key)
            self._map.fly_to(found.place, _ZOOM)
            self._map.selected.emit(found.thing)
        else:
            self._map.select("", "")
            self._map.mark(found.place, f"{self._name(found)} · {self._detail(found)}")
            self._map.fly_to(found.place, _ZOOM)
        self.went.emit(found)
        self._map.backend.setFocus(Qt.FocusReason.OtherFocusReason)
        self._close_list()

    def _close_list(self) -> None:
        self._model.update(())
        self._list.hide()
        self._none.hide()
        self._place()
        if not self._stays:
            self.hide()
        self._tell_inset()

    def _leave(self) -> None:
        """Esc empties the line and takes the mark away; a second one goes back where one was."""
        if self._edit.text():
            self._edit.clear()
            self._map.mark(None)
            self.search()
            return
        self._back.give(self._map.backend)
        self._close_list()

    @Slot()
    def _place(self) -> None:
        px = self._kit.theme.px
        rows = min(self._model.rowCount(), _ROWS)
        height = self._edit.sizeHint().height() + 2 + rows * px(_ROW_PX) + (px(4) if rows else 0)
        if not self._none.isHidden():
            height += px(26)
        narrow = self._map.width() <= px(_NARROW_PX)  # the page puts the wind below then
        room = self._map.width() - px(2 * _MARGIN_PX if narrow else _WIND_PX)
        width = min(px(_WIDTH_PX), room)
        top = px(_MARGIN_PX) + self._map.banner_height
        self.setGeometry(px(_MARGIN_PX), top, width, height)

    def _tell_inset(self) -> None:
        """Keep the map's own words off the line."""
        self._map.set_inset(_LINE_PX + 6 if self.isVisibleTo(self._map) else 0)

    def _build(self) -> None:
        if self._is_built:
            return
        self._is_built = True
        reference = self._kit.desk.reference
        layers = self._map.findChild(ImportedLayers)
        shapes, names = ({}, {}) if layers is None else (layers.shapes(), layers.names())
        titles = {key: row.name for key, row in reference.all(Layer.KIND).items()}

        def build() -> _Finders:
            return PlaceFinder(reference), ImportedNames(titles, names, shapes)

        self._kit.desk.in_reader(build).add_done_callback(self._on_built)

    def _on_built(self, future: "asyncio.Future[_Finders]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._finder, self._imported = future.result()
            self.search()

    @Slot(str)
    def _on_edit_text_changed(self, _text: str) -> None:
        self._soon.start()

    def _on_list_clicked(self, _index: object) -> None:
        self._go(self._list.current_row())

    @Slot()
    @Slot(object)
    def _on_desk_reference_changed(self, _reference: object = None) -> None:
        self._is_built = False
        if self._edit.text():
            self._build()
