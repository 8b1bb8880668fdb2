"""Where widgets stand: inside their parent, and none over another."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QSplitterHandle, QWidget

_TOLERANCE_PX = 1


def is_outside(widget: QWidget) -> bool:
    """Return whether a widget reaches over its parent's edge; what scrolls may."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(widget):
        return False
    grown = parent.rect().adjusted(-_TOLERANCE_PX, -_TOLERANCE_PX, _TOLERANCE_PX, _TOLERANCE_PX)
    return not grown.contains(widget.geometry())


def overlapping(parent: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """Yield neighbours of one layout that stand over each other."""
    layout = parent.layout()
    if layout is None:
        return
    placed = [each for each in _placed(layout) if each.isVisible()]
    for position, first in enumerate(placed):
        for second in placed[position + 1 :]:
            shared: QRect = first.geometry() & second.geometry()
            if min(shared.width(), shared.height()) > _TOLERANCE_PX:
                yield first, second


def scrolled_sideways(area: QAbstractScrollArea) -> bool:
    """Return whether something is hidden at the side and no bar leads there."""
    bar = area.horizontalScrollBar()
    off = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return off and bar.maximum() > _TOLERANCE_PX


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    inside = isinstance(area, QAbstractScrollArea) and area.viewport() is parent
    return inside or isinstance(widget, QSplitterHandle)


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for position in range(layout.count()):
        item = layout.itemAt(position)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _placed(inner)
