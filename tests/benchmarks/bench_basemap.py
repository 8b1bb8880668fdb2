"""From an OpenStreetMap extract to a drawn base map with names, as the command line imports it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtWidgets import QApplication

from app.basemaps.catalogue import BaseMapCatalogue
from app.basemaps.service import TileService
from app.clock import SystemClock
from app.settings import MapSettings
from models.basics import LatLon
from tests.benchmarks.ratio import Row
from tests.unit.maps.tiles.town import Town
from views.map import webengine
from views.map.base_maps import BaseMapFeed
from views.map.web_map import WebMap
from views.map.widget import MapWidget
from views.theme import load_tokens

_BAR_S = 20.0
_LONGEST_MS = 50.0
_PATIENCE_S = 120.0
_ROADS = Path(__file__).parents[2].parent / "shared" / "data" / "geo" / "roads"
_TOWNS = {
    "Baltimore": ("baltimore.osm.pbf", LatLon(39.275, -76.58)),
    "Monaco": ("monaco.osm.pbf", LatLon(43.738, 7.425)),
}
_MADE = ("made town", LatLon(31.22, 121.42))


def rows() -> list[Row]:
    """Measure; without the extracts a made town of 20,000 buildings stands in."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    webengine.prepare()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    found = []
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        here = Path(folder)
        towns = {
            name: (_ROADS / file, place)
            for name, (file, place) in _TOWNS.items()
            if (_ROADS / file).is_file()
        } or {_MADE[0]: (_made_town(here / "town.osm"), _MADE[1])}
        for name, (file, place) in towns.items():
            found += _measured(application, name, file, place, here / name)
    return found


def _measured(
    application: Any, name: str, file: Path, place: LatLon, site: Path
) -> list[Row]:  # fmt: skip
    began_s, cpu_began_s = time.perf_counter(), _children_cpu_s()
    done = subprocess.run(
        [
            sys.executable, "-m", "app", "import", "basemap", str(file), "--site", str(site),
            "--json",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    imported_s = time.perf_counter() - began_s
    cpu_s = _children_cpu_s() - cpu_began_s
    about = msgspec.json.decode(done.stdout)
    page = _Page(application, site)
    try:
        began_s = time.perf_counter()
        page.show(place, 15.0)
        drawn_s = time.perf_counter() - began_s
        names = page.ask(
            "Muster.parts.tiles.maps.flatMap(m => m.decoded(Muster.parts.tiles.layer.frame))"
            ".reduce((n, t) => n + t.tile.names.length, 0)"
        )
        longest_ms = page.longest_while(place)
    finally:
        page.close()
    note = (
        f"{about['rows']} features, {about['tiles']} tiles, import {imported_s:.1f} s "
        f"({cpu_s:.1f} s of a processor), "
        f"drawn after {drawn_s:.1f} s, {names} names"
    )
    whole_s = imported_s + drawn_s if names else float("nan")
    return [
        Row(f"{name}: file to drawn base map", whole_s, _BAR_S, "s", note=note),
        Row(f"{name}: longest slice of the page's work", longest_ms, _LONGEST_MS, "ms",
            note="over zooms 13, 14, 16, 17"),
    ]  # fmt: skip


class _Page:
    """A map with the base maps of a site."""

    def __init__(self, application: Any, site: Path) -> None:
        self._application = application
        self._map = MapWidget()
        self._map.resize(1280, 800)
        catalogue = BaseMapCatalogue(site / "tiles")
        self._map.show()
        self._until(lambda: self._map.is_ready)
        self._map.set_theme(load_tokens("dark").color, "dark")
        self._map.set_language("en")
        service = TileService(catalogue, MapSettings(), SystemClock())
        self._feed = BaseMapFeed(service, self._map)

    def show(self, place: LatLon, zoom: float) -> None:
        """Go there and wait until all is painted."""
        self._map.fly_to(place, zoom)
        self._until(lambda: bool(self.ask(
            f"map_muster.getZoom() === {zoom} && Muster.parts.tiles.maps.length > 0 &&"
            " Muster.parts.tiles.settled()"
        )))  # fmt: skip

    def longest_while(self, place: LatLon) -> float:
        """Return the longest slice of decoding or painting [ms] while zooming about."""
        self.ask("Muster.slices.forget()")
        for zoom in (13.0, 14.0, 16.0, 17.0):
            self.show(place, zoom)
        return float(self.ask("Muster.slices.longest()"))

    def ask(self, expression: str) -> Any:
        """Return what the page says to an expression."""
        answers: list[str] = []
        assert isinstance(self._map.backend, WebMap)
        self._map.backend.page.runJavaScript(f"JSON.stringify(({expression}))", answers.append)
        self._until(lambda: bool(answers))
        return msgspec.json.decode(answers[0]) if answers[0] else None

    def close(self) -> None:
        """Let go of the page, then of the files."""
        self._map.shut_down()
        self._feed.shut_down()
        self._map.close()

    def _until(self, fact: Any) -> None:
        ends_s = time.perf_counter() + _PATIENCE_S
        while not fact():
            if time.perf_counter() > ends_s:
                raise TimeoutError
            self._application.processEvents()


def _children_cpu_s() -> float:
    """Return the processor time of the processes that have ended [s]."""
    times = os.times()
    return times.children_user + times.children_system


def _made_town(path: Path) -> Path:
    """Write a town of 20,000 buildings along 160 named streets."""
    town = Town((121.38, 31.18, 121.46, 31.26))
    town.way((121.37, 31.19), (121.47, 31.19), natural="coastline")
    for number in range(80):
        at = 121.38 + number * 0.001
        town.way((at, 31.195), (at, 31.26), highway="residential", name=f"South {number} Street")
        up = 31.195 + number * 0.0008
        town.way((121.38, up), (121.46, up), highway="tertiary", name=f"West {number} Avenue")
    for number in range(20_000):
        column, row = number % 160, number // 160
        town.square(121.3802 + 0.0005 * column, 31.1953 + 0.0005 * row, 0.0003, building="yes")
    town.node(121.42, 31.22, place="town", name="Made Town")
    return town.write(path)
