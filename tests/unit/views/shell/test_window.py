import json
from pathlib import Path

import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.desk import GatewayState
from models.basics import Name
from models.operation.situation import Changes, Published, Situation
from models.times import SECOND_US
from views.kit import ViewKit
from views.shell.layout_store import LayoutStore
from views.shell.mode_band import Watermark
from views.shell.station import PLACES
from views.shell.unanswered import unanswered
from views.shell.window import MainWindow
from views.tools import sample
from views.tools.preview_desk import PreviewDesk
from views.tools.sample import NOW_US


def desk_of(window: MainWindow) -> PreviewDesk:
    desk = window.kit.desk
    assert isinstance(desk, PreviewDesk)
    return desk


def text(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None, name
    return label.text()


def test_that_f_keys_open_the_seven_stations(window: MainWindow, qtbot: QtBot) -> None:
    for place in PLACES:
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{place.key}"))
        assert window.station == place.id
        button = window.findChild(QToolButton, f"station-{place.id}")
        assert button is not None
        assert button.isChecked()


def test_that_the_map_is_one_widget_that_never_moves(window: MainWindow) -> None:
    map_widget = window.central._map
    parent = map_widget.parent()
    for place in PLACES:
        window.open_station(place.id)
        assert map_widget.parent() is parent
        assert map_widget.isVisible()


def test_that_a_station_without_panes_leaves_the_whole_room(kit: ViewKit, qtbot: QtBot) -> None:
    from views.shell.central import Central

    page = QWidget()

    class Page:
        id = "libraries"
        activations = 0

        def left(self) -> None:
            return None

        right = bottom = left

        def center(self) -> QWidget:
            return page

        def activated(self) -> None:
            self.activations += 1

    station = Page()
    central = Central(kit.theme, QWidget(), {"libraries": station}, LayoutStore(None))
    qtbot.addWidget(central)
    central.resize(1000, 700)
    central.show()
    central.show_station("libraries")
    assert page.isVisible()
    assert page.width() > 950
    assert station.activations == 1
    central.close()


def test_that_the_panes_of_a_station_are_painted_in_turns_and_all_of_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open_station("watch")
    window.open_station("command")
    sides = [stack for stack in window.central._sides.values() if stack.isVisible()]
    assert not any(stack.updatesEnabled() for stack in sides)
    qtbot.waitUntil(lambda: window.central.is_whole)
    assert all(stack.updatesEnabled() for stack in sides)


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (3840, 2160)])
def test_that_nothing_is_squeezed_at_the_three_sizes(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    desk_of(window).gateway_state.emit(GatewayState(connected=True, detail=""))
    for language in ("en", "zh"):
        window.kit.translator.choose(language)
        title = "Not answered yet" if language == "en" else "尚未答复"
        qtbot.waitUntil(lambda wanted=title: text(window, "stripTitle") == wanted)
        assert window.size().toTuple() == size
        names = ("product", "modeBadge", "clock", "wind-0", "alarms-1", "sync")
        labels = [window.findChild(QLabel, name) for name in names]
        qtbot.waitUntil(
            lambda shown=labels: all(
                label.width() >= label.sizeHint().width() for label in shown if label is not None
            )
        )


def test_that_the_clock_shows_the_time_of_the_site(window: MainWindow) -> None:
    assert text(window, "clock") == window.kit.wording.clock(NOW_US)
    desk_of(window).tick()
    assert text(window, "clock") == window.kit.wording.clock(NOW_US + SECOND_US)


def test_that_standing_alarms_are_counted_by_priority(window: MainWindow) -> None:
    assert [text(window, f"alarms-{p}") for p in (1, 2, 3, 4)] == ["2", "2", "1", "1"]
    situation = sample.situation()
    left = situation.alarms.delete("GT-2031/HH")
    desk_of(window).show(situation.with_(alarms=left), alarms=frozenset({"GT-2031/HH"}))
    assert text(window, "alarms-1") == "1"


def test_that_masts_which_disagree_are_both_shown(window: MainWindow) -> None:
    desk_of(window).show(sample.situation(disagree=True))
    first, second = text(window, "wind-0"), text(window, "wind-1")
    assert first.startswith("↗ 3.2 m/s from 247° · stability F · MAST-2")
    assert second.startswith("↘ 1.4 m/s from 301°")


def test_that_missing_wind_is_said(window: MainWindow) -> None:
    desk_of(window).show(sample.situation().with_(masts=()))
    assert text(window, "wind-0") == "no wind observed"


def test_that_the_strip_lists_everybody_and_counts(window: MainWindow) -> None:
    assert [each.kind for each in window.strip.waiting()] == [
        "receipt", "verification", "feedback", "report",
    ]  # fmt: skip
    assert text(window, "waiting-fire-2") == (
        "◆ Fire station 2: to sign, overdue 00:42 · now calling 王建国"
    )
    desk_of(window).tick()
    assert "overdue 00:43" in text(window, "waiting-fire-2")
    assert text(window, "waiting-clock-1").startswith("First report: 42:46 left of 1:00:00")


def test_that_an_order_nobody_can_be_called_for_says_so(window: MainWindow) -> None:
    from msgspec.structs import replace

    from models.basics import Phone

    orders = sample.situation().orders
    nobody = replace(orders["fire-2"], called=Phone(number=""))
    situation = sample.situation().with_(orders=orders.set("fire-2", nobody))
    desk_of(window).show(situation, orders=frozenset({"fire-2"}))
    assert text(window, "waiting-fire-2").endswith("☎ no number")


def test_that_who_answers_leaves_the_strip(window: MainWindow) -> None:
    situation = sample.situation()
    desk_of(window).show(
        situation.with_(orders=situation.orders.delete("fire-2")), orders=frozenset({"fire-2"})
    )
    assert "fire-2" not in [each.id for each in window.strip.waiting()]
    desk_of(window).show(
        situation.with_(orders=Map(), cards=Map(), report_clocks=Map()),
        orders=frozenset({"env"}),
    )
    assert window.strip.waiting() == ()
    assert window.strip.isVisible()


def _thirty_waiting() -> Situation:
    many = [
        sample.order(f"t{n}", Name(f"第{n}队", f"Team number {n}"), "issued", n) for n in range(30)
    ]
    return sample.situation().with_(orders=Map({each.id: each for each in many}))


def test_that_the_strip_grows_by_rows_and_hides_nobody(window: MainWindow, qtbot: QtBot) -> None:
    before = window.strip.height()
    desk_of(window).show(_thirty_waiting(), orders=frozenset({"t1"}))
    qtbot.waitUntil(lambda: window.strip.height() > before + 40)
    labels = [window.findChild(QLabel, f"waiting-t{n}") for n in range(30)]
    assert all(label is not None and label.isVisible() for label in labels)
    bottom = max(label.geometry().bottom() for label in labels if label is not None)
    assert bottom <= window.strip.height()


def test_that_order_of_the_unanswered_is_by_due_time() -> None:
    waiting = unanswered(sample.situation())
    assert [each.severity(NOW_US) for each in waiting] == [1, 2, 2, 0]


@pytest.mark.parametrize(
    ("mode", "band"),
    [
        ("drill", "演练 DRILL"),
        ("demonstration", "演示 DEMONSTRATION"),
        ("replay", "回放 REPLAY"),
    ],
)
def test_that_a_mode_wears_its_band_and_marks_every_pane(
    window: MainWindow, mode: str, band: str
) -> None:
    desk_of(window).show(sample.situation(mode))
    assert window.band.isVisible()
    assert text(window, "modeBandName") == band
    marks = window.findChildren(Watermark)
    assert len(marks) == 4
    for mark in marks:
        assert mark.isVisible()
        assert mark.size() == mark.parentWidget().size()
        assert mark.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_that_a_watermark_changes_what_a_pane_looks_like(window: MainWindow, qtbot: QtBot) -> None:
    pane = window.central._sides["bottom"]
    qtbot.waitUntil(pane.updatesEnabled)
    live = pane.grab().toImage()
    desk_of(window).show(sample.situation("drill"))
    assert pane.grab().toImage() != live


def test_that_a_map_that_marks_itself_is_not_covered(kit: ViewKit, qtbot: QtBot) -> None:
    from views.shell.central import Central

    class Map(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.marks: list[tuple[str, str]] = []

        def set_mode_watermark(self, text: str, colour: str) -> None:
            self.marks.append((text, colour))

    class Around:
        id = "map"

        def left(self) -> QWidget | None:
            return None

        right = bottom = center = left

        def activated(self) -> None:
            pass

    class Page(Around):
        id = "monitor"

        def center(self) -> QWidget | None:
            return QWidget()

    own = Map()
    central = Central(kit.theme, own, {"map": Around(), "monitor": Page()}, LayoutStore(None))
    qtbot.addWidget(central)
    central.show()
    stack = own.parentWidget()
    over_middle = next(m for m in central.findChildren(Watermark) if m.parentWidget() is stack)
    central.show_station("map")
    central.show_mode("drill")
    assert own.marks == [("演练 DRILL", "mode.drill")]
    assert over_middle.isHidden()
    central.show_station("monitor")
    assert over_middle.isVisible()
    central.show_mode("live")
    assert own.marks[-1][0] == ""


def test_that_a_live_operation_wears_no_band(window: MainWindow) -> None:
    assert window.band.isHidden()
    assert text(window, "modeBadge") == "● LIVE"
    assert not any(mark.isVisible() for mark in window.findChildren(Watermark))


def test_that_the_strip_keeps_its_height_while_a_replay_is_scrubbed(window: MainWindow) -> None:
    desk = desk_of(window)
    empty = desk.situation.with_(orders=Map(), cards=Map(), report_clocks=Map())
    tall = window.strip.height()
    desk.show(empty.with_(mode="replay"))
    assert window.strip.minimumHeight() == tall
    assert not window.strip._settling.isActive()
    desk.show(empty)
    window.strip._settle()
    assert window.strip.minimumHeight() == 0
    desk.show(empty.with_(mode="replay"))
    assert window.strip.minimumHeight() == tall


def test_that_the_strip_gives_room_back_when_it_stays_short(
    window: MainWindow, qtbot: QtBot
) -> None:
    desk, short = desk_of(window), window.strip.height()
    desk.show(_thirty_waiting(), orders=frozenset({"t1"}))
    qtbot.waitUntil(lambda: window.strip.height() > short + 40)
    window.strip._settling.stop()
    window.strip._settling.setInterval(50)
    tall = window.strip.height()
    gone = desk.situation.with_(orders=Map(), cards=Map(), report_clocks=Map())
    desk.show(gone, orders=frozenset({"t1"}))
    qtbot.waitUntil(lambda: not window.strip.waiting())
    assert window.strip.minimumHeight() == tall
    qtbot.waitUntil(lambda: window.strip.minimumHeight() == 0)
    qtbot.waitUntil(lambda: window.strip.height() < tall)


def test_that_the_same_people_are_not_laid_out_anew(window: MainWindow) -> None:
    desk = desk_of(window)
    flow = window.strip._flow
    desk.show(desk.situation)
    before = [flow.itemAt(n) for n in range(flow.count())]
    desk.show(desk.situation)
    after = [flow.itemAt(n) for n in range(flow.count())]
    assert len(after) > 2
    assert all(a is b for a, b in zip(before, after, strict=True))


def test_that_a_replay_names_speed_and_moment(window: MainWindow) -> None:
    class Playing:
        speed = 8.0

    desk = desk_of(window)
    desk.replay = Playing()
    desk.show(sample.situation("replay"))
    desk.tick()
    shown = text(window, "modeBandDetail")
    assert shown == f"Fri 20 Nov {window.kit.wording.clock(NOW_US + SECOND_US)} · 8× speed"


def test_that_a_failed_function_says_what_to_do(window: MainWindow) -> None:
    desk = desk_of(window)
    assert window.failures.isHidden()
    failed = sample.situation().with_(failures=Map({"source:park": "refused"}))
    desk.show(failed, failures=frozenset({"source:park"}))
    assert window.failures.isVisible()
    assert "(park): its values are stale" in text(window, "failure-source:park")
    desk.gateway_state.emit(GatewayState(connected=False, detail="no answer for 5 s"))
    assert "Muster restarts it" in text(window, "failure-gateway")
    assert text(window, "sync") == "◆ gateway away"
    failures = {"reference": "no answer for 3 s", "record": "inf can't be stored"}
    desk.show(sample.situation().with_(failures=Map(failures)), failures=frozenset(failures))
    assert "missing in the record" in text(window, "failure-record")
    assert "judged by the former ones" in text(window, "failure-reference")
    desk.show(sample.situation(), failures=frozenset(failures))
    desk.gateway_state.emit(GatewayState(connected=True, detail=""))
    assert window.failures.isHidden()
    assert text(window, "sync") == "in sync"


def test_that_stale_tags_are_counted(window: MainWindow) -> None:
    desk = desk_of(window)
    desk.gateway_state.emit(GatewayState(connected=True, detail=""))
    stale = Map({"GT-1": 1, "GT-2": 2})
    desk.show(sample.situation().with_(stale_tags=stale), stale_tags=frozenset(stale))
    assert text(window, "sync") == "● 2 tags stale"


def test_that_a_notice_is_shown_without_blocking(window: MainWindow) -> None:
    desk_of(window).say(2, "team_committed", "fire-2")
    assert [notice.code for notice in window.notices.notices()] == ["team_committed"]
    assert window.notices.isVisible()


def test_that_closing_asks_first(kit: ViewKit, window: MainWindow, qtbot: QtBot) -> None:
    window.may_close = False
    with qtbot.waitSignal(window.closing):
        assert not window.close()
    assert window.isVisible()
    window.may_close = True


def test_that_sizes_come_back(tmp_path: Path) -> None:
    path = tmp_path / "user" / "layout.json"
    store = LayoutStore(path)
    store.put("watch.columns", [300, 900, 400])
    store.save()
    assert LayoutStore(path).get("watch.columns", 3) == [300, 900, 400]
    assert LayoutStore(path).get("watch.columns", 2) is None


@pytest.mark.expect_log("can't be used, defaults are")
@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"version": 9, "sizes": {}}', '{"version": 1, "sizes": {"a": [-1]}}'],
)
def test_that_a_bad_layout_is_logged_and_defaults_are_used(tmp_path: Path, content: str) -> None:
    path = tmp_path / "layout.json"
    path.write_text(content, "utf-8")
    assert LayoutStore(path).get("a", 1) is None


