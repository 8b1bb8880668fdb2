"""Filters by attribute: typed values compared in Python, points and counts that remain."""

import pytest

from maps.conditions import Filter
from maps.drawing import MapObject, draw_points
from maps.filters import FIELDS, FilterError, apply_filters, asker, make_filter
from models.basics import Name
from models.libraries.kinds import Depot, Stock, Team
from models.registry.kinds import Enterprise, HazardSource, Receptor, Record
from tests.unit.maps.world import EVIL, Rows, near, park


def hazards() -> Rows:
    rows = Rows()
    for number, (grade, substance) in enumerate(
        (("一级", "液氯"), ("二级", "氨"), ("三级", "氯乙烯"), ("", "氯"))
    ):
        rows.add(HazardSource(
            key=f"H{number}", name=Name(zh=f"罐{number}"), grade=grade, substance=substance,  # type: ignore[arg-type]
            position=near(10.0 * number, 0),
        ))  # fmt: skip
    return rows


def kept_keys(rows: Rows, *filters: Filter) -> set[str]:
    return {
        thing.key for thing in apply_filters(draw_points(rows, "zh"), rows, filters).points.objects
    }


def test_that_a_grade_of_two_or_worse_keeps_the_two_worst() -> None:
    rows = hazards()
    assert kept_keys(rows, make_filter("hazard-sources", "grade", "at_most", "2")) == {"H0", "H1"}


def test_that_a_substance_is_found_by_a_part_of_its_name() -> None:
    rows = hazards()
    chlorine = make_filter("hazard-sources", "substance", "contains", "氯")
    assert kept_keys(rows, chlorine) == {"H0", "H2", "H3"}
    without = make_filter("hazard-sources", "substance", "lacks", "氯")
    assert kept_keys(rows, without) == {"H1"}


def test_that_two_filters_of_a_kind_must_both_be_met() -> None:
    rows = hazards()
    both = (
        make_filter("hazard-sources", "substance", "contains", "氯"),
        make_filter("hazard-sources", "grade", "at_least", "3"),
    )
    assert kept_keys(rows, *both) == {"H2"}


def test_that_what_nobody_knows_is_left_out_and_counted() -> None:
    rows = hazards()
    wanted = make_filter("hazard-sources", "grade", "at_most", "4")
    kept = apply_filters(draw_points(rows, "zh"), rows, (wanted,)).kept
    assert (kept["hazard-0"].shown, kept["hazard-0"].total, kept["hazard-0"].unknown) == (0, 1, 1)
    assert (kept["hazard-1"].shown, kept["hazard-1"].unknown) == (1, 0)


def test_that_other_kinds_keep_all_of_their_points_and_indices_hold() -> None:
    rows = park()
    points = draw_points(rows, "en")
    left = apply_filters(points, rows, (make_filter("receptors", "people", "at_least", "500"),))
    assert len(left.points.x) == len(points.x) - 1
    for group in left.points.groups:
        for index in range(group.start, group.end):
            thing = left.points.objects[index]
            assert thing.kind == group.kind
            before = points.objects.index(thing)
            assert left.points.x[index] == points.x[before]
            assert left.points.names[index] == points.names[before]
    assert MapObject("receptors", "R1") not in left.points.objects


def test_that_no_filter_costs_nothing() -> None:
    rows = park()
    points = draw_points(rows, "en")
    left = apply_filters(points, rows, ())
    assert left.points is points
    assert left.kept == {}


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (Receptor(key="r", name=Name(), people_day=10, people_night=150),
         ("receptors", "people", "at_least", "100")),
        (Enterprise(key="e", name=Name(), chemicals=("Chlorine", "氨")),
         ("enterprises", "chemicals", "contains", "CHLOR")),
        (Team(key="t", name=Name(), capabilities=("foam", "hazmat")),
         ("teams", "capabilities", "contains", "hazmat")),
        (Depot(key="d", name=Name(), stock=(
            Stock(material="sand", name=Name(zh="消防沙"), quantity=3, unit="t"),)),
         ("materials", "stock", "contains", "消防")),
        (HazardSource(key="h", name=Name(), inventory_t=1_200.0),
         ("hazard-sources", "inventory_t", "at_least", "１,０００")),
    ],
)  # fmt: skip
def test_that_attributes_are_read(row: Record, wanted: tuple[str, str, str, str]) -> None:
    assert asker(make_filter(*wanted))(row) is True  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("hazard-sources", "grade", "at_most", ""), "empty"),
        (("hazard-sources", "grade", "at_most", "bad"), "no_number"),
        (("hazard-sources", "grade", "at_most", "nan"), "no_number"),
        (("hazard-sources", "grade", "contains", "1"), "no_field"),
        (("hazard-sources", "nothing", "contains", "1"), "no_field"),
        (("nobody", "name", "contains", "1"), "no_field"),
        (("cameras", "name", "contains", "x" * 81), "too_long"),
    ],
)
def test_that_a_filter_that_cannot_be_is_refused(
    asked: tuple[str, str, str, str], code: str
) -> None:
    with pytest.raises(FilterError) as refused:
        make_filter(*asked)  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize("text", [text for text in EVIL if 0 < len(text) <= 80])
def test_that_hostile_values_are_only_compared(text: str) -> None:
    rows = hazards()
    assert kept_keys(rows, Filter("hazard-sources", "name", "contains", text)) == set()


def test_that_every_attribute_can_be_asked_of_rows_of_another_kind() -> None:
    stranger = Record(key="x", name=Name())
    for kind, fields in FIELDS.items():
        for field in fields:
            value: str | float = "x" if field.text is not None else 1.0
            ask = asker(Filter(kind, field.id, field.ops[0], value))
            assert ask(stranger) in {True, False, None}
