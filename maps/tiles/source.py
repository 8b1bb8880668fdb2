"""What every source of tiles can say and give: archives, databases, servers."""

from dataclasses import dataclass
from typing import Literal, Protocol

from maps.tiles.grid import Box, TileId

TileFormat = Literal["mvt", "png", "jpeg", "webp"]
MIME: dict[TileFormat, str] = {
    "mvt": "application/vnd.mapbox-vector-tile", "png": "image/png", "jpeg": "image/jpeg",
    "webp": "image/webp",
}  # fmt: skip
WORLD_BOX: Box = (-180.0, -85.0511, 180.0, 85.0511)


@dataclass(frozen=True, slots=True)
class TileInfo:
    """What a source holds: `box` is west, south, east, north [degrees], `rows` sizes [px]."""

    format: TileFormat
    min_zoom: int
    max_zoom: int
    box: Box = WORLD_BOX
    name: str = ""
    attribution: str = ""
    tile_px: int = 256

    @property
    def is_vector(self) -> bool:
        """Whether its tiles are drawn by the page's own style."""
        return self.format == "mvt"


class TileSource(Protocol):
    """Gives tiles; `tile` may be called by several threads and may wait for a disk."""

    @property
    def info(self) -> TileInfo:
        """What it holds."""
        ...

    def tile(self, tile: TileId) -> bytes | None:
        """Return a tile unpacked, None where there is none."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def format_of(body: bytes) -> TileFormat:
    r"""Return the format of a tile by its first bytes; what is no picture is taken for vector.

    Examples
    --------
    >>> format_of(b"\x89PNG\r\n\x1a\n...")
    'png'
    """
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if body.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "webp"
    return "mvt"
