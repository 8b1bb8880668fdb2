"""Reference rows as arrays, there and back."""

import json

import numpy as np
import pytest

from maps.catalogue import STYLES, VECTOR_CLASSES, feature_class
from maps.drawing import MapObject, PointSet, draw_points, draw_reference, draw_vectors
from maps.geometry import from_world
from maps.raster import shape_of, stamp_points
from maps.reading import read_points, read_vectors
from models.basics import Name
from models.registry.kinds import Building, Enterprise, Feature, HazardSource, Receptor, Road
from tests.unit.maps.world import ORIGIN, Rows, near, park


def test_that_points_keep_their_places_objects_and_names() -> None:
    points = draw_points(park(), "zh")
    assert points.objects == (
        MapObject("tags", "GT-1"), MapObject("enterprises", "E1"),
        MapObject("hazard-sources", "H1"),
        MapObject("receptors", "R1"), MapObject("teams", "T1"),
    )  # fmt: skip
    assert points.names == ("Chlorine detector", "三江精细", "液氯罐", "滨海小学 (412)", "消防一站")
    lat, lon = from_world(points.x, points.y)
    assert (lat[2], lon[2]) == pytest.approx((ORIGIN.lat_deg, ORIGIN.lon_deg), abs=1e-6)
    assert [STYLES[n] for n in points.style] == [
        "tag", "enterprise", "hazard.1", "receptor.school", "team",
    ]  # fmt: skip


def test_that_groups_cover_all_points_in_the_order_of_drawing() -> None:
    points = draw_points(park(), "en")
    ends = [0, *(group.end for group in points.groups)]
    assert [group.start for group in points.groups] == ends[:-1]
    assert ends[-1] == len(points.objects)


@pytest.mark.parametrize(
    ("row", "style"),
    [
        (HazardSource(key="a", name=Name(en="a"), position=ORIGIN, grade="四级"), "hazard.4"),
        (HazardSource(key="a", name=Name(en="a"), position=ORIGIN), "hazard.0"),
        (Receptor(key="a", name=Name(en="a"), position=ORIGIN, type="clinic"), "receptor.hospital"),
        (Receptor(key="a", name=Name(en="a"), position=ORIGIN, type="zoo"), "receptor.other"),
        (Feature(key="a", name=Name(en="a"), position=ORIGIN, type="hydrant"), "hydrant"),
        (Feature(key="a", name=Name(en="a"), position=ORIGIN, type="thing"), "feature"),
    ],
)
def test_that_each_row_has_its_symbol(row: Enterprise, style: str) -> None:
    points = draw_points(Rows().add(row), "en")
    assert [STYLES[n] for n in points.style] == [style]


def test_that_rows_without_a_place_are_counted_as_left_out() -> None:
    rows = Rows().add(Enterprise(key="a", name=Name(en="a")))
    points = draw_points(rows, "en")
    assert (len(points.objects), points.left_out) == (0, 1)


def test_that_a_feature_with_a_line_is_no_point() -> None:
    rows = Rows().add(
        Feature(key="a", name=Name(en="a"), position=ORIGIN, line=(ORIGIN, near(1, 1)))
    )
    assert draw_points(rows, "en").objects == ()
    assert draw_vectors(rows, "en").count == 1


def test_that_points_read_back_as_they_were() -> None:
    points = draw_points(park(), "en")
    back = read_points(points.array(), points.style.tobytes(), points.message("u", "s", "n", 1))
    assert np.array_equal(back.x, points.x)
    assert np.array_equal(back.y, points.y)
    assert np.array_equal(back.style, points.style)
    assert back.groups == points.groups
    assert json.loads(points.names_json()) == list(points.names)


def test_that_a_cut_array_is_refused() -> None:
    points = draw_points(park(), "en")
    with pytest.raises(ValueError, match="buffer"):
        read_points(points.array()[:-1], b"", points.message("u", "s", "n", 1))


def test_that_vectors_come_sorted_by_class_with_names_and_boxes() -> None:
    vectors = draw_vectors(park(), "zh")
    back = read_vectors(vectors.body)
    assert [VECTOR_CLASSES[n] for n in back.classes] == [
        "water",
        "unit",
        "building",
        "road.primary",
    ]
    assert vectors.names == ("大江", "", "Hall", "中央大道")
    for i in range(vectors.count):
        part = slice(int(back.starts[i]), int(back.starts[i + 1]))
        box = [back.x[part].min(), back.y[part].min(), back.x[part].max(), back.y[part].max()]
        assert back.boxes[i].tolist() == box


