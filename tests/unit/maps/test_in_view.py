"""Stepping through what is in view, distances and bearings."""

import pytest

from maps.drawing import MapObject, draw_points
from maps.in_view import bearing_of, objects_in_view, step_through
from maps.layer_facts import ViewBox
from maps.scene import SceneWords, build_scene
from models.basics import LatLon
from tests.unit.maps.world import ORIGIN, near, park, situation


def box(half_m: float, zoom: float = 15.0) -> ViewBox:
    low, high = near(-half_m, -half_m), near(half_m, half_m)
    return ViewBox(low.lat_deg, low.lon_deg, high.lat_deg, high.lon_deg, zoom)


def seen(half_m: float, hidden: str = "") -> tuple[MapObject, ...]:
    scene = build_scene(situation(), park(), SceneWords())
    points = draw_points(park(), "en")
    return objects_in_view(points, scene.live.values(), box(half_m), lambda layer: layer != hidden)


def test_that_the_worst_comes_first_and_nothing_twice() -> None:
    things = seen(2000)
    assert things[:2] == (MapObject("incidents", "I1"), MapObject("tags", "GT-1"))
    assert len(set(things)) == len(things)
    assert MapObject("teams", "T1") in things


def test_that_points_follow_from_the_middle_outwards() -> None:
    wanted = [MapObject("hazard-sources", "H1"), MapObject("enterprises", "E1")]
    assert [thing for thing in seen(2000) if thing in wanted] == wanted


def test_that_what_is_hidden_or_out_of_view_is_stepped_over() -> None:
    assert MapObject("enterprises", "E1") not in seen(100)
    assert MapObject("enterprises", "E1") not in seen(2000, hidden="enterprises")
    assert MapObject("incidents", "I1") not in seen(2000, hidden="incidents")


def test_that_stepping_goes_round_both_ways() -> None:
    things = tuple(MapObject("a", str(n)) for n in range(3))
    assert step_through(things, things[2], 1) == things[0]
    assert step_through(things, things[0], -1) == things[2]
    assert step_through(things, None, -1) == things[2]
    assert step_through(things, MapObject("gone", "1"), 1) == things[0]
    assert step_through((), None, 1) is None


@pytest.mark.parametrize(
    ("east_m", "north_m", "bearing_deg"),
    [(0, 500, 0), (500, 500, 45), (500, 0, 90), (0, -500, 180), (-500, -500, 225), (-500, 0, 270)],
)
def test_that_bearings_go_clockwise_from_north(
    east_m: float, north_m: float, bearing_deg: float
) -> None:
    found = bearing_of(ORIGIN, near(east_m, north_m))
    assert found.distance_m == pytest.approx((east_m**2 + north_m**2) ** 0.5, rel=0.005)
    assert found.bearing_deg == pytest.approx(bearing_deg, abs=0.5)


def test_that_the_antimeridian_is_crossed_the_short_way() -> None:
    found = bearing_of(LatLon(0.0, 179.9), LatLon(0.0, -179.9))
    assert found.distance_m == pytest.approx(22_239, rel=0.001)
    assert found.bearing_deg == pytest.approx(90.0)
