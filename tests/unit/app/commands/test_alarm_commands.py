from dataclasses import replace

import pytest

from app.commands import CommandRefusedError, handle
from app.commands.alarm import AcknowledgeAlarms, ShelveAlarm, SilenceAlarms, UnshelveAlarm
from models.basics import Name
from models.operation.events.alarm import AlarmAcknowledged, AlarmShelved, AlarmsSilenced
from models.operation.situation import ShiftOnDuty
from models.registry.kinds import Person, Shift
from tests.unit.app.commands.conftest import SmallReference


def test_that_acknowledging_names_the_occurrence_it_saw(context_for, situation):
    drafts = handle(AcknowledgeAlarms(alarm_ids=("GT-1/HH",)), context_for(situation))
    assert [type(d.payload) for d in drafts] == [AlarmAcknowledged]
    assert drafts[0].caused_by == "e-alarm"
    assert drafts[0].actor == "Wang Jianguo@desk-1"


def test_that_acknowledging_nothing_is_refused(context_for, situation):
    with pytest.raises(CommandRefusedError, match="nothing_to_acknowledge"):
        handle(AcknowledgeAlarms(alarm_ids=("GT-9/HH",)), context_for(situation))


def test_that_silence_names_only_known_alarms_and_acknowledges_none(context_for, situation):
    (draft,) = handle(SilenceAlarms(alarm_ids=("GT-1/HH", "nope")), context_for(situation))
    assert draft.payload == AlarmsSilenced(alarm_ids=("GT-1/HH",))


def test_that_silence_without_a_sounding_alarm_is_refused(context_for, situation):
    with pytest.raises(CommandRefusedError, match="nothing_sounds"):
        handle(SilenceAlarms(alarm_ids=("nope",)), context_for(situation))


def test_that_shelving_toxic_level_two_needs_the_duty_leader(context_for, situation):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="calibration", minutes=30)
    with pytest.raises(CommandRefusedError, match="duty_leader_needed"):
        handle(command, context_for(situation, role="officer"))
    (draft,) = handle(command, context_for(situation, role="duty_leader"))
    assert isinstance(draft.payload, AlarmShelved)


@pytest.mark.parametrize(("name", "allowed"), [
    ("Li Fang", True), ("李芳", True), ("Zhao Lei", True), ("Chen Yu", True),
    ("Wang Jianguo", False), ("Sun Min", False), ("anybody", False), ("  ", False),
])  # fmt: skip
def test_that_only_another_who_leads_allows_it(context_for, situation, name, allowed):
    people = {
        "P1": Person(key="P1", name=Name("李芳", "Li Fang"), role="duty_leader"),
        "P2": Person(key="P2", name=Name(en="Sun Min"), role="officer"),
        "P3": Person(key="P3", name=Name(en="Wang Jianguo"), role="duty_leader"),
    }
    rows = {
        "people": people,
        "shifts": {"A": Shift(key="A", name=Name(en="A"), leader="Zhao Lei")},
    }
    holder = ShiftOnDuty(person="Chen Yu", role="duty_leader", shift="B", since_us=1)
    context = context_for(situation.with_(shift=holder), role="officer")
    context = replace(context, reference=SmallReference(rows))
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="x", minutes=5, approved_by=name)
    if allowed:
        (draft,) = handle(command, context)
        assert draft.payload.approved_by == name
    else:
        with pytest.raises(CommandRefusedError, match="duty_leader_needed"):
            handle(command, context)


@pytest.mark.parametrize("minutes", [0, 61])
def test_that_a_safety_alarm_is_shelved_for_an_hour_at_most(context_for, situation, minutes):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="x", minutes=minutes)
    with pytest.raises(CommandRefusedError, match="shelving_too_long"):
        handle(command, context_for(situation, role="duty_leader"))


def test_that_shelving_asks_for_a_reason(context_for, situation):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason=" ", minutes=5)
    with pytest.raises(CommandRefusedError, match="reason_missing"):
        handle(command, context_for(situation, role="duty_leader"))


def test_that_an_unknown_or_unshelved_alarm_cannot_be_unshelved(context_for, situation):
    with pytest.raises(CommandRefusedError, match="unknown_alarm"):
        handle(UnshelveAlarm(alarm_id="x", reason="r"), context_for(situation))
    with pytest.raises(CommandRefusedError, match="not_shelved"):
        handle(UnshelveAlarm(alarm_id="GT-1/HH", reason="r"), context_for(situation))
