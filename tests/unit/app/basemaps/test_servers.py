"""Map servers: which address, what is kept, and what a server may do to us: nothing."""

import logging
import threading
import time

import pytest

from app.basemaps.cache import TileCache
from app.basemaps.catalogue import BaseMapCatalogue
from app.basemaps.fetching import ServerSilentError, ServerSource
from app.basemaps.servers import configured_servers
from app.basemaps.service import TileService
from app.clock import ManualClock, SystemClock
from app.settings import MapServer, MapSettings
from maps.serving import FAILED_TILE
from maps.tiles.grid import TileId
from tests.unit.app.basemaps.server import PNG, drips, sends, tile_server

pytestmark = pytest.mark.expect_log("map server 127.0.0.1")
TILE = TileId(3, 2, 1)
DAY_US = 86_400_000_000
SECRET = "s3cr3t-key"


@pytest.fixture
def server():
    with tile_server() as running:
        yield running


class Asked:
    """A source with a clock that the test moves, and what it told."""

    def __init__(self, tmp_path, url: str, *, clock=None, timeout_s: float = 5.0, **about) -> None:
        self.clock = clock or ManualClock(1_800_000_000_000_000)
        self.told: list[str] = []
        self.cache = TileCache(tmp_path, self.clock, limit_bytes=10**7, fresh_s=30 * 86_400.0)
        settings = MapSettings(servers={"town": MapServer(url=url, **about)})
        (spec,) = configured_servers(settings)
        self.source = ServerSource(
            spec, self.cache, self.clock, timeout_s=timeout_s,
            told=lambda _id, state: self.told.append(state),
        )  # fmt: skip

    def pass_time(self, seconds: float) -> None:
        self.clock.advance_to(self.clock.now_us() + round(seconds * 1e6))


def test_that_nothing_is_configured_means_no_server():
    assert configured_servers(MapSettings()) == ()


def test_that_tianditu_is_asked_by_its_own_pattern():
    vec, cva = configured_servers(MapSettings(tianditu_key="a b&c"))
    url = vec.url(TileId(12, 3370, 1552))
    assert url.startswith("https://t2.tianditu.gov.cn/vec_w/wmts?")
    assert "TILEMATRIX=12&TILEROW=1552&TILECOL=3370" in url
    assert url.endswith("&tk=a%20b%26c")
    assert "LAYER=cva" in cva.url(TILE)


@pytest.mark.parametrize(
    ("about", "path"),
    [
        ({"url": "{b}/{z}/{x}/{y}.png?k={key}", "key": SECRET}, f"/3/2/1.png?k={SECRET}"),
        ({"url": "{b}/tms/{z}/{x}/{-y}.png"}, "/tms/3/2/6.png"),
        (
            {"url": "{b}/wmts", "kind": "wmts", "layer": "base", "matrix_set": "w"},
            "/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=base&STYLE=default"
            "&TILEMATRIXSET=w&FORMAT=image%2Fpng&TILEMATRIX=3&TILEROW=1&TILECOL=2",
        ),
        (
            {
                "url": "{b}/{Layer}/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png",
                "kind": "wmts", "layer": "base", "matrix_set": "w",
            },
            "/base/default/w/3/1/2.png",
        ),
    ],
)  # fmt: skip
def test_that_a_server_is_asked_by_its_template(server, tmp_path, about, path):
    address = about.pop("url").replace("{b}", server.url)
    asked = Asked(tmp_path, address, **about)
    assert asked.source.tile(TILE) == PNG
    assert server.asked == [path]


def test_that_a_tile_is_asked_for_once_while_it_is_fresh(server, tmp_path):
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}")
    assert asked.source.tile(TILE) == asked.source.tile(TILE) == PNG
    assert len(server.asked) == 1
    asked.pass_time(31 * 86_400)
    asked.source.tile(TILE)
    assert len(server.asked) == 2


def test_that_without_a_network_old_tiles_are_shown_and_the_silence_said(server, tmp_path):
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}")
    asked.source.tile(TILE)
    asked.pass_time(31 * 86_400)
    server.behaviour = sends(b"broken", 500)
    assert asked.source.tile(TILE) == PNG
    assert asked.told == ["silent"]


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        (b"<html>an error page</html>", 200, "garbage"),
        (b"", 200, "garbage"),
        (b"no", 403, "refused"),
        (b"no", 500, "silent"),
    ],
)
def test_that_bad_answers_are_failures_and_are_not_kept(server, tmp_path, body, status, state):
    server.behaviour = sends(body, status)
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}")
    with pytest.raises(ServerSilentError, match=state):
        asked.source.tile(TILE)
    assert asked.told == [state]
    assert asked.cache.get("server-town", TILE) is None


