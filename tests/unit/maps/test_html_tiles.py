"""Tiles inside an exported page: those of the area, whole zooms, no more than are bearable."""

import threading
from collections.abc import Callable

import pytest

from maps.html_tiles import embed_tiles
from maps.protocol import Message
from maps.serving import FAILED_TILE, Served
from maps.tiles.grid import TileId

AREA = (-76.7, 39.2, -76.5, 39.4)
ABOUT = {
    "id": "city", "version": "city.pmtiles", "vector": True, "min_zoom": 6, "max_zoom": 14,
    "box": [-77.0, 39.0, -76.0, 40.0], "tile_px": 512, "opacity": 1.0,
}  # fmt: skip


class Provider:
    """Answers from a thread each time, as the real one does."""

    def __init__(self, answer: Callable[[TileId], Served]) -> None:
        self.asked: list[TileId] = []
        self._answer = answer

    def request(self, source_id: str, tile: TileId, done: Callable[[Served], None]) -> None:
        assert source_id == "city"
        self.asked.append(tile)
        thread = threading.Thread(target=lambda: done(self._answer(tile)))
        thread.start()
        thread.join()


def message(**changes: object) -> Message:
    return Message("basemaps", {"maps": [ABOUT | changes]})


def tile_body(tile: TileId) -> Served:
    return Served("application/vnd.mapbox-vector-tile", f"{tile}".encode())


def test_that_every_zoom_of_the_area_is_embedded_under_the_address_the_page_asks_for() -> None:
    provider = Provider(tile_body)
    embedded = embed_tiles([message()], provider, AREA)
    (shown,) = embedded.messages[0].payload["maps"]
    assert shown["box"] == list(AREA)
    assert shown["max_zoom"] == 14
    assert {tile.z for tile in provider.asked} == set(range(6, 15))
    assert len(embedded.assets) == len(provider.asked) == len(set(provider.asked))
    assert "tiles/city/6/18/24?v=city.pmtiles" in embedded.assets
    assert all(url.startswith("data:application/vnd") for url in embedded.assets.values())


def test_that_the_last_zoom_is_the_last_that_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maps.html_tiles._MOST_TILES", 20)
    embedded = embed_tiles([message()], Provider(tile_body), AREA)
    (shown,) = embedded.messages[0].payload["maps"]
    zooms = [int(path.split("/")[2]) for path in embedded.assets]
    assert max(zooms) == shown["max_zoom"] < 14
    assert len(zooms) <= 20


def test_that_too_many_bytes_end_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maps.html_tiles._MOST_BYTES", 2_000)
    heavy = Provider(lambda _: Served("image/png", b"x" * 1_500))
    (shown,) = embed_tiles([message()], heavy, AREA).messages[0].payload["maps"]
    assert shown["max_zoom"] == 7


def test_that_a_failed_tile_is_empty() -> None:
    embedded = embed_tiles([message(max_zoom=6)], Provider(lambda _: FAILED_TILE), AREA)
    assert set(embedded.assets.values()) == {"data:application/x-muster-empty;base64,"}


def test_that_a_late_tile_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maps.html_tiles._PATIENCE_S", 0.01)

    class Silent(Provider):
        def request(self, source_id: str, tile: TileId, done: Callable[[Served], None]) -> None:
            del source_id, tile, done

    embedded = embed_tiles([message(max_zoom=6)], Silent(tile_body), AREA)
    assert set(embedded.assets.values()) == {"data:application/x-muster-empty;base64,"}


@pytest.mark.parametrize("box", [[10.0, 50.0, 11.0, 51.0], [-76.9, 30.0, -76.0, 39.1]])
def test_that_a_map_of_elsewhere_is_left_out(box: list[float]) -> None:
    provider = Provider(tile_body)
    embedded = embed_tiles([message(box=box)], provider, AREA)
    assert embedded.messages[0].payload["maps"] == []
    assert provider.asked == []


def test_that_without_a_provider_no_base_map_is_promised() -> None:
    other = Message("words", {"language": "zh"})
    embedded = embed_tiles([other, message()], None, AREA)
    assert embedded.messages == [other, Message("basemaps", {"maps": []})]
