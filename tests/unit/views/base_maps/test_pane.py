"""The pane of base maps: what it lists, what its buttons do, how an import looks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.basemaps.catalogue import BaseMap, BaseMapCatalogue
from app.settings import MapServer, MapSettings
from tests.unit.maps.tiles.test_sources import PNG, mbtiles
from tests.unit.views.base_maps_feed import FakeMap, service
from views.base_maps.pane import BaseMapsPane
from views.i18n import Translator
from views.kit import ViewKit
from views.map.base_maps import BaseMapFeed


class FakeJob(QObject):
    progressed = Signal(str, float)
    ended = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.is_running = False
        self.started: list[str] = []
        self.cancelled = 0

    def start(self, path) -> None:
        self.started.append(path.name)
        self.is_running = True

    def cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def shown_map() -> FakeMap:
    return FakeMap()


@pytest.fixture
def feed(tmp_path, shown_map, qtbot: QtBot) -> Iterator[BaseMapFeed]:
    for name in ("low", "high"):
        mbtiles(tmp_path / f"{name}.mbtiles", {(3, 2, 1): PNG})
        BaseMapCatalogue(tmp_path).add(BaseMap(id=name, name=name, file=f"{name}.mbtiles"))
    (tmp_path / "bad.mbtiles").write_bytes(b"nothing")
    BaseMapCatalogue(tmp_path).add(BaseMap(id="bad", name="bad", file="bad.mbtiles"))
    made = BaseMapFeed(service(tmp_path), shown_map)
    qtbot.waitUntil(lambda: len(made.state.maps) == 3)
    yield made
    made.shut_down()


@pytest.fixture
def job() -> FakeJob:
    return FakeJob()


@pytest.fixture
def pane(kit: ViewKit, feed, job, qtbot: QtBot) -> BaseMapsPane:
    kit.translator.choose("en")
    made = BaseMapsPane(kit, feed, job)
    qtbot.addWidget(made)
    made.show()
    return made


pytestmark = pytest.mark.expect_log("base map bad: bad.mbtiles")


def rows(pane: BaseMapsPane) -> list[str]:
    model = pane.model
    return [model.index(row).data() for row in range(model.rowCount())]


def button(pane: BaseMapsPane, name: str) -> QPushButton:
    found = pane.findChild(QPushButton, f"base-map-{name}")
    assert found is not None
    return found


def test_that_base_maps_are_listed_topmost_first_with_what_is_wrong(pane, shown_map):
    assert rows(pane)[1:] == ["high", "low"]
    assert rows(pane)[0].startswith("bad · can't be read")
    assert shown_map.drawn == ["low", "high"]
    assert "2 of 3" in pane._count.text()


def test_that_a_box_hides_a_base_map(pane, feed, shown_map, qtbot: QtBot):
    index = pane.model.index(1)
    pane.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(lambda: shown_map.drawn == ["low"])
    assert [m.visible for m in feed.service.catalogue.all()] == [True, False, True]


def test_that_a_base_map_moves_and_stays_chosen(pane, shown_map, qtbot: QtBot):
    pane.list.setCurrentIndex(pane.model.index(2))
    assert not button(pane, "down").isEnabled()
    button(pane, "up").click()
    qtbot.waitUntil(lambda: shown_map.drawn == ["high", "low"])
    qtbot.waitUntil(lambda: pane.list.currentIndex().data() == "low")


def test_that_removing_takes_two_presses(pane, feed, shown_map, qtbot: QtBot):
    pane.list.setCurrentIndex(pane.model.index(1))
    button(pane, "remove").click()
    assert button(pane, "remove").text() == "Again: delete it"
    assert len(feed.service.catalogue.all()) == 3
    button(pane, "remove").click()
    qtbot.waitUntil(lambda: shown_map.drawn == ["low"])
    assert not (feed.service.catalogue.folder / "high.mbtiles").exists()


def test_that_an_import_shows_its_progress_and_can_be_stopped(pane, job, tmp_path):
    assert not pane.progress.isVisible()
    pane.import_file(tmp_path / "town.osm.pbf")
    job.progressed.emit("cutting", 0.5)
    assert pane.progress.isVisible()
    assert pane.progress.value() == 500
    assert "Cutting tiles" in pane.progress.format()
    assert not button(pane, "import").isEnabled()
    button(pane, "cancel").click()
    assert job.cancelled == 1
    job.is_running = False
    job.ended.emit([], "cancelled")
    assert not pane.progress.isVisible()
    assert pane.said.text() == "Stopped. Nothing was kept."


def test_that_the_end_of_an_import_says_what_is_missing_and_lists_it(
    pane, job, feed, tmp_path, qtbot: QtBot
):
    pane.import_file(tmp_path / "town.osm.pbf")
    mbtiles(tmp_path / "new.mbtiles", {(3, 2, 1): PNG})
    feed.service.catalogue.add(BaseMap(id="new", name="new", file="new.mbtiles"))
    job.ended.emit(["the coastline ends at 2 places"], "")
    assert "coastline" in pane.said.text()
    qtbot.waitUntil(lambda: rows(pane)[0] == "new")


@pytest.mark.parametrize("code", ["no_file", "damaged", "unknown_format", "empty", "no_crs",
                                  "disk", "busy", "broken", "not_started"])  # fmt: skip
def test_that_every_refusal_has_a_sentence_in_both_languages(
    pane, job, translator: Translator, code
):
    said = set()
    for language in ("en", "zh"):
        translator.choose(language)
        job.ended.emit([], code)
        said.add(pane.said.text())
    assert len(said) == 2
    assert all(said)


def test_that_a_silent_server_is_said_over_the_map(tmp_path, shown_map, qtbot: QtBot, translator):
    translator.choose("en")
    settings = MapSettings(servers={"Town": MapServer(url="http://127.0.0.1:9/{z}/{x}/{y}")})
    feed = BaseMapFeed(service(tmp_path / "other", settings), shown_map)
    qtbot.waitUntil(lambda: len(feed.state.maps) == 1)
    feed.service._sources["server-Town"]._note("silent")
    qtbot.waitUntil(lambda: bool(shown_map.said))
    assert shown_map.said == [
        "Base map server does not answer: Town. Stored tiles are shown."
    ]  # fmt: skip
    feed.shut_down()


test_that_a_silent_server_is_said_over_the_map = pytest.mark.expect_log("map server 127.0.0.1")(
    test_that_a_silent_server_is_said_over_the_map
)
