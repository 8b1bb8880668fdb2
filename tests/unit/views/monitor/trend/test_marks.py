"""What happened, on the time axis: marks, words at the cursor, jumps, and notes."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.commands.trend import NoteTrend, WithdrawTrendNote
from models.ids import EventId
from models.operation.events import Event, Payload, alarm
from models.operation.events.trend import TrendNoted
from tests.unit.views.monitor.conftest import TAGS
from tests.unit.views.monitor.test_trend_plot import NOW_S, history
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.monitor.trend.note_sheet import NoteSheet, WithdrawSheet
from views.monitor.trend.page import TrendPage


def event(payload: Payload, subject: str, at_s: float, seq: int) -> Event:
    at_us = int(at_s * 1e6)
    return Event(
        operation_id="o", seq=seq, id=EventId(f"e{seq}"), event_time_us=at_us,  # type: ignore[arg-type]
        recorded_time_us=at_us, actor="a", subject=subject, payload=payload, caused_by=None,
        previous_hash=bytes(32), hash=bytes(32),
    )  # fmt: skip


RAISED = alarm.AlarmRaised(
    tag_key="GT-1", limit="H", priority=2, value=4.0, limit_value=3.0, unit="ppm"
)
HAPPENED = (
    event(RAISED, "GT-1/H", NOW_S - 1200, 1),
    event(alarm.AlarmReturned(value=2.0), "GT-1/H", NOW_S - 900, 2),
    event(
        TrendNoted(
            tag_keys=("GT-1",), from_us=int((NOW_S - 600) * 1e6), to_us=int((NOW_S - 300) * 1e6),
            text="valve shut",
        ),
        "N1", NOW_S - 60, 3,
    ),
)  # fmt: skip


@pytest.fixture
def page(kit: ViewKit, desk: StationDesk, qtbot: QtBot) -> TrendPage:
    desk.trends["GT-1"] = history("GT-1", 5.0, 1800)
    desk.happened = HAPPENED
    made = TrendPage(kit)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.plot._timer.stop()
    made.show_tags(TAGS[:1])
    qtbot.waitUntil(lambda: len(made.plot.canvas.dressing.marks) == 3)
    return made


def test_that_alarms_and_notes_stand_on_the_time_axis(page: TrendPage) -> None:
    raised, returned, noted = page.plot.canvas.dressing.marks

    assert (raised.from_s, raised.text, raised.severity) == (NOW_S - 1200, "GT-1/H", 2)
    assert (returned.severity, returned.text) == (0, "Alarm GT-1/H returned")
    assert (noted.from_s, noted.to_s, noted.text) == (NOW_S - 600, NOW_S - 300, "valve shut")


def test_that_the_cursor_jumps_from_mark_to_mark_and_says_what_happened(
    page: TrendPage, kit: ViewKit
) -> None:
    kit.actions.run("trend.mark_on")
    kit.actions.run("trend.mark_on")
    assert page.plot.cursors.at_s == NOW_S - 900
    assert page.plot.canvas._readout[-1].endswith("Alarm GT-1/H returned")

    kit.actions.run("trend.mark_back")
    assert page.plot.cursors.at_s == NOW_S - 1200
    kit.actions.run("trend.mark_back")
    assert page.plot.cursors.at_s == NOW_S - 1200


def test_that_something_new_is_read_when_it_is_published(
    page: TrendPage, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.happened = HAPPENED[:1]

    desk.show(desk.situation, trend_notes=frozenset(["N1"]))

    qtbot.waitUntil(lambda: len(page.plot.canvas.dressing.marks) == 1)


def test_that_a_note_is_about_the_span_between_the_cursors(
    page: TrendPage, desk: StationDesk, kit: ViewKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []
    monkeypatch.setattr(desk, "execute", done.append)
    page.show_source("V-203", "tank")
    page.plot.place_cursor(NOW_S - 100.0)
    page.plot.hold_cursor()
    page.plot.place_cursor(NOW_S - 400.0)

    kit.actions.run("trend.note")
    sheet = page.findChild(NoteSheet)
    assert isinstance(sheet, NoteSheet)
    field = sheet._form.field("text")
    assert isinstance(field, QLineEdit)
    field.setText("pump changed")
    sheet.accept()

    from_us, to_us = int((NOW_S - 400) * 1e6), int((NOW_S - 100) * 1e6)
    assert done == [NoteTrend(("GT-1",), from_us, to_us, "pump changed", "V-203")]


def test_that_the_note_at_the_cursor_is_withdrawn_with_a_reason(
    page: TrendPage, desk: StationDesk, kit: ViewKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []
    monkeypatch.setattr(desk, "execute", done.append)
    page.plot.place_cursor(NOW_S - 1200.0)
    kit.actions.run("trend.withdraw")
    assert page.findChild(WithdrawSheet) is None
    assert desk.codes[-1:] == ["no_note_here"]

    page.plot.place_cursor(NOW_S - 400.0)
    kit.actions.run("trend.withdraw")
    sheet = page.findChild(WithdrawSheet)
    assert isinstance(sheet, WithdrawSheet)
    assert sheet._about.text().endswith("valve shut")
    field = sheet._form.field("text")
    assert isinstance(field, QLineEdit)
    field.setText("wrong valve")
    sheet.accept()
    assert done == [WithdrawTrendNote("N1", "wrong valve")]


def test_that_marks_that_cannot_be_read_are_said(
    page: TrendPage, desk: StationDesk, qtbot: QtBot
) -> None:
    desk.happened = OSError("disk")

    page.marks.read_soon()

    qtbot.waitUntil(lambda: desk.codes[-1:] == ["marks_failed"])
