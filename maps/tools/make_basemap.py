"""Makes `resources/basemap/world.bin` out of Natural Earth: land, lakes and rivers, nothing else.

Boundaries are left out on purpose: they may be shipped only with a clear source and, in China, a
map approval number. Users add official ones.

    python -m maps.tools.make_basemap LAND LAKES RIVERS resources/basemap/world.bin

LAND is Natural Earth 1:10m land, LAKES and RIVERS are 1:50m; any vector format will do.

File: zlib stream of `b"MBM1"`, u32 length of the header, JSON header `{"levels": [{"from_zoom",
"tile_zoom", "bits", "tiles": {"column/row": offset}}]}`, body. A tile is three layers (land
rings, lake rings, river lines); a layer is a count and lines; a line is a count of points and
their differences. Numbers are base-128 varints, differences zigzag, in 2^-bits of the world.
"""

import json
import struct
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.geometry import MAX_LAT_DEG, WORLD, to_world

MAGIC = b"MBM1"


@dataclass(frozen=True, slots=True)
class Detail:
    """One level of detail."""

    from_zoom: float
    tile_zoom: int
    bits: int
    tolerance: float  # [world units of 1]
    smallest: float  # area left out below this [world units of 1, squared]


DETAILS = (
    Detail(0, 1, 14, 1 / 2**12, 3e-8),
    Detail(4.5, 4, 16, 1 / 2**14.6, 1e-9),
    Detail(8, 6, 18, 1 / 2**17, 0.0),
)


def main(argv: Sequence[str]) -> int:
    """Make the file; return the exit code."""
    land, lakes, rivers, target = (Path(word) for word in argv)
    layers = [_projected(land), _projected(lakes), _projected(rivers)]
    encoded = encode(layers, DETAILS)
    target.write_bytes(encoded)
    sys.stdout.write(f"{target}: {len(encoded) / 1e6:.2f} MB\n")
    return 0


def encode(layers: Sequence[BaseGeometry], details: Sequence[Detail]) -> bytes:
    """Return the file's bytes for land, lakes and rivers in world units of 1."""
    body = bytearray()
    levels = []
    for detail in details:
        simple = [_quartered(_simplified(layer, detail), detail.tile_zoom) for layer in layers]
        tiles = {}
        for column in range(2**detail.tile_zoom):
            for row in range(2**detail.tile_zoom):
                parts = [_lines(cut.get((column, row)), detail) for cut in simple]
                if any(parts):
                    tiles[f"{column}/{row}"] = len(body)
                    for lines in parts:
                        _write_layer(body, lines)
        levels.append({
            "from_zoom": detail.from_zoom, "tile_zoom": detail.tile_zoom, "bits": detail.bits,
            "tiles": tiles,
        })  # fmt: skip
    head = json.dumps({"levels": levels}, separators=(",", ":")).encode()
    return zlib.compress(MAGIC + struct.pack("<I", len(head)) + head + bytes(body), 9)


def _projected(path: Path) -> BaseGeometry:
    clipped = geopandas.read_file(path).geometry.make_valid()
    box = shapely.box(-180, -MAX_LAT_DEG, 180, MAX_LAT_DEG)
    whole = shapely.GeometryCollection(
        shapely.get_parts(shapely.intersection(clipped.to_numpy(), box)).tolist()
    )

    def project(points: np.ndarray) -> np.ndarray:
        x, y = to_world(points[:, 1], np.clip(points[:, 0], -180, 180))
        return np.column_stack([x, y]).astype(np.float64) / WORLD

    return shapely.transform(whole, project)


def _simplified(layer: BaseGeometry, detail: Detail) -> BaseGeometry:
    simple = shapely.make_valid(shapely.simplify(shapely.get_parts(layer), detail.tolerance))
    parts = shapely.get_parts(simple)
    big = parts[(shapely.area(parts) >= detail.smallest) | (shapely.get_dimensions(parts) == 1)]
    return shapely.GeometryCollection(big.tolist())


def _quartered(layer: BaseGeometry, zoom: int) -> dict[tuple[int, int], BaseGeometry]:
    """Cut a layer into the tiles of a zoom, by quarters: each cut has less left to cut.

    Tiles overlap a little, so that no seam shows between them.
    """
    tiles = {(0, 0): layer}
    spare = 1 / 2**zoom / 128
    for step in range(1, zoom + 1):
        side = 1 / 2**step
        finer = {}
        for (column, row), part in tiles.items():
            for x in (2 * column, 2 * column + 1):
                for y in (2 * row, 2 * row + 1):
                    west, north = x * side - spare, y * side - spare
                    east, south = (x + 1) * side + spare, (y + 1) * side + spare
                    cut = shapely.clip_by_rect(part, west, north, east, south)
                    if not cut.is_empty:
                        finer[x, y] = cut
        tiles = finer
    return tiles


def _lines(cut: BaseGeometry | None, detail: Detail) -> list[np.ndarray]:
    """Return the rings and lines of one tile as grid coordinates without repeats."""
    lines = []
    for part in [] if cut is None else shapely.get_parts(cut):
        smallest = 4 if part.geom_type == "Polygon" else 2
        for ring in _rings(part):
            grid = np.round(shapely.get_coordinates(ring) * 2**detail.bits).astype(np.int64)
            keep = np.ones(len(grid), dtype=bool)
            keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
            if keep.sum() >= smallest:
                lines.append(grid[keep])
    return lines


def _rings(part: BaseGeometry) -> Iterable[BaseGeometry]:
    if isinstance(part, shapely.Polygon):
        return [part.exterior, *part.interiors]
    return [part] if isinstance(part, shapely.LineString) else []


def _write_layer(body: bytearray, lines: Sequence[np.ndarray]) -> None:
    _varint(body, len(lines))
    for line in lines:
        _varint(body, len(line))
        steps = np.diff(line, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
        for value in np.where(steps < 0, -2 * steps - 1, 2 * steps).tolist():
            _varint(body, value)


def _varint(body: bytearray, value: int) -> None:
    while value > 127:
        body.append(value & 127 | 128)
        value >>= 7
    body.append(value)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
