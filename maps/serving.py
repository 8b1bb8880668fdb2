"""What the page may fetch: its own files, bundled resources, and arrays held in memory.

Nothing here queries or computes: it runs on the UI thread, between two pictures.
"""

import mimetypes
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from maps.page import Page
from maps.tiles.grid import TileId

_FOLDERS = {"vendor": "vendor", "map": "map", "basemap": "basemap", "fonts": "fonts"}
_MIME = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".bin": "application/octet-stream",
}
_HELD_ARRAYS = 2
_FONT = re.compile(r"\.(woff2|otf|ttf)$")


@dataclass(frozen=True, slots=True)
class Served:
    """One answer."""

    mime: str
    body: bytes


class TileProvider(Protocol):
    """Answers requests for tiles from threads of its own."""

    def request(self, source_id: str, tile: TileId, done: Callable[[Served], None]) -> None:
        """Call `done` from some thread with the tile, `NO_TILE` or `FAILED_TILE`."""
        ...


# The page tells these by their type: a failed request would fill its console.
NO_TILE = Served("application/x-muster-empty", b"")
FAILED_TILE = Served("application/x-muster-failed", b"!")
_TILE_PATH = re.compile(r"/?tiles/([\w\-]{1,64})/(\d{1,2})/(\d{1,8})/(\d{1,8})")


def tile_request(path: str) -> tuple[str, TileId] | None:
    """Return the source and the tile that a path asks for, None when it asks for something else.

    Examples
    --------
    >>> tile_request("/tiles/basemap-1/3/2/1")
    ('basemap-1', TileId(z=3, x=2, y=1))
    """
    found = _TILE_PATH.fullmatch(path)
    return None if found is None else (found[1], TileId(*map(int, found.groups()[1:])))


class PageFiles:
    """Answers the page's requests by path; tiles come from `tiles`, later and from elsewhere."""

    def __init__(self, page: Page, resources: Path | None = None) -> None:
        self._page = page
        self._resources = resources or Path(str(files("resources")))
        self._arrays: dict[str, bytes] = {}
        self._extra: dict[str, Served] = {}
        self.tiles: TileProvider | None = None

    def put_array(self, name: str, body: bytes) -> str:
        """Hold an array under `name` and return the path that the page fetches.

        Of a numbered array (`points-7.bin`) only the newest two are held: no page can still be
        asking for an older one.
        """
        stem = name.rpartition("-")[0]
        older = [held for held in self._arrays if stem and held.rpartition("-")[0] == stem]
        for held in older[: max(0, len(older) - _HELD_ARRAYS + 1)]:
            del self._arrays[held]
        self._arrays[name] = body
        return f"arrays/{name}"

    def put_file(self, path: str, served: Served) -> None:
        """Serve something that neither folium nor `resources` holds (Qt's own channel script)."""
        self._extra[path] = served

    def get(self, path: str) -> Served | None:
        """Return what stands at a URL path, None when there is nothing or it leads outside."""
        clean = normalised(path)
        if clean is None:
            return None
        if clean in self._extra:
            return self._extra[clean]
        if clean in self._page.files:
            return Served(_mime(clean), self._page.files[clean])
        if clean == "fonts.css":
            return Served("text/css", self._font_css())
        head, _, name = clean.partition("/")
        if head == "arrays":
            body = self._arrays.get(name)
            return None if body is None else Served(_mime(name), body)
        return self._resource(head, name)

    def _resource(self, head: str, name: str) -> Served | None:
        if head not in _FOLDERS or not name:
            return None
        file = self._resources / _FOLDERS[head] / name
        return Served(_mime(name), file.read_bytes()) if file.is_file() else None

    def _font_css(self) -> bytes:
        """Return the font-face rules of the bundled fonts; bold files serve the bold weights."""
        folder = self._resources / "fonts"
        names = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
        rules = []
        for name in names:
            if _FONT.search(name) and re.fullmatch(r"[\w.\-]+", name):
                weight = "600 900" if "bold" in name.lower() else "100 500"
                rules.append(
                    "@font-face { font-family: MusterSans; font-weight: "
                    f"{weight}; src: url(fonts/{name}); }}"
                )
        return "\n".join(rules).encode()

    def array_names(self) -> Mapping[str, int]:
        """Return the held arrays and their sizes [bytes]."""
        return {name: len(body) for name, body in self._arrays.items()}


def normalised(path: str) -> str | None:
    """Return a relative path without dots or escapes, None for one that leads outside.

    Examples
    --------
    >>> normalised("/map/./core.js")
    'map/core.js'
    >>> normalised("/map/%2e%2e/%2e%2e/site.toml") is None
    True
    """
    plain = unquote(path)
    if "\\" in plain or "\0" in plain or ":" in plain:
        return None
    clean = posixpath.normpath(plain.lstrip("/"))
    parts = clean.split("/")
    return None if ".." in parts or clean.startswith("/") else clean


def _mime(name: str) -> str:
    suffix = Path(name).suffix
    return _MIME.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
