"""From a file to an archive, read back by GDAL: another's eyes on what we wrote."""

import threading
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from maps.tiles.errors import TileFileError
from maps.tiles.grid import fractions, tile_of
from maps.tiles.making import MakingCancelledError, make_archive
from tests.unit.maps.tiles.town import EAST, NORTH, SOUTH, WEST, Town, features, town


def made(tmp_path: Path, source: Path, **options) -> Path:
    target = tmp_path / "made.pmtiles"
    make_archive(source, target, name="Town", **options)
    return target


def metres(lat_deg, lon_deg):
    """Return positions as GDAL gives them: Web Mercator metres, longer than those on the ground."""
    x, y = fractions(np.atleast_1d(lat_deg), np.atleast_1d(lon_deg))
    return np.column_stack([(x - 0.5), (0.5 - y)]) * 2 * np.pi * 6_378_137


@pytest.mark.parametrize("name", ["town.osm", "town.osm.gz", "town.osm.bz2"])
def test_that_an_extract_becomes_roads_buildings_water_and_names(tmp_path, name):
    archive = made(tmp_path, town().write(tmp_path / name))
    roads = features(archive, "transport")
    assert set(roads["class"]) == {"road.primary", "road.minor", "tunnel", "rail"}
    assert {"中央大道", "River Lane"} <= set(roads["name"])
    assert "Central Avenue" in roads["name:en"]
    assert len(features(archive, "building")["class"]) >= 12
    assert "Mirror Lake" in features(archive, "water")["name"]
    assert features(archive, "place")["name"] == ["滨江"]


def test_that_boundaries_are_left_out(tmp_path):
    archive = made(tmp_path, town().write(tmp_path / "town.osm"))
    for layer in ("landuse", "transport", "water", "building", "land"):
        assert "No boundary is drawn" not in features(archive, layer).get("name", [])


def test_that_tiles_hold_positions_to_half_a_metre(tmp_path):
    source = Town()
    source.way((121.4101, 31.2201), (121.4123, 31.2217), highway="primary")
    archive = made(tmp_path, source.write(tmp_path / "one.osm"))
    lines = [shapely.from_wkb(shape) for shape in features(archive, "transport")["geometry"]]
    ends = shapely.get_coordinates(shapely.line_merge(shapely.union_all(lines)))
    for place in metres([31.2201, 31.2217], [121.4101, 121.4123]):
        assert np.hypot(*(ends - place).T).min() < 0.6


def test_that_sea_lies_right_of_the_coast_and_land_left(tmp_path):
    archive = made(tmp_path, town().write(tmp_path / "town.osm"))
    for layer, lat in (("water", 31.204), ("land", 31.2185)):
        place = shapely.Point(metres(lat, 121.4185)[0])
        for name in ("water", "land"):
            areas = shapely.from_wkb(np.array(features(archive, name)["geometry"], dtype=object))
            assert shapely.contains(areas, place).any() == (name == layer)


def test_that_a_broken_coast_is_said_and_floods_nothing_far_away(tmp_path):
    source = town()
    source.way((121.405, 31.2265), (121.41, 31.2265), natural="coastline")
    made_ = make_archive(
        source.write(tmp_path / "t.osm"), tmp_path / "t.pmtiles", name="Town"
    )  # fmt: skip
    assert made_.missing["coast_incomplete"] == 2
    place = shapely.Point(metres(31.2225, 121.4385)[0])
    areas = shapely.from_wkb(
        np.array(features(tmp_path / "t.pmtiles", "water")["geometry"], dtype=object)
    )
    assert not shapely.contains(areas, place).any()


def test_that_far_zooms_hold_main_roads_alone(tmp_path, opened):
    archive = made(tmp_path, town().write(tmp_path / "town.osm"))
    assert set(features(archive, "transport", 9)["class"]) == {"road.primary"}
    assert opened(archive).tile(tile_of(31.22, 121.42, 9)) is not None
    assert features(archive, "building", 9)["geometry"] == []


