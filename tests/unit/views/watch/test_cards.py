"""Situation cards: keys 1 → 1 → Enter, the control room's words, dead numbers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.commands.card import RecordVerification, StartVerification
from app.commands.incident import OpenIncidentFromCard
from app.commands.resource import MarkNumberDead
from models.basics import Name
from models.operation.events.card import CardOpened
from models.operation.events.operation import InjectFired
from models.operation.situation import Card, Situation
from tests.unit.views.small_park import ALARM, CARD, open_card, raise_alarm
from tests.unit.views.station_window import Stage, settle
from views.watch.card_widget import CardWidget


def card_part(stage: Stage, name: str) -> QWidget:
    found = stage.watch.cards.findChild(QWidget, name)
    assert found is not None, name
    return found


def answer_of(stage: Stage) -> str:
    settle()
    label = card_part(stage, "card-answer")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def say_answer(stage: Stage, result: str = "calibration") -> None:
    data = {
        "card_id": CARD, "said_by": "陈伟", "result": result, "zh": "是标定", "en": "A calibration",
    }  # fmt: skip
    payload = InjectFired(inject_key="answer:1", type="control_room_answer", data=data)
    stage.desk.say_event(payload, CARD)


def test_that_one_one_enter_turns_an_alarm_into_an_incident(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    assert stage.desk.situation.cards[CARD].state == "verifying"
    assert "☎ 101" in stage.texts(stage.watch.cards)
    stage.press(Qt.Key.Key_1)
    assert stage.desk.situation.cards[CARD].result == "real"
    stage.press(Qt.Key.Key_Return)
    kinds = [type(each) for each in stage.desk.executed]
    assert kinds == [StartVerification, RecordVerification, OpenIncidentFromCard]
    (incident,) = stage.desk.situation.incidents.values()
    assert incident.substance == "chlorine"
    assert stage.window.station == "command"
    assert stage.command.incident is not None
    assert stage.command.incident.id == incident.id


def test_that_enter_on_an_open_incident_leads_to_it_and_opens_no_other(
    stage: Stage, qtbot: QtBot
) -> None:
    open_card(stage.desk)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.press(key)
    open_card(stage.desk, "card-2")
    stage.open("watch")
    assert stage.kit.actions.action("watch.open").isEnabled()
    rows = stage.watch.cards.incidents.rows
    qtbot.waitUntil(lambda: len(rows()) == 1)
    (row,) = rows()
    row.setFocus()
    stage.desk.executed.clear()
    QTest.keyClick(row, Qt.Key.Key_Return)
    settle()
    assert stage.desk.executed == []
    assert len(stage.desk.situation.incidents) == 1
    assert stage.window.station == "command"


def test_that_the_verification_clock_counts_down(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    stage.desk.wait_s(10)
    assert "00:50 left" in stage.texts(stage.watch.cards)
    stage.desk.wait_s(55)
    assert "overdue 00:05" in stage.texts(stage.watch.cards)


def test_that_a_settled_card_leaves_the_list(stage: Stage) -> None:
    open_card(stage.desk)
    assert "Chlorine vaporiser HH" in stage.texts(stage.watch.cards)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_4)
    assert stage.desk.situation.cards[CARD].state == "closed"
    assert "No open situation" in stage.texts(stage.watch.cards)


def test_that_the_control_rooms_words_stand_on_the_card_and_choose_nothing(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    assert answer_of(stage) == ""
    say_answer(stage)
    assert answer_of(stage) == "☎ Control room 陈伟: A calibration"
    card = stage.desk.situation.cards[CARD]
    assert (card.state, card.result) == ("verifying", "")
    stage.kit.translator.choose("zh")
    stage.window.retranslate()
    stage.desk.publish_again("cards")
    assert "是标定" in answer_of(stage)


def test_that_said_by_is_filled_from_the_answer_unless_somebody_typed_a_name(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    line = card_part(stage, "card-said-by")
    assert isinstance(line, QLineEdit)
    line.setText("")
    say_answer(stage)
    assert line.text() == "陈伟"
    line.setText("值班长")
    say_answer(stage)
    assert line.text() == "值班长"


def test_that_enter_while_a_name_is_typed_opens_no_incident(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    line = card_part(stage, "card-said-by")
    line.setFocus()
    stage.type("1")
    stage.press(Qt.Key.Key_Return)
    assert not stage.desk.situation.incidents
    assert stage.desk.situation.cards[CARD].state == "verifying"
    assert not line.hasFocus()
    stage.window.central.setFocus()
    stage.press(Qt.Key.Key_1)
    assert stage.desk.situation.cards[CARD].said_by == "陈伟1"


def test_that_a_number_is_dead_after_two_presses_and_the_next_one_shows(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    due_us = stage.desk.situation.cards[CARD].verification_due_us
    stage.press(Qt.Key.Key_X)
    assert not stage.desk.situation.dead_numbers
    button = card_part(stage, "card-dead")
    assert isinstance(button, QPushButton)
    assert button.text() == "X again: dead"
    stage.press(Qt.Key.Key_X)
    assert stage.desk.executed[-1] == MarkNumberDead(kind="enterprises", key="E1", number="101")
    card = stage.desk.situation.cards[CARD]
    assert (card.verification_phone, card.verification_person) == ("102", "刘洋")
    assert card.verification_due_us == due_us
    assert "☎ 102" in stage.texts(stage.watch.cards)
    line = card_part(stage, "card-said-by")
    assert isinstance(line, QLineEdit)
    assert line.text() == "刘洋"


def test_that_the_first_press_is_forgotten_after_a_while(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_X)
    stage.watch.cards._twice._timer.timeout.emit()
    stage.press(Qt.Key.Key_X)
    assert not stage.desk.situation.dead_numbers


def test_that_a_acknowledges_the_cards_alarms(stage: Stage) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_A)
    assert stage.desk.situation.alarms[ALARM].state == "acknowledged"


def test_that_the_gravest_card_is_current_and_tab_goes_on(stage: Stage) -> None:
    open_card(stage.desk)
    open_card(stage.desk, "card-2")
    first = stage.watch.cards.current_card
    stage.press(Qt.Key.Key_Tab)
    second = stage.watch.cards.current_card
    assert first is not None
    assert second is not None
    assert {first.id, second.id} == {"card-1", "card-2"}


def open_many(stage: Stage, count: int) -> None:
    """Open cards of the second priority, then a grave one."""
    for number in range(count):
        title = Name(zh=f"警情{number}", en=f"Upset {number}")
        payload = CardOpened(
            first_alarm_id=f"T-{number}/H", hazard_source_key="HS1", enterprise_key="E1",
            title=title, priority=2,
        )  # fmt: skip
        stage.desk.say_event(payload, f"upset-{number:03d}", "gateway")
    open_card(stage.desk)


def test_that_of_many_cards_the_gravest_show_and_the_rest_is_counted(stage: Stage) -> None:
    open_many(stage, 44)
    cards = stage.watch.cards
    settle()
    assert len(cards._widgets) == 20
    assert CARD in cards._widgets
    more = card_part(stage, "cards-more")
    assert isinstance(more, QPushButton)
    assert (more.isVisible(), more.text()) == (True, "25 more situations below")
    more.click()
    assert (len(cards._widgets), more.text()) == (40, "5 more situations below")
    more.click()
    settle()
    assert (len(cards._widgets), more.isVisible()) == (45, False)


def test_that_tab_reaches_a_card_below_and_a_key_acts_on_it(stage: Stage) -> None:
    open_many(stage, 44)
    cards = stage.watch.cards
    cards.choose(CARD)
    for _ in range(30):
        cards.choose_next()
    chosen = cards.current_card
    assert chosen is not None
    assert chosen.id == cards._order[30]
    assert cards.widget(chosen.id).isVisibleTo(cards)
    assert len(cards._widgets) == 21
    stage.press(Qt.Key.Key_1)
    assert stage.desk.situation.cards[chosen.id].state == "verifying"


def in_sight(stage: Stage, card_id: str) -> tuple[bool, bool]:
    """Return whether a card's upper and lower edge lie in the part of the list that is seen."""
    cards = stage.watch.cards
    widget, bar = cards.widget(card_id), cards._scroll.verticalScrollBar()
    seen = (bar.value(), bar.value() + bar.pageStep())
    top, bottom = widget.y(), widget.y() + widget.height()
    return seen[0] <= top < seen[1], seen[0] < bottom <= seen[1]


