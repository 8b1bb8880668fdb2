"""The answer to "what lies inside": counts, people, and a table to sort, filter and export."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from maps.drawing import MapObject
from maps.inside import Inside, People
from models.basics import LatLon
from models.registry.kinds import Layer, Receptor
from views.kit import ViewKit
from views.map.imported import ImportedLayers
from views.map.words import MapWords
from views.search_text import has_all, hay, sounds, words_of
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.filter_edit import FilterEdit
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_HEIGHT_PX, _WIDTH_PX = 620, 760
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Row:
    """One thing inside; None people is "nobody knows"."""

    thing: MapObject
    kind: str
    name: str
    day: int | None
    night: int | None


class InsideSheet(SheetDialog):
    """Signals: place_wanted(MapObject): somebody goes to a row."""

    place_wanted = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        title: str,
        found: Inside,
        parent: QWidget | None = None,
        *,
        now: Mapping[MapObject, tuple[str, LatLon]] | None = None,
        imported: ImportedLayers | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("inside-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit = kit
        self._title = title
        self._found = found
        self._now = now or {}
        self._imported = imported
        self._shape_names = {} if imported is None else imported.names()
        self._sorted: tuple[int, bool] = (0, True)
        self._kinds = MapWords(self)
        self._head = named(wrapped_label(), "inside-head")
        self._filter = named(FilterEdit(), "inside-filter")
        self._filter.textChanged.connect(self._fill)
        columns: tuple[Column[Row], ...] = (
            Column("kind", lambda: self.tr("Kind"), lambda row: row.kind, width=150),
            Column("name", lambda: self.tr("Name"), lambda row: row.name, stretch=True),
            Column("key", lambda: self.tr("Code"), lambda row: row.thing.key, width=120),
            Column("day", lambda: self.tr("People by day"), lambda row: self._people(row.day, row),
                   right=True, width=110),
            Column("night", lambda: self.tr("People by night"),
                   lambda row: self._people(row.night, row), right=True, width=110),
        )  # fmt: skip
        self._model: TableModel[Row] = TableModel(columns, lambda row: row.thing, self)
        self._view = named(TableView(kit.theme), "inside-table")
        self._view.show_model(self._model)
        self._view.opened.connect(self._on_opened)
        self._view.horizontalHeader().setSectionsClickable(True)
        self._view.horizontalHeader().sectionClicked.connect(self._on_section_clicked)
        self._filter.set_table(self._view)
        for widget in (self._head, self._filter, self._view):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "inside-back")
        self._export = named(KeyButton(kit.theme, primary=True), "inside-export")
        self._back.clicked.connect(self.reject)
        self._export.clicked.connect(self._on_export)
        self.add_act(self._back)
        self.add_act(self._export)
        self._rows: list[Row] = []
        self.retranslate()
        self._view.setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Inside: {title}").format(title=self._title))
        self._filter.set_words(self.tr("Filter what lies inside"), self.tr("Filter"))
        self._view.setAccessibleName(self.tr("What lies inside"))
        self._export.set_label(self.tr("Export…"))
        self._back.set_label(self.tr("Back") + "  Esc")
        titles = self._kinds.kinds()
        self._rows = [self._row(thing, titles) for thing in self._found.objects]
        counts = " · ".join(
            f"{titles.get(kind, kind)} {count:,}" for kind, count in self._found.counts.items()
        )
        self._head.setText("\n".join(filter(None, (
            counts or self.tr("Nothing of the library lies inside."),
            self._people_text(self._found.people),
        ))))  # fmt: skip
        self._fill()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What the table shows, in its order."""
        return self._model.rows()

    def export_to(self, path: Path) -> "asyncio.Future[int]":
        """Write the rows on the table; the ending tells the format."""
        things = [(row.thing.kind, row.thing.key) for row in self.rows]
        reference, title = self._kit.desk.reference, self._title
        now = {(thing.kind, thing.key): place for thing, (_, place) in self._now.items()}
        shapes = (
            [] if self._imported is None else self._imported.tables(row.thing for row in self.rows)
        )

        def write() -> int:
            # the writers of files take half a second to import: only who exports waits for them
            from app.exchange.layers.writing import export_layers, table_of_rows

            tables = [table_of_rows(title, things, reference, now), *shapes]
            return export_layers([table for table in tables if len(table.shapes)], path)

        return self._kit.desk.in_worker(write)

    def _row(self, thing: MapObject, titles: dict[str, str]) -> Row:
        record = self._kit.desk.reference.get(thing.kind, thing.key)
        day, night = (record.people_day, record.people_night) if isinstance(
            record, Receptor
        ) else (None, None)  # fmt: skip
        name = record.name.text(self._kit.language) if record is not None else self._told(thing)
        return Row(thing, titles.get(thing.kind, thing.kind), name, day, night)

    def _told(self, thing: MapObject) -> str:
        """Return the name of what has no row: a vehicle, an imported shape."""
        if thing.kind != Layer.KIND:
            return self._now[thing][0] if thing in self._now else thing.key
        key, _, index = thing.key.rpartition("/")
        layer = self._kit.desk.reference.get(Layer.KIND, key)
        title = key if layer is None else layer.name.text(self._kit.language)
        name = self._shape_names[key][int(index)] if key in self._shape_names else ""
        return f"{name} · {title}" if name else f"{title} {int(index) + 1}"

    def _people(self, count: int | None, row: Row) -> str:
        if row.thing.kind != Receptor.KIND:
            return ""
        return self.tr("to be verified") if count is None else f"{count:,}"

    def _people_text(self, people: People) -> str:
        """Say how many people are inside; those nobody knows are counted apart, never as zero."""
        if not people.places:
            return ""
        parts = []
        for word, count, unknown in (
            (self.tr("by day"), people.day, people.day_unknown),
            (self.tr("by night"), people.night, people.night_unknown),
        ):
            text = self.tr("{word} {count} people").format(word=word, count=f"{count:,}")
            if unknown:
                text += " + " + self.tr("%n place(s) to be verified", "", unknown)
            parts.append(text)
        return " · ".join(parts)

    def _fill(self) -> None:
        words = words_of(self._filter.text())
        rows = [
            row for row in self._rows
            if has_all(words, hay(row.kind, row.name, row.thing.key), sounds(row.name))
        ]  # fmt: skip
        column, rising = self._sorted
        keys: tuple[Callable[[Row], Any], ...] = (
            lambda row: (row.kind, row.name), lambda row: row.name, lambda row: row.thing.key,
            lambda row: _NOBODY if row.day is None else row.day,
            lambda row: _NOBODY if row.night is None else row.night,
        )  # fmt: skip
        self._model.update(sorted(rows, key=keys[column], reverse=not rising))

    @Slot(int)
    def _on_section_clicked(self, column: int) -> None:
        """Sort by a column; a second click turns the order, numbers begin with the most."""
        old, rising = self._sorted
        self._sorted = (column, not rising if old == column else column < 3)
        self._fill()

    @Slot(object)
    def _on_opened(self, row: Row) -> None:
        self.place_wanted.emit(row.thing)

    @Slot()
    def _on_export(self) -> None:
        dialog = named(QFileDialog(self), "inside-file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["GeoPackage (*.gpkg)", "CSV (*.csv)", "GeoJSON (*.geojson)",
                               "KML (*.kml)"])  # fmt: skip
        dialog.setDefaultSuffix("gpkg")
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self.export_to(Path(path)).add_done_callback(self._on_exported)

    def _on_exported(self, future: "asyncio.Future[int]") -> None:
        if future.cancelled():
            return
        if future.exception() is not None:
            self._kit.desk.say(2, "export_failed", str(future.exception()))
        else:
            self._kit.desk.say(4, "exported", f"{future.result():,}")
