"""The import sheet: what a file holds, what is wrong with it, and what is to be done."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from app.exchange.findings import CodedFinding
from app.exchange.staging import Staging
from views.kit import ViewKit
from views.libraries.words import LibraryWords
from views.theme import set_property
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_SEVERITIES = {"error": 1, "warning": 3, "info": 4}
_WIDTH_PX, _HEIGHT_PX = 1040, 560


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding and its place in the list."""

    place: int
    finding: CodedFinding


class ImportSheet(SheetDialog):
    """Signals: take_wanted(Staging), proposals_wanted(), given_up()."""

    take_wanted = Signal(object)
    proposals_wanted = Signal()
    given_up = Signal()

    def __init__(
        self, kit: ViewKit, words: LibraryWords, staging: Staging, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit.theme, parent)
        self._kit = kit
        self._words = words
        self._staging = staging
        self.setObjectName("import-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._head = named(PlainLabel(role="strong"), "import-head")
        self._counts = named(wrapped_label(role="secondary"), "import-counts")
        self._refused = named(wrapped_label(), "import-refused")
        set_property(self._refused, "severity", "1")
        self._model: TableModel[FindingRow] = TableModel(self._columns(), lambda r: r.place, self)
        self.view = named(TableView(kit.theme), "import-findings")
        self.view.show_model(self._model)
        self._progress = named(QProgressBar(), "import-progress")
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(kit.theme.px(6))
        self._progress.hide()
        for widget in (self._head, self._counts, self._refused, self.view, self._progress):
            self.add_content(widget)
        self._cancel = named(KeyButton(kit.theme, key="Esc"), "import-cancel")
        self._apply = named(KeyButton(kit.theme, key="Ctrl+P"), "import-proposals")
        self._take = named(KeyButton(kit.theme, key="Return", primary=True), "import-take")
        self._cancel.clicked.connect(self.reject)
        self._apply.clicked.connect(self._on_apply)
        self._take.clicked.connect(self._on_take)
        self.add_act(self._cancel)
        self.add_act(self._apply)
        self.add_act(self._take, default=True)
        self.rejected.connect(self.given_up)
        self.show_staging(staging)

    @property
    def staging(self) -> Staging:
        """What is shown."""
        return self._staging

    def show_staging(self, staging: Staging) -> None:
        """Show a file's check; errors come first, in the order of the file."""
        self._staging = staging
        self._progress.hide()
        ordered = sorted(staging.findings, key=lambda found: _SEVERITIES[found.severity])
        rows = [FindingRow(place, found) for place, found in enumerate(ordered)]
        self._model.update(rows)
        self.view.setVisible(bool(rows))
        self.retranslate()

    def show_busy(self) -> None:
        """Say that something runs; nothing else can be asked for meanwhile."""
        self._progress.show()
        self._take.setEnabled(False)
        self._apply.setEnabled(False)

    def show_idle(self) -> None:
        """Let the user choose again."""
        self._progress.hide()
        self._offer()

    def retranslate(self) -> None:
        """Set all texts again."""
        staging = self._staging
        kind = self._words.kind(staging.kind)
        self.setWindowTitle(self.tr("Import"))
        self._head.setText(f"{kind} ← {staging.file_name}")
        self._counts.setText(
            self.tr("{rows} rows · {accepted} can be taken · {rejected} refused").format(
                rows=f"{staging.rows_total:,}",
                accepted=f"{staging.accepted:,}",
                rejected=f"{staging.rejected:,}",
            )
            + ("" if staging.findings else " · " + self.tr("nothing to find fault with"))
        )
        self._refused.setVisible(bool(staging.refused))
        self._refused.setText(
            self.tr("Nothing of this file can be taken: {reason}").format(reason=staging.refused)
        )
        self.view.setAccessibleName(self.tr("Findings"))
        self._progress.setAccessibleName(self.tr("Running"))
        self._model.retranslate()
        self._cancel.set_label(self.tr("Cancel"))
        self._offer()

    def _offer(self) -> None:
        staging = self._staging
        proposals = sum(
            found.proposal is not None and not found.applied and found.severity == "error"
            for found in staging.findings
        )
        self._apply.set_label(self.tr("Apply %n proposal(s)", "", proposals))
        self._apply.setVisible(proposals > 0)
        self._apply.setEnabled(proposals > 0)
        self._take.set_label(self.tr("Take the %n good row(s)", "", staging.accepted))
        self._take.setEnabled(staging.accepted > 0 and not staging.refused)

    def _columns(self) -> tuple[Column[FindingRow], ...]:
        return (
            Column(
                "row",
                lambda: self.tr("Row"),
                lambda r: f"{r.finding.row:,}" if r.finding.row else self.tr("file"),
                right=True,
                width=76,
            ),
            Column("column", lambda: self.tr("Column"), lambda r: r.finding.column, width=120),
            Column(
                "severity",
                lambda: self.tr("Severity"),
                self._severity,
                severity=lambda r: _SEVERITIES[r.finding.severity],
                width=96,
            ),
            Column(
                "reason",
                lambda: self.tr("Reason"),
                lambda r: r.finding.text(self._kit.language),
                tip=lambda r: r.finding.text(self._kit.language),
                stretch=True,
            ),
            Column(
                "value",
                lambda: self.tr("Value"),
                lambda r: r.finding.value or "",
                tip=lambda r: r.finding.value,
                width=150,
            ),
            Column(
                "proposal",
                lambda: self.tr("Proposal"),
                lambda r: r.finding.proposal or "",
                token=lambda r: "ok" if r.finding.applied else "action",
                tip=lambda r: r.finding.proposal,
                width=150,
            ),
        )

    def _severity(self, row: FindingRow) -> str:
        words = {
            "error": self.tr("refused"),
            "warning": self.tr("doubtful"),
            "info": self.tr("note"),
        }
        return words[row.finding.severity]

    @Slot()
    def _on_apply(self) -> None:
        self.show_busy()
        self.proposals_wanted.emit()

    @Slot()
    def _on_take(self) -> None:
        if self._take.isEnabled():
            self.show_busy()
            self.take_wanted.emit(self._staging)
