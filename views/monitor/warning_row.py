"""One early warning as Monitor lists it: what, since when, compared to what."""

from PySide6.QtWidgets import QVBoxLayout

from models.operation.warned import EarlyWarning
from views.early_warning_words import EarlyWarningWords
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import wrapped_label
from views.widgets.chosen_row import ChosenRow


class WarningRow(ChosenRow):
    """Signals: chosen(str warning id)."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self.setObjectName("card")
        self._kit = kit
        self._words = EarlyWarningWords(kit.wording)
        self._title = wrapped_label(role="strong")
        self._lines = wrapped_label(role="secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(*kit.theme.pxs(10, 6, 10, 6))
        column.setSpacing(kit.theme.px(2))
        column.addWidget(self._title)
        column.addWidget(self._lines)

    def show_warning(self, warning: EarlyWarning, now_us: int, *, current: bool) -> None:
        """Show this state of a warning."""
        self.stand_for(warning.id)
        set_property(self, "severity", "3")
        set_property(self, "current", current)
        time = self._kit.wording.time(warning.raised_us, now_us)
        self._title.setText(f"{time} · {self._words.title(warning.what)}")
        self._lines.setText("\n".join(self._words.lines(warning.what, now_us)))
        self.setAccessibleName(self._title.text())
