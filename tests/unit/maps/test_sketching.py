"""The pencil: facts of pointer and keys in, sketches out."""

from typing import Any

import pytest

from maps.sketch_draft import Measure, Pen
from maps.sketch_editing import handles_of, mids_of
from maps.sketch_geometry import distance_and_bearing, offset
from maps.sketching import Act, Sketching
from models.basics import LatLon
from models.operation.drawn import Drawing
from models.operation.sketch import Shape, Sketch, check_sketch

HOME = LatLon(32.2, 118.8)
EAST, NORTH = offset(HOME, 90.0, 1000.0), offset(HOME, 0.0, 1000.0)
FAR = offset(HOME, 45.0, 3000.0)
ZOOM = 15.0


def fact(do: str, place: LatLon | None = None, **more: Any) -> dict[str, Any]:
    where = {} if place is None else {"lat": place.lat_deg, "lon": place.lon_deg}
    return {"do": do, "zoom": ZOOM, **where, **more}


def holding(shape: Shape, measure: Measure = "", **template: Any) -> Sketching:
    sketching = Sketching()
    sketching.take(Pen(shape, Sketch(shape="point", points=(), **template), measure))
    return sketching


def click(sketching: Sketching, *places: LatLon) -> Act | None:
    act = None
    for place in places:
        act = sketching.hear(fact("point", place))
    return act


def key(sketching: Sketching, name: str, place: LatLon | None = None, **more: Any) -> Act | None:
    return sketching.hear(fact("key", place, key=name, **more))


def drawing(sketch: Sketch, revision: int = 1) -> Drawing:
    return Drawing(
        id="D1", incident_id="", sketch=sketch, revision=revision, added_us=0, added_by="",
        changed_us=0, changed_by="", event_id="",
    )  # fmt: skip


def editing(sketch: Sketch) -> Sketching:
    sketching = Sketching()
    sketching.edit(drawing(sketch))
    return sketching


def drawn(act: Act | None) -> Sketch:
    assert act is not None
    assert act.sketch is not None
    check_sketch(act.sketch)
    return act.sketch


def test_that_a_click_draws_a_point_with_what_the_pen_says() -> None:
    sketch = drawn(click(holding("point", meaning="command_post", label="FCP"), HOME))
    assert (sketch.meaning, sketch.label, sketch.points) == ("command_post", "FCP", (HOME,))


def test_that_enter_and_a_double_click_finish_a_line() -> None:
    for finish in (fact("key", key="Enter"), fact("double", NORTH)):
        sketching = holding("line")
        click(sketching, HOME, EAST, NORTH, NORTH)
        assert drawn(sketching.hear(finish)).points == (HOME, EAST, NORTH)


def test_that_a_polygon_closes_on_its_first_corner() -> None:
    sketching = holding("polygon")
    near_home = offset(HOME, 10.0, 20.0)
    sketch = drawn(click(sketching, HOME, EAST, NORTH, near_home))
    assert (sketch.shape, sketch.points) == ("polygon", (HOME, EAST, NORTH))


def test_that_too_few_corners_finish_nothing() -> None:
    sketching = holding("polygon")
    click(sketching, HOME, EAST)
    assert key(sketching, "Enter") is None
    assert sketching.message()["handles"]


def test_that_two_clicks_draw_a_circle_and_a_rectangle() -> None:
    circle = drawn(click(holding("circle"), HOME, EAST))
    assert circle.radius_m == pytest.approx(1000.0, abs=1e-3)
    assert drawn(click(holding("rectangle"), HOME, FAR)).points == (HOME, FAR)


def test_that_three_clicks_draw_a_sector() -> None:
    edge = offset(HOME, 110.0, 1000.0)
    sketch = drawn(click(holding("sector"), HOME, EAST, edge))
    assert sketch.bearing_deg == pytest.approx(90.0, abs=0.01)
    assert sketch.opening_deg == pytest.approx(40.0, abs=0.1)


