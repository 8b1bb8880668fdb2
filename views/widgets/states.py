"""Designed states: empty, loading, stale and broken say what is missing and what to do."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from views.theme import Theme, set_property
from views.widgets.badges import PlainLabel

Kind = Literal["empty", "loading", "stale", "broken"]
_MARKS = {"empty": "○", "loading": "…", "stale": "●", "broken": "◆"}
_SEVERITIES = {"empty": "", "loading": "", "stale": "3", "broken": "1"}


class StateMessage(QWidget):
    """A short title, a sentence on what to do, and perhaps the button that does it."""

    def __init__(self, theme: Theme, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._title = PlainLabel()
        self._title.setObjectName("emptyTitle")
        self._advice = PlainLabel(role="secondary")
        self._advice.setWordWrap(True)
        set_property(self._title, "severity", _SEVERITIES[kind])
        self._column = QVBoxLayout(self)
        margin = theme.px(16)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme.px(4))
        self._column.addStretch(1)
        for label in (self._title, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label)
        self._column.addStretch(1)

    def say(self, title: str, advice: str) -> None:
        """Set what is missing and what to do."""
        self._title.setText(f"{_MARKS[self.kind]} {title}")
        self._advice.setText(advice)
        self.setAccessibleName(f"{title}. {advice}")

    def add_button(self, button: QPushButton) -> None:
        """Offer the act under the sentence."""
        self._column.insertWidget(
            self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter
        )


class EmptyState(StateMessage):
    """Nothing here, and that is right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "empty", parent)


class LoadingState(StateMessage):
    """Something is on its way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "loading", parent)


class StaleState(StateMessage):
    """What is shown is old."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "stale", parent)


class BrokenState(StateMessage):
    """Something failed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "broken", parent)
