"""Map files of every format become layers in WGS 84, with every fault named by row."""

import gzip
import threading
import zipfile
from pathlib import Path

import pytest
import shapely

from app.exchange.findings import FileRefusedError
from app.exchange.layers.staging import LayerCancelledError, LayerRequest, stage_layers
from maps.datum import convert
from models.basics import LatLon
from tests.unit.app.exchange.map_layers.layer_files import (
    BALTIMORE,
    NANJING,
    around,
    codes,
    only_layer,
    square,
    staged,
    write,
    zipped,
)

BOW = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson", ".kml", ".fgb"])
def test_that_points_of_each_format_come_with_their_names(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"hydrants{suffix}", around(BALTIMORE), {"Name": ["甲", "b", "c"]})
    staging = staged(path, tmp_path)
    table = only_layer(staging, tmp_path)
    assert (staging.rows_total, staging.accepted, staging.rejected) == (3, 3, 0)
    assert staging.layers[0].points == 3
    assert staging.layers[0].name_column.lower() == "name"
    assert table.columns[staging.layers[0].name_column] == ["甲", "b", "c"]
    assert shapely.get_coordinates(table.shapes)[0].tolist() == pytest.approx(list(BALTIMORE))


def test_that_a_chinese_dbf_without_a_word_on_its_encoding_is_read(tmp_path: Path) -> None:
    names = ["消火栓一号", "化工园区东门", "长江大堤"]
    path = write(tmp_path / "a.shp", around(BALTIMORE), {"名称": names}, encoding="GBK")
    path.with_suffix(".cpg").unlink()
    staging = staged(path, tmp_path)
    assert only_layer(staging, tmp_path).columns == {"名称": names}
    assert codes(staging) == ["layer_encoding"]


@pytest.mark.parametrize("cpg", ["GBK", "936", "GB18030", "UTF-8"])
def test_that_a_cpg_is_believed_where_it_fits(cpg: str, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.shp", around(BALTIMORE), {"名称": ["甲", "乙", "丙"]}, encoding="GBK"
    )
    path.with_suffix(".cpg").write_text(cpg)
    assert only_layer(staged(path, tmp_path), tmp_path).columns == {"名称": ["甲", "乙", "丙"]}


def test_that_an_utf8_dbf_is_read_beside_a_wrong_cpg(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", around(BALTIMORE), {"n": ["甲", "é", "c"]}, encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    assert only_layer(staged(path, tmp_path), tmp_path).columns == {"n": ["甲", "é", "c"]}


def test_that_a_zipped_shapefile_with_a_chinese_name_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "水源.shp", around(BALTIMORE), {"n": ["甲", "b", "c"]})
    archive = zipped(path, tmp_path / "x.zip")
    staging = staged(archive, tmp_path)
    assert staging.layers[0].title == "水源"
    assert staging.accepted == 3


def test_that_a_kmz_is_read_and_called_after_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "doc.kml", around(BALTIMORE))
    with zipfile.ZipFile(tmp_path / "park.kmz", "w") as archive:
        archive.write(path, "doc.kml")
    staging = staged(tmp_path / "park.kmz", tmp_path)
    assert staging.accepted == 3


def test_that_each_layer_of_a_geopackage_is_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", around(BALTIMORE), layer="gates")
    write(path, [square(BALTIMORE)], layer="plots", append=True)
    staging = staged(path, tmp_path)
    assert [(layer.title, layer.rows) for layer in staging.layers] == [("gates", 3), ("plots", 1)]
    assert [each.title for each in staged(path, tmp_path, name="P").layers] == [
        "P: gates", "P: plots",
    ]  # fmt: skip


OSM = """<?xml version='1.0' encoding='UTF-8'?><osm version="0.6">
<node id="1" lat="32.06" lon="118.80" version="1"><tag k="amenity" v="hospital"/>
<tag k="name" v="第一医院"/></node>
<node id="2" lat="32.07" lon="118.81" version="1"/>
<way id="3" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way></osm>"""


def test_that_openstreetmap_is_never_asked_for_its_datum(tmp_path: Path) -> None:
    (tmp_path / "a.osm").write_text(OSM, encoding="utf-8")
    with gzip.open(tmp_path / "b.osm.gz", "wt", encoding="utf-8") as file:
        file.write(OSM)
    for name in ("a.osm", "b.osm.gz"):
        staging = staged(tmp_path / name, tmp_path)
        assert staging.question == ""
        assert sum(layer.points for layer in staging.layers) == 1
        assert sum(layer.lines for layer in staging.layers) == 1