@pytest.mark.expect_log("was not kept")
def test_that_a_layout_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    store = LayoutStore(blocked / "layout.json")
    store.put("a", [1])
    store.save()


def test_that_panes_keep_the_sizes_of_each_station(window: MainWindow) -> None:
    window.central._columns.moveSplitter(500, 1)
    wide = window.central._columns.sizes()
    assert wide[0] == 500
    window.open_station("command")
    assert window.central._columns.sizes() != wide
    window.open_station("watch")
    assert window.central._columns.sizes() == wide


def test_that_the_layout_file_is_plain_json(tmp_path: Path) -> None:
    path = tmp_path / "layout.json"
    store = LayoutStore(path)
    store.put("watch.rows", [700, 200])
    store.save()
    assert json.loads(path.read_text("utf-8"))["sizes"] == {"watch.rows": [700, 200]}


def test_that_of_three_masts_the_one_that_differs_is_shown(window: MainWindow) -> None:
    from models.basics import Wind

    masts = tuple(
        Wind(from_deg=deg, speed_m_s=2.0, stability="E", source=name, observed_us=NOW_US)
        for deg, name in ((228.0, "M1"), (225.0, "M2"), (274.0, "M3"))
    )
    desk_of(window).show(sample.situation().with_(masts=masts, masts_disagree=True))
    assert "from 228°" in text(window, "wind-0")
    assert "from 274°" in text(window, "wind-1")


