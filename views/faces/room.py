"""Whether a widget shows its whole text: what it needs against what it has."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QWidget,
)

from views.widgets.badges import ElidedLabel

_TOLERANCE_PX = 1


def cut_text(widget: QWidget) -> str:
    """Return the text that a widget cuts off, '' when it shows all of it."""
    match widget:
        case ElidedLabel():
            needed = widget.fontMetrics().horizontalAdvance(widget.text())
            return _when(needed > widget.contentsRect().width(), widget.text())
        case QLabel():
            return _when(bool(widget.text()) and _label_is_cut(widget), widget.text())
        case QAbstractButton():
            return _when(bool(widget.text()) and _button_is_cut(widget), widget.text())
        case QComboBox():
            return _cut_choice(widget)
        case QLineEdit():
            return _cut_line(widget)
        case QTabBar():
            return next((text for text in _cut_tabs(widget)), "")
        case _:
            return ""


def shown_texts(widget: QWidget) -> tuple[str, ...]:
    """Return the texts that a widget paints itself."""
    match widget:
        case QLabel() | QAbstractButton():
            return (widget.text(),)
        case QComboBox():
            return tuple(widget.itemText(n) for n in range(widget.count()))
        case QLineEdit():
            return (widget.text(), widget.placeholderText())
        case QTabBar():
            return tuple(widget.tabText(n) for n in range(widget.count()))
        case _:
            return ()


def _when(is_cut: bool, text: str) -> str:  # noqa: FBT001 - private shorthand
    return text if is_cut else ""


def _label_is_cut(label: QLabel) -> bool:
    hint = label.sizeHint()
    if not label.wordWrap():
        wide = hint.width() > label.width() + _TOLERANCE_PX
        return wide or hint.height() > label.height() + _TOLERANCE_PX
    if label.heightForWidth(label.width()) > label.height() + _TOLERANCE_PX:
        return True
    metrics = label.fontMetrics()
    inside = label.contentsRect().width() - 2 * label.margin()
    box = metrics.boundingRect(0, 0, inside, 1 << 16, int(Qt.TextFlag.TextWordWrap), label.text())
    return box.width() > inside + _TOLERANCE_PX


def _button_is_cut(button: QAbstractButton) -> bool:
    hint = button.sizeHint() if isinstance(button, QPushButton) else button.minimumSizeHint()
    wide = hint.width() > button.width() + _TOLERANCE_PX
    return wide or hint.height() > button.height() + _TOLERANCE_PX


def _cut_choice(combo: QComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    text = combo.currentText()
    return _when(combo.fontMetrics().horizontalAdvance(text) > field.width(), text)


def _cut_line(edit: QLineEdit) -> str:
    """Return a placeholder that is cut; what somebody types may be longer than its field."""
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    box = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit)
    room = box.width() - edit.textMargins().left() - edit.textMargins().right() - 4
    text = edit.text() if edit.isReadOnly() else edit.placeholderText()
    return _when(edit.fontMetrics().horizontalAdvance(text) > room, text)


def _cut_tabs(bar: QTabBar) -> list[str]:
    found = []
    for position in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(position))
        if needed > bar.tabRect(position).width():
            found.append(bar.tabText(position))
    return found
