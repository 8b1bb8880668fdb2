"""Base maps out of tiles in the real page: drawn, named, given up, failed, too far in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.basemaps.adding import add_base_map
from app.basemaps.catalogue import BaseMapCatalogue
from app.basemaps.service import TileService
from app.clock import SystemClock
from app.settings import MapSettings
from maps.serving import FAILED_TILE, NO_TILE, Served
from maps.tiles.grid import TileId
from models.basics import LatLon
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.integration.views.map.test_page import pixels
from tests.unit.maps.tiles.town import town
from views.map.base_maps import BaseMapFeed
from views.map.web_map import WebMap
from views.map.widget import MapWidget
from views.theme import load_tokens

MIDDLE = LatLon(31.22, 121.42)
MAP = {"vector": False, "min_zoom": 0, "max_zoom": 12, "box": [-180, -85, 180, 85], "tile_px": 256,
       "opacity": 1.0, "version": "1"}  # fmt: skip


class Provider:
    """Answers as it is told, or keeps the questions."""

    def __init__(self, answer: Callable[[TileId], Served | None]) -> None:
        self.answer = answer
        self.asked: list[TileId] = []
        self.kept: list[Callable[[Served], None]] = []

    def request(self, source_id: str, tile: TileId, done: Callable[[Served], None]) -> None:
        del source_id
        self.asked.append(tile)
        served = self.answer(tile)
        if served is None:
            self.kept.append(done)
        else:
            done(served)


def picture(colour: str) -> Served:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Served("image/png", bytes(data.data()))


def settled(ask: Ask, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: ask("Muster.parts.tiles.maps.length > 0 && Muster.parts.tiles.settled()"),
        timeout=WAIT_MS,
    )
    ask("window.seen = 0, requestAnimationFrame(() => requestAnimationFrame(() => { seen = 1; }))")
    qtbot.waitUntil(lambda: ask("seen") == 1, timeout=WAIT_MS)


@pytest.fixture
def riverside(map_widget: MapWidget, tmp_path: Path) -> Iterator[MapWidget]:
    """Return a map whose site has an imported town."""
    catalogue = BaseMapCatalogue(tmp_path / "tiles")
    add_base_map(catalogue, town().write(tmp_path / "town.osm"))
    feed = BaseMapFeed(TileService(catalogue, MapSettings(), SystemClock()), map_widget)
    map_widget.fly_to(MIDDLE, 15.0)
    yield map_widget
    feed.shut_down()


def names(ask: Ask) -> list[str]:
    return ask(
        "Muster.parts.tiles.labels(Muster.parts.labels.layer.frame)"
        ".map(label => label.text)"
    ) if ask("Muster.parts.labels.layer.frame.named.clear(), 1") else []  # fmt: skip


def test_that_an_imported_town_is_drawn_with_its_names(
    riverside: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    settled(ask, qtbot)
    for token in ("map.water", "map.road_main"):
        colour = QColor(ask(f"Muster.colour('{token}')"))
        wanted = [colour.red(), colour.green(), colour.blue()]

        def count(wanted: list[int] = wanted) -> int:
            image = pixels(riverside.grab_image())
            return int((np.abs(image[..., :3] - wanted).max(axis=2) < 3).sum())

        qtbot.waitUntil(lambda count=count: count() > 500, timeout=WAIT_MS)
    assert {"Riverside", "Central Avenue"} <= set(names(ask))


def test_that_names_of_a_base_map_follow_the_language(
    riverside: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    settled(ask, qtbot)
    riverside.set_language("zh")
    qtbot.waitUntil(lambda: {"滨江", "中央大道"} <= set(names(ask)), timeout=WAIT_MS)


def test_that_a_base_map_follows_the_theme(riverside: MapWidget, ask: Ask, qtbot: QtBot) -> None:
    settled(ask, qtbot)
    riverside.set_theme(load_tokens("light").color, "light")
    settled(ask, qtbot)
    qtbot.waitUntil(
        lambda: pixels(riverside.grab_image())[200:400, 300:600, :3].mean() > 150, timeout=WAIT_MS
    )


def test_that_beyond_the_last_zoom_the_last_tiles_are_painted_anew(
    riverside: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    riverside.fly_to(MIDDLE, 19.0)
    settled(ask, qtbot)
    assert ask("[...Muster.parts.tiles.maps[0].store.held.keys()].every(k => k.startsWith('14/'))")
    assert ask("[...Muster.parts.tiles.maps[0].cells.keys()].some(k => k.startsWith('18/'))")


def test_that_missing_tiles_are_no_news(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> None:
    provider = Provider(lambda _tile: NO_TILE)
    map_widget.content.files.tiles = provider
    map_widget.set_base_maps({"maps": [{"id": "empty", **MAP}]}, ())
    qtbot.waitUntil(lambda: len(provider.asked) > 3, timeout=WAIT_MS)
    settled(ask, qtbot)
    asked = len(provider.asked)
    map_widget.grab_image()
    ask("Muster.tell('redraw')")
    assert len(provider.asked) == asked


def test_that_pictures_are_drawn_where_they_belong(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    west, east = picture("#ff0000"), picture("#0000ff")
    provider = Provider(lambda tile: west if tile.x < 2 ** (tile.z - 1) else east)
    map_widget.content.files.tiles = provider
    map_widget.set_base_maps({"maps": [{"id": "raster", **MAP}]}, ("© Somebody",))
    map_widget.fly_to(LatLon(10.0, 0.0), 14.0)
    qtbot.waitUntil(lambda: bool(provider.asked), timeout=WAIT_MS)
    settled(ask, qtbot)
    qtbot.waitUntil(
        lambda: (
            pixels(map_widget.grab_image())[300, (100, 800), :3].tolist()
            == [[255, 0, 0], [0, 0, 255]]
        ),
        timeout=WAIT_MS,
    )
    assert max(tile.z for tile in provider.asked) == 12
    assert "© Somebody" in ask("document.querySelector('.muster-sources').textContent")


def test_that_tiles_out_of_view_are_given_up_and_a_late_answer_harms_nothing(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    assert isinstance(map_widget.backend, WebMap)
    answers = map_widget.backend.handler.tiles
    provider = Provider(lambda _tile: None)
    map_widget.content.files.tiles = provider
    map_widget.set_base_maps({"maps": [{"id": "slow", **MAP}]}, ())
    map_widget.fly_to(LatLon(31.0, 121.0), 12.0)
    qtbot.waitUntil(lambda: answers.waiting > 3, timeout=WAIT_MS)
    provider.answer = lambda _tile: NO_TILE
    map_widget.fly_to(LatLon(-31.0, -60.0), 12.0)
    settled(ask, qtbot)
    for done in provider.kept:
        done(picture("#00ff00"))
    qtbot.waitUntil(lambda: answers.waiting == 0, timeout=WAIT_MS)
    assert ask("1 + 1") == 2


def test_that_a_tile_that_failed_is_asked_for_again_later(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    provider = Provider(lambda _tile: FAILED_TILE)
    map_widget.content.files.tiles = provider
    map_widget.set_base_maps({"maps": [{"id": "flaky", **MAP}]}, ())
    qtbot.waitUntil(
        lambda: ask("[...Muster.parts.tiles.maps[0].store.held.values()]"
                    ".some(e => e.state === 'failed')"),
        timeout=WAIT_MS,
    )  # fmt: skip
    settled(ask, qtbot)
    asked = len(provider.asked)
    provider.answer = lambda _tile: picture("#ff0000")
    ask(
        "Muster.parts.tiles.maps[0].store.held.forEach(e => { e.again = 0; }),"
        " Muster.tell('redraw'), 1"
    )
    qtbot.waitUntil(lambda: len(provider.asked) > asked, timeout=WAIT_MS)
    settled(ask, qtbot)
    qtbot.waitUntil(
        lambda: pixels(map_widget.grab_image())[300, 450, :3].tolist() == [255, 0, 0],
        timeout=WAIT_MS,
    )
