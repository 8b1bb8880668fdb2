"""No station cuts a text off, in either language, on a large and on a small screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.commands.order import IssueOrder
from models.operation.events.warning import ColourPart, WarningColourChanged
from tests.unit.views.small_park import open_card
from tests.unit.views.station_window import Stage
from views.faces.walk import faults
from views.i18n import Translator

_LEVELS = 8  # layouts ask their parents for room one level at a time


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_stations_show_their_texts_whole(
    stage: Stage, translator: Translator, language: str, size: tuple[int, int]
) -> None:
    open_card(stage.desk)
    parts = tuple(
        ColourPart(what=what, items=12, points=24.0)
        for what in ("bypassed_interlock", "disabled", "stale", "special_work")
    )
    red = WarningColourChanged(
        colour="red", before="blue", index=96.0, parts=parts, least="life_safety"
    )
    stage.desk.say_event(red, "HS1", "system")
    translator.choose(language)
    stage.window.resize(*size)
    for station in ("watch", "command", "drill", "review"):
        stage.open(station)
        for _ in range(_LEVELS):
            QApplication.processEvents()
        assert [str(fault) for fault in faults(stage.window)] == [], station


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_orders_and_teams_are_shown_whole(
    stage: Stage, translator: Translator, language: str, size: tuple[int, int]
) -> None:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    (incident_id,) = stage.desk.situation.incidents
    translator.choose(language)
    stage.window.resize(*size)
    stage.command.dispatch._timer.timeout.emit()
    order = IssueOrder(incident_id=incident_id, team_key="T1", text="Shut the inlet valves")
    stage.desk.execute(order)
    stage.command.dispatch.row("T2")._name.setText("Municipal fire brigade 2, eastern harbour")
    for _ in range(_LEVELS):
        QApplication.processEvents()
    assert [str(fault) for fault in faults(stage.window)] == []
