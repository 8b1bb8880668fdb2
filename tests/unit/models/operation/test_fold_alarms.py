"""Alarms in the fold: ISA-18.2 states follow from condition, acknowledgement and hold."""

import pytest

from models.basics import Name
from models.operation.events import alarm as events
from models.operation.events.card import CardJoined, CardOpened
from models.operation.situation import Alarm
from models.times import HOUR_US
from tests.unit.models.operation.stories import Teller

ALARM = "GT-2031/HH"


def _raised(value: float = 3.0) -> events.AlarmRaised:
    return events.AlarmRaised(
        tag_key="GT-2031", limit="HH", priority=1, value=value, limit_value=2.0, unit="ppm"
    )


def _returned() -> events.AlarmReturned:
    return events.AlarmReturned(value=1.0)


@pytest.fixture
def teller() -> Teller:
    return Teller()


def _alarm(teller: Teller) -> Alarm:
    return teller.situation.alarms[ALARM]


def test_that_raised_alarm_is_unacknowledged_and_names_its_event(teller: Teller) -> None:
    event = teller.tell(_raised(), ALARM)
    assert _alarm(teller).state == "unacknowledged"
    assert _alarm(teller).event_id == event.id
    assert _alarm(teller).occurrences == 1


def test_that_acknowledged_alarm_stays_until_it_returns_then_leaves(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmAcknowledged(), ALARM, actor="zhang")
    assert _alarm(teller).state == "acknowledged"
    assert _alarm(teller).acknowledged_by == "zhang"
    teller.tell(_returned(), ALARM)
    assert ALARM not in teller.situation.alarms


