"""Makes a zone of a drawn area: which level, resting on what. Enter puts it on record."""

import asyncio
from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

from app.commands.zone import DrawZone
from app.given_zones import (
    LEVELS,
    HandZone,
    Severity,
    Surroundings,
    hand_inputs,
    hand_zone,
)
from models.hazard.ports import ZoneResult
from models.operation.drawings import person_of
from models.operation.drawn import Drawing
from models.operation.situation import Incident
from views.command.inside_words import InsideWords
from views.kit import ViewKit
from views.map.sketch_words import SketchWords
from views.map.words import MapWords
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WIDTH_PX = 620


class HandZoneSheet(SheetDialog):
    """Signals: previewed(tuple of ZoneResult), empty ends it; draw_wanted() for a new outline."""

    previewed = Signal(object)
    draw_wanted = Signal()

    def __init__(
        self,
        kit: ViewKit,
        incident: Incident,
        areas: Sequence[Drawing],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("hand-zone-sheet")
        self.setMinimumWidth(kit.theme.px(_WIDTH_PX))
        self._kit = kit
        self._incident = incident
        self._areas = {area.id: area for area in areas}
        self._sketches = SketchWords(self)
        self._inside = InsideWords(kit.wording, self)
        self._cautions = MapWords(self)
        self._result: ZoneResult | None = None
        self._fault = ""
        self._asked = 0
        self._form = Form(
            kit.theme,
            [
                Field("area", lambda: self.tr("Area"), QComboBox),
                Field("level", lambda: self.tr("Level"), QComboBox),
                Field("basis", lambda: self.tr("Basis"), hint=self._hint),
                Field("substance", lambda: self.tr("Substance")),
            ],
        )
        self._area, self._level = self._combo("area"), self._combo("level")
        self._basis, self._substance = self._line("basis"), self._line("substance")
        self._substance.setText(incident.substance)
        self._note = named(wrapped_label(), "hand-zone-note")
        self._doubts = named(wrapped_label(role="secondary"), "hand-zone-doubts")
        for widget in (self._form, self._note, self._doubts):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "hand-zone-back")
        self._anew = named(KeyButton(kit.theme), "hand-zone-anew")
        self._do = named(KeyButton(kit.theme, primary=True), "hand-zone-do")
        for button, act in (
            (self._back, self.reject), (self._anew, self._on_anew), (self._do, self._on_do),
        ):  # fmt: skip
            button.clicked.connect(act)
            self.add_act(button, default=button is self._do)
        for area in areas:
            self._area.addItem("", area.id)
        for severity in LEVELS:
            self._level.addItem("", severity)
        self.retranslate()
        for combo in (self._area, self._level):
            combo.currentIndexChanged.connect(self._compute)
        self._substance.editingFinished.connect(self._compute)
        self._basis.textChanged.connect(self._refresh)
        self.finished.connect(lambda _: self.previewed.emit(()))
        kit.desk.replay_changed.connect(self._on_replay_changed)
        self._basis.setFocus()

    def begin(self) -> None:
        """Compute what is chosen at first, and show the sheet."""
        self._compute()
        self.open()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Zone drawn by hand"))
        wording, now_us = self._kit.wording, self._kit.desk.clock.now_us()
        for index in range(self._area.count()):
            area = self._areas[self._area.itemData(index)]
            drawn = f"{person_of(area.changed_by)} {wording.time(area.changed_us, now_us)}"
            self._area.setItemText(index, f"{self._sketches.name(area.sketch)} · {drawn}")
        for index in range(self._level.count()):
            label = LEVELS[self._level.itemData(index)]
            self._level.setItemText(index, label.text(self._kit.language))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._anew.set_label(self.tr("Draw another outline"))
        self._do.set_label(self.tr("Draw as a zone") + "  Enter")
        self._refresh()

    def _hint(self) -> str:
        return self.tr("measured, seen, ordered by whom: needed")

    def _combo(self, key: str) -> QComboBox:
        return cast("QComboBox", self._form.field(key))

    def _line(self, key: str) -> QLineEdit:
        return cast("QLineEdit", self._form.field(key))

    def _said(self) -> HandZone:
        return HandZone(
            drawing=self._areas[self._area.currentData()],
            severity=cast("Severity", self._level.currentData()),
            basis=self._basis.text().strip(),
            substance=self._substance.text().strip(),
            officer=person_of(self._kit.desk.actor),
        )

    def _around(self) -> Surroundings:
        now_us = self._kit.desk.clock.now_us()
        offset = self._kit.wording.local(now_us).utcoffset()
        hours = offset.total_seconds() / 3600 if offset is not None else 0.0
        return Surroundings(self._incident, self._kit.desk.reference, now_us, hours)

    def _compute(self) -> None:
        """Find out who is inside, off the UI thread; the last question counts."""
        self._asked += 1
        self._result = None
        asked, said, around = self._asked, self._said(), self._around()
        future = self._kit.desk.in_worker(lambda: hand_zone(said, around))
        self._refresh()
        future.add_done_callback(lambda done: self._on_computed(asked, done))

    def _on_computed(self, asked: int, future: "asyncio.Future[ZoneResult]") -> None:
        if future.cancelled() or not isValid(self) or asked != self._asked:
            return
        error = future.exception()
        self._fault = "" if error is None else str(error)
        self._result = None if error is not None else future.result()
        self.previewed.emit(() if self._result is None else (self._result,))
        self._refresh()
        self.fit()

    def _refresh(self) -> None:
        result = self._result
        self._do.setEnabled(result is not None and bool(self._basis.text().strip()))
        if result is None:
            self._note.setText(
                self.tr("This can be no zone: {reason}").format(reason=self._fault)
                if self._fault
                else self.tr("Computing…")
            )
            self._doubts.setText("")
            return
        lines = (self._inside.levels(result), self._inside.inside(result.receptors))
        self._note.setText("\n".join(lines))
        doubts = [self._cautions.caution(each) for each in result.warnings]
        fixed = self.tr("Changing the drawing later doesn't change the zone.")
        toxic = any(level.unit for level in result.levels)
        shelter = (
            self.tr("A toxic cloud: advice may be to shelter inside.")
            if toxic
            else self.tr("Not known to be toxic only: nobody is advised to shelter inside.")
        )
        self._doubts.setText("\n".join((*doubts, shelter, fixed)))

    def _on_anew(self) -> None:
        self.reject()
        self.draw_wanted.emit()

    def _on_do(self) -> None:
        """Put on record what was shown, with the basis as it stands now."""
        if self._result is None or not self._basis.text().strip():
            return
        result = replace(self._result, inputs=hand_inputs(self._said()))
        self._kit.desk.execute(DrawZone(incident_id=self._incident.id, result=result))
        self.accept()

    @Slot(object)
    def _on_replay_changed(self, _replay: object) -> None:
        """Leave: what is drawn here is drawn now."""
        self.reject()
