"""The Web Mercator square and circles on the ground."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.geometry import WORLD, bounds, circle, from_world, pairs, to_world
from models.basics import LatLon


@given(st.floats(-85, 85), st.floats(-180, 179.9999))
def test_that_a_position_returns_within_two_centimetres(lat: float, lon: float) -> None:
    back_lat, back_lon = from_world(*to_world([lat], [lon]))
    assert abs(back_lat[0] - lat) * 111_320 < 0.02
    assert abs(back_lon[0] - lon) * 111_320 < 0.02


def test_that_poles_and_the_antimeridian_stay_on_the_square() -> None:
    x, y = to_world([90.0, -90.0, 0.0], [180.0, -180.0, 180.0])
    assert x.tolist() == [WORLD - 1, 0, WORLD - 1]
    assert y[0] < 100
    assert y[1] > WORLD - 100


def test_that_north_is_up_and_east_is_right() -> None:
    x, y = to_world([30.0, 31.0], [118.0, 119.0])
    assert x[1] > x[0]
    assert y[1] < y[0]


@pytest.mark.parametrize(("lat", "lon"), [(float("nan"), 0.0), (0.0, float("inf")), (0.0, 181.0)])
def test_that_what_is_no_position_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match=r"coordinate|longitude"):
        to_world([lat], [lon])


def test_that_no_positions_have_no_bounds() -> None:
    assert bounds([]) is None


@pytest.mark.parametrize("lat", [0.0, 32.0, -60.0, 85.0])
def test_that_every_corner_of_a_circle_is_at_its_radius(lat: float) -> None:
    centre = LatLon(lat, 118.0)
    ring = circle(centre, 1500.0)
    phi = np.radians([p.lat_deg for p in ring])
    step = np.radians([p.lon_deg - 118.0 for p in ring])
    base = np.radians(lat)
    cosine = np.sin(base) * np.sin(phi) + np.cos(base) * np.cos(phi) * np.cos(step)
    distance = np.arccos(np.clip(cosine, -1, 1)) * 6_371_008.8
    assert distance == pytest.approx(np.full(len(ring), 1500.0), abs=1.0)
    assert ring[0] == ring[-1]


@pytest.mark.parametrize("radius", [0.0, -1.0, 2e6])
def test_that_a_circle_of_no_sensible_size_is_refused(radius: float) -> None:
    with pytest.raises(ValueError, match="radius_m"):
        circle(LatLon(0.0, 0.0), radius)


def test_that_a_triangle_is_no_circle() -> None:
    with pytest.raises(ValueError, match="corners"):
        circle(LatLon(0.0, 0.0), 10.0, 3)


def test_that_pairs_are_latitude_first() -> None:
    assert pairs([LatLon(1.23456789, 2.0)]) == [[1.2345679, 2.0]]
