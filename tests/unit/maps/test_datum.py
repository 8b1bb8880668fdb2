"""Datum conversion against published points, and there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.datum import DATUMS, Datum, convert, gcj02_to_wgs84, wgs84_to_gcj02

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
