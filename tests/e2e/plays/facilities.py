"""A facility list into the running desk by hand: checked, taken, on the map at once, taken back."""

import argparse
import asyncio
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.e2e.officer import Officer
from tests.e2e.plays.shift import take_shift

KIND = "enterprises"


async def play(officer: Officer, facts: dict[str, Any], args: argparse.Namespace) -> None:
    """Import a file, look at the map, take it back."""
    await take_shift(officer)
    libraries = officer.desk.screens.libraries
    facts["points_before"] = await points_drawn(officer)
    await officer.go_to(Qt.Key.Key_F5, "libraries")
    libraries.kinds.choose(KIND)
    await _choose_file(officer, Path(args.file))
    began_s = time.monotonic()
    sheet = await officer.sheet("import-sheet", 60.0)
    staging = libraries.importing.sheet.staging  # type: ignore[union-attr]
    facts["checked_s"] = time.monotonic() - began_s
    facts["rows"], facts["accepted"] = staging.rows_total, staging.accepted
    facts["rejected"] = staging.rejected
    facts["bad_rows"] = sorted({f.row for f in staging.findings if f.severity == "error"})
    facts["codes"] = sorted({found.code for found in staging.findings})
    take = officer.child(QPushButton, "import-take", sheet)
    began_s = time.monotonic()
    await officer.click(take)
    reference = officer.runtime.reference
    await officer.until(lambda: officer.runtime.reference is not reference, "it is stored", 60.0)
    facts["stored_s"] = time.monotonic() - began_s
    facts["enterprises"] = len(officer.runtime.reference.all(KIND))
    began_s = time.monotonic()
    wanted = facts["points_before"] + facts["enterprises"]
    facts["points"] = await _points_become(officer, wanted)
    facts["drawn_s"] = time.monotonic() - began_s
    officer.note("on the map", points=facts["points"])
    await _take_back(officer, facts)


async def _choose_file(officer: Officer, path: Path) -> None:
    await officer.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    window = officer.desk.screens.window
    dialog = await officer.until(
        lambda: next((d for d in window.findChildren(QFileDialog) if d.isVisible()), None),
        "the desk asks for a file",
    )
    dialog.selectFile(str(path))
    dialog.accept()


async def _take_back(officer: Officer, facts: dict[str, Any]) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    reference = officer.runtime.reference
    began_s = time.monotonic()
    await officer.press(Qt.Key.Key_Z, keys)
    await officer.until(lambda: officer.runtime.reference is not reference, "taken back", 60.0)
    facts["undone_s"] = time.monotonic() - began_s
    facts["enterprises_after"] = len(officer.runtime.reference.all(KIND))
    facts["points_after"] = await _points_become(officer, facts["points_before"])


async def _points_become(officer: Officer, wanted: int, within_s: float = 30.0) -> int:
    """Wait until the page draws so many points; return what it draws in the end."""
    ends_s = time.monotonic() + within_s
    while (drawn := await points_drawn(officer)) != wanted:
        if time.monotonic() > ends_s:
            break
        await officer.until(lambda: True, "a turn of the loop")
    return drawn


async def points_drawn(officer: Officer) -> int:
    """Ask the page itself how many bulk points it holds."""
    answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    page = officer.desk.screens.map.backend.page  # type: ignore[union-attr]
    page.runJavaScript("Muster.parts.points.count", answer.set_result)
    return int(await answer)  # type: ignore[call-overload, no-any-return]
