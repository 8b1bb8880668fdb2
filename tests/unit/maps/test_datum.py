"""Datum conversion against published points, and there and back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.datum import (
    DATUMS,
    Datum,
    bd09_to_gcj02,
    convert,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    wgs84_to_gcj02,
)

MM = 0.001
METRES = 111_320.0


def apart_m(
    lat1: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    lon1: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    lat2: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    lon2: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> float:
    east = (lon1 - lon2) * np.cos(np.radians(lat1))
    return float(np.hypot(lat1 - lat2, east).max() * METRES)


# reference points of the eviltransform project (MIT)
@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    ],
)
def test_that_gcj02_agrees_with_the_published_points(
    wgs: tuple[float, float], gcj: tuple[float, float]
) -> None:
    lat, lon = wgs84_to_gcj02([wgs[0]], [wgs[1]])
    assert (lat[0], lon[0]) == pytest.approx(gcj, abs=1e-12)


@pytest.mark.parametrize("datum", DATUMS)
def test_that_a_round_trip_over_china_returns_within_a_millimetre(datum: Datum) -> None:
    random = np.random.default_rng(7)
    lat = random.uniform(4.0, 53.0, 50_000)
    lon = random.uniform(74.0, 135.0, 50_000)
    there = convert(lat, lon, "WGS84", datum)
    assert apart_m(lat, lon, *convert(*there, datum, "WGS84")) < MM


def test_that_the_offset_is_hundreds_of_metres() -> None:
    lat, lon = np.array([32.1]), np.array([118.8])
    assert 300 < apart_m(lat, lon, *convert(lat, lon, "WGS84", "GCJ02")) < 800


def test_that_the_difference_of_two_obfuscations_is_kept_between_them() -> None:
    lat, lon = np.array([39.9]), np.array([116.4])
    bd = convert(lat, lon, "GCJ02", "BD09")
    assert apart_m(lat, lon, *bd) > 700
    assert apart_m(lat, lon, *convert(*bd, "BD09", "GCJ02")) < MM


@pytest.mark.parametrize("place", [(39.27, -76.55), (-33.9, 151.2), (0.0, 0.0), (35.7, 139.7)])
def test_that_nothing_moves_outside_the_rectangle(place: tuple[float, float]) -> None:
    lat, lon = convert([place[0]], [place[1]], "WGS84", "GCJ02")
    assert (lat[0], lon[0]) == place
    lat, lon = gcj02_to_wgs84([place[0]], [place[1]])
    assert (lat[0], lon[0]) == place


def test_that_cgcs2000_is_taken_for_wgs84() -> None:
    lat, lon = convert([30.0], [120.0], "CGCS2000", "WGS84")
    assert (lat[0], lon[0]) == (30.0, 120.0)


def test_that_no_points_give_no_points() -> None:
    lat, lon = convert([], [], "GCJ02", "WGS84")
    assert (lat.size, lon.size) == (0, 0)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 200.0])
def test_that_a_coordinate_that_is_none_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="coordinate"):
        convert([bad], [120.0], "WGS84", "GCJ02")


def test_that_an_unknown_datum_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'Mars'"):
        convert([30.0], [120.0], "Mars", "WGS84")  # type: ignore[arg-type]


def test_that_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        convert([30.0, 31.0], [120.0], "WGS84", "GCJ02")


@given(st.floats(5, 52), st.floats(75, 134))
def test_that_any_place_in_china_returns(lat: float, lon: float) -> None:
    back = convert(*convert([lat], [lon], "WGS84", "BD09"), "BD09", "WGS84")
    assert apart_m(np.array([lat]), np.array([lon]), *back) < MM


WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271


@pytest.mark.parametrize("datum", ["GCJ02", "BD09"])
def test_that_the_whole_rectangle_returns_edges_and_corners_included(datum: Datum) -> None:
    lat, lon = (
        axis.ravel()
        for axis in np.meshgrid(np.linspace(SOUTH, NORTH, 301), np.linspace(WEST, EAST, 301))
    )
    assert apart_m(lat, lon, *convert(*convert(lat, lon, "WGS84", datum), datum, "WGS84")) < MM


@pytest.mark.parametrize("datum", ["GCJ02", "BD09"])
def test_that_a_kilometre_within_the_edge_returns(datum: Datum) -> None:
    random = np.random.default_rng(3)
    lat, lon = random.uniform(SOUTH, NORTH, 20_000), random.uniform(WEST, EAST, 20_000)
    lat[:5000] = SOUTH + random.uniform(0, 0.01, 5000)
    lat[5000:10_000] = NORTH - random.uniform(0, 0.01, 5000)
    lon[10_000:15_000] = WEST + random.uniform(0, 0.01, 5000)
    lon[15_000:] = EAST - random.uniform(0, 0.01, 5000)
    assert apart_m(lat, lon, *convert(*convert(lat, lon, "WGS84", datum), datum, "WGS84")) < MM


def test_that_only_a_strip_outside_the_edge_may_not_return() -> None:
    """The obfuscated image of the rectangle reaches over its edge: two positions become one."""
    lat = np.linspace(SOUTH, NORTH, 500)
    near = np.full(500, EAST + 0.0001)
    far = np.full(500, EAST + 0.02)
    stray_near = apart_m(lat, near, *gcj02_to_wgs84(*wgs84_to_gcj02(lat, near)))
    stray_far = apart_m(lat, far, *gcj02_to_wgs84(*wgs84_to_gcj02(lat, far)))
    assert 100 < stray_near < 1000
    assert stray_far == 0.0


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_that_bd09_agrees_with_the_published_formula_everywhere(lat: float, lon: float) -> None:
    x_pi = math.pi * 3000.0 / 180.0
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * x_pi)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * x_pi)
    north, east = gcj02_to_bd09([lat], [lon])
    assert float(north[0]) == pytest.approx(radius * math.sin(angle) + 0.006, abs=1e-12)
    assert float(east[0]) == pytest.approx(radius * math.cos(angle) + 0.0065, abs=1e-12)
    back = bd09_to_gcj02(north, east)
    assert apart_m(np.array([lat]), np.array([lon]), *back) < MM


def test_that_a_long_list_gives_what_single_positions_give() -> None:
    random = np.random.default_rng(5)
    lat, lon = random.uniform(4, 53, 5000), random.uniform(74, 135, 5000)
    whole = convert(lat, lon, "BD09", "WGS84")
    some = [0, 4095, 4096, 4999]
    single = [convert(lat[i : i + 1], lon[i : i + 1], "BD09", "WGS84") for i in some]
    assert np.allclose(whole[0][some], [s[0][0] for s in single], atol=1e-9, rtol=0)
    assert np.allclose(whole[1][some], [s[1][0] for s in single], atol=1e-9, rtol=0)


def test_that_a_table_of_positions_keeps_its_shape() -> None:
    lat, lon = convert(np.full((3, 2), 30.0), np.full((3, 2), 120.0), "GCJ02", "WGS84")
    assert lat.shape == lon.shape == (3, 2)
