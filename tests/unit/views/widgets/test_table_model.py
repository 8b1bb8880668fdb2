from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from views.theme import Theme
from views.widgets.table_model import ROW_ROLE, SEVERITY_ROLE, TONE_ROLE, Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned


@dataclass(frozen=True)
class Row:
    key: str
    value: int = 0


def columns() -> list[Column[Row]]:
    return [
        Column("key", lambda: "Key", lambda row: row.key, severity=lambda row: row.value % 4 + 1),
        Column("value", lambda: "Value", lambda row: str(row.value), right=True, ticks=True),
        Column("state", lambda: "State", lambda row: "", word=lambda row: Toned("ok", "ok")),
    ]


def model_of(*keys: str) -> TableModel[Row]:
    model: TableModel[Row] = TableModel(columns(), lambda row: row.key)
    model.update([Row(key) for key in keys])
    return model


KEYS = st.lists(st.sampled_from("abcdefghijkl"), unique=True)


@given(before=KEYS, after=KEYS, value=st.integers(0, 3))
def test_that_any_update_leads_to_the_rows_wanted(
    before: list[str], after: list[str], value: int
) -> None:
    model = model_of(*before)
    kept = {key: QPersistentModelIndex(model.index(i, 0)) for i, key in enumerate(before)}
    model.update([Row(key, value) for key in after])
    assert model.rows() == tuple(Row(key, value) for key in after)
    for key, index in kept.items():
        assert index.isValid() == (key in after)
        assert not index.isValid() or index.row() == after.index(key)


def test_that_the_model_obeys_qt_while_rows_come_move_and_go(qtmodeltester: ModelTester) -> None:
    model = model_of("a", "b", "c")
    qtmodeltester.check(model)
    for keys in ("cab", "xcay", "", "zyx", "z"):
        model.update([Row(key, len(keys)) for key in keys])
    qtmodeltester.check(model)


def test_that_a_long_reordering_keeps_the_selection(qtbot: QtBot) -> None:
    keys = [str(n) for n in range(300)]
    model = model_of(*keys)
    index = QPersistentModelIndex(model.index(7, 1))
    model.update([Row(key) for key in reversed(keys)])
    assert index.row() == 292
    assert index.column() == 1
    assert model.row(0).key == "299"


def test_that_an_unchanged_update_says_nothing(qtbot: QtBot) -> None:
    model = model_of("a", "b")
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rowsInserted):
        model.update([Row("a"), Row("b")])


def test_that_a_change_names_only_its_rows(qtbot: QtBot) -> None:
    model = model_of("a", "b", "c", "d")
    spans: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: spans.append((first.row(), last.row())))
    model.update([Row("a"), Row("b", 1), Row("c"), Row("d", 2)])
    assert spans == [(1, 1), (3, 3)]


def test_that_a_tick_touches_only_columns_of_time(qtbot: QtBot) -> None:
    model = model_of("a", "b")
    with qtbot.waitSignal(model.dataChanged) as blocker:
        model.tick()
    first, last = blocker.args[0], blocker.args[1]
    assert (first.column(), last.column(), first.row(), last.row()) == (1, 1, 0, 1)


def test_that_two_rows_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        model_of("a", "a")


def test_that_a_cell_speaks_to_the_screen_reader() -> None:
    model = model_of("a")
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Key: a"
    assert index.data(SEVERITY_ROLE) == 1
    assert index.data(ROW_ROLE) == Row("a")
    assert model.index(0, 2).data(TONE_ROLE) == "ok"
    assert model.index(0, 2).data() == "ok"
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_that_a_painter_gets_what_the_roles_say() -> None:
    model = model_of("a")
    first, middle, last = (model.look(0, column) for column in range(3))
    assert (first.text, first.severity, first.tone) == ("a", 1, None)
    assert (middle.right, first.right) == (True, False)
    assert (last.text, last.tone) == ("ok", "ok")
    assert model.look(1, 0).text == ""


