"""Asks for one line of text."""

from PySide6.QtWidgets import QInputDialog, QWidget


def ask_text(parent: QWidget, title: str, label: str) -> str:
    """Return what was typed, '' when the question was cancelled."""
    text, accepted = QInputDialog.getText(parent, title, label)
    return text.strip() if accepted else ""
