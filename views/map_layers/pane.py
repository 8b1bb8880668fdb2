"""The pane of layers: tree, opacity and order of the current one, filters."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from maps.layers import MapLayer
from views.actions import ActionSpec
from views.kit import ViewKit
from views.map.layer_keeper import LayerKeeper
from views.map.widget import MapWidget
from views.map_layers.filter_bar import FilterBar
from views.map_layers.model import LayerModel
from views.map_layers.tree import LayerTree
from views.widgets.badges import ElidedLabel, PlainLabel
from views.widgets.flow import FlowLayout
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane

_COUNT_AFTER_MS = 200


class LayersPane(Pane):
    """Every layer with symbol, count and scale; saved for each station by the keeper."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget, keeper: LayerKeeper) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._keeper = keeper
        self.model = LayerModel(keeper, map_widget, kit.theme, self)
        self.tree = LayerTree(kit.theme, self.model)
        self.filter_bar = FilterBar(kit.theme, keeper)
        self._opacity_name = ElidedLabel(role="secondary")
        self._opacity = named(QSlider(Qt.Orientation.Horizontal), "layer-opacity")
        self._opacity.setRange(10, 100)
        self._opacity_value = PlainLabel(role="secondary")
        self._reset = named(QPushButton(), "layers-reset")
        self._count_soon = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self._on_count_soon_timeout)
        self._add_actions()
        self._place()
        self.tree.current_changed.connect(self._on_tree_current_changed)
        self._opacity.valueChanged.connect(self._on_opacity_value_changed)
        self._reset.clicked.connect(keeper.reset)
        keeper.changed.connect(self._on_keeper_changed)
        map_widget.view_changed.connect(self._on_map_changed)
        map_widget.counts_changed.connect(self._on_map_changed)
        self.retranslate()
        self._on_tree_current_changed(None)
        self.model.recount()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.model.retranslate(self._kit.language)
        self.tree.setAccessibleName(self.tr("Layers"))
        self._opacity.setAccessibleName(self.tr("Opacity of the layer"))
        self._reset.setText(self.tr("Reset"))
        self._reset.setToolTip(self.tr("Show all layers as the program has them; filters go too."))
        self._show_title()
        self._show_current()

    def _add_actions(self) -> None:
        actions = self._kit.actions
        self._up, self._down = (
            actions.add(ActionSpec(
                f"map.layer_{name}", text, run, f"Ctrl+{key}", scope=self, enabled=self._can_move
            ))
            for name, text, run, key in (
                ("up", self._text_up, self._move_up, "Up"),
                ("down", self._text_down, self._move_down, "Down"),
            )
        )  # fmt: skip

    def _text_up(self) -> str:
        return self.tr("Up")

    def _text_down(self) -> str:
        return self.tr("Down")

    def _can_move(self) -> bool:
        layer = self.tree.current_layer()
        return layer is not None and layer.movable

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, steps: int) -> None:
        layer = self.tree.current_layer()
        if layer is not None:
            self._keeper.move(layer.id, steps)
            self.tree.choose(layer.id)

    def _place(self) -> None:
        px = self.theme.px
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tree, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(8), px(6), px(8), 0)
        foot.setSpacing(px(4))
        line = QHBoxLayout()
        line.addWidget(self._opacity_name, 1)
        line.addWidget(self._opacity, 1)
        line.addWidget(self._opacity_value)
        foot.addLayout(line)
        line = QHBoxLayout()
        line.addWidget(KeyButton(self.theme, action=self._up))
        line.addWidget(KeyButton(self.theme, action=self._down))
        line.addStretch(1)
        foot.addLayout(line)
        self._acts = FlowLayout(px(4), px(4))
        foot.addLayout(self._acts)
        column.addLayout(foot)
        column.addWidget(self.filter_bar)
        self.add_act(self._reset)
        self.set_body(body)

    def add_foot(self, *actions: QAction) -> None:
        """Append acts that concern whole layers under the list."""
        for action in actions:
            self._acts.addWidget(KeyButton(self.theme, action=action))

    def _show_title(self) -> None:
        on, of = self.model.shown
        self.set_title(self.tr("Layers"), self.tr("{on} of {all} shown").format(on=on, all=of))

    def _show_current(self) -> None:
        layer = self.tree.current_layer()
        self._opacity.setVisible(layer is not None)
        self._opacity_value.setText("")
        if layer is None:
            self._opacity_name.setText(self.tr("Opacity: choose a layer"))
        else:
            title = self.model.title_of(layer)
            self._opacity_name.setText(self.tr("Opacity: {layer}").format(layer=title))
            percent = round(100 * self._keeper.settings.opacity_of(layer))
            self._opacity.blockSignals(True)
            self._opacity.setMinimum(round(100 * layer.least_opacity))
            self._opacity.setValue(percent)
            self._opacity.blockSignals(False)
            self._opacity_value.setText(f"{percent} %")
        self._kit.actions.refresh("map.layer_up", "map.layer_down")

    @Slot(object)
    def _on_tree_current_changed(self, layer: MapLayer | None) -> None:
        self.filter_bar.show_layer(layer)
        self._show_current()

    @Slot(int)
    def _on_opacity_value_changed(self, percent: int) -> None:
        layer = self.tree.current_layer()
        if layer is not None:
            self._keeper.set_opacity(layer.id, percent / 100)

    @Slot()
    def _on_keeper_changed(self) -> None:
        self._show_title()
        self._show_current()

    @Slot()
    def _on_map_changed(self) -> None:
        if self.isVisible() and not self._count_soon.isActive():
            self._count_soon.start()

    @Slot()
    def _on_count_soon_timeout(self) -> None:
        self.model.recount()

    def showEvent(self, event: object) -> None:
        """Count anew: a hidden list counts nothing."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.model.recount()
