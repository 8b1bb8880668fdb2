"""A scrolling column of rows with a word for when there are none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from views.widgets.badges import wrapped_label
from views.widgets.naming import named

_MARGIN_PX = 6
_GAP_PX = 4


def empty_label() -> QLabel:
    """Return the label that says why a column is empty."""
    label = named(wrapped_label(), "emptyTitle")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def row_column(host: QWidget, *tail: QWidget) -> QVBoxLayout:
    """Fill `host` with a column that scrolls down only; return the layout for its rows.

    `tail` stands under the rows; a stretch under that keeps them at the top.
    """
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
    rows.setSpacing(_GAP_PX)
    for widget in tail:
        rows.addWidget(widget)
    rows.addStretch(1)
    scroll = QScrollArea(widgetResizable=True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(box)
    layout = QVBoxLayout(host)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    return rows
