"""The sheet of a layer import: what the file holds, which datum, what is wrong, take it or not."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.exchange.findings import CodedFinding
from app.exchange.layers.referencing import Choice
from app.exchange.layers.staging import LayerStaging
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_SEVERITIES = {"error": 1, "warning": 3, "info": 4}
_WIDTH_PX, _HEIGHT_PX = 720, 460
# as the map draws the places of each choice in turn
CHOICE_MARKS = ("○", "□")
FindingRow = tuple[int, CodedFinding]


class LayerImportSheet(SheetDialog):
    """Signals: answered(str datum, str crs), take_wanted(LayerStaging), given_up().

    It doesn't hold the window: the ways to read the file are compared on the map beside it.
    """

    answered = Signal(str, str)
    take_wanted = Signal(object)
    given_up = Signal()

    def __init__(self, kit: ViewKit, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self._kit = kit
        self._file_name = file_name
        self._staging: LayerStaging | None = None
        self.setObjectName("layer-import-sheet")
        self.setModal(False)
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._head = named(PlainLabel(role="strong"), "layer-import-head")
        self._counts = named(wrapped_label(role="secondary"), "layer-import-counts")
        self._refused = named(wrapped_label(), "layer-import-refused")
        self._question = named(QWidget(), "layer-import-question")
        self._choices = QVBoxLayout(self._question)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        self._crs = named(QLineEdit(), "layer-import-crs")
        self._crs.textChanged.connect(self._on_answer_changed)
        self._model: TableModel[FindingRow] = TableModel(self._columns(), lambda r: r[0], self)
        self.view = named(TableView(kit.theme), "layer-import-findings")
        self.view.show_model(self._model)
        self._progress = named(QProgressBar(), "layer-import-progress")
        self._progress.setRange(0, 100)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(kit.theme.px(6))
        for widget in (
            self._head, self._counts, self._refused, self._question, self._crs, self.view,
            self._progress,
        ):  # fmt: skip
            self.add_content(widget)
        self._cancel = named(KeyButton(kit.theme, key="Esc"), "layer-import-cancel")
        self._take = named(KeyButton(kit.theme, key="Return", primary=True), "layer-import-take")
        self._cancel.clicked.connect(self.reject)
        self._take.clicked.connect(self._on_take)
        self.add_act(self._cancel)
        self.add_act(self._take, default=True)
        self.rejected.connect(self.given_up)
        self.show_busy()
        self.retranslate()

    @property
    def staging(self) -> LayerStaging | None:
        """What is shown."""
        return self._staging

    def show_staging(self, staging: LayerStaging) -> None:
        """Show what a file holds, or what must be answered first."""
        self._staging = staging
        self._progress.hide()
        ordered = sorted(staging.findings, key=lambda found: _SEVERITIES[found.severity])
        self._model.update(list(enumerate(ordered)))
        self.view.setVisible(bool(ordered))
        self._offer_choices(staging.choices)
        self.retranslate()

    def show_progress(self, step: str, share: float) -> None:
        """Say how far the reading is."""
        begun = {"read": 0, "mend": 40, "write": 60}.get(step, 0)
        self._progress.setValue(begun + round(share * 40))

    def show_busy(self) -> None:
        """Say that something runs; only a cancel can be asked for meanwhile."""
        self._progress.setValue(0)
        self._progress.show()
        self._take.setEnabled(False)
        self._question.setEnabled(False)

    def retranslate(self) -> None:
        """Set all texts again."""
        staging = self._staging
        self.setWindowTitle(self.tr("Import a map layer"))
        self._head.setText(self._file_name)
        self._crs.setPlaceholderText(self.tr("Coordinate system, as EPSG:4548"))
        self._crs.setAccessibleName(self.tr("Coordinate system"))
        self.view.setAccessibleName(self.tr("Findings"))
        self._progress.setAccessibleName(self.tr("Running"))
        self._cancel.set_label(self.tr("Cancel"))
        self._model.retranslate()
        asks = staging is not None and bool(staging.question)
        self._question.setVisible(asks)
        self._crs.setVisible(staging is not None and staging.question == "crs")
        self._refused.setVisible(staging is not None and bool(staging.refused))
        if staging is None:
            self._counts.setText(self.tr("The file is being read…"))
            self._take.set_label(self.tr("Take over"))
            return
        self._counts.setText(self._summary(staging))
        set_property(self._refused, "severity", "" if asks else "1")
        self._refused.setText(self._why(staging))
        self._question.setEnabled(True)
        self._take.set_label(
            self.tr("Read it so") if asks else self.tr("Take %n shape(s)", "", staging.accepted)
        )
        self._on_answer_changed()

    def _summary(self, staging: LayerStaging) -> str:
        counts = self.tr("{rows} rows · {accepted} can be taken · {rejected} refused").format(
            rows=f"{staging.rows_total:,}",
            accepted=f"{staging.accepted:,}",
            rejected=f"{staging.rejected:,}",
        )
        if staging.question:
            return self.tr("{rows} rows").format(rows=f"{staging.rows_total:,}")
        names = " · ".join(layer.title for layer in staging.layers[:6])
        return f"{counts} · {staging.datum}\n{names}"

    def _why(self, staging: LayerStaging) -> str:
        if staging.question == "datum":
            return self.tr(
                "In which datum are the coordinates? The wrong one is off by hundreds of metres. "
                "The map shows where they lie by each: choose the one that fits."
            )
        if staging.question == "crs":
            return self.tr(
                "The file doesn't say in which system its metres are. Choose one that puts it "
                "where it belongs, or write another."
            )
        return self.tr("Nothing of this file can be taken: {reason}").format(
            reason=staging.findings[0].text(self._kit.language) if staging.findings else ""
        )

    def _offer_choices(self, choices: tuple[Choice, ...]) -> None:
        while self._choices.count():
            item = self._choices.takeAt(0)
            widget = None if item is None else item.widget()
            if isinstance(widget, QRadioButton):
                self._group.removeButton(widget)
                widget.deleteLater()
        for place, choice in enumerate(choices):
            name = f"{CHOICE_MARKS[place % 2]} {choice.name}"
            button = named(QRadioButton(name), f"layer-import-choice-{place}")
            button.toggled.connect(self._on_answer_changed)
            self._group.addButton(button, place)
            self._choices.addWidget(button)

    def _columns(self) -> tuple[Column[FindingRow], ...]:
        return (
            Column(
                "row", lambda: self.tr("Row"),
                lambda r: f"{r[1].row:,}" if r[1].row else self.tr("file"), right=True, width=76,
            ),
            Column("column", lambda: self.tr("Column"), lambda r: r[1].column, width=110),
            Column(
                "severity", lambda: self.tr("Severity"), self._severity,
                severity=lambda r: _SEVERITIES[r[1].severity], width=96,
            ),
            Column(
                "reason", lambda: self.tr("Reason"), lambda r: r[1].text(self._kit.language),
                tip=lambda r: r[1].text(self._kit.language), stretch=True,
            ),
        )  # fmt: skip

    def _severity(self, row: FindingRow) -> str:
        words = {
            "error": self.tr("refused"), "warning": self.tr("doubtful"), "info": self.tr("note"),
        }  # fmt: skip
        return words[row[1].severity]

    @Slot()
    def _on_answer_changed(self) -> None:
        """Let Enter do something only once it is said what: no datum is chosen beforehand."""
        staging = self._staging
        if staging is None:
            return
        answered = self._group.checkedId() >= 0 or bool(self._crs.text().strip())
        takes = staging.accepted > 0 and not staging.refused
        self._take.setEnabled(answered if staging.question else takes)

    @Slot()
    def _on_take(self) -> None:
        staging = self._staging
        if staging is None or not self._take.isEnabled():
            return
        if not staging.question:
            self.show_busy()
            self.take_wanted.emit(staging)
            return
        written = self._crs.text().strip() if staging.question == "crs" else ""
        place = self._group.checkedId()
        if written:
            self.answered.emit("", written)
        elif 0 <= place < len(staging.choices):
            choice = staging.choices[place]
            crs = choice.crs if staging.question == "crs" else ""
            self.answered.emit(choice.datum, crs)
        else:
            self._crs.setFocus(Qt.FocusReason.OtherFocusReason)
