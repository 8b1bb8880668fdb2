"""The tree of layers: keys and the mouse tick, move and choose."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from maps.layers import MapLayer
from views.map_layers.model import COUNT, NAME, RANGE, Index, LayerModel
from views.theme import Theme
from views.widgets.keys import ENTER, KeepsKeys

_MARGIN_PX = 18


class LayerTree(KeepsKeys, QTreeView):
    """Signals: current_changed(MapLayer or None)."""

    current_changed = Signal(object)
    kept_keys = ENTER

    def __init__(self, theme: Theme, model: LayerModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._on_fit_soon_timeout)
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
        self.expandAll()
        model.modelReset.connect(self.expandAll)
        for signal in (model.modelReset, model.dataChanged):
            signal.connect(self._fit_soon.start)
        self._on_fit_soon_timeout()

    @Slot()
    def _on_fit_soon_timeout(self) -> None:
        """Fit the columns of figures to their texts and titles.

        Not by the header's own fitting, which asks each cell for all it has.
        """
        metrics = self.fontMetrics()
        header = self.header()
        for column in (COUNT, RANGE):
            needed = max(map(metrics.horizontalAdvance, self._model.texts(column)), default=0)
            title = header.sectionSizeHint(column)
            header.resizeSection(column, max(needed + self._theme.px(_MARGIN_PX), title))

    def current_layer(self) -> MapLayer | None:
        """Return the layer of the current row, None on a group."""
        return self._model.layer_at(self.currentIndex())

    def choose(self, layer_id: str) -> None:
        """Make a layer current."""
        self.setCurrentIndex(self._model.index_of(layer_id))

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to another font: the style sheet brings one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_soon.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which layer is current."""
        super().currentChanged(current, previous)
        self.current_changed.emit(self._model.layer_at(current))
