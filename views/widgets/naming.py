"""Object names, by which tests find widgets and the style sheet styles them."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """Give a widget its object name and return it."""
    widget.setObjectName(name)
    return widget
