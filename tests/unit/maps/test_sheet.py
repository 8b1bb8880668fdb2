"""The layout of a printed map: nothing overlaps, the scale is what it says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.sheet import (
    MARGIN_MM,
    PAPERS,
    SCALES,
    Box,
    distance_label,
    fitting_scale,
    lay_out,
    scale_at,
    scale_bar,
    zoom_of,
)
from models.basics import LatLon


def overlap(a: Box, b: Box) -> bool:
    return (
        a.x < b.x + b.width and b.x < a.x + a.width
        and a.y < b.y + b.height and b.y < a.y + a.height
    )  # fmt: skip


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("paper", PAPERS)
def test_that_the_boxes_of_a_sheet_lie_inside_its_margins_and_apart(
    paper: str, *, landscape: bool
) -> None:
    sheet = lay_out(paper, landscape=landscape)
    boxes = (sheet.head, sheet.map, sheet.legend, sheet.foot)
    for box in boxes:
        assert box.x >= MARGIN_MM
        assert box.y >= MARGIN_MM
        assert box.x + box.width <= sheet.width - MARGIN_MM + 1e-9
        assert box.y + box.height <= sheet.height - MARGIN_MM + 1e-9
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    assert sheet.map.width * sheet.map.height > 0.5 * sheet.width * sheet.height


def test_that_an_unknown_paper_is_refused() -> None:
    with pytest.raises(KeyError):
        lay_out("Letter", landscape=True)


@given(st.sampled_from(SCALES), st.floats(-80, 80))
def test_that_zoom_and_scale_are_each_others_inverse(scale: int, lat_deg: float) -> None:
    assert scale_at(zoom_of(scale, lat_deg), lat_deg) == pytest.approx(scale)


def test_that_the_fitting_scale_is_the_smallest_that_holds_the_rectangle() -> None:
    frame = Box(0, 0, 200, 100)
    # 1 km of latitude on 100 mm needs 1 : 10 000
    corners = LatLon(0.0, 0.0), LatLon(0.99 * 360 / 40_075.0, 0.001)
    assert fitting_scale(*corners, frame) == 10_000
    assert fitting_scale(LatLon(-85, -180), LatLon(85, 179), frame) == SCALES[-1]


def test_that_a_rectangle_across_the_antimeridian_fits_as_one() -> None:
    frame = Box(0, 0, 200, 100)
    assert fitting_scale(LatLon(0, 179.99), LatLon(0.001, -179.99), frame) == 15_000


@given(st.sampled_from(SCALES), st.floats(10, 120))
def test_that_the_scale_bar_is_round_and_fits(scale: int, longest_mm: float) -> None:
    length_mm, ground_m = scale_bar(scale, longest_mm)
    assert longest_mm / 2.6 < length_mm <= longest_mm
    assert ground_m == pytest.approx(length_mm / 1000 * scale)
    assert f"{ground_m:e}"[0] in "125"


def test_that_lengths_are_told_in_metres_or_kilometres() -> None:
    assert [distance_label(m) for m in (50.0, 500.0, 1000.0, 20_000.0)] == [
        "50 m", "500 m", "1 km", "20 km",
    ]  # fmt: skip
