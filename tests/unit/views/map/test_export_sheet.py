"""The sheet that asks how the map is to be written, on the plain map."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.unit.maps.world import ORIGIN, published
from views.kit import ViewKit
from views.map.export_sheet import ExportSheet
from views.map.widget import MapWidget

WAIT_MS = 30_000


@pytest.fixture
def plain_map(kit: ViewKit, qtbot: QtBot) -> Iterator[MapWidget]:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    widget.resize(500, 300)
    with qtbot.waitSignal(widget.ready, timeout=WAIT_MS):
        widget.show()
    widget.set_theme(kit.theme.colors(), "dark")
    widget.show_situation(published())
    widget.fly_to(ORIGIN, 14.0)
    yield widget
    widget.shut_down()


@pytest.fixture
def sheet(kit: ViewKit, plain_map: MapWidget, qtbot: QtBot) -> ExportSheet:
    made = ExportSheet(kit, plain_map)
    qtbot.addWidget(made)
    made.show()
    return made


def field(sheet: ExportSheet, name: str) -> QLineEdit:
    found = sheet.findChild(QLineEdit, name)
    assert found is not None
    return found


def choose(sheet: ExportSheet, name: str, value: object) -> None:
    found = sheet.findChild(QComboBox, name)
    assert found is not None
    found.setCurrentIndex(found.findData(value))


def said(sheet: ExportSheet, beginning: str) -> bool:
    return any(label.text().startswith(beginning) for label in sheet.findChildren(QLabel))


@pytest.mark.parametrize(("form", "begins"), [
    ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("html", b"\xef\xbb\xbf<!DOCTYPE html>"),
])  # fmt: skip
def test_that_the_file_is_written_in_the_form_that_was_chosen(
    sheet: ExportSheet, qtbot: QtBot, tmp_path: Path, form: str, begins: bytes
) -> None:
    field(sheet, "export-file").setText(str(tmp_path / "map.pdf"))
    choose(sheet, "export-form", form)
    path = tmp_path / f"map.{form}"
    assert field(sheet, "export-file").text() == str(path)
    sheet.write()
    qtbot.waitUntil(lambda: said(sheet, "Written: "), timeout=WAIT_MS)
    assert path.read_bytes().startswith(begins)


def test_that_a_page_of_its_own_needs_no_paper(sheet: ExportSheet) -> None:
    paper = sheet.findChild(QComboBox, "export-paper")
    assert paper is not None
    assert paper.isEnabled()
    choose(sheet, "export-form", "html")
    assert not paper.isEnabled()


def test_that_the_sheet_names_the_newest_open_incident(sheet: ExportSheet, kit: ViewKit) -> None:
    newest = max(kit.desk.situation.incidents.values(), key=lambda i: i.opened_us)
    assert field(sheet, "export-title").text().startswith(newest.number)


def test_that_a_missing_folder_is_said_before_anything_is_drawn(
    sheet: ExportSheet, tmp_path: Path
) -> None:
    field(sheet, "export-file").setText(str(tmp_path / "nowhere" / "map.pdf"))
    sheet.write()
    assert said(sheet, "There is no folder ")
