"""The sheet of figures: counted from the journal, each with target and definition, as CSV."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QSpinBox

from models.operation.events.alarm import AlarmRaised, AlarmReturned
from models.telemetry.alarm_kpi import AlarmKpi, alarm_kpi, occurrences
from tests.unit.views.station_desk import Ended
from tests.unit.views.station_window import Stage
from views.review.alarm_figures_sheet import AlarmFiguresSheet


@pytest.fixture
def sheet(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> AlarmFiguresSheet:
    """Twelve raisings of one alarm within a minute, counted from what the desk stored."""
    for _ in range(12):
        raised = AlarmRaised(
            tag_key="=LI", limit="H", priority=2, value=2.0, limit_value=1.0, unit="m"
        )
        stage.desk.say_event(raised, "=LI/H")
        stage.desk.wait_s(1)
        stage.desk.say_event(AlarmReturned(value=0.0), "=LI/H")
        stage.desk.wait_s(1)

    def figures(operation_id: str, end_us: int, length_us: int, operators: int) -> Ended[AlarmKpi]:
        assert operation_id == stage.desk.situation.operation_id
        begin_us = stage.desk.told[0].event_time_us
        from_us = max(begin_us, end_us - length_us) if length_us else begin_us
        return Ended(alarm_kpi(occurrences(stage.desk.told), from_us, end_us, operators))

    monkeypatch.setattr(stage.desk, "alarm_figures", figures)
    stage.open("review")
    stage.kit.actions.action("review.alarm_figures").trigger()
    found = stage.window.findChild(AlarmFiguresSheet)
    assert found is not None
    return found


def shown(sheet: AlarmFiguresSheet) -> list[str]:
    QCoreApplication.sendPostedEvents()  # labels placed in a shown sheet are shown by the loop
    return [each.text() for each in sheet.findChildren(QLabel) if not each.isHidden()]


def test_that_each_figure_stands_with_target_and_definition(sheet: AlarmFiguresSheet) -> None:
    texts = shown(sheet)
    assert any(text.endswith(": 12 raisings") for text in texts)
    assert "Alarms per operator and hour" in texts
    assert "≤ 6  ▲ missed" in texts
    assert any("=LI/H ×12" in text for text in texts)
    assert "Alarms raised 3 times within 60 s.\n=LI/H" in texts
    assert "≤ 5  ✓ kept" in texts
    assert "≤ 5%" in texts  # of so few raisings ten alarms can't but have more


def test_that_operators_share_the_alarms(sheet: AlarmFiguresSheet) -> None:
    operators = sheet.findChild(QSpinBox, "alarm-figures-operators")
    assert operators is not None
    assert "12" in shown(sheet)
    operators.setValue(2)
    assert "6" in shown(sheet)
    assert "≤ 10  ✓ kept" in shown(sheet)


def test_that_a_span_is_read_anew_and_a_failure_is_told(
    stage: Stage, sheet: AlarmFiguresSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def failing(_id: str, _end_us: int, length_us: int, _operators: int) -> Ended[AlarmKpi]:
        asked.append(length_us)
        return Ended(error=OSError("away"))

    monkeypatch.setattr(stage.desk, "alarm_figures", failing)
    span = sheet.findChild(QComboBox, "alarm-figures-span")
    assert span is not None
    span.setCurrentIndex(0)
    span.setCurrentIndex(4)
    assert asked == [3_600_000_000, 0]
    assert "It could not be read: away" in shown(sheet)


def test_that_the_figures_are_exported_and_no_cell_is_a_formula(
    sheet: AlarmFiguresSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kpi.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    sheet._export.click()
    assert f"Written: {path}" in shown(sheet)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert ["Operators", "1"] in rows
    chattering = next(row for row in rows if row[0] == "Chattering")
    assert (chattering[1], chattering[4]) == ("1", "'=LI/H")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "x.csv"), "")
    )
    sheet._export.click()
    assert any(text.startswith("Not written: ") for text in shown(sheet))
