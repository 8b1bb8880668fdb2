"""The real map page with 100,000 objects, timed; the figures are printed as JSON.

`python -m tests.benchmarks.map_page ours|markers|geojson` makes one window of 1280×800.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication

from maps.catalogue import STYLES
from maps.drawing import PointSet
from maps.protocol import Fact
from models.basics import LatLon, Name
from models.registry.kinds import Enterprise, HazardSource, Receptor, Record
from tests.benchmarks.map_window import CENTRE, SIZE, ask, pan_script, places, run_until, spin
from views.map.web_map import WebMap
from views.map.webengine import prepare
from views.map.widget import MapWidget
from views.theme import load_tokens

COUNT = 100_000
_ROUNDS = 15
_MARKERS = 10_000
_GRADES = ("一级", "二级", "三级", "四级")
_TYPES = ("school", "hospital", "village", "other")
_SCRIPT = Path(__file__).with_name("bare_stamp.js")


class ManyRows:
    """Reference data of 100,000 objects all over a city."""

    revision = 1

    def __init__(self, count: int = COUNT, seed: int = 1) -> None:
        lat, lon = places(count, seed)
        self._rows: dict[str, dict[str, Record]] = {}
        for number, (north, east) in enumerate(zip(lat.tolist(), lon.tolist(), strict=True)):
            row = _row(number, LatLon(north, east))
            self._rows.setdefault(row.KIND, {})[row.key] = row

    def all(self, kind: str) -> Mapping[str, Record]:
        """Return the rows of a kind."""
        return self._rows.get(kind, {})

    def get(self, kind: str, key: str) -> Record | None:
        """Return one row."""
        return self.all(kind).get(key)


def _row(number: int, position: LatLon) -> Record:
    key, name = f"K{number}", Name(zh=f"目标{number}", en=f"Object {number}")
    match number % 4:
        case 0:
            return Enterprise(key=key, name=name, position=position)
        case 1:
            grade = _GRADES[number // 4 % 4]
            return HazardSource(key=key, name=name, position=position, grade=grade)  # type: ignore[arg-type]
        case _:
            kind = _TYPES[number // 4 % 4]
            return Receptor(key=key, name=name, position=position, type=kind)


class OurMap:
    """The desk's own map with its page, and moments of what it said."""

    def __init__(self, cache: Path) -> None:
        self.rows = ManyRows()
        self.began_s = time.perf_counter()
        self.widget = MapWidget(cache)
        self.widget.resize(*SIZE)
        self.widget.set_theme(load_tokens("dark").color, "dark")
        self.widget.set_reference(self.rows, "zh")
        self.drawn: list[tuple[float, Mapping[str, Any]]] = []
        assert isinstance(self.widget.backend, WebMap)
        self.widget.backend.told.connect(self._hear)
        self.page: QWebEnginePage = self.widget.backend.page

    def _hear(self, fact: Fact) -> None:
        if fact.topic == "drawn":
            self.drawn.append((time.perf_counter(), dict(fact.payload)))

    def load(self) -> float:
        """Show it; return when all objects are painted, after it is shown [s]."""
        self.widget.show()
        shown_s = time.perf_counter()
        spin(lambda: any(payload["count"] == COUNT for _, payload in self.drawn))
        return self.drawn[-1][0] - shown_s

    def look(self, zoom: float) -> None:
        """Go to a zoom and wait until it is there and painted."""
        self.widget.fly_to(CENTRE, zoom)
        spin(lambda: bool(ask(self.page, f"map_muster.getZoom() === {zoom}")))

    def move(self) -> list[float]:
        """Move every object; return the times from Python to painted [ms]."""
        times = []
        points = self.widget.content.points
        assert points is not None
        for step in range(_ROUNDS):
            x = points.x + np.uint32(600 * (1 + step % 3))
            self.drawn.clear()
            began_s = time.perf_counter()
            self._move(points, x)
            spin(lambda: bool(self.drawn))
            times.append((self.drawn[0][0] - began_s) * 1e3)
        return times[2:]

    def _move(self, points: PointSet, x: "np.ndarray[Any, np.dtype[np.uint32]]") -> None:
        self.widget.move_points(x, points.y)

    def bare(self) -> list[float]:
        """Return the times of the bare stamp of the same points in the same page [ms]."""
        self.page.runJavaScript(_SCRIPT.read_text("utf-8"))
        styles = json.dumps(list(STYLES))
        run = f"bareStamp.run(Muster.parts.points, {styles}, {_ROUNDS})"
        return list(run_until(self.page, run, "window.bareTimes"))[2:]

    def pan(self) -> list[float]:
        """Return the times of panning by a third of the view, to painted [ms]."""
        return list(run_until(self.page, pan_script("map_muster", _ROUNDS), "window.panTimes"))[2:]


def ours(cache: Path) -> dict[str, Any]:
    """Measure our own map."""
    shown = OurMap(cache)
    found: dict[str, Any] = {"load_s": shown.load()}
    for name, zoom in (("symbols", 12.5), ("clusters", 10.0)):
        shown.look(zoom)
        found[name] = {
            "bare_ms": statistics.median(shown.bare()),
            "moved_ms": statistics.median(shown.move()),
            "worst_ms": max(shown.move()),
            "pan_ms": statistics.median(shown.pan()),
        }
    shown.widget.shut_down()
    return found


def main(argv: list[str]) -> int:
    """Measure one kind of map and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("ours", "markers", "geojson"))
    parser.add_argument("cache", type=Path)
    args = parser.parse_args(argv)
    prepare()
    app = QApplication(sys.argv[:1])
    if args.what == "ours":
        found = ours(args.cache)
    else:
        from tests.benchmarks.folium_page import measure  # folium is no part of our own start

        found = measure(args.what, _MARKERS if args.what == "markers" else COUNT)
    print(json.dumps(found), flush=True)
    app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
