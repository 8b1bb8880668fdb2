"""Asks how the map is to be written, and says what became of it."""

import asyncio
import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from maps.sheet import PAPERS, SCALES, SheetFacts, lay_out
from models.operation.events.base import Event
from views.kit import ViewKit
from views.map.exporter import ExportOrder, MapExporter
from views.map.widget import MapWidget
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.naming import named

_UNSAFE = re.compile(r"[^\w\-. ]+")
_SHORT_HASH = 12


class ExportSheet(SheetDialog):
    """PDF or PNG at paper size, or one HTML file; stays open until it is written."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("export-sheet")
        self._kit = kit
        self._map = map_widget
        self._record = ""
        self._exporter = MapExporter(map_widget.content, self, plain=map_widget.is_plain)
        self._exporter.drawn.connect(self._on_exporter_drawn)
        self._exporter.written.connect(self._on_exporter_written)
        self._exporter.failed.connect(self._on_exporter_failed)
        self._title = named(QLineEdit(), "export-title")
        self._remark = named(QLineEdit(), "export-remark")
        self._form = named(QComboBox(), "export-form")
        self._paper = named(QComboBox(), "export-paper")
        self._direction = named(QComboBox(), "export-direction")
        self._scale = named(QComboBox(), "export-scale")
        self._file = named(QLineEdit(), "export-file")
        self._choose = named(QPushButton(), "export-choose")
        self._state = wrapped_label("", "secondary")
        self._rows = QFormLayout()
        self._place()
        self._fill()
        self.finished.connect(self._exporter.close)
        self._form.currentIndexChanged.connect(self._on_form_chosen)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.retranslate()
        self._suggest()
        self._ask_record()

    def _place(self) -> None:
        body = QWidget()
        body.setLayout(self._rows)
        place = QWidget()
        file_row = QHBoxLayout(place)
        file_row.setContentsMargins(0, 0, 0, 0)
        file_row.addWidget(self._file, 1)
        file_row.addWidget(self._choose)
        fields = (
            self._title, self._remark, self._form, self._paper, self._direction, self._scale, place,
        )  # fmt: skip
        self._labels = [PlainLabel() for _ in fields]
        for label, field in zip(self._labels, fields, strict=True):
            self._rows.addRow(label, field)
        self._box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Close
        )
        self._box.accepted.connect(self.write)
        self._box.rejected.connect(self.reject)
        for widget in (body, self._state, self._box):
            self.add_content(widget)

    def _fill(self) -> None:
        for form in ("pdf", "png", "html"):
            self._form.addItem("", form)
        for paper in PAPERS:
            self._paper.addItem(paper, paper)
        for landscape in (True, False):
            self._direction.addItem("", landscape)
        self._scale.addItem("", None)
        for scale in SCALES:
            self._scale.addItem(f"1 : {scale:,}", scale)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Export the map"))
        names = (
            self.tr("Title"), self.tr("Remark"), self.tr("Form"), self.tr("Paper"),
            self.tr("Direction"), self.tr("Scale"), self.tr("File"),
        )  # fmt: skip
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        for index, text in enumerate((
            self.tr("PDF, one sheet"), self.tr("PNG picture of the sheet"),
            self.tr("HTML, opens anywhere without a network"),
        )):  # fmt: skip
            self._form.setItemText(index, text)
        self._direction.setItemText(0, self.tr("landscape"))
        self._direction.setItemText(1, self.tr("portrait"))
        self._scale.setItemText(0, self.tr("what is in view"))
        self._choose.setText(self.tr("Choose…"))

    def _suggest(self) -> None:
        """Propose a title and a file from the incident in hand."""
        desk = self._kit.desk
        open_ones = [i for i in desk.situation.incidents.values() if i.closed_us is None]
        newest = max(open_ones, key=lambda incident: incident.opened_us, default=None)
        language = self._kit.language
        site = desk.situation.name or desk.situation.site
        title = f"{newest.number} {newest.title.text(language)}" if newest else site
        self._title.setText(title or self.tr("Situation map"))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents) or Path.home())
        moment = self._kit.wording.local(desk.clock.now_us())
        name = _UNSAFE.sub(" ", newest.number if newest else "map").strip()
        self._file.setText(str(folder / f"{name} {moment:%Y%m%d-%H%M%S}.pdf"))

    def _ask_record(self) -> None:
        """Ask for the record's head: its hash shows later that nothing was cut off."""
        seq = self._kit.desk.situation.seq
        if seq:
            self._kit.desk.events(seq - 1, 1).add_done_callback(self._on_record)

    def write(self) -> None:
        """Begin."""
        path = Path(self._file.text().strip()).expanduser()
        if not path.name or not path.parent.is_dir():
            self._state.setText(
                self.tr("There is no folder {folder}.").format(folder=str(path.parent))
            )
            return
        self._set_busy(busy=True)
        self._state.setText(self.tr("Drawing the map…"))
        layout = lay_out(self._paper.currentData(), landscape=self._direction.currentData())
        self._exporter.start(
            ExportOrder(
                path, self._form.currentData(), layout, self._scale.currentData(), self._facts()
            )
        )

    def _facts(self) -> SheetFacts:
        kit = self._kit
        situation, wording = kit.desk.situation, kit.wording
        mode = situation.mode
        moment = wording.local(situation.recorded_us or kit.desk.clock.now_us())
        as_of = self.tr("as of {time} ({zone})").format(
            time=f"{moment:%Y-%m-%d %H:%M:%S}", zone=str(wording.zone)
        )
        remarks = (as_of, *((self._remark.text(),) if self._remark.text() else ()))
        printed = wording.local(kit.desk.clock.now_us())
        said = self.tr("Written {time} by {who} · record {record}").format(
            time=f"{printed:%Y-%m-%d %H:%M:%S}", who=kit.desk.actor, record=self._record or "–"
        )
        sources = self._map.content.outbox.held_value("sources") or {}
        datum = self.tr("Datum WGS 84 · Web Mercator, scale at the middle of the sheet")
        word = wording.mode(mode)
        return SheetFacts(
            title=self._title.text(), remarks=remarks, mode=word, mode_ink=f"mode.{mode}",
            watermark="" if mode == "live" else word, legend_title=self.tr("Legend"),
            foot=(datum, str(sources.get("text", "")), said),
        )  # fmt: skip

    def _set_busy(self, *, busy: bool) -> None:
        save = self._box.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(not busy)

    @Slot(int)
    def _on_form_chosen(self, _index: int) -> None:
        form = self._form.currentData()
        for field in (self._paper, self._direction, self._scale):
            field.setEnabled(form != "html")
        path = Path(self._file.text())
        if path.name:
            self._file.setText(str(path.with_suffix(f".{form}")))

    @Slot()
    def _on_choose_clicked(self) -> None:
        form = self._form.currentData()
        path, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self._file.text(), f"*.{form}"
        )
        if path:
            self._file.setText(path)

    def _on_record(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not future.cancelled() and future.exception() is None and future.result():
            event = future.result()[0]
            self._record = f"#{event.seq} {event.hash.hex()[:_SHORT_HASH]}"

    @Slot()
    def _on_exporter_drawn(self) -> None:
        self._state.setText(self.tr("Writing the file…"))

    @Slot(object)
    def _on_exporter_written(self, path: Path) -> None:
        self._set_busy(busy=False)
        self._state.setText(self.tr("Written: {path}").format(path=str(path)))

    @Slot(object)
    def _on_exporter_failed(self, reason: str) -> None:
        self._set_busy(busy=False)
        reasons = {
            "load": self.tr("the map's page didn't load"),
            "renderer": self.tr("the map's renderer stopped"),
            "slow": self.tr("the map wasn't drawn within a minute"),
        }
        self._state.setText(
            self.tr("Not written: {reason}").format(reason=reasons.get(reason, reason))
        )
