"""One early warning as Monitor lists it: what, since when, compared to what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from models.operation.warned import EarlyWarning
from views.early_warning_words import EarlyWarningWords
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import wrapped_label
from views.widgets.keys import ENTER, KeepsKeys


class WarningRow(KeepsKeys, QFrame):
    """Signals: chosen(str warning id)."""

    chosen = Signal(str)
    kept_keys = ENTER

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._kit = kit
        self._words = EarlyWarningWords(kit.wording)
        self._warning_id = ""
        self._title = wrapped_label(role="strong")
        self._lines = wrapped_label(role="secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(*kit.theme.pxs(10, 6, 10, 6))
        column.setSpacing(kit.theme.px(2))
        column.addWidget(self._title)
        column.addWidget(self._lines)

    def show_warning(self, warning: EarlyWarning, now_us: int, *, current: bool) -> None:
        """Show this state of a warning."""
        self._warning_id = warning.id
        set_property(self, "severity", "3")
        set_property(self, "current", current)
        time = self._kit.wording.time(warning.raised_us, now_us)
        self._title.setText(f"{time} · {self._words.title(warning.what)}")
        self._lines.setText("\n".join(self._words.lines(warning.what, now_us)))
        self.setAccessibleName(self._title.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Plot its tags."""
        super().mousePressEvent(event)
        self.chosen.emit(self._warning_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plot its tags on Enter."""
        if event.key() in ENTER:
            self.chosen.emit(self._warning_id)
            return
        super().keyPressEvent(event)
