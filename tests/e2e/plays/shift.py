"""The start of a shift."""

from PySide6.QtCore import Qt

from tests.e2e.officer import Officer


async def take_shift(officer: Officer) -> str:
    """Take the watch as the sheet proposes it; return the name on record."""
    keeping = officer.desk.screens.shift
    await officer.until(lambda: keeping.sheet, "the desk asks who has the watch")
    await officer.press(Qt.Key.Key_Return, counts=False)
    await officer.until(lambda: officer.situation.shift, "somebody has the watch")
    await officer.until(lambda: keeping.sheet is None, "the sheet has gone")
    shift = officer.situation.shift
    assert shift is not None
    return shift.person
