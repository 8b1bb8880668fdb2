"""Which addresses the configured map servers have for a tile."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from app.settings import MapSettings
from maps.tiles.grid import TileId
from maps.tiles.source import TileInfo

_WMTS_NAMES = {"tilematrix": "{z}", "tilerow": "{y}", "tilecol": "{x}"}


@dataclass(frozen=True, slots=True)
class ServerSpec:
    """One server: `template` has {z} {x} {y} {-y} {s}; the key is in it already."""

    id: str
    name: str
    template: str
    subdomains: tuple[str, ...]
    info: TileInfo

    @property
    def host(self) -> str:
        """Who is asked, for the log: without path, since that may hold a key."""
        return urlsplit(self.template.replace("{s}", "")).hostname or ""

    def url(self, tile: TileId) -> str:
        """Return the address of a tile."""
        part = ""
        if self.subdomains:
            part = self.subdomains[(tile.x + tile.y) % len(self.subdomains)]
        words = {
            "{z}": str(tile.z), "{x}": str(tile.x), "{y}": str(tile.y),
            "{-y}": str(2**tile.z - 1 - tile.y), "{s}": part,
        }  # fmt: skip
        return re.sub(r"\{(?:z|x|y|-y|s)\}", lambda found: words[found[0]], self.template)

    def __repr__(self) -> str:
        return f"ServerSpec({self.id!r}, {self.host!r})"


def configured_servers(settings: MapSettings) -> tuple[ServerSpec, ...]:
    """Return the servers that the settings name, 天地图's first; none without settings."""
    found = []
    if settings.tianditu_key:
        about = _known()["tianditu"]
        info = TileInfo(
            "png", about["min_zoom"], about["max_zoom"], attribution=about["attribution"]
        )  # fmt: skip
        for layer in settings.tianditu_layers:
            template = about["url"].replace("{layer}", layer)
            found.append(ServerSpec(
                f"server-tianditu-{layer}", f"天地图 {layer}",
                template.replace("{key}", quote(settings.tianditu_key, safe="")),
                tuple(about["subdomains"]), info,
            ))  # fmt: skip
    for name, server in settings.servers.items():
        template = server.url
        if server.kind == "wmts":
            template = _wmts(server.url, {
                "LAYER": server.layer, "STYLE": server.style, "TILEMATRIXSET": server.matrix_set,
                "FORMAT": server.format,
            })  # fmt: skip
        template = template.replace("{key}", quote(server.key, safe=""))
        info = TileInfo(
            "png", server.min_zoom, server.max_zoom, name=name, attribution=server.attribution,
            tile_px=server.tile_px,
        )  # fmt: skip
        found.append(ServerSpec(_id(name), name, template, server.subdomains, info))
    return tuple(found)


def _id(name: str) -> str:
    """Return the id of a server: its name where an address can hold that, else a hash.

    Examples
    --------
    >>> _id("town")
    'server-town'
    """
    if re.fullmatch(r"[\w\-]{1,40}", name, flags=re.ASCII):
        return f"server-{name}"
    return f"server-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _wmts(url: str, words: Mapping[str, str]) -> str:
    """Return the template of a WMTS: REST where the address has places, else key-value pairs."""
    if "{" in url.replace("{key}", "").replace("{s}", ""):
        shown = {name.lower(): quote(value, safe="") for name, value in words.items()}
        places = _WMTS_NAMES | shown
        return re.sub(r"\{(\w+)\}", lambda found: places.get(found[1].lower(), found[0]), url)
    asked = {"SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", **words}
    mark = "&" if "?" in url else "?"
    address = "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    return f"{url}{mark}{urlencode(asked)}{address}"


@cache
def _known() -> dict[str, Any]:
    text = (files("resources") / "basemap" / "servers.toml").read_text("utf-8")
    return tomllib.loads(text)
