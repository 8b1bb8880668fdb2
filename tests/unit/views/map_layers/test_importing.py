"""A layer's import on the desk: read apart, asked, compared on the map, taken or given up."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from app.clock import ManualClock
from app.exchange.layers.storing import layer_key
from app.journal import Journal
from app.reference import ReferenceService
from maps.drawing import MapObject
from models.ids import SeededIds
from models.registry.kinds import Layer
from models.store import open_store
from tests.unit.app.exchange.map_layers.layer_files import BALTIMORE, NANJING, around, write
from tests.unit.maps.world import park
from views.kit import ViewKit
from views.map.imported import ImportedLayers
from views.map.widget import MapWidget
from views.map_layers.exporting import SelectionExport
from views.map_layers.importing import LayerImport
from views.theme import load_tokens
from views.tools.preview_desk import PreviewDesk

WAIT_MS = 60_000


@pytest.fixture
def plain(qtbot: QtBot) -> Iterator[MapWidget]:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    with qtbot.waitSignal(widget.ready):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    with qtbot.waitSignal(widget.shown):
        widget.set_reference(park(), "en")
    yield widget
    widget.shut_down()


@pytest.fixture
def references(tmp_path: Path) -> Iterator[ReferenceService]:
    store = open_store(f"sqlite:///{tmp_path / 'ops.db'}")
    clock = ManualClock(1_700_000_000_000_000)
    yield ReferenceService(store, Journal(store, clock, SeededIds(1)), clock, SeededIds(2))
    store.close()


@pytest.fixture
def said(desk: PreviewDesk) -> list[str]:
    codes: list[str] = []
    desk.notice.connect(lambda notice: codes.append(notice.code))
    return codes


@pytest.fixture
def importing(
    kit: ViewKit, plain: MapWidget, references: ReferenceService, tmp_path: Path
) -> Iterator[LayerImport]:
    made = LayerImport(kit, plain, references, tmp_path / "layers")
    yield made
    made.shut_down()


def button(importing: LayerImport, name: str) -> QPushButton:
    assert importing.sheet is not None
    found = importing.sheet.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def shown(importing: LayerImport) -> bool:
    return importing.sheet is not None and importing.sheet.staging is not None


def told(plain: MapWidget) -> list[dict[str, object]]:
    held = plain.content.outbox.held_value("choices")
    return [] if held is None else list(held["choices"])


def stored(references: ReferenceService, title: str) -> Layer | None:
    row = references.view().get(Layer.KIND, layer_key(title))
    return row if isinstance(row, Layer) else None


def test_that_a_file_is_shown_and_taken_by_enter(
    importing: LayerImport, references: ReferenceService, tmp_path: Path, qtbot: QtBot
) -> None:
    importing.check(str(write(tmp_path / "gates.geojson", around(BALTIMORE))))
    assert not button(importing, "layer-import-take").isEnabled()
    qtbot.waitUntil(lambda: shown(importing), timeout=WAIT_MS)
    counts = importing.sheet.findChild(QLabel, "layer-import-counts") if importing.sheet else None
    assert isinstance(counts, QLabel)
    assert "3" in counts.text()
    assert stored(references, "gates") is None
    button(importing, "layer-import-take").click()
    qtbot.waitUntil(lambda: importing.sheet is None, timeout=WAIT_MS)
    layer = stored(references, "gates")
    assert layer is not None
    assert (tmp_path / "layers" / layer.file).is_file()


def test_that_the_datum_is_asked_and_its_places_compared_on_the_map(
    importing: LayerImport, plain: MapWidget, references: ReferenceService, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    importing.check(str(write(tmp_path / "wells.geojson", around(NANJING))))
    qtbot.waitUntil(lambda: shown(importing), timeout=WAIT_MS)
    assert importing.sheet is not None
    assert [choice["name"] for choice in told(plain)] == [
        "○ WGS84", "□ GCJ02", "○ BD09",
    ]  # fmt: skip
    assert not importing.sheet.isModal()
    assert not button(importing, "layer-import-take").isEnabled()
    choice = importing.sheet.findChild(QRadioButton, "layer-import-choice-1")
    assert isinstance(choice, QRadioButton)
    choice.click()
    button(importing, "layer-import-take").click()

    def answered() -> bool:
        staging = importing.sheet.staging if importing.sheet else None
        return staging is not None and not staging.question

    qtbot.waitUntil(answered, timeout=WAIT_MS)
    assert told(plain) == []
    button(importing, "layer-import-take").click()
    qtbot.waitUntil(lambda: importing.sheet is None, timeout=WAIT_MS)
    layer = stored(references, "wells")
    assert layer is not None
    assert layer.datum == "GCJ02"


def test_that_giving_up_stores_nothing_and_clears_the_map(
    importing: LayerImport, plain: MapWidget, references: ReferenceService, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    importing.check(str(write(tmp_path / "a.geojson", around(NANJING))))
    qtbot.waitUntil(lambda: shown(importing), timeout=WAIT_MS)
    button(importing, "layer-import-cancel").click()
    assert importing.sheet is None
    assert told(plain) == []
    assert references.view().all(Layer.KIND) == {}


def test_that_a_file_that_is_none_is_said(
    importing: LayerImport, said: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "a.kml").write_text("<x/>")
    importing.check(str(tmp_path / "a.kml"))
    qtbot.waitUntil(lambda: importing.sheet is None, timeout=WAIT_MS)
    assert said == ["import_failed"]


def test_that_a_stored_layer_stands_on_the_map_and_goes_with_its_row(
    importing: LayerImport, plain: MapWidget, references: ReferenceService, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    layers = ImportedLayers(plain, tmp_path / "layers")
    importing.check(str(write(tmp_path / "gates.geojson", around(BALTIMORE))))
    qtbot.waitUntil(lambda: shown(importing), timeout=WAIT_MS)
    button(importing, "layer-import-take").click()
    qtbot.waitUntil(lambda: importing.sheet is None, timeout=WAIT_MS)
    key = layer_key("gates")
    layers.show_reference(references.view())
    qtbot.waitUntil(lambda: layers.record(key) is not None, timeout=WAIT_MS)
    assert layers.attributes(MapObject("layers", f"{key}/1")) == (key, [("name", "N1")])
    assert layers.attributes(MapObject("layers", f"{key}/99")) is None
    assert plain.content.layers.get(f"imported.{key}") is not None
    references.undo_last("test")
    layers.show_reference(references.view())
    qtbot.waitUntil(lambda: layers.record(key) is None, timeout=WAIT_MS)
    assert plain.content.layers.get(f"imported.{key}") is None
    layers.shut_down()


def test_that_what_is_picked_goes_out_as_a_file(
    kit: ViewKit, desk: PreviewDesk, said: list[str], plain: MapWidget, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    rows = park()
    desk.reference = rows
    export = SelectionExport(kit, plain, tmp_path / "layers")
    export.choose_file()
    assert said == ["nothing_picked"]
    things = list(plain.content.points.objects[:2]) if plain.content.points else []
    plain.content.picked.set(things)
    with qtbot.waitSignal(export.ended, timeout=WAIT_MS) as ended:
        export.write(str(tmp_path / "out.csv"))
    assert ended.args == [str(tmp_path / "out.csv"), 2, ""]
    lines = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert {line["key"] for line in lines} == {thing.key for thing in things}
    with qtbot.waitSignal(export.ended, timeout=WAIT_MS) as refused:
        export.write(str(tmp_path / "out.docx"))
    assert "ending" in refused.args[2]
    export.shut_down()
