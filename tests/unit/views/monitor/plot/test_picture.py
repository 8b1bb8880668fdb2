from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from views.monitor.plot.painting import (
    Curve,
    Frame,
    Scale,
    live_frame,
    painted,
    span_frame,
)
from views.monitor.plot.picture import Picture
from views.monitor.plot.pyramid import Pyramid
from views.monitor.plot.ticks import number, time_ticks, value_ticks

SCALE = Scale(0.0, 100.0)
RED = QColor("#ff0000")


def curve(values: list[float]) -> Curve:
    pyramid = Pyramid(10.0)
    for moment, value in enumerate(values):
        pyramid.append(float(moment), value, 0 if value == value else 2)
    return Curve(pyramid, SCALE, RED)


def cells(image: QImage) -> npt.NDArray[np.bool_]:
    """Return which cells are coloured, [row, column]."""
    flat = np.frombuffer(image.constBits(), np.uint32)
    found: npt.NDArray[np.bool_] = flat.reshape(image.height(), image.width()) != 0
    return found


def shown(picture: Picture, frame: Frame) -> npt.NDArray[np.bool_]:
    image = QImage(frame.width, frame.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    picture.paint(painter, frame, 0, 0)
    painter.end()
    return cells(image)


@pytest.mark.parametrize("step", [1, 5], ids=["dense", "sparse"])
def test_that_a_peak_reaches_its_row(step: int) -> None:
    values = [50.0] * 400
    values[203] = 100.0
    frame = Frame(0.0, 4.0 / step, 100 * step, 101)

    found = cells(painted([curve(values)], frame))

    assert found[0].any()
    assert abs(int(np.flatnonzero(found[0])[0]) - 203 * step // 4) <= 1


def test_that_dense_columns_are_joined_and_gaps_are_not() -> None:
    values = [0.0] * 50 + [100.0] * 50 + [float("nan")] * 40 + [100.0] * 60
    found = cells(painted([curve(values)], Frame(0.0, 1.0, 200, 101)))

    assert found[:, 50].sum() == 100
    assert not found[:, 101:139].any()
    assert found[0, 141:].all()


def test_that_each_of_many_curves_has_its_color() -> None:
    made = [curve([float(number)] * 20) for number in range(300)]
    tinted = [
        replace(each, color=QColor(number % 250, 7, number // 250), scale=Scale(0.0, 299.0))
        for number, each in enumerate(made)
    ]

    image = painted(tinted, Frame(0.0, 1.0, 20, 300))

    found = [image.pixelColor(9, 299 - number) for number in range(300)]
    assert found == [each.color for each in tinted]


def test_that_a_value_off_the_scale_does_not_wrap() -> None:
    found = cells(painted([curve([1e300] * 10 + [-1e300] * 10)], Frame(0.0, 1.0, 20, 50)))

    assert not found[:, :9].any()


def test_that_a_live_picture_is_what_a_whole_one_would_be(qtbot: QtBot) -> None:
    rng = np.random.default_rng(3)
    values = rng.uniform(20, 80, 700).tolist()
    picture, one = Picture(), curve(values[:400])
    frame = live_frame(399.0, 300.0, 150, 120)
    with qtbot.waitSignal(picture.changed):
        picture.want([one], frame)
    for moment in range(400, 700):
        one.pyramid.append(float(moment), values[moment], 0)
        frame = live_frame(float(moment), 300.0, 150, 120)
        picture.advance([one], frame)

    assert not picture.busy
    difference = shown(picture, frame) != cells(painted([one], frame))
    assert not difference.any()


def test_that_a_line_to_a_rare_sample_survives_what_others_paint(qtbot: QtBot) -> None:
    rare, often = curve([]), curve([10.0] * 100)
    rare.pyramid.append(10.0, 90.0, 0)
    rare.pyramid.gap_s = 1000.0
    picture = Picture()
    with qtbot.waitSignal(picture.changed):
        picture.want([often, rare], live_frame(99.0, 100.0, 100, 60))
    for moment in range(100, 130):
        often.pyramid.append(float(moment), 10.0, 0)
        if moment == 110:
            rare.pyramid.append(110.0, 90.0, 0)
        picture.advance([often, rare], live_frame(float(moment), 100.0, 100, 60))

    assert shown(picture, live_frame(129.0, 100.0, 100, 60))[6, :81].all()


def test_that_other_curves_are_painted_whole(qtbot: QtBot) -> None:
    picture, frame = Picture(), live_frame(99.0, 100.0, 100, 60)
    with qtbot.waitSignal(picture.changed):
        picture.want([curve([10.0] * 100)], frame)

    with qtbot.waitSignal(picture.changed):
        picture.advance([curve([90.0] * 100)], frame)

    found = shown(picture, frame)
    assert found[:30].any()
    assert not found[31:].any()


def test_that_the_last_of_several_wishes_counts(qtbot: QtBot) -> None:
    picture, one = Picture(), curve([50.0] * 100)
    for to_s in (20.0, 50.0, 100.0):
        picture.want([one], span_frame(0.0, to_s, 100, 60))

    qtbot.waitUntil(lambda: not picture.busy)
    assert picture.frame == span_frame(0.0, 100.0, 100, 60)


def test_that_a_frame_moves_by_whole_columns() -> None:
    frames = [live_frame(1000.0 + 0.1 * step, 300.0, 100, 50) for step in range(60)]

    moves = {round((each.from_s - frames[0].from_s) / 3.0, 6) for each in frames}
    assert moves == {0.0, 1.0, 2.0}
    assert all(each.to_s - 3.0 <= 1000.0 + 0.1 * n < each.to_s for n, each in enumerate(frames))


def test_that_ticks_are_round() -> None:
    assert value_ticks(-3.0, 3.0, 3) == [-2.0, 0.0, 2.0]
    assert value_ticks(1.0, 1.0, 3) == []
    assert all(
        len(value_ticks(low, low + span, 1)) >= 2
        for low in (-7.3, -0.9, 0.0, 3.1)
        for span in (0.02, 0.9, 1.0, 3.7, 8.8, 99.0)
    )
    assert [number(value, 0.5) for value in (0.0, 1.5)] == ["0.0", "1.5"]
    texts = [text for _, text in time_ticks(0.0, 7200.0, 4, ZoneInfo("Asia/Shanghai"))]
    assert texts == ["08:00", "08:30", "09:00", "09:30", "10:00"]
    midnight = time_ticks(15 * 3600.0, 17 * 3600.0, 2, ZoneInfo("Asia/Shanghai"))
    assert [text for _, text in midnight] == ["23:00", "01-02", "01:00"]
