"""Small labels: states in an outline, counts of time, text that is cut with an ellipsis."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from views.theme import set_property
from views.wording import Toned, Wording

_SOON_US = 120_000_000


def plain_tip(text: str) -> str:
    """Return a tip that shows `text` as it is: Qt reads a tip that looks like HTML as HTML."""
    if "<" not in text:
        return text
    return "<qt>" + html.escape(text).replace("\n", "<br>") + "</qt>"


class PlainLabel(QLabel):
    """A label whose text is data: never read as HTML. `role` is styled by the sheet."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)


class ElidedLabel(PlainLabel):
    """A label that gives way: it is cut with an ellipsis, the whole text stands in the tip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Set the text and its tip."""
        if text != self.text():
            super().setText(text)
            self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        """Allow almost nothing."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text that fits."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()


class StateBadge(PlainLabel):
    """A state word in an outline of its tone."""

    def __init__(self, word: Toned | None = None) -> None:
        super().__init__()
        self.setObjectName("stateBadge")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_word(word or Toned(""))

    def set_word(self, word: Toned) -> None:
        """Show a state."""
        self.setText(word.text)
        set_property(self, "tone", word.tone)


class CountdownLabel(PlainLabel):
    """Counts to a due time: '01:18 left', 'overdue 00:42'; without one it is hidden."""

    def __init__(self, wording: Wording, due_us: int | None = None) -> None:
        super().__init__()
        self._wording = wording
        self._due_us = due_us

    def set_due(self, due_us: int | None, now_us: int) -> None:
        """Count to another moment [µs UTC]."""
        self._due_us = due_us
        self.tick(now_us)

    def tick(self, now_us: int) -> None:
        """Show the time left at `now_us`."""
        self.setVisible(self._due_us is not None)
        if self._due_us is None:
            return
        left_us = self._due_us - now_us
        severity = "1" if left_us <= 0 else "2" if left_us <= _SOON_US else ""
        set_property(self, "severity", severity)
        self.setText(self._wording.countdown(self._due_us, now_us))


def wrapped_label(text: str = "", role: str = "") -> PlainLabel:
    """Return a plain label that wraps its lines."""
    label = PlainLabel(text, role)
    label.setWordWrap(True)
    return label
