"""The question when the desk is closed."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views.leaving import LeaveBox


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("name", "answers"), [("keep", [False]), ("halt", [True]), ("stay", [])])
def test_that_each_button_says_what_becomes_of_the_gateway(parent, qtbot, name, answers) -> None:
    heard: list[bool] = []
    box = LeaveBox(parent)
    box.decided.connect(heard.append)
    box.open()
    assert box.isVisible()
    getattr(box, name).click()
    qtbot.waitUntil(lambda: parent.findChild(LeaveBox) is None)
    assert heard == answers


def test_that_escape_stays(parent, qtbot) -> None:
    heard: list[bool] = []
    box = LeaveBox(parent)
    box.decided.connect(heard.append)
    box.open()
    assert box.escapeButton() is box.stay
    box.reject()
    qtbot.waitUntil(lambda: parent.findChild(LeaveBox) is None)
    assert heard == []
