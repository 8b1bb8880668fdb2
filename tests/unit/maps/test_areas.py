"""Areas on the map's square: holes, buffers, rings that cross themselves or the antimeridian."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from maps.areas import (
    Area,
    AreaRefusedError,
    buffer_area,
    circle_area,
    multipolygon_area,
    polygon_area,
)
from maps.geometry import WORLD, to_world
from models.basics import LatLon

SQUARE = [LatLon(30, 118), LatLon(30, 120), LatLon(32, 120), LatLon(32, 118)]
HOLE = [LatLon(30.5, 118.5), LatLon(30.5, 119.5), LatLon(31.5, 119.5), LatLon(31.5, 118.5)]


def holds(area: Area, lat: float, lon: float) -> bool:
    x, y = to_world([lat], [lon])
    return bool(shapely.contains_xy(area.shape, float(x[0]), float(y[0])))


@pytest.mark.parametrize("ring", [SQUARE, [*SQUARE, SQUARE[0]], SQUARE[::-1]])
def test_that_a_ring_holds_its_inside_closed_or_not_in_any_direction(ring: list[LatLon]) -> None:
    area = polygon_area(ring)
    assert area.notes == ()
    assert holds(area, 31, 119)
    assert not holds(area, 33, 119)
    assert not holds(area, 31, 121)


def test_that_a_hole_is_outside() -> None:
    area = polygon_area(SQUARE, [HOLE])
    assert not holds(area, 31, 119)
    assert holds(area, 30.2, 119)


def test_that_all_polygons_of_several_count() -> None:
    away = [LatLon(place.lat_deg, place.lon_deg + 10) for place in SQUARE]
    area = multipolygon_area([(SQUARE, [HOLE]), (away, [])])
    assert holds(area, 31, 129)
    assert not holds(area, 31, 119)


def test_that_a_self_crossing_ring_holds_both_of_its_wings_and_says_so() -> None:
    bow = [LatLon(30, 118), LatLon(32, 120), LatLon(30, 120), LatLon(32, 118)]
    area = polygon_area(bow)
    assert area.notes == ("self_crossing",)
    assert holds(area, 31, 118.3)
    assert holds(area, 31, 119.7)
    assert not holds(area, 31.9, 119)


def test_that_the_middle_of_a_star_counts() -> None:
    star = [
        LatLon(31 + math.cos(0.8 * math.pi * k), 119 + math.sin(0.8 * math.pi * k))
        for k in range(5)
    ]
    area = polygon_area(star)
    assert area.notes == ("self_crossing",)
    assert holds(area, 31, 119)


def test_that_a_ring_over_the_antimeridian_is_the_small_one() -> None:
    area = polygon_area([LatLon(-17, 178), LatLon(-17, -178), LatLon(-15, -178), LatLon(-15, 178)])
    assert area.notes == ("antimeridian",)
    assert holds(area, -16, 179.5)
    assert holds(area, -16, -179.5)
    assert not holds(area, -16, 0)


def test_that_a_ring_around_the_earth_holds_the_nearer_pole() -> None:
    north = polygon_area([LatLon(70, lon) for lon in (-180, -60, 60)])
    assert set(north.notes) == {"antimeridian", "pole"}
    assert holds(north, 80, 0)
    assert holds(north, 80, 179)
    assert not holds(north, 60, 0)
    south = polygon_area([LatLon(-70, lon) for lon in (170, 50, -70)])
    assert holds(south, -80, 10)
    assert not holds(south, 0, 10)


def test_that_corners_beyond_the_map_are_said() -> None:
    area = polygon_area([LatLon(80, 0), LatLon(80, 10), LatLon(89, 5)])
    assert area.notes == ("beyond_map",)
    assert holds(area, 81, 5)


@pytest.mark.parametrize(
    ("ring", "fault"),
    [
        ([], "empty"), ([LatLon(1, 1)], "too_few_corners"),
        ([LatLon(1, 1), LatLon(2, 2), LatLon(1, 1)], "too_few_corners"),
        ([LatLon(1, 1), LatLon(1, 1), LatLon(1, 1), LatLon(2, 2)], "too_few_corners"),
        ([LatLon(1, 1), LatLon(1, 2), LatLon(1, 3)], "no_area"),
        ([LatLon(89, 0), LatLon(89.5, 10), LatLon(90, 20)], "no_area"),
    ],
)  # fmt: skip
def test_that_a_ring_without_an_inside_is_refused(ring: list[LatLon], fault: str) -> None:
    with pytest.raises(AreaRefusedError) as refused:
        polygon_area(ring)
    assert refused.value.fault == fault


def test_that_no_polygons_are_refused_and_a_hole_may_leave_nothing() -> None:
    with pytest.raises(AreaRefusedError) as none:
        multipolygon_area([])
    assert none.value.fault == "empty"
    with pytest.raises(AreaRefusedError) as eaten:
        polygon_area(HOLE, [SQUARE])
    assert eaten.value.fault == "no_area"


@given(st.floats(-75, 75), st.floats(-180, 180), st.floats(10, 200_000))
def test_that_a_circle_holds_what_is_nearer_and_nothing_farther(
    lat: float, lon: float, radius_m: float
) -> None:
    area = circle_area(LatLon(lat, lon), radius_m)
    for bearing in (0.3, 2.0, 3.9, 5.5):
        for share, inside in ((0.98, True), (1.02, False)):
            assert holds(area, *_away(lat, lon, bearing, radius_m * share)) is inside


def test_that_a_circle_around_a_pole_holds_it() -> None:
    area = circle_area(LatLon(-83, 20), 900_000)
    assert "pole" in area.notes
    assert holds(area, -84.9, 80)
    assert holds(area, -80, 20)
    assert not holds(area, -80, -160)


def test_that_a_line_is_buffered_over_the_antimeridian() -> None:
    area = buffer_area([LatLon(-17, 179), LatLon(-17, -179), LatLon(-18, -179)], 20_000)
    assert area.notes == ("antimeridian",)
    assert holds(area, -16.9, 180.0 - 1e-6)
    assert holds(area, -17.5, -179.1)
    assert not holds(area, -17.5, 179.5)
    assert shapely.bounds(area.shape)[2] <= WORLD


@pytest.mark.parametrize(
    ("line", "distance_m", "fault"),
    [
        ([], 10.0, "empty"), ([LatLon(0, 0)], 0.0, "distance_range"),
        ([LatLon(0, 0)], 2e6, "distance_range"), ([LatLon(0, 0)], float("nan"), "distance_range"),
        ([LatLon(0, 0), LatLon(0, 15), LatLon(0, 30)], 10.0, "too_long"),
        ([LatLon(85, 0), LatLon(85, 5)], 900_000.0, "near_pole"),
    ],
)  # fmt: skip
def test_that_a_buffer_that_can_not_be_is_refused(
    line: list[LatLon], distance_m: float, fault: str
) -> None:
    with pytest.raises(AreaRefusedError) as refused:
        buffer_area(line, distance_m)
    assert refused.value.fault == fault


@given(st.lists(st.builds(LatLon, st.floats(-90, 90), st.floats(-180, 180)), max_size=12))
def test_that_any_ring_is_an_area_on_the_map_or_refused(ring: list[LatLon]) -> None:
    try:
        area = polygon_area(ring)
    except AreaRefusedError:
        return
    west, _, east, _ = area.shape.bounds
    assert area.shape.is_valid
    assert area.shape.area > 0
    assert 0 <= west <= east <= WORLD


def _away(lat: float, lon: float, bearing: float, distance_m: float) -> tuple[float, float]:
    arc, phi = distance_m / 6_371_008.8, math.radians(lat)
    there = math.asin(
        math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(bearing)
    )
    east = math.atan2(
        math.sin(bearing) * math.sin(arc) * math.cos(phi),
        math.cos(arc) - math.sin(phi) * math.sin(there),
    )
    wrapped = float(np.mod(lon + math.degrees(east) + 180, 360) - 180)
    return math.degrees(there), wrapped
