"""Opens a file of tiles by its first bytes, whatever its name says."""

from pathlib import Path

from maps.tiles.archive import PmtilesFile
from maps.tiles.database import MbtilesFile
from maps.tiles.errors import TileFileError
from maps.tiles.source import TileSource

TILE_SUFFIXES = (".mbtiles", ".pmtiles")


def open_tiles(path: Path) -> TileSource:
    """Return the source that reads a file.

    Raises
    ------
    TileFileError
        When it is neither MBTiles nor PMTiles, or is damaged.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise TileFileError(path.name, "no_file", error.strerror or str(error)) from error
    if head.startswith(b"PMTiles"):
        return PmtilesFile(path)
    if head.startswith(b"SQLite format 3"):
        return MbtilesFile(path)
    raise TileFileError(path.name, "unknown_format", "is neither MBTiles nor PMTiles")
