"""Forms declared as data: every field gets its label, buddy, accessible name and tab order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from views.i18n import Retranslating
from views.theme import Theme
from views.widgets.badges import PlainLabel


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `label` is asked anew after a change of language; '&' marks its mnemonic."""

    key: str
    label: Callable[[], str]
    make: Callable[[], QWidget] = QLineEdit
    hint: Callable[[], str] | None = None


class Form(Retranslating, QWidget):
    """Fields under each other, in the order given, which is also the tab order."""

    def __init__(
        self, theme: Theme, fields: Sequence[Field], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._labels = {field.key: PlainLabel() for field in fields}
        self._widgets = {field.key: field.make() for field in fields}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.px(12))
        layout.setVerticalSpacing(theme.px(8))
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        previous: QWidget | None = None
        for field in self._fields:
            label, widget = self._labels[field.key], self._widgets[field.key]
            label.setProperty("role", "secondary")
            label.setBuddy(widget)
            widget.setObjectName(f"field-{field.key}")
            layout.addRow(label, widget)
            if previous is not None:
                QWidget.setTabOrder(previous, widget)
            previous = widget
        self.retranslate()

    def field(self, key: str) -> QWidget:
        """Return a field's widget; KeyError when there is none."""
        return self._widgets[key]

    def texts(self) -> dict[str, str]:
        """Return what stands in the line edits, stripped, empty ones left out."""
        found = {
            key: widget.text().strip()
            for key, widget in self._widgets.items()
            if isinstance(widget, QLineEdit)
        }
        return {key: text for key, text in found.items() if text}

    def retranslate(self) -> None:
        """Set labels, accessible names and hints."""
        for field in self._fields:
            text = field.label()
            widget = self._widgets[field.key]
            self._labels[field.key].setText(text)
            widget.setAccessibleName(text.replace("&", ""))
            if field.hint is not None:
                widget.setToolTip(field.hint())
                if isinstance(widget, QLineEdit):
                    widget.setPlaceholderText(field.hint())
