"""The map page: what it is made of, and its cache by the hash of its inputs.

folium is imported only when a page must be composed; a cached page costs one hash.
"""

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from models.basics import LatLon

log = logging.getLogger(__name__)

PAGE_FORMAT = 1
ORIGIN = "muster-map://map"
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src {ORIGIN}; style-src {ORIGIN}; img-src {ORIGIN} data:; "
    f"font-src {ORIGIN}; connect-src {ORIGIN}; base-uri 'none'; form-action 'none'"
)

# pane → z-index, bottom up: a plume once vanished under the points
PANES = {"base": 200, "tiles": 210, "site": 220, "imported": 400, "bulk": 410, "plume": 430,
         "routes": 440, "drawings": 445, "live": 450, "labels": 460, "tools": 465,
         "selected": 470}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One element of the page: the builder's name, its scripts, and its options."""

    name: str
    scripts: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)


PARTS = (
    Part(
        "panes", ("core", "loading", "layers", "layer"),
        {"order": PANES, "silent": [pane for pane in PANES if pane != "selected"]},
    ),
    Part("base", ("world",), {"world": "basemap/world.bin"}),
    Part("tiles", (
        "paints", "tile_classes", "tile_decode", "tile_paint", "tile_names", "tile_store", "tiles",
    )),
    Part("vectors", ("vectors",), {"name_zoom": 15}),
    Part("imported", ("imported",)),
    Part("points", ("stamp", "symbols", "clusters", "points")),
    Part("zones", ("zones",)),
    Part("routes", ()),
    Part("trails", ("trails",)),
    Part("drawings", ("drawings",)),
    Part("live", ("live",)),
    Part("vehicles", ("vehicles",)),
    Part("sensors", ()),
    Part("selection", ("selection",), {"reach": 12}),
    Part("tools", ("tools",), {"reach": 10}),
    Part("mark", ("mark",)),
    Part("picking", ("picking",)),
    Part("cycling", ()),
    Part("view", ()),
    Part("labels", ("label_room", "label_places", "labels"), {
        "providers": [
            "tools", "selection", "mark", "live", "drawings", "vehicles", "sensors", "zones",
            "points", "imported", "vectors", "tiles",
        ],
    }),
    Part("notes", ("furniture",)),
    Part("wind", ()),
    Part("scale", ()),
    Part("legend", ("legend",)),
    Part("watermark", ()),
    Part("printing", ("printing",)),
    Part("bridge", ("bridge",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageInputs:
    """Everything the page depends on; data, language and colours come later as messages."""

    centre: LatLon = field(default=LatLon(30.0, 110.0))
    zoom: float = 4.0
    min_zoom: float = 2.0
    max_zoom: float = 20.0
    parts: tuple[Part, ...] = PARTS

    def digest(self) -> str:
        """Return the hex hash that names the cached page."""
        described = {
            "format": PAGE_FORMAT,
            "folium": version("folium"),
            "centre": [self.centre.lat_deg, self.centre.lon_deg],
            "zoom": [self.zoom, self.min_zoom, self.max_zoom],
            "parts": [[p.name, list(p.scripts), dict(p.options)] for p in self.parts],
            "policy": CONTENT_SECURITY_POLICY,
        }
        text = json.dumps(described, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Page:
    """A composed page: `index.html` and the scripts and styles that folium had put inline."""

    files: Mapping[str, bytes]


def build_page(inputs: PageInputs, cache_dir: Path | None = None) -> Page:
    """Return the page, from the cache when its inputs haven't changed.

    Parameters
    ----------
    inputs : PageInputs
        What the page depends on.
    cache_dir : Path or None
        Folder of cached pages, one subfolder per hash; None caches nothing. A cache that can't be
        read or written is reported in the log and the page is composed anew.
    """
    folder = None if cache_dir is None else cache_dir / inputs.digest()
    if folder is not None and (cached := _read(folder)) is not None:
        return cached
    from maps.composer import compose  # folium costs 0.6 s: only for a page that isn't cached

    page = compose(inputs)
    if folder is not None:
        _write(folder, page)
    return page


def _read(folder: Path) -> Page | None:
    try:
        listed = json.loads((folder / "files.json").read_bytes())
        files = {name: (folder / name).read_bytes() for name in listed}
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("cached map page in %s can't be read: %s", folder, error)
        return None
    if any(hashlib.sha256(files[name]).hexdigest() != digest for name, digest in listed.items()):
        log.warning("cached map page in %s is damaged; composing it anew", folder)
        return None
    return Page(files)


def _write(folder: Path, page: Page) -> None:
    """Write the list last: a page cut short by a crash is then no page."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in page.files.items():
            (folder / name).write_bytes(content)
        listed = {name: hashlib.sha256(body).hexdigest() for name, body in page.files.items()}
        part = folder / "files.json.part"
        part.write_text(json.dumps(listed), encoding="utf-8")
        os.replace(part, folder / "files.json")  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        log.warning("map page can't be cached in %s: %s", folder, error)
