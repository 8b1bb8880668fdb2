"""Asks what becomes of the gateway when the desk is closed; nothing waits for the answer."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton, QWidget

from views.widgets.naming import named


class LeaveBox(QMessageBox):
    """A question over the window that doesn't stop the desk: `open()` it and hear the answer.

    Signals: decided(bool): leave, and whether the gateway stops too. Nothing when the user stays.
    """

    decided = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("leaveBox")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Leave the desk"))
        self.setText(self.tr("The gateway watches on when it is left running."))
        role = QMessageBox.ButtonRole
        self.keep = self._button("leave-keep", self.tr("Leave, gateway runs on"), role.AcceptRole)
        self.halt = self._button(
            "leave-stop", self.tr("Leave and stop the gateway"), role.DestructiveRole
        )
        self.stay = self._button("leave-stay", self.tr("Stay"), role.RejectRole)
        self.setDefaultButton(self.keep)
        self.setEscapeButton(self.stay)
        self.buttonClicked.connect(self._on_button_clicked)

    def _button(self, name: str, text: str, role: QMessageBox.ButtonRole) -> QPushButton:
        button = named(QPushButton(text), name)
        self.addButton(button, role)
        return button

    @Slot(QAbstractButton)
    def _on_button_clicked(self, button: QAbstractButton) -> None:
        if button is not self.stay:
            self.decided.emit(button is self.halt)
