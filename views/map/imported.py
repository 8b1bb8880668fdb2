"""Imported layers on the map: read on a thread, shown when they are there, gone with their row."""

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.desk import Reference
from app.exchange.layers.storing import read_stored
from app.exchange.layers.table import LayerTable, Shapes
from maps.drawing import MapObject
from maps.imported import ImportedShapes, draw_shapes, imported_layer, layer_id
from models.registry.kinds import Layer
from views.map.widget import MapWidget

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A layer that stands on the map."""

    record: Layer
    table: LayerTable
    shapes: ImportedShapes


class ImportedLayers(QObject):
    """Follows the rows of kind `layers`. Signals: failed(str why): a layer can't be shown."""

    failed = Signal(object)
    _was_read = Signal(object)

    def __init__(self, map_widget: MapWidget, folder: Path) -> None:
        super().__init__(map_widget)
        self._map = map_widget
        self._folder = folder
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="imported-layers")
        self._was_read.connect(self._on_was_read)
        self._shown: dict[str, _Shown] = {}
        self._wanted: Mapping[str, Layer] = {}
        self._request = 0

    @Slot(object)
    def show_reference(self, reference: Reference) -> None:
        """Bring the map to the layers of reference data; only those that changed are read."""
        rows = reference.all(Layer.KIND).values()
        wanted = {row.key: row for row in rows if isinstance(row, Layer)}
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._request += 1
        request = self._request
        held, folder = dict(self._shown), self._folder

        def read() -> None:
            try:
                self._was_read.emit((request, *_read(folder, wanted, held)))
            except Exception:
                log.exception("imported layers can't be read")

        self._worker.submit(read)

    def shut_down(self) -> None:
        """End the thread."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def attributes(self, thing: MapObject) -> tuple[str, list[tuple[str, str]]] | None:
        """Return the layer and the attributes of a shape that was selected; None when it's none."""
        key, _, index = thing.key.rpartition("/")
        shown = self._shown.get(key)
        if thing.kind != Layer.KIND or shown is None or not index.isdecimal():
            return None
        place = int(index)
        if place >= len(shown.table.shapes):
            return None
        cells = [
            (name, str(values[place]))
            for name, values in shown.table.columns.items()
            if values[place] not in (None, "")
        ]
        return key, cells

    def shapes(self) -> dict[str, Shapes]:
        """Return the shapes of the layers that are shown, by their key [WGS 84 degrees]."""
        return {key: shown.table.shapes for key, shown in self._shown.items()}

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return what each shape of each layer is called, '' when it has no name."""
        return {key: shown.shapes.names for key, shown in self._shown.items()}

    def tables(self, things: Iterable[MapObject]) -> list[LayerTable]:
        """Return the rows of some shapes, one table a layer."""
        places: dict[str, list[int]] = {}
        for thing in things:
            key, _, index = thing.key.rpartition("/")
            if thing.kind == Layer.KIND and key in self._shown and index.isdecimal():
                places.setdefault(key, []).append(int(index))
        found = []
        for key, wanted in places.items():
            table = self._shown[key].table
            keep = np.zeros(len(table.shapes), dtype=np.bool_)
            keep[wanted] = True
            found.append(table.taken(keep))
        return found

    def record(self, key: str) -> Layer | None:
        """Return the row of a layer that is shown."""
        shown = self._shown.get(key)
        return None if shown is None else shown.record

    @Slot(object)
    def _on_was_read(self, result: tuple[int, dict[str, _Shown], list[str]]) -> None:
        request, shown, missing = result
        if request == self._request:
            self._show(shown, missing)

    def _show(self, shown: dict[str, _Shown], missing: list[str]) -> None:
        for key in self._shown.keys() - shown.keys():
            self._map.drop_layer(layer_id(key))
        for key, each in shown.items():
            before = self._shown.get(key)
            if before is None or before.record != each.record:
                self._map.register_layer(imported_layer(each.record))
        self._shown = shown
        self._map.show_imported({key: each.shapes for key, each in shown.items()})
        for why in missing:
            self.failed.emit(why)


def _read(
    folder: Path, wanted: Mapping[str, Layer], held: Mapping[str, _Shown]
) -> tuple[dict[str, _Shown], list[str]]:
    """Read the layers that aren't held, on a thread; one that can't be read is said."""
    found: dict[str, _Shown] = {}
    missing = []
    for key, record in wanted.items():
        before = held.get(key)
        if before is not None and before.record.file == record.file:
            names = before.table.columns.get(record.name_column, [""] * len(before.table.shapes))
            same = before.record.name_column == record.name_column
            shapes = before.shapes if same else draw_shapes(before.table.shapes, names)
            found[key] = _Shown(record, before.table, shapes)
            continue
        try:
            table = read_stored(folder, record)
        except (OSError, RuntimeError, ValueError) as error:
            log.warning("imported layer %s: %s", key, error)
            missing.append(f"{record.name.text('zh')}: {error}")
            continue
        names = table.columns.get(record.name_column, [""] * len(table.shapes))
        found[key] = _Shown(record, table, draw_shapes(table.shapes, names))
    return found, missing
