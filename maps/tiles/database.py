"""MBTiles as a source of tiles."""

import zlib
from pathlib import Path

from maps.tiles.archive import plain_text, unpacked
from maps.tiles.errors import TileFileError
from maps.tiles.grid import Box, TileId
from maps.tiles.source import WORLD_BOX, TileInfo, format_of
from models.store.mbtiles import MbtilesDatabase, MbtilesError


class MbtilesFile:
    """Reads an MBTiles file."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises
        ------
        TileFileError
            When it is none or is damaged.
        """
        self._path = path
        try:
            self._database = MbtilesDatabase(path)
        except MbtilesError as error:
            raise TileFileError(path.name, "damaged", str(error)) from error
        try:
            self.info = self._described()
        except (MbtilesError, OSError, EOFError, zlib.error, ValueError) as error:
            self._database.close()
            raise TileFileError(path.name, "damaged", str(error)) from error

    def tile(self, tile: TileId) -> bytes | None:
        """Return a tile unpacked, None where there is none.

        Raises
        ------
        TileFileError
            When the file is damaged there.
        """
        if not tile.exists or not self.info.min_zoom <= tile.z <= self.info.max_zoom:
            return None
        try:
            body = self._database.tile(tile.z, tile.x, tile.y)
            return None if body is None else unpacked(body)
        except (MbtilesError, OSError, EOFError, zlib.error, ValueError) as error:
            raise TileFileError(
                self._path.name, "damaged", f"tile {tile.z}/{tile.x}/{tile.y} can't be read"
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _described(self) -> TileInfo:
        metadata = self._database.metadata
        sample = self._database.any_tile()
        kind = format_of(unpacked(sample)) if sample else "png"
        low, high = self._database.zooms
        return TileInfo(
            format=kind,
            min_zoom=low,
            max_zoom=high,
            box=_box(metadata.get("bounds", "")),
            name=metadata.get("name", ""),
            attribution=plain_text(metadata.get("attribution", "")),
            tile_px=512 if kind == "mvt" else 256,
        )


def _box(text: str) -> Box:
    """Return the bounds that the metadata give; the world when they give none that make sense."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return WORLD_BOX
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return WORLD_BOX
    return west, south, east, north
