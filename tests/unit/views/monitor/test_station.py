from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from app.desk import GatewayState, LiveValue
from models.registry.kinds import Tag
from models.telemetry.ports import Quality, SourceState
from tests.unit.views.monitor.conftest import SOURCES, TAGS
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.dragging import TAGS as TAGS_TYPE
from views.monitor.source_table import SourceModel
from views.monitor.station import MOST_PLOTTED, MonitorStation
from views.monitor.tag_states import ALL
from views.monitor.trend.page import TrendPage
from views.tools import sample
from views.tools.preview_desk import FixedReference

NOW_US = sample.NOW_US


def live(key: str, value: float, quality: int = 0, age_us: int = 2_000_000) -> LiveValue:
    return LiveValue(key, value, quality, NOW_US - age_us, NOW_US)


def cell(station: MonitorStation, key: str, column: str) -> str:
    model = station.tags.model
    place = [each.key for each in model.columns].index(column)
    return str(model.index(model.index_of(key), place).data() or "")


def token(station: MonitorStation, key: str, column: str) -> str | None:
    model = station.tags.model
    found = next(each for each in model.columns if each.key == column)
    return found.token(model.row(model.index_of(key)))


def shown(station: MonitorStation) -> list[str]:
    return [tag.key for tag in station.tags.model.rows()]


def test_that_the_most_urgent_source_is_chosen_first(station: MonitorStation) -> None:
    assert shown(station) == ["GT-1", "GT-2", "LT-3"]
    assert station.plotted == ("GT-2", "GT-1")


def test_that_choosing_a_source_tells_the_map(station: MonitorStation, qtbot: QtBot) -> None:
    with qtbot.waitSignal(station.selected) as told:
        station.sources.choose("T-105")

    assert told.args == ["hazard-sources", "T-105"]
    assert shown(station) == ["GT-9"]


def test_that_choosing_a_tag_tells_the_map(station: MonitorStation, qtbot: QtBot) -> None:
    with qtbot.waitSignal(station.selected) as told:
        station.tags.view.selectRow(1)

    assert told.args == ["tags", "GT-2"]


def test_that_a_live_value_shows_with_its_unit_and_age(
    station: MonitorStation, desk: StationDesk
) -> None:
    desk.latest["GT-2"] = live("GT-2", 4.25)

    assert cell(station, "GT-2", "value") == "4.25 ppm"
    assert cell(station, "GT-2", "age") == "2 s ago"
    assert token(station, "GT-2", "value") is None


