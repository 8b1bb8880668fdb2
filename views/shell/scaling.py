"""Draws a window larger or smaller while it is open: what was set in pixels follows the scale."""

from PySide6.QtWidgets import QHeaderView, QLayout, QSplitter, QTableView, QWidget

from views.widgets.flow import FlowLayout

_FREE = 16_777_215  # QWIDGETSIZE_MAX: no limit was set
_HAIRLINE = 1
_FOREIGN = ("QWebEngine", "QQuick", "RenderWidget")


def rescale(root: QWidget, ratio: float) -> None:
    """Multiply margins, spacings, fixed sizes and table rows of a window by `ratio`.

    Fonts and everything painted follow the theme by themselves; the map page has a zoom of its
    own, so its inner widgets are left alone.
    """
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.metaObject().className().startswith(_FOREIGN):
            continue
        _rescale_limits(widget, ratio)
        layout = widget.layout()
        if layout is not None:
            _rescale_layout(layout, ratio)
        if isinstance(widget, QSplitter):
            widget.setHandleWidth(_times(widget.handleWidth(), ratio))
        if isinstance(widget, QTableView):
            _rescale_table(widget, ratio)


def _times(size: int, ratio: float) -> int:
    return size if size <= _HAIRLINE else round(size * ratio)


def _rescale_limits(widget: QWidget, ratio: float) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    wide, high = _limit(most.width(), ratio), _limit(most.height(), ratio)
    widget.setMinimumSize(0, 0)  # so that the new maximum is never below the old minimum
    widget.setMaximumSize(wide, high)
    widget.setMinimumSize(_times(least.width(), ratio), _times(least.height(), ratio))


def _limit(size: int, ratio: float) -> int:
    return size if size >= _FREE else _times(size, ratio)


def _rescale_layout(layout: QLayout, ratio: float) -> None:
    margins = layout.contentsMargins()
    layout.setContentsMargins(
        _times(margins.left(), ratio),
        _times(margins.top(), ratio),
        _times(margins.right(), ratio),
        _times(margins.bottom(), ratio),
    )
    if isinstance(layout, FlowLayout):
        layout.rescale(ratio)
    elif layout.spacing() > 0:
        layout.setSpacing(_times(layout.spacing(), ratio))
    for position in range(layout.count()):
        item = layout.itemAt(position)
        inner = item.layout() if item is not None else None
        if inner is not None:
            _rescale_layout(inner, ratio)


def _rescale_table(table: QTableView, ratio: float) -> None:
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    for header in (rows, columns):
        header.setMinimumSectionSize(_times(header.minimumSectionSize(), ratio))
    rows.setDefaultSectionSize(_times(rows.defaultSectionSize(), ratio))
    for position in range(columns.count()):
        if columns.sectionResizeMode(position) is QHeaderView.ResizeMode.Interactive:
            columns.resizeSection(position, _times(columns.sectionSize(position), ratio))
