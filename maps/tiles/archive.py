"""PMTiles archives, version 3: one file of tiles with a directory by Hilbert number."""

import gzip
import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import zstandard
from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)
from pmtiles.writer import Writer

from maps.tiles.errors import TileFileError
from maps.tiles.grid import Box, TileId
from maps.tiles.source import TileFormat, TileInfo

_FORMATS: dict[TileType, TileFormat] = {
    TileType.MVT: "mvt", TileType.PNG: "png", TileType.JPEG: "jpeg", TileType.WEBP: "webp",
}  # fmt: skip
_DIRECTORIES = 64
_LARGEST_TILE = 16 * 2**20


class PmtilesFile:
    """Reads an archive; directories are kept, so that a tile costs one read."""

    def __init__(self, path: Path) -> None:
        """Open an archive.

        Raises
        ------
        TileFileError
            When it is none, is damaged, or holds what can't be drawn.
        """
        self._path = path
        self._lock = threading.Lock()
        self._leaves: OrderedDict[int, list[Entry]] = OrderedDict()
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise TileFileError(path.name, "no_file", error.strerror or str(error)) from error
        try:
            self._header = deserialize_header(self._read(0, 127))
            self._root = deserialize_directory(
                self._read(self._header["root_offset"], self._header["root_length"])
            )
            self.info = self._described()
        except (
            MagicNumberNotFound, SpecVersionUnsupported, ValueError, EOFError, OSError, IndexError,
            KeyError, zlib.error, UnicodeDecodeError,
        ) as error:  # fmt: skip
            self._file.close()
            raise TileFileError(
                path.name, "damaged", f"is no readable PMTiles archive ({type(error).__name__})"
            ) from error
        except TileFileError:
            self._file.close()
            raise

    def tile(self, tile: TileId) -> bytes | None:
        """Return a tile unpacked, None where there is none.

        Raises
        ------
        TileFileError
            When the archive is damaged there.
        """
        if not tile.exists or not self.info.min_zoom <= tile.z <= self.info.max_zoom:
            return None
        number = zxy_to_tileid(tile.z, tile.x, tile.y)
        try:
            with self._lock:
                body = self._found(number)
            return None if body is None else unpacked(body, self._header["tile_compression"])
        except (EOFError, OSError, ValueError, zlib.error, zstandard.ZstdError) as error:
            raise TileFileError(
                self._path.name, "damaged", f"tile {tile.z}/{tile.x}/{tile.y} can't be read"
            ) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def _found(self, number: int) -> bytes | None:
        entries = self._root
        for _ in range(4):  # the deepest that the format allows
            entry = find_tile(entries, number)
            if entry is None:
                return None
            if entry.run_length:
                at = self._header["tile_data_offset"] + entry.offset
                return self._read(at, entry.length)
            entries = self._leaf(entry)
        raise EOFError

    def _leaf(self, entry: Entry) -> list[Entry]:
        if entry.offset not in self._leaves:
            at = self._header["leaf_directory_offset"] + entry.offset
            self._leaves[entry.offset] = deserialize_directory(self._read(at, entry.length))
            if len(self._leaves) > _DIRECTORIES:
                self._leaves.popitem(last=False)
        self._leaves.move_to_end(entry.offset)
        return self._leaves[entry.offset]

    def _read(self, offset: int, length: int) -> bytes:
        if length > _LARGEST_TILE:
            raise EOFError
        self._file.seek(offset)
        body = self._file.read(length)
        if len(body) < length:
            raise EOFError
        return body

    def _described(self) -> TileInfo:
        head = self._header
        kind = _FORMATS.get(head["tile_type"])
        if kind is None:
            raise TileFileError(
                self._path.name, "unknown_format", f"holds {head['tile_type'].name} tiles"
            )
        packed = self._read(head["metadata_offset"], head["metadata_length"])
        metadata: Any = json.loads(unpacked(packed, head["internal_compression"]) or b"{}")
        if not isinstance(metadata, dict):
            metadata = {}
        box = tuple(
            head[side] / 1e7 for side in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        )
        return TileInfo(
            format=kind,
            min_zoom=head["min_zoom"],
            max_zoom=head["max_zoom"],
            box=(box[0], box[1], box[2], box[3]),
            name=str(metadata.get("name", "")),
            attribution=plain_text(str(metadata.get("attribution", ""))),
            tile_px=512 if kind == "mvt" else 256,
        )


def write_archive(
    file: BinaryIO, tiles: Iterable[tuple[TileId, bytes]], box: Box, metadata: Mapping[str, Any]
) -> int:
    """Write gzipped vector tiles as an archive; return their number.

    Raises
    ------
    TileFileError
        When there is no tile: such an archive can't be.
    """
    # the format wants them by number; a tile waits packed, a town's pyramid is a few megabytes
    numbered = sorted((zxy_to_tileid(*tile), body) for tile, body in tiles)
    if not numbered:
        raise TileFileError(str(metadata.get("name", "")), "empty", "holds nothing that is drawn")
    writer: Any = Writer(file)  # type: ignore[no-untyped-call]  # pmtiles
    for number, body in numbered:
        writer.write_tile(number, body)
    west, south, east, north = (round(side * 1e7) for side in box)
    writer.finalize(
        {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
            "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
        },
        dict(metadata),
    )  # fmt: skip
    return len(numbered)


def unpacked(body: bytes, compression: Compression = Compression.UNKNOWN) -> bytes:
    """Return a tile's bytes without compression; gzip and zlib are also known by their first bytes.

    Raises
    ------
    ValueError
        When the compression isn't known here.
    """
    if compression is Compression.ZSTD:
        return zstandard.ZstdDecompressor().decompress(body, max_output_size=_LARGEST_TILE)
    if compression is Compression.BROTLI:
        raise ValueError("brotli")
    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    if body[:1] == b"\x78" and len(body) > 1 and (body[0] << 8 | body[1]) % 31 == 0:
        try:
            return zlib.decompress(body)
        except zlib.error:  # a vector tile may begin so too
            return body
    return body


def plain_text(text: str) -> str:
    """Return an attribution without its HTML: links are common there, and it is shown as text.

    Examples
    --------
    >>> plain_text('<a href="https://x">&copy; OpenStreetMap</a> contributors')
    '© OpenStreetMap contributors'
    """
    from lxml import html

    if "<" not in text and "&" not in text:
        return text.strip()
    try:
        return "".join(map(str, html.fromstring(f"<p>{text}</p>").itertext())).strip()
    except (ValueError, html.etree.ParserError):
        return ""