def test_that_live_values_repaint_only_rows_on_screen(
    station: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    many = [msgspec.structs.replace(TAGS[0], key=f"X-{n:04}") for n in range(2000)]
    station.tags.show_tags(many)

    with qtbot.waitSignal(station.tags.model.dataChanged, timeout=2000) as painted:
        desk.live_values.emit((live("X-0000", 1.0),))

    first, last = painted.args[0].row(), painted.args[1].row()
    assert first == 0
    assert last < 100


def test_that_a_value_of_another_source_repaints_nothing(
    station: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    station.tags._on_repaint()  # what the opening left to do
    with qtbot.assertNotEmitted(station.tags.model.dataChanged):
        desk.live_values.emit((live("GT-9", 1.0),))
        station.tags._on_repaint()


def test_that_a_stale_tag_fades_and_says_since_when(
    station: MonitorStation, desk: StationDesk
) -> None:
    desk.latest["GT-1"] = live("GT-1", 1.0)
    since = station.tags._kit.wording.clock(NOW_US - 60_000_000)

    assert cell(station, "GT-1", "age") == f"stale since {since}"
    assert cell(station, "GT-1", "state") == "no data"
    assert token(station, "GT-1", "value") == "text3"
    assert token(station, "GT-1", "age") == "alarm.medium"


def test_that_bad_quality_fades_the_value_and_is_said(
    station: MonitorStation, desk: StationDesk
) -> None:
    desk.latest["LT-3"] = live("LT-3", 50.0, Quality.BAD)

    assert cell(station, "LT-3", "age") == "bad quality · 2 s ago"
    assert token(station, "LT-3", "value") == "text3"


def test_that_a_tag_without_a_value_says_so(station: MonitorStation) -> None:
    assert cell(station, "LT-3", "value") == "— %"
    assert cell(station, "LT-3", "age") == "no value yet"


def test_that_only_the_limit_in_alarm_is_coloured(station: MonitorStation) -> None:
    assert cell(station, "GT-2", "H") == "3"
    assert token(station, "GT-2", "H") == "alarm.high"
    assert token(station, "GT-2", "HH") == "text2"
    assert cell(station, "GT-2", "LL") == ""


def test_that_a_limit_tells_its_guidance(station: MonitorStation) -> None:
    model = station.tags.model
    column = next(each for each in model.columns if each.key == "H")

    assert column.tip(TAGS[0]) == "H 3 ppm\nhigh\nCheck\nSOP"


def test_that_a_replay_shows_no_live_value(station: MonitorStation, desk: StationDesk) -> None:
    desk.latest["GT-2"] = live("GT-2", 4.0)
    desk.replay = SimpleNamespace(now_us=lambda: NOW_US)

    assert cell(station, "GT-2", "value") == "— ppm"
    assert cell(station, "GT-2", "age") == "not in a replay"


def test_that_space_puts_a_tag_into_the_plot_and_takes_it_out(
    station: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    station.tags.view.selectRow(2)

    qtbot.keyClick(station.tags.view, Qt.Key.Key_Space)
    assert station.plotted == ("GT-2", "GT-1", "LT-3")
    assert desk.asked_trends[-1] == ("GT-2", "GT-1", "LT-3")
    assert cell(station, "LT-3", "plot") == "━"
    qtbot.keyClick(station.tags.view, Qt.Key.Key_Space)
    assert station.plotted == ("GT-2", "GT-1")
    assert cell(station, "LT-3", "plot") == ""


def test_that_tags_chosen_by_hand_stay_when_another_source_is_looked_at(
    station: MonitorStation,
) -> None:
    station.toggle(TAGS[2])

    station.sources.choose("T-105")

    assert station.plotted == ("GT-2", "GT-1", "LT-3")


def test_that_the_way_back_plots_the_first_tags_again(
    station: MonitorStation, kit: ViewKit
) -> None:
    assert not kit.actions.run("monitor.reset")
    station.toggle(TAGS[2])

    kit.actions.run("monitor.reset")

    assert station.plotted == ("GT-2", "GT-1")


def test_that_a_full_plot_refuses_with_a_notice(station: MonitorStation, desk: StationDesk) -> None:
    for number in range(MOST_PLOTTED - 2):
        station.toggle(msgspec.structs.replace(TAGS[0], key=f"X-{number}"))

    station.toggle(TAGS[2])

    assert len(station.plotted) == MOST_PLOTTED
    assert desk.codes == ["plot_full"]


def dropped(mime: QMimeData, page: TrendPage) -> None:
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, mime, button, keys)
    enter.ignore()
    page.dragEnterEvent(enter)
    if enter.isAccepted():
        page.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, mime, button, keys))


def test_that_a_tag_dragged_from_the_table_comes_into_the_plot(station: MonitorStation) -> None:
    model = station.tags.model

    dropped(model.mimeData([model.index(2, 0), model.index(2, 1)]), station.plot)

    assert station.plotted == ("GT-2", "GT-1", "LT-3")


def test_that_a_source_dragged_from_its_table_brings_all_of_its_tags(
    station: MonitorStation,
) -> None:
    model = station.sources.view.model()
    assert isinstance(model, SourceModel)
    row = model.index_of("T-105")

    dropped(model.mimeData([model.index(row, 0)]), station.plot)

    assert station.plotted == ("GT-2", "GT-1", "GT-9")


@pytest.mark.parametrize("raw", [b"not json", b'{"a": 1}', b'["no such tag"]'])
def test_that_something_odd_that_is_dropped_changes_nothing(
    station: MonitorStation, raw: bytes
) -> None:
    mime = QMimeData()
    mime.setData(TAGS_TYPE, raw)

    dropped(mime, station.plot)

    assert station.plotted == ("GT-2", "GT-1")


def test_that_all_tags_of_the_source_come_by_key(station: MonitorStation, kit: ViewKit) -> None:
    kit.actions.run("monitor.plot_source")

    assert station.plotted == ("GT-2", "GT-1", "LT-3")


