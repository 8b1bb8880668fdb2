"""What a file of threat zones holds: the officer says which level is which; Enter records it."""

import asyncio
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget
from shiboken6 import isValid

from app.commands.zone import DrawZone
from app.exchange.aloha.reading import Outline, ZoneFile
from app.exchange.aloha.words import Severity
from app.given_zones import Surroundings
from app.imported_zones import Choices, ImportedZone, imported_zone
from models.operation.situation import Incident
from views.command.inside_words import InsideWords
from views.kit import ViewKit
from views.map.words import MapWords
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WIDTH_PX, _ROW_PX, _MOST_ROWS = 760, 40, 6
_OPEN, _LEFT_OUT = 0, -1
_SEVERITIES: tuple[Severity, ...] = (3, 2, 1)
_FACTS = ("Chemical Name", "Time", "Wind", "Model")


class ZoneFileSheet(SheetDialog):
    """Signals: previewed(tuple of ZoneResult): what isn't on record yet; empty ends it."""

    previewed = Signal(object)

    def __init__(
        self, kit: ViewKit, incident: Incident, file: ZoneFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("zone-file-sheet")
        self.setMinimumWidth(kit.theme.px(_WIDTH_PX))
        self._kit = kit
        self._incident = incident
        self._file = file
        self._inside = InsideWords(kit.wording, self)
        self._cautions = MapWords(self)
        self._made: ImportedZone | None = None
        self._fault = ""
        self._asked = 0
        self._head = named(wrapped_label(role="strong"), "zone-file-head")
        self._facts = named(wrapped_label(role="secondary"), "zone-file-facts")
        self._names = [wrapped_label() for _ in file.outlines]
        self._combos = [self._combo(index) for index in range(len(file.outlines))]
        self._note = named(wrapped_label(), "zone-file-note")
        self._doubts = named(wrapped_label(role="secondary"), "zone-file-doubts")
        for widget in (self._head, self._facts, self._rows(), self._note, self._doubts):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "zone-file-back")
        self._do = named(KeyButton(kit.theme, primary=True), "zone-file-do")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self._on_do)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.retranslate()
        for combo in self._combos:
            combo.currentIndexChanged.connect(self._compute)
        self.finished.connect(lambda _: self.previewed.emit(()))
        kit.desk.replay_changed.connect(self._on_replay_changed)
        still_open = [combo for combo in self._combos if combo.currentData() == _OPEN]
        (*still_open, *self._combos)[0].setFocus()

    def begin(self) -> None:
        """Compute what is chosen at first, and show the sheet."""
        self._compute()
        self.open()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Import a threat zone"))
        self._head.setText(
            self.tr("{file} · {program} · {count} outlines").format(
                file=self._file.file_name,
                program=self._file.program,
                count=len(self._file.outlines),
            )
        )
        said = dict(self._file.facts)
        lines = [f"{name}: {said[name]}" for name in _FACTS if name in said]
        self._facts.setText("\n".join(lines) or self.tr("The file says nothing else."))
        titles = {
            _OPEN: self.tr("which level?"), 3: self.tr("Red"), 2: self.tr("Orange"),
            1: self.tr("Yellow"), _LEFT_OUT: self.tr("leave out"),
        }  # fmt: skip
        for outline, name, combo in zip(
            self._file.outlines, self._names, self._combos, strict=True
        ):
            name.setText(self._name(outline))
            combo.setAccessibleName(outline.name)
            for index in range(combo.count()):
                combo.setItemText(index, titles[combo.itemData(index)])
        self._back.set_label(self.tr("Back") + "  Esc")
        self._do.set_label(self.tr("Draw as a zone") + "  Enter")
        self._refresh()

    def choices(self) -> Choices:
        """Return the level of each outline as it is chosen now."""
        return {
            outline.number: self._severity(combo)
            for outline, combo in zip(self._file.outlines, self._combos, strict=True)
        }

    def _combo(self, index: int) -> QComboBox:
        combo = named(QComboBox(), f"zone-file-level-{index}")
        severity = self._file.outlines[index].severity
        for value in ((_OPEN,) if severity is None else ()) + (*_SEVERITIES, _LEFT_OUT):
            combo.addItem("", value)
        combo.setCurrentIndex(combo.findData(severity or _OPEN))
        return combo

    def _severity(self, combo: QComboBox) -> Severity | None:
        value = combo.currentData()
        return cast("Severity", value) if value in _SEVERITIES else None

    def _rows(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, self._kit.theme.px(8), 0)
        grid.setColumnStretch(0, 1)
        for row, (name, combo) in enumerate(zip(self._names, self._combos, strict=True)):
            grid.addWidget(name, row, 0)
            grid.addWidget(combo, row, 1)
        grid.setRowStretch(len(self._names), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        shown = min(len(self._names), _MOST_ROWS)
        scroll.setFixedHeight(self._kit.theme.px(_ROW_PX * shown + 16))
        return scroll

    def _name(self, outline: Outline) -> str:
        if outline.is_confidence:
            return self.tr("{name} · how far the wind may turn it").format(name=outline.name)
        return outline.name

    def _around(self) -> Surroundings:
        now_us = self._kit.desk.clock.now_us()
        offset = self._kit.wording.local(now_us).utcoffset()
        hours = offset.total_seconds() / 3600 if offset is not None else 0.0
        return Surroundings(self._incident, self._kit.desk.reference, now_us, hours)

    def _open_ones(self) -> int:
        return sum(combo.currentData() == _OPEN for combo in self._combos)

    def _compute(self) -> None:
        """Find out who is inside, off the UI thread; the last choice counts."""
        self._asked += 1
        self._made, self._fault = None, ""
        self._refresh()
        if self._open_ones():
            self.previewed.emit(())
            return
        asked, file, choices, around = self._asked, self._file, self.choices(), self._around()
        future = self._kit.desk.in_worker(lambda: imported_zone(file, choices, around))
        future.add_done_callback(lambda done: self._on_computed(asked, done))

    def _on_computed(self, asked: int, future: "asyncio.Future[ImportedZone]") -> None:
        if future.cancelled() or not isValid(self) or asked != self._asked:
            return
        error = future.exception()
        self._fault = "" if error is None else str(error)
        self._made = None if error is not None else future.result()
        made = self._made
        both = () if made is None else (made.contours, made.result)
        self.previewed.emit(tuple(each for each in both if each is not None))
        self._refresh()
        self.fit()

    def _refresh(self) -> None:
        self._do.setEnabled(self._made is not None)
        if self._made is None:
            text = self.tr("Computing…")
            if self._open_ones():
                text = self.tr("The file doesn't tell every level: choose it, or leave it out.")
            elif self._fault:
                text = self.tr("This can be no zone: {reason}").format(reason=self._fault)
            self._note.setText(text)
            self._doubts.setText("")
            return
        result = self._made.result
        lines = (self._inside.levels(result), self._inside.inside(result.receptors))
        self._note.setText("\n".join(lines))
        doubts = [self._cautions.caution(each) for each in result.warnings]
        self._doubts.setText("\n".join(doubts))

    def _on_do(self) -> None:
        """Put on record what was shown."""
        if self._made is not None:
            self._kit.desk.execute(
                DrawZone(
                    incident_id=self._incident.id,
                    result=self._made.result,
                    contours=self._made.contours,
                )
            )
            self.accept()

    @Slot(object)
    def _on_replay_changed(self, _replay: object) -> None:
        """Leave: what is imported here is drawn now."""
        self.reject()
