"""Another span of time under the trend: what is read for it, where it lies, what is said."""

import math

import msgspec
import pytest
from immutables import Map
from pytestqt.qtbot import QtBot

from app.desk import TrendData
from models.basics import Name
from models.operation.situation import Incident
from tests.unit.views.monitor.conftest import TAGS
from tests.unit.views.monitor.test_trend_plot import NOW_S, history
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.trend.overlay import DAY_S, last_incident
from views.monitor.trend.page import TrendPage

HOUR_S = 3600.0
INCIDENT = Incident(
    id="I1", number="X-1", title=Name("", ""), incident_kind="leak", place=Name(), position=None,
    hazard_source_key="V-203", enterprise_key="", substance="", cas="", wind=(),
    opened_us=int((NOW_S - 10 * HOUR_S) * 1e6), happened_us=None, event_id="e",
)  # fmt: skip


def constant(key: str, value: float, around_s: float) -> TrendData:
    times = [int((around_s + each) * 1e6) for each in range(-4000, 4000)]
    return TrendData(key, times, [value] * len(times), [0] * len(times))


@pytest.fixture
def page(kit: ViewKit, desk: StationDesk, qtbot: QtBot) -> TrendPage:
    desk.trends["GT-1"] = history("GT-1", 5.0, 1800)
    made = TrendPage(kit)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.plot._timer.stop()
    made.show_tags(TAGS[:1])
    made.show_source("V-203", "tank")
    return made


def test_that_the_day_before_lies_under_the_trend_at_the_same_time_of_day(
    page: TrendPage, desk: StationDesk, kit: ViewKit
) -> None:
    desk.trends["GT-1"] = constant("GT-1", 2.0, NOW_S - DAY_S)

    kit.actions.run("trend.yesterday")

    assert desk.asked_spans_s[-1][1] == pytest.approx(NOW_S - DAY_S, abs=HOUR_S)
    assert page.plot.value_then(TAGS[0], NOW_S - 60) == 2.0
    assert page.plot.value_at(TAGS[0], NOW_S - 60) == 5.0
    assert len(page.plot._curves.drawn) == 2
    assert "the day before" in page._line.text
    assert page.legend.cells()[0][1:] == ("Value", "Then")

    kit.actions.run("trend.yesterday")
    assert page.plot.then is None
    assert math.isnan(page.plot.value_then(TAGS[0], NOW_S - 60))
    assert len(page.plot._curves.drawn) == 1


def test_that_the_last_incidents_begin_lies_under_the_cursor(
    page: TrendPage, desk: StationDesk, kit: ViewKit
) -> None:
    desk.situation = desk.situation.with_(incidents=Map({"I1": INCIDENT}))
    desk.trends["GT-1"] = constant("GT-1", 7.0, NOW_S - 10 * HOUR_S)
    page.plot.place_cursor(NOW_S - 600.0)

    kit.actions.run("trend.incident")

    assert page.plot.then is not None
    assert page.plot.then.shift_s == pytest.approx(10 * HOUR_S - 600.0)
    assert page.plot.value_then(TAGS[0], NOW_S - 600.0) == 7.0
    assert "incident X-1" in page._line.text
    kit.actions.run("trend.incident")
    assert page.plot.then is None


def test_that_a_source_without_an_incident_says_so(
    page: TrendPage, desk: StationDesk, kit: ViewKit
) -> None:
    kit.actions.run("trend.incident")

    assert desk.codes == ["no_incident_before"]
    assert page.plot.then is None


def test_that_the_last_incident_before_a_moment_is_of_that_source_and_may_be_archived(
    desk: StationDesk,
) -> None:
    replace = msgspec.structs.replace
    later = replace(INCIDENT, id="I2", happened_us=INCIDENT.opened_us + 50)
    other = replace(INCIDENT, id="I3", hazard_source_key="T-105", opened_us=later.opened_us + 60)
    situation = desk.situation.with_(
        incidents=Map({"I1": INCIDENT, "I3": other}), archived=Map({"I2": later})
    )

    assert last_incident(situation, "V-203", INCIDENT.opened_us + 100) == later
    assert last_incident(situation, "V-203", INCIDENT.opened_us + 50) == INCIDENT
    assert last_incident(situation, "V-203", INCIDENT.opened_us) is None
    assert last_incident(situation, "", INCIDENT.opened_us + 100) is None


def test_that_an_overlay_that_cannot_be_read_is_not_asked_for_again_and_again(
    page: TrendPage, desk: StationDesk, kit: ViewKit
) -> None:
    desk.held_trends = []
    kit.actions.run("trend.yesterday")
    (held,) = desk.held_trends

    def fail() -> tuple[TrendData, ...]:
        raise OSError("disk")

    held._function = fail
    held.end()
    for _ in range(3):
        page.plot._redraw_now()

    assert desk.codes == ["history_failed"]
    assert len(desk.held_trends) == 1