def test_that_the_chosen_curve_leaves_plot_and_table(station: MonitorStation, kit: ViewKit) -> None:
    kit.actions.run("trend.next")
    kit.actions.run("trend.remove")

    assert station.plotted == ("GT-1",)
    assert cell(station, "GT-2", "plot") == ""


@pytest.mark.parametrize("typed", ["chlorine", "液氯", "yelv", "ylcg", "v-203", "lt-3"])
def test_that_sources_are_found_by_name_pinyin_key_and_tag(
    station: MonitorStation, typed: str
) -> None:
    station.sources.filter.setText(typed)

    assert [row.key for row in station.sources.rows()] == ["V-203"]


def test_that_a_published_alarm_moves_its_source_up(
    station: MonitorStation, desk: StationDesk
) -> None:
    alarms = desk.situation.alarms
    worse = msgspec.structs.replace(
        alarms["GT-9/H"], id="GT-9/HH", limit="HH", priority=1, state="unacknowledged"
    )

    desk.show(
        desk.situation.with_(alarms=alarms.set(worse.id, worse)), alarms=frozenset([worse.id])
    )

    assert [row.key for row in station.sources.rows()][:2] == [ALL, "T-105"]


def test_that_a_change_of_something_else_leaves_the_list_alone(
    station: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(station.sources.counted):
        desk.show(desk.situation, orders=frozenset(["order-1"]))


def test_that_a_tag_gone_from_the_register_leaves_table_and_plot(
    station: MonitorStation, desk: StationDesk
) -> None:
    kept: dict[str, Tag] = {tag.key: tag for tag in TAGS if tag.key != "GT-1"}
    sources = {row.key: row for row in SOURCES}

    desk.set_reference(FixedReference({"tags": kept, "hazard-sources": sources}))

    assert shown(station) == ["GT-2", "LT-3"]
    assert station.plotted == ("GT-2",)


def test_that_a_source_of_values_that_is_away_is_named(
    station: MonitorStation, desk: StationDesk
) -> None:
    away = SourceState(
        name="mqtt",
        connected=False,
        since_us=NOW_US,
        samples=1_234_567,
        malformed=3,
        last_malformed="x: not JSON",
    )
    desk.gateway = GatewayState(connected=True, detail="", sources=(away,))

    desk.gateway_state.emit(desk.gateway)

    model = station.feeds.view.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == ["mqtt", "away", "1.23 M", "3", "0"]
    assert "last malformed: x: not JSON" in station.feeds._detail.text()
    assert station._feeds_pane._count.text() == "1 · 1 away"


def test_that_a_lost_gateway_makes_every_source_away(
    station: MonitorStation, desk: StationDesk
) -> None:
    here = SourceState(name="world", connected=True, since_us=NOW_US)
    desk.gateway_state.emit(GatewayState(connected=True, detail="", sources=(here,)))
    assert station.feeds.view.model().index(0, 1).data() == "connected"

    desk.gateway_state.emit(GatewayState(connected=False, detail="killed", sources=(here,)))

    assert station.feeds.view.model().index(0, 1).data() == "away"
    assert station.feeds._gateway.text() == "Gateway away: killed"


def test_that_without_sources_it_says_what_to_do(station: MonitorStation) -> None:
    assert station.feeds._empty.isVisibleTo(station.feeds)
    assert not station.feeds.view.isVisibleTo(station.feeds)


def test_that_all_text_follows_the_language(station: MonitorStation, kit: ViewKit) -> None:
    kit.translator.choose("zh")

    assert station._tags_pane.title == "液氯储罐"
    assert cell(station, "GT-1", "name") == "测点 GT-1"


def test_that_the_models_keep_qts_rules(station: MonitorStation, qtmodeltester: object) -> None:
    qtmodeltester.check(station.tags.model)  # type: ignore[attr-defined]
    qtmodeltester.check(station.sources.view.model())  # type: ignore[attr-defined]


def test_that_tags_of_no_source_are_shown_when_they_are_the_first(
    station: MonitorStation,
) -> None:
    station.sources.choose("")
    assert shown(station) == ["WD-1"]
