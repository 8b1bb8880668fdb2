from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.reference import ReferenceService
from models.basics import LatLon
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.libraries.import_sheet import ImportSheet
from views.libraries.station import LibrariesStation

GOOD = "key,name_zh\nE-8,新企业\nE-9,又一企业\n"
HALF = "key,name_zh,people,phones\nT-8,好队,12,10010\nT-9,坏队,many,10010\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def check(station: LibrariesStation, kind: str, file: Path, text: str) -> ImportSheet:
    file.write_text(text, "utf-8")
    station.importing.check(kind, file)
    sheet = station.importing.sheet
    assert sheet is not None
    return sheet


def press(sheet: ImportSheet, name: str, qtbot: QtBot) -> None:
    button = sheet.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def states(station: LibrariesStation) -> list[tuple[str, str]]:
    model = station.revisions.view.model()
    rows = range(model.rowCount())
    return [(model.index(row, 1).data(), model.index(row, 4).data() or "") for row in rows]


def test_that_good_rows_become_a_revision_a_notice_and_the_desks_reference(
    station: LibrariesStation, desk: StationDesk, file: Path, qtbot: QtBot
) -> None:
    sheet = check(station, "enterprises", file, GOOD)
    assert "2 rows · 2 can be taken · 0 refused" in sheet._counts.text()

    press(sheet, "import-take", qtbot)

    assert set(desk.reference.all("enterprises")) == {"E-1", "E-8", "E-9"}
    assert [(n.code, n.severity) for n in desk.said] == [("imported", 3)]
    assert desk.said[0].detail == "rows.csv: 2 new, 0 changed, 0 as before, 0 refused"
    assert station.importing.sheet is None
    assert states(station)[0] == ("Enterprises · rows.csv", "")


def test_that_the_sheet_lists_where_and_why_a_row_is_refused(
    station: LibrariesStation, file: Path, qtbot: QtBot
) -> None:
    sheet = check(station, "teams", file, HALF)
    model = sheet.view.model()

    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert shown[:3] == ["3", "people", "refused"]
    assert shown[4] == "many"
    assert "2 rows · 1 can be taken · 1 refused" in sheet._counts.text()
    sheet.reject()


def test_that_taking_the_good_rows_leaves_the_bad_one_out(
    station: LibrariesStation, desk: StationDesk, file: Path, qtbot: QtBot
) -> None:
    press(check(station, "teams", file, HALF), "import-take", qtbot)

    assert set(desk.reference.all("teams")) == {"T-01", "T-8"}
    assert desk.said[0].detail.endswith("1 refused")


def test_that_cancel_stores_nothing(
    station: LibrariesStation,
    desk: StationDesk,
    references: ReferenceService,
    file: Path,
    qtbot: QtBot,
) -> None:
    press(check(station, "enterprises", file, GOOD), "import-cancel", qtbot)

    assert len(references.revisions()) == 1
    assert set(desk.reference.all("enterprises")) == {"E-1"}
    assert station.importing.sheet is None


def test_that_a_file_of_which_nothing_can_be_taken_offers_no_taking(
    station: LibrariesStation, file: Path
) -> None:
    sheet = check(station, "teams", file, "colour,taste\nred,sweet\n")

    assert sheet.staging.refused
    assert "Nothing of this file can be taken" in sheet._refused.text()
    assert not sheet._take.isEnabled()
    sheet.reject()


def test_that_proposals_are_applied_and_the_sheet_shows_the_new_check(
    station: LibrariesStation, desk: StationDesk, file: Path, qtbot: QtBot
) -> None:
    text = "key,name_zh,lat,lon\nR-1,好村,120.1,32.7\n"
    sheet = check(station, "receptors", file, text)
    proposals = [found for found in sheet.staging.findings if found.proposal]
    assert [found.code for found in proposals] == ["swapped", "swapped"]
    assert sheet.staging.accepted == 0

    press(sheet, "import-proposals", qtbot)

    assert station.importing.sheet is sheet
    assert sheet.staging.accepted == 1
    assert not sheet._apply.isVisibleTo(sheet)
    press(sheet, "import-take", qtbot)
    assert desk.reference.all("receptors")["R-1"].position == LatLon(32.7, 120.1)


def test_that_an_unreadable_file_becomes_a_notice(
    station: LibrariesStation, desk: StationDesk, tmp_path: Path
) -> None:
    station.importing.check("teams", tmp_path / "missing.csv")

    assert desk.codes == ["import_failed"]
    assert "missing.csv" in desk.said[0].detail
    assert station.importing.sheet is None
    assert station.pane.progress.isHidden()


