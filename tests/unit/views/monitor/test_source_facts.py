"""What warns of a source: colour with its parts, early warnings in words, their trend by a key."""

import msgspec
import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.commands.warning import AskTraining
from models.operation.events.early_warning import (
    CourseNotTrained,
    CourseTrained,
    EarlyWarningRaised,
    LimitAhead,
    NormalCourseRef,
    TagCause,
)
from models.operation.situation import Situation
from models.operation.warned import EarlyWarning, WarningColour, WarningCourse
from models.registry.kinds import HazardSource, Record
from models.times import MINUTE_US, SECOND_US
from tests.unit.views.monitor.conftest import SOURCES, TAGS
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.source_facts import SourceFacts
from views.monitor.station import MonitorStation
from views.monitor.tag_states import ALL
from views.monitor.warning_row import WarningRow
from views.tools import sample
from views.tools.preview_desk import FixedReference

NOW_US = sample.NOW_US


def cause(key: str, value: float, normal: float, score: float = 6.0) -> TagCause:
    return TagCause(
        tag_key=key, value=value, normal=normal, score=score, since_us=NOW_US - MINUTE_US,
        unit="ppm",
    )  # fmt: skip


def warning(key: str, what: EarlyWarningRaised, **more: int) -> EarlyWarning:
    values = {"raised_us": NOW_US, "told_us": NOW_US} | more
    return EarlyWarning(id=key, what=what, event_id=key, **values)


def course_of(source: str, *causes: TagCause, by: str = "tag") -> EarlyWarningRaised:
    return EarlyWarningRaised(
        kind="course", by=by, hazard_source_key=source, since_us=NOW_US - MINUTE_US, tags=causes,
        score=7.3,
        compared=NormalCourseRef(
            version=2, from_us=NOW_US - 120 * MINUTE_US, to_us=NOW_US - 60 * MINUTE_US, rows=3600
        ),
    )  # fmt: skip


def trend_of(latest_us: int | None = NOW_US + 14 * MINUTE_US) -> EarlyWarningRaised:
    ahead = LimitAhead(
        limit="H", value=3.0, reached_us=NOW_US + 10 * MINUTE_US,
        earliest_us=NOW_US + 8 * MINUTE_US, latest_us=latest_us,
    )  # fmt: skip
    return EarlyWarningRaised(
        kind="trend", by="slope", hazard_source_key="V-203", since_us=NOW_US - MINUTE_US,
        tags=(cause("GT-1", 1.5, 0.5),), ahead=ahead,
    )  # fmt: skip


TRAINED = CourseTrained(
    version=2, from_us=0, to_us=1, rows=3600, tag_keys=("GT-1",), begins_at=4.6,
    false_alarms=0.0, digest="d",
)  # fmt: skip


def warned(situation: Situation, *warnings: EarlyWarning, **more: object) -> Situation:
    return situation.with_(early_warnings=Map({each.id: each for each in warnings}), **more)


def texts(facts: SourceFacts) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in facts.findChildren(QLabel) if each.isVisibleTo(facts)]


def rows(facts: SourceFacts) -> list[WarningRow]:
    QApplication.processEvents()
    return [each for each in facts.findChildren(WarningRow) if each.isVisibleTo(facts)]


@pytest.fixture
def facts(station: MonitorStation) -> SourceFacts:
    station.facts.show()
    return station.facts


def test_that_the_colour_is_explained_part_by_part(
    facts: SourceFacts, desk: StationDesk, situation: Situation
) -> None:
    colour = WarningColour(
        hazard_source_key="V-203", enterprise_key="", colour="orange", index=61.0, parts=(),
        grade="", least="", since_us=NOW_US - 5 * SECOND_US, event_id="e",
    )  # fmt: skip
    desk.show(warned(situation, warning_colours=Map({"V-203": colour})))
    [head, parts, course] = texts(facts)
    assert head.startswith("orange · index 43 · since ")
    assert parts.split("\n") == [
        "1 alarm, high +25 · 1 alarm, medium +10 · 1 tag without data +8",
        "by its index yellow; told when that has lasted",
    ]
    assert course == "no normal course yet: it is trained after an hour of values"


def test_that_a_calm_source_says_so(facts: SourceFacts, desk: StationDesk) -> None:
    desk.show(Situation(operation_id="o", mode="live", recorded_us=NOW_US))
    assert texts(facts)[:2] == ["blue · index 0", "nothing adds to the index"]


def test_that_the_grade_and_the_rule_of_the_least_colour_are_named(
    facts: SourceFacts, desk: StationDesk, situation: Situation
) -> None:
    graded = HazardSource(key="V-203", name=SOURCES[1].name, grade="一级")
    rows: dict[str, dict[str, Record]] = {
        "tags": {each.key: each for each in TAGS},
        "hazard-sources": {"V-203": graded},
    }
    desk.set_reference(FixedReference(rows))
    gas = msgspec.structs.replace(situation.alarms["GT-2/H"], limit="HH", safety="toxic")
    desk.show(situation.with_(alarms=Map({"GT-2/HH": gas})))
    assert texts(facts)[1].split("\n") == [
        "1 alarm, high +25 · 1 tag without data +8 · grade 一级 × 1.3",
        "red because an alarm stands that may kill",
        "by its index red; told when that has lasted",
    ]


