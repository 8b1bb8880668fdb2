"""Finds the parts of a sheet."""

from PySide6.QtWidgets import QPushButton, QWidget


def button(sheet: QWidget, name: str) -> QPushButton:
    """Return the button of this name."""
    found = sheet.findChild(QPushButton, name)
    assert found is not None, name
    return found
