"""Asks for one line of text, over the window and without stopping the desk."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

_CHARACTERS = 60


def ask_text(parent: QWidget, title: str, label: str, take: Callable[[str], None]) -> QInputDialog:
    """Ask, and call `take` with what was typed; nothing happens when it is empty or cancelled."""
    dialog = QInputDialog(parent.window())
    dialog.setObjectName("ask-text")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setOkButtonText(title)
    dialog.setCancelButtonText(QCoreApplication.translate("AskText", "Back"))
    for edit in dialog.findChildren(QLineEdit):
        edit.setMinimumWidth(edit.fontMetrics().averageCharWidth() * _CHARACTERS)

    def taken(text: str) -> None:
        if text.strip():
            take(text.strip())

    dialog.textValueSelected.connect(taken)
    dialog.open()
    return dialog
