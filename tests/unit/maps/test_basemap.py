"""The bundled land and water, and the tool that makes it."""

import json
import struct
import zlib
from importlib.resources import files
from pathlib import Path

import shapely

from maps.geometry import WORLD, to_world
from maps.tools.make_basemap import Detail, encode

Lines = list[list[tuple[int, int]]]


class Reader:
    """Reads the file as the page does."""

    def __init__(self, packed: bytes) -> None:
        plain = zlib.decompress(packed)
        assert plain[:4] == b"MBM1"
        (length,) = struct.unpack_from("<I", plain, 4)
        self.levels = json.loads(plain[8 : 8 + length])["levels"]
        self.body = plain[8 + length :]
        self.at = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.body[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def layer(self) -> Lines:
        lines = []
        for _ in range(self.number()):
            x = y = 0
            line = []
            for _ in range(self.number()):
                step_x, step_y = self.number(), self.number()
                x += -(step_x + 1) // 2 if step_x % 2 else step_x // 2
                y += -(step_y + 1) // 2 if step_y % 2 else step_y // 2
                line.append((x, y))
            lines.append(line)
        return lines

    def tile(self, level: int, name: str) -> list[Lines]:
        self.at = self.levels[level]["tiles"][name]
        return [self.layer() for _ in range(3)]


def test_that_shapes_come_back_within_the_grid() -> None:
    land = shapely.GeometryCollection([shapely.box(0.1, 0.1, 0.4, 0.4)])
    river = shapely.GeometryCollection([shapely.LineString([(0.2, 0.2), (0.3, 0.25)])])
    reader = Reader(
        encode([land, shapely.GeometryCollection(), river], [Detail(0, 1, 10, 1e-4, 0.0)])
    )
    rings, lakes, rivers = reader.tile(0, "0/0")
    assert lakes == []
    assert rivers == [[(205, 205), (307, 256)]]
    assert {corner for ring in rings for corner in ring} == {
        (102, 102), (102, 410), (410, 410), (410, 102),
    }  # fmt: skip


def test_that_tiles_overlap_so_that_no_seam_shows() -> None:
    land = shapely.GeometryCollection([shapely.box(0.1, 0.1, 0.9, 0.9)])
    empty = shapely.GeometryCollection()
    reader = Reader(encode([land, empty, empty], [Detail(0, 1, 10, 1e-4, 0.0)]))
    assert max(x for ring in reader.tile(0, "0/0")[0] for x, _ in ring) > 512
    assert min(x for ring in reader.tile(0, "1/0")[0] for x, _ in ring) < 512


def test_that_the_bundled_map_is_small_and_knows_land_from_sea() -> None:
    path = Path(str(files("resources"))) / "basemap" / "world.bin"
    assert path.stat().st_size < 1_500_000
    reader = Reader(path.read_bytes())
    for (lat, lon), is_land in {
        (32.0, 118.0): True,
        (39.4, -76.6): True,
        (30.0, -40.0): False,
    }.items():
        x, y = to_world([lat], [lon])
        for level in range(3):
            spec = reader.levels[level]
            across = 2 ** spec["tile_zoom"]
            name = f"{int(x[0]) * across // WORLD}/{int(y[0]) * across // WORLD}"
            if name not in spec["tiles"]:
                assert not is_land
                continue
            point = shapely.Point(
                x[0] / WORLD * 2 ** spec["bits"], y[0] / WORLD * 2 ** spec["bits"]
            )
            rings = [r for r in reader.tile(level, name)[0] if len(r) > 3]
            inside = sum(shapely.Polygon(ring).contains(point) for ring in rings) % 2 == 1
            assert inside == is_land, (lat, lon, level)
