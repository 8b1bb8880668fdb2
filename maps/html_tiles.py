"""The base map inside an exported page: the tiles of an area, as many as are bearable to send."""

import base64
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from maps.protocol import Message
from maps.serving import NO_TILE, Served, TileProvider
from maps.tiles.grid import Box, TileId, tile_of

_MOST_TILES = 400
_MOST_BYTES = 16_000_000
_PATIENCE_S = 30.0


@dataclass(slots=True)
class EmbeddedTiles:
    """Tiles as `data:` addresses by the path that the page fetches, and the messages changed so."""

    assets: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)


def embed_tiles(
    messages: Sequence[Message], provider: TileProvider | None, area: Box
) -> EmbeddedTiles:
    """Return the messages with base maps cut to an area, and the tiles that they need.

    Parameters
    ----------
    messages : sequence of Message
        What the page shows; only `basemaps` changes.
    provider : TileProvider or None
        Where the tiles come from; None gives no base map but the world's own.
    area : tuple of float
        West, south, east, north [degrees].

    Notes
    -----
    Zoom by zoom from the coarsest, until 400 tiles or 16 MB are reached for all maps together: the
    page enlarges the last zoom that is whole. A tile that doesn't come within 30 s stays empty.
    """
    embedded = EmbeddedTiles()
    budget = _Budget()
    for message in messages:
        if message.topic != "basemaps":
            embedded.messages.append(message)
            continue
        cut = []
        for about in message.payload["maps"]:
            shown = _cut(about, provider, area, embedded.assets, budget)
            cut += [] if shown is None else [shown]
        embedded.messages.append(Message("basemaps", {**message.payload, "maps": cut}))
    return embedded


class _Budget:
    def __init__(self) -> None:
        self.tiles = _MOST_TILES
        self.octets = _MOST_BYTES

    def covers(self, tiles: int) -> bool:
        return tiles <= self.tiles and self.octets > 0

    def spend(self, bodies: Mapping[TileId, Served]) -> None:
        self.tiles -= len(bodies)
        self.octets -= sum(len(served.body) for served in bodies.values())


def _cut(
    about: Mapping[str, Any],
    provider: TileProvider | None,
    area: Box,
    assets: dict[str, str],
    budget: _Budget,
) -> dict[str, Any] | None:
    """Embed one base map; None when nothing of it lies in the area or can be had."""
    west, south, east, north = about["box"]
    box = max(west, area[0]), max(south, area[1]), min(east, area[2]), min(north, area[3])
    if provider is None or box[0] >= box[2] or box[1] >= box[3]:
        return None
    last = None
    for zoom in range(int(about["min_zoom"]), int(about["max_zoom"]) + 1):
        wanted = list(_tiles(box, zoom))
        if not budget.covers(len(wanted)):
            break
        bodies = _fetched(provider, str(about["id"]), wanted)
        budget.spend(bodies)
        for tile, served in bodies.items():
            path = f"tiles/{about['id']}/{tile.z}/{tile.x}/{tile.y}?v={about['version']}"
            body = base64.b64encode(served.body).decode()
            assets[path] = f"data:{served.mime};base64,{body}"
        last = zoom
    return None if last is None else {**about, "box": list(box), "max_zoom": last}


def _tiles(box: Box, zoom: int) -> Iterator[TileId]:
    west, south, east, north = box
    first, final = tile_of(north, west, zoom), tile_of(south, east, zoom)
    for y in range(first.y, final.y + 1):
        for x in range(first.x, final.x + 1):
            yield TileId(zoom, x, y)


def _fetched(
    provider: TileProvider, source_id: str, wanted: Sequence[TileId]
) -> Mapping[TileId, Served]:
    """Ask for tiles and wait for them; what failed or is late is as good as empty."""
    found: dict[TileId, Served] = {}
    left = threading.Semaphore(0)

    def take(tile: TileId, served: Served) -> None:
        found[tile] = served
        left.release()

    for tile in wanted:
        provider.request(source_id, tile, partial(take, tile))
    for _ in wanted:
        if not left.acquire(timeout=_PATIENCE_S):
            break
    return {
        tile: served if (served := found.get(tile)) is not None and _is_tile(served) else NO_TILE
        for tile in wanted
    }


def _is_tile(served: Served) -> bool:
    return not served.mime.startswith("application/x-muster")
