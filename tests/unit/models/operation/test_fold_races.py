"""Two hands on one thing: what people said isn't undone by a clock that ran out meanwhile."""

import pytest

from models.basics import Name
from models.operation.events import alarm, card
from tests.unit.models.operation.stories import Teller


@pytest.fixture
def teller():
    told = Teller()
    opened = card.CardOpened(
        first_alarm_id="A/HH", hazard_source_key="H", enterprise_key="E", title=Name(), priority=1
    )
    told.tell(opened, "C1")
    told.tell(card.CardVerificationStarted(phone="1", person="wang", due_us=9), "C1")
    return told


def _no_answer(told):
    told.tell(card.CardVerified(result="no_answer", said_by=""), "C1")
    told.tell(card.CardIncidentProposed(reason="no_answer"), "C1")
    return told.situation.cards["C1"]


def test_that_a_clock_that_ran_out_does_not_undo_an_answer(teller):
    teller.tell(card.CardVerified(result="real", said_by="wang"), "C1")
    found = _no_answer(teller)
    assert (found.result, found.said_by) == ("real", "wang")


def test_that_a_late_answer_counts(teller):
    _no_answer(teller)
    teller.tell(card.CardVerified(result="real", said_by="wang"), "C1")
    assert teller.situation.cards["C1"].result == "real"


def test_that_a_closed_card_is_not_proposed(teller):
    teller.tell(card.CardVerified(result="instrument", said_by="wang"), "C1")
    teller.tell(card.CardClosed(reason="verified:instrument"), "C1")
    found = _no_answer(teller)
    assert (found.state, found.result, found.proposed) == ("closed", "instrument", "")


def _raise(told):
    raised = alarm.AlarmRaised(
        tag_key="A", limit="HH", priority=1, value=9.0, limit_value=5.0, unit="ppm",
        safety="toxic", hazard_source_key="H", enterprise_key="E",
    )  # fmt: skip
    return told.tell(raised, "A/HH")


def test_that_what_comes_off_the_shelf_sounds_again_unless_acknowledged(teller):
    _raise(teller)
    teller.tell(alarm.AlarmsSilenced(alarm_ids=("A/HH",)), "alarms")
    teller.tell(alarm.AlarmShelved(reason="works", until_us=1 << 60), "A/HH")
    teller.tell(alarm.AlarmUnshelved(reason="expired"), "A/HH")
    found = teller.situation.alarms["A/HH"]
    assert (found.state, found.silenced) == ("unacknowledged", False)
    teller.tell(alarm.AlarmAcknowledged(), "A/HH")
    teller.tell(alarm.AlarmShelved(reason="works", until_us=1 << 60), "A/HH")
    teller.tell(alarm.AlarmUnshelved(reason="expired"), "A/HH")
    found = teller.situation.alarms["A/HH"]
    assert (found.state, found.silenced) == ("acknowledged", True)
