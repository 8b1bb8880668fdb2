"""Review: a replay is scrubbed, played and left; figures come from timestamps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from models.times import SECOND_US
from tests.unit.views.small_park import open_card
from tests.unit.views.station_window import Stage
from tests.unit.views.told_desk import START_US, FakeReplay
from views.review.figures import incident_figures


def replay_of(stage: Stage) -> FakeReplay:
    replay = stage.desk.replay
    assert isinstance(replay, FakeReplay)
    return replay


def begin(stage: Stage, seconds: int = 120) -> FakeReplay:
    stage.desk.wait_s(seconds)
    stage.open("review")
    stage.review.replay()
    replay = replay_of(stage)
    replay.span.emit((replay.start_us, replay.end_us))
    return replay


def slider(stage: Stage) -> QSlider:
    found = stage.window.findChild(QSlider, "replay-slider")
    assert found is not None
    return found


def test_that_the_slider_spans_the_operation_and_seeks(stage: Stage) -> None:
    stage.open("review")
    assert not slider(stage).isEnabled()
    replay = begin(stage)
    assert slider(stage).isEnabled()
    assert slider(stage).maximum() == 120
    slider(stage).setValue(90)
    assert replay.sought == [START_US + 90 * SECOND_US]
    clock = stage.kit.wording.clock(START_US + 90 * SECOND_US)
    assert clock in stage.texts(stage.review.bottom())


def test_that_the_slider_follows_a_playing_replay_without_seeking(stage: Stage) -> None:
    replay = begin(stage)
    replay._now_us = START_US + 60 * SECOND_US
    replay.moment.emit(stage.desk.situation)
    assert slider(stage).value() == 60
    assert replay.sought == []


def test_that_space_plays_and_pauses_and_arrows_step(stage: Stage) -> None:
    replay = begin(stage)
    stage.press(Qt.Key.Key_Space)
    assert replay.speed == 1.0
    stage.review.faster()
    assert replay.speed == 4.0
    stage.press(Qt.Key.Key_Space)
    assert replay.speed == 0.0
    stage.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert replay.sought == [START_US + 10 * SECOND_US]


def test_that_leaving_disables_the_slider(stage: Stage) -> None:
    begin(stage)
    stage.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert stage.desk.replay is None
    assert not slider(stage).isEnabled()


def test_that_figures_are_counted_from_the_first_moment(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    stage.desk.wait_s(8)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_Return)
    stage.desk.wait_s(20)
    stage.command.dispatch._timer.timeout.emit()
    stage.command.show_order_sheet()
    sheet = stage.command._sheet
    assert sheet is not None
    sheet.accept()
    (incident,) = stage.desk.situation.incidents.values()
    figures = incident_figures(stage.desk.situation, incident)
    start_us = incident.happened_us or incident.opened_us
    assert figures.to_open_us == incident.opened_us - start_us
    assert figures.to_first_order_us == START_US + 28 * SECOND_US - start_us
    assert figures.to_first_receipt_us is None
    assert (figures.tasks_done, figures.tasks_all) == (0, 2)