def test_that_numbers_typed_stand_for_pointing() -> None:
    sketching = holding("sector")
    click(sketching, HOME)
    sketch = drawn(sketching.type_numbers((800.0, 247.0, 60.0)))
    assert (sketch.radius_m, sketch.bearing_deg, sketch.opening_deg) == (800.0, 247.0, 60.0)
    sketching = holding("circle")
    assert sketching.type_numbers((300.0,)) is None
    assert drawn(sketching.type_place(HOME)).radius_m == 300.0


def test_that_a_buffer_takes_point_line_or_polygon_by_its_corners() -> None:
    sketching = holding("buffer")
    sketching.type_numbers((250.0,))
    click(sketching, HOME)
    sketch = drawn(key(sketching, "Enter"))
    assert (sketch.base, sketch.radius_m) == ("point", 250.0)
    click(sketching, HOME, EAST)
    sketch = drawn(key(sketching, "Enter"))
    assert (sketch.base, sketch.radius_m) == ("line", 100.0)
    click(sketching, HOME, EAST, NORTH, HOME)
    assert drawn(key(sketching, "Enter")).base == "polygon"


def test_that_a_text_waits_for_its_words() -> None:
    sketching = holding("text")
    assert click(sketching, HOME) is None
    assert sketching.needs_text
    assert drawn(sketching.type_text("风口")).label == "风口"
    assert Sketching().type_text("x") is None


def test_that_backspace_takes_back_corners_and_escape_all_then_the_tool() -> None:
    sketching = holding("line")
    click(sketching, HOME, EAST)
    key(sketching, "Backspace")
    assert len(sketching.message()["handles"]) == 1
    key(sketching, "Escape")
    assert sketching.tool == "line"
    assert sketching.message()["handles"] == []
    key(sketching, "Backspace")
    key(sketching, "Escape")
    assert sketching.tool == ""


def test_that_backspace_reopens_a_closed_buffer() -> None:
    sketching = holding("buffer")
    click(sketching, HOME, EAST, NORTH, HOME)
    key(sketching, "Backspace")
    assert drawn(key(sketching, "Enter")).base == "line"


def test_that_cursor_keys_and_enter_draw_without_a_mouse() -> None:
    sketching = holding("line")
    key(sketching, "ArrowRight", HOME)
    key(sketching, "Enter")
    for _ in range(3):
        key(sketching, "ArrowUp", HOME)
    key(sketching, "ArrowUp", HOME, shift=True)
    assert sketching.message()["crosshair"]
    key(sketching, "Enter")
    first, second = drawn(key(sketching, "Enter")).points
    distance, bearing = distance_and_bearing(first, second)
    assert bearing == pytest.approx(0.0, abs=0.1) or bearing == pytest.approx(360.0, abs=0.1)
    pixel_m = 40_075_016.7 * 0.8462 / (256 * 2**ZOOM)
    assert distance == pytest.approx(31 * pixel_m, rel=0.02)


def test_that_the_pointer_snaps_to_corners_within_reach_only() -> None:
    sketching = holding("point")
    sketching.set_snaps((HOME, FAR))
    assert drawn(click(sketching, offset(HOME, 20.0, 25.0))).points == (HOME,)
    away = offset(HOME, 20.0, 60.0)
    assert drawn(click(sketching, away)).points == (away,)
    sketching.hear(fact("move", offset(FAR, 0.0, 10.0)))
    assert sketching.message()["snapped"]


def test_that_measuring_stores_nothing_and_keeps_its_words() -> None:
    sketching = holding("line", "distance")
    click(sketching, HOME, EAST)
    sketching.hear(fact("move", NORTH))
    message = sketching.message()
    assert message["tool"] == "distance"
    assert [leg["text"] for leg in message["legs"]][1].endswith("Σ 2.41 km")
    assert key(sketching, "Enter") is None
    assert sketching.copyable() == sketching.result == "Σ 1.00 km · 090°"
    assert [leg["text"] for leg in sketching.message()["legs"]] == ["1.00 km 090°"]
    click(sketching, FAR)
    assert sketching.result == ""
    assert len(sketching.message()["handles"]) == 1