def test_that_the_chosen_card_comes_into_sight_and_stays_where_it_was_scrolled(
    stage: Stage, qtbot: QtBot
) -> None:
    open_many(stage, 19)
    cards, bar = stage.watch.cards, stage.watch.cards._scroll.verticalScrollBar()
    last = cards._order[-1]
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert in_sight(stage, last) == (False, False)
    cards.choose(last)
    qtbot.waitUntil(lambda: in_sight(stage, last) == (True, True))
    cards.choose(CARD)
    qtbot.waitUntil(lambda: in_sight(stage, CARD) == (True, True))
    bar.setValue(bar.maximum())  # somebody reads what stands below
    open_card(stage.desk, "card-2")
    settle()
    assert bar.value() > bar.maximum() // 2


def test_that_of_a_card_higher_than_the_list_the_upper_part_is_seen(
    stage: Stage, qtbot: QtBot
) -> None:
    open_many(stage, 5)
    cards = stage.watch.cards
    cards._scroll.setFixedHeight(60)
    cards.choose(cards._order[-1])
    qtbot.waitUntil(lambda: in_sight(stage, cards._order[-1]) == (True, False))


def test_that_only_the_card_that_changed_is_shown_anew(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_many(stage, 3)
    shown: list[str] = []
    show = CardWidget.show_card

    def noted(self: CardWidget, card: Card, situation: Situation, *, current: bool) -> None:
        shown.append(card.id)
        show(self, card, situation, current=current)

    monkeypatch.setattr(CardWidget, "show_card", noted)
    stage.desk.publish_again("cards")
    assert shown == []
    stage.press(Qt.Key.Key_1)
    assert set(shown) == {"upset-000"}
    shown.clear()
    raise_alarm(stage.desk)
    assert set(shown) == {CARD}


def test_that_the_chosen_card_names_guidance_and_plan_and_leads_to_the_plan(stage: Stage) -> None:
    open_card(stage.desk)
    settle()
    plan = next(iter(stage.desk.reference.all("plans").values()))
    name = plan.name.text(stage.kit.language)
    assert f"Plan: {name}" in stage.texts(stage.watch.cards)
    button = card_part(stage, "card-plan")
    assert button.isVisible()
    wanted: list[str] = []
    stage.watch.plan_wanted.connect(wanted.append)
    stage.press(Qt.Key.Key_P)
    assert wanted == [plan.key]
