from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from views.widgets.spares import Spares


def _column(qtbot: QtBot) -> tuple[QWidget, QVBoxLayout, Spares[QLabel]]:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    return host, column, Spares(column, QLabel)


def test_that_a_row_given_back_is_the_next_one_taken(qtbot: QtBot) -> None:
    host, column, spares = _column(qtbot)
    host.show()
    row = spares.take()
    column.insertWidget(0, row)
    spares.give(row)
    assert row.isHidden()
    assert column.count() == 0
    assert spares.take() is row
    assert not row.isHidden()
    assert spares.take() is not row


def test_that_rows_are_made_ready_one_a_step(qtbot: QtBot) -> None:
    host, _, spares = _column(qtbot)
    assert sum(1 for _ in spares.fill(3)) == 3
    made = host.findChildren(QLabel)
    assert len(made) == 3
    assert all(row.isHidden() for row in made)
    assert spares.take() in made
