"""When to come out: a release said to go on hasn't ended half an hour after the incident opened."""

import pytest
from immutables import Map
from msgspec.structs import replace

from app.point_courses import newest_case
from app.shelter import advice_for
from app.zones import rate_since_us
from models.basics import LatLon, Name, Wind
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Exposed, HazardInputError, Release
from models.operation.situation import Incident, Situation, Zone
from models.registry.kinds import Receptor
from views.tools.preview_desk import FixedReference

OPENED_US = 1_800_000_000_000_000
MINUTE_US = 60_000_000
HERE, GATE = LatLon(32.3, 118.9), LatLon(32.3002, 118.903)
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D", source="M1")
ROW = Receptor(key="gate", name=Name(en="Gate"), position=GATE, type="village", people_day=9)
REFERENCE = FixedReference({Receptor.KIND: {"gate": ROW}})
INCIDENT = Incident(
    id="I1", number="N", title=Name(), incident_kind="toxic_leak", place=Name(), position=HERE,
    hazard_source_key="", enterprise_key="", substance="chlorine", cas="7782-50-5",
    wind=(WIND,), opened_us=OPENED_US, happened_us=None, event_id="e",
)  # fmt: skip


def zone(key: str, minute: int, rate: float = 2.0, **more: object) -> Zone:
    """A zone of a rate for half an hour, drawn so many minutes after the incident was opened."""
    who = Exposed(key="gate", name=ROW.name, type=ROW.type, position=GATE, people=9)
    release = Release(position=HERE, substance="chlorine", release_kg_s=rate)
    result = ChosenModel().zone(release, WIND, (who,), "rural")
    drawn_us = OPENED_US + minute * MINUTE_US
    made = Zone(id=key, incident_id="I1", result=result, drawn_us=drawn_us, event_id=key)
    return replace(made, **more)


def situation(*zones: Zone) -> Situation:
    return Situation(
        operation_id="op", incidents=Map({"I1": INCIDENT}), zones=Map({z.id: z for z in zones})
    )


@pytest.mark.parametrize(("drawn", "now", "verdict"), [
    (0, 1, "leave"),
    (0, 41, "ventilate"),
    (40, 41, "leave"),  # half an hour from now, said the officer
    (40, 69, "shelter"),
    (40, 80, "ventilate"),
])  # fmt: skip
def test_that_nobody_is_told_to_come_out_before_the_release_ends_as_it_was_said(
    drawn: int, now: int, verdict: str
) -> None:
    told = situation(zone("Z1", drawn))
    _, advice = advice_for(told, REFERENCE, INCIDENT, OPENED_US + now * MINUTE_US)
    (gate,) = advice.advices
    assert gate.verdict == verdict
    inputs = {each.name: each for each in advice.inputs}
    assert (inputs["rate_said"].value, inputs["rate_said"].assumed) == (drawn * 60, True)
    assert inputs["duration"].value == 1800 + drawn * 60
    assert "end_assumed" in {each.code for each in advice.warnings}


@pytest.mark.parametrize(("zones", "minute"), [
    (((0, 2.0, {}),), 0),
    (((0, 2.0, {"out_of_date": "turn:40"}), (20, 2.0, {})), 0),
    (((0, 2.0, {"withdrawn_us": 1}), (20, 2.0, {})), 0),
    (((0, 2.0, {}), (20, 4.0, {})), 20),
    (((0, 2.0, {}), (20, 4.0, {}), (30, 2.0, {})), 30),
])  # fmt: skip
def test_that_a_rate_counts_from_when_it_was_put_on_record(
    zones: tuple[tuple[int, float, dict[str, object]], ...], minute: int
) -> None:
    made = [zone(f"Z{k}", at, rate, **more) for k, (at, rate, more) in enumerate(zones)]
    assert rate_since_us(situation(*made), made[-1]) == OPENED_US + minute * MINUTE_US
    later = zone("Z9", 50, 4.0)
    assert rate_since_us(situation(*made, later), made[-1]) == OPENED_US + minute * MINUTE_US


def test_that_the_advice_is_by_the_wind_that_blows_and_not_by_a_newer_zone_out_of_date() -> None:
    blows = zone("Z1", 0)
    tried = zone("Z2", 5, out_of_date="turn:180")  # an officer's what-if, for another wind
    now_us = OPENED_US + 10 * MINUTE_US
    assert advice_for(situation(blows, tried), REFERENCE, INCIDENT, now_us)[0] == "Z1"
    old = replace(blows, out_of_date="turn:40")
    assert advice_for(situation(old, tried), REFERENCE, INCIDENT, now_us)[0] == "Z2"
    withdrawn = replace(blows, withdrawn_us=1)
    assert advice_for(situation(withdrawn, tried), REFERENCE, INCIDENT, now_us)[0] == "Z2"


def test_that_a_zone_that_says_no_rate_is_refused() -> None:
    mute = zone("Z1", 0)
    mute = replace(mute, result=replace(mute.result, inputs=()))
    with pytest.raises(HazardInputError, match="zone"):
        newest_case(situation(mute), INCIDENT)
