"""A small bar: one attribute, one question, one value; what is set stands under it as words."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from maps.conditions import Filter, Op
from maps.filters import FIELDS, FilterError, field_of, make_filter
from maps.layers import MapLayer
from views.i18n import Retranslating
from views.map.layer_keeper import LayerKeeper
from views.map.words import MapWords
from views.map_layers.filter_words import FilterWords
from views.theme import Theme, set_property
from views.widgets.badges import ElidedLabel, PlainLabel
from views.widgets.keys import OwnLine
from views.widgets.naming import named


class _Chip(QWidget):
    """One filter in words, and the button that removes it."""

    def __init__(self, theme: Theme, text: str, remove: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        label = ElidedLabel(role="secondary")
        label.setText(text)
        self.button = named(QPushButton("×"), "filter-remove")
        self.button.setAccessibleName(remove)
        self.button.setToolTip(remove)
        row.addWidget(label, 1)
        row.addWidget(self.button)


class FilterBar(Retranslating, QWidget):
    """Filters the kind of the layer that is current in the list."""

    def __init__(self, theme: Theme, keeper: LayerKeeper) -> None:
        super().__init__()
        self._theme = theme
        self._keeper = keeper
        self._kind = ""
        self._words = FilterWords(self)
        self._map_words = MapWords(self)
        self._title = PlainLabel(role="strong")
        self._fields = named(QComboBox(), "filter-field")
        self._ops = named(QComboBox(), "filter-op")
        self._value = named(OwnLine(), "filter-value")
        self._add = named(QPushButton(), "filter-add")
        self._fault = named(PlainLabel(role="secondary"), "filter-fault")
        self._fault.setWordWrap(True)
        self._chips = QVBoxLayout()
        self._place()
        self._fields.currentIndexChanged.connect(self._on_fields_current_index_changed)
        self._value.returnPressed.connect(self._on_add_clicked)
        self._add.clicked.connect(self._on_add_clicked)
        keeper.changed.connect(self._show_filters)
        self.retranslate()

    def show_layer(self, layer: MapLayer | None) -> None:
        """Offer the attributes of a layer's rows."""
        kind = layer.kind if layer is not None and layer.kind in FIELDS else ""
        if kind != self._kind:
            self._kind = kind
            self._fault.setText("")
            self._fill_fields()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._value.setPlaceholderText(self.tr("value"))
        self._value.setAccessibleName(self.tr("Filter: value"))
        self._fields.setAccessibleName(self.tr("Filter: attribute"))
        self._ops.setAccessibleName(self.tr("Filter: question"))
        self._add.setText(self.tr("Filter"))
        self._fill_fields()
        self._show_filters()

    def _place(self) -> None:
        column = QVBoxLayout(self)
        margin = self._theme.px(8)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(self._theme.px(4))
        column.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(4))
        row.addWidget(self._fields, 3)
        row.addWidget(self._ops, 2)
        column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(4))
        row.addWidget(self._value, 1)
        row.addWidget(self._add)
        column.addLayout(row)
        column.addWidget(self._fault)
        column.addLayout(self._chips)
        self._fault.hide()

    def _fill_fields(self) -> None:
        known = bool(self._kind)
        for widget in (self._fields, self._ops, self._value, self._add):
            widget.setVisible(known)
        kinds = self._map_words.kinds()
        self._title.setText(
            self.tr("Filter: {kind}").format(kind=kinds[self._kind])
            if known
            else self.tr("Filter: choose a layer of objects above")
        )
        chosen = self._fields.currentData()
        self._fields.blockSignals(True)
        self._fields.clear()
        for field in FIELDS.get(self._kind, ()):
            self._fields.addItem(self._words.field(field.id), field.id)
        self._fields.setCurrentIndex(max(0, self._fields.findData(chosen)))
        self._fields.blockSignals(False)
        self._on_fields_current_index_changed(self._fields.currentIndex())

    @Slot(int)
    def _on_fields_current_index_changed(self, _index: int) -> None:
        self._ops.clear()
        field_id = self._fields.currentData()
        if field_id is not None and self._kind:
            for op in field_of(self._kind, field_id).ops:
                self._ops.addItem(self._words.op(op), op)
        self._value.setToolTip(self._words.hint(str(field_id)))

    @Slot()
    def _on_add_clicked(self) -> None:
        op: Op | None = self._ops.currentData()
        if not self._kind or op is None:
            return
        try:
            made = make_filter(self._kind, self._fields.currentData(), op, self._value.text())
        except FilterError as error:
            self._say(self._words.fault(error.code))
            return
        self._say("")
        self._value.clear()
        mine = [each for each in self._mine() if (each.field, each.op) != (made.field, made.op)]
        self._keeper.set_filters(self._kind, (*mine, made))

    def _say(self, text: str) -> None:
        set_property(self._fault, "severity", "2" if text else "")
        self._fault.setText(f"▲ {text}" if text else "")
        self._fault.setVisible(bool(text))

    def _mine(self) -> tuple[Filter, ...]:
        return tuple(each for each in self._keeper.settings.filters if each.kind == self._kind)

    @Slot()
    def _show_filters(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        kinds = self._map_words.kinds()
        for each in self._keeper.settings.filters:
            text = f"{kinds[each.kind]}: {self._words.sentence(each)}"
            chip = _Chip(self._theme, text, self.tr("Remove the filter {text}").format(text=text))
            chip.button.setProperty("filter", each)
            chip.button.clicked.connect(self._on_chip_clicked)
            self._chips.addWidget(chip)

    @Slot()
    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        gone = sender.property("filter") if sender is not None else None
        if isinstance(gone, Filter):
            kept = [each for each in self._keeper.settings.filters if each != gone]
            self._keeper.set_filters(gone.kind, [each for each in kept if each.kind == gone.kind])
            self._value.setFocus(Qt.FocusReason.OtherFocusReason)
