"""folium's own layers in the same kind of window: what the bulk layer is measured beside."""

import json
import time
from typing import Any

import folium
import numpy as np
from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView

from maps.elements import OfflineMap
from maps.page import PageInputs, build_page
from maps.serving import PageFiles, Served
from tests.benchmarks.map_window import SIZE, pan_script, places, run_until, spin
from views.map.scheme import PAGE_URL, SCHEME, MapSchemeHandler

_ROUNDS = 3
_GREY = "gray"


def _folium_map(zoom: float) -> folium.Map:
    made = OfflineMap(
        location=[32.0, 118.0], tiles=None, zoom_start=round(zoom), prefer_canvas=True,
        zoom_animation=False, attribution_control=False,
    )  # fmt: skip
    made.options |= {"max_zoom": 20}  # folium hands it to its tile layer alone
    made._id = "bench"
    return made


def with_markers(count: int) -> tuple[folium.Map, str]:
    """Return a map of `folium.Marker`s and the script that moves them all."""
    made = _folium_map(12)
    for lat, lon in zip(*(a.tolist() for a in places(count)), strict=True):
        folium.Marker((lat, lon)).add_to(made)
    return made, "map_bench"


def with_geojson(count: int) -> tuple[folium.Map, str]:
    """Return a map of one `folium.GeoJson` and the name of what holds its layers."""
    made = _folium_map(12)
    lat, lon = places(count)
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [x, y]}}
        for x, y in zip(np.round(lon, 6).tolist(), np.round(lat, 6).tolist(), strict=True)
    ]
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=4, weight=1, color=_GREY, fill=True),
    )
    layer._id = "bench"
    layer.add_to(made)
    return made, "geo_json_bench"


def _move(holder: str) -> str:
    return f"""(() => {{
        const times = [];
        const step = () => {{
            const began = performance.now();
            {holder}.eachLayer((layer) => {{
                if (layer.setLatLng) {{
                    const at = layer.getLatLng();
                    layer.setLatLng([at.lat, at.lng + 1e-4]);
                }}
            }});
            requestAnimationFrame(() => setTimeout(() => {{
                times.push(performance.now() - began);
                if (times.length < {_ROUNDS}) {{ setTimeout(step, 30); }}
                else {{ window.moveTimes = times; }}
            }}, 0));
        }};
        step();
    }})()"""


def measure(kind: str, count: int) -> dict[str, Any]:
    """Return the figures of one kind of layer: build, load [s], move and pan [ms]."""
    began_s = time.perf_counter()
    made, holder = with_markers(count) if kind == "markers" else with_geojson(count)
    html = made.get_root().render().encode()
    found: dict[str, Any] = {"count": count, "build_s": time.perf_counter() - began_s}
    files = PageFiles(build_page(PageInputs()))
    files.put_file("folium.html", Served("text/html", html))
    owner = QObject()
    profile = QWebEngineProfile(owner)
    handler = MapSchemeHandler(files, owner)
    profile.installUrlSchemeHandler(SCHEME, handler)
    view = QWebEngineView()
    view.resize(*SIZE)
    page = QWebEnginePage(profile, view)
    view.setPage(page)
    loaded: list[bool] = []
    page.loadFinished.connect(loaded.append)
    view.show()
    began_s = time.perf_counter()
    view.load(QUrl(PAGE_URL.replace("index.html", "folium.html")))
    spin(lambda: bool(loaded))
    run_until(page, "requestAnimationFrame(() => { window.seen = 1; })", "window.seen")
    found["load_s"] = time.perf_counter() - began_s
    found["moved_ms"] = min(run_until(page, _move(holder), "window.moveTimes"))
    found["pan_ms"] = min(run_until(page, pan_script("map_bench", _ROUNDS), "window.panTimes"))
    view.setPage(None)  # type: ignore[arg-type]
    page.deleteLater()
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]
