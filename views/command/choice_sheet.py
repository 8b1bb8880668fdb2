"""One of several, with a reason: a response level, an incident to merge or to split off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from views.kit import ViewKit
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named


class ChoiceSheet(SheetDialog):
    """Signals: decided(str key, str reason)."""

    decided = Signal(str, str)

    def __init__(
        self,
        kit: ViewKit,
        title: str,
        label: str,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("choice-sheet")
        self.setWindowTitle(title)
        self._options = options
        self._form = Form(
            kit.theme,
            [
                Field("choice", lambda: label, self._combo),
                Field("reason", lambda: self.tr("Reason")),
            ],
        )
        line = self._form.field("reason")
        assert isinstance(line, QLineEdit)
        line.setText(reason)
        self.add_content(self._form)
        self._do = named(KeyButton(kit.theme, primary=True), "choice-do")
        self._back = named(KeyButton(kit.theme), "choice-back")
        self._do.clicked.connect(self.accept)
        self._back.clicked.connect(self.reject)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)
        self.retranslate()
        self._form.field("choice").setFocus()

    def _combo(self) -> QComboBox:
        combo = QComboBox()
        for key, text in self._options:
            combo.addItem(text, key)
        return combo

    def retranslate(self) -> None:
        """Set all texts again."""
        self._do.set_label(self.windowTitle() + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")

    def _on_accepted(self) -> None:
        combo = self._form.field("choice")
        assert isinstance(combo, QComboBox)
        self.decided.emit(str(combo.currentData()), self._form.texts().get("reason", ""))