def test_that_a_larger_scale_enlarges_what_was_set_in_pixels(window: MainWindow) -> None:
    theme = window.kit.theme
    before = (window.rail.width(), window.top_bar.height(), window.strip.layout().spacing())
    theme.set_scale(2.0)
    assert window.rail.minimumWidth() == 2 * before[0]
    assert window.top_bar.minimumHeight() == 2 * before[1]
    assert window.strip.layout().spacing() == 2 * before[2]
    theme.set_scale(1.0)
    assert window.rail.minimumWidth() == before[0]
    assert window.rail.maximumWidth() == before[0]


def test_that_the_window_has_an_icon(window: MainWindow) -> None:
    assert not window.windowIcon().pixmap(64, 64).isNull()


def test_that_a_replay_hides_no_failure(window: MainWindow) -> None:
    desk = desk_of(window)
    failed = sample.situation().with_(failures=Map({"source:park": "refused"}))
    desk.live_published.emit(Published(situation=failed, changes=Changes(full=True)))
    desk.published.emit(Published(situation=sample.situation(), changes=Changes(full=True)))
    assert window.failures.isVisible()


def test_that_a_page_may_have_the_room_of_the_side_panes(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.central.is_whole)
    sides = [stack for stack in window.central._sides.values() if stack.isVisible()]
    assert sides
    window.central.fill(True)
    assert not any(stack.isVisible() for stack in sides)
    window.central.fill(False)
    assert all(stack.isVisible() for stack in sides)
