"""The live operation breaks into a replay: seen, heard, counted, left by one key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.commands.alarm import AcknowledgeAlarms
from tests.unit.views.small_park import ALARM, open_card, raise_alarm
from tests.unit.views.station_window import Stage, settle


def band_text(stage: Stage) -> str:
    return stage.texts(stage.window.live_band)


def test_that_there_is_no_band_without_a_replay(stage: Stage) -> None:
    raise_alarm(stage.desk)
    assert not stage.window.live_band.isVisible()


def test_that_a_live_alarm_breaks_into_a_replay_and_sounds(stage: Stage) -> None:
    stage.open("review")
    stage.desk.enter_replay()
    assert not stage.window.live_band.isVisible()
    raise_alarm(stage.desk)
    settle()
    assert stage.window.live_band.isVisible()
    assert stage.window.live_band.news.is_urgent
    assert "GT-1 HH" in band_text(stage)
    assert "Chlorine 1" in band_text(stage)
    assert stage.player.played[-1] == 1
    assert stage.desk.situation.alarms.get(ALARM) is None or stage.desk.replay is not None


def test_that_the_band_shows_the_shape_of_the_alarms_own_priority(stage: Stage) -> None:
    stage.desk.enter_replay()
    raise_alarm(stage.desk, limit="H", priority=2)
    assert "▲" in band_text(stage)
    assert "◆" not in band_text(stage)


def test_that_an_alarm_of_low_priority_does_not_break_in(stage: Stage) -> None:
    stage.desk.enter_replay()
    raise_alarm(stage.desk, tag="LT-9", limit="H", priority=3)
    assert not stage.window.live_band.isVisible()


def test_that_known_alarms_are_counted_without_breaking_in(stage: Stage) -> None:
    raise_alarm(stage.desk)
    stage.desk.enter_replay()
    settle()
    band = stage.window.live_band
    assert band.isVisible()
    assert not band.news.is_urgent
    assert "1 unacknowledged" in band_text(stage)
    raise_alarm(stage.desk, tag="GT-2")
    assert band.news.is_urgent
    assert [alarm.id for alarm in band.news.alarms] == ["GT-2/HH"]


def test_that_overdue_answers_are_counted_by_the_live_clock(stage: Stage) -> None:
    card = open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    stage.desk.execute(AcknowledgeAlarms(alarm_ids=(ALARM,)))
    stage.desk.enter_replay()
    assert not stage.window.live_band.isVisible()
    stage.desk.wait_s(61)
    assert stage.window.live_band.news.overdue == 1
    assert "1 answer overdue" in band_text(stage)
    assert stage.desk.live_situation.cards[card].state == "verifying"


def test_that_one_key_leads_back_to_the_alarm_from_any_station(stage: Stage) -> None:
    for station in ("review", "command"):
        stage.open(station)
        stage.desk.enter_replay()
        stage.kit.actions.refresh()
        raise_alarm(stage.desk, tag=f"GT-{station}")
        stage.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        assert stage.desk.replay is None
        assert not stage.window.live_band.isVisible()
        assert stage.window.station == "watch"


def test_that_the_bands_button_leads_back_too(stage: Stage) -> None:
    stage.open("review")
    stage.desk.enter_replay()
    raise_alarm(stage.desk)
    settle()
    button = stage.window.findChild(QPushButton, "liveBandLeave")
    assert button is not None
    button.click()
    assert stage.desk.replay is None


def test_that_the_tone_can_be_silenced_under_a_replay(stage: Stage) -> None:
    stage.desk.enter_replay()
    raise_alarm(stage.desk)
    stage.press(Qt.Key.Key_F8)
    assert stage.desk.live_situation.alarms[ALARM].silenced
