import numpy as np
import pytest
from immutables import Map
from pytestqt.qtbot import QtBot

from app.commands.alarm import SilenceAlarms
from models.basics import Name
from models.operation.situation import Situation
from models.times import SECOND_US
from tests.unit.views.fakes import SilentPlayer
from views.shell.sound import AlarmSound
from views.shell.sound_logic import SoundLogic
from views.shell.tones import CHIME, PATTERNS, RATE_HZ, pcm
from views.shell.window import MainWindow
from views.tools.preview_desk import PreviewDesk
from views.tools.sample import NOW_US, alarm, order


def quiet() -> Situation:
    return Situation(operation_id="test", mode="live")


def with_alarms(*rows: tuple[str, int, str, int]) -> Situation:
    alarms = [alarm(tag, "HH", priority, state, 5.0, age) for tag, priority, state, age in rows]
    return quiet().with_(alarms=Map({each.id: each for each in alarms}))


def test_that_the_most_urgent_unacknowledged_alarm_gives_the_tone() -> None:
    situation = with_alarms(
        ("A", 3, "unacknowledged", 9), ("B", 2, "unacknowledged", 5), ("C", 1, "acknowledged", 5)
    )
    plan = SoundLogic().update(situation, NOW_US)
    assert (plan.tone, plan.alarm_ids) == (2, ("A/HH", "B/HH"))


def test_that_silence_lasts_until_the_next_new_alarm() -> None:
    logic = SoundLogic()
    logic.update(with_alarms(("A", 1, "unacknowledged", 9)), NOW_US)
    assert logic.silence() == ("A/HH",)
    assert logic.update(with_alarms(("A", 1, "unacknowledged", 9)), NOW_US).tone is None
    both = with_alarms(("A", 1, "unacknowledged", 9), ("B", 2, "unacknowledged", 1))
    assert logic.update(both, NOW_US).alarm_ids == ("B/HH",)


def test_that_the_same_alarm_raised_again_sounds_again() -> None:
    logic = SoundLogic()
    logic.update(with_alarms(("A", 1, "unacknowledged", 9)), NOW_US)
    logic.silence()
    assert logic.update(with_alarms(("A", 1, "unacknowledged", 2)), NOW_US).tone == 1


def test_that_what_another_desk_silenced_is_quiet_here() -> None:
    from msgspec.structs import replace

    silenced = replace(alarm("A", "HH", 1, "unacknowledged", 5.0, 3), silenced=True)
    situation = quiet().with_(alarms=Map({silenced.id: silenced}))
    assert SoundLogic().update(situation, NOW_US).tone is None


def test_that_what_comes_off_the_shelf_sounds_where_it_was_silenced() -> None:
    from msgspec.structs import replace

    logic = SoundLogic()
    loud = alarm("A", "HH", 1, "unacknowledged", 5.0, 3)
    logic.update(quiet().with_(alarms=Map({loud.id: loud})), NOW_US)
    logic.silence()
    kept = quiet().with_(alarms=Map({loud.id: replace(loud, silenced=True)}))
    assert logic.update(kept, NOW_US).tone is None
    assert logic.update(quiet().with_(alarms=Map({loud.id: loud})), NOW_US).tone == 1


def test_that_silence_without_sound_silences_nothing() -> None:
    logic = SoundLogic()
    logic.update(quiet(), NOW_US)
    assert logic.silence() == ()


def test_that_an_overdue_order_chimes_once_and_again_when_escalated() -> None:
    logic = SoundLogic()
    late = order("team", Name("队", "team"), "issued", 60)
    situation = quiet().with_(orders=Map({late.id: late}))
    assert not logic.update(situation, NOW_US).chime
    due_us = NOW_US + 60 * SECOND_US
    assert [logic.update(situation, due_us).chime for _ in range(2)] == [True, False]
    again = order("team", Name("队", "team"), "issued", 120, step=1)
    situation = quiet().with_(orders=Map({again.id: again}))
    assert logic.update(situation, NOW_US + 120 * SECOND_US).chime


def test_that_a_signed_order_does_not_chime() -> None:
    signed = order("team", Name("队", "team"), "received", -5)
    assert not SoundLogic().update(quiet().with_(orders=Map({"team": signed})), NOW_US).chime


@pytest.mark.parametrize("priority", sorted(PATTERNS))
def test_that_every_tone_is_audible_and_never_clips(priority: int) -> None:
    wave = np.frombuffer(pcm(priority), "<i2").astype(float)
    assert len(wave) == round(PATTERNS[priority].cycle_s * RATE_HZ)
    assert 10_000 < np.abs(wave).max() < 32_767
    assert wave[0] == 0
    assert wave[-1] == 0


def test_that_more_urgent_tones_come_more_often() -> None:
    cycles = [PATTERNS[priority].cycle_s for priority in (1, 2, 3, 4)]
    assert cycles == sorted(cycles)


def test_that_silencing_is_put_on_record(window: MainWindow, player: SilentPlayer) -> None:
    desk = window.kit.desk
    assert isinstance(desk, PreviewDesk)
    desk.tick()
    assert player.played[-1] == 1
    window.kit.actions.run("alarms.silence")
    alarm_ids = ("GT-2031/HH", "GT-2034/HH")
    seen = tuple(desk.situation.alarms[key].event_id for key in alarm_ids)
    assert desk.executed == [SilenceAlarms(alarm_ids=alarm_ids, seen=seen)]
    assert not window.sound.is_sounding()


def test_that_the_live_world_sounds_under_a_replay(
    desk: PreviewDesk, player: SilentPlayer, qtbot: QtBot
) -> None:
    desk.live_situation = desk.situation = quiet()
    sound = AlarmSound(desk, player)
    replayed = with_alarms(("OLD", 1, "unacknowledged", 9))
    from models.operation.situation import Changes, Published

    desk.published.emit(Published(situation=replayed, changes=Changes(full=True)))
    assert player.played == []
    live = with_alarms(("NEW", 2, "unacknowledged", 1))
    desk.live_published.emit(Published(situation=live, changes=Changes(full=True)))
    assert player.played == [2]
    assert sound.state.sounding == 1


def test_that_a_missing_device_is_said_on_screen(window: MainWindow, player: SilentPlayer) -> None:
    from views.widgets.badges import PlainLabel

    warning = window.findChild(PlainLabel, "noSound")
    assert warning is not None
    assert warning.isHidden()
    player.has_device = False
    desk = window.kit.desk
    assert isinstance(desk, PreviewDesk)
    desk.tick()
    assert warning.isVisible()
    assert warning.text() == "● no sound"


def test_that_the_chime_is_a_pattern_of_its_own() -> None:
    assert CHIME in PATTERNS
