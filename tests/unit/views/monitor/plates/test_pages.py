"""The faceplates of a source and the wall: what they say, their keys, and what they repaint."""

from types import SimpleNamespace

import msgspec
import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.desk import LiveValue
from models.basics import LatLon, Name
from models.operation.situation import Situation
from models.registry.kinds import HazardSource, Tag
from models.telemetry.ports import Quality
from tests.unit.views.monitor.conftest import tag
from tests.unit.views.station_desk import StationDesk, alarm
from views.i18n import Translator
from views.kit import ViewKit
from views.monitor.pages import PLATES, TREND, WALL
from views.monitor.plates.looks import HeadLook, MoreLook, TagLook
from views.monitor.plates.page import PlatePage
from views.monitor.plates.wall import WallPage
from views.monitor.station import MonitorStation
from views.theme import Theme
from views.tools import sample

NOW_US = sample.NOW_US
SOURCES = 40


def tags() -> list[Tag]:
    found = []
    for number in range(SOURCES):
        key = f"HS-{number:02d}"
        found += [tag(f"GT-{number:02d}{n}", key) for n in range(3)]
        found.append(tag(f"LT-{number:02d}", key, "%", "level"))
    found += [tag(f"PT-{n}", "HS-00", "MPa", "pressure") for n in range(4)]
    return found


def values(every: float) -> tuple[LiveValue, ...]:
    return tuple(LiveValue(each.key, every, 0, NOW_US, NOW_US) for each in tags())


@pytest.fixture
def situation() -> Situation:
    alarms = (
        alarm("GT-071", "HH", 1, "unacknowledged", 12.0),
        alarm("GT-030", "H", 2, "acknowledged", 4.0),
        alarm("PT-3", "H", 3, "acknowledged", 4.0),
    )
    return Situation(
        operation_id="o",
        mode="live",
        recorded_us=NOW_US,
        alarms=Map({each.id: each for each in alarms}),
        stale_tags=Map({"LT-05": NOW_US - 60_000_000}),
    )


@pytest.fixture
def desk(qapp: QApplication, situation: Situation) -> StationDesk:
    sources = [
        HazardSource(
            key=f"HS-{n:02d}",
            name=Name(f"储罐 {n}", f"Tank {SOURCES - n:02d}"),
            position=LatLon(32.0, 118.0) if n else None,
        )
        for n in range(SOURCES)
    ]
    made = StationDesk(situation, {"tags": tags(), "hazard-sources": sources})
    made.latest = {each.tag_key: each for each in values(2.0)}
    return made


