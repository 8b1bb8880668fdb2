"""Contours of a grid."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from models.hazard.contours import contour_rings
from models.hazard.ports import HazardInputError


def _area(ring: np.ndarray) -> float:
    row, column = ring.T
    return float((column * np.roll(row, -1) - np.roll(column, -1) * row).sum() / 2)


def test_that_a_cone_s_contour_is_a_circle() -> None:
    row, column = np.mgrid[0:81, 0:81]
    [ring] = contour_rings(-np.hypot(row - 40.0, column - 40.0), -25.0)
    assert np.hypot(*(ring - 40.0).T) == pytest.approx(25.0, abs=0.02)
    assert _area(ring) == pytest.approx(np.pi * 625, rel=2e-3)


def test_that_a_hole_turns_the_other_way() -> None:
    row, column = np.mgrid[0:81, 0:81]
    distance = np.hypot(row - 40.0, column - 40.0)
    areas = sorted(_area(r) for r in contour_rings(-np.abs(distance - 20.0), -5.0))
    assert areas == pytest.approx([-np.pi * 225, np.pi * 625], rel=5e-3)


def test_that_an_area_closes_along_the_border() -> None:
    [ring] = contour_rings(np.ones((4, 6)), 0.5)
    assert _area(ring) == pytest.approx(3 * 5)
    assert set(map(tuple, ring.tolist())) >= {(0.0, 2.0), (3.0, 4.0), (1.0, 0.0), (2.0, 5.0)}


def test_that_the_two_corners_of_a_saddle_are_apart() -> None:
    assert len(contour_rings(np.array([[1.0, 0.0], [0.0, 1.0]]), 0.5)) == 2


def test_that_a_level_that_is_nowhere_reached_has_no_contour() -> None:
    assert contour_rings(np.zeros((3, 3)), 1.0) == []


@pytest.mark.parametrize("bad", [np.ones(4), np.ones((1, 4)), np.array([[1, np.nan], [1, 1]])])
def test_that_what_is_no_grid_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(HazardInputError, match="values"):
        contour_rings(bad, 0.5)


@given(st.integers(0, 10_000))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_that_exactly_the_high_nodes_lie_inside(seed: int) -> None:
    grid = np.random.default_rng(seed).random((7, 9))
    area = shapely.MultiPolygon()
    for ring in sorted(contour_rings(grid, 0.6), key=lambda ring: -abs(_area(ring))):
        shape = shapely.Polygon(ring[:, ::-1])
        assert shape.is_valid
        area = shapely.symmetric_difference(area, shape)
    row, column = np.mgrid[0:7, 0:9]
    near = shapely.intersects_xy(shapely.buffer(area, 1e-9), column.ravel(), row.ravel())
    assert near.tolist() == (grid >= 0.6).ravel().tolist()
