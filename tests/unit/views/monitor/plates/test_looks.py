"""Looks of tags: families, shares of the range, directions, doubts."""

import math
from itertools import pairwise

import pytest

from app.desk import LiveValue
from models.basics import Name
from models.registry.kinds import Limit, Tag
from models.telemetry.ports import Quality
from models.times import SECOND_US
from views.monitor.plates.layout import LINES, Sizes, faceplate, filling, per_page, wall
from views.monitor.plates.looks import Family, LimitLook, family, limit_looks, share_of
from views.monitor.plates.memory import TagMemory

START_US = 1_800_000_000_000_000
TAG = Tag(
    key="LT-1",
    name=Name("液位", "Level"),
    quantity="level",
    unit="%",
    low=0.0,
    high=200.0,
    limits=(Limit(kind="HH", value=180.0, priority=1), Limit(kind="L", value=20.0, priority=3)),
)


def tag(key: str, quantity: str = "level", safety: str = "") -> Tag:
    return Tag(key=key, name=Name(en=key), quantity=quantity, safety=safety)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quantity", "safety", "expected"),
    [
        ("level", "", "level"), ("batch_level", "", "level"), ("pressure", "", "pressure"),
        ("batch_temperature", "", "temperature"), ("flow", "", "flow"),
        ("gas", "toxic", "detector"), ("gas", "", "detector"), ("", "combustible", "detector"),
        ("fire", "fire", "contact"), ("call_point", "call_point", "contact"),
        ("trip", "trip", "contact"), ("", "man_down", "contact"), ("vibration", "", "other"),
        ("levelling", "", "other"), ("", "", "other"),
    ],
)  # fmt: skip
def test_that_a_tags_family_follows_from_quantity_and_safety(
    quantity: str, safety: str, expected: Family
) -> None:
    assert family(tag("T", quantity, safety)) == expected


def test_that_a_share_stays_in_the_range_and_says_nothing_without_one() -> None:
    assert share_of(TAG, 50.0) == 0.25
    assert share_of(TAG, -5.0) == 0.0
    assert share_of(TAG, 500.0) == 1.0
    assert share_of(TAG, math.nan) is None
    assert share_of(tag("T", "trip", "trip"), 1.0) is None
    flat = Tag(key="T", name=Name(en="T"), low=3.0, high=3.0)
    assert share_of(flat, 3.0) is None


def test_that_limits_stand_from_low_to_high_and_tell_which_are_in_force() -> None:
    assert limit_looks(TAG, [("HH", 1)]) == (
        LimitLook(0.1, "L 20"), LimitLook(0.9, "HH 180", 1),
    )  # fmt: skip


def test_that_a_limit_on_a_rate_has_no_place_in_the_range() -> None:
    rate = Tag(key="T", name=Name(en="T"), limits=(Limit(kind="RISE", value=5.0, priority=2),))
    assert limit_looks(rate, []) == ()


def live(second: float, value: float, quality: int = 0) -> LiveValue:
    at_us = START_US + int(second * SECOND_US)
    return LiveValue("LT-1", value, quality, at_us, at_us)


@pytest.mark.parametrize(
    ("per_minute", "expected"),
    [(4.0, "rising"), (-4.0, "falling"), (2.0, "steady"), (-2.0, "steady"), (0.0, "steady")],
)
def test_that_a_direction_is_a_change_by_a_hundredth_of_the_range(
    per_minute: float, expected: str
) -> None:
    memory, last = TagMemory(), live(0, 100.0)
    for second in range(61):
        last = live(second, 100.0 + per_minute * second / 60)
        memory.take((last,))
    assert memory.direction(TAG, last) == expected


def test_that_too_little_past_gives_no_direction() -> None:
    memory = TagMemory()
    assert memory.direction(TAG, live(0, 1.0)) == ""
    for second in range(20):
        memory.take((live(second, second * 5.0),))
    assert memory.direction(TAG, live(19, 95.0)) == ""
    memory.take((live(20, 100.0),))
    assert memory.direction(TAG, live(20, 100.0)) == "rising"


def test_that_only_the_last_minute_decides() -> None:
    memory = TagMemory()
    for second in range(300):
        memory.take((live(second, 200.0 - second if second < 200 else 0.0),))
    assert memory.direction(TAG, live(299, 0.0)) == "steady"


def test_that_an_old_past_gives_no_direction() -> None:
    memory = TagMemory()
    memory.take((live(0, 0.0),))
    assert memory.direction(TAG, live(3600, 200.0)) == ""


def test_that_bad_quality_is_remembered_from_its_beginning() -> None:
    memory = TagMemory()
    memory.take((live(0, 1.0, Quality.BAD), live(1, 1.0, Quality.BAD)))
    assert memory.bad_since("LT-1") == (START_US, False)
    memory.take((live(2, 1.0), live(3, 1.0, Quality.BAD)))
    assert memory.bad_since("LT-1") == (START_US + 3 * SECOND_US, True)
    assert memory.direction(TAG, live(3, 1.0)) == ""
    memory.take((live(4, 1.0),))
    assert memory.bad_since("LT-1") is None


SIZES = Sizes(width=300, head=20, row=50, gap=10)


def test_that_faceplates_stand_by_family_in_columns_that_do_not_overlap() -> None:
    tags = [tag(f"{quantity}-{n}", quantity) for quantity in ("gas", "level") for n in range(4)]
    places, height = faceplate(tags, 620, SIZES)
    ids = [place.id for place in places]
    assert ids[:2] == [("family", "level"), ("tag", "level-0")]
    assert {key for kind, key in ids if kind == "tag"} == {each.key for each in tags}
    assert {place.box.x() for place in places} == {0, 315}
    for number, place in enumerate(places):
        assert place.box.bottom() < height
        assert not any(place.box.intersects(other.box) for other in places[number + 1 :])
    for before, after in pairwise(places):
        if before.id[0] == "family":
            assert after.box.y() == before.box.y() + SIZES.head


def test_that_a_narrow_page_has_one_column() -> None:
    places, height = faceplate([tag("a"), tag("b")], 200, SIZES)
    assert [place.box.width() for place in places] == [200] * 3
    assert height == 20 + 50 + 50


def test_that_a_wall_has_room_for_one_plate_at_least() -> None:
    assert per_page(10, 10, SIZES) == (1, 1)
    assert per_page(620, 2 * (20 + LINES * 50) + 10, SIZES) == (2, 2)


def test_that_a_plate_tells_of_the_tags_without_room() -> None:
    few, many = [tag(f"f{n}") for n in range(2)], [tag(f"m{n}") for n in range(LINES + 3)]
    places = wall(["F", "M"], {"F": few, "M": many}, 620, 2, SIZES)
    own = [place.id for place in places if place.box.x() == 0]
    assert own == [("source", "F"), ("tag", "f0"), ("tag", "f1"), *[("blank", "F")] * (LINES - 2)]
    other = [place.id for place in places if place.box.x() > 0]
    assert other[-2:] == [("tag", f"m{LINES - 2}"), ("more", "M")]


def test_that_lines_grow_into_the_room_up_to_a_bound() -> None:
    tight = 2 * (20 + LINES * 50) + 10
    assert filling(tight, 2, SIZES, 70) == SIZES
    assert filling(tight + 2 * LINES * 10, 2, SIZES, 70).row == 60
    assert filling(10 * tight, 2, SIZES, 70).row == 70
    assert filling(10, 1, SIZES, 70) == SIZES
