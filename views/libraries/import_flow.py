"""An import from the choice of a file to the stored revision."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.exchange.staging import Staging
from views.kit import ViewKit
from views.libraries.changes import ReferenceChanges
from views.libraries.import_sheet import ImportSheet
from views.libraries.words import LibraryWords
from views.widgets.naming import named

_PATTERNS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.json *.geojson *.pbf *.osm *.osm.gz"


class ImportFlow(QObject):
    """Signals: running(str what: '', 'read', 'store' or 'undo')."""

    running = Signal(str)

    def __init__(
        self, kit: ViewKit, words: LibraryWords, changes: ReferenceChanges, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._words = words
        self._changes = changes
        self._parent = parent
        self._kind = ""
        self._path: Path | None = None
        self._sheet: ImportSheet | None = None
        changes.staged.connect(self._on_staged)
        changes.changed.connect(self._on_changed)
        changes.failed.connect(self._on_failed)
        changes.busy.connect(self.running)

    @property
    def sheet(self) -> ImportSheet | None:
        """The sheet on screen."""
        return self._sheet

    def choose_file(self, kind: str) -> None:
        """Ask for the file of a kind."""
        dialog = named(QFileDialog(self._parent), "import-file")
        dialog.setWindowTitle(self.tr("Import: {kind}").format(kind=self._words.kind(kind)))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables and maps ({patterns})").format(patterns=_PATTERNS), "* (*)"]
        )
        self._kind = kind
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check(self, kind: str, path: Path) -> None:
        """Check a file for a kind; the sheet follows."""
        self._kind, self._path = kind, path
        self._changes.stage(kind, path, accept_proposals=False)

    def cancel(self) -> None:
        """Drop what is being read."""
        self._changes.cancel()

    @Slot(str)
    def _on_file_selected(self, file_name: str) -> None:
        if file_name:
            self.check(self._kind, Path(file_name))

    @Slot(object)
    def _on_staged(self, staging: Staging) -> None:
        if self._sheet is not None:
            self._sheet.show_staging(staging)
            return
        self._sheet = ImportSheet(self._kit, self._words, staging, self._parent)
        self._sheet.take_wanted.connect(self._changes.commit)
        self._sheet.proposals_wanted.connect(self._on_proposals_wanted)
        self._sheet.given_up.connect(self._on_given_up)
        self._sheet.open()

    @Slot()
    def _on_proposals_wanted(self) -> None:
        if self._path is not None:
            self._changes.stage(self._kind, self._path, accept_proposals=True)

    @Slot()
    def _on_given_up(self) -> None:
        self._sheet = None
        self._changes.cancel()

    @Slot()
    def _on_changed(self) -> None:
        if self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            sheet.accept()

    @Slot()
    def _on_failed(self) -> None:
        if self._sheet is not None:
            self._sheet.show_idle()
