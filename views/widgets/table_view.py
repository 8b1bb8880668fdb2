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
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from views.theme import Theme
from views.widgets.badges import plain_tip
from views.widgets.column_widths import Wish, shared_widths
from views.widgets.keys import ENTER, KeepsKeys
from views.widgets.severity import paint_severity, severity_token
from views.widgets.table_model import ROW_ROLE, CellLook, TableModel

_ROW_PX = 29
_TEXT_PX, _BADGE_PX, _PADDING_PX = 13, 12, 17
_MOST_KEPT = 20_000
_MOST_ON_SCREEN = 100
_LEAST_STRETCHED_PX = 110
_TONES = {
    "1": "alarm.critical", "2": "alarm.high", "3": "alarm.medium", "4": "alarm.low", "ok": "ok",
}  # fmt: skip
_SELECTED = QStyle.StateFlag.State_Selected.value
_HOVERED = QStyle.StateFlag.State_MouseOver.value
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints one cell: background, shape, text or badge, and the hairline under the row.

    A screen has some hundred cells and paints them often: a cell is asked of the model once, and
    the widths of texts are kept.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = QFontMetrics(theme.font(_TEXT_PX))
        self._badges = QFontMetrics(theme.font(_BADGE_PX))
        self._advances: dict[tuple[str, bool], int] = {}

    def forget(self) -> None:
        """Measure anew: fonts differ."""
        self._texts = QFontMetrics(self._theme.font(_TEXT_PX))
        self._badges = QFontMetrics(self._theme.font(_BADGE_PX))
        self._advances = {}

    def needed(self, look: CellLook) -> int:
        """Return the width [px] that a cell needs to show all of its text."""
        badge = look.tone is not None
        width = self._advance(look.text, badge=badge) + self._theme.px(_PADDING_PX)
        width += self._theme.px(12) if badge else 0
        return width + (self._theme.px(16) if look.severity is not None else 0)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of the whole text with its padding."""
        return QSize(self.needed_px(index), self._theme.px(_ROW_PX))

    def needed_px(self, index: Index) -> int:
        """Return the width [px] in which a cell's text isn't cut, 0 for none."""
        look = _look(index)
        return self.needed(look) if look.text else 0

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show a cell's tip, and the whole text of a cell that is cut; both are data, no HTML."""
        tips = [str(index.data(Qt.ItemDataRole.ToolTipRole) or "")]
        text = str(index.data() or "")
        if self.needed_px(index) > option.rect.width() and text not in tips[0]:
            tips.insert(0, text)
        tip = "\n".join(each for each in tips if each)
        QToolTip.showText(event.globalPos(), plain_tip(tip), view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        box: QRect = option.rect
        view = option.widget
        if (
            isinstance(view, QTableView)
            and box.top() > 0
            and box.bottom() > view.viewport().height()
        ):
            return  # half a line of text reads as a fault; the scroll bar tells there's more
        state = option.state.value
        theme = self._theme
        look = _look(index)
        if state & _SELECTED:
            painter.fillRect(box, theme.color("selected"))
        elif state & _HOVERED:
            painter.fillRect(box, theme.color("hover"))
        elif look.heads:
            painter.fillRect(box, theme.color("raised"))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(theme.px(8), 0, -theme.px(8), -1)
        if look.severity is not None:
            inner = self._paint_shape(painter, inner, look.severity)
        if look.tone is not None and look.text:
            self._paint_badge(painter, inner, look.text, look.tone)
        elif look.text:
            painter.setFont(theme.font(_TEXT_PX, bold=look.heads))
            painter.setPen(theme.color(look.token or "text1"))
            shown = self._elided(look.text, inner.width(), badge=False)
            painter.drawText(inner, _RIGHT if look.right else _LEFT, shown)

    def _advance(self, text: str, *, badge: bool) -> int:
        width = self._advances.get((text, badge))
        if width is None:
            if len(self._advances) >= _MOST_KEPT:
                self._advances = {}
            metrics = self._badges if badge else self._texts
            width = self._advances[text, badge] = metrics.horizontalAdvance(text)
        return width

    def _elided(self, text: str, room: int, *, badge: bool) -> str:
        if "\n" not in text and self._advance(text, badge=badge) <= room:
            return text
        metrics = self._badges if badge else self._texts
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _paint_shape(self, painter: QPainter, inner: QRect, severity: int) -> QRect:
        side = self._theme.px(9)
        box = QRectF(inner.left(), inner.center().y() - side / 2 + 0.5, side, side)
        paint_severity(painter, severity, box, self._theme.color(severity_token(severity)))
        return inner.adjusted(self._theme.px(16), 0, 0, 0)

    def _paint_badge(self, painter: QPainter, inner: QRect, text: str, tone: str) -> None:
        theme = self._theme
        shown = self._elided(text, inner.width() - theme.px(12), badge=True)
        width = self._advance(shown, badge=True) + theme.px(12)
        height = theme.px(18)
        box = QRect(inner.left(), inner.center().y() - height // 2 + 1, width, height)
        painter.setFont(theme.font(_BADGE_PX))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(theme.color(_TONES.get(tone, "line-strong")))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(theme.color(_TONES.get(tone, "text2")))
        painter.drawText(box, _CENTER, shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _look(index: Index) -> CellLook:
    model = index.model()
    if isinstance(model, TableModel):
        return model.look(index.row(), index.column())
    return CellLook(str(index.data() or ""))


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
        self._cells = CellDelegate(theme, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(2 * theme.px(_ROW_PX))  # titles and a row, before others give way
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(theme.px(_ROW_PX))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        self.horizontalHeader().setHighlightSections(False)
        # rows come in many runs: the widths are worked out once, after the last
        self._fit_timer = QTimer(self, singleShot=True, interval=0)
        self._fit_timer.timeout.connect(self._fit_columns)
        self.horizontalHeader().setMinimumSectionSize(theme.px(32))
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
        model.modelReset.connect(self._fit_timer.start)
        model.headerDataChanged.connect(self._on_titles_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take from columns with room to spare before the stretched one becomes unreadable."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_columns()
        else:
            self._fit_timer.start()

    def _fit_columns(self) -> None:
        model, header = self.model(), self.horizontalHeader()
        if not isinstance(model, TableModel) or not model.rowCount():
            return
        shown = [n for n in range(len(model.columns)) if not self.isColumnHidden(n)]
        stretched = [n for n in shown if model.columns[n].stretch]
        fixed = [n for n in shown if not model.columns[n].stretch]
        if not stretched or not all(model.columns[n].width for n in fixed):
            return
        wishes = {
            n: Wish(
                self._theme.px(model.columns[n].width),
                max(self.title_px(n), self._needed(model, n)),
            )
            for n in fixed
        }
        # Qt gives all stretched columns the same width
        longest_px = max(max(self.title_px(n), self._needed(model, n)) for n in stretched)
        least_px = self._theme.px(_LEAST_STRETCHED_PX) * len(stretched)
        widths = shared_widths(
            self.viewport().width(), wishes, longest_px * len(stretched), least_px
        )
        for position, width in widths.items():
            header.resizeSection(position, width)

    def title_px(self, column: int) -> int:
        """Return the width [px] in which a column's title isn't cut (padding as in the sheet)."""
        title = self.model().headerData(column, Qt.Orientation.Horizontal)
        if not title or self.horizontalHeader().isHidden():
            return 0
        return QFontMetrics(self._theme.font(12)).horizontalAdvance(title) + self._theme.px(12) + 2

    def _needed(self, model: TableModel[Any], column: int) -> int:
        """Return the width [px] that the rows on screen need in a column."""
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        last = model.rowCount() - 1 if last < 0 else last
        last = min(last, first + _MOST_ON_SCREEN)
        looks = (model.look(row, column) for row in range(first, last + 1))
        return max((self._cells.needed(look) for look in looks if look.text), default=0)

    def visible_span(self) -> tuple[int, int]:
        """Return the first and last row on screen; (0, -1) when there is none."""
        last_row = self.model().rowCount() - 1
        if last_row < 0:
            return 0, -1
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return first, last_row if last < 0 else last

    def repaint_ticking(self) -> None:
        """Repaint the cells on screen that change with the time alone, where they say something.

        `TableModel.tick` tells of whole columns; Qt then paints all that is on screen.
        """
        model = self.model()
        if not isinstance(model, TableModel):
            return
        first, last = self.visible_span()
        ticking = [n for n, column in enumerate(model.columns) if column.ticks]
        for row in range(first, last + 1):
            for column in ticking:
                if model.look(row, column).text:
                    self.update(model.index(row, column))

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

    def _on_titles_changed(self, *_sections: object) -> None:
        self._fit_timer.start()

    def _on_scheme_changed(self, _theme: Theme) -> None:
        self._cells.forget()
        self.viewport().update()