def test_that_an_area_is_measured_with_the_pointer_as_its_last_corner() -> None:
    sketching = holding("polygon", "area")
    click(sketching, HOME, EAST)
    assert sketching.message()["readout"] == "1.00 km"
    sketching.hear(fact("move", NORTH))
    assert sketching.message()["readout"].startswith("50.00 ha · perimeter")


def test_that_a_drag_moves_a_corner_and_a_middle_makes_one() -> None:
    line = Sketch(shape="line", points=(HOME, EAST))
    sketching = editing(line)
    sketching.hear(fact("grab", EAST, what="handle", index=1))
    sketching.hear(fact("drag", NORTH))
    act = sketching.hear(fact("drop"))
    assert drawn(act).points == (HOME, NORTH)
    assert act is not None
    assert (act.drawing_id, act.revision) == ("D1", 1)
    sketching = editing(line)
    sketching.hear(fact("grab", HOME, what="mid", index=0))
    sketching.hear(fact("drag", NORTH))
    assert drawn(sketching.hear(fact("drop"))).points == (HOME, NORTH, EAST)


def test_that_a_body_moves_whole() -> None:
    triangle = Sketch(shape="polygon", points=(HOME, EAST, NORTH))
    sketching = editing(triangle)
    sketching.hear(fact("grab", HOME, what="body"))
    sketching.hear(fact("drag", offset(HOME, 90.0, 200.0)))
    sketching.hear(fact("drag", offset(HOME, 90.0, 500.0)))
    moved = drawn(sketching.hear(fact("drop")))
    for old, new in zip(triangle.points, moved.points, strict=True):
        distance, bearing = distance_and_bearing(old, new)
        assert (distance, bearing) == pytest.approx((500.0, 90.0), abs=0.2)


def test_that_a_circle_is_resized_and_a_sector_turned_and_opened() -> None:
    sketching = editing(Sketch(shape="circle", points=(HOME,), radius_m=100.0))
    sketching.hear(fact("grab", HOME, what="handle", index=1))
    sketching.hear(fact("drag", NORTH))
    assert drawn(sketching.hear(fact("drop"))).radius_m == pytest.approx(1000.0, abs=0.01)
    sector = Sketch(
        shape="sector", points=(HOME,), radius_m=500.0, bearing_deg=0.0, opening_deg=40.0
    )
    sketching = editing(sector)
    sketching.hear(fact("grab", HOME, what="handle", index=1))
    sketching.hear(fact("drag", EAST))
    turned = drawn(sketching.hear(fact("drop")))
    assert turned.bearing_deg == pytest.approx(90.0, abs=0.01)
    assert turned.opening_deg == 40.0
    sketching = editing(sector)
    sketching.hear(fact("grab", HOME, what="handle", index=2))
    sketching.hear(fact("drag", EAST))
    assert drawn(sketching.hear(fact("drop"))).opening_deg == pytest.approx(180.0, abs=0.01)
    assert len(handles_of(sector)) == 3
    assert mids_of(sector) == ()


def test_that_a_rectangle_keeps_the_corner_across() -> None:
    box = Sketch(shape="rectangle", points=(HOME, FAR))
    for index in range(4):
        sketching = editing(box)
        across = handles_of(box)[(index + 2) % 4]
        sketching.hear(fact("grab", HOME, what="handle", index=index))
        to = offset(handles_of(box)[index], 200.0, 30.0)
        sketching.hear(fact("drag", to))
        assert set(drawn(sketching.hear(fact("drop"))).points) == {to, across}


def test_that_a_corner_is_deleted_and_the_last_ones_are_kept() -> None:
    sketching = editing(Sketch(shape="line", points=(HOME, EAST, NORTH)))
    key(sketching, "Tab")
    key(sketching, "Tab")
    assert drawn(key(sketching, "Delete")).points == (HOME, NORTH)
    sketching = editing(Sketch(shape="line", points=(HOME, EAST)))
    key(sketching, "Tab", shift=True)
    assert key(sketching, "Backspace") is None


def test_that_delete_without_a_corner_removes_the_drawing() -> None:
    act = key(editing(Sketch(shape="point", points=(HOME,))), "Delete")
    assert act == Act(None, "D1", 1)


