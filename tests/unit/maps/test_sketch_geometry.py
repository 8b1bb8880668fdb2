"""The ground of sketches against pyproj's geodesics and known figures."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point

from maps.sketch_geometry import (
    anchor_of,
    area_m2,
    box_of,
    distance_and_bearing,
    geometry_of,
    length_m,
    line_of,
    offset,
    rings_of,
)
from maps.sketch_measure import leg_texts, measure_text
from models.basics import LatLon
from models.operation.sketch import Sketch, check_sketch

GEOD = Geod(ellps="WGS84")
HOME = LatLon(32.2, 118.8)
EAST = offset(HOME, 90.0, 1000.0)
NORTH = offset(HOME, 0.0, 1000.0)
LATS, LONS = st.floats(-70.0, 70.0), st.floats(-179.0, 179.0)


def to_m(place: LatLon) -> float:
    return float(GEOD.inv(HOME.lon_deg, HOME.lat_deg, place.lon_deg, place.lat_deg)[2])


def test_that_every_corner_of_a_circle_is_one_radius_away() -> None:
    (ring,) = rings_of(Sketch(shape="circle", points=(HOME,), radius_m=750.0))
    assert all(math.isclose(to_m(corner), 750.0, abs_tol=1e-3) for corner in ring)
    assert ring[0] == ring[-1]
    assert area_m2((ring,)) == pytest.approx(math.pi * 750.0**2, rel=2e-3)


def test_that_a_sector_opens_about_its_bearing() -> None:
    sketch = Sketch(
        shape="sector", points=(HOME,), radius_m=2000.0, bearing_deg=247.0, opening_deg=40.0
    )
    (ring,) = rings_of(sketch)
    assert ring[0] == ring[-1] == HOME
    bearings = [distance_and_bearing(HOME, corner)[1] for corner in ring[1:-1]]
    assert min(bearings) == pytest.approx(227.0, abs=1e-6)
    assert max(bearings) == pytest.approx(267.0, abs=1e-6)
    assert area_m2((ring,)) == pytest.approx(math.pi * 2000.0**2 / 9, rel=3e-3)


def test_that_a_sector_over_north_and_a_whole_circle_are_right() -> None:
    north = Sketch(shape="sector", points=(HOME,), radius_m=9.0, bearing_deg=0, opening_deg=20)
    assert geometry_of(north).contains(Point(HOME.lon_deg, offset(HOME, 0.0, 5.0).lat_deg))
    whole = Sketch(shape="sector", points=(HOME,), radius_m=900, bearing_deg=10, opening_deg=360)
    assert area_m2(rings_of(whole)) == pytest.approx(math.pi * 900.0**2, rel=3e-3)


def test_that_a_buffer_keeps_its_distance_in_metres() -> None:
    point = Sketch(shape="buffer", points=(HOME,), radius_m=300.0)
    (ring,) = rings_of(point)
    assert all(to_m(corner) == pytest.approx(300.0, abs=0.01) for corner in ring)
    line = Sketch(shape="buffer", base="line", points=(HOME, EAST), radius_m=100.0)
    expected = 2 * 100.0 * 1000.0 + math.pi * 100.0**2
    assert area_m2(rings_of(line)) == pytest.approx(expected, rel=5e-3)
    area = Sketch(shape="buffer", base="polygon", points=(HOME, EAST, NORTH), radius_m=100.0)
    sides = 1000.0 * (2 + math.sqrt(2))
    expected = 500_000.0 + 100.0 * sides + math.pi * 100.0**2
    assert area_m2(rings_of(area)) == pytest.approx(expected, rel=5e-3)


def test_that_a_buffer_around_a_closed_line_keeps_its_hole() -> None:
    corner = LatLon(NORTH.lat_deg, EAST.lon_deg)
    line = Sketch(
        shape="buffer", base="line", points=(HOME, EAST, corner, NORTH, HOME), radius_m=50.0
    )
    rings = rings_of(line)
    assert len(rings) == 2
    inside = Point((HOME.lon_deg + EAST.lon_deg) / 2, (HOME.lat_deg + NORTH.lat_deg) / 2)
    assert not geometry_of(line).contains(inside)


def test_that_a_polygon_that_crosses_itself_counts_its_ground_once() -> None:
    corner = LatLon(NORTH.lat_deg, EAST.lon_deg)
    tie = Sketch(shape="polygon", points=(HOME, corner, EAST, NORTH))
    assert area_m2(rings_of(tie)) == pytest.approx(500_000.0, rel=5e-3)


def test_that_a_rectangle_takes_its_corners_in_any_order() -> None:
    corner = LatLon(NORTH.lat_deg, EAST.lon_deg)
    one = Sketch(shape="rectangle", points=(HOME, corner))
    other = Sketch(shape="rectangle", points=(NORTH, EAST))
    assert area_m2(rings_of(one)) == pytest.approx(1e6, rel=5e-3)
    assert area_m2(rings_of(other)) == pytest.approx(1e6, rel=5e-3)
    south_west, north_east = box_of(one)
    assert south_west == HOME
    assert to_m(north_east) == pytest.approx(1000 * math.sqrt(2), rel=1e-3)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(LATS, LONS, st.floats(0.0, 360.0), st.floats(1.0, 50_000.0))
def test_that_going_there_and_measuring_back_agree(
    lat: float, lon: float, bearing: float, distance: float
) -> None:
    start = LatLon(lat, lon)
    end = offset(start, bearing, distance)
    if abs(end.lon_deg) == 180.0:
        return  # cut off at the antimeridian
    found, back = distance_and_bearing(start, end)
    assert found == pytest.approx(distance, abs=1e-3)
    assert (back - bearing + 180.0) % 360.0 == pytest.approx(180.0, abs=0.01)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(1.0, 100_000.0))
def test_that_no_place_on_earth_breaks_a_shape(lat: float, lon: float, radius: float) -> None:
    for shape in ("circle", "sector", "buffer"):
        sketch = Sketch(
            shape=shape, points=(LatLon(lat, lon),), radius_m=radius, bearing_deg=45.0,
            opening_deg=60.0,
        )  # fmt: skip
        check_sketch(sketch)
        assert rings_of(sketch)
        anchor_of(sketch)
        assert "R " in measure_text(sketch)


def test_that_symbols_stand_on_what_they_mark() -> None:
    line = Sketch(shape="line", points=(HOME, EAST, NORTH))
    assert anchor_of(line) == EAST
    assert line_of(line) == line.points
    corner = LatLon(NORTH.lat_deg, EAST.lon_deg)
    hook = Sketch(shape="polygon", points=(HOME, EAST, corner, NORTH))
    place = anchor_of(hook)
    assert geometry_of(hook).contains(Point(place.lon_deg, place.lat_deg))
    point = Sketch(shape="point", points=(HOME,))
    assert (anchor_of(point), rings_of(point), line_of(point)) == (HOME, (), ())


def test_that_measures_are_geodesic_cumulative_and_carry_units() -> None:
    assert length_m((HOME, EAST)) == pytest.approx(1000.0, abs=1e-3)
    assert length_m((HOME,)) == 0.0
    assert leg_texts((HOME, EAST, NORTH)) == ("1.00 km 090°", "1.41 km 315° Σ 2.41 km")
    assert measure_text(Sketch(shape="line", points=(HOME, EAST))) == "Σ 1.00 km · 090°"
    corner = LatLon(NORTH.lat_deg, EAST.lon_deg)
    square = Sketch(shape="rectangle", points=(HOME, corner))
    assert measure_text(square) == "1.00 km² · perimeter 4.00 km"
    assert measure_text(Sketch(shape="point", points=(HOME,))) == ""
    sector = Sketch(shape="sector", points=(HOME,), radius_m=900, bearing_deg=7, opening_deg=40)
    assert measure_text(sector).startswith("R 900 m · 007° ± 20°")
