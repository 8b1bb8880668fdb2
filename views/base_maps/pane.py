"""The pane of base maps: what there is, in which order, and the import of another one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.basemaps.catalogue import BaseMap, BaseMapCatalogue
from app.basemaps.service import BaseMaps
from views.base_maps.job import BaseMapJob
from views.base_maps.model import BaseMapModel
from views.base_maps.words import BaseMapWords
from views.kit import ViewKit
from views.map.base_maps import BaseMapFeed
from views.widgets.badges import wrapped_label
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.twice import Twice

_PATTERNS = (
    "*.pbf *.osm *.osm.gz *.osm.bz2 *.gpkg *.shp *.zip *.geojson *.mbtiles *.pmtiles"
)  # fmt: skip


class BaseMapsPane(Pane):
    """Base maps, the topmost first. One import runs at a time, in a process of its own."""

    def __init__(self, kit: ViewKit, feed: BaseMapFeed, job: BaseMapJob) -> None:
        super().__init__(kit.theme)
        self._feed = feed
        self._job = job
        self._words = BaseMapWords(self)
        self._step = ""
        self._twice = Twice(self)
        self.model = BaseMapModel(self._words.state, self._on_box_ticked, self)
        self._hint = wrapped_label("", "secondary")
        self.list = named(QListView(), "base-maps")
        self.list.setModel(self.model)
        self._import = named(QPushButton(), "base-map-import")
        self._up, self._down, self._remove = (
            named(QPushButton(), f"base-map-{name}") for name in ("up", "down", "remove")
        )
        self.progress = named(QProgressBar(), "base-map-progress")
        self.progress.setRange(0, 1000)
        self._cancel = named(QPushButton(), "base-map-cancel")
        self.said = named(wrapped_label(""), "base-map-said")
        self._place()
        self._connect()
        self._show_running(job.is_running)
        self.retranslate()
        self._on_feed_changed(feed.state)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.list.setAccessibleName(self.tr("Base maps, the topmost first"))
        self._hint.setText(self.tr(
            "Only the world's coarse coast is shown. Import an OpenStreetMap extract, a GeoPackage,"
            " a Shapefile, MBTiles or PMTiles."
        ))  # fmt: skip
        self._import.setText(self.tr("Import base map…"))
        self._up.setText(self.tr("Up"))
        self._down.setText(self.tr("Down"))
        self._cancel.setText(self.tr("Stop"))
        self.progress.setAccessibleName(self.tr("Progress of the import"))
        self._show_title()
        self._show_buttons()
        self._show_step()
        self.model.show(self._feed.state.maps)

    def choose_file(self) -> None:
        """Ask for the file."""
        dialog = named(QFileDialog(self), "base-map-file")
        dialog.setWindowTitle(self.tr("Import base map"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Maps ({patterns})").format(patterns=_PATTERNS), "* (*)"]
        )  # fmt: skip
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _place(self) -> None:
        px = self.theme.px
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, px(6))
        column.setSpacing(px(4))
        self._hint.setContentsMargins(px(12), px(8), px(12), 0)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._hint, 1)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(8), 0, px(8), 0)
        foot.setSpacing(px(4))
        line = QHBoxLayout()
        line.addWidget(self.progress, 1)
        line.addWidget(self._cancel)
        foot.addLayout(line)
        foot.addWidget(self.said)
        line = QHBoxLayout()
        for button in (self._up, self._down, self._remove):
            line.addWidget(button)
        line.addStretch(1)
        foot.addLayout(line)
        column.addLayout(foot)
        self.add_act(self._import)
        self.set_body(body)

    def _connect(self) -> None:
        self._import.clicked.connect(self.choose_file)
        self._up.clicked.connect(partial(self._move, -1))
        self._down.clicked.connect(partial(self._move, 1))
        self._remove.clicked.connect(self._on_remove_clicked)
        self._cancel.clicked.connect(self._job.cancel)
        self._twice.changed.connect(self._show_buttons)
        self.list.selectionModel().currentChanged.connect(self._show_buttons)
        self.model.modelReset.connect(self._show_buttons)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.ended.connect(self._on_job_ended)
        self._feed.changed.connect(self._on_feed_changed)

    def _chosen(self) -> BaseMap | None:
        shown = self.model.at(self.list.currentIndex())
        return None if shown is None else shown.base_map

    def _move(self, steps: int, _checked: object = None) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        ids = self.model.ids()
        at = ids.index(chosen.id)
        ids.insert(max(0, at + steps), ids.pop(at))
        self._feed.change(partial(_arrange, list(reversed(ids))))

    def _on_box_ticked(self, base_map: BaseMap) -> None:
        self._feed.change(partial(_change, base_map))

    @Slot()
    def _on_remove_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.file and self._twice.press(chosen.id):
            self._feed.change(partial(_remove, chosen.id))

    @Slot(str)
    def _on_file_selected(self, file_name: str) -> None:
        if file_name:
            self.import_file(Path(file_name))

    def import_file(self, path: Path) -> None:
        """Make a base map out of a file; progress and the end are shown here."""
        self._say("")
        self._job.start(path)
        self._step = "reading"
        self.progress.setValue(0)
        self._show_running(self._job.is_running)

    @Slot(str, float)
    def _on_job_progressed(self, step: str, share: float) -> None:
        self._step = step
        self.progress.setValue(round(1000 * share))
        self._show_step()

    @Slot(object, str)
    def _on_job_ended(self, findings: list[str], code: str) -> None:
        self._show_running(False)
        self._say("\n".join(findings) if not code else self._words.refused(code))
        self._feed.reload()

    @Slot(object)
    def _on_feed_changed(self, state: BaseMaps) -> None:
        chosen = self._chosen()
        self.model.show(state.maps)
        if chosen is not None and (row := self.model.row_of(chosen.id)) >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        if state.trouble:
            self._say(state.trouble)
        self._show_title()
        self._show_buttons()

    def _show_title(self) -> None:
        maps = self._feed.state.maps
        self._hint.setVisible(not maps)
        for widget in (self.list, self._up, self._down, self._remove):
            widget.setVisible(bool(maps))
        shown = len(self._feed.state.drawn)
        self.set_title(
            self.tr("Base maps"), self.tr("{on} of {all} shown").format(on=shown, all=len(maps))
        )

    @Slot()
    def _show_buttons(self, *_: object) -> None:
        chosen = self._chosen()
        row = self.list.currentIndex().row()
        self._up.setEnabled(chosen is not None and row > 0)
        self._down.setEnabled(chosen is not None and row < self.model.rowCount() - 1)
        # servers go with their setting
        self._remove.setEnabled(chosen is not None and bool(chosen.file))
        armed = chosen is not None and self._twice.armed == chosen.id
        self._remove.setText(self.tr("Again: delete it") if armed else self.tr("Remove"))

    def _show_running(self, running: bool) -> None:  # noqa: FBT001 - a state
        self.progress.setVisible(running)
        self._cancel.setVisible(running)
        self._import.setEnabled(not running)
        self._show_step()

    def _show_step(self) -> None:
        self.progress.setFormat(f"{self._words.step(self._step)} %p %")

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))


def _change(base_map: BaseMap, catalogue: BaseMapCatalogue) -> None:
    catalogue.change(base_map)


def _arrange(ids: list[str], catalogue: BaseMapCatalogue) -> None:
    catalogue.arrange(ids)


def _remove(id_: str, catalogue: BaseMapCatalogue) -> None:
    catalogue.remove(id_)
