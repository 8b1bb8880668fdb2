"""What lies inside: the very points that a plain test of each finds, their kinds and people."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from maps.areas import circle_area, polygon_area
from maps.drawing import MapObject, draw_points
from maps.inside import InsideQuery, PointIndex
from maps.inside_shapes import ShapeIndex
from models.basics import LatLon, Name
from models.libraries.kinds import Team
from models.registry.kinds import Receptor, Record

HERE = LatLon(32.0, 119.0)


class FakeRows:
    def __init__(self, *records: Record) -> None:
        self._rows: dict[str, dict[str, Record]] = {}
        for record in records:
            self._rows.setdefault(record.KIND, {})[record.key] = record

    def all(self, kind: str) -> dict[str, Record]:
        return self._rows.get(kind, {})

    def get(self, kind: str, key: str) -> Record | None:
        return self.all(kind).get(key)


def village(key: str, day: int | None, night: int | None, north: float = 0.0) -> Receptor:
    place = LatLon(HERE.lat_deg + north, HERE.lon_deg)
    return Receptor(
        key=key, name=Name(en=key), type="village", position=place, people_day=day,
        people_night=night,
    )  # fmt: skip


def query(*records: Record) -> InsideQuery:
    rows = FakeRows(*records)
    return InsideQuery(draw_points(rows, "en"), rows)


def test_that_objects_kinds_and_people_inside_are_told() -> None:
    team = Team(key="T-1", name=Name(en="T"), position=HERE)
    found = query(village("A", 100, 300), village("B", 5, 7, 0.001), team).inside(
        circle_area(HERE, 500)
    )
    assert set(found.objects) == {
        MapObject("receptors", "A"), MapObject("receptors", "B"), MapObject("teams", "T-1"),
    }  # fmt: skip
    assert found.counts == {"receptors": 2, "teams": 1}
    assert (found.people.places, found.people.day, found.people.night) == (2, 105, 307)


def test_that_people_nobody_knows_are_counted_apart() -> None:
    found = query(village("A", None, 40), village("B", 7, None), village("C", None, None)).inside(
        circle_area(HERE, 500)
    )
    people = found.people
    assert (people.places, people.day, people.night) == (3, 7, 40)
    assert (people.day_unknown, people.night_unknown) == (2, 2)


def test_that_what_lies_outside_is_not_counted() -> None:
    found = query(village("A", 100, 100, 0.1)).inside(circle_area(HERE, 500))
    assert found.objects == ()
    assert found.counts == {}
    assert found.people.places == 0


def test_that_no_points_are_inside_of_anything() -> None:
    assert query().inside(circle_area(HERE, 500)).objects == ()


def test_that_points_on_both_sides_of_the_antimeridian_are_found() -> None:
    east = Team(key="E", name=Name(en="E"), position=LatLon(-17, 179.9))
    west = Team(key="W", name=Name(en="W"), position=LatLon(-17, -179.9))
    far = Team(key="F", name=Name(en="F"), position=LatLon(-17, 0))
    ring = [LatLon(-18, 179), LatLon(-18, -179), LatLon(-16, -179), LatLon(-16, 179)]
    found = query(east, west, far).inside(polygon_area(ring))
    assert {thing.key for thing in found.objects} == {"E", "W"}


def test_that_what_moved_counts_where_it_is() -> None:
    base, away = Team(key="A", name=Name(en="A"), position=HERE), LatLon(32.2, 119.0)
    back = Team(key="B", name=Name(en="B"), position=away)
    now = {MapObject("teams", "A"): away, MapObject("teams", "B"): HERE}
    found = query(base, back).inside(circle_area(HERE, 500), now)
    assert found.objects == (MapObject("teams", "B"),)
    assert found.counts == {"teams": 1}


def test_that_a_vehicle_without_a_row_counts_too() -> None:
    vehicle, far = MapObject("vehicles", "V-1"), MapObject("vehicles", "V-2")
    now = {vehicle: HERE, far: LatLon(33.0, 119.0)}
    found = query(village("A", 1, 2)).inside(circle_area(HERE, 500), now)
    assert found.objects == (MapObject("receptors", "A"), vehicle)
    assert found.counts == {"receptors": 1, "vehicles": 1}
    assert found.people.day == 1


def test_that_imported_shapes_that_reach_into_the_area_are_told() -> None:
    def square(lat: float, lon: float) -> shapely.Polygon:
        return shapely.box(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001)

    layers = {
        "roads": np.array([shapely.LineString([(118.0, 32.0), (120.0, 32.0)])], dtype=object),
        "houses": np.array([square(32.2, 119.0), square(32.0, 119.0)], dtype=object),
    }
    touched = ShapeIndex(layers).touching(circle_area(HERE, 500))
    assert touched == (MapObject("layers", "roads/0"), MapObject("layers", "houses/1"))
    told = query(village("A", 1, 2)).inside(circle_area(HERE, 500)).and_also(touched)
    assert told.counts == {"receptors": 1, "layers": 2}
    assert told.objects[1:] == touched


def test_that_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        PointIndex([1.0, 2.0], [1.0])


coordinates = st.integers(0, 40).map(float)
rings = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=8)


@given(
    st.lists(st.tuples(st.floats(0, 40), st.floats(0, 40)), max_size=120),
    st.lists(rings, min_size=1, max_size=3),
)
def test_that_the_index_finds_what_a_test_of_each_point_finds(
    points: list[tuple[float, float]], drawn: list[list[tuple[float, float]]]
) -> None:
    shape = shapely.union_all([shapely.Polygon(ring).buffer(0.0) for ring in drawn])
    assert _agree(np.array(points).reshape(-1, 2), shape)


@pytest.mark.parametrize("size", [1, 23, 24, 25, 5000])
def test_that_many_points_at_one_place_are_found(size: int) -> None:
    points = np.full((size, 2), 5.0)
    assert PointIndex(*points.T).inside(shapely.box(0, 0, 10, 10)).tolist() == list(range(size))
    assert PointIndex(*points.T).inside(shapely.box(6, 0, 10, 10)).size == 0


@pytest.mark.parametrize("holes", [0, 1])
def test_that_a_shape_with_many_corners_agrees_over_many_points(holes: int) -> None:
    random = np.random.default_rng(4)
    angle = np.linspace(0, 2 * np.pi, 500)
    reach = 30 + 8 * np.sin(17 * angle)
    ring = np.column_stack((50 + reach * np.cos(angle), 50 + reach * np.sin(angle)))
    shape = shapely.Polygon(ring, [0.4 * (ring - 50) + 50] * holes)
    assert _agree(random.uniform(0, 100, (20_000, 2)), shape)


def _agree(
    points: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", shape: BaseGeometry
) -> bool:
    found = PointIndex(points[:, 0], points[:, 1]).inside(shape)
    bare = np.flatnonzero(shapely.contains_xy(shape, points[:, 0], points[:, 1]))
    return found.tolist() == bare.tolist()
