"""Archives and databases of tiles, whole and damaged, vector and raster."""

import gzip
import sqlite3
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from maps.tiles.errors import TileFileError
from maps.tiles.grid import TileId

PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 40
WEBP = b"RIFF\x00\x00\x00\x00WEBP" + b"w" * 20
VECTOR = b"\x1a\x05vector"


def mbtiles(path: Path, tiles: dict[tuple[int, int, int], bytes], **metadata: str) -> Path:
    """Write tiles by (zoom, column, row from the south)."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE metadata (name text, value text)")
        connection.execute(
            "CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)"
        )
        connection.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        connection.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)", [(*key, body) for key, body in tiles.items()]
        )
    connection.close()
    return path


def pmtiles(
    path: Path, tiles: dict[tuple[int, int, int], bytes], kind: TileType,
    compression: Compression = Compression.NONE,
) -> Path:  # fmt: skip
    with path.open("wb") as file:
        writer = Writer(file)
        for key in sorted(tiles, key=lambda key: zxy_to_tileid(*key)):
            writer.write_tile(zxy_to_tileid(*key), tiles[key])
        writer.finalize(
            {"tile_type": kind, "tile_compression": compression,
             "min_lon_e7": 1210000000, "min_lat_e7": 310000000,
             "max_lon_e7": 1220000000, "max_lat_e7": 320000000},
            {"name": "Archive", "attribution": '<a href="http://x">&copy; Somebody</a>'},
        )  # fmt: skip
    return path


def test_that_rows_of_mbtiles_are_counted_from_the_south(opened, tmp_path):
    source = opened(mbtiles(tmp_path / "a.mbtiles", {(3, 2, 1): PNG}))
    assert source.tile(TileId(3, 2, 6)) == PNG
    assert source.tile(TileId(3, 2, 1)) is None


def test_that_mbtiles_say_bounds_zooms_name_and_attribution(opened, tmp_path):
    path = mbtiles(
        tmp_path / "a.mbtiles", {(3, 2, 1): WEBP, (7, 1, 1): WEBP}, name="Harbour",
        bounds="121.0,31.0,122.0,32.0", attribution="&copy; <b>Port</b> Authority",
    )  # fmt: skip
    info = opened(path).info
    assert (info.format, info.min_zoom, info.max_zoom) == ("webp", 3, 7)
    assert (info.name, info.box) == ("Harbour", (121.0, 31.0, 122.0, 32.0))
    assert info.attribution == "© Port Authority"


@pytest.mark.parametrize("bounds", ["", "a,b,c,d", "5,5,1,1", "0,0,0", "-500,0,500,1"])
def test_that_bounds_that_make_no_sense_are_the_world(opened, tmp_path, bounds):
    path = mbtiles(tmp_path / "a.mbtiles", {(1, 0, 0): PNG}, bounds=bounds)
    assert opened(path).info.box[0] == -180.0


def test_that_gzipped_vector_tiles_come_unpacked(opened, tmp_path):
    packed = gzip.compress(VECTOR)
    database = opened(mbtiles(tmp_path / "a.mbtiles", {(2, 1, 2): packed}))
    archive = opened(
        pmtiles(tmp_path / "a.pmtiles", {(2, 1, 1): packed}, TileType.MVT, Compression.GZIP)
    )
    assert database.info.is_vector
    assert archive.info.is_vector
    assert database.tile(TileId(2, 1, 1)) == archive.tile(TileId(2, 1, 1)) == VECTOR


def test_that_pmtiles_give_raster_tiles_bounds_and_plain_attribution(opened, tmp_path):
    source = opened(pmtiles(tmp_path / "a.pmtiles", {(4, 3, 5): PNG}, TileType.PNG))
    assert source.tile(TileId(4, 3, 5)) == PNG
    assert source.tile(TileId(4, 3, 6)) is None
    assert source.info.box == (121.0, 31.0, 122.0, 32.0)
    assert source.info.attribution == "© Somebody"


def test_that_an_archive_with_leaf_directories_finds_every_tile(opened, tmp_path):
    # different bodies of random-looking lengths can't be packed into one root directory
    tiles = {
        (8, x, y): bytes([x, y]) * (1 + (x * 37 + y * 101) % 50)
        for x in range(100)
        for y in range(100)
    }
    source = opened(pmtiles(tmp_path / "a.pmtiles", tiles, TileType.MVT))
    assert all(source.tile(TileId(*key)) == body for key, body in tiles.items())


@pytest.mark.parametrize("tile", [TileId(3, 9, 0), TileId(3, 0, -1), TileId(99, 0, 0)])
def test_that_a_tile_outside_the_grid_is_none(opened, tmp_path, tile):
    database = opened(mbtiles(tmp_path / "a.mbtiles", {(3, 2, 1): PNG}))
    archive = opened(pmtiles(tmp_path / "a.pmtiles", {(3, 2, 1): PNG}, TileType.PNG))
    assert database.tile(tile) is archive.tile(tile) is None


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("text.mbtiles", b"just text", "unknown_format"),
        ("short.pmtiles", b"PMTiles\x03short", "damaged"),
        ("old.pmtiles", b"PMTiles\x01" + bytes(200), "damaged"),
        ("zero.pmtiles", b"PMTiles\x03" + bytes(200), "damaged"),
        ("header.mbtiles", b"SQLite format 3\x00" + bytes(200), "damaged"),
        ("gone.mbtiles", None, "no_file"),
    ],
)
def test_that_a_damaged_or_wrong_file_is_refused_with_its_reason(
    opened, tmp_path, name, body, code
):
    if body is not None:
        (tmp_path / name).write_bytes(body)
    with pytest.raises(TileFileError, match=name) as refused:
        opened(tmp_path / name)
    assert refused.value.code == code


def test_that_a_database_without_tiles_is_refused(opened, tmp_path):
    with pytest.raises(TileFileError, match="holds no tiles"):
        opened(mbtiles(tmp_path / "a.mbtiles", {}))


def test_that_an_archive_cut_short_says_so_at_the_tile(opened, tmp_path):
    path = pmtiles(tmp_path / "a.pmtiles", {(4, 3, 5): PNG}, TileType.PNG)
    path.write_bytes(path.read_bytes()[:-10])
    source = opened(path)
    with pytest.raises(TileFileError, match="4/3/5"):
        source.tile(TileId(4, 3, 5))
