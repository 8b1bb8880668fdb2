"""Which open incidents are offered for joining."""

from immutables import Map
from msgspec.structs import replace

from models.basics import LatLon, Name
from models.operation.joining import join_offers
from models.operation.situation import Incident, Situation
from models.times import MINUTE_US

HERE, NEAR, FAR = LatLon(30.0, 120.0), LatLon(30.001, 120.0), LatLon(30.01, 120.0)
FIRST = Incident(
    id="I1", number="I-1", title=Name("火灾"), incident_kind="fire", place=Name("甲"),
    position=HERE, hazard_source_key="HS1", enterprise_key="E1", substance="", cas="", wind=(),
    opened_us=1_000 * MINUTE_US, happened_us=None, event_id="e1",
)  # fmt: skip
SECOND = replace(
    FIRST, id="I2", number="I-2", position=NEAR, hazard_source_key="HS2", event_id="e2",
    opened_us=1_004 * MINUTE_US,
)  # fmt: skip


def offers(first: Incident, second: Incident, *more: Incident) -> list[tuple[str, float | None]]:
    incidents = {each.id: each for each in (first, second, *more)}
    situation = Situation(operation_id="op", incidents=Map(incidents))
    return [
        (offer.incident_id, None if offer.away_m is None else round(offer.away_m))
        for offer in join_offers(situation, second)
    ]


def test_that_the_later_of_two_near_incidents_gets_the_offer() -> None:
    assert offers(FIRST, SECOND) == [("I1", 111)]
    assert offers(SECOND, FIRST) == []


def test_that_of_two_in_the_same_microsecond_one_gets_the_offer() -> None:
    same = replace(SECOND, opened_us=FIRST.opened_us)
    assert offers(FIRST, same) == [("I1", 111)]
    assert offers(same, FIRST) == []


def test_that_another_place_or_another_time_is_another_incident() -> None:
    assert offers(FIRST, replace(SECOND, position=FAR)) == []
    assert offers(FIRST, replace(SECOND, opened_us=FIRST.opened_us + 31 * MINUTE_US)) == []


def test_that_without_a_position_the_source_or_the_enterprise_tells() -> None:
    nowhere = replace(SECOND, position=None)
    assert offers(FIRST, nowhere) == [("I1", None)]
    assert offers(FIRST, replace(nowhere, enterprise_key="E2")) == []
    assert offers(FIRST, replace(nowhere, enterprise_key="", hazard_source_key="HS1")) == [
        ("I1", None)
    ]
    unknown = replace(nowhere, enterprise_key="", hazard_source_key="")
    assert offers(replace(FIRST, enterprise_key="", hazard_source_key=""), unknown) == []


def test_that_what_was_decided_is_not_asked_again() -> None:
    assert offers(FIRST, replace(SECOND, kept_apart=("I1",))) == []
    assert offers(replace(FIRST, kept_apart=("I2",)), SECOND) == []
    assert offers(replace(FIRST, closed_us=5), SECOND) == []
    assert offers(replace(FIRST, merged_into="I9"), SECOND) == []
    assert offers(FIRST, replace(SECOND, closed_us=5)) == []
    assert offers(FIRST, replace(SECOND, merged_into="I1")) == []


def test_that_the_nearest_stands_first_and_an_unknown_distance_last() -> None:
    third = replace(FIRST, id="I3", position=None, event_id="e3")
    fourth = replace(FIRST, id="I4", position=NEAR, event_id="e4")
    assert [key for key, _ in offers(FIRST, SECOND, third, fourth)] == ["I4", "I1", "I3"]