def test_that_returned_alarm_waits_for_acknowledgement(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(_returned(), ALARM)
    assert _alarm(teller).state == "returned_unacknowledged"
    assert _alarm(teller).value == 1.0
    teller.tell(events.AlarmAcknowledged(), ALARM)
    assert ALARM not in teller.situation.alarms


def test_that_second_return_changes_nothing(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(_returned(), ALARM)
    first_us = _alarm(teller).returned_us
    teller.tell(_returned(), ALARM)
    assert _alarm(teller).returned_us == first_us


def test_that_acknowledgement_is_not_carried_to_next_occurrence(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmAcknowledged(), ALARM)
    teller.tell(_raised(4.0), ALARM)
    assert _alarm(teller).state == "unacknowledged"
    assert _alarm(teller).acknowledged_us is None
    assert _alarm(teller).occurrences == 2


def test_that_alarm_raised_again_after_return_is_unacknowledged(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(_returned(), ALARM)
    teller.tell(_raised(), ALARM)
    assert _alarm(teller).state == "unacknowledged"
    assert _alarm(teller).returned_us is None
    assert _alarm(teller).occurrences == 2


def test_that_acknowledgement_of_an_earlier_occurrence_is_ignored(teller: Teller) -> None:
    first = teller.tell(_raised(), ALARM)
    teller.tell(_returned(), ALARM)
    second = teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmAcknowledged(), ALARM, caused_by=first.id)
    assert _alarm(teller).state == "unacknowledged"
    teller.tell(events.AlarmAcknowledged(), ALARM, caused_by=second.id)
    assert _alarm(teller).state == "acknowledged"


def test_that_second_acknowledgement_leaves_the_first_name(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmAcknowledged(), ALARM, actor="zhang")
    teller.tell(events.AlarmAcknowledged(), ALARM, actor="li")
    assert _alarm(teller).acknowledged_by == "zhang"


def test_that_events_about_unknown_alarms_change_nothing(teller: Teller) -> None:
    before = teller.situation.alarms
    teller.tell(_returned(), ALARM)
    teller.tell(events.AlarmAcknowledged(), ALARM)
    teller.tell(events.AlarmUnshelved(reason=""), ALARM)
    teller.tell(events.AlarmsSilenced(alarm_ids=(ALARM,)), "alarms")
    assert teller.situation.alarms == before


def test_that_silence_is_no_acknowledgement_and_next_occurrence_sounds(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmsSilenced(alarm_ids=(ALARM,)), "alarms")
    assert _alarm(teller).silenced
    assert _alarm(teller).state == "unacknowledged"
    teller.tell(_returned(), ALARM)
    teller.tell(_raised(), ALARM)
    assert not _alarm(teller).silenced


def test_that_shelved_active_alarm_comes_back_unacknowledged(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmShelved(reason="repair", until_us=teller.now_us + HOUR_US), ALARM)
    assert _alarm(teller).state == "shelved"
    assert _alarm(teller).reason == "repair"
    teller.tell(events.AlarmUnshelved(reason="time"), ALARM)
    assert _alarm(teller).state == "unacknowledged"
    assert _alarm(teller).shelved_until_us is None


def test_that_alarm_raised_while_shelved_stays_shelved(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmAcknowledged(), ALARM)
    teller.tell(events.AlarmShelved(reason="repair", until_us=teller.now_us + HOUR_US), ALARM)
    teller.tell(_returned(), ALARM)
    teller.tell(_raised(), ALARM)
    assert _alarm(teller).state == "shelved"
    assert _alarm(teller).reason == "repair"
    teller.tell(events.AlarmUnshelved(reason="time"), ALARM)
    assert _alarm(teller).state == "unacknowledged"


def test_that_shelf_of_a_quiet_alarm_is_shown_and_leaves_nothing(teller: Teller) -> None:
    teller.tell(events.AlarmShelved(reason="repair", until_us=teller.now_us + HOUR_US), ALARM)
    assert _alarm(teller).state == "shelved"
    assert (_alarm(teller).tag_key, _alarm(teller).limit) == ("GT-2031", "HH")
    teller.tell(events.AlarmUnshelved(reason="done"), ALARM)
    assert ALARM not in teller.situation.alarms


def test_that_suppression_and_service_hold_and_release(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmSuppressed(reason="plant stands"), ALARM)
    assert _alarm(teller).state == "suppressed"
    teller.tell(events.AlarmUnsuppressed(), ALARM)
    assert _alarm(teller).state == "unacknowledged"
    teller.tell(events.AlarmTakenOutOfService(reason="calibration"), ALARM)
    assert _alarm(teller).state == "out_of_service"
    teller.tell(events.AlarmUnsuppressed(), ALARM)
    assert _alarm(teller).state == "out_of_service"
    teller.tell(events.AlarmReturnedToService(), ALARM)
    assert _alarm(teller).state == "unacknowledged"


def test_that_shelf_outlives_another_hold_while_its_time_runs(teller: Teller) -> None:
    until_us = teller.now_us + HOUR_US
    teller.tell(_raised(), ALARM)
    teller.tell(events.AlarmShelved(reason="repair", until_us=until_us), ALARM)
    teller.tell(events.AlarmTakenOutOfService(reason="calibration"), ALARM)
    teller.tell(events.AlarmReturnedToService(), ALARM)
    assert _alarm(teller).state == "shelved"
    teller.tell(events.AlarmTakenOutOfService(reason="calibration"), ALARM)
    teller.tell(events.AlarmReturnedToService(), ALARM, after_s=7200)
    assert _alarm(teller).state == "shelved", "the gateway ends it with its next slot"
    teller.tell(events.AlarmUnshelved(reason="expired"), ALARM)
    assert _alarm(teller).state == "unacknowledged"


def test_that_stale_tags_are_noted_until_they_come_back(teller: Teller) -> None:
    teller.tell(events.TagWentStale(tag_keys=("A", "B"), since_us=5), "tags")
    assert dict(teller.situation.stale_tags) == {"A": 5, "B": 5}
    teller.tell(events.TagCameBack(tag_keys=("A", "C")), "tags")
    assert dict(teller.situation.stale_tags) == {"B": 5}


def test_that_card_owns_the_alarms_it_collects(teller: Teller) -> None:
    teller.tell(_raised(), ALARM)
    teller.tell(_raised(), "GT-2032/HH")
    opened = CardOpened(
        first_alarm_id=ALARM, hazard_source_key="", enterprise_key="", title=Name(zh="氯"),
        priority=2,
    )  # fmt: skip
    teller.tell(opened, "C1")
    teller.tell(CardJoined(alarm_id="GT-2032/HH", priority=1), "C1")
    teller.tell(CardJoined(alarm_id="GT-2032/HH", priority=3), "C1")
    card = teller.situation.cards["C1"]
    assert card.alarm_ids == (ALARM, "GT-2032/HH")
    assert card.priority == 1
    assert {alarm.card_id for alarm in teller.situation.alarms.values()} == {"C1"}
    teller.tell(_raised(), ALARM)
    assert _alarm(teller).card_id == "C1"
