"""The phone record: drafts are kept, typing survives publishing, Enter stays in the form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.commands.call import KeepCallDraft
from app.commands.incident import OpenIncidentFromCall
from models.operation.events.call import CallRang
from tests.unit.views.small_park import open_card
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
