"""The map with 100,000 objects, beside a bare stamp in the same page and folium's own layers.

Offscreen, through the real widget, channel and page, 1280×800, all objects in view. A time is
from Python, or from the act in the page, until the picture after it is on the screen. The bare
stamp is JavaScript alone: it is given the arrays, so its time holds no channel and no fetch.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from tests.benchmarks.ratio import Row

_RATIO = 2.0
_MOVED_MS = 100.0
_PAN_MS = 100.0
_READY_S = 2.0
_ROUNDS = 3
_WITHIN_S = 600


def rows() -> list[Row]:
    """Measure: the best of three windows of ours, one each of folium's."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-map-") as cache:
        _run("ours", cache)  # composes the page
        ours = [_run("ours", cache) for _ in range(_ROUNDS)]
        beside = {kind: _run(kind, cache) for kind in ("markers", "geojson")}
    note = " · ".join(_beside(kind, figures) for kind, figures in beside.items())
    load_s = min(found["load_s"] for found in ours)
    table = [Row("map, 100k objects: painted after it is shown", load_s, _READY_S, "s", note=note)]
    for view in ("symbols", "clusters"):
        best = min((found[view] for found in ours), key=lambda each: each["moved_ms"])
        moved, bare = best["moved_ms"], best["bare_ms"]
        note = f"{moved:.0f} ms, bare stamp {bare:.0f} ms, worst {best['worst_ms']:.0f} ms"
        table += [
            Row(f"map, 100k moved, {view}: bare stamp", moved / bare, _RATIO, note=note),
            Row(f"map, 100k moved, {view}: to painted", moved, _MOVED_MS, "ms"),
            Row(
                f"map, 100k objects, {view}: pan", min(found[view]["pan_ms"] for found in ours),
                _PAN_MS, "ms",
            ),
        ]  # fmt: skip
    return table


def _beside(kind: str, figures: dict[str, Any]) -> str:
    name = {"markers": "folium.Marker", "geojson": "folium.GeoJson"}[kind]
    return (
        f"{figures['count'] // 1000}k {name}: build {figures['build_s']:.1f} s, load "
        f"{figures['load_s']:.1f} s, moved {figures['moved_ms']:.0f} ms, pan "
        f"{figures['pan_ms']:.0f} ms"
    )


def _run(what: str, cache: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.map_page", what, cache]
    done = subprocess.run(
        command, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
        timeout=_WITHIN_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
