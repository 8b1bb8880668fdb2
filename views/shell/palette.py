"""Ctrl+K: finds actions, incidents, places, people, tags in Chinese, pinyin and English."""

import asyncio

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from models.basics import Name
from models.operation.situation import Situation
from views.i18n import Retranslating
from views.kit import ViewKit
from views.map_search.finder import reading_entries
from views.shell.palette_index import Entry, PaletteIndex, reference_entries
from views.widgets.badges import PlainLabel
from views.widgets.focus_back import FocusBack
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

_WIDTH_PX, _HEIGHT_PX, _TOP_PX = 680, 430, 96
_LIMIT = 30


class Palette(Retranslating, QFrame):
    """Opens over the window.

    Signals: picked(Entry): an incident, place, person … was chosen; actions run by themselves.
    """

    picked = Signal(object)

    def __init__(self, kit: ViewKit, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("palette")
        self._kit = kit
        self._over = over
        self._back = FocusBack(self)
        self._records = PaletteIndex(())
        self._moving = PaletteIndex(())
        self._edit = QLineEdit()
        self._edit.setObjectName("paletteEdit")
        self._hint = PlainLabel(role="secondary")
        self._model: TableModel[Entry] = TableModel(self._columns(), lambda entry: entry.id, self)
        self._list = TableView(kit.theme)
        self._list.show_model(self._model)
        self._list.horizontalHeader().hide()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        margin = kit.theme.px(8)
        column.setContentsMargins(margin, margin, margin, margin)
        column.addWidget(self._edit)
        column.addWidget(self._list, 1)
        column.addWidget(self._hint)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.installEventFilter(self)
        self._list.clicked.connect(self._on_clicked)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all text."""
        self.setAccessibleName(self.tr("Find"))
        self._edit.setAccessibleName(self.tr("Find"))
        self._edit.setPlaceholderText(
            self.tr("Find an action, place, person, tag or incident: Chinese, pinyin or English")
        )
        self._hint.setText(self.tr("↑ ↓ choose · Enter open · Esc close"))
        self._model.retranslate()

    def build(self) -> None:
        """Read the reference data into the index, off the UI thread."""
        reference = self._kit.desk.reference
        future = self._kit.desk.in_reader(lambda: PaletteIndex(reference_entries(reference)))
        future.add_done_callback(self._on_records)

    @Slot()
    def open(self) -> None:
        """Show the palette, empty, with what moves (actions, incidents) read anew."""
        entries = [*self._actions(), *_incidents(self._kit.desk.situation)]
        future = self._kit.desk.in_reader(lambda: PaletteIndex(entries))
        future.add_done_callback(self._on_moving)
        if not len(self._records):
            self.build()
        self._place()
        self._edit.clear()
        self._back.take()
        self.show()
        self.raise_()
        self._edit.setFocus()

    def search(self, text: str) -> None:
        """Type a text."""
        self._edit.setText(text)

    def results(self) -> tuple[Entry, ...]:
        """Return what is listed."""
        return self._model.rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows, Enter and Esc of the edit drive the list."""
        if watched is not self._edit:
            return False
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._step(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._pick(self._list.current_row())
            case Qt.Key.Key_Escape:
                self._close()
            case _:
                return False
        return True

    def _columns(self) -> tuple[Column[Entry], ...]:
        return (
            Column("kind", str, lambda _entry: "", width=96, word=self._kind),
            Column("name", str, self._name, stretch=True),
            Column("detail", str, self._detail, width=180, token=lambda _entry: "text2"),
            Column(
                "key", str, lambda entry: entry.shortcut, width=80, right=True,
                token=lambda _entry: "text2",
            ),
        )  # fmt: skip

    def _name(self, entry: Entry) -> str:
        return entry.name.text(self._kit.language)

    def _detail(self, entry: Entry) -> str:
        return entry.detail.text(self._kit.language)

    def _kind(self, entry: Entry) -> Toned:
        words = {
            "action": self.tr("Action"),
            "incident": self.tr("Incident"),
            "place": self.tr("Place"),
            "person": self.tr("Person"),
            "team": self.tr("Team"),
            "tag": self.tr("Tag"),
            "plan": self.tr("Plan"),
        }
        return Toned(words[entry.category])

    def _actions(self) -> list[Entry]:
        found = []
        self._kit.actions.refresh()
        for spec in self._kit.actions.specs():
            if self._kit.actions.action(spec.id).isEnabled():
                text = spec.text().replace("&", "")
                name = Name(zh=text) if self._kit.language == "zh" else Name(en=text)
                found.append(Entry("action", "", spec.id, name, shortcut=spec.shortcut))
        return found

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        px = self._kit.theme.px
        width, height = min(px(_WIDTH_PX), over.width() - px(32)), px(_HEIGHT_PX)
        self.setGeometry((over.width() - width) // 2, px(_TOP_PX), width, height)

    def _step(self, by: int) -> None:
        last = self._model.rowCount() - 1
        row = min(max(self._list.currentIndex().row() + by, 0), last)
        if row >= 0:
            self._list.selectRow(row)

    def _pick(self, entry: Entry | None) -> None:
        if entry is None:
            return
        self._close()
        if entry.category == "action":
            self._kit.actions.run(entry.key)
        else:
            self.picked.emit(entry)

    def _close(self) -> None:
        self._back.give(self._over)
        self.hide()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        ranked = [*self._moving.find(text, _LIMIT), *self._records.find(text, _LIMIT)]
        ranked.sort(key=lambda pair: pair[0])
        found = [*reading_entries(text), *(entry for _, entry in ranked)]
        self._model.update(found[:_LIMIT])
        if self._model.rowCount():
            self._list.selectRow(0)

    def _on_clicked(self, _index: object) -> None:
        self._pick(self._list.current_row())

    def _on_records(self, future: "asyncio.Future[PaletteIndex]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._records = future.result()
            self._on_text_changed(self._edit.text())

    def _on_moving(self, future: "asyncio.Future[PaletteIndex]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._moving = future.result()
            self._on_text_changed(self._edit.text())

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self.build()


def _incidents(situation: Situation) -> list[Entry]:
    return [
        Entry("incident", "incidents", each.id, each.title, Name(zh=each.number))
        for each in (*situation.incidents.values(), *situation.archived.values())
    ]