def test_that_nothing_drawn_is_an_empty_array() -> None:
    back = read_vectors(draw_vectors(Rows(), "en").body)
    assert (len(back.classes), back.starts.tolist()) == (0, [0])
    assert draw_reference(Rows(), "en").home is None


def test_that_home_is_where_the_hazard_sources_are() -> None:
    home = draw_reference(park(), "en").home
    assert home is not None
    assert home[0].lat_deg == pytest.approx(ORIGIN.lat_deg)


@pytest.mark.parametrize(
    ("kind", "closed", "wanted"),
    [
        ("river", True, "water"), ("river", False, "river"), ("park", True, "green"),
        ("pipe_rack", False, "rack"), ("railway", False, "rail"), ("plot", True, "plot"),
        ("fence", False, "line"),
    ],
)  # fmt: skip
def test_that_each_feature_has_its_class(kind: str, closed: bool, wanted: str) -> None:
    feature = Feature(key="f", name=Name(en="f"), type=kind, closed=closed)
    assert feature_class(feature) == wanted


def stamped(points: PointSet, **more: object) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    pixels = np.zeros((200, 300), dtype=np.uint32)
    scale = 256 * 2**15 / 2**32
    x, y = points.x[2] * scale, points.y[2] * scale
    colours = {style: 0xFF000000 + n + 1 for n, style in enumerate(STYLES)}
    shown = stamp_points(
        pixels, points, STYLES, colours, left=x - 150, top=y - 100, scale=scale,
        **{"zoom": 15.0, "hidden": frozenset(), **more},  # type: ignore[arg-type]
    )  # fmt: skip
    return pixels, shown


def test_that_stamped_points_lie_where_they_belong() -> None:
    points = draw_points(park(), "en")
    pixels, shown = stamped(points)
    assert pixels[100, 150] == 0xFF000000 + STYLES.index("hazard.1") + 1
    assert 2 in shown
    assert (pixels != 0).sum() > 40


def test_that_hidden_kinds_and_small_zooms_leave_points_out() -> None:
    points = draw_points(park(), "en")
    assert 2 not in stamped(points, hidden=frozenset({"hazard-1"}))[1]
    assert 2 not in stamped(points, zoom=9.0)[1]


def test_that_every_symbol_has_a_shape_in_the_plain_map() -> None:
    shapes = {"circle", "square", "diamond", "triangle", "cross", "dot"}
    assert {shape_of(s) for s in STYLES} <= shapes


def test_that_what_has_no_name_of_its_own_is_not_labelled() -> None:
    line = (ORIGIN, near(100, 0), near(100, 100))
    building, road = Name(zh="建筑物", en="Building"), Name(zh="无名道路", en="Unnamed road")
    hall = Building(key="hall", name=Name(en="Chlorine hall"), ring=line)
    rows = Rows().add(
        hall,
        *(Building(key=f"b{n}", name=building, ring=line) for n in range(20)),
        Road(key="r1", name=road, line=line, road_class="service"),
        Road(key="r2", name=Name(en="Main Street"), line=line, road_class="service"),
    )
    named = {name for name in draw_vectors(rows, "en").names if name}
    assert named == {"Chlorine hall", "Main Street"}


@pytest.mark.parametrize("opacity", [1.0, 0.5])
def test_that_many_points_are_stamped_as_few_are(
    monkeypatch: pytest.MonkeyPatch, opacity: float
) -> None:
    points = draw_points(park(), "en")
    faint = dict.fromkeys(("enterprises", "hazard-1", "tags"), opacity)
    few, shown = stamped(points, opacity=faint)
    monkeypatch.setattr("maps.raster._MANY", 0)
    many, shown_too = stamped(points, opacity=faint)
    assert (few == many).all()
    assert (few != 0).any()
    assert shown.tolist() == shown_too.tolist()


def test_that_the_upper_layer_is_stamped_last() -> None:
    points = draw_points(park(), "en")
    _, shown = stamped(points, order=("hazard-1", "enterprises"))
    assert shown[-1] == 2
    _, shown = stamped(points, order=("tags", "hazard-1"))
    assert shown[-1] != 2
