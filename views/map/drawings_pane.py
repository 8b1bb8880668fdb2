"""The drawings of a map as a list, what is known of the chosen one, and publishing."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from maps.sketch_measure import measure_text
from models.operation.drawings import map_differences, person_of
from models.operation.drawn import Drawing
from models.operation.sketch import INKS, MAX_LABEL, MAX_NOTE, MEANINGS, SHAPES_OF
from views.kit import ViewKit
from views.map.drawing_desk import DrawingDesk
from views.map.publish_sheet import PublishSheet
from views.widgets.badges import PlainLabel
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned


@dataclass(frozen=True, slots=True)
class Row:
    """A drawing and what is said of it: '' (official), 'new' or 'changed'."""

    drawing: Drawing
    state: str
    threatened: bool


class DrawingsPane(Pane):
    """Everything on the working map; what is new or changed says that it isn't published."""

    def __init__(self, kit: ViewKit, drawing: DrawingDesk) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._drawing = drawing
        self._sheet: PublishSheet | None = None
        columns: tuple[Column[Row], ...] = (
            Column("what", lambda: self.tr("What"),
                   lambda row: drawing.words.name(row.drawing.sketch), stretch=True,
                   severity=lambda row: 1 if row.threatened else None),
            Column("state", lambda: self.tr("State"), lambda row: self._state(row).text,
                   word=self._state, width=104),
            Column("who", lambda: self.tr("Who"),
                   lambda row: person_of(row.drawing.changed_by), width=76),
            Column("when", lambda: self.tr("When"), self._when, width=76),
        )  # fmt: skip
        self._model: TableModel[Row] = TableModel(columns, lambda row: row.drawing.id, self)
        self._view = named(TableView(kit.theme), "drawings-table")
        self._view.show_model(self._model)
        self._view.opened.connect(self._on_opened)
        self._view.chosen.connect(self._on_current)
        self._details = DrawingDetails(kit, drawing)
        self.add_act(KeyButton(kit.theme, action=kit.actions.action("draw.publish"), primary=True))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(self._details)
        self.set_body(body)
        drawing.changed.connect(self._on_changed)
        drawing.publish_wanted.connect(self._on_publish_wanted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._view.setAccessibleName(self.tr("Drawings"))
        self._model.retranslate()
        self._on_changed()

    def _state(self, row: Row) -> Toned:
        if row.threatened:
            return Toned(self.tr("in the zone"), "1")
        if row.state:
            new = row.state == "new"
            return Toned(self.tr("not published") if new else self.tr("changed"), "2")
        return Toned(self.tr("official"), "ok")

    def _when(self, row: Row) -> str:
        changed_us = row.drawing.changed_us
        return self._kit.wording.time(changed_us, self._kit.desk.clock.now_us())

    @Slot()
    def _on_changed(self) -> None:
        drawing = self._drawing
        differences = map_differences(self._kit.desk.situation, drawing.incident_id)
        states = {d.id: "new" for d in differences.added}
        states |= {d.id: "changed" for d in differences.changed}
        inside = drawing.threatened()
        rows = [Row(d, states.get(d.id, ""), d.id in inside) for d in drawing.drawings()]
        self._model.update(rows)
        waiting = len(states) + len(differences.removed)
        incident = drawing.incident
        whose = incident.number if incident is not None else self.tr("operation")
        # beside the button there is room for one fact: what isn't published comes first
        fact = self.tr("{n} unpublished").format(n=waiting) if waiting else whose
        self.set_title(self.tr("Drawings"), f"{len(rows)} · {fact}")

    @Slot(object)
    def _on_current(self, row: Row | None) -> None:
        chosen = self._drawing.selected
        if row is not None and (chosen is None or chosen.id != row.drawing.id):
            self._drawing.choose(row.drawing.id)

    @Slot(object)
    def _on_opened(self, row: Row) -> None:
        self._drawing.choose(row.drawing.id)
        self._drawing.edit()
        self._drawing.map.setFocus()

    @Slot()
    def _on_publish_wanted(self) -> None:
        self._sheet = PublishSheet(self._kit, self._drawing.incident_id, self.window())
        self._sheet.signed.connect(self._drawing.publish_now)
        self._sheet.open()


class DrawingDetails(Form):
    """Label, note, meaning and colour of the chosen drawing; what is typed is stored by Enter."""

    def __init__(self, kit: ViewKit, drawing: DrawingDesk) -> None:
        self._drawing = drawing
        self._kit = kit
        self._shown = ""
        super().__init__(
            kit.theme,
            (
                Field("measure", lambda: self.tr("Measures"), PlainLabel),
                Field("label", lambda: self.tr("Label")),
                Field("note", lambda: self.tr("Note")),
                Field("meaning", lambda: self.tr("Meaning"), QComboBox),
                Field("ink", lambda: self.tr("Colour"), QComboBox),
            ),
        )
        self.setContentsMargins(12, 8, 12, 8)
        for key, most in (("label", MAX_LABEL), ("note", MAX_NOTE)):
            line = self._line(key)
            line.setMaxLength(most)
            line.editingFinished.connect(self._on_edited)
        for key in ("meaning", "ink"):
            self._box(key).setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            self._box(key).activated.connect(self._on_edited)
        drawing.changed.connect(self._on_changed)
        self._on_changed()

    def retranslate(self) -> None:
        """Set all texts again."""
        super().retranslate()
        self._shown = ""
        if hasattr(self, "_widgets"):
            self._on_changed()

    def _line(self, key: str) -> QLineEdit:
        widget = self.field(key)
        assert isinstance(widget, QLineEdit)
        return widget

    def _box(self, key: str) -> QComboBox:
        widget = self.field(key)
        assert isinstance(widget, QComboBox)
        return widget

    @Slot()
    def _on_changed(self) -> None:
        drawing = self._drawing.selected
        self.setVisible(drawing is not None)
        shown = "" if drawing is None else f"{drawing.id}/{drawing.revision}"
        if drawing is None or shown == self._shown:
            self._shown = shown
            return
        self._shown = shown
        sketch = drawing.sketch
        measure = self.field("measure")
        assert isinstance(measure, PlainLabel)
        measure.setText(measure_text(sketch, self.tr("perimeter {length}")) or "—")
        for key, text in (("label", sketch.label), ("note", sketch.note)):
            self._line(key).setText(text)
        words = self._drawing.words
        meanings = [m for m in MEANINGS if sketch.shape in SHAPES_OF[m]]
        self._fill("meaning", {m: words.meanings()[m] for m in meanings}, sketch.meaning)
        self._fill("ink", {ink: words.inks()[ink] for ink in INKS}, sketch.ink)
        self._box("ink").setEnabled(sketch.meaning == "plain")

    def _fill(self, key: str, names: dict[str, str], current: str) -> None:
        box = self._box(key)
        with QSignalBlocker(box):
            box.clear()
            for value, name in names.items():
                box.addItem(name, value)
            box.setCurrentIndex(box.findData(current))

    @Slot()
    def _on_edited(self) -> None:
        drawing = self._drawing.selected
        if drawing is None or self._shown != f"{drawing.id}/{drawing.revision}":
            return
        sketch = msgspec.structs.replace(
            drawing.sketch, label=self._line("label").text().strip(),
            note=self._line("note").text().strip(), meaning=self._box("meaning").currentData(),
            ink=self._box("ink").currentData(),
        )  # fmt: skip
        self._drawing.change(sketch)