def test_that_an_active_corner_is_moved_by_keys_numbers_and_coordinates() -> None:
    sketching = editing(Sketch(shape="line", points=(HOME, EAST)))
    key(sketching, "Tab")
    key(sketching, "ArrowLeft", HOME)
    moved = drawn(key(sketching, "Enter"))
    assert moved.points[0].lon_deg < HOME.lon_deg
    sketching = editing(Sketch(shape="line", points=(HOME, EAST)))
    assert sketching.type_place(NORTH) is None
    key(sketching, "Tab")
    assert drawn(sketching.type_place(NORTH)).points == (NORTH, EAST)
    circle = editing(Sketch(shape="circle", points=(HOME,), radius_m=9.0))
    assert drawn(circle.type_numbers((77.0,))).radius_m == 77.0
    sector = editing(
        Sketch(shape="sector", points=(HOME,), radius_m=9, bearing_deg=1, opening_deg=2)
    )
    turned = drawn(sector.type_numbers((9.0, 50.0)))
    assert (turned.bearing_deg, turned.opening_deg) == (50.0, 2)


def test_that_escape_gives_the_stored_shape_back() -> None:
    sketching = editing(Sketch(shape="line", points=(HOME, EAST)))
    sketching.hear(fact("grab", EAST, what="handle", index=1))
    sketching.hear(fact("drag", NORTH))
    key(sketching, "Escape")
    assert sketching.hear(fact("drop")) is None
    key(sketching, "Escape")
    assert sketching.tool == ""


def test_that_senseless_edits_and_facts_change_nothing() -> None:
    circle = editing(Sketch(shape="circle", points=(HOME,), radius_m=9.0))
    assert circle.type_numbers((-5.0,)) is None
    assert circle.hear(fact("grab", HOME, what="handle", index=9)) is None
    assert circle.hear(fact("drag", NORTH)) is None
    assert circle.hear(fact("drop")) is None
    assert circle.hear({"do": "point", "lat": "x", "lon": None}) is None
    assert circle.hear({"do": "nonsense"}) is None
    assert circle.hear(fact("key", key="ArrowUp")) is None
    nothing = Sketching()
    assert click(nothing, HOME) is None
    assert nothing.type_place(HOME) is None
    assert nothing.type_numbers((1.0,)) is None
    assert key(nothing, "Enter") is None
    assert nothing.message()["tool"] == ""


def test_that_what_is_not_stored_looks_pending_until_it_arrives() -> None:
    sketching = holding("point")
    act = click(sketching, HOME)
    assert act is not None
    number = sketching.sent(act)
    (item,) = sketching.message()["items"]
    assert (item["faded"], item["sub"]) == (True, "…")
    sketching.stored(number, "D1", 1)
    assert len(sketching.message()["items"]) == 1
    sketching.refresh({"D1": drawing(drawn(act))})
    assert sketching.message()["items"] == []
    sketching.refused(sketching.sent(act))
    assert sketching.message()["items"] == []


def test_that_a_refused_edit_shows_the_stored_shape_again() -> None:
    sketching = editing(Sketch(shape="circle", points=(HOME,), radius_m=9.0))
    act = sketching.type_numbers((77.0,))
    assert act is not None
    sketching.refused(sketching.sent(act))
    assert sketching.edited == Sketch(shape="circle", points=(HOME,), radius_m=9.0)


def test_that_an_edited_drawing_follows_the_record() -> None:
    sketching = editing(Sketch(shape="circle", points=(HOME,), radius_m=9.0))
    newer = drawing(Sketch(shape="circle", points=(HOME,), radius_m=50.0), 2)
    sketching.hear(fact("grab", HOME, what="body"))
    sketching.refresh({"D1": newer})
    assert sketching.editing is not None
    assert sketching.editing.revision == 1  # what is in hand is not taken away
    sketching.hear(fact("drop"))
    sketching.refresh({"D1": newer})
    assert sketching.editing.revision == 2
    assert sketching.message()["held"] == "D1"
    sketching.refresh({})
    assert sketching.tool == ""
