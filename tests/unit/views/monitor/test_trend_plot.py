"""The trend's facts: what it draws beside the curves and what it reads at the cursor."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.desk import LiveValue, TrendData
from models.telemetry.ports import Quality
from tests.unit.views.monitor.conftest import TAGS
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.plot.decor import Band
from views.monitor.trend_plot import TrendPlot
from views.tools import sample

NOW_S = sample.NOW_US / 1e6


def history(key: str, value: float, seconds: int = 600, quality: int = 0) -> TrendData:
    times = [sample.NOW_US - (seconds - each) * 1_000_000 for each in range(seconds)]
    return TrendData(key, times, [value] * seconds, [quality] * seconds)


def live(key: str, value: float, in_s: float, quality: int = 0) -> LiveValue:
    moment = sample.NOW_US + int(in_s * 1e6)
    return LiveValue(key, value, quality, moment, moment)


@pytest.fixture
def plot(kit: ViewKit, qtbot: QtBot) -> TrendPlot:
    made = TrendPlot(kit)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made._timer.stop()
    return made


def bands(plot: TrendPlot) -> tuple[Band, ...]:
    return plot.canvas.dressing.bands


def settle(plot: TrendPlot, qtbot: QtBot) -> None:
    plot._draw_anew()
    plot._on_redraw()
    qtbot.waitUntil(lambda: not plot.canvas.picture.busy)


def test_that_limits_and_curves_lie_within_the_scale(
    plot: TrendPlot, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.trends["GT-1"] = history("GT-1", 25.0)
    plot.show_tags(TAGS[:2])
    settle(plot, qtbot)

    dressing = plot.canvas.dressing
    assert dressing.axes[0].scale.low < 3.0
    assert dressing.axes[0].scale.high > 25.0
    assert [limit.text for limit in dressing.limits] == ["H 3 ppm", "HH 10 ppm"]
    assert [axis.unit for axis in dressing.axes] == ["ppm"]


def test_that_a_live_value_above_the_scale_widens_it(
    plot: TrendPlot, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.trends["GT-1"] = history("GT-1", 5.0)
    plot.show_tags(TAGS[:1])
    settle(plot, qtbot)
    desk.live_values.emit((live("GT-1", 80.0, -0.5),))
    settle(plot, qtbot)

    assert plot.canvas.dressing.axes[0].scale.high > 80.0


def test_that_silence_and_bad_quality_are_named(
    plot: TrendPlot, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.trends["GT-1"] = history("GT-1", 5.0, 300)
    plot.show_tags(TAGS[:1])
    desk.live_values.emit((live("GT-1", 5.0, -0.5, Quality.BAD),))
    settle(plot, qtbot)
    assert [band.text for band in bands(plot)] == ["bad quality"]

    old = history("GT-2", 5.0, 300)
    desk.trends["GT-2"] = TrendData("GT-2", old.times_us[:100], old.values[:100], [0] * 100)
    plot.show_tags(TAGS[1:3])
    settle(plot, qtbot)

    assert [band.text for band in bands(plot)] == ["GT-2 no data"]
    assert bands(plot)[0].to_s == pytest.approx(NOW_S, abs=5)


def test_that_the_cursor_reads_what_comes_while_it_stands(
    plot: TrendPlot, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.trends["GT-1"] = history("GT-1", 5.0)
    plot.show_tags([TAGS[0], TAGS[2]])
    settle(plot, qtbot)
    plot.canvas.pointed.emit(NOW_S)
    assert plot.canvas._readout[1:] == ("GT-1 5 ppm", "LT-3 — %")

    desk.live_values.emit((live("GT-1", 7.5, 0.0),))
    settle(plot, qtbot)

    assert plot.canvas._readout[1] == "GT-1 7.5 ppm"
    plot.canvas.pointed.emit(None)
    assert plot.canvas._readout == ()


def test_that_the_newest_sample_is_drawn_where_now_is(
    plot: TrendPlot, desk: StationDesk, kit: ViewKit, qtbot: QtBot
) -> None:
    desk.trends["GT-1"] = history("GT-1", 5.0)
    plot.show_tags(TAGS[:1])
    settle(plot, qtbot)

    image = plot.grab().toImage()
    area = plot.canvas.area()
    row = area.top() + round(plot.canvas.dressing.axes[0].scale.row(5.0, area.height()))
    seen = [image.pixelColor(area.right() - back, row) for back in range(12)]
    assert kit.theme.color("plot.1") in seen
    assert not np.isnan(plot.canvas.frame.to_s)


def test_that_a_held_cursor_gives_the_difference_until_the_next_click(
    plot: TrendPlot, desk: StationDesk, qtbot: QtBot
) -> None:
    data = history("GT-1", 5.0)
    values = [*data.values[:300], *[8.0] * 300]
    desk.trends["GT-1"] = TrendData("GT-1", data.times_us, values, [0] * 600)
    plot.show_tags([TAGS[0], TAGS[2]])
    settle(plot, qtbot)

    plot.canvas.clicked.emit(NOW_S - 500)
    plot.canvas.pointed.emit(NOW_S - 100)
    assert plot.canvas._readout[0].endswith("· Δ +400 s")
    assert plot.canvas._readout[1:] == ("GT-1 8 ppm · Δ +3", "LT-3 — % · Δ —")

    plot.canvas.clicked.emit(NOW_S - 100)
    assert plot.canvas._readout[1:] == ("GT-1 8 ppm", "LT-3 — %")
