"""What the tests of Command's sheets share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot


@pytest.fixture
def backdrop(qtbot: QtBot) -> Iterator[QWidget]:
    """What a sheet stands over; sheets left open are closed."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    for sheet in made.findChildren(QDialog):
        sheet.close()
