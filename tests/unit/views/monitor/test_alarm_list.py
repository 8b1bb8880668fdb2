"""Monitor's alarm list: all states, sort, filter, group, acts by key, on to map and trend."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from models.operation.events.alarm import (
    AlarmAcknowledged,
    AlarmRaised,
    AlarmReturned,
    AlarmShelved,
    AlarmSuppressed,
    AlarmTakenOutOfService,
    TagWentStale,
)
from models.times import MINUTE_US, SECOND_US
from tests.unit.views.monitor.alarm_stage import AlarmStage, many, situation
from tests.unit.views.small_park import ALARM, raise_alarm
from tests.unit.views.told_desk import ToldDesk
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.monitor.pages import ALARMS, TREND
from views.monitor.station import MonitorStation
from views.theme import Theme
from views.watch.hold_sheet import HoldSheet
from views.watch.unit_sheet import UnitSheet
from views.wording import Wording

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(
    told_desk: ToldDesk, theme: Theme, translator: Translator, wording: Wording, qtbot: QtBot
) -> Iterator[AlarmStage]:
    window = QMainWindow()
    kit = ViewKit(told_desk, theme, translator, wording, ActionRegistry(window))
    station = MonitorStation(kit)
    center = station.center()
    assert center is not None
    window.setCentralWidget(center)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    station.set_active(active=True)
    kit.actions.refresh()
    kit.actions.run("monitor.alarms")
    yield AlarmStage(told_desk, kit, station, window)
    for sheet in window.findChildren(QDialog):
        sheet.close()


def raised(stage: AlarmStage, tag: str, limit: str = "H", priority: int = 3, **place: str) -> str:
    payload = AlarmRaised(
        tag_key=tag,
        limit=limit,
        priority=priority,
        value=4.2,
        limit_value=3.0,
        unit="ppm",
        hazard_source_key=place.get("source", "HS1"),
        enterprise_key=place.get("enterprise", "E1"),
    )
    stage.desk.say_event(payload, f"{tag}/{limit}", "gateway")
    return f"{tag}/{limit}"


def until(stage: AlarmStage) -> int:
    return stage.desk.clock.now_us() + 30 * MINUTE_US


def test_that_alarms_of_every_state_are_listed_with_their_names(stage: AlarmStage) -> None:
    said = stage.desk.say_event
    raised(stage, "A")
    said(AlarmAcknowledged(), raised(stage, "B"))
    said(AlarmReturned(value=1.0), raised(stage, "C"))
    said(AlarmShelved(reason="r", until_us=until(stage)), raised(stage, "D"))
    said(AlarmSuppressed(reason="HS1=shutdown"), raised(stage, "E"))
    said(AlarmTakenOutOfService(reason="r", until_us=until(stage)), raised(stage, "F"))
    assert {key: stage.cell(key, "state") for key in stage.rows()} == {
        "A/H": "unack", "C/H": "returned", "B/H": "acked", "D/H": "shelved", "E/H": "suppressed",
        "F/H": "out of service",
    }  # fmt: skip
    assert stage.pane._count.text() == "6 · 2 unacknowledged"


def test_that_an_alarm_held_before_it_rose_shows_what_its_tag_says(stage: AlarmStage) -> None:
    stage.desk.say_event(AlarmShelved(reason="标定", until_us=until(stage)), ALARM, "P-2@desk")
    assert stage.cell(ALARM, "priority") == "critical"
    assert stage.cell(ALARM, "value") == "— ppm"
    assert stage.cell(ALARM, "limit") == "3 ppm"
    assert stage.cell(ALARM, "time") == "—"
    assert stage.cell(ALARM, "held").startswith("30:00 left · 标定 · ")


def test_that_a_acknowledges_all_that_are_chosen_and_nothing_else(stage: AlarmStage) -> None:
    for tag in "ABC":
        raised(stage, tag)
    stage.choose(stage.rows()[0])
    stage.press(Qt.Key.Key_Down, SHIFT)
    stage.press(Qt.Key.Key_A)
    states = [stage.desk.situation.alarms[f"{tag}/H"].state for tag in "ABC"]
    assert sorted(states) == ["acknowledged", "acknowledged", "unacknowledged"]


def test_that_an_occurrence_that_rose_after_the_look_stays(stage: AlarmStage) -> None:
    key = raised(stage, "A")
    stage.choose(key)
    seen = stage.alarms.chosen()
    stage.alarms._kit.desk.published.disconnect(stage.alarms._on_published)
    stage.desk.say_event(AlarmReturned(value=1.0), key)
    raised(stage, "A")
    assert stage.alarms.chosen() == seen
    stage.press(Qt.Key.Key_A)
    assert stage.desk.situation.alarms[key].state == "unacknowledged"
    assert stage.desk.refused == ["nothing_to_acknowledge"]


def test_that_enter_acknowledges_the_row(stage: AlarmStage) -> None:
    key = raised(stage, "A")
    stage.choose(key)
    stage.press(Qt.Key.Key_Return)
    assert stage.desk.situation.alarms[key].state == "acknowledged"


def test_that_h_shelves_and_unshelves_by_the_sheet_of_watch(stage: AlarmStage) -> None:
    key = raised(stage, "LT-9")
    for reason, state in (("检修", "shelved"), ("完毕", "unacknowledged")):
        stage.choose(key)
        stage.press(Qt.Key.Key_H)
        sheet = stage.window.findChildren(HoldSheet)[-1]
        line = sheet.findChild(QLineEdit, "field-reason")
        assert line is not None
        line.setText(reason)
        sheet.accept()
        sheet.setParent(None)
        assert stage.desk.situation.alarms[key].state == state


def test_that_an_alarm_that_guards_lives_stays_with_its_rule(stage: AlarmStage) -> None:
    stage.desk.role = "officer"
    raise_alarm(stage.desk)
    stage.choose(ALARM)
    stage.press(Qt.Key.Key_H)
    sheet = stage.window.findChild(HoldSheet)
    assert sheet is not None
    sheet.accept()
    assert stage.desk.situation.alarms[ALARM].state == "unacknowledged"


def test_that_u_asks_for_the_units_state(stage: AlarmStage) -> None:
    raise_alarm(stage.desk)
    stage.choose(ALARM)
    stage.press(Qt.Key.Key_U)
    assert stage.window.findChild(UnitSheet) is not None


@pytest.mark.parametrize("key", "AHORUMT")
def test_that_a_key_without_an_alarm_says_what_is_missing(stage: AlarmStage, key: str) -> None:
    stage.press(getattr(Qt.Key, f"Key_{key}"))
    assert [notice.code for notice in stage.desk.said] == ["alarm_needed"]


def test_that_keys_of_the_list_sleep_on_other_pages(stage: AlarmStage) -> None:
    raised(stage, "A")
    stage.choose("A/H")
    stage.kit.actions.run("monitor.trend")
    stage.window.setFocus()
    stage.press(Qt.Key.Key_A)
    assert not stage.kit.actions.run("alarms.acknowledge")
    assert stage.desk.situation.alarms["A/H"].state == "unacknowledged"


def test_that_m_leads_to_the_tags_place_else_to_its_sources(
    stage: AlarmStage, qtbot: QtBot
) -> None:
    raise_alarm(stage.desk)
    raised(stage, "LT-9")
    raised(stage, "LT-8", source="", enterprise="")
    for key, place in ((ALARM, ("tags", "GT-1")), ("LT-9/H", ("hazard-sources", "HS1"))):
        stage.choose(key)
        with qtbot.waitSignal(stage.station.place_wanted) as told:
            stage.press(Qt.Key.Key_M)
        assert told.args == [place]
    stage.choose("LT-8/H")
    with qtbot.assertNotEmitted(stage.station.place_wanted):
        stage.press(Qt.Key.Key_M)
    assert [notice.code for notice in stage.desk.said] == ["no_place"]


def test_that_t_leads_to_the_trend_of_the_tag(stage: AlarmStage) -> None:
    raise_alarm(stage.desk)
    stage.choose(ALARM)
    stage.press(Qt.Key.Key_T)
    assert stage.station.page == TREND
    assert stage.station.plotted == ("GT-1",)


def test_that_a_tag_out_of_the_register_has_no_trend(stage: AlarmStage) -> None:
    raised(stage, "GONE")
    stage.choose("GONE/H")
    stage.press(Qt.Key.Key_T)
    assert stage.station.page == ALARMS
    assert [notice.code for notice in stage.desk.said] == ["no_tag"]


def test_that_a_page_that_fills_tells_so(stage: AlarmStage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.station.filled) as told:
        stage.kit.actions.run("monitor.trend")
    assert told.args == [False]
    with qtbot.waitSignal(stage.station.filled) as told:
        stage.kit.actions.run("monitor.alarms")
    assert told.args == [True]


def test_that_every_column_sorts_both_ways(stage: AlarmStage) -> None:
    raised(stage, "B", priority=1)
    stage.desk.wait_s(5)
    raised(stage, "A", priority=4)
    said = stage.desk.say_event
    said(AlarmShelved(reason="r", until_us=until(stage)), raised(stage, "C", source="HS0"))
    firsts: dict[str, list[str]] = {}
    for number, column in enumerate(stage.alarms.model.columns):
        stage.alarms._on_title_clicked(number)
        once = stage.rows()
        stage.alarms._on_title_clicked(number)
        firsts[column.key] = [once[0], stage.rows()[0]]
        assert sorted(stage.rows()) == ["A/H", "B/H", "C/H"]
        assert str(column.title()).endswith("↑")
    assert firsts["priority"] == ["B/H", "A/H"]
    assert firsts["point"] == ["A/H", "C/H"]
    assert firsts["time"][1] == "B/H"
    assert firsts["standing"][0] == "B/H"
    assert firsts["held"][0] == "C/H"
    assert firsts["source"] == ["B/H", "C/H"]


def test_that_s_sorts_by_the_next_column_and_shift_s_turns_it(stage: AlarmStage) -> None:
    raised(stage, "A")
    stage.choose("A/H")
    before = stage.alarms._column
    stage.press(Qt.Key.Key_S)
    keys = [column.key for column in stage.alarms.model.columns]
    assert keys.index(stage.alarms._column) == keys.index(before) + 1
    stage.press(Qt.Key.Key_S, SHIFT)
    assert stage.alarms._reverse


def test_that_filters_narrow_and_say_what_they_hide(stage: AlarmStage) -> None:
    raise_alarm(stage.desk)
    key = raised(stage, "LT-9", source="HS2", enterprise="E2")
    stage.desk.say_event(AlarmAcknowledged(), key)
    bar = stage.alarms.bar
    for name, value, wanted in (
        ("state", "acknowledged", [key]),
        ("state", "waiting", [ALARM]),
        ("priority", "3", [key]),
        ("enterprise", "E1", [ALARM]),
        ("source", "HS2", [key]),
        ("kind", "HH", [ALARM]),
    ):
        bar.boxes[name].setCurrentIndex(bar.boxes[name].findData(value))
        assert stage.rows() == wanted, (name, value)
        if wanted == [key]:
            assert "1 of 2" in stage.pane._count.text()
            assert "1 unacknowledged hidden by the filter" in stage.pane._count.text()
        stage.press(Qt.Key.Key_X, ALT)
        assert len(stage.rows()) == 2


@pytest.mark.parametrize("typed", ["gt-1", "chlorine 1", "氯气", "lvqi", "huatai"])
def test_that_a_typed_filter_finds_names_pinyin_and_enterprise(
    stage: AlarmStage, typed: str
) -> None:
    raise_alarm(stage.desk)
    raised(stage, "ZZ", source="", enterprise="")
    stage.alarms.bar.edit.setText(typed)
    assert stage.rows() == [ALARM]


def test_that_g_groups_by_source_enterprise_and_priority(stage: AlarmStage) -> None:
    raised(stage, "A", priority=3)
    raised(stage, "B", priority=2, source="HS2", enterprise="E2")
    stage.desk.say_event(AlarmAcknowledged(), "A/H")
    raised(stage, "C", priority=1, source="", enterprise="")
    stage.choose("A/H")
    stage.press(Qt.Key.Key_G)
    assert stage.rows() == ["[]", "C/H", "[HS2]", "B/H", "[HS1]", "A/H"]
    assert stage.alarms.model.index(0, 3).data() == "At no hazard source · 1 alarm"
    assert stage.alarms.model.index(4, 3).data() == "Chlorine vaporiser · 1 alarm"
    stage.press(Qt.Key.Key_G)
    assert stage.rows() == ["[]", "C/H", "[E2]", "B/H", "[E1]", "A/H"]
    stage.press(Qt.Key.Key_G)
    assert stage.rows() == ["[1]", "C/H", "[2]", "B/H", "[3]", "A/H"]
    assert [alarm.id for alarm in stage.alarms.chosen()] == ["A/H"]
    stage.press(Qt.Key.Key_G)
    assert "[1]" not in stage.rows()


def test_that_a_group_title_is_no_alarm(stage: AlarmStage) -> None:
    raised(stage, "A")
    stage.alarms.bar.next_group()
    stage.alarms.view.selectRow(0)
    assert stage.alarms.chosen() == []
    stage.alarms.view.opened.emit(stage.alarms.model.row(0))
    assert stage.desk.situation.alarms["A/H"].state == "unacknowledged"


def test_that_chattering_and_silent_alarms_are_marked_and_found(stage: AlarmStage) -> None:
    for _ in range(3):
        key = raised(stage, "A")
        stage.desk.say_event(AlarmReturned(value=1.0), key)
        stage.desk.wait_s(10)
    raised(stage, "B")
    stage.desk.say_event(TagWentStale(tag_keys=("B",), since_us=stage.desk.clock.now_us()), "tags")
    assert stage.cell("A/H", "marks") == "chattering"
    assert stage.cell("A/H", "count") == "3"
    assert stage.cell("B/H", "marks") == "no data"
    bar = stage.alarms.bar
    bar.boxes["state"].setCurrentIndex(bar.boxes["state"].findData("chattering"))
    assert stage.rows() == ["A/H"]


def test_that_marks_come_and_go_with_the_time_alone(stage: AlarmStage) -> None:
    key = raised(stage, "A")
    for _ in range(2):
        raised(stage, "A")
    assert stage.cell(key, "marks") == "chattering"
    for _ in range(5):
        stage.desk.tick(121 * SECOND_US)
    assert stage.cell(key, "marks") == ""
    for _ in range(5):
        stage.desk.tick(24 * 3600 * SECOND_US)
    assert stage.cell(key, "marks") == "stale > 24 h"
    assert stage.cell(key, "standing").startswith("5 d ")


def test_that_a_hidden_list_waits_until_it_is_seen(stage: AlarmStage) -> None:
    stage.kit.actions.run("monitor.trend")
    raised(stage, "A")
    assert stage.rows() == []
    stage.kit.actions.run("monitor.alarms")
    assert stage.rows() == ["A/H"]


def test_that_names_follow_the_language(stage: AlarmStage) -> None:
    raise_alarm(stage.desk)
    stage.kit.translator.choose("zh")
    assert stage.cell(ALARM, "name") == "氯气 1"
    assert stage.cell(ALARM, "enterprise") == "华泰化工"


def test_that_thousands_are_followed_by_differences_only(stage: AlarmStage, qtbot: QtBot) -> None:
    alarms = many(3000)
    stage.desk.show(situation(*alarms))
    assert len(stage.rows()) == 3000
    stage.choose("T-01500/H")
    acked = msgspec.structs.replace(alarms[1], state="acknowledged")
    now = situation(acked, *alarms[2:], *many(3001)[3000:])
    touched = frozenset([alarms[0].id, acked.id, "T-03000/H"])
    runs: list[str] = []
    model = stage.alarms.model
    model.rowsInserted.connect(lambda *_: runs.append("in"))
    model.rowsRemoved.connect(lambda *_: runs.append("out"))
    model.rowsMoved.connect(lambda *_: runs.append("moved"))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        stage.desk.show(now, alarms=touched)
    assert sorted(runs) == ["in", "moved", "out"]
    assert [alarm.id for alarm in stage.alarms.chosen()] == ["T-01500/H"]


def test_that_the_model_keeps_qts_rules(stage: AlarmStage, qtmodeltester: object) -> None:
    stage.desk.show(situation(*many(50)))
    stage.alarms.bar.next_group()
    qtmodeltester.check(stage.alarms.model)  # type: ignore[attr-defined]


def test_that_pages_are_made_in_idle_moments(stage: AlarmStage) -> None:
    made: list[None] = list(stage.station.prepare())
    assert made
    assert stage.station.page == ALARMS


def test_that_an_empty_list_says_why(stage: AlarmStage) -> None:
    empty = stage.alarms._empty
    assert empty.isVisible()
    assert "No alarm" in empty.accessibleName()
    raised(stage, "A")
    assert not empty.isVisible()
    stage.alarms.bar.edit.setText("nothing like it")
    assert empty.isVisible()
    assert "Alt+X" in empty.accessibleName()


def test_that_a_page_out_of_sight_asks_for_no_room(stage: AlarmStage, qtbot: QtBot) -> None:
    list(stage.station.prepare())
    pages = stage.station._pages
    assert pages is not None
    wide = pages._stack.minimumSizeHint().width()
    stage.station.show_page(TREND)
    qtbot.waitUntil(lambda: pages._stack.minimumSizeHint().width() < wide)
    stage.station.show_page(ALARMS)
    qtbot.waitUntil(lambda: pages._stack.minimumSizeHint().width() == wide)
