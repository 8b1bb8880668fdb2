"""Groups and their layers as a tree: box, symbols, count in view and in all, scale range."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPixmap

from maps.layer_facts import Count, scale_of
from maps.layers import GROUPS, LAST_ZOOM, MapLayer
from views.map.layer_keeper import LayerKeeper
from views.map.widget import MapWidget
from views.map.words import MapWords
from views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LAYER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
NAME, COUNT, RANGE = range(3)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_MIME = "application/x-muster-layer"
_NO_COUNT = Count(0, 0)
_SYMBOLS = {"alarms": 4, "warnings": 3}  # of each severity; of others the first tells enough


class LayerModel(QAbstractItemModel):
    """Reads the keeper; a group's box shows or hides all of it."""

    def __init__(
        self, keeper: LayerKeeper, map_widget: MapWidget, theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._map = map_widget
        self._theme = theme
        self._words = MapWords(self)
        self._titles: Mapping[str, str] = {}
        self._group_titles: Mapping[str, str] = {}
        self._language = "zh"
        self._groups: tuple[str, ...] = ()
        self._layers: dict[str, tuple[MapLayer, ...]] = {}
        self._counts: Mapping[str, Count] = {}
        self._icons: dict[str, QPixmap] = {}
        self._looks: Mapping[str, tuple[str, str, bool]] = {}
        self._read()
        keeper.changed.connect(self._on_keeper_changed)
        keeper.pictures_changed.connect(self._on_keeper_pictures_changed)

    @property
    def shown(self) -> tuple[int, int]:
        """How many layers are switched on, and how many there are."""
        layers = [layer for group in self._layers.values() for layer in group]
        settings = self._keeper.settings
        return sum(settings.is_shown(layer) for layer in layers), len(layers)

    def retranslate(self, language: str) -> None:
        """Take all texts anew."""
        self._language = language
        self._titles, self._group_titles = self._words.layers(), self._words.groups()
        self._tell()

    def recount(self) -> None:
        """Count what is in view anew; only rows that look otherwise are told."""
        self._counts = self._map.content.counts()
        before, self._looks = self._looks, self._look()
        for row, group in enumerate(self._groups):
            parent = self.index(row, NAME)
            for place, layer in enumerate(self._layers[group]):
                if self._looks[layer.id] != before.get(layer.id):
                    self.dataChanged.emit(
                        self.index(place, NAME, parent), self.index(place, RANGE, parent)
                    )

    def _look(self) -> dict[str, tuple[str, str, bool]]:
        """Return what the map's view and things change of a row."""
        return {
            layer.id: (self._count(layer), self.range_text(layer), self.is_in_range(layer))
            for layers in self._layers.values()
            for layer in layers
        }

    def texts(self, column: int) -> list[str]:
        """Return what stands in a column of the layers."""
        layers = (layer for group in self._layers.values() for layer in group)
        return [str(self._layer_data(layer, column, _DISPLAY)) for layer in layers]

    def title_of(self, layer: MapLayer) -> str:
        """Return what a layer is called."""
        return self._titles.get(layer.id) or layer.title.text(self._language) or layer.id

    def layer_at(self, index: Index) -> MapLayer | None:
        """Return the layer of a row, None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._layers[self._groups[index.internalId() - 1]][index.row()]

    def index_of(self, layer_id: str) -> QModelIndex:
        """Return the row of a layer, an invalid index when there is none."""
        for number, group in enumerate(self._groups):
            for row, layer in enumerate(self._layers[group]):
                if layer.id == layer_id:
                    return self.createIndex(row, NAME, number + 1)
        return QModelIndex()

    def is_in_range(self, layer: MapLayer) -> bool:
        """Return whether the view's scale shows a layer."""
        box = self._map.content.box
        return box is None or layer.from_zoom <= box.zoom < layer.to_zoom

    # Qt

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Return the index of a group or of a layer in one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: ANN401, B008 - Qt's signature
        """Return the group of a layer."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, NAME, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of groups, or of layers in one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != 0 or parent.column() != NAME:
            return 0
        return len(self._layers[self._groups[parent.row()]])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        del parent
        return 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Layer"), self.tr("In view"), self.tr("Scale"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let boxes be ticked and movable layers be dragged."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        layer = self.layer_at(index)
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if layer is None:
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if layer.movable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what the view and the screen reader ask of a cell."""
        if not index.isValid():
            return None
        layer = self.layer_at(index)
        if layer is None:
            return self._group_data(self._groups[index.row()], index.column(), role)
        return self._layer_data(layer, index.column(), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Show or hide a layer or a whole group."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        layer = self.layer_at(index)
        layers = self._layers[self._groups[index.row()]] if layer is None else (layer,)
        shown = Qt.CheckState(value) is not Qt.CheckState.Unchecked
        self._keeper.set_shown([each.id for each in layers], shown=shown)
        return True

    # Drag and drop

    def supportedDropActions(self) -> Qt.DropAction:
        """Layers are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Layers only."""
        return [_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:  # noqa: ANN401 - Qt's signature
        """Name the layer that is dragged."""
        data = QMimeData()
        layer = self.layer_at(indexes[0]) if indexes else None
        data.setData(_MIME, QByteArray(layer.id.encode() if layer is not None else b""))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Take a layer between layers of its own group."""
        del action, row, column
        source = self._dragged(data)
        return source.isValid() and parent.isValid() and source.parent().row() == parent.row()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move a layer to a place of its group; False: the view must remove nothing."""
        if self.canDropMimeData(data, action, row, column, parent):
            source = self._dragged(data)
            layer = self.layer_at(source)
            to = row if row >= 0 else self.rowCount(parent)
            steps = to - source.row() - (1 if to > source.row() else 0)
            if layer is not None and steps:
                self._keeper.move(layer.id, steps)
        return False

    def _dragged(self, data: QMimeData) -> QModelIndex:
        return self.index_of(bytes(data.data(_MIME).data()).decode("utf-8", "replace"))

    # Cells

    def _group_data(self, group: str, column: int, role: int) -> Any:  # noqa: ANN401
        layers = self._layers[group]
        on = sum(self._keeper.settings.is_shown(layer) for layer in layers)
        title = self._group_titles.get(group, group)
        match role:
            case Qt.ItemDataRole.DisplayRole if column == NAME:
                return title
            case Qt.ItemDataRole.CheckStateRole if column == NAME:
                if on == len(layers):
                    return Qt.CheckState.Checked
                return Qt.CheckState.PartiallyChecked if on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.FontRole if column == NAME:
                return self._theme.font(bold=True)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("{group}: {on} of {all} layers shown").format(
                    group=title, on=on, all=len(layers)
                )
        return None

    def _layer_data(self, layer: MapLayer, column: int, role: int) -> Any:  # noqa: ANN401
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (self.title_of(layer), self._count(layer), self._range(layer))[column]
            case Qt.ItemDataRole.CheckStateRole if column == NAME:
                shown = self._keeper.settings.is_shown(layer)
                return Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole if column == NAME:
                return self._icon(layer.id)
            case Qt.ItemDataRole.TextAlignmentRole if column == COUNT:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(layer, column)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._sentence(layer)
        return layer.id if role == LAYER_ROLE else None

    def _ink(self, layer: MapLayer, column: int) -> QColor:
        if not self.is_in_range(layer) or not self._keeper.settings.is_shown(layer):
            return self._theme.color("text3")
        return self._theme.color("text1" if column == NAME else "text2")

    def _count(self, layer: MapLayer) -> str:
        count = self._counts.get(layer.id, _NO_COUNT)
        return f"{count.in_view:,} / {count.total:,}" if count.total else ""

    def range_text(self, layer: MapLayer) -> str:
        """Return from which scale a layer is drawn, and how faint when it is."""
        parts = []
        if layer.from_zoom > 0:
            parts.append(self.tr("from 1:{n}").format(n=self._figure(layer.from_zoom)))
        if layer.to_zoom < LAST_ZOOM:
            parts.append(self.tr("to 1:{n}").format(n=self._figure(layer.to_zoom)))
        opacity = self._keeper.settings.opacity_of(layer)
        if opacity < 1.0:
            parts.append(f"{opacity:.0%}")
        return " · ".join(parts)

    def _range(self, layer: MapLayer) -> str:
        """Return the same in a cell's room: the column is headed 'Scale'."""
        parts = [f"1:{self._figure(layer.from_zoom)}"] if layer.from_zoom > 0 else []
        if layer.to_zoom < LAST_ZOOM:
            parts.append(self.tr("to 1:{n}").format(n=self._figure(layer.to_zoom)))
        opacity = self._keeper.settings.opacity_of(layer)
        return " · ".join([*parts, *([f"{opacity:.0%}"] if opacity < 1.0 else [])])

    def _figure(self, zoom: float) -> str:
        """Return a scale's denominator, short: 14,000 as '14k', in Chinese 110,000 as '11万'."""
        box = self._map.content.box
        n = scale_of(zoom, 0.0 if box is None else (box.south_deg + box.north_deg) / 2)
        if self._language == "zh":
            return f"{n / 10_000:g}万" if n >= 10_000 else f"{n}"
        return f"{n / 1000:g}k" if n >= 1000 else f"{n}"

    def _sentence(self, layer: MapLayer) -> str:
        count = self._counts.get(layer.id, _NO_COUNT)
        parts = [self.title_of(layer)]
        shown = self._keeper.settings.is_shown(layer)
        parts.append(self.tr("shown") if shown else self.tr("hidden"))
        if not self.is_in_range(layer):
            parts.append(self.tr("not drawn at this scale"))
        if count.total:
            parts.append(self.tr("{n} of {all} in view").format(n=count.in_view, all=count.total))
        if self.range_text(layer):
            parts.append(self.range_text(layer))
        return ", ".join(parts)

    def _icon(self, layer_id: str) -> QPixmap | None:
        """Return a layer's symbols side by side."""
        if layer_id not in self._icons:
            pictures = [each for each in self._keeper.pictures(layer_id) if not each.isNull()]
            pictures = pictures[: _SYMBOLS.get(layer_id, 1)]
            if not pictures:
                return None
            joined = QPixmap(sum(each.width() for each in pictures), pictures[0].height())
            joined.fill(Qt.GlobalColor.transparent)
            painter = QPainter(joined)
            left = 0
            for each in pictures:
                painter.drawPixmap(left, 0, each)
                left += each.width()
            painter.end()
            self._icons[layer_id] = joined
        return self._icons[layer_id]

    # Changes

    def _read(self) -> None:
        layers = self._keeper.layers
        self._layers = {
            group: mine
            for group in GROUPS
            if (mine := tuple(layer for layer in layers if layer.group == group))
        }
        self._groups = tuple(self._layers)

    @Slot()
    def _on_keeper_changed(self) -> None:
        before = {g: [layer.id for layer in mine] for g, mine in self._layers.items()}
        now: dict[str, list[str]] = {group: [] for group in GROUPS}
        for layer in self._keeper.layers:
            now[layer.group].append(layer.id)
        now = {group: ids for group, ids in now.items() if ids}
        if before == now:
            self._read()
            self._tell()
        elif {g: sorted(ids) for g, ids in before.items()} == {
            g: sorted(ids) for g, ids in now.items()
        }:
            self._reorder()
        else:
            self.beginResetModel()
            self._read()
            self.endResetModel()

    def _reorder(self) -> None:
        self.layoutAboutToBeChanged.emit()
        old = [(index, self.layer_at(index)) for index in self.persistentIndexList()]
        self._read()
        for index, layer in old:
            if layer is not None:
                to = self.index_of(layer.id)
                self.changePersistentIndex(index, to.siblingAtColumn(index.column()))
        self.layoutChanged.emit()

    @Slot()
    def _on_keeper_pictures_changed(self) -> None:
        self._icons.clear()
        self._tell()

    def _tell(self) -> None:
        """All cells may look otherwise: 40 rows at most, painted where they are in view."""
        if self._groups:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self._groups) - 1, RANGE))
        for row, group in enumerate(self._groups):
            parent = self.index(row, NAME)
            self.dataChanged.emit(
                self.index(0, NAME, parent), self.index(len(self._layers[group]) - 1, RANGE, parent)
            )