def test_that_a_tile_the_server_does_not_have_is_none_and_remembered(server, tmp_path):
    server.behaviour = sends(b"not here", 404)
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}")
    assert asked.source.tile(TILE) is asked.source.tile(TILE) is None
    assert len(server.asked) == 1
    assert asked.told == []


def test_that_a_failing_server_is_asked_less_and_less_often(server, tmp_path):
    server.behaviour = sends(b"", 500)
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}")

    def fail() -> int:
        with pytest.raises(ServerSilentError):
            asked.source.tile(TILE)
        return len(server.asked)

    assert [fail(), fail()] == [1, 1]
    asked.pass_time(2.1)
    assert [fail(), fail()] == [2, 2]
    asked.pass_time(2.1)
    assert fail() == 2
    asked.pass_time(2.1)
    assert fail() == 3
    server.behaviour = sends(PNG)
    asked.source.retry()
    assert asked.source.tile(TILE) == PNG
    assert asked.told == ["silent", "good"]


def test_that_a_dead_server_is_silent_and_no_error(tmp_path):
    with tile_server() as gone:
        address = gone.url
    asked = Asked(tmp_path, address + "/{z}/{x}/{y}")
    with pytest.raises(ServerSilentError, match="silent"):
        asked.source.tile(TILE)


def test_that_a_dripping_server_is_left_after_the_time_out(server, tmp_path):
    stop = threading.Event()
    server.behaviour = drips(stop)
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}", clock=SystemClock(), timeout_s=0.5)
    began = time.monotonic()
    with pytest.raises(ServerSilentError):
        asked.source.tile(TILE)
    assert time.monotonic() - began < 10
    stop.set()


def test_that_the_key_stands_in_no_log_and_goes_to_no_other_host(server, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)

    def redirects(handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", f"http://localhost:9/{SECRET}")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.behaviour = redirects
    asked = Asked(tmp_path, server.url + "/{z}/{x}/{y}?k={key}", key=SECRET)
    with pytest.raises(ServerSilentError):
        asked.source.tile(TILE)
    assert caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in repr(asked.source.spec)
    assert all(SECRET not in path.read_text("latin-1") for path in tmp_path.rglob("*.tile"))


def test_that_the_oldest_tiles_go_when_the_cache_is_full(tmp_path):
    clock = ManualClock(1_800_000_000_000_000)
    cache = TileCache(tmp_path, clock, limit_bytes=1000, fresh_s=1e9)
    for row in range(12):
        clock.advance_to(clock.now_us() + DAY_US)
        cache.put("a", TileId(5, 0, row), bytes(100))
    assert cache.size_bytes() <= 1000
    assert cache.get("a", TileId(5, 0, 0)) is None
    assert cache.get("a", TileId(5, 0, 11)) is not None


def test_that_a_server_comes_onto_the_list_and_goes_with_its_setting(server, tmp_path):
    settings = MapSettings(servers={"town": MapServer(url=server.url + "/{z}/{x}/{y}")})
    names = []
    for given in (settings, MapSettings()):
        service = TileService(BaseMapCatalogue(tmp_path), given, SystemClock())
        heard = threading.Event()

        def done(state, heard=heard) -> None:
            names.append([shown.base_map.name for shown in state.maps])
            heard.set()

        service.reload(done)
        assert heard.wait(20)
        service.shut_down()
    assert names == [["town"], []]


def test_that_a_silent_server_answers_the_page_with_a_failure(tmp_path):
    with tile_server() as gone:
        address = gone.url
    settings = MapSettings(servers={"town": MapServer(url=address + "/{z}/{x}/{y}")})
    told = threading.Event()
    service = TileService(BaseMapCatalogue(tmp_path), settings, SystemClock(), told.set)
    ready, answered, served = threading.Event(), threading.Event(), []
    service.reload(lambda _state: ready.set())
    assert ready.wait(20)
    service.request("server-town", TILE, lambda got: (served.append(got), answered.set()))
    assert answered.wait(20)
    assert served == [FAILED_TILE]
    assert told.wait(20)
    service.shut_down()


def test_that_a_service_that_has_ended_takes_questions_in_silence(tmp_path):
    service = TileService(BaseMapCatalogue(tmp_path), MapSettings(), SystemClock())
    service.shut_down()
    heard: list[object] = []
    service.reload(heard.append)
    service.request("basemap-1", TILE, heard.append)
    assert heard == []
