"""What can be wrong with a screen, and what gives way by design."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

Kind = Literal["cut", "outside", "overlap", "glyph"]

# Texts that may be cut: the whole stands in the tip. Object name, or table/column → why.
GIVES_WAY = {
    "log-table/text": "a sentence of the log may be of any length",
    "timeline-table/text": "a sentence of the log may be of any length",
    "records-plans/for": "a plan may cover every kind of incident; its details list them beside it",
    "records-materials/stock": "a depot may hold a hundred things; its details list them beside it",
    "records-teams/can": "a team may have every capability; its details list them beside it",
    "revisions/what": "the name of a file may be of any length",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing a customer would see."""

    kind: Kind
    where: str
    text: str

    def __str__(self) -> str:
        """Return one line: what, where, which text."""
        return f"{self.kind}: {self.where}: {self.text!r}"


def place_of(widget: QWidget) -> str:
    """Return the path of names that leads to a widget, its class where it has none."""
    names = []
    node: QWidget | None = widget
    while node is not None and not node.isWindow():
        if node.objectName() and not node.objectName().startswith("qt_"):
            names.append(node.objectName())
        node = node.parentWidget()
    own = type(widget).__name__
    return "/".join([*reversed(names), own][-4:])


def gives_way(name: str) -> bool:
    """Return whether a widget or a column (`table/column`) is on the list of what may be cut."""
    return name in GIVES_WAY
