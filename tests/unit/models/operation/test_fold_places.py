"""Where an incident is, and which incidents were decided to be others, in the fold."""

import msgspec
import pytest

from models.basics import LatLon
from models.operation.events import incident, zone
from tests.unit.app.commands.test_estimate_command import POINT, source_estimate
from tests.unit.models.operation.stories import Teller
from tests.unit.models.operation.test_fold_incidents import HERE, RESULT, _located, _opening


@pytest.fixture
def teller() -> Teller:
    told = Teller()
    told.tell(_opening("I-1"), "I1")
    return told


def test_that_a_place_can_be_set_and_corrected_and_old_zones_stay_marked(teller: Teller) -> None:
    there = LatLon(30.1, 120.0)
    teller.tell(_located(HERE, substance="chlorine", cas="c", hazard_source_key="H"), "I1")
    found = teller.situation.incidents["I1"]
    assert (found.position, found.place.zh, found.title.zh) == (HERE, "东门", "火灾 · 东门")
    assert (found.substance, found.hazard_source_key) == ("chlorine", "H")
    drawn = msgspec.structs.replace(RESULT, kind="drawn")
    elsewhere = msgspec.structs.replace(RESULT, origin=there)
    for key, subject, result in (
        ("Z1", "I1", RESULT), ("Z2", "I1", drawn), ("Z3", "I2", RESULT), ("Z4", "I1", elsewhere),
    ):  # fmt: skip
        teller.tell(zone.ZoneDrawn(incident_id=subject, result=result), key)
    teller.tell(_located(there, moved_m=11_085.2), "I1")
    zones = teller.situation.zones
    assert {key: each.out_of_date for key, each in zones.items()} == {
        "Z1": "moved:11085", "Z2": "", "Z3": "", "Z4": "",
    }  # fmt: skip
    assert teller.situation.incidents["I1"].substance == ""
    teller.tell(_located(HERE), "I1")
    assert teller.situation.zones["Z1"].out_of_date == "moved:11085"
    assert teller.situation.zones["Z4"].out_of_date == "moved:0"
    teller.tell(incident.IncidentClosed(reason="x"), "I1")
    teller.tell(_located(there), "I1")
    assert teller.situation.incidents["I1"].position == HERE


def test_that_what_is_kept_apart_is_remembered_once(teller: Teller) -> None:
    for others in (("I2", "I2"), ("I3", "I2")):
        teller.tell(incident.IncidentKeptApart(other_incident_ids=others, reason="two"), "I1")
    assert teller.situation.incidents["I1"].kept_apart == ("I2", "I3")


def test_that_an_estimate_taken_stands_until_another_place_is_set(teller: Teller) -> None:
    taken = incident.SourceEstimated(
        estimate=source_estimate(), release_kg_s=0.9, position=POINT, source_key="HS1"
    )
    teller.tell(_located(POINT), "I1")
    event = teller.tell(taken, "I1")
    found = teller.situation.incidents["I1"].source_estimate
    assert found is not None
    assert (found.release_kg_s, found.source_key, found.position) == (0.9, "HS1", POINT)
    assert (found.by, found.event_id, found.at_us) == (event.actor, event.id, event.event_time_us)
    assert found.estimate == source_estimate()
    teller.tell(taken, "unknown")
    teller.tell(_located(HERE), "I1")
    assert teller.situation.incidents["I1"].source_estimate is None
    teller.tell(incident.IncidentClosed(reason="x"), "I1")
    teller.tell(taken, "I1")
    assert teller.situation.incidents["I1"].source_estimate is None


@pytest.mark.parametrize(("before", "after", "marked"), [
    (("chlorine", "c", "H"), ("ammonia", "a", "J"), {"Z1": "source", "Z2": "source"}),
    (("chlorine", "c", "H"), ("chlorine", "c", "J"), {"Z1": "source"}),
    (("chlorine", "c", "H"), ("chlorine", "c", "H"), {}),
    (("", "", ""), ("chlorine", "c", ""), {"Z1": "source", "Z2": "source"}),
    (("", "", ""), ("", "c", ""), {"Z1": "source", "Z2": "source"}),
    (("chlorine", "c", "H"), ("", "", ""), {}),
])  # fmt: skip
def test_that_zones_of_another_source_at_the_same_place_are_marked(
    teller: Teller, before: tuple[str, ...], after: tuple[str, ...], marked: dict[str, str]
) -> None:
    def located(said: tuple[str, ...]) -> None:
        substance, cas, key = said
        payload = _located(HERE, substance=substance, cas=cas, hazard_source_key=key)
        teller.tell(payload, "I1")

    located(before)
    kinds = {"Z1": "model", "Z2": "rule_of_thumb", "Z3": "fire", "Z4": "drawn", "Z5": "imported"}
    for key, kind in kinds.items():
        result = msgspec.structs.replace(RESULT, kind=kind)
        teller.tell(zone.ZoneDrawn(incident_id="I1", result=result), key)
    located(after)
    zones = teller.situation.zones
    assert {key: each.out_of_date for key, each in zones.items() if each.out_of_date} == marked