def test_that_a_warning_says_which_tags_since_when_and_compared_to_what(
    facts: SourceFacts, desk: StationDesk, situation: Situation
) -> None:
    shown = warning("course/V-203", course_of("V-203", cause("GT-1", 1.5, 0.5), by="Q"))
    elsewhere = warning("course/T-105", course_of("T-105", cause("GT-9", 1.0, 0.5)))
    over = warning("trend/GT-1", trend_of(), cleared_us=NOW_US)
    desk.show(warned(situation, shown, elsewhere, over))
    [row] = rows(facts)
    title, lines = [each.text() for each in row.findChildren(QLabel)]
    assert title.endswith(" · GT-1 not as usual")
    assert lines.split("\n")[0].startswith("GT-1 1.50 ppm, usually 0.50 ppm, since ")
    assert lines.split("\n")[1] == "they no longer go together as they did (7.3)"
    assert lines.split("\n")[2].startswith("compared with normal course 2: 3600 rows of ")


@pytest.mark.parametrize(
    ("latest", "words"), [(NOW_US + 14 * MINUTE_US, "90% between "), (None, "90% not before ")]
)
def test_that_a_limit_ahead_is_told_with_its_band(
    facts: SourceFacts, desk: StationDesk, situation: Situation, latest: int | None, words: str
) -> None:
    desk.show(warned(situation, warning("trend/GT-1", trend_of(latest))))
    [row] = rows(facts)
    title, lines = [each.text() for each in row.findChildren(QLabel)]
    assert title.endswith("GT-1 is heading for H")
    assert lines.startswith("H 3 ppm at about ")
    assert words in lines
    assert "GT-1 1.50 ppm, coming from 0.50 ppm since " in lines


def test_that_one_key_leads_to_the_trend_of_each_warning_in_turn(
    station: MonitorStation,
    facts: SourceFacts,
    desk: StationDesk,
    situation: Situation,
    kit: ViewKit,
) -> None:
    kit.actions.refresh()
    first = warning("course/V-203", course_of("V-203", cause("LT-3", 1.5, 0.5)))
    second = warning("trend/GT-1", trend_of(), raised_us=NOW_US - MINUTE_US)
    desk.show(warned(situation, first, second))
    kit.actions.action("monitor.warning").trigger()
    assert station.plotted == ("LT-3",)
    kit.actions.action("monitor.warning").trigger()
    assert station.plotted == ("GT-1",)
    kit.actions.action("monitor.warning").trigger()
    assert station.plotted == ("LT-3",)
    desk.show(situation)
    kit.actions.action("monitor.warning").trigger()
    assert station.plotted == ("LT-3",)


def test_that_enter_and_a_click_on_a_warning_plot_its_tags(
    station: MonitorStation, facts: SourceFacts, desk: StationDesk, situation: Situation
) -> None:
    causes = cause("LT-3", 1.5, 0.5), cause("GT-2", 1.5, 0.5), cause("GONE", 1.0, 1.0)
    desk.show(warned(situation, warning("course/V-203", course_of("V-203", *causes))))
    [row] = rows(facts)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert station.plotted == ("LT-3", "GT-2")
    station.reset()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert station.plotted != ("LT-3", "GT-2")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert station.plotted == ("LT-3", "GT-2")


def test_that_all_tags_show_the_warnings_of_all_sources(
    station: MonitorStation, facts: SourceFacts, desk: StationDesk, situation: Situation
) -> None:
    shown = warning("course/V-203", course_of("V-203", cause("GT-1", 1.5, 0.5)))
    elsewhere = warning("course/T-105", course_of("T-105", cause("GT-9", 1.0, 0.5)))
    desk.show(warned(situation, shown, elsewhere))
    station.sources.choose(ALL)
    assert len(rows(facts)) == 2
    assert facts.source_key == ""
    station.facts.train()
    assert not [each for each in desk.executed if isinstance(each, AskTraining)]


def test_that_a_training_is_asked_for_and_its_course_told(
    station: MonitorStation,
    facts: SourceFacts,
    desk: StationDesk,
    situation: Situation,
    kit: ViewKit,
) -> None:
    kit.actions.refresh()
    kit.actions.action("monitor.train").trigger()
    assert desk.executed[-1] == AskTraining("V-203")
    asked = WarningCourse(hazard_source_key="V-203", asked_us=NOW_US)
    desk.show(situation.with_(warning_courses=Map({"V-203": asked})))
    assert texts(facts)[2] == "training asked for"
    refused = WarningCourse(
        hazard_source_key="V-203", trained=TRAINED, trained_us=NOW_US,
        failed=CourseNotTrained(reason="few_rows", rows=17),
    )  # fmt: skip
    desk.show(situation.with_(warning_courses=Map({"V-203": refused})))
    assert texts(facts)[2].startswith("normal course 2: 3,600 rows, trained ")
    assert texts(facts)[2].endswith(
        "not trained: only 17 normal rows in the last 24 h; 400 are needed"
    )


def test_that_a_hidden_pane_does_nothing_until_it_is_seen(
    station: MonitorStation,
    facts: SourceFacts,
    desk: StationDesk,
    situation: Situation,
    qtbot: QtBot,
) -> None:
    facts.hide()
    counts: list[int] = []
    facts.counted.connect(counts.append)
    desk.show(warned(situation, warning("trend/GT-1", trend_of())))
    assert counts == [1]
    assert not facts.findChildren(WarningRow)
    facts.show()
    qtbot.waitUntil(lambda: len(rows(facts)) == 1)


def test_that_it_speaks_chinese(
    facts: SourceFacts, desk: StationDesk, situation: Situation, kit: ViewKit, qtbot: QtBot
) -> None:
    desk.show(warned(situation, warning("trend/GT-1", trend_of())))
    kit.translator.choose("zh")
    qtbot.waitUntil(lambda: "正趋向" in "".join(texts(facts)))
    assert texts(facts)[0].startswith("蓝色 · 指数 ")
