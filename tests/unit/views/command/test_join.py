"""Same place and time: join it? Nothing is joined by itself, and a wrong merge is split."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.commands.incident import KeepApart, MergeIncidents, SplitIncident
from models.operation.situation import Incident
from tests.unit.views.small_park import open_card
from tests.unit.views.station_window import Stage
from views.command.choice_sheet import ChoiceSheet


@pytest.fixture
def two(stage: Stage) -> tuple[Incident, Incident]:
    """Two cards of one source, each opened as an incident by its one key."""
    for key in ("card-1", "card-2"):
        stage.open("watch")
        open_card(stage.desk, key)
        stage.watch.cards.choose(key)
        stage.press(Qt.Key.Key_Return)
    first, second = sorted(stage.desk.situation.incidents.values(), key=lambda i: i.number)
    return first, second


def decide(stage: Stage, key: str, reason: str | None = None) -> None:
    stage.press(Qt.Key.Key_J)
    (sheet,) = [each for each in stage.window.findChildren(ChoiceSheet) if each.isVisible()]
    combo = sheet.findChild(QComboBox, "field-choice")
    line = sheet.findChild(QLineEdit, "field-reason")
    assert combo is not None
    assert line is not None
    if key:
        combo.setCurrentIndex(combo.findData(key))
    if reason is not None:
        line.setText(reason)
    QTest.keyClick(sheet, Qt.Key.Key_Return)


def test_that_the_offer_is_said_once_and_shown_and_joins_nothing(
    stage: Stage, two: tuple[Incident, Incident]
) -> None:
    first, second = two
    assert stage.command.incident == second
    assert f"{first.number} · 0\u00a0m" in stage.texts(stage.command.facts)
    stage.command.show_incident(first.id)
    assert "join it?" not in stage.texts(stage.command.facts)
    stage.command.show_incident(second.id)
    assert stage.desk.codes.count("join_offered") == 1
    assert all(not each.merged_into for each in stage.desk.situation.incidents.values())


def test_that_j_and_enter_alone_keep_them_apart_on_record(
    stage: Stage, two: tuple[Incident, Incident]
) -> None:
    first, second = two
    decide(stage, "")
    assert KeepApart(second.id, (first.id,), "") in stage.desk.executed
    assert "join it?" not in stage.texts(stage.command.facts)
    stage.press(Qt.Key.Key_J)
    assert not [s for s in stage.window.findChildren(ChoiceSheet) if s.isVisible()]
    assert "nothing_to_choose" in stage.desk.codes


def test_that_a_joined_incident_leads_to_the_other_and_a_wrong_merge_is_split(
    stage: Stage, two: tuple[Incident, Incident]
) -> None:
    first, second = two
    before = stage.desk.situation
    decide(stage, first.id)
    assert MergeIncidents(first.id, second.id, "same place and time") in stage.desk.executed
    assert stage.command.incident is not None
    assert stage.command.incident.id == first.id
    stage.desk.execute(SplitIncident(first.id, second.id, "two after all"))
    now = stage.desk.situation
    assert now.tasks == before.tasks
    assert now.zones == before.zones
    assert now.incidents[second.id].kept_apart == (first.id,)
    stage.command.show_incident(second.id)
    assert "join it?" not in stage.texts(stage.command.facts)
