"""Ways out: never across the plume, never towards the source, never into worse."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from models.hazard.ports import HazardInputError
from models.hazard.way_out import Danger, ways_out

PLUME = shapely.Polygon([(0, 0), (500, 120), (1500, 150), (1500, -150), (500, -120)])
WORSE = shapely.Polygon([(0, 0), (300, 40), (600, 0), (300, -40)])
DANGERS = (Danger(PLUME, 1, shelters=True), Danger(WORSE, 3, shelters=True))


def ended(x, y, line):
    return x + line.length_m * math.cos(line.angle_rad), y + line.length_m * math.sin(
        line.angle_rad
    )


@given(st.floats(20, 1480), st.floats(-149, 149))
def test_that_no_way_crosses_the_plume_or_goes_into_worse(x, y):
    here = shapely.Point(x, y)
    inside_worse = WORSE.intersects(here)
    for line in ways_out(x, y, DANGERS, margin_m=50, calm=False):
        end = ended(x, y, line)
        assert y * end[1] >= -1e-9
        assert math.hypot(*end) >= math.hypot(x, y) - 1.5
        way = shapely.LineString([(x, y), end])
        if not inside_worse and line.length_m > 0:
            assert not way.intersects(WORSE)
        assert PLUME.distance(shapely.Point(end)) >= 49  # a buffer's arcs are polygons


@given(st.floats(20, 1480), st.floats(1, 149))
def test_that_both_sides_are_alike(x, y):
    left = ways_out(x, y, DANGERS, margin_m=50, calm=False)
    right = ways_out(x, -y, DANGERS, margin_m=50, calm=False)
    assert sorted(round(line.length_m, 3) for line in left) == pytest.approx(
        sorted(round(line.length_m, 3) for line in right), abs=0.01
    )


def test_that_on_the_axis_both_sides_are_open():
    angles = [
        math.sin(line.angle_rad) for line in ways_out(800, 0, DANGERS, margin_m=0, calm=False)
    ]
    assert min(angles) < 0 < max(angles)


def test_that_a_way_stops_where_it_is_out_first():
    second = Danger(shapely.box(400, 300, 600, 400), 1, shelters=True)
    found = ways_out(500, 50, (*DANGERS, second), margin_m=0, calm=False)
    up = min(found, key=lambda line: abs(line.angle_rad - math.pi / 2))
    assert up.length_m == pytest.approx(70, abs=1)


def test_that_in_a_calm_every_way_that_leads_off_is_open():
    circle = Danger(shapely.Point(0, 0).buffer(200), 2, shelters=True)
    windy = ways_out(100, 10, (circle,), margin_m=0, calm=False)
    calm = ways_out(100, 10, (circle,), margin_m=0, calm=True)
    assert len(calm) > len(windy)
    assert all(math.hypot(*ended(100, 10, line)) > 195 for line in calm)


def test_that_surrounded_by_worse_there_is_no_way():
    ring = shapely.Point(500, 0).buffer(50).difference(shapely.Point(500, 0).buffer(20))
    assert (
        ways_out(500, 0, (Danger(PLUME, 1, True), Danger(ring, 3, True)), margin_m=0, calm=False)
        == ()
    )


def test_that_outside_nobody_has_to_walk():
    assert {line.length_m for line in ways_out(-500, 0, DANGERS, margin_m=0, calm=False)} == {0.0}
    assert {line.length_m for line in ways_out(1, 1, (), margin_m=0, calm=False)} == {0.0}


@pytest.mark.parametrize(("x", "y", "margin", "field"), [
    (math.nan, 0, 0, "x_m"), (0, 2e6, 0, "y_m"), (0, 0, -1, "margin_m"),
])  # fmt: skip
def test_that_nonsense_is_named(x, y, margin, field):
    with pytest.raises(HazardInputError) as caught:
        ways_out(x, y, DANGERS, margin_m=margin, calm=False)
    assert caught.value.field == field
