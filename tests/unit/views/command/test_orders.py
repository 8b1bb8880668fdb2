"""Orders: proposed, shown on a sheet, issued by Enter, counted, answered, followed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.commands.order import IssueOrder
from app.dispatching import DispatchProposal
from models.basics import LatLon, Phone
from models.dispatch.ports import Route
from models.dispatch.proposal import TeamProposal, TeamProposals
from models.dispatch.staging import Staging
from models.operation.events.order import OrderEscalated
from models.operation.situation import Order
from tests.unit.views.small_park import open_card
from tests.unit.views.station_window import ROUTE, Stage, TwoTeams, closes_and_frees
from views.command.order_sheet import OrderSheet
from views.widgets.chosen_row import ChosenRow
from views.widgets.wrapped_edit import WrappedEdit


@pytest.fixture
def incident_id(stage: Stage) -> str:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    stage.command.dispatch._timer.timeout.emit()
    (incident,) = stage.desk.situation.incidents.values()
    return incident.id


def another_incident(stage: Stage) -> str:
    stage.open("watch")
    open_card(stage.desk, "card-2")
    stage.watch.cards.choose("card-2")
    stage.press(Qt.Key.Key_Return)
    incident = stage.command.incident
    assert incident is not None
    return incident.id


def sheet_of(stage: Stage) -> OrderSheet:
    stage.press(Qt.Key.Key_O)
    sheet = stage.window.findChild(OrderSheet)
    assert sheet is not None
    return sheet


def issue(stage: Stage) -> Order:
    sheet_of(stage).accept()
    return max(stage.desk.situation.orders.values(), key=lambda order: order.id)


def test_that_teams_are_ranked_by_time_for_the_waiting_task(stage: Stage, incident_id: str) -> None:
    text = stage.texts(stage.command.dispatch)
    assert text.index("Brigade 1") < text.index("Brigade 2")
    assert "04:00" in text
    current = stage.command.dispatch.current
    assert current is not None
    assert current.team_key == "T1"
    assert stage.command.incident is not None
    assert stage.command.incident.id == incident_id


@pytest.mark.usefixtures("incident_id")
def test_that_the_sheet_shows_whom_when_where_and_what_not_to_do(stage: Stage) -> None:
    sheet = sheet_of(stage)
    text = stage.texts(sheet)
    for part in ("Brigade 1", "☎ 201 Li", "04:00", "2.5\u00a0km", "No water on liquid chlorine"):
        assert part in text
    line = sheet.findChild(WrappedEdit, "order-text")
    assert line is not None
    assert line.text() == "Stop special work"


def test_that_enter_issues_the_order_as_it_stands(stage: Stage, incident_id: str) -> None:
    sheet = sheet_of(stage)
    line = sheet.findChild(WrappedEdit, "order-text")
    assert line is not None
    line.setText("Stop all hot work")
    sheet.accept()
    (order,) = stage.desk.situation.orders.values()
    command = next(c for c in stage.desk.executed if isinstance(c, IssueOrder))
    assert (command.team_key, command.text, command.route) == ("T1", "Stop all hot work", ROUTE)
    assert (order.incident_id, order.eta_s) == (incident_id, 240.0)
    assert stage.desk.situation.teams["T1"].status == "committed"
    task = stage.desk.situation.tasks[order.task_id]
    assert task.state == "assigned"


@pytest.mark.usefixtures("incident_id")
def test_that_the_sheet_is_freed_after_closing(stage: Stage, qtbot: QtBot) -> None:
    closes_and_frees(qtbot, sheet_of(stage))
    assert not stage.desk.situation.orders


@pytest.mark.usefixtures("incident_id")
def test_that_a_row_counts_to_its_receipt_and_follows_the_order(stage: Stage) -> None:
    order = issue(stage)
    text = stage.texts(stage.command.orders)
    assert "Brigade 1" in text
    assert "01:00 left" in text
    assert "☎ 201 Li" in text
    stage.desk.wait_s(20)
    assert "00:40 left" in stage.texts(stage.command.orders)
    stage.press(Qt.Key.Key_S)
    assert stage.desk.situation.orders[order.id].state == "received"
    assert "signed by Li" in stage.texts(stage.command.orders)
    stage.press(Qt.Key.Key_W)
    assert stage.desk.situation.orders[order.id].state == "started"
    assert "in progress" in stage.texts(stage.command.orders)


@pytest.mark.usefixtures("incident_id")
def test_that_an_escalated_order_names_who_is_called_and_who_could_go(stage: Stage) -> None:
    order = issue(stage)
    stage.desk.wait_s(61)
    assert "overdue 00:01" in stage.texts(stage.command.orders)
    payload = OrderEscalated(
        step=1,
        to=Phone(number="202", person="Zhao"),
        receipt_due_us=stage.desk.clock.now_us() + 60_000_000,
        replacement_team_key="T2",
        replacement_eta_s=420.0,
    )
    stage.desk.say_event(payload, order.id, "system")
    text = stage.texts(stage.command.orders)
    assert "☎ 202 Zhao" in text
    assert "escalation 1" in text
    assert "instead: Brigade 2, 07:00" in text


@pytest.mark.usefixtures("incident_id")
def test_that_a_dead_number_takes_two_presses_and_the_next_one_is_called(stage: Stage) -> None:
    order = issue(stage)
    stage.press(Qt.Key.Key_X)
    assert not stage.desk.situation.dead_numbers
    button = stage.command.orders.findChild(QPushButton, "order-dead")
    assert button is not None
    assert button.text() == "X again: dead"
    stage.press(Qt.Key.Key_X)
    assert set(stage.desk.situation.dead_numbers) == {"201"}
    assert stage.desk.situation.orders[order.id].called.number == "202"
    assert "☎ 202 Zhao" in stage.texts(stage.command.orders)
    assert button.text() == "Number dead  X"


def test_that_an_order_without_an_incident_is_refused_in_words(stage: Stage) -> None:
    stage.open("command")
    stage.press(Qt.Key.Key_O)
    assert [notice.code for notice in stage.desk.said] == ["incident_needed"]


@pytest.mark.usefixtures("incident_id")
@pytest.mark.expect_log("no team can be proposed: 'roads'")
def test_that_a_search_that_breaks_is_told_and_leaves_no_stale_teams(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("roads")

    monkeypatch.setattr(stage.command.dispatch._dispatcher, "propose", broken)
    stage.command.dispatch._timer.timeout.emit()
    assert stage.command.dispatch.current is None
    assert "No team can be proposed" in stage.texts(stage.command.dispatch)


def test_that_no_order_rests_on_teams_proposed_for_another_incident(
    stage: Stage, incident_id: str
) -> None:
    other = another_incident(stage)
    assert other != incident_id
    stage.press(Qt.Key.Key_O)
    assert stage.window.findChild(OrderSheet) is None
    assert stage.desk.said[-1].code == "teams_awaited"
    assert "Looking for teams" in stage.texts(stage.command.dispatch)
    stage.command.dispatch._timer.timeout.emit()
    sheet_of(stage).accept()
    (order,) = stage.desk.situation.orders.values()
    assert order.incident_id == other


def test_that_an_answer_for_the_incident_before_is_no_proposal_for_this_one(
    stage: Stage, incident_id: str
) -> None:
    stage.desk.hold = True
    stage.command.dispatch._timer.timeout.emit()
    (held,) = stage.desk.held
    stage.desk.hold = False
    another_incident(stage)
    held.end()
    assert stage.command.dispatch.proposal is None
    assert stage.command.dispatch.awaits
    stage.command.dispatch._timer.timeout.emit()
    proposal = stage.command.dispatch.proposal
    assert proposal is not None
    assert proposal.incident_id != incident_id


def proposed(incident_id: str, *keys: str, **route: object) -> DispatchProposal:
    """Return a proposal of these teams, with a way of its own."""
    line = (LatLon(32.0, 118.0), LatLon(32.05, 118.05))
    ranked = tuple(
        TeamProposal(
            team_key=key,
            covers=(),
            lacks=(),
            route=Route(team_key=key, eta_s=540.0, distance_m=4100.0, line=line, **route),  # type: ignore[arg-type]
            phones=(Phone(number="201", person="Li"),),
        )
        for key in keys
    )
    staging = Staging(
        position=LatLon(32.04, 118.04), distance_m=900.0, off_upwind_deg=5.0, routes=()
    )
    return DispatchProposal(incident_id, TeamProposals(ranked=ranked, excluded=()), staging)


def test_that_an_open_sheet_takes_the_way_that_is_found_anew(
    stage: Stage, incident_id: str
) -> None:
    sheet = sheet_of(stage)
    stage.command.dispatch.proposed.emit(proposed("another", "T1"))
    assert "04:00" in stage.texts(sheet)
    stage.command.dispatch.proposed.emit(proposed(incident_id, "T1", inside_m=120.0))
    text = stage.texts(sheet)
    for part in ("09:00", "inside a zone", "32.04000, 118.04000", "Look again"):
        assert part in text
    sheet.accept()
    (order,) = stage.desk.situation.orders.values()
    assert (order.eta_s, order.staging) == (540.0, LatLon(32.04, 118.04))
    assert order.route[-1] == LatLon(32.05, 118.05)


def test_that_a_sheet_whose_team_is_gone_issues_nothing(stage: Stage, incident_id: str) -> None:
    sheet = sheet_of(stage)
    stage.command.dispatch.proposed.emit(proposed(incident_id, "T2"))
    assert "can't be sent any more" in stage.texts(sheet)
    focus = sheet.focusWidget()
    assert focus is not None
    assert focus.objectName() == "order-back"
    issue_button = sheet.findChild(QPushButton, "order-issue")
    assert issue_button is not None
    issue_button.click()
    assert not stage.desk.situation.orders
    stage.command.dispatch.proposed.emit(proposed(incident_id, "T1", "T2"))
    assert sheet.focusWidget() is issue_button
    assert "any more" not in stage.texts(sheet)
    issue_button.click()
    (order,) = stage.desk.situation.orders.values()
    assert order.team_key == "T1"


def test_that_two_desks_do_not_order_two_teams_for_one_task(stage: Stage, incident_id: str) -> None:
    sheet = sheet_of(stage)
    task = stage.command.tasks.current_task
    assert task is not None
    elsewhere = IssueOrder(incident_id=incident_id, team_key="T2", text="go", task_id=task.id)
    stage.desk.execute(elsewhere)
    sheet.accept()
    (order,) = stage.desk.situation.orders.values()
    assert order.team_key == "T2"
    assert stage.desk.said[-1].code == "task_ordered"


@pytest.mark.usefixtures("incident_id")
def test_that_no_order_rests_on_teams_proposed_for_another_task(stage: Stage) -> None:
    dispatch = stage.command.dispatch
    dispatch.ask(dispatch._incident_id, ("foam",))
    assert "Brigade 1" in stage.texts(dispatch)
    stage.press(Qt.Key.Key_O)
    assert stage.window.findChild(OrderSheet) is None
    dispatch._timer.timeout.emit()
    assert sheet_of(stage).isVisible()


def into_the_window(stage: Stage, qtbot: QtBot) -> None:
    """Activate the window after a sheet, as a window manager does."""
    stage.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is stage.window)


@pytest.mark.usefixtures("incident_id")
def test_that_another_team_is_chosen_by_keys(stage: Stage) -> None:
    dispatch = stage.command.dispatch
    dispatch.row("T1").setFocus()
    stage.press(Qt.Key.Key_Down)
    assert dispatch.row("T2").hasFocus()
    stage.press(Qt.Key.Key_Down)
    assert dispatch.row("T2").hasFocus()
    stage.press(Qt.Key.Key_Return)
    assert dispatch.current is not None
    assert dispatch.current.team_key == "T2"
    assert "Brigade 2" in stage.texts(sheet_of(stage))


@pytest.mark.usefixtures("incident_id")
def test_that_another_task_is_chosen_by_keys(stage: Stage) -> None:
    tasks = stage.command.tasks
    first, second = tasks._rows
    tasks.row(second).setFocus()
    stage.press(Qt.Key.Key_Return)
    assert tasks.current_task is not None
    assert tasks.current_task.id == second
    stage.press(Qt.Key.Key_Up)
    stage.press(Qt.Key.Key_Enter)
    assert tasks.current_task.id == first


@pytest.mark.usefixtures("incident_id")
def test_that_another_order_is_chosen_by_keys_and_keeps_the_focus(
    stage: Stage, qtbot: QtBot
) -> None:
    one = issue(stage)
    stage.desk.execute(IssueOrder(incident_id=one.incident_id, team_key="T2", text="Stand by"))
    orders = stage.command.orders
    first, second = stage.desk.situation.orders
    orders.choose(first)
    into_the_window(stage, qtbot)
    qtbot.waitUntil(orders.row(second).isVisible)
    orders.row(second).setFocus()
    assert orders.row(second).hasFocus()
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_S)
    assert stage.desk.situation.orders[second].state == "received"
    assert stage.desk.situation.orders[first].state == "issued"
    assert orders.row(second).hasFocus()


def test_that_no_other_row_gets_the_focus_of_one_that_goes(
    stage: Stage, incident_id: str, qtbot: QtBot
) -> None:
    issue(stage)
    into_the_window(stage, qtbot)
    button = stage.command.orders.findChild(QPushButton, "order-receive")
    assert button is not None
    qtbot.waitUntil(button.isVisible)
    button.setFocus()
    assert button.hasFocus()
    stage.command.show_incident("")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    assert not isinstance(focused, QPushButton | ChosenRow)
    stage.command.show_incident(incident_id)
    (order,) = stage.desk.situation.orders.values()
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Return)
    assert stage.desk.situation.orders[order.id].state == "issued"


def test_that_no_other_team_takes_the_place_of_the_one_that_was_chosen(
    stage: Stage, incident_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = stage.command.dispatch
    dispatch.choose("T2")
    whole = TwoTeams().propose(None, None, incident_id, ())
    alone = TeamProposals(ranked=whole.teams.ranked[:1], excluded=())
    found = DispatchProposal(incident_id, alone, None)
    monkeypatch.setattr(dispatch._dispatcher, "propose", lambda *_: found)
    for _ in range(2):
        dispatch._timer.timeout.emit()
        assert dispatch.current is None
    said = [each.code for each in stage.desk.said]
    assert said.count("team_not_proposed") == 1
    stage.press(Qt.Key.Key_O)
    assert stage.window.findChild(OrderSheet) is None
    assert stage.desk.said[-1].code == "team_needed"
    dispatch.choose("T1")
    assert sheet_of(stage).isVisible()
