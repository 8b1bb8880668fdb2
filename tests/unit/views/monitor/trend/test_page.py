"""What a user does to a trend: wheel, drag, keys; what is read for it and what is said."""

from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import GatewayState, TrendData
from tests.unit.views.monitor.conftest import TAGS
from tests.unit.views.monitor.test_trend_plot import NOW_S, history, live
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.trend.page import TrendPage
from views.widgets.key_button import KeyButton


@pytest.fixture
def page(kit: ViewKit, desk: StationDesk, qtbot: QtBot) -> TrendPage:
    desk.trends["GT-1"] = history("GT-1", 5.0, 7200)
    made = TrendPage(kit)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.plot._timer.stop()
    made.show_tags(TAGS[:1])
    return made


class Signalling(QObject):
    moment = Signal(object)


def press(page: TrendPage, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    page.plot.canvas.setFocus()
    QTest.keyClick(page.plot.canvas, key, modifier or Qt.KeyboardModifier.NoModifier)


def length_s(page: TrendPage) -> float:
    from_s, to_s = page.plot.bounds
    return to_s - from_s


def test_that_space_pauses_and_goes_on(page: TrendPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    assert page._line.text.startswith("● LIVE DATA")

    press(page, Qt.Key.Key_Space)
    assert page._line.text.startswith("■ PAUSED")
    assert page.plot.bounds == (NOW_S - 1800.0, NOW_S)

    press(page, Qt.Key.Key_Space)
    assert page.plot.span.is_live


def test_that_keys_pan_zoom_and_lead_back_to_live(page: TrendPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    press(page, Qt.Key.Key_Left)
    assert page.plot.bounds == (NOW_S - 2025.0, NOW_S - 225.0)
    press(page, Qt.Key.Key_Plus)
    assert length_s(page) == 900.0
    press(page, Qt.Key.Key_Minus)
    press(page, Qt.Key.Key_Minus)
    assert length_s(page) == 3600.0
    press(page, Qt.Key.Key_PageUp)
    assert page.plot.bounds[1] == pytest.approx(NOW_S - 3600.0)

    press(page, Qt.Key.Key_Home)

    assert page.plot.span.is_live
    assert length_s(page) == 1800.0


def test_that_the_wheel_zooms_about_the_pointer(page: TrendPage) -> None:
    page.plot.pan(-1.0)
    canvas = page.plot.canvas
    place = QPointF(canvas.area().left() + canvas.area().width() / 4, 100.0)
    before = canvas._moment(place)
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip

    QApplication.sendEvent(canvas, event)

    assert length_s(page) == pytest.approx(1800.0 / 1.25**2)
    assert canvas._moment(place) == pytest.approx(before, abs=2.0)


def test_that_a_drag_moves_time_and_is_no_click(page: TrendPage, qtbot: QtBot) -> None:
    canvas = page.plot.canvas
    middle = canvas.area().center()
    half = QPoint(canvas.area().width() // 2, 0)

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + half)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + half)

    assert page.plot.bounds[1] == pytest.approx(NOW_S - 900.0, abs=3.0)
    assert page.plot.cursors.held_s is None
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert page.plot.cursors.held_s == pytest.approx(NOW_S - 1800.0, abs=5.0)


def test_that_only_what_is_not_held_is_read(page: TrendPage, desk: StationDesk) -> None:
    read = len(desk.asked_spans_s)

    page.plot.pan(-1.0)
    assert len(desk.asked_spans_s) == read + 1
    from_s, to_s = desk.asked_spans_s[-1]
    assert from_s < page.plot.bounds[0] < page.plot.bounds[1] <= to_s

    page.plot.pan(-0.25)
    page.plot.zoom(0.5)
    assert len(desk.asked_spans_s) == read + 1
    page.plot.zoom(0.2)
    assert len(desk.asked_spans_s) == read + 2


def test_that_of_many_wishes_while_reading_only_the_last_is_read(
    page: TrendPage, desk: StationDesk
) -> None:
    desk.held_trends = []
    for _ in range(5):
        page.plot.pan(-3.0)
    assert len(desk.held_trends) == 1

    desk.held_trends[0].end()

    assert len(desk.held_trends) == 2
    from_s, to_s = page.plot.bounds
    assert desk.asked_spans_s[-1][0] < from_s < to_s < desk.asked_spans_s[-1][1]


def test_that_a_reading_that_comes_late_does_not_take_live_away(
    page: TrendPage, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.held_trends = []
    page.plot.pan(-1.0)
    page.plot.go_live()
    desk.held_trends[0].end()

    desk.live_values.emit((live("GT-1", 7.0, 0.0),))

    assert page.plot.value_at(TAGS[0], NOW_S) == 7.0


def test_that_what_comes_during_a_pause_is_there_afterwards(
    page: TrendPage, desk: StationDesk
) -> None:
    page.plot.pause()
    desk.live_values.emit((live("GT-1", 9.0, 0.0),))

    page.plot.pause()

    assert page.plot.value_at(TAGS[0], NOW_S) == 9.0


def test_that_a_history_that_fails_is_said_and_asked_again(
    page: TrendPage, desk: StationDesk
) -> None:
    desk.held_trends = []
    page.plot.pan(-1.0)
    held = desk.held_trends[0]

    def fail() -> tuple[TrendData, ...]:
        raise OSError("disk")

    held._function = fail
    held.end()
    assert desk.codes[-1] == "history_failed"

    page.plot.pan(-0.1)
    assert len(desk.held_trends) == 2


def test_that_keys_do_nothing_on_another_station(page: TrendPage, kit: ViewKit) -> None:
    page.set_active(active=False)
    assert not kit.actions.run("trend.pause")
    page.set_active(active=True)
    assert kit.actions.run("trend.pause")
    assert not page.plot.span.is_live


def test_that_the_cursor_moves_by_keys_and_a_second_one_is_held(
    page: TrendPage, kit: ViewKit
) -> None:
    assert kit.actions.run("trend.cursor_on")
    at_s = page.plot.cursors.at_s
    assert at_s == pytest.approx(NOW_S - 900.0)
    kit.actions.run("trend.hold")
    kit.actions.run("trend.cursor_on")
    kit.actions.run("trend.cursor_bit_back")

    held_s, moved_s = page.plot.cursors.all
    assert held_s == at_s
    assert moved_s - held_s == pytest.approx(0.019 * 1800.0)
    assert page.plot.canvas._readout[1] == "GT-1 5 ppm · Δ +0"
    kit.actions.run("trend.drop")
    assert page.plot.cursors.all == ()


def test_that_the_legend_reads_all_curves_at_the_cursor_and_their_differences(
    page: TrendPage, desk: StationDesk, kit: ViewKit
) -> None:
    rising = history("LT-3", 0.0, 1800)
    values = [float(n) for n in range(1800)]
    desk.trends["LT-3"] = TrendData("LT-3", rising.times_us, values, [0] * 1800)
    page.show_tags([TAGS[0], TAGS[2]])
    assert page.legend.cells() == [
        ("Tag", "Value"), ("GT-1", "5 ppm"), ("LT-3", "1799 %"),
    ]  # fmt: skip

    page.plot.canvas.pointed.emit(NOW_S - 1000.0)
    page.plot.canvas.clicked.emit(NOW_S - 1000.0)
    page.plot.canvas.pointed.emit(NOW_S - 900.0)

    titles, first, second = page.legend.cells()
    assert titles == ("Tag", kit.wording.clock(int((NOW_S - 900) * 1e6)), "Δ")
    assert first == ("GT-1", "5 ppm", "+0")
    assert second == ("LT-3", "900 %", "+100")


def test_that_the_figures_are_those_of_the_span_on_screen(
    page: TrendPage, desk: StationDesk, kit: ViewKit, qtbot: QtBot
) -> None:
    data = history("GT-1", 1.0, 7200)
    values = [1.0] * 3600 + [20.0] * 900 + [1.0] * 2700
    qualities = [0] * 6750 + [1] * 450
    desk.trends["GT-1"] = TrendData("GT-1", data.times_us, values, qualities)
    kit.actions.run("trend.figures")
    assert page.legend.cells()[1] == ("GT-1", "1", "1", "1", "00:00", "75 %")

    page.plot.show_span(page.plot.span.showing(NOW_S - 3600.0, NOW_S - 1800.0))
    qtbot.waitUntil(lambda: page.legend.cells()[1][2] == "20")
    low, high, mean, beyond, good = page.legend.cells()[1][1:]
    assert (low, high, beyond, good) == ("1", "20", "15:00", "100 %")
    assert float(mean) == pytest.approx(10.5, abs=0.02)


def test_that_a_chosen_curve_stands_out_and_is_taken_out_by_key(
    page: TrendPage, kit: ViewKit, qtbot: QtBot
) -> None:
    page.show_tags(TAGS[:3])
    kit.actions.run("trend.next")
    kit.actions.run("trend.next")
    assert page.plot.chosen == TAGS[1]
    assert [limit.text for limit in page.plot.canvas.dressing.limits] == ["H 3 ppm", "HH 10 ppm"]

    with qtbot.waitSignal(page.removed) as told:
        kit.actions.run("trend.remove")

    assert told.args == [TAGS[1]]
    kit.actions.run("trend.none")
    assert page.plot.chosen is None


def test_that_each_unit_has_its_own_scale_and_axis(page: TrendPage, desk: StationDesk) -> None:
    desk.trends["LT-3"] = history("LT-3", 80.0)
    page.show_tags([TAGS[0], TAGS[2]])
    page.plot._redraw_now()

    axes = page.plot.canvas.dressing.axes
    assert [axis.unit for axis in axes] == ["ppm", "%"]
    assert axes[0].scale.high < 80.0 < axes[1].scale.high
    assert len({curve.scale for curve in page.plot._curves.drawn}) == 2


def test_that_uncertain_bad_and_missing_data_are_told_apart(
    page: TrendPage, desk: StationDesk
) -> None:
    data = history("GT-1", 5.0, 1200)
    qualities = [0] * 300 + [1] * 200 + [0] * 200 + [2] * 200 + [0] * 300
    desk.trends["GT-1"] = TrendData("GT-1", data.times_us, data.values, qualities)
    page.show_tags(())
    page.show_tags(TAGS[:1])

    bands = page.plot.canvas.dressing.bands
    assert [band.text for band in bands] == ["uncertain", "bad quality"]
    assert bands[0].quality != bands[1].quality
    assert bands[0].to_s - bands[0].from_s == pytest.approx(200.0)


def test_that_what_was_missed_is_read_when_the_gateway_is_back(
    page: TrendPage, desk: StationDesk
) -> None:
    read = len(desk.asked_spans_s)
    desk.gateway_state.emit(GatewayState(connected=False, detail=""))
    desk.trends["GT-1"] = history("GT-1", 8.0, 7200)
    assert len(desk.asked_spans_s) == read

    for _ in range(2):
        desk.gateway_state.emit(GatewayState(connected=True, detail=""))

    assert len(desk.asked_spans_s) == read + 1
    assert page.plot.value_at(TAGS[0], NOW_S) == 8.0


def test_that_space_on_a_button_presses_the_button(page: TrendPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    button = page.findChild(KeyButton, "trend-figures")
    assert isinstance(button, KeyButton)
    button.setFocus()

    QTest.keyClick(button, Qt.Key.Key_Space)

    assert page.legend.shows_figures
    assert page.plot.span.is_live


def test_that_the_key_of_plus_zooms_in_without_shift(page: TrendPage) -> None:
    page.plot.pause()
    QTest.keyClick(page.plot.canvas, Qt.Key.Key_Equal)
    assert length_s(page) == 900.0


def test_that_a_span_before_the_first_sample_says_that_there_is_no_data(
    page: TrendPage, desk: StationDesk
) -> None:
    desk.trends["LT-3"] = history("LT-3", 50.0, 1200)
    page.show_tags([TAGS[0], TAGS[2]])
    page.plot.pause()

    bands = page.plot.canvas.dressing.bands
    assert [(band.text, band.to_s) for band in bands] == [("LT-3 no data", NOW_S - 1200.0)]
    page.plot.show_span(page.plot.span.showing(NOW_S - 90_000.0, NOW_S - 80_000.0))
    (band,) = page.plot.canvas.dressing.bands
    assert (band.text, band.from_s, band.whole) == ("no data", NOW_S - 90_000.0, True)
    page.plot.go_live()
    assert page.plot.canvas.dressing.bands == ()


def test_that_an_axis_without_a_unit_bears_the_name_of_its_tag(
    page: TrendPage, desk: StationDesk
) -> None:
    plain = msgspec.structs.replace(TAGS[2], unit="")
    page.show_tags([TAGS[0], plain])
    page.plot._redraw_now()

    assert [axis.unit for axis in page.plot.canvas.dressing.axes] == ["ppm", "LT-3"]


def test_that_a_replay_shows_figures_of_then_and_again_when_it_has_gone_on(
    page: TrendPage, desk: StationDesk, kit: ViewKit, qtbot: QtBot
) -> None:
    data = history("GT-1", 1.0, 7200)
    desk.trends["GT-1"] = TrendData("GT-1", data.times_us, [2.0] * 3600 + [9.0] * 3600, [0] * 7200)
    kit.actions.run("trend.figures")
    assert page.legend.cells()[1][2] == "9"
    now_s = [NOW_S - 3700.0]
    moments = Signalling()
    desk.replay = SimpleNamespace(now_us=lambda: int(now_s[0] * 1e6), moment=moments.moment)

    desk.replay_changed.emit(desk.replay)
    qtbot.waitUntil(lambda: page.legend.cells()[1][2] == "2")

    now_s[0] = NOW_S - 1800.0
    moments.moment.emit(None)
    qtbot.waitUntil(lambda: page.legend.cells()[1][2] == "9")
