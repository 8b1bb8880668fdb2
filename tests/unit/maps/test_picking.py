"""What is picked after a box, one more, and a change of the data."""

import pytest

from maps.content import MapContent
from maps.drawing import MapObject, draw_points
from maps.page import Page
from maps.picking import Picked
from maps.serving import PageFiles
from tests.unit.maps.world import park

POINTS = draw_points(park(), "en")
FIRST, SECOND = POINTS.objects[:2]
ALARM = MapObject("tags", "GT-7")


def found(how: str, *indices: object, items: tuple[object, ...] = ()) -> dict[str, object]:
    return {"how": how, "points": list(indices), "items": list(items)}


def test_that_a_box_replaces_what_was_picked() -> None:
    picked = Picked()
    picked.take(found("replace", 0), POINTS)
    picked.take(found("replace", 1, items=("tags/GT-7",)), POINTS)
    assert picked.things == (SECOND, ALARM)
    assert picked.message(POINTS) == {"points": [1], "items": ["tags/GT-7"]}


def test_that_a_second_box_adds_and_nothing_is_there_twice() -> None:
    picked = Picked()
    picked.take(found("replace", 0), POINTS)
    picked.take(found("add", 0, 1), POINTS)
    assert picked.things == (FIRST, SECOND)


def test_that_a_click_puts_one_in_and_out() -> None:
    picked = Picked()
    picked.take(found("toggle", 0), POINTS)
    picked.take(found("toggle", 1), POINTS)
    picked.take(found("toggle", 0), POINTS)
    assert picked.things == (SECOND,)
    picked.take(found("none"), POINTS)
    assert picked.things == ()


@pytest.mark.parametrize("index", [-1, 10_000, "0", None, 0.5])
def test_that_what_is_not_there_is_not_picked(index: object) -> None:
    picked = Picked()
    picked.take(found("replace", index, items=("nonsense", 7)), POINTS)
    assert picked.things == ()
    picked.take({"how": "everything", "points": [0]}, POINTS)
    assert picked.things == ()


def test_that_picked_things_are_found_again_in_new_data() -> None:
    content = MapContent(PageFiles(Page({})))
    content.set_points(POINTS)
    content.pick([SECOND])
    assert content.outbox.held_value("picked") == {"points": [1], "items": []}
    rows = park()
    del rows.kinds[FIRST.kind][FIRST.key]
    content.set_points(draw_points(rows, "en"))
    (index,) = content.outbox.held_value("picked")["points"]  # type: ignore[index]
    assert content.points is not None
    assert content.points.objects[index] == SECOND