def test_that_a_column_is_as_wide_as_its_longest_text(qtbot: QtBot, theme: Theme) -> None:
    view = TableView(theme)
    qtbot.addWidget(view)
    model = model_of("a", "b" * 40)
    view.show_model(model)
    hint = view.itemDelegate().sizeHint(QStyleOptionViewItem(), model.index(1, 0))
    text_px = QFontMetrics(theme.font(13)).horizontalAdvance("b" * 40)
    assert text_px + theme.px(32) <= hint.width() <= text_px + theme.px(48)


def test_that_enter_opens_the_selected_row(qtbot: QtBot, theme: Theme) -> None:
    view = TableView(theme)
    qtbot.addWidget(view)
    model = model_of("a", "b")
    view.show_model(model)
    with qtbot.waitSignal(view.chosen):
        view.selectRow(1)
    with qtbot.waitSignal(view.opened) as blocker:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert blocker.args == [replace(Row("b"))]
    view.resize(300, 120)
    view.show()
    assert not view.grab().isNull()
    view.close()


def test_that_a_narrow_table_keeps_its_stretched_column_readable(
    qtbot: QtBot, theme: Theme
) -> None:
    wide: list[Column[Row]] = [
        Column("key", lambda: "Key", lambda row: row.key, stretch=True),
        Column("value", lambda: "Value", lambda row: str(row.value), width=120),
        Column("state", lambda: "State", lambda row: "ok", width=120),
    ]
    model: TableModel[Row] = TableModel(wide, lambda row: row.key)
    model.update([Row("a long name of a point")])
    view = TableView(theme)
    qtbot.addWidget(view)
    view.show_model(model)
    view.resize(560, 200)
    view.show()
    assert view.columnWidth(1) == 120
    view.resize(270, 200)
    assert view.columnWidth(0) >= 110
    view.resize(560, 200)
    assert view.columnWidth(1) == 120
    view.close()


def test_that_scattered_new_rows_come_in_one_run(qtbot: QtBot) -> None:
    old = [str(n) for n in range(0, 400, 2)]
    model = model_of(*old)
    chosen = QPersistentModelIndex(model.index(3, 0))
    runs: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: runs.append((first, last)))
    with qtbot.assertNotEmitted(model.modelReset):
        model.update([Row(str(n)) for n in range(400)])
    assert runs == [(200, 399)]
    assert [row.key for row in model.rows()] == [str(n) for n in range(400)]
    assert chosen.row() == 6


def test_that_scattered_rows_go_in_one_run(qtbot: QtBot) -> None:
    model = model_of(*(str(n) for n in range(400)))
    chosen = QPersistentModelIndex(model.index(6, 0))
    gone = QPersistentModelIndex(model.index(7, 0))
    runs: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _, first, last: runs.append((first, last)))
    with qtbot.assertNotEmitted(model.modelReset):
        model.update([Row(str(n)) for n in range(0, 400, 2)])
    assert runs == [(200, 399)]
    assert [row.key for row in model.rows()] == [str(n) for n in range(0, 400, 2)]
    assert (chosen.row(), gone.isValid()) == (3, False)


def test_that_titles_of_groups_are_told_to_the_painter() -> None:
    model: TableModel[Row] = TableModel(
        columns(), lambda row: row.key, heads=lambda row: row.key == "title"
    )
    model.update([Row("title"), Row("a")])
    assert [model.look(row, 0).heads for row in range(2)] == [True, False]


def test_that_a_row_that_sinks_is_the_only_one_that_moves(qtbot: QtBot) -> None:
    keys = [str(n) for n in range(3000)]
    model = model_of(*keys)
    moved: list[tuple[int, int]] = []
    model.rowsMoved.connect(lambda _p, first, _last, _d, row: moved.append((first, row)))
    with qtbot.assertNotEmitted(model.layoutChanged):
        model.update([Row(key) for key in [*keys[1:2000], keys[0], *keys[2000:]]])
    assert moved == [(0, 2000)]
