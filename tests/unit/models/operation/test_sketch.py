"""What a sketch may be."""

import pytest

from models.basics import LatLon
from models.operation.sketch import MEANINGS, SHAPES_OF, Sketch, SketchError, check_sketch, is_area

A, B, C = LatLon(32.0, 118.0), LatLon(32.01, 118.0), LatLon(32.01, 118.01)

SENSIBLE = (
    Sketch(shape="point", points=(A,)),
    Sketch(shape="line", points=(A, B), meaning="evacuation_route"),
    Sketch(shape="polygon", points=(A, B, C), meaning="hot_line"),
    Sketch(shape="rectangle", points=(A, C)),
    Sketch(shape="circle", points=(A,), radius_m=300.0),
    Sketch(shape="buffer", base="line", points=(A, B), radius_m=50.0),
    Sketch(shape="text", points=(A,), label="风口"),
    Sketch(shape="arrow", points=(A, B)),
    Sketch(shape="sector", points=(A,), radius_m=900.0, bearing_deg=0.0, opening_deg=40.0),
)


@pytest.mark.parametrize("sketch", SENSIBLE, ids=lambda sketch: sketch.shape)
def test_that_a_sensible_sketch_is_taken(sketch: Sketch) -> None:
    check_sketch(sketch)


@pytest.mark.parametrize(
    ("sketch", "code"),
    [
        (Sketch(shape="circle", points=(A,), meaning="entry_point"), "drawing_meaning"),
        (Sketch(shape="line", points=(A, A)), "drawing_points"),
        (Sketch(shape="polygon", points=(A, B, A)), "drawing_points"),
        (Sketch(shape="point", points=(A, B)), "drawing_points"),
        (Sketch(shape="line", points=()), "drawing_points"),
        (Sketch(shape="rectangle", points=(A, B)), "drawing_points"),
        (Sketch(shape="rectangle", points=(B, C)), "drawing_points"),
        (Sketch(shape="buffer", base="line", points=(A,), radius_m=5.0), "drawing_points"),
        (Sketch(shape="circle", points=(A,)), "drawing_radius"),
        (Sketch(shape="circle", points=(A,), radius_m=0.0), "drawing_radius"),
        (Sketch(shape="circle", points=(A,), radius_m=100_001.0), "drawing_radius"),
        (Sketch(shape="circle", points=(A,), radius_m=float("nan")), "drawing_radius"),
        (Sketch(shape="sector", points=(A,), radius_m=9.0, opening_deg=9.0), "drawing_bearing"),
        (
            Sketch(shape="sector", points=(A,), radius_m=9.0, bearing_deg=361.0, opening_deg=9.0),
            "drawing_bearing",
        ),
        (
            Sketch(shape="sector", points=(A,), radius_m=9.0, bearing_deg=1.0, opening_deg=0.0),
            "drawing_opening",
        ),
        (Sketch(shape="text", points=(A,), label=" "), "drawing_text"),
        (Sketch(shape="point", points=(A,), label="x" * 121), "drawing_label"),
        (Sketch(shape="point", points=(A,), note="x" * 2001), "drawing_label"),
    ],
)
def test_that_a_senseless_sketch_is_refused_with_its_reason(sketch: Sketch, code: str) -> None:
    with pytest.raises(SketchError) as caught:
        check_sketch(sketch)
    assert caught.value.code == code


def test_that_every_meaning_has_shapes() -> None:
    assert set(SHAPES_OF) == set(MEANINGS)
    assert all(SHAPES_OF.values())


def test_that_only_shapes_with_an_inside_are_areas() -> None:
    assert [sketch.shape for sketch in SENSIBLE if is_area(sketch)] == [
        "polygon", "rectangle", "circle", "buffer", "sector",
    ]  # fmt: skip
