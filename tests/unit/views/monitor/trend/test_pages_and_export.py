"""Saved pages of a hazard source, and what leaves the desk as a picture or a table."""

import csv
import json
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.desk import TrendData
from models.operation.events.operation import NoteWritten
from tests.unit.views.monitor.conftest import TAGS
from tests.unit.views.monitor.test_trend_plot import NOW_S
from tests.unit.views.monitor.trend.test_marks import event
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.station import MonitorStation
from views.monitor.trend.pages_sheet import PagesSheet
from views.monitor.trend.saved_pages import SavedPage, SavedPages
from views.shell.layout_store import LayoutStore

PAGE = SavedPage("V-203", "levels", ("LT-3", "GT-1"), 600.0)


def test_that_pages_are_kept_by_hazard_source_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "layout.json"
    pages = SavedPages(LayoutStore(path))
    pages.save(PAGE)
    pages.save(msgspec_replaced(PAGE, "alpha"))
    pages.save(SavedPage("T-105", "levels", ("GT-9",), 60.0))
    pages.save(SavedPage("V-203", "levels", ("GT-2",), 900.0))

    again = SavedPages(LayoutStore(path))

    assert [page.name for page in again.of("V-203")] == ["alpha", "levels"]
    assert again.of("V-203")[1].tag_keys == ("GT-2",)
    again.remove(again.of("V-203")[0])
    assert len(SavedPages(LayoutStore(path)).of("V-203")) == 1


def msgspec_replaced(page: SavedPage, name: str) -> SavedPage:
    return SavedPage(page.source_key, name, page.tag_keys, page.window_s)


@pytest.mark.parametrize(
    "raw",
    [
        "text", [1], [["V-203", "", ["a"], 60.0]], [["V-203", "a", [], 60.0]],
        [["V-203", "a", [1], 60.0]], [["V-203", "a", ["a"] * 65, 60.0]],
        [["V-203", "a", ["b"], 1.0]], [["V-203", "a", ["b"], None]],
        [["V-203", "a" * 81, ["b"], 60]],
    ],
)  # fmt: skip
def test_that_what_cannot_be_understood_in_the_file_is_left_out(
    tmp_path: Path, raw: object
) -> None:
    path = tmp_path / "layout.json"
    good = ["V-203", "good", ["b"], 60.0]
    shown = [*raw, good] if isinstance(raw, list) else raw
    kept = {"version": 1, "sizes": {}, "choices": {"monitor.trend_pages": shown}}
    path.write_text(json.dumps(kept), "utf-8")

    names = [page.name for page in SavedPages(LayoutStore(path)).of("V-203")]

    assert names == (["good"] if isinstance(raw, list) else [])


def test_that_a_page_is_saved_opened_and_taken_away_by_the_sheet(
    station: MonitorStation, kit: ViewKit, qtbot: QtBot
) -> None:
    store = LayoutStore(None)
    station.plot.keep_pages(store)
    station.toggle(TAGS[2])
    station.plot.plot.zoom(0.5)
    kit.actions.run("trend.pages")
    sheet = station.plot.findChild(PagesSheet)
    assert isinstance(sheet, PagesSheet)
    assert not sheet._save.isEnabled()
    sheet._field().setText("mine")
    sheet._save.click()
    assert [page.tag_keys for page in SavedPages(store).of("V-203")] == [("GT-2", "GT-1", "LT-3")]
    station.reset()
    station.plot.plot.pause()

    sheet._open.click()

    assert station.plotted == ("GT-2", "GT-1", "LT-3")
    assert station.plot.plot.span.is_live
    assert station.plot.plot.span.window_s == 900.0
    kit.actions.run("trend.pages")
    (again,) = [each for each in station.plot.findChildren(PagesSheet) if each.isVisible()]
    qtbot.keyClick(again.view, Qt.Key.Key_Delete)
    assert SavedPages(store).of("V-203") == ()
    assert not again._open.isEnabled()
    again.reject()


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_that_the_table_has_samples_and_events_and_no_formula(
    station: MonitorStation,
    desk: StationDesk,
    kit: ViewKit,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "trend.csv"
    choosing(monkeypatch, path)
    risky = msgspec.structs.replace(TAGS[0], key="=cmd()", unit="@ppm")
    times = [int((NOW_S - each) * 1e6) for each in (30, 20, 10)]
    desk.trends["=cmd()"] = TrendData("=cmd()", times, [1.5, float("nan"), 2.5], [0, 3, 1])
    desk.happened = (event(NoteWritten(text="+HYPERLINK()"), "log", NOW_S - 15, 1),)
    station.plot.show_tags([risky])
    qtbot.waitUntil(lambda: len(station.plot.marks.events) == 1)

    kit.actions.run("trend.table")

    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0][0].startswith("LIVE · Liquid chlorine tank · ")
    assert [row[1:] for row in rows[2:]] == [
        ["'=cmd()", "1.5", "'@ppm", "good", ""],
        ["'=cmd()", "", "'@ppm", "no data", ""],
        ["", "", "", "", "'+HYPERLINK()"],
        ["'=cmd()", "2.5", "'@ppm", "uncertain", ""],
    ]
    assert rows[2][0].endswith("+08:00")
    assert desk.codes[-1] == "trend_exported"
    assert len(rows[0]) == 1

    station.plot.plot.show_span(station.plot.plot.span.showing(NOW_S - 9e5, NOW_S))
    kit.actions.run("trend.table")
    (head, *_) = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert head[1].startswith("Thinned out")


def test_that_the_picture_says_mode_and_source_over_what_is_shown(
    station: MonitorStation, kit: ViewKit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "trend.png"
    choosing(monkeypatch, path)

    kit.actions.run("trend.picture")

    image = QImage(str(path))
    shown = station.plot._parts
    assert image.width() == shown.width()
    assert image.height() == shown.height() + kit.theme.px(28)
    head = [image.pixelColor(x, 14) for x in range(200)]
    assert len({color.name() for color in head}) > 1


def test_that_a_file_that_cannot_be_written_is_said(
    station: MonitorStation,
    desk: StationDesk,
    kit: ViewKit,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    choosing(monkeypatch, tmp_path / "missing" / "trend.png")
    kit.actions.run("trend.picture")
    assert desk.codes[-1] == "trend_not_exported"
    choosing(monkeypatch, tmp_path / "missing" / "trend.csv")
    kit.actions.run("trend.table")
    assert desk.codes[-2:] == ["trend_not_exported"] * 2