def test_that_a_table_gives_points_and_names_the_rows_it_refuses(tmp_path: Path) -> None:
    path = tmp_path / "wells.csv"
    path.write_text(
        "名称,纬度,经度,深\n甲,39.28,-76.6,1\n乙,39°17'25\"N,76°36'45\"W,2\n丙,,,3\n丁,abc,5,4\n"
        "戊,121.5,31.2,5\n",
        encoding="gb18030",
    )
    staging = staged(path, tmp_path)
    assert staging.accepted == 2
    table = only_layer(staging, tmp_path)
    assert table.columns["名称"] == ["甲", "乙"]
    assert [(f.row, f.code) for f in staging.findings if f.severity == "error"] == [
        (4, "layer_geometry_missing"), (5, "layer_coordinates"), (6, "swapped"),
    ]  # fmt: skip


def test_that_a_table_without_coordinates_is_refused_with_its_headings(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,where\nA,here\n")
    with pytest.raises(FileRefusedError, match=r"a\.csv: row 1: no columns.*name, where"):
        staged(tmp_path / "a.csv", tmp_path)


def test_that_wgs84_in_china_is_asked_for_with_both_places_to_compare(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", around(NANJING))
    asked = staged(path, tmp_path)
    assert (asked.question, asked.accepted) == ("datum", 0)
    assert asked.refused
    wgs, gcj, bd = asked.choices
    assert (wgs.datum, gcj.datum, bd.datum) == ("WGS84", "GCJ02", "BD09")
    assert wgs.places[0] != gcj.places[0]
    answered = staged(path, tmp_path, datum="GCJ02")
    lat, lon = convert([NANJING[1]], [NANJING[0]], "GCJ02", "WGS84")
    moved = shapely.get_coordinates(only_layer(answered, tmp_path).shapes)[0]
    assert answered.datum == "GCJ02"
    assert moved.tolist() == pytest.approx([float(lon[0]), float(lat[0])], abs=1e-9)


@pytest.mark.parametrize("suffix", [".csv", ".shp"])
def test_that_files_without_a_word_on_their_system_are_asked_for(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".csv":
        path.write_text("lat,lon\n32.06,118.8\n")
    else:
        write(path, around(NANJING), crs=None)
    assert staged(path, tmp_path).question == "datum"
    assert staged(path, tmp_path, datum="CGCS2000").accepted > 0


def test_that_a_surveyed_system_is_believed(tmp_path: Path) -> None:
    points = [shapely.Point(500_000, 3_550_000)]
    path = write(tmp_path / "a.gpkg", points, crs="EPSG:4548")
    staging = staged(path, tmp_path)
    assert staging.question == ""
    x, y = shapely.get_coordinates(only_layer(staging, tmp_path).shapes)[0].tolist()
    assert x == pytest.approx(117.0)
    assert y == pytest.approx(32.07, abs=0.05)


def test_that_a_drawing_in_metres_is_asked_for_its_grid_and_offers_those_near(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "plant.dxf", [shapely.Point(669_800, 3_548_900)], {}, crs=None)
    asked = staged(path, tmp_path, near=LatLon(32.06, 118.8))
    assert asked.question == "crs"
    assert "EPSG:32650" in [choice.crs for choice in asked.choices]
    answered = staged(path, tmp_path, crs="EPSG:32650")
    x, y = shapely.get_coordinates(only_layer(answered, tmp_path).shapes)[0].tolist()
    assert (x, y) == pytest.approx((118.8, 32.06), abs=0.01)
    with pytest.raises(FileRefusedError, match="EPSG:4547"):
        staged(path, tmp_path, crs="mars")


def test_that_a_drawing_in_degrees_is_asked_for_its_datum(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dxf", around(BALTIMORE), {}, crs=None)
    assert staged(path, tmp_path).question == "datum"
    assert staged(path, tmp_path, datum="WGS84").accepted == 3


def test_that_a_broken_polygon_is_repaired_and_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", [BOW, square((2, 2))])
    staging = staged(path, tmp_path)
    assert staging.accepted == 2
    (found,) = staging.findings
    assert (found.row, found.column, found.severity, found.code) == (
        1, "geometry", "warning", "layer_geometry_repaired",
    )  # fmt: skip
    assert "Self-intersection" in found.reason
    assert only_layer(staging, tmp_path).shapes[0].area == pytest.approx(0.5)


def test_that_rows_without_a_shape_are_refused_by_row(tmp_path: Path) -> None:
    flat = shapely.Polygon([(0, 0), (1, 1), (2, 2), (0, 0)])
    path = write(tmp_path / "a.gpkg", [None, square((2, 2)), shapely.Polygon(), flat])
    staging = staged(path, tmp_path)
    assert staging.accepted == 1
    assert [(f.row, f.code) for f in staging.findings] == [
        (1, "layer_geometry_missing"), (3, "layer_geometry_missing"),
        (4, "layer_geometry_collapsed"),
    ]  # fmt: skip


def test_that_numbers_that_are_none_and_places_off_the_earth_are_refused(tmp_path: Path) -> None:
    shapes = [
        shapely.Point(float("nan"), 1), shapely.LineString([(0, 0), (float("inf"), 1)]),
        shapely.Point(10, 95), shapely.Point(1e300, 1), shapely.Point(5, 5),
    ]  # fmt: skip
    staging = staged(write(tmp_path / "a.gpkg", shapes), tmp_path)
    assert staging.accepted == 1
    assert {f.row for f in staging.findings if f.severity == "error"} == {1, 2, 3, 4}


def test_that_a_shape_over_the_antimeridian_is_cut_there(tmp_path: Path) -> None:
    over = shapely.Polygon([(179, -17), (-179, -17), (-179, -16), (179, -16)])
    east = shapely.LineString([(170, 5), (200, 5)])
    staging = staged(write(tmp_path / "a.gpkg", [over, east]), tmp_path)
    assert codes(staging) == ["layer_antimeridian"] * 2
    area, line = only_layer(staging, tmp_path).shapes
    assert area.area == pytest.approx(2.0)
    assert line.length == pytest.approx(30.0)
    assert shapely.total_bounds([area, line]).tolist() == [-180.0, -17.0, 180.0, 5.0]


def test_that_a_land_that_ends_at_the_edge_of_the_map_is_left_whole(tmp_path: Path) -> None:
    ice = shapely.Polygon([(-180, -90), (-180, -80), (0, -70), (180, -80), (180, -90)])
    staging = staged(write(tmp_path / "a.geojson", [ice]), tmp_path)
    assert staging.findings == ()
    assert only_layer(staging, tmp_path).shapes[0].area == pytest.approx(ice.area)


def test_that_poles_and_a_hundred_thousand_corners_are_taken(tmp_path: Path) -> None:
    line = shapely.LineString([(n / 1000 - 50, (n % 90) / 3) for n in range(100_000)])
    poles = shapely.MultiPoint([(0, 90), (0, -90)])
    staging = staged(write(tmp_path / "a.gpkg", [line, poles]), tmp_path)
    assert (staging.accepted, staging.findings) == (2, ())


NASTY = [
    "<script>alert(1)</script>", "'; DROP TABLE layers; --", '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)", "+1", "@x", "x" * 10_000, "\u202eevil\u202c", "👩‍🚒🔥", "مستشفى", "a\nb\tc",
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".kml", ".shp"])
def test_that_texts_of_any_kind_come_as_they_are(suffix: str, tmp_path: Path) -> None:
    names = [name[:250] if suffix == ".shp" else name for name in NASTY]
    path = write(tmp_path / f"a{suffix}", around(BALTIMORE, len(names)), {"Name": names})
    staging = staged(path, tmp_path)
    table = only_layer(staging, tmp_path)
    said = table.columns[staging.layers[0].name_column]
    assert len(said) == len(names)
    assert said[0] == names[0]
    if suffix != ".shp":
        assert said[:7] == names[:7]


def test_that_a_longer_text_is_cut_and_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", around(BALTIMORE, 1), {"name": ["y" * 20_000]})
    staging = staged(path, tmp_path)
    assert codes(staging) == ["layer_text_cut"]
    assert len(only_layer(staging, tmp_path).columns["name"][0]) == 10_000


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.kml", b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "is no kml file"),
        ("a.geojson", b"<OGRVRTDataSource/>", "is no geojson file"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [', "can't be read|JSON"),
        ("a.gpkg", b"SQLite format 3\0" + b"\0" * 200, "can't be read"),
        ("a.shp", b"\0\0\x27\x0a" + b"\0" * 20, "can't be read"),
        ("a.pbf", b"\0" * 100, "is no osm file"), ("a.dxf", b"", "is empty"),
        ("a.docx", b"PK", "told by the ending"), ("a.zip", b"PK\x03\x04", "can't be unpacked"),
    ],
)  # fmt: skip
def test_that_a_file_that_is_not_what_it_says_is_refused(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefusedError, match=reason):
        staged(tmp_path / name, tmp_path)


def test_that_a_missing_file_and_an_archive_without_maps_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="no such file"):
        staged(tmp_path / "none.gpkg", tmp_path)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../readme.md", "x")
    with pytest.raises(FileRefusedError, match="holds no map file"):
        staged(tmp_path / "a.zip", tmp_path)


def test_that_a_stopped_reading_keeps_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", around(BALTIMORE))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    stopped = threading.Event()

    def stop(step: str, share: float) -> None:
        del step, share
        stopped.set()

    with pytest.raises(LayerCancelledError):
        stage_layers(LayerRequest(path=path, scratch=scratch, progress=stop, cancelled=stopped))
    assert list(scratch.iterdir()) == []


def test_that_the_findings_have_the_fixed_shape(tmp_path: Path) -> None:
    plain = staged(write(tmp_path / "a.geojson", [BOW]), tmp_path).plain()
    assert set(plain) == {"rows", "accepted", "rejected", "findings"}
    assert set(plain["findings"][0]) == {
        "row", "column", "severity", "reason", "value", "proposal",
    }  # fmt: skip
