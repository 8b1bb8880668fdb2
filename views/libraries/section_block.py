"""One section of a record: a title and its facts in lines that are kept for the next record."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from views.libraries.details import Fact, Section
from views.theme import Theme, set_property
from views.widgets.badges import PlainLabel, wrapped_label

_LABEL_PX, _NUMBER_PX = 92, 24
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(slots=True)
class _Line:
    """What shows one fact."""

    label: PlainLabel
    text: PlainLabel
    note: PlainLabel
    button: QPushButton | None = None


class SectionBlock(QWidget):
    """Shows one section after the other: to make its labels anew would stop the UI thread."""

    def __init__(self, theme: Theme, *, first: bool) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._title = PlainLabel(role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0 if first else theme.px(4), 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self._label_px, self._number_px = theme.px(_LABEL_PX), theme.px(_NUMBER_PX)
        column.addLayout(self._grid)

    def fill(self, count: int) -> None:
        """Have as many lines, hidden where they show nothing."""
        while len(self._lines) < count:
            row = len(self._lines)
            line = _Line(
                PlainLabel(role="secondary"), wrapped_label(), wrapped_label("", "secondary")
            )
            line.text.setProperty("severity", "")
            line.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts = QVBoxLayout()
            texts.setSpacing(0)
            texts.addWidget(line.text)
            texts.addWidget(line.note)
            self._grid.addWidget(line.label, row, 0, _TOP)
            self._grid.addLayout(texts, row, 1)
            for part in (line.label, line.text, line.note):
                part.hide()
                part.ensurePolished()
            self._lines.append(line)

    def show_section(self, section: Section | None) -> None:
        """Show a section; None shows nothing."""
        facts = section.facts if section is not None else ()
        title = section.title if section is not None else ""
        self._title.setText(f"{title}  {len(facts)}" if title else "")
        self._title.setVisible(bool(title))
        self._grid.setColumnMinimumWidth(0, self._number_px if title else self._label_px)
        self.fill(len(facts))
        for row, line in enumerate(self._lines):
            self._show(line, facts[row] if row < len(facts) else None)
        self.setVisible(bool(facts))

    def put_button(self, row: int, button: QPushButton) -> None:
        """Put a button at the end of a line until another section is shown."""
        self._lines[row].button = button
        self._grid.addWidget(button, row, 2, _TOP)

    def _show(self, line: _Line, fact: Fact | None) -> None:
        if line.button is not None:
            self._grid.removeWidget(line.button)
            line.button.setObjectName("")
            line.button.hide()
            line.button.deleteLater()
            line.button = None
        line.label.setText(fact.label if fact is not None else "")
        line.text.setText(fact.text if fact is not None else "")
        line.note.setText(fact.note if fact is not None else "")
        set_property(line.text, "severity", fact.severity if fact is not None else "")
        line.label.setVisible(fact is not None)
        line.text.setVisible(fact is not None)
        line.note.setVisible(fact is not None and bool(fact.note))
