"""Wind by hand: only while no mast speaks, and never a senseless one."""

import msgspec
import pytest

from app.commands import CommandRefusedError, handle
from app.commands.wind import EnterWind
from models.basics import BY_HAND
from models.operation.events.operation import WindObserved
from models.times import MINUTE_US
from tests.unit.app.commands.conftest import NOW_US, WIND

ENTERED = EnterWind(from_deg=360.0, speed_m_s=3.5, stability="E")


def test_that_the_wind_of_an_officer_counts_where_no_mast_speaks(situation, context_for):
    long_ago = msgspec.structs.replace(WIND, observed_us=NOW_US - 4 * MINUTE_US)
    for masts in ((), (long_ago,)):
        [draft] = handle(ENTERED, context_for(situation.with_(masts=masts)))
        assert isinstance(draft.payload, WindObserved)
        (wind,) = draft.payload.masts
        assert (wind.from_deg, wind.speed_m_s, wind.stability) == (0.0, 3.5, "E")
        assert (wind.source, wind.observed_us) == (BY_HAND, NOW_US)


def test_that_it_can_be_entered_again_but_not_against_a_mast(situation, context_for):
    [draft] = handle(ENTERED, context_for(situation.with_(masts=())))
    again = context_for(situation.with_(masts=draft.payload.masts))
    assert handle(ENTERED, again)
    with pytest.raises(CommandRefusedError, match="mast_speaks"):
        handle(ENTERED, context_for(situation))


@pytest.mark.parametrize(("from_deg", "speed_m_s"), [(-1.0, 2.0), (361.0, 2.0), (90.0, -0.1)])
def test_that_a_senseless_wind_is_refused(situation, context_for, from_deg, speed_m_s):
    command = EnterWind(from_deg=from_deg, speed_m_s=speed_m_s, stability="D")
    with pytest.raises(CommandRefusedError, match="wind_senseless"):
        handle(command, context_for(situation.with_(masts=())))
