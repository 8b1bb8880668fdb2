"""A zone that nobody computed: the ground it takes, who is inside, what is refused."""

from dataclasses import replace

import pytest

from models.basics import LatLon, Name
from models.hazard.given_zone import MAX_CORNERS, GivenFrom, GivenLevel, given_zone
from models.hazard.ground import circle, to_positions
from models.hazard.ports import Caution, Exposed, HazardInputError, Input
from models.hazard.shelter import dangers_of

HERE = LatLon(31.0, 121.0)
OWN = Caution(code="drawn_by_hand", text="by hand")
GIVEN = GivenFrom("drawn", "hand", HERE, (Input(name="basis", value="seen"),), (OWN,), "1")


def at(east_m: float, north_m: float) -> LatLon:
    return to_positions(HERE, [north_m], [-east_m], 180.0)[0]


def ring(*corners: tuple[float, float]) -> tuple[LatLon, ...]:
    return tuple(at(*corner) for corner in corners)


def level(severity: int, *rings: tuple[LatLon, ...], **more: object) -> GivenLevel:
    return GivenLevel(f"l{severity}", Name(en=str(severity)), severity, rings, **more)  # type: ignore[arg-type]


def who(key: str, east_m: float, north_m: float, people: int | None = 7) -> Exposed:
    return Exposed(
        key=key, name=Name(en=key), type="school", position=at(east_m, north_m), people=people,
        people_source="day",
    )  # fmt: skip


RED = level(3, circle(HERE, 200.0), threshold=20.0, unit="ppm", source="file")
YELLOW = level(1, circle(HERE, 900.0))


def test_that_receptors_are_named_by_the_worst_level_nearest_first() -> None:
    people = [who("far", 0, 2000), who("out", 600, 0, None), who("in", 0, 100)]
    zone = given_zone(GIVEN, [YELLOW, RED], people)
    assert [(h.receptor_key, h.level_key, h.people) for h in zone.receptors] == [
        ("in", "l3", 7), ("out", "l1", None),
    ]  # fmt: skip
    assert [round(h.distance_m) for h in zone.receptors] == [100, 600]
    assert {h.arrival_s for h in zone.receptors} == {None}
    assert {h.people_source for h in zone.receptors} == {"day"}


def test_that_the_zone_says_what_it_is_and_that_it_follows_no_wind() -> None:
    zone = given_zone(GIVEN, [YELLOW, RED], [])
    assert (zone.kind, zone.model, zone.model_version, zone.origin) == ("drawn", "hand", "1", HERE)
    assert [each.key for each in zone.levels] == ["l3", "l1"]
    red = zone.levels[0]
    assert (red.threshold, red.unit, red.source) == (20.0, "ppm", "file")
    assert [round(each.reach_m) for each in zone.levels] == [200, 900]
    assert red.rings[0][0] == red.rings[0][-1]
    assert [each.code for each in zone.warnings] == [
        "drawn_by_hand", "wind_not_followed", "no_arrival",
    ]  # fmt: skip
    assert zone.wind is None
    assert zone.receptors == ()
    assert zone.inputs == GIVEN.inputs


def test_that_a_ring_that_crosses_itself_counts_with_all_that_it_encloses() -> None:
    bow = ring((-100, -100), (100, 100), (100, -100), (-100, 100))
    zone = given_zone(GIVEN, [level(3, bow)], [who("w", -80, 0), who("e", 80, 0), who("n", 0, 80)])
    assert {hit.receptor_key for hit in zone.receptors} == {"w", "e"}
    assert len(zone.levels) == 2
    assert {each.key for each in zone.levels} == {"l3"}
    # a pentagram: even-odd rules would call its middle a hole
    star = ring((0, 100), (59, -81), (-95, 31), (95, 31), (-59, -81))
    assert given_zone(GIVEN, [level(3, star)], [who("middle", 0, 0)]).receptors


def test_that_holes_between_parts_are_filled_and_parts_that_touch_are_one() -> None:
    left = ring((-300, -300), (0, -300), (0, -100), (-100, -100), (-100, 100), (0, 100), (0, 300),
                (-300, 300))  # fmt: skip
    right = ring((300, -300), (-1, -300), (-1, -100), (100, -100), (100, 100), (-1, 100), (-1, 300),
                 (300, 300))  # fmt: skip
    zone = given_zone(GIVEN, [level(2, left, right)], [who("hole", 0, 0)])
    assert [hit.receptor_key for hit in zone.receptors] == ["hole"]
    assert len(zone.levels) == 1


def test_that_a_closed_ring_and_an_open_one_are_the_same() -> None:
    open_ = ring((-100, -100), (100, -100), (0, 100))
    one = given_zone(GIVEN, [level(3, open_)], [])
    other = given_zone(GIVEN, [level(3, (*open_, open_[0]))], [])
    assert one.levels == other.levels


def test_that_what_is_only_probable_says_so() -> None:
    zone = given_zone(GIVEN, [replace(YELLOW, probability=0.05)], [who("in", 0, 0)])
    assert zone.levels[0].probability == zone.receptors[0].probability == 0.05


@pytest.mark.parametrize(
    ("levels", "field", "why"),
    [
        ([], "levels", "none"),
        ([level(3)], "l3", "no outline"),
        ([level(3, ring((0, 0), (100, 0)))], "l3", "three different"),
        ([level(3, ring((0, 0), (100, 0), (200, 0), (50, 0)))], "l3", "no area"),
        ([level(3, ring((0, 0), (0.5, 0), (0, 0.5)))], "l3", "no area"),
        ([RED, level(1, ring((0, 0), (0, 101_000), (50, 0)))], "l1", "101 km"),
        ([level(3, circle(HERE, 9.0, MAX_CORNERS + 1))], "levels", "5,002 corners"),
    ],
)
def test_that_what_makes_no_zone_is_refused_by_name(
    levels: list[GivenLevel], field: str, why: str
) -> None:
    with pytest.raises(HazardInputError, match=why) as refused:
        given_zone(GIVEN, levels, [])
    assert refused.value.field == field


def test_that_only_a_concentration_leaves_a_building_its_use() -> None:
    zone = given_zone(GIVEN, [RED, YELLOW], [])
    dangers = dangers_of([(zone, "toxic_leak")], HERE, 270.0)
    assert [danger.shelters for danger in dangers] == [True, False]