@pytest.fixture
def monitor(kit: ViewKit, qtbot: QtBot) -> MonitorStation:
    window = QMainWindow()
    kit.actions.set_window(window)
    station = MonitorStation(kit)
    center = station.center()
    assert center is not None
    window.setCentralWidget(center)
    qtbot.addWidget(window)
    window.resize(1300, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    station.set_active(active=True)
    station.held = window  # type: ignore[attr-defined]
    station.activated()
    kit.actions.refresh()
    return station


def wall_of(station: MonitorStation, qtbot: QtBot) -> WallPage:
    station.show_page(WALL)
    assert station._pages is not None
    page = station._pages.page(WALL)
    assert isinstance(page, WallPage)
    painted(page, qtbot)
    return page


def plates_of(station: MonitorStation, qtbot: QtBot, source: str = "HS-07") -> PlatePage:
    station.sources.choose(source)
    station.show_page(PLATES)
    assert station._pages is not None
    page = station._pages.page(PLATES)
    assert isinstance(page, PlatePage)
    painted(page, qtbot)
    return page


def painted(page: WallPage | PlatePage, qtbot: QtBot) -> None:
    page.board.grab()
    at_rest(page, qtbot)


def at_rest(page: WallPage | PlatePage, qtbot: QtBot) -> None:
    """Wait until everything is compared and nothing is painted any more."""
    seen = [-1, -2, -3]

    def rests() -> bool:
        seen[:] = [page.board.repainted, *seen[:2]]
        return page.board.is_settled and len(set(seen)) == 1

    qtbot.waitUntil(rests)


def look(page: WallPage | PlatePage, key: str) -> TagLook:
    found = page.board.looks()[("tag", key)]
    assert isinstance(found, TagLook)
    return found


def press(page: WallPage | PlatePage, key: Qt.Key, qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget() or page, key)


# The wall


def test_that_the_wall_shows_the_worst_first(monitor: MonitorStation, qtbot: QtBot) -> None:
    wall = wall_of(monitor, qtbot)
    assert wall.keys[:3] == ("HS-07", "HS-03", "HS-00")
    head = wall.board.looks()[("source", "HS-07")]
    assert isinstance(head, HeadLook)
    assert (head.severity, head.state) == (1, "unack")
    assert look(wall, "GT-071").state == "HH unack"


def test_that_a_new_alarm_moves_its_source_up(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    new = alarm("GT-390", "HH", 1, "unacknowledged", 11.0)
    alarms = desk.situation.alarms.set(new.id, new)
    desk.show(desk.situation.with_(alarms=alarms), alarms=frozenset([new.id]))
    assert set(wall.keys[:2]) == {"HS-07", "HS-39"}


def test_that_only_what_differs_is_repainted(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    before = wall.board.repainted
    desk.tick()
    at_rest(wall, qtbot)
    assert wall.board.repainted == before
    desk.latest["GT-071"] = LiveValue("GT-071", 9.0, 0, NOW_US, NOW_US)
    desk.tick()
    qtbot.waitUntil(lambda: wall.board.repainted > before)
    at_rest(wall, qtbot)
    assert wall.board.repainted == before + 1
    assert look(wall, "GT-071").value == "9 ppm"


def test_that_pages_turn_by_key_and_hold_every_source_once(
    monitor: MonitorStation, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    assert wall.pages > 1
    seen = list(wall.keys)
    for _ in range(wall.pages - 1):
        press(wall, Qt.Key.Key_PageDown, qtbot)
        seen += wall.keys
    assert sorted(seen) == sorted([*(f"HS-{n:02d}" for n in range(SOURCES))])
    press(wall, Qt.Key.Key_PageDown, qtbot)
    assert wall.keys[0] == "HS-07"
    press(wall, Qt.Key.Key_PageUp, qtbot)
    assert f"page {wall.pages} of {wall.pages}" in wall._count.text()


def test_that_f_narrows_and_w_orders_by_name(monitor: MonitorStation, qtbot: QtBot) -> None:
    wall = wall_of(monitor, qtbot)
    found = []
    for _ in range(4):
        press(wall, Qt.Key.Key_F, qtbot)
        found.append(wall.keys[:4])
    assert found[:3] == [("HS-07", "HS-03", "HS-00"), ("HS-07",), ("HS-05",)]
    assert len(found[3]) == 4
    press(wall, Qt.Key.Key_W, qtbot)
    assert wall.keys[:2] == ("HS-39", "HS-38")


def test_that_the_cursor_walks_over_pages_and_enter_opens_the_faceplates(
    monitor: MonitorStation, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    per = len(wall.keys)
    press(wall, Qt.Key.Key_Right, qtbot)
    assert wall.chosen == "HS-07"
    press(wall, Qt.Key.Key_Left, qtbot)
    assert wall.chosen == "HS-07"
    for _ in range(per):
        press(wall, Qt.Key.Key_Right, qtbot)
    assert wall._page == 1
    assert wall.chosen == wall.keys[0]
    press(wall, Qt.Key.Key_Up, qtbot)
    assert wall._page == 0
    press(wall, Qt.Key.Key_Down, qtbot)
    chosen = wall.chosen
    press(wall, Qt.Key.Key_Return, qtbot)
    assert monitor.page == PLATES
    assert monitor._row is not None
    assert monitor._row.key == chosen


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_M])
def test_that_a_key_without_a_source_says_so(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot, key: Qt.Key
) -> None:
    press(wall_of(monitor, qtbot), key, qtbot)
    assert desk.codes == ["source_needed"]


def test_that_m_shows_the_source_on_the_map(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    press(wall, Qt.Key.Key_Right, qtbot)
    with qtbot.waitSignal(monitor.place_wanted) as told:
        press(wall, Qt.Key.Key_M, qtbot)
    assert told.args == [("hazard-sources", "HS-07")]


def test_that_a_click_chooses_and_a_double_click_opens(
    monitor: MonitorStation, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    place = next(place for place in wall.board.places if place.id == ("tag", "GT-030"))
    qtbot.mouseClick(wall.board, Qt.MouseButton.LeftButton, pos=place.box.center())
    assert wall.chosen == "HS-03"
    qtbot.mouseDClick(wall.board, Qt.MouseButton.LeftButton, pos=place.box.center())
    assert monitor.page == PLATES


def test_that_a_plate_with_many_tags_tells_of_the_rest(
    monitor: MonitorStation, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    more = wall.board.looks()[("more", "HS-00")]
    assert more == MoreLook("4 more tags")
    assert look(wall, "PT-3").severity == 3


def test_that_alarms_without_room_are_told(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    extra = [alarm(f"GT-00{n}", "H", 2, "acknowledged", 4.0) for n in range(3)]
    extra += [alarm(f"PT-{n}", "H", 3, "acknowledged", 4.0) for n in range(3)]
    alarms = desk.situation.alarms.update({each.id: each for each in extra})
    desk.show(desk.situation.with_(alarms=alarms), alarms=frozenset(each.id for each in extra))
    wall = wall_of(monitor, qtbot)
    assert wall.board.looks()[("more", "HS-00")] == MoreLook("4 more tags · 3 in alarm", 3)


def test_that_a_wall_out_of_sight_rests_and_catches_up(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    monitor.show_page(TREND)
    desk.latest["GT-071"] = LiveValue("GT-071", 7.0, 0, NOW_US, NOW_US)
    desk.show(desk.situation.with_(alarms=Map()), alarms=frozenset(["GT-071/HH"]))
    desk.tick()
    assert wall.keys[0] == "HS-07"
    monitor.show_page(WALL)
    painted(wall, qtbot)
    assert wall.keys[0] == "HS-00"


def test_that_a_small_wall_holds_one_plate(monitor: MonitorStation, qtbot: QtBot) -> None:
    wall = wall_of(monitor, qtbot)
    monitor.held.resize(420, 300)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(wall.keys) < 4)
    assert wall.board.grab().width() > 0


# Faceplates


def test_that_faceplates_show_the_chosen_source_by_family(
    monitor: MonitorStation, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    assert page.title == "Faceplates: Tank 33"
    assert page._count.text() == "4 tags · 1 in alarm"
    ids = [place.id for place in page.board.places]
    assert ids == [
        ("family", "level"), ("tag", "LT-07"),
        ("family", "detector"), ("tag", "GT-071"), ("tag", "GT-070"), ("tag", "GT-072"),
    ]  # fmt: skip
    shown = look(page, "GT-071")
    assert (shown.value, shown.share) == ("2 ppm", 0.02)
    assert [limit.priority for limit in shown.limits] == [0, 1]
    assert shown.range_text == "0 – 100 ppm"


def test_that_stale_bad_uncertain_and_missing_values_say_since_when(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot, "HS-05")
    clock = monitor._kit.wording.clock
    assert look(page, "LT-05").doubt == f"stale since {clock(NOW_US - 60_000_000)}"
    late_us = NOW_US + 5_000_000
    sent = (
        LiveValue("GT-050", 2.0, Quality.BAD, late_us, late_us),
        LiveValue("GT-051", 2.0, Quality.UNCERTAIN, late_us, late_us),
    )
    desk.latest |= {each.tag_key: each for each in sent}
    del desk.latest["GT-052"]
    desk.live_values.emit(sent)
    desk.tick()
    qtbot.waitUntil(lambda: look(page, "GT-052").doubt == "no value yet")
    assert look(page, "GT-050").doubt == f"bad since {clock(late_us)}"
    assert look(page, "GT-051").doubt == "uncertain"
    assert look(page, "GT-052").value == "— ppm"


def test_that_bad_values_from_the_beginning_say_since_when_they_were_seen(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    bad = LiveValue("NEW", 2.0, Quality.BAD, NOW_US, NOW_US)
    desk.latest["NEW"] = bad
    desk.live_values.emit((bad,))
    found = page._reader.tag(tag("NEW", "HS-07")).doubt
    assert found == f"bad, seen since {monitor._kit.wording.clock(NOW_US)}"


def test_that_a_rising_value_has_an_arrow(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    for second in range(31):
        at_us = NOW_US + second * 1_000_000
        one = LiveValue("LT-07", 2.0 + second, 0, at_us, at_us)
        desk.latest["LT-07"] = one
        desk.live_values.emit((one,))
    desk.tick()
    qtbot.waitUntil(lambda: look(page, "LT-07").arrow == "↑")


def test_that_a_replay_shows_no_live_value(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    desk.replay = SimpleNamespace(now_us=lambda: NOW_US)
    desk.tick()
    qtbot.waitUntil(lambda: look(page, "GT-070").doubt == "not in a replay")
    assert look(page, "GT-070").value == "— ppm"


def test_that_keys_walk_over_the_tags_and_lead_to_trend_and_map(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    press(page, Qt.Key.Key_T, qtbot)
    press(page, Qt.Key.Key_M, qtbot)
    assert desk.codes == ["tag_needed", "tag_needed"]
    press(page, Qt.Key.Key_Down, qtbot)
    press(page, Qt.Key.Key_Down, qtbot)
    assert page.chosen == "GT-071"
    press(page, Qt.Key.Key_Up, qtbot)
    assert page.chosen == "LT-07"
    with qtbot.waitSignal(monitor.place_wanted) as told:
        press(page, Qt.Key.Key_M, qtbot)
    assert told.args == [("hazard-sources", "HS-07")]
    press(page, Qt.Key.Key_T, qtbot)
    assert monitor.page == TREND
    assert monitor.plotted == ("LT-07",)


def test_that_a_click_chooses_a_tag_and_a_double_click_plots_it(
    monitor: MonitorStation, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    place = next(place for place in page.board.places if place.id == ("tag", "GT-072"))
    qtbot.mouseClick(page.board, Qt.MouseButton.LeftButton, pos=place.box.center())
    assert page.chosen == "GT-072"
    qtbot.mouseDClick(page.board, Qt.MouseButton.LeftButton, pos=place.box.center())
    assert monitor.plotted == ("GT-072",)


def test_that_a_source_without_a_place_is_told(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot, "HS-00")
    page.choose_next(1)
    with qtbot.assertNotEmitted(monitor.place_wanted):
        press(page, Qt.Key.Key_M, qtbot)
    assert desk.codes == ["no_place"]


def test_that_an_alarm_that_ends_leaves_the_plate(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    desk.show(desk.situation.with_(alarms=Map()), alarms=frozenset(["GT-071/HH"]))
    qtbot.waitUntil(lambda: bool(page.board.looks()) and not look(page, "GT-071").severity)
    assert page._count.text() == "4 tags · 0 in alarm"


@pytest.mark.parametrize("scheme", ["dark", "light", "contrast"])
def test_that_all_themes_paint_and_follow_a_change(
    monitor: MonitorStation, theme: Theme, qtbot: QtBot, scheme: str
) -> None:
    page = plates_of(monitor, qtbot)
    theme.choose(scheme)
    picture = page.board.grab().toImage()
    corner = page.board.places[-1].box
    inside = picture.pixelColor(corner.right() - 2, corner.center().y())
    assert inside == theme.color("pane")


def test_that_words_follow_the_language(
    monitor: MonitorStation, translator: Translator, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    translator.choose("zh")
    qtbot.waitUntil(lambda: page.title == "面板: 储罐 7")
    qtbot.waitUntil(lambda: look(page, "GT-071").state == "HH 未确认")


def test_that_a_tag_gone_from_the_register_leaves_the_wall(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    wall = wall_of(monitor, qtbot)
    kept = {each.key: each for each in tags() if each.hazard_source_key != "HS-07"}
    desk.set_reference(type(desk.reference)({"tags": kept}))  # type: ignore[call-arg]
    assert "HS-07" not in wall._order


def test_that_a_changed_limit_is_drawn(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    rows = {each.key: each for each in tags()}
    limit = msgspec.structs.replace(rows["GT-070"].limits[0], value=50.0)
    rows["GT-070"] = msgspec.structs.replace(rows["GT-070"], limits=(limit,))
    desk.set_reference(type(desk.reference)({"tags": rows}))  # type: ignore[call-arg]
    qtbot.waitUntil(lambda: [each.text for each in look(page, "GT-070").limits] == ["H 50"])


def test_that_an_empty_wall_says_why(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.show(desk.situation.with_(alarms=Map()))
    wall = wall_of(monitor, qtbot)
    assert not wall._empty.isVisible()
    wall.next_filter()
    assert wall._empty.isVisible()
    assert not wall.board.isVisible()
    for _ in range(3):
        wall.next_filter()
    assert wall.board.isVisible()
    assert len(wall.keys) > 4


def test_that_a_contact_has_no_direction(
    monitor: MonitorStation, desk: StationDesk, qtbot: QtBot
) -> None:
    page = plates_of(monitor, qtbot)
    contact = msgspec.structs.replace(tag("XA-1", "HS-07", "", "trip"), safety="trip", high=1.0)
    for second in range(31):
        at_us = NOW_US + second * 1_000_000
        one = LiveValue("XA-1", second / 30, 0, at_us, at_us)
        desk.latest["XA-1"] = one
        desk.live_values.emit((one,))
    assert page._reader.memory.direction(contact, desk.latest["XA-1"]) == "rising"
    assert page._reader.tag(contact).arrow == ""
