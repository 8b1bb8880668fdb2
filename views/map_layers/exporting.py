"""What is picked on the map, or an imported layer, goes out as a file."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.desk import Reference
from app.exchange.layers.storing import read_stored
from app.exchange.layers.writing import ENDINGS, export_layers, table_of_rows
from app.exchange.write import UnknownFormatError
from maps.drawing import MapObject
from models.registry.kinds import Layer
from views.kit import ViewKit
from views.map.widget import MapWidget
from views.widgets.naming import named

log = logging.getLogger(__name__)


class SelectionExport(QObject):
    """Writes the things that are picked. Signals: ended(str file, int rows, str fault)."""

    ended = Signal(str, int, str)

    def __init__(self, kit: ViewKit, map_widget: MapWidget, folder: Path) -> None:
        super().__init__(map_widget)
        self._kit = kit
        self._folder = folder
        self._dialog: QFileDialog | None = None
        self._map = map_widget
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="selection-export")
        self.ended.connect(self._on_ended)

    def things(self) -> tuple[MapObject, ...]:
        """Return what would go out: all that is picked, else the one thing that is selected."""
        picked = tuple(self._map.content.picked.things)
        chosen = self._map.content.selected
        return picked or (() if chosen is None else (chosen,))

    def choose_file(self) -> None:
        """Ask where to."""
        if not self.things():
            self._kit.desk.say(3, "nothing_picked")
            return
        dialog = named(QFileDialog(self._map.window()), "export-selection-file")
        dialog.setWindowTitle(self.tr("Export what is picked"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{ending[1:].upper()} (*{ending})" for ending in ENDINGS])
        dialog.setDefaultSuffix(ENDINGS[0][1:])
        dialog.filterSelected.connect(self._on_filter_selected)
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _on_filter_selected(self, chosen: str) -> None:
        if self._dialog is not None:
            self._dialog.setDefaultSuffix(chosen.partition("*.")[2].rstrip(")"))

    @Slot()
    def _on_dialog_finished(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @Slot(str)
    def write(self, file_name: str) -> None:
        """Write the file on a thread; `ended` follows."""
        things, reference = self.things(), self._kit.desk.reference
        title, folder = self.tr("Selection"), self._folder

        def run() -> None:
            try:
                rows = _write(title, things, reference, folder, Path(file_name))
                self.ended.emit(file_name, rows, "")
            except (OSError, UnknownFormatError, RuntimeError, ValueError) as error:
                log.info("selection can't be exported: %s", error)
                self.ended.emit(file_name, 0, str(error))

        self._worker.submit(run)

    def shut_down(self) -> None:
        """End the thread."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    @Slot(str, int, str)
    def _on_ended(self, file_name: str, rows: int, fault: str) -> None:
        if fault:
            self._kit.desk.say(2, "export_failed", fault)
        else:
            detail = self.tr("{file}: {rows} things").format(file=Path(file_name).name, rows=rows)
            self._kit.desk.say(3, "exported", detail)


def _write(
    title: str, things: Sequence[MapObject], reference: Reference, folder: Path, path: Path
) -> int:
    """Write the rows of things as points; of an imported shape the whole layer."""
    tables = []
    rows = table_of_rows(title, ((thing.kind, thing.key) for thing in things), reference)
    if len(rows.shapes):
        tables.append(rows)
    keys = {thing.key.rpartition("/")[0] for thing in things if thing.kind == Layer.KIND}
    for key in sorted(keys):
        record = reference.get(Layer.KIND, key)
        if isinstance(record, Layer):
            tables.append(read_stored(folder, record))
    if not tables:
        raise ValueError("nothing of what is picked has a place")
    return export_layers(tables, path)
