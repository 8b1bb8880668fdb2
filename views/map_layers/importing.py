"""The import of map layers from the choice of a file to the stored rows, and the way out."""

import logging
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.exchange.findings import FileRefusedError
from app.exchange.layers.child import stage_apart
from app.exchange.layers.opening import PATTERNS
from app.exchange.layers.staging import LayerCancelledError, LayerRequest, LayerStaging
from app.exchange.layers.storing import take_layers
from app.reference import ReferenceService
from maps.geometry import bounds
from maps.imported import INKS
from models.basics import LatLon
from models.store.reference import ReferenceView
from views.kit import ViewKit
from views.map.widget import MapWidget
from views.map_layers.import_sheet import CHOICE_MARKS, LayerImportSheet
from views.widgets.naming import named

log = logging.getLogger(__name__)


class LayerImport(QObject):
    """Reads, asks, shows and takes one file at a time."""

    _told = Signal(object)

    def __init__(
        self, kit: ViewKit, map_widget: MapWidget, references: ReferenceService, folder: Path
    ) -> None:
        super().__init__(map_widget)
        self._kit = kit
        self._map = map_widget
        self._references = references
        self._folder = folder
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="layer-import")
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._request: LayerRequest | None = None
        self._sheet: LayerImportSheet | None = None
        self._told.connect(self._on_told)

    @property
    def sheet(self) -> LayerImportSheet | None:
        """The sheet on screen."""
        return self._sheet

    def choose_file(self) -> None:
        """Ask for a map file."""
        parent: QWidget = self._map.window()
        dialog = named(QFileDialog(parent), "import-layer-file")
        dialog.setWindowTitle(self.tr("Import a map layer"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([
            self.tr("Map files ({patterns})").format(patterns=" ".join(PATTERNS)), "* (*)",
        ])  # fmt: skip
        dialog.fileSelected.connect(self.check)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def check(self, file_name: str) -> None:
        """Read a file; the sheet shows what it holds."""
        if self._kit.desk.replay is not None:
            self._kit.desk.say(2, "replay_is_read_only")
            return
        if not file_name or self._request is not None:
            return
        self._scratch = tempfile.TemporaryDirectory(prefix="muster-layers-")
        self._request = LayerRequest(
            path=Path(file_name), scratch=Path(self._scratch.name), near=self._near()
        )
        self._sheet = LayerImportSheet(self._kit, Path(file_name).name, self._map.window())
        self._sheet.answered.connect(self._on_answered)
        self._sheet.take_wanted.connect(self._on_take_wanted)
        self._sheet.given_up.connect(self._on_given_up)
        self._sheet.show()
        self._read(self._request)

    def shut_down(self) -> None:
        """Stop what is read and end the thread."""
        if self._request is not None:
            self._request.cancelled.set()
        self._sheet = None
        self._clear()
        self._worker.shutdown(wait=True)

    def _near(self) -> LatLon | None:
        rows = self._kit.desk.reference.all("hazard-sources").values()
        box = bounds(row.position for row in rows if row.position is not None)
        if box is None:
            return None
        return LatLon((box[0].lat_deg + box[1].lat_deg) / 2, (box[0].lon_deg + box[1].lon_deg) / 2)

    def _read(self, request: LayerRequest) -> None:
        asked = replace(
            request,
            cancelled=threading.Event(),
            progress=lambda step, share: self._told.emit(("progress", request.path, step, share)),
        )
        self._request = asked

        def run() -> None:
            try:
                self._told.emit(("staged", asked, stage_apart(asked)))
            except LayerCancelledError:
                return
            except (FileRefusedError, OSError) as error:
                self._told.emit(("failed", asked, str(error)))

        self._worker.submit(run)

    @Slot(object)
    def _on_told(self, fact: tuple[Any, ...]) -> None:
        if self._sheet is None or self._request is None:
            return
        match fact:
            case ("progress", _, step, share):
                self._sheet.show_progress(step, share)
            case ("staged", request, staging) if request is self._request:
                self._show(staging)
            case ("failed", request, why) if request is self._request:
                self._close()
                self._kit.desk.say(2, "import_failed", why)
            case ("taken", view, detail):
                self._close()
                self._kit.desk.set_reference(view)
                self._kit.desk.say(3, "imported", detail)

    def _show(self, staging: LayerStaging) -> None:
        if self._sheet is not None:
            self._sheet.show_staging(staging)
        self._map.show_choices(
            {
                "name": f"{CHOICE_MARKS[place % 2]} {choice.name}",
                "ink": INKS[place % len(INKS)],
                "places": [[p.lat_deg, p.lon_deg] for p in choice.places],
            }
            for place, choice in enumerate(staging.choices)
        )
        corners = [place for choice in staging.choices for place in choice.places]
        corners += [c for layer in staging.layers for c in (layer.south_west, layer.north_east)]
        box = bounds(corners)
        if box is not None:
            self._map.show_bounds(*box)

    @Slot(str, str)
    def _on_answered(self, datum: str, crs: str) -> None:
        if self._request is not None and self._sheet is not None:
            self._sheet.show_busy()
            self._read(replace(self._request, datum=datum, crs=crs))

    @Slot(object)
    def _on_take_wanted(self, staging: LayerStaging) -> None:
        if self._request is None:
            return
        desk = self._kit.desk
        shift = desk.situation.shift
        actor = desk.actor or (shift.person if shift else "")
        scratch, folder, references = self._request.scratch, self._folder, self._references
        request = self._request
        detail = self.tr("{file}: {count} shapes").format(
            file=staging.file_name, count=f"{staging.accepted:,}"
        )

        def run() -> None:
            try:
                take_layers(references, folder, scratch, staging, actor)
                view: ReferenceView = references.view().preload()
                self._told.emit(("taken", view, detail))
            except Exception as error:
                log.warning("layers can't be stored", exc_info=True)
                self._told.emit(("failed", request, str(error)))

        self._worker.submit(run)

    @Slot()
    def _on_given_up(self) -> None:
        if self._request is not None:
            self._request.cancelled.set()
        self._sheet = None
        self._clear()

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.accept()
        self._clear()

    def _clear(self) -> None:
        self._request = None
        self._map.show_choices([])
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            self._worker.submit(scratch.cleanup)  # behind what still runs in it
