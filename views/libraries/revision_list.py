"""The changes of the reference data: which file, how many rows, who, when, what was taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from models.store.reference import Revision
from views.kit import ViewKit
from views.libraries.words import LibraryWords
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

_MADE = "demonstration"  # by the program: there is no file


class RevisionsPane(Pane):
    """Newest first; the act takes the newest standing one back."""

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._words = words
        self._model: TableModel[Revision] = TableModel(
            self._columns(), lambda row: row.revision, self
        )
        self.view = named(TableView(kit.theme), "revisions")
        self.view.show_model(self._model)
        action = kit.actions.action("libraries.undo")
        self.add_act(named(KeyButton(kit.theme, action=action), "revisions-undo"))
        self.set_body(self.view)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.set_title(self.tr("Changes"), f"{self._model.rowCount():,}")
        self.view.setAccessibleName(self.tr("Changes"))
        self._model.retranslate()

    def show_revisions(self, revisions: Sequence[Revision]) -> None:
        """Show these, oldest first as given."""
        self._model.update(list(reversed(revisions)))
        self.set_count(f"{len(revisions):,}")

    def _columns(self) -> tuple[Column[Revision], ...]:
        return (
            Column(
                "number",
                lambda: self.tr("No."),
                lambda row: str(row.revision),
                right=True,
                width=40,
            ),
            Column("what", lambda: self.tr("What"), self._what, tip=self._tip, stretch=True),
            Column(
                "rows",
                lambda: self.tr("Rows"),
                self._rows,
                right=True,
                token=lambda row: "alarm.medium" if row.origin.rejected else None,
                tip=self._rows_tip,
                width=56,
            ),
            Column("when", lambda: self.tr("When"), self._when, ticks=True, width=76),
            Column("state", lambda: self.tr("State"), lambda _: "", word=self._state, width=76),
        )

    def _what(self, row: Revision) -> str:
        kind = self._words.kind(row.origin.kind)
        if row.undoes is not None:
            return self.tr("takes back {number} · {kind}").format(number=row.undoes, kind=kind)
        if not row.origin.file_name or row.origin.kind == _MADE:
            return kind
        return f"{kind} · {row.origin.file_name}"

    def _tip(self, row: Revision) -> str:
        sha = row.origin.file_sha256
        parts = [self._what(row), row.origin.actor, f"SHA-256 {sha}" if sha else ""]
        return "\n".join(part for part in parts if part)

    def _rows(self, row: Revision) -> str:
        return f"{row.origin.accepted:,}" if row.undoes is None else ""

    def _rows_tip(self, row: Revision) -> str:
        return self.tr("{accepted} taken, {rejected} refused of {rows}").format(
            accepted=row.origin.accepted, rejected=row.origin.rejected, rows=row.origin.rows_total
        )

    def _when(self, row: Revision) -> str:
        return self._kit.wording.ago(row.origin.at_us, self._kit.desk.clock.now_us())

    def _state(self, row: Revision) -> Toned | None:
        if row.undone_by is not None:
            return Toned(self.tr("taken back"))
        return Toned(self.tr("undo")) if row.undoes is not None else None

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible():
            self._model.tick()
