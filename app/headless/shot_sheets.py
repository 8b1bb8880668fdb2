"""The sheets that open over a station, one after the other, for their pictures."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TYPE_CHECKING

from models.basics import Language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.main import DeskApp

_SETTLE_S = 0.8
_CONTOURS_S = 60.0
_SEARCH_S = 3.0  # the first search reads the dictionary of pinyin
_SEARCHED = {"zh": "xf", "en": "tank"}
_BAD_TEAMS = (
    "key,name,name_en,lat,lon,people,vehicles,turnout_s\n"
    "T-901,园区消防三站,Park fire station 3,32.31,118.92,24,4,60\n"
    "T-902,东区医疗组,Medical group east,118.93,32.30,6,2,120\n"
    "T-903,,,32.32,118.91,-3,1,90\n"
)


async def pages_of_monitor(desk: "DeskApp") -> AsyncIterator[str]:
    """Yield the name of each further page of Monitor while it is shown; the first comes back."""
    pages = desk.screens.monitor.pages
    for page in pages[1:]:
        desk.screens.monitor.show_page(page)
        await asyncio.sleep(_SETTLE_S)
        yield page
    desk.screens.monitor.show_page(pages[0])


async def sheets_of(desk: "DeskApp", station: str, language: Language) -> AsyncIterator["QWidget"]:
    """Yield each sheet of a station while it is open; it is closed again afterwards."""
    screens = desk.screens
    opened: dict[str, tuple[tuple[str, Callable[[], object]], ...]] = {
        "watch": (
            ("shelve-sheet", lambda: _shelve(desk)),
            ("shiftSheet", screens.shift.ask),
            ("palette", lambda: _find(desk, language)),
        ),
        "monitor": (
            ("trend-note-sheet", partial(screens.kit.actions.run, "trend.note")),
            ("trend-pages-sheet", partial(screens.kit.actions.run, "trend.pages")),
        ),
        "command": tuple(
            (name, partial(screens.kit.actions.run, f"command.{act}"))
            for name, act in (
                ("order-sheet", "order"),
                ("rate-sheet", "rate"),
                ("report-sheet", "report"),
                ("people-sheet", "people"),
                ("card-sheet", "card"),
                ("point-sheet", "point"),
                ("shelter-sheet", "shelter"),
                ("choice-sheet", "level"),
                ("ask-text", "close"),
                ("contours-sheet", "sure"),
                ("what-if-sheet", "what_if"),
                ("estimate-sheet", "origin"),
            )
        ),
        "libraries": (("import-sheet", lambda: _import(desk)),),
    }
    for name, show in opened.get(station, ()):
        if name == "contours-sheet":
            await _contours(desk)
        show()
        await asyncio.sleep(_SEARCH_S if name == "palette" else _SETTLE_S)
        if name == "estimate-sheet":
            await _estimated(desk)
        sheet = _named(screens.window, name)
        if sheet is None:
            raise OSError(f"{name} did not open")
        yield sheet
        sheet.close()


async def _contours(desk: "DeskApp") -> None:
    """Compute contours, so that there is something to show."""
    incident = desk.screens.command.incident
    if incident is None:
        return
    desk.contours.begin(incident.id)
    async with asyncio.timeout(_CONTOURS_S):
        while desk.contours.percent(incident.id) is not None:  # noqa: ASYNC110 - a look
            await asyncio.sleep(_SETTLE_S)
    await asyncio.sleep(_SETTLE_S)


async def _estimated(desk: "DeskApp") -> None:
    """Wait for the first estimate of the source."""
    async with asyncio.timeout(_CONTOURS_S):
        while desk.estimates.newest is None:  # noqa: ASYNC110 - a look
            await asyncio.sleep(_SETTLE_S)
    await asyncio.sleep(_SETTLE_S)


def _named(window: "QWidget", name: str) -> "QWidget | None":
    from PySide6.QtWidgets import QWidget as Widget  # after the platform is chosen

    found = (each for each in window.findChildren(Widget, name) if each.isVisible())
    return next(found, None)


def _shelve(desk: "DeskApp") -> None:
    alarms = desk.screens.watch.alarms
    alarms.view.selectRow(0)
    alarms.acts.shelve()


def _find(desk: "DeskApp", language: Language) -> None:
    palette = desk.screens.window.find_palette
    palette.open()
    palette.search(_SEARCHED[language])


def _import(desk: "DeskApp") -> None:
    path = desk.site.path / "teams.csv"
    path.write_text(_BAD_TEAMS, encoding="utf-8")
    desk.screens.libraries.importing.check("teams", path)
