"""The tree of layers: keys and the mouse tick, move and choose."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from maps.layers import MapLayer
from views.map_layers.model import COUNT, NAME, RANGE, Index, LayerModel
from views.theme import Theme
from views.widgets.keys import ENTER, KeepsKeys

_FIT_MS = 500


class LayerTree(KeepsKeys, QTreeView):
    """Signals: current_changed(MapLayer or None)."""

    current_changed = Signal(object)
    kept_keys = ENTER

    def __init__(self, theme: Theme, model: LayerModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.setModel(model)
        self.setObjectName("layerTree")
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.px(10))
        self.setIconSize(QSize(theme.px(72), theme.px(18)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (COUNT, RANGE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        # a header that fits itself measures every row for each group that is told anew
        self._fit_soon = QTimer(self, singleShot=True, interval=_FIT_MS)
        self._fit_soon.timeout.connect(self._fit)
        model.dataChanged.connect(self._on_model_data_changed)
        self.expandAll()
        self._fit()
        model.modelReset.connect(self.expandAll)

    @Slot()
    def _on_model_data_changed(self) -> None:
        if not self._fit_soon.isActive():
            self._fit_soon.start()

    @Slot()
    def _fit(self) -> None:
        for column in (COUNT, RANGE):
            self.resizeColumnToContents(column)

    def current_layer(self) -> MapLayer | None:
        """Return the layer of the current row, None on a group."""
        return self._model.layer_at(self.currentIndex())

    def choose(self, layer_id: str) -> None:
        """Make a layer current."""
        self.setCurrentIndex(self._model.index_of(layer_id))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which layer is current."""
        super().currentChanged(current, previous)
        self.current_changed.emit(self._model.layer_at(current))