def test_that_reading_shows_progress_and_can_be_stopped(
    station: LibrariesStation, desk: StationDesk, file: Path, qtbot: QtBot
) -> None:
    desk.hold = True
    file.write_text(GOOD, "utf-8")
    station.importing.check("enterprises", file)
    assert not station.pane.progress.isHidden()

    qtbot.mouseClick(station.pane.cancel, Qt.MouseButton.LeftButton)
    desk.held[-1].end()

    assert station.pane.progress.isHidden()
    assert station.importing.sheet is None
    assert desk.codes == []


def test_that_storing_cannot_be_asked_for_twice(
    station: LibrariesStation, desk: StationDesk, file: Path, qtbot: QtBot
) -> None:
    sheet = check(station, "enterprises", file, GOOD)
    desk.hold = True

    press(sheet, "import-take", qtbot)

    assert not sheet._take.isEnabled()
    assert not sheet._progress.isHidden()
    assert len(desk.held) == 1
    desk.hold = False
    desk.held[0].end()
    assert "imported" in desk.codes


def test_that_a_store_that_fails_becomes_a_notice_and_the_sheet_stays(
    station: LibrariesStation,
    desk: StationDesk,
    references: ReferenceService,
    file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    sheet = check(station, "enterprises", file, GOOD)
    monkeypatch.setattr(references, "import_staged", full)

    press(sheet, "import-take", qtbot)

    assert [(n.code, n.detail) for n in desk.said] == [("import_failed", "disk full")]
    assert station.importing.sheet is sheet
    assert sheet._take.isEnabled()
    sheet.reject()


def test_that_a_replay_refuses_to_store(
    station: LibrariesStation,
    desk: StationDesk,
    references: ReferenceService,
    file: Path,
    qtbot: QtBot,
) -> None:
    sheet = check(station, "enterprises", file, GOOD)
    desk.replay = object()

    press(sheet, "import-take", qtbot)

    assert desk.codes == ["replay_is_read_only"]
    assert len(references.revisions()) == 1
    sheet.reject()


def test_that_undo_takes_the_newest_change_back(
    station: LibrariesStation, desk: StationDesk, kit: ViewKit, file: Path, qtbot: QtBot
) -> None:
    press(check(station, "enterprises", file, GOOD), "import-take", qtbot)

    kit.actions.run("libraries.undo")

    assert set(desk.reference.all("enterprises")) == {"E-1"}
    assert desk.said[-1].code == "undone"
    assert desk.said[-1].detail == "change 2 by change 3"
    assert states(station)[:2] == [
        ("takes back 2 · Enterprises", "undo"),
        ("Enterprises · rows.csv", "taken back"),
    ]


def test_that_undo_with_nothing_left_says_so(
    station: LibrariesStation, desk: StationDesk, kit: ViewKit
) -> None:
    kit.actions.run("libraries.undo")
    desk.said.clear()

    kit.actions.run("libraries.undo")

    assert desk.codes == ["nothing_to_undo"]


def test_that_the_actor_of_a_change_is_who_has_the_desk(
    station: LibrariesStation, references: ReferenceService, kit: ViewKit
) -> None:
    kit.actions.run("libraries.undo")

    assert references.revisions()[-1].origin.actor == "preview"


def test_that_keys_of_a_station_off_screen_do_nothing(
    station: LibrariesStation, references: ReferenceService, kit: ViewKit
) -> None:
    station.set_active(active=False)

    kit.actions.run("libraries.undo")

    assert len(references.revisions()) == 1


def test_that_the_import_asks_for_a_file_of_the_chosen_kind(
    station: LibrariesStation, kit: ViewKit, file: Path
) -> None:
    station.kinds.choose("enterprises")
    file.write_text(GOOD, "utf-8")
    kit.actions.run("libraries.import")
    dialog = station.pane.findChild(QFileDialog, "import-file")
    assert isinstance(dialog, QFileDialog)
    assert "Enterprises" in dialog.windowTitle()

    dialog.fileSelected.emit(str(file))
    dialog.reject()

    sheet = station.importing.sheet
    assert sheet is not None
    assert sheet.staging.kind == "enterprises"
    sheet.reject()


def test_that_the_sheet_is_freed_after_it_closes(
    station: LibrariesStation, file: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    sheet = check(station, "enterprises", file, GOOD)

    with qtbot.waitSignal(sheet.destroyed):
        sheet.reject()
