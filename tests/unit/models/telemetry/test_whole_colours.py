"""What enterprises and the region have: the colour of their worst hazard source, and why."""

import pytest

from models.basics import Name
from models.operation.events.warning import Colour, ColourPart
from models.operation.warned import WarningColour
from models.registry.kinds import HazardSource
from models.telemetry.whole_colours import (
    enterprise_colours,
    grade_factor,
    owner_of,
    worst_first,
)


def warned(
    key: str, colour: Colour, index: float, enterprise: str = "", *points: float, grade: str = ""
) -> WarningColour:
    parts = tuple(ColourPart(what="alarm_2", items=1, points=each) for each in points)
    return WarningColour(
        hazard_source_key=key, enterprise_key=enterprise, colour=colour, index=index, parts=parts,
        grade=grade, least="", since_us=0, event_id="e",
    )  # fmt: skip


def source(key: str, enterprise: str) -> HazardSource:
    return HazardSource(key=key, name=Name(en=key), enterprise_key=enterprise)


def test_that_the_worst_stands_first_by_colour_index_and_key() -> None:
    found = worst_first(
        [
            warned("D", "yellow", 99.0),  # recorded before a floor was set: the colour decides
            warned("C", "orange", 60.0),
            warned("B", "orange", 60.0),
            warned("A", "red", 40.0),
        ]
    )
    assert [each.hazard_source_key for each in found] == ["A", "B", "C", "D"]
    assert worst_first([]) == ()


def test_that_an_enterprise_has_the_colour_of_its_worst_source() -> None:
    rows = {key: source(key, owner) for key, owner in (("A", "E1"), ("B", "E2"), ("C", "E1"))}
    first, second = enterprise_colours(
        [warned("C", "yellow", 30.0), warned("B", "orange", 55.0), warned("A", "red", 81.0)], rows
    )
    assert (first.enterprise_key, first.colour, first.worst.index) == ("E1", "red", 81.0)
    assert [each.hazard_source_key for each in first.sources] == ["A", "C"]
    assert (second.enterprise_key, second.colour, second.worst.index) == ("E2", "orange", 55.0)
    assert enterprise_colours([], rows) == ()


def test_that_the_register_says_whose_a_source_is_else_the_record() -> None:
    rows = {"A": source("A", "E1"), "B": source("B", "")}
    assert owner_of(warned("A", "red", 80.0, "OLD"), rows) == "E1"
    assert owner_of(warned("B", "red", 80.0, "E2"), rows) == "E2"
    assert owner_of(warned("GONE", "red", 80.0, "E3"), rows) == "E3"
    assert owner_of(warned("GONE", "red", 80.0), rows) == ""


@pytest.mark.parametrize(
    ("index", "points", "grade", "factor"),
    [
        (62.4, (40.0, 8.0), "一级", 1.3),
        (48.0, (40.0, 8.0), "", 1.0),
        (48.0, (40.0,), "一级", 1.2),  # as the rules were that day
        (100.0, (80.0, 60.0), "三级", 1.1),
        (0.0, (), "二级", 1.2),
        (0.0, (), "unheard of", 1.0),
    ],
)
def test_that_the_record_tells_how_much_the_grade_weighed(
    index: float, points: tuple[float, ...], grade: str, factor: float
) -> None:
    assert grade_factor(warned("A", "red", index, "", *points, grade=grade)) == factor
