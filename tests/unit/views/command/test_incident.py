"""The incident: tasks, log, people, roll calls, level, merge and split, reports."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QInputDialog, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.commands.incident import CloseIncident, ReportCasualties
from app.commands.zone import DrawZone
from models.basics import Wind
from models.hazard.ports import Input, ZoneResult
from models.operation.events.operation import InjectFired, NoteWritten
from models.operation.events.report import Sentence
from models.operation.events.zone import ZoneWentOutOfDate
from models.operation.situation import Incident
from tests.unit.views.small_park import PLACE, open_card
from tests.unit.views.station_desk import Held
from tests.unit.views.station_window import Stage, closes_and_frees
from views.command.choice_sheet import ChoiceSheet
from views.command.people_sheet import PeopleSheet
from views.command.report_sheet import ReportSheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def incident(stage: Stage) -> Incident:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    (found,) = stage.desk.situation.incidents.values()
    return found


def second_incident(stage: Stage) -> Incident:
    stage.open("watch")
    open_card(stage.desk, "card-2")
    stage.watch.cards.choose("card-2")
    stage.press(Qt.Key.Key_Return)
    return max(stage.desk.situation.incidents.values(), key=lambda each: each.number)


def now(stage: Stage, incident: Incident) -> Incident:
    return stage.desk.situation.incidents[incident.id]


def people_sheet(stage: Stage) -> PeopleSheet:
    stage.press(Qt.Key.Key_P, CTRL)
    sheet = stage.window.findChild(PeopleSheet)
    assert sheet is not None
    return sheet


def fill(sheet: PeopleSheet, **texts: str) -> None:
    for name, text in texts.items():
        line = sheet.findChild(QLineEdit, name) or sheet.findChild(QLineEdit, f"field-{name}")
        assert line is not None, name
        line.setText(text)


def test_that_the_plan_runs_as_tasks_and_f_finishes_the_current_one(
    stage: Stage, incident: Incident
) -> None:
    assert incident.plan_keys == ("P1",)
    assert "Stop special work" in stage.texts(stage.command.tasks)
    stage.press(Qt.Key.Key_F)
    states = sorted(task.state for task in stage.desk.situation.tasks.values())
    assert states == ["finished", "waiting"]
    assert "done" in stage.texts(stage.command.tasks)


@pytest.mark.usefixtures("incident")
def test_that_unknown_casualties_are_said_to_be_unknown(stage: Stage) -> None:
    assert "casualties and missing: to be verified" in stage.texts(stage.command.facts)


def test_that_counts_need_a_source_and_empty_ones_stay_unknown(
    stage: Stage, incident: Incident
) -> None:
    sheet = people_sheet(stage)
    fill(sheet, deaths="0", missing="2")
    sheet.report()
    assert stage.desk.refused == ["source_missing"]
    fill(sheet, source="120 急救")
    sheet.report()
    assert stage.desk.executed[-1] == ReportCasualties(
        incident_id=incident.id, source="120 急救", deaths=0, missing=2
    )
    (report,) = now(stage, incident).casualties
    assert (report.deaths, report.missing, report.serious_injuries) == (0, 2, None)
    text = stage.texts(stage.command.facts)
    assert "dead 0 · injured to be verified · missing 2 (120 急救" in text


def test_that_stand_down_waits_for_the_roll_call(stage: Stage, incident: Incident) -> None:
    sheet = people_sheet(stage)
    fill(sheet, **{"roll-group": "甲班", "roll-expected": "12"})
    sheet.open_roll_call()
    (roll_call,) = now(stage, incident).roll_calls
    assert "roll call open: 甲班, 12 expected" in stage.texts(stage.command.facts)
    stage.desk.execute(CloseIncident(incident_id=incident.id, reason="over"))
    assert stage.desk.refused == ["roll_call_open"]
    fill(sheet, **{f"roll-present-{roll_call.id}": "11"})
    close = sheet.findChild(QPushButton, f"roll-close-{roll_call.id}")
    assert close is not None
    close.click()
    assert stage.desk.refused[-1] == "people_missing"
    fill(sheet, **{f"roll-present-{roll_call.id}": "12"})
    close.click()
    assert now(stage, incident).roll_calls[0].present == 12
    assert "12 / 12" in stage.texts(sheet)
    stage.desk.execute(CloseIncident(incident_id=incident.id, reason="over"))
    assert now(stage, incident).closed_us is not None


@pytest.mark.usefixtures("incident")
def test_that_the_people_sheet_is_freed_after_closing(stage: Stage, qtbot: QtBot) -> None:
    closes_and_frees(qtbot, people_sheet(stage))
    stage.desk.publish_again("incidents")


def choose(stage: Stage, key: str, reason: str) -> ChoiceSheet:
    sheet = stage.window.findChild(ChoiceSheet)
    assert sheet is not None
    combo = sheet.findChild(QComboBox, "field-choice")
    line = sheet.findChild(QLineEdit, "field-reason")
    assert combo is not None
    assert line is not None
    combo.setCurrentIndex(combo.findData(key))
    line.setText(reason)
    sheet.accept()
    return sheet


def test_that_the_level_is_set_by_decision(stage: Stage, incident: Incident) -> None:
    assert now(stage, incident).level_automatic
    stage.press(Qt.Key.Key_L, CTRL)
    choose(stage, "P1\n1", "爆炸危险")
    decided = now(stage, incident)
    assert (decided.level_key, decided.level_automatic) == ("1", False)
    assert "Level 1 · by decision" in stage.texts(stage.command.facts)


def test_that_incidents_merge_and_split_with_a_reason(stage: Stage, incident: Incident) -> None:
    other = second_incident(stage)
    stage.command.show_incident(incident.id)
    stage.kit.actions.run("command.merge")
    sheet = choose(stage, other.id, "同一起")
    assert now(stage, incident).absorbed == (other.id,)
    assert now(stage, other).merged_into == incident.id
    sheet.setObjectName("merged")
    sheet.setParent(None)
    stage.kit.actions.run("command.split")
    choose(stage, other.id, "两起")
    assert now(stage, incident).absorbed == ()
    sheet.deleteLater()


@pytest.mark.usefixtures("incident")
def test_that_nothing_to_merge_is_said(stage: Stage) -> None:
    stage.kit.actions.run("command.merge")
    assert [notice.code for notice in stage.desk.said] == ["nothing_to_choose"]


def log_of(stage: Stage) -> list[str]:
    stage.command.log._timer.timeout.emit()
    model = stage.command.log.view.model()
    return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


def test_that_the_log_has_notes_and_answers_but_no_spoilers(
    stage: Stage, incident: Incident
) -> None:
    data = {"card_id": "card-1", "said_by": "陈伟", "zh": "是真的", "en": "It is real"}
    stage.desk.say_event(
        InjectFired(inject_key="a", type="control_room_answer", data=data), "card-1"
    )
    for kind in ("release", "wind", "silent_team"):
        stage.desk.say_event(InjectFired(inject_key=f"secret-{kind}", type=kind), kind)
    stage.desk.say_event(NoteWritten(text="阀门已关", incident_id=incident.id), incident.id)
    lines = log_of(stage)
    assert lines[0] == "阀门已关"
    assert "☎ 陈伟: It is real" in lines
    assert not [line for line in lines if "secret" in line]


def test_that_a_typed_line_is_stored_and_the_entry_cleared(
    stage: Stage, incident: Incident
) -> None:
    stage.press(Qt.Key.Key_L)
    stage.type("valve closed")
    stage.press(Qt.Key.Key_Return)
    entry = stage.command.log.findChild(QLineEdit, "log-entry")
    assert entry is not None
    assert entry.text() == ""
    note = stage.desk.told[-1].payload
    assert isinstance(note, NoteWritten)
    assert (note.text, note.incident_id) == ("valve closed", incident.id)


def report_sheet(stage: Stage) -> ReportSheet:
    stage.desk.sentences = (
        Sentence(text="16:57 chlorine escaped.", sources=("#3",)),
        Sentence(text="About 0.5 kg/s (assumed).", sources=("#9",), estimate=True),
    )
    stage.press(Qt.Key.Key_R, CTRL)
    sheet = stage.window.findChild(ReportSheet)
    assert sheet is not None
    return sheet


def enabled(sheet: ReportSheet) -> list[bool]:
    names = ("report-keep", "report-sign", "report-send")
    buttons = [sheet.findChild(QPushButton, name) for name in names]
    return [button is not None and button.isEnabled() for button in buttons]


def test_that_a_report_is_drafted_signed_and_sent_in_this_order(
    stage: Stage, incident: Incident
) -> None:
    stage.desk.actor = "王建国@preview"
    sheet = report_sheet(stage)
    sentences = sheet.findChild(QListWidget, "report-sentences")
    assert sentences is not None
    assert sentences.count() == 2
    assert sentences.item(0).toolTip() == "#3"
    assert enabled(sheet) == [True, False, False]
    sheet.keep()
    assert enabled(sheet) == [False, True, False]
    sheet.sign()
    assert enabled(sheet) == [False, False, True]
    sheet.send()
    assert enabled(sheet) == [False, False, False]
    (report,) = stage.desk.situation.reports.values()
    assert (report.incident_id, report.report_kind, report.number) == (incident.id, "first", 1)
    assert report.signed_by == "王建国@preview"
    assert report.head_hash == "ab" * 32
    clocks = stage.desk.situation.report_clocks.values()
    assert any(clock.met_us is not None for clock in clocks)


@pytest.mark.usefixtures("incident")
def test_that_the_report_sheet_is_freed_after_closing(stage: Stage, qtbot: QtBot) -> None:
    closes_and_frees(qtbot, report_sheet(stage))
    stage.desk.publish_again("reports")


def test_that_out_of_date_zones_go_only_by_an_officers_act(
    stage: Stage, incident: Incident
) -> None:
    zone = next(iter(stage.desk.situation.zones.values()))
    turned = Wind(from_deg=10, speed_m_s=2, stability="D", source="mast")
    stage.desk.say_event(ZoneWentOutOfDate(wind=turned, reason="turn:40"), zone.id)
    stage.press(Qt.Key.Key_W, CTRL)
    dialog = stage.window.findChild(QInputDialog, "ask-text")
    assert dialog is not None
    assert stage.desk.situation.zones[zone.id].withdrawn_us is None
    dialog.setTextValue("the new one stands")
    dialog.accept()
    assert stage.desk.situation.zones[zone.id].withdrawn_us is not None


def test_that_the_terrain_is_shown_with_its_reason(stage: Stage, incident: Incident) -> None:
    def shown(value: str, source: str) -> str:
        terrain = Input(name="terrain", value=value, source=source)
        result = ZoneResult(
            kind="model", model="plume", model_version="1", origin=PLACE, levels=(),
            inputs=(terrain,),
        )  # fmt: skip
        stage.desk.wait_s(1)
        stage.desk.execute(DrawZone(incident_id=incident.id, result=result))
        return stage.texts(stage.command.facts)

    assert "counts in a model only" in stage.texts(stage.command.facts)
    assert "rural (open land) · assumed: no buildings on record" in shown("rural", "no_buildings")
    assert "34 % under roofs within 1.0\u00a0km" in shown("urban", "buildings:34:1000")
    assert "urban (built-up) · by the officer" in shown("urban", "officer")
    assert "rural (open land) · by the site's setting" in shown("rural", "setting")


def log_line(stage: Stage) -> QLineEdit:
    found = stage.window.findChild(QLineEdit, "log-entry")
    assert found is not None
    return found


def notes(stage: Stage) -> list[tuple[str, str]]:
    found = [e.payload for e in stage.desk.told if isinstance(e.payload, NoteWritten)]
    return [(note.incident_id, note.text) for note in found]


def test_that_a_line_begun_stays_with_its_incident(stage: Stage, incident: Incident) -> None:
    stage.press(Qt.Key.Key_L)
    stage.type("gate 3 ")
    other = second_incident(stage)
    assert stage.command.incident == other
    assert log_line(stage).text() == ""
    assert log_line(stage).hasFocus()
    stage.type("all safe")
    stage.press(Qt.Key.Key_Return)
    stage.command.show_incident(incident.id)
    assert log_line(stage).text() == "gate 3 "
    stage.type("closed")
    stage.press(Qt.Key.Key_Return)
    assert notes(stage) == [(other.id, "all safe"), (incident.id, "gate 3 closed")]
    stage.command.show_incident(other.id)
    assert log_line(stage).text() == ""


def test_that_no_other_incident_comes_under_the_hand_of_who_writes(
    stage: Stage, incident: Incident
) -> None:
    other = second_incident(stage)
    stage.press(Qt.Key.Key_L)
    stage.type("two men at ")
    stage.desk.execute(CloseIncident(incident_id=other.id, reason="over"))
    assert now(stage, other).closed_us is not None
    stage.type("the gate")
    stage.press(Qt.Key.Key_Return)
    assert notes(stage) == [(other.id, "two men at the gate")]
    stage.desk.publish_again("incidents")
    assert stage.command.incident is not None
    assert stage.command.incident.id == incident.id


def test_that_a_line_stored_late_does_not_come_back_as_begun(
    stage: Stage, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = second_incident(stage)
    stage.command.show_incident(incident.id)
    execute = stage.desk.execute
    held: list[Held] = []

    def late(command: object) -> Held:
        held.append(Held(lambda: execute(command).result()))
        return held[-1]

    stage.press(Qt.Key.Key_L)
    stage.type("one")
    monkeypatch.setattr(stage.desk, "execute", late)
    stage.press(Qt.Key.Key_Return)
    stage.command.show_incident(other.id)
    held[0].end()
    stage.command.show_incident(incident.id)
    assert notes(stage) == [(incident.id, "one")]
    assert log_line(stage).text() == ""
