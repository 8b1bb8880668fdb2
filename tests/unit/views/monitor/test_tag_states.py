from immutables import Map

from models.operation.situation import Situation
from tests.unit.views.monitor.conftest import SOURCES, TAGS, tag
from tests.unit.views.station_desk import alarm
from views.monitor.tag_states import ALL, first_plotted, source_rows, tags_by_source, worst_by_tag
from views.tools.preview_desk import FixedReference

REFERENCE = FixedReference(
    {"tags": {tag.key: tag for tag in TAGS}, "hazard-sources": {row.key: row for row in SOURCES}}
)


def test_that_an_alarm_in_force_is_worse_than_a_shelved_one_of_higher_priority() -> None:
    alarms = [alarm("GT-1", "HH", 1, "shelved"), alarm("GT-1", "H", 3, "acknowledged")]

    assert worst_by_tag(alarms)["GT-1"].limit == "H"


def test_that_a_normal_alarm_marks_no_tag() -> None:
    assert worst_by_tag([alarm("GT-1", "H", 2, "normal")]) == {}


def test_that_of_one_priority_the_unacknowledged_comes_first() -> None:
    alarms = [alarm("GT-1", "H", 2, "acknowledged"), alarm("GT-1", "L", 2, "unacknowledged")]

    assert worst_by_tag(alarms)["GT-1"].limit == "L"


def test_that_the_most_urgent_source_stands_first_under_all_tags(situation: Situation) -> None:
    rows = source_rows(REFERENCE, tags_by_source(REFERENCE), situation)

    assert [row.key for row in rows] == [ALL, "V-203", "T-105", ""]


def test_that_a_source_counts_its_tags_its_stale_and_its_unacknowledged(
    situation: Situation,
) -> None:
    rows = {row.key: row for row in source_rows(REFERENCE, tags_by_source(REFERENCE), situation)}

    assert (rows["V-203"].tags, rows["V-203"].stale, rows["V-203"].unacknowledged) == (3, 1, 1)
    assert (rows[ALL].tags, rows[ALL].stale, rows[ALL].unacknowledged) == (5, 1, 1)


def test_that_tags_of_no_source_are_not_lost() -> None:
    rows = source_rows(REFERENCE, tags_by_source(REFERENCE), Situation(operation_id="o"))

    assert [(row.key, row.tags) for row in rows][-1] == ("", 1)


def test_that_an_unasked_plot_begins_with_the_alarm_and_keeps_to_its_unit() -> None:
    worst = worst_by_tag([alarm("GT-2", "H", 2, "unacknowledged")])
    own = tags_by_source(REFERENCE)["V-203"]

    assert [tag.key for tag in first_plotted(own, worst, 6)] == ["GT-2", "GT-1"]


def test_that_without_an_alarm_the_commonest_unit_is_plotted() -> None:
    own = [
        tag("A-1", "V", ""),
        tag("B-2", "V", "%"),
        tag("C-3", "V", "ppm"),
        tag("C-4", "V", "ppm"),
    ]

    assert [each.key for each in first_plotted(own, {}, 6)] == ["C-3", "C-4"]
    assert [each.key for each in first_plotted(own[:2], {}, 6)] == ["B-2"]


def test_that_an_unasked_plot_holds_no_more_than_the_limit() -> None:
    assert len(first_plotted(TAGS, Map(), 2)) == 2


def test_that_a_source_without_tags_plots_nothing() -> None:
    assert first_plotted([], {}, 6) == []