def test_that_the_archive_says_where_it_is_and_whose_the_data_are(tmp_path, opened):
    info = opened(made(tmp_path, town().write(tmp_path / "town.osm"))).info
    west, south, east, north = info.box
    assert west <= WEST + 0.01 < EAST - 0.01 <= east
    assert south <= SOUTH + 0.01 < NORTH - 0.01 <= north
    assert 5 <= info.min_zoom <= 7
    assert (info.max_zoom, info.is_vector) == (14, True)
    assert info.attribution == "© OpenStreetMap contributors"


def test_that_a_geopackage_goes_by_its_columns_and_the_names_of_its_layers(tmp_path):
    path = tmp_path / "plan.gpkg"
    line = shapely.LineString([(121.40, 31.20), (121.43, 31.21)])
    area = shapely.box(121.41, 31.21, 121.412, 31.212)
    frame = {"geometry": [line], "highway": ["trunk"], "name": ["干道"]}
    geopandas.GeoDataFrame(frame, crs=4326).to_file(path, layer="anything")
    geopandas.GeoDataFrame({"geometry": [area]}, crs=4326).to_crs(32651).to_file(
        path, layer="建筑物", mode="a"
    )
    geopandas.GeoDataFrame({"geometry": [area]}, crs=4326).to_file(path, layer="xyz", mode="a")
    result = make_archive(path, tmp_path / "plan.pmtiles", name="Plan")
    assert set(features(result.path, "transport")["class"]) == {"road.trunk"}
    assert set(features(result.path, "building")["class"]) == {"building"}
    assert result.missing == {"layers_unknown": 1}


def test_that_a_shapefile_in_gbk_keeps_its_names(tmp_path):
    path = tmp_path / "道路.shp"
    line = shapely.LineString([(121.40, 31.20), (121.43, 31.21)])
    geopandas.GeoDataFrame({"geometry": [line], "NAME": ["滨江路"]}, crs=4326).to_file(
        path, encoding="gbk"
    )
    path.with_suffix(".cpg").unlink()
    roads = features(made(tmp_path, path), "transport")
    assert set(roads["name"]) == {"滨江路"}


def test_that_a_file_in_gcj02_is_moved_to_where_it_belongs(tmp_path, opened):
    path = tmp_path / "roads.geojson"
    line = shapely.LineString([(121.40, 31.20), (121.43, 31.21)])
    geopandas.GeoDataFrame({"geometry": [line]}, crs=4326).to_file(path)
    there = opened(made(tmp_path, path)).info.box
    moved = opened(made(tmp_path, path, datum="GCJ02")).info.box
    assert 0.003 < there[0] - moved[0] < 0.007


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("gone.osm", None, "no_file"),
        ("text.gpkg", b"no database", "unknown_format"),
        ("cut.osm.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader", "damaged"),
        ("broken.osm.bz2", b"BZh9 no bzip2 at all", "damaged"),
        ("empty.osm", b'<?xml version="1.0"?><osm version="0.6"></osm>', "empty"),
    ],
)
def test_that_a_file_that_gives_nothing_is_refused_with_its_reason(tmp_path, name, body, code):
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(TileFileError, match=name) as refused:
        made(tmp_path, path)
    assert refused.value.code == code
    assert [left.name for left in tmp_path.iterdir() if left.suffix in {".part", ".pmtiles"}] == []


def test_that_a_cancelled_import_leaves_nothing_and_the_old_archive_as_it_was(tmp_path):
    source = town().write(tmp_path / "town.osm")
    target = tmp_path / "made.pmtiles"
    target.write_bytes(b"older")
    stop = threading.Event()

    def progress(step: str, share: float) -> None:
        assert 0 <= share <= 1
        if step == "cutting":
            stop.set()

    with pytest.raises(MakingCancelledError):
        make_archive(source, target, name="Town", progress=progress, cancelled=stop)
    assert target.read_bytes() == b"older"
    assert not target.with_name("made.pmtiles.part").exists()


def test_that_progress_only_grows(tmp_path):
    heard: list[float] = []
    made(
        tmp_path, town().write(tmp_path / "town.osm"),
        progress=lambda _step, share: heard.append(share),
    )  # fmt: skip
    assert heard == sorted(heard)
    assert len(set(heard)) > 5
