"""Header sections and cells of tables and lists: texts that their column cuts off."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
)

from views.faces.fault import gives_way
from views.widgets.table_model import TableModel
from views.widgets.table_view import CellDelegate, TableView


def cells_on_screen(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Yield the cells whose row is on screen, whole or in part."""
    model, area = view.model(), view.viewport().rect()
    if model is None:
        return
    columns = model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            index = model.index(row, column)
            box = view.visualRect(index)
            if box.isEmpty():
                continue
            if box.top() > area.bottom():
                return
            if box.intersects(area):
                yield index


def cut_cells(view: QAbstractItemView) -> Iterator[str]:
    """Yield the texts on screen that aren't shown whole."""
    for index in cells_on_screen(view):
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        is_cut = bool(text) and _needed_px(view, index) > _room_px(view, index)
        if is_cut and not gives_way(f"{view.objectName()}/{_column(view, index)}"):
            yield text


def cut_titles(view: QTableView | QTreeView) -> Iterator[str]:
    """Yield the column titles that aren't shown whole."""
    header = _header(view)
    if not header.isVisible():
        return
    for section in range(header.count()):
        title = str(view.model().headerData(section, Qt.Orientation.Horizontal) or "")
        needed = header.sectionSizeHint(section)
        if isinstance(view, TableView):
            needed = view.title_px(section)
        if title and not view.isColumnHidden(section) and needed > header.sectionSize(section):
            yield title


def titles(view: QTableView | QTreeView) -> Iterator[str]:
    """Yield the column titles."""
    for section in range(view.model().columnCount(QModelIndex())):
        yield str(view.model().headerData(section, Qt.Orientation.Horizontal) or "")


def _header(view: QTableView | QTreeView) -> QHeaderView:
    return view.horizontalHeader() if isinstance(view, QTableView) else view.header()


def _column(view: QAbstractItemView, index: QModelIndex) -> str:
    model = view.model()
    return model.columns[index.column()].key if isinstance(model, TableModel) else ""


def _room_px(view: QAbstractItemView, index: QModelIndex) -> int:
    box = view.visualRect(index)
    return min(box.right(), view.viewport().width() - 1) - max(box.left(), 0) + 1


def _needed_px(view: QAbstractItemView, index: QModelIndex) -> int:
    delegate = view.itemDelegate()
    if isinstance(delegate, CellDelegate):
        return delegate.needed_px(index)
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    wraps = bool(option.features & QStyleOptionViewItem.ViewItemFeature.WrapText)
    if wraps:
        option.rect = view.visualRect(index)
        return 0 if delegate.sizeHint(option, index).height() <= option.rect.height() else 1 << 16
    return delegate.sizeHint(option, index).width()
