"""The table on screen: rows of one height, hairlines, badges and shapes painted by token."""

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from views.theme import Theme
from views.widgets.keys import ENTER, KeepsKeys
from views.widgets.severity import paint_severity, severity_token
from views.widgets.table_model import ROW_ROLE, SEVERITY_ROLE, TONE_ROLE, Column, TableModel

_ROW_PX = 29
_LEAST_STRETCHED_PX = 110
_TONES = {
    "1": "alarm.critical", "2": "alarm.high", "3": "alarm.medium", "4": "alarm.low", "ok": "ok",
}  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints one cell: background, shape, text or badge, and the hairline under the row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of the text with its padding."""
        hint = super().sizeHint(option, index)
        extra = self._theme.px(22)
        if index.data(SEVERITY_ROLE) is not None:
            extra += self._theme.px(16)
        return QSize(hint.width() + extra, self._theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("hover"))
        painter.setPen(self._theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(self._theme.px(8), 0, -self._theme.px(8), -1)
        severity = index.data(SEVERITY_ROLE)
        if severity is not None:
            inner = self._paint_shape(painter, inner, int(severity))
        tone = index.data(TONE_ROLE)
        text = str(index.data() or "")
        if tone is not None and text:
            self._paint_badge(painter, inner, text, str(tone))
        else:
            self._paint_text(painter, inner, text, index)
        painter.restore()

    def _paint_shape(self, painter: QPainter, inner: QRect, severity: int) -> QRect:
        side = self._theme.px(9)
        box = QRectF(inner.left(), inner.center().y() - side / 2 + 0.5, side, side)
        paint_severity(painter, severity, box, self._theme.color(severity_token(severity)))
        return inner.adjusted(self._theme.px(16), 0, 0, 0)

    def _paint_badge(self, painter: QPainter, inner: QRect, text: str, tone: str) -> None:
        font = self._theme.font(12)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(
            text, Qt.TextElideMode.ElideRight, inner.width() - self._theme.px(12)
        )
        width = metrics.horizontalAdvance(shown) + self._theme.px(12)
        height = self._theme.px(18)
        box = QRect(inner.left(), inner.center().y() - height // 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(_TONES.get(tone, "line-strong")))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(self._theme.color(_TONES.get(tone, "text2")))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _paint_text(self, painter: QPainter, inner: QRect, text: str, index: Index) -> None:
        model = index.model()
        token = None
        if isinstance(model, TableModel):
            column: Column[Any] = model.columns[index.column()]
            token = column.token(index.data(ROW_ROLE))
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.color(token or "text1"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = alignment if alignment is not None else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(flags), shown)


class TableView(KeepsKeys, QTableView):
    """A table for the keyboard: arrows select, Enter opens.

    Signals: opened(row): Enter or double click; chosen(row or None): the selection moved.
    """

    opened = Signal(object)
    chosen = Signal(object)
    kept_keys = ENTER

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setItemDelegate(CellDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(theme.px(_ROW_PX))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        self.horizontalHeader().setHighlightSections(False)
        # rows come in many runs: the widths are worked out once, after the last
        self._fit_timer = QTimer(self, singleShot=True, interval=0)
        self._fit_timer.timeout.connect(self._fit_columns)
        self.horizontalHeader().setMinimumSectionSize(theme.px(32))
        # widths follow the rows on screen: asking a thousand more holds the screen up
        self.horizontalHeader().setResizeContentsPrecision(0)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.scheme_changed.connect(self._on_scheme_changed)

    def show_model(self, model: TableModel[Any]) -> None:
        """Show a model with the widths its columns ask for."""
        self.setModel(model)
        header = self.horizontalHeader()
        stretched = False
        for position, column in enumerate(model.columns):
            if column.stretch:
                header.setSectionResizeMode(position, QHeaderView.ResizeMode.Stretch)
                stretched = True
            elif column.width:
                header.resizeSection(position, self._theme.px(column.width))
        header.setStretchLastSection(not stretched)
        model.rowsInserted.connect(self._fit_timer.start)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take from columns with room to spare before the stretched one becomes unreadable."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        model, header = self.model(), self.horizontalHeader()
        if not isinstance(model, TableModel) or not model.rowCount():
            return
        stretched = [n for n, column in enumerate(model.columns) if column.stretch]
        widths = {n: column.width for n, column in enumerate(model.columns) if not column.stretch}
        if not stretched or not all(widths.values()):
            return
        room = self.viewport().width() - self._theme.px(_LEAST_STRETCHED_PX) * len(stretched)
        tight = sum(self._theme.px(width) for width in widths.values()) > room
        for position, width in widths.items():
            wanted = self._theme.px(width)
            if tight:
                needed = max(self.sizeHintForColumn(position), header.sectionSizeHint(position))
                wanted = min(wanted, needed)
            header.resizeSection(position, wanted)

    def current_row(self) -> Any:  # noqa: ANN401 - the row type of the model
        """Return the selected row's value, None when nothing is selected."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            row = self.current_row()
            if row is not None:
                self.opened.emit(row)
                return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW_ROLE))

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(current.data(ROW_ROLE) if current.isValid() else None)

    def _on_scheme_changed(self, _theme: Theme) -> None:
        self.viewport().update()
