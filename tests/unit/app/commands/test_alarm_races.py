"""An alarm that rises between the look and the key is neither silenced nor acknowledged."""

import msgspec
import pytest
from immutables import Map

from app.commands import CommandRefusedError, handle
from app.commands.alarm import AcknowledgeAlarms, SilenceAlarms
from models.operation.events.alarm import AlarmsSilenced

ID = "GT-1/HH"


@pytest.fixture
def risen_again(situation):
    again = msgspec.structs.replace(situation.alarms[ID], event_id="e-second", occurrences=2)
    return situation.with_(alarms=Map({ID: again}))


@pytest.mark.parametrize("command", [AcknowledgeAlarms, SilenceAlarms])
def test_that_a_newer_occurrence_than_the_one_seen_goes_on(context_for, risen_again, command):
    with pytest.raises(CommandRefusedError):
        handle(command(alarm_ids=(ID,), seen=("e-alarm",)), context_for(risen_again))


def test_that_the_occurrence_seen_is_acknowledged_and_silenced(context_for, situation):
    context = context_for(situation)
    (acknowledged,) = handle(AcknowledgeAlarms(alarm_ids=(ID,), seen=("e-alarm",)), context)
    assert acknowledged.caused_by == "e-alarm"
    (silenced,) = handle(SilenceAlarms(alarm_ids=(ID,), seen=("e-alarm",)), context)
    assert silenced.payload == AlarmsSilenced(alarm_ids=(ID,))
