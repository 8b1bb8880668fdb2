"""The sheet that makes the working map official: what differs, who signs, and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from app.commands.drawing import PublishSituationMap
from models.operation.drawings import (
    map_differences,
    official_map,
    person_of,
    pins,
    working_drawings,
)
from models.operation.drawn import Drawing
from views.kit import ViewKit
from views.map.sketch_words import SketchWords
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named


class PublishSheet(SheetDialog):
    """Signals: signed(PublishSituationMap) with exactly what stood on the sheet."""

    signed = Signal(object)

    def __init__(self, kit: ViewKit, incident_id: str, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("publish-sheet")
        situation = kit.desk.situation
        self._kit = kit
        self._incident_id = incident_id
        self._pins = pins(working_drawings(situation, incident_id))
        self._differences = map_differences(situation, incident_id)
        self._official = official_map(situation, incident_id)
        self._sketches = SketchWords(self)
        self._head = wrapped_label()
        self._list = named(QListWidget(), "publish-differences")
        self._form = Form(
            kit.theme,
            (
                Field("by", lambda: self.tr("Signed by")),
                Field("note", lambda: self.tr("Note")),
            ),
        )
        person = person_of(kit.desk.actor)
        if person != kit.desk.actor:
            self._form.field("by").setProperty("text", person)
        for widget in (self._head, self._list, self._form):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "publish-back")
        self._do = named(KeyButton(kit.theme, primary=True), "publish-do")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self.accept)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)
        self.retranslate()
        self._form.field("by").setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        number = 1 if self._official is None else self._official.number + 1
        self.setWindowTitle(self.tr("Publish the official map No. {0}").format(number))
        self._head.setText(
            self.tr("Every desk sees this as the official map. It changes as follows:")
        )
        self._list.setAccessibleName(self.tr("Differences"))
        self._list.clear()
        for sign, word, drawings in (
            ("＋", self.tr("new"), self._differences.added),
            ("±", self.tr("changed"), self._differences.changed),
            ("－", self.tr("removed"), self._differences.removed),
        ):
            for drawing in drawings:
                self._list.addItem(f"{sign} {word}: {self._line(drawing)}")
        self._do.set_label(self.tr("Sign and publish") + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")

    def command(self) -> PublishSituationMap:
        """Return what stands on the sheet."""
        texts = self._form.texts()
        return PublishSituationMap(
            self._incident_id, self._pins, texts.get("by", ""), texts.get("note", "")
        )

    def _line(self, drawing: Drawing) -> str:
        time = self._kit.wording.time(drawing.changed_us, self._kit.desk.clock.now_us())
        return f"{self._sketches.name(drawing.sketch)} · {person_of(drawing.changed_by)} {time}"

    def _on_accepted(self) -> None:
        self.signed.emit(self.command())
