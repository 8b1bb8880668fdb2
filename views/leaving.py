"""Asks what becomes of the gateway when the desk is closed."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_leave(parent: QWidget) -> bool | None:
    """Return whether the gateway is to stop too; None when the user stays."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Leaving", text)

    box = QMessageBox(parent)
    box.setWindowTitle(tr("Leave the desk"))
    box.setText(tr("The gateway watches on when it is left running."))
    keep = box.addButton(tr("Leave, gateway runs on"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(tr("Leave and stop the gateway"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.exec()
    chosen = box.clickedButton()
    if chosen is keep:
        return False
    return True if chosen is stop else None
