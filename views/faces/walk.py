"""Walks over everything a window shows and tells what a customer would find fault with."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QTableView, QTreeView, QWidget

from views.faces.cells import cells_on_screen, cut_cells, cut_titles, titles
from views.faces.fault import Fault, gives_way, place_of
from views.faces.glyphs import missing
from views.faces.places import is_outside, overlapping, scrolled_sideways
from views.faces.room import cut_text, shown_texts

_FOREIGN = ("QWebEngine", "QQuick", "RenderWidget", "PlotWidget", "GraphicsLayout")


def faults(root: QWidget) -> tuple[Fault, ...]:
    """Return what is wrong with the visible widgets of a window, each fault once."""
    return tuple(dict.fromkeys(fault for widget in _visible(root) for fault in _of(widget)))


def _visible(root: QWidget) -> Iterator[QWidget]:
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            name = child.metaObject().className()
            if not name.startswith(_FOREIGN):
                yield from _visible(child)


def _of(widget: QWidget) -> Iterator[Fault]:
    where = place_of(widget)
    text = cut_text(widget)
    if text and not gives_way(widget.objectName()):
        yield Fault("cut", where, text)
    if is_outside(widget):
        yield Fault("outside", where, "".join(shown_texts(widget)[:1]))
    for first, second in overlapping(widget):
        yield Fault("overlap", place_of(first), place_of(second))
    for shown in shown_texts(widget):
        if lacking := missing(shown):
            yield Fault("glyph", where, lacking)
    if isinstance(widget, QAbstractScrollArea) and scrolled_sideways(widget):
        yield Fault("outside", where, "more at the side than can be reached")
    if isinstance(widget, QAbstractItemView):
        yield from _of_table(widget, where)


def _of_table(view: QAbstractItemView, where: str) -> Iterator[Fault]:
    yield from (Fault("cut", where, text) for text in cut_cells(view))
    shown = [str(index.data() or "") for index in cells_on_screen(view)]
    if isinstance(view, QTableView | QTreeView):
        yield from (Fault("cut", where, text) for text in cut_titles(view))
        shown.extend(titles(view))
    if lacking := missing("".join(shown)):
        yield Fault("glyph", where, lacking)
