"""The phone record: drafts are kept, typing survives publishing, Enter stays in the form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.commands.call import KeepCallDraft, StartCall
from app.commands.incident import OpenIncidentFromCall
from models.operation.events.call import CallRang
from tests.unit.views.small_park import open_card
from tests.unit.views.station_desk import Held
from tests.unit.views.station_window import Stage, settle

CALL = "call-1"


def ring(stage: Stage) -> None:
    stage.desk.say_event(CallRang(number="139", caller="", script="仓库冒烟"), CALL)
    settle()


def line(stage: Stage, name: str) -> QLineEdit:
    found = stage.watch.call.findChild(QLineEdit, f"call-{name}")
    assert found is not None, name
    return found


def test_that_a_ringing_call_fills_number_and_words(stage: Stage) -> None:
    ring(stage)
    assert line(stage, "phone").text() == "139"
    assert "仓库冒烟" in stage.texts(stage.watch.call)


def test_that_what_is_typed_is_kept_as_a_draft(stage: Stage) -> None:
    ring(stage)
    line(stage, "caller").setFocus()
    stage.type("Zhao")
    stage.watch.call._keep_timer.timeout.emit()
    assert isinstance(stage.desk.executed[-1], KeepCallDraft)
    assert stage.desk.situation.calls[CALL].fields["caller"] == "Zhao"


def test_that_typing_survives_publishing(stage: Stage) -> None:
    ring(stage)
    line(stage, "caller").setFocus()
    stage.type("Zh")
    stage.watch.call._keep_timer.timeout.emit()
    stage.type("ao")
    open_card(stage.desk)
    stage.desk.publish_again("calls")
    assert line(stage, "caller").text() == "Zhao"
    stage.watch.call._keep_timer.timeout.emit()
    assert stage.desk.situation.calls[CALL].fields["caller"] == "Zhao"


def test_that_enter_and_tab_go_on_in_the_form(stage: Stage) -> None:
    open_card(stage.desk)
    ring(stage)
    line(stage, "caller").setFocus()
    stage.press(Qt.Key.Key_Return)
    assert line(stage, "phone").hasFocus()
    stage.press(Qt.Key.Key_Tab)
    assert line(stage, "happened").hasFocus()
    assert not stage.desk.situation.incidents


def test_that_letters_and_digits_are_text_in_the_form(stage: Stage) -> None:
    open_card(stage.desk)
    ring(stage)
    line(stage, "place").setFocus()
    stage.type("1A2H")
    assert line(stage, "place").text() == "1A2H"
    assert stage.desk.situation.cards["card-1"].state == "open"


def test_that_a_place_is_suggested_and_an_incident_opens_with_two_fields(stage: Stage) -> None:
    ring(stage)
    line(stage, "place").setFocus()
    stage.type("汽化器")
    line(stage, "kind").setFocus()
    stage.type("冒烟")
    button = stage.watch.call.findChild(QPushButton, "call-place-0")
    assert button is not None
    assert "Chlorine vaporiser" in button.text()
    stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened = [c for c in stage.desk.executed if isinstance(c, OpenIncidentFromCall)]
    assert len(opened) == 1
    (incident,) = stage.desk.situation.incidents.values()
    assert incident.call_ids == (CALL,)
    assert stage.window.station == "command"


@pytest.fixture
def late(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Held]:
    """Commands are stored when the test says so, as a disk does."""
    execute = stage.desk.execute
    held: list[Held] = []

    def begin(command: object) -> Held:
        held.append(Held(lambda: execute(command).result()))
        return held[-1]

    monkeypatch.setattr(stage.desk, "execute", begin)
    return held


def test_that_a_new_call_takes_what_is_typed_before_it_is_stored(
    stage: Stage, late: list[Held]
) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_N)
    stage.type("Maha")
    stage.desk.publish_again("calls")
    assert line(stage, "caller").text() == "Maha"
    for each in late:
        each.end()
    assert [type(each) for each in stage.desk.executed] == [StartCall]
    assert line(stage, "caller").text() == "Maha"
    stage.watch.call._keep_timer.timeout.emit()
    late[-1].end()
    (call,) = stage.desk.situation.calls.values()
    assert call.fields == {"caller": "Maha"}


def test_that_a_new_call_that_is_not_stored_leaves_the_form(stage: Stage, late: list[Held]) -> None:
    stage.press(Qt.Key.Key_N)
    stage.press(Qt.Key.Key_N)
    (begun,) = late
    stage.desk.say_event(CallRang(number=""), stage.watch.call.call_id)
    begun.end()
    assert stage.desk.refused == ["call_runs"]
    stage.watch.call.drop("misdialled")
    late[-1].end()
    stage.press(Qt.Key.Key_N)
    late[-1]._function = refuse
    late[-1].end()
    assert stage.watch.call.call_id == ""
    assert not line(stage, "caller").isEnabled()


def refuse() -> None:
    raise OSError("disk full")


def test_that_a_draft_is_gone_on_with_and_no_call_is_begun_behind_it(stage: Stage) -> None:
    stage.press(Qt.Key.Key_N)
    stage.type("Zhao")
    stage.watch.call._keep_timer.timeout.emit()
    stage.window.central.setFocus()
    stage.press(Qt.Key.Key_N)
    assert line(stage, "caller").hasFocus()
    assert len(stage.desk.situation.calls) == 1
    assert stage.desk.said[-1].code == "call_unfinished"


def test_that_a_ringing_call_is_answered_by_the_same_key(stage: Stage) -> None:
    ring(stage)
    stage.press(Qt.Key.Key_N)
    assert line(stage, "caller").hasFocus()
    assert list(stage.desk.situation.calls) == [CALL]
    assert stage.desk.said == []
