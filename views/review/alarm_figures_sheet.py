"""The figures of ISA-18.2 of a span: each with its target and how it is counted; CSV."""

import asyncio
import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from models.telemetry.alarm_kpi import AlarmKpi
from models.times import SECOND_US
from views.kit import ViewKit
from views.review.alarm_figure_rows import AlarmFigureRows, FigureRow
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WIDTH_PX, _HEIGHT_PX = 980, 760
_HOUR_US = 3600 * SECOND_US
_LENGTHS_US = (_HOUR_US, 8 * _HOUR_US, 24 * _HOUR_US, 7 * 24 * _HOUR_US, 0)
_DAY_AT = 2
_MOST_OPERATORS = 50
_MOST_MEMBERS = 12
_UNSAFE = re.compile(r"[^\w.-]+")


class AlarmFiguresSheet(SheetDialog):
    """Reads the journal on a reader thread, anew for each choice; ends at the moment on screen."""

    def __init__(self, kit: ViewKit, operation_id: str, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("alarm-figures-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit, self._operation_id = kit, operation_id
        replay = kit.desk.replay
        self._end_us = kit.desk.clock.now_us() if replay is None else replay.now_us()
        self._words = AlarmFigureRows(self)
        self._kpi: AlarmKpi | None = None
        self._fault = ""
        self._asked = 0
        self._length = named(QComboBox(), "alarm-figures-span")
        for length_us in _LENGTHS_US:
            self._length.addItem("", length_us)
        self._length.setCurrentIndex(_DAY_AT)
        self._operators = named(QSpinBox(), "alarm-figures-operators")
        self._operators.setRange(1, _MOST_OPERATORS)
        self._labels = PlainLabel(role="secondary"), PlainLabel(role="secondary")
        self._head = named(wrapped_label("", "strong"), "alarm-figures-head")
        self._note = named(wrapped_label(role="secondary"), "alarm-figures-note")
        self._state = named(wrapped_label(), "alarm-figures-state")
        self._grid = QGridLayout()
        for content in (self._choices(), self._head, self._scroll(), self._note, self._state):
            self.add_content(content)
        self._export, self._back = KeyButton(kit.theme), KeyButton(kit.theme, primary=True)
        self._export.clicked.connect(self._on_export_clicked)
        self._back.clicked.connect(self.reject)
        self.add_act(self._export)
        self.add_act(self._back, default=True)
        self._length.currentIndexChanged.connect(self._ask)
        self._operators.valueChanged.connect(self._ask)
        self._ask()

    def _choices(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(8))
        for label, field in zip(self._labels, (self._length, self._operators), strict=True):
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field)
        line.addStretch(1)
        return row

    def _scroll(self) -> QScrollArea:
        self._grid.setHorizontalSpacing(self.theme.px(16))
        self._grid.setVerticalSpacing(self.theme.px(8))
        self._grid.setColumnStretch(3, 1)
        body = QWidget()
        body.setLayout(self._grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return scroll

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Figures of the alarm system"))
        spans = (
            self.tr("last hour"), self.tr("last 8 h"), self.tr("last 24 h"),
            self.tr("last 7 days"), self.tr("whole operation"),
        )  # fmt: skip
        for index, text in enumerate(spans):
            self._length.setItemText(index, text)
        names = (self.tr("Span"), self.tr("Operators"))
        for label, field, name in zip(
            self._labels, (self._length, self._operators), names, strict=True
        ):
            label.setText(name)
            field.setAccessibleName(name)
        self._export.set_label(self.tr("Export CSV…"))
        self._export.setEnabled(self._kpi is not None)
        self._back.set_label(self.tr("Back") + "  Esc")
        self._note.setText(
            self.tr(
                "Targets as quoted from ISA-18.2 and EEMUA 191, not checked against the edition in "
                "force. All raisings count, also shelved and folded ones. They judge the alarm "
                "system, not people."
            )
        )
        self._show_figures()

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        self._kpi, self._fault = None, ""
        self._state.setText("")
        self.retranslate()
        future = self._kit.desk.alarm_figures(
            self._operation_id, self._end_us, self._length.currentData(), self._operators.value()
        )
        future.add_done_callback(partial(self._on_read, self._asked))

    def _on_read(self, asked: int, future: "asyncio.Future[AlarmKpi]") -> None:
        if future.cancelled() or not isValid(self) or asked != self._asked:
            return
        error = future.exception()
        if error is not None:
            self._fault = self.tr("It could not be read: {reason}").format(reason=str(error))
        else:
            self._kpi = future.result()
        self.retranslate()

    def _show_figures(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._kpi is None:
            self._head.setText(self._fault or self.tr("Reading the record…"))
            return
        self._head.setText(self._span(self._kpi))
        for column, text in enumerate(self._headings()):
            self._grid.addWidget(PlainLabel(text, "secondary"), 0, column)
        rows = self._words.rows(self._kpi)
        for line, row in enumerate(rows, start=1):
            self._place(line, row)
        self._grid.setRowStretch(len(rows) + 1, 1)

    def _place(self, line: int, row: FigureRow) -> None:
        target = row.target if row.met is None else f"{row.target}  {self._verdict(row)}"
        counted = row.counted
        if row.members:
            shown = ", ".join(row.members[:_MOST_MEMBERS])
            more = len(row.members) - _MOST_MEMBERS
            counted += "\n" + shown + (f" … +{more}" if more > 0 else "")
        labels = (
            PlainLabel(row.name, "strong"), PlainLabel(row.value, "strong"),
            PlainLabel(target, "strong" if row.met is False else ""),
            wrapped_label(counted, "secondary"),
        )  # fmt: skip
        for column, label in enumerate(labels):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label, line, column)

    def _verdict(self, row: FigureRow) -> str:
        return "✓ " + self.tr("kept") if row.met else "▲ " + self.tr("missed")

    def _headings(self) -> tuple[str, str, str, str]:
        return self.tr("Figure"), self.tr("Value"), self.tr("Target"), self.tr("How it is counted")

    def _span(self, kpi: AlarmKpi) -> str:
        local = self._kit.wording.local
        return self.tr("{from_time} to {to_time}: {raised} raisings").format(
            from_time=f"{local(kpi.from_us):%Y-%m-%d %H:%M:%S}",
            to_time=f"{local(kpi.to_us):%Y-%m-%d %H:%M:%S}",
            raised=kpi.raised,
        )

    @Slot()
    def _on_export_clicked(self) -> None:
        kpi = self._kpi
        if kpi is None:
            return
        moment = self._kit.wording.local(kpi.to_us)
        operation = _UNSAFE.sub("-", self._operation_id)
        name = f"alarms {operation} {moment:%Y%m%d-%H%M%S}.csv"
        path, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), name, "*.csv")
        if not path:
            return
        target = Path(path)
        rows = self._table(kpi)

        def write() -> None:
            from app.exchange.plain_table import write_table  # brings the readers of workbooks

            write_table(target, rows)

        self._kit.desk.in_reader(write).add_done_callback(partial(self._on_written, target))

    def _table(self, kpi: AlarmKpi) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [
            (self.windowTitle(), self._operation_id, self._span(kpi)),
            (self.tr("Operators"), str(kpi.operators)),
            (*self._headings(), self.tr("Alarms")),
        ]
        for row in self._words.rows(kpi):
            verdict = "" if row.met is None else f" {self._verdict(row)}"
            rows.append(
                (row.name, row.value, row.target + verdict, row.counted, "; ".join(row.members))
            )
        return rows

    def _on_written(self, path: Path, future: "asyncio.Future[None]") -> None:
        if future.cancelled() or not isValid(self):
            return
        error = future.exception()
        if error is None:
            self._state.setText(self.tr("Written: {path}").format(path=str(path)))
        else:
            self._state.setText(self.tr("Not written: {reason}").format(reason=str(error)))
