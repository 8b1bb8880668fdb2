"""The look at a screen finds what a customer would find, and nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.unit.views.station_window import settle
from views.faces.cells import cut_cells
from views.faces.fault import GIVES_WAY
from views.faces.glyphs import missing
from views.faces.walk import faults
from views.theme import Theme
from views.widgets.badges import ElidedLabel, PlainLabel, wrapped_label
from views.widgets.key_button import KeyButton
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

LONG = "Liquid-chlorine vaporiser V-203, Yunjiang Chlor-Alkali"


@pytest.fixture
def host(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def put(host: QWidget, widget: QWidget, width: int, height: int = 30) -> None:
    widget.setParent(host)
    widget.setGeometry(0, 0, width, height)
    widget.show()
    settle()


def kinds(host: QWidget) -> list[str]:
    return [fault.kind for fault in faults(host)]


def named_row(theme: Theme, width: int, name: str = "some-table") -> TableView:
    columns: tuple[Column[str], ...] = (
        Column("text", lambda: "Name", lambda row: row, stretch=True),
        Column("word", lambda: "State", str, word=lambda _: Toned("done", "ok"), width=60),
    )
    view = TableView(theme)
    view.setObjectName(name)
    model: TableModel[str] = TableModel(columns, lambda row: row, view)
    view.show_model(model)
    model.update([LONG])
    view.resize(width, 200)
    view._fit_columns()
    return view


def test_that_a_screen_with_room_has_no_fault(host: QWidget, theme: Theme) -> None:
    column = QVBoxLayout(host)
    edit, combo = QLineEdit(), QComboBox()
    edit.setPlaceholderText("Name, pinyin or key")
    combo.addItem("Level II (park)")
    for widget in (PlainLabel(LONG), KeyButton(theme, "Issue", "O"), edit, combo):
        column.addWidget(widget)
    column.addWidget(wrapped_label(LONG * 3))
    settle()
    assert faults(host) == ()


@pytest.mark.parametrize(
    "make", [PlainLabel, ElidedLabel, QPushButton, lambda text: wrapped_label(text * 4)]
)
def test_that_a_text_without_room_is_found(host: QWidget, make: type[QWidget]) -> None:
    put(host, make(LONG), 80)
    assert kinds(host) == ["cut"]


def test_that_a_button_without_room_for_its_key_is_found(host: QWidget, theme: Theme) -> None:
    button = KeyButton(theme, "Issue the order", "Ctrl+Return")
    put(host, button, button.sizeHint().width() - 20, button.sizeHint().height())
    assert kinds(host) == ["cut"]


def test_that_a_choice_and_a_placeholder_without_room_are_found(host: QWidget) -> None:
    combo, edit = QComboBox(), QLineEdit()
    combo.addItem(LONG)
    edit.setPlaceholderText(LONG)
    put(host, combo, 90)
    put(host, edit, 90)
    assert kinds(host) == ["cut", "cut"]


def test_that_a_cut_cell_and_title_are_found(host: QWidget, theme: Theme) -> None:
    put(host, named_row(theme, 600), 600, 200)
    host.resize(700, 300)
    assert faults(host) == ()
    narrow = named_row(theme, 160)
    put(host, narrow, 160, 200)
    assert list(cut_cells(narrow)) == [LONG]
    narrow.horizontalHeader().resizeSection(1, 20)
    assert "State" in [fault.text for fault in faults(host)]


def test_that_columns_of_the_list_may_be_cut(host: QWidget, theme: Theme) -> None:
    put(host, named_row(theme, 160, "log-table"), 160, 200)
    assert faults(host) == ()
    assert all(len(reason) > 20 for reason in GIVES_WAY.values())


def test_that_widgets_outside_or_over_each_other_are_found(host: QWidget) -> None:
    put(host, QWidget(), 500)
    assert kinds(host) == ["outside"]
    row = QHBoxLayout(host)
    first, second = PlainLabel("first"), PlainLabel("second")
    row.addWidget(first)
    row.addWidget(second)
    settle()
    first.setGeometry(second.geometry())
    assert "overlap" in kinds(host)


def test_that_what_scrolls_down_is_no_fault_but_sideways_is(host: QWidget) -> None:
    area = QScrollArea()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    body = QWidget()
    body.resize(150, 900)
    area.setWidget(body)
    put(host, area, 200, 200)
    assert faults(host) == ()
    body.resize(500, 900)
    settle()
    assert [fault.kind for fault in faults(host)] == ["outside"]


def test_that_characters_outside_the_bundled_font_are_found(host: QWidget) -> None:
    assert missing("液氯 V-203 ▲◆●■✗✓☎→↗°²") == ""
    put(host, PlainLabel("risk \U0001f525"), 200)
    assert [(fault.kind, fault.text) for fault in faults(host)] == [("glyph", "\U0001f525")]
