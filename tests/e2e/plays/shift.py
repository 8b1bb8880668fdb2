"""The start of a shift."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from tests.e2e.officer import Officer

NAME = "李守望"


async def take_shift(officer: Officer) -> str:
    """Take the watch as the sheet proposes it; return the name on record."""
    keeping = officer.desk.screens.shift
    sheet = await officer.until(lambda: keeping.sheet, "the desk asks who has the watch")
    if sheet.person:
        await officer.press(Qt.Key.Key_Return, counts=False)
    else:  # a site that knows nobody yet
        edit = officer.child(QComboBox, "shift-person").lineEdit()
        assert edit is not None
        await officer.type_into(edit, NAME)
        await officer.click(officer.child(QPushButton, "shift-take"))
    await officer.until(lambda: officer.situation.shift, "somebody has the watch")
    await officer.until(lambda: keeping.sheet is None, "the sheet has gone")
    shift = officer.situation.shift
    assert shift is not None
    return shift.person
