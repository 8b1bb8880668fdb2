"""Situation cards: grouping, proposals, floods and restarts."""

import pytest

from models.basics import LatLon, Name, Wind
from models.operation.events import alarm as alarms
from models.operation.events import card as events
from models.operation.events.base import Draft
from models.registry.kinds import HazardSource, Permit
from models.telemetry.cards import CardLogic
from models.telemetry.surroundings import Surroundings
from tests.unit.models.telemetry.build import SECOND, START, Record

MINUTE = 60 * SECOND
NORTH = Wind(from_deg=0.0, speed_m_s=3.0, stability="D", source="M1")


def _source(key, lon=0.0, upstream_of=()):
    name = Name(zh=f"源{key}", en=f"Source {key}")
    return HazardSource(
        key=key, name=name, position=LatLon(30.0, lon), upstream_of=upstream_of, enterprise_key="E"
    )


SOURCES = [
    _source("A"), _source("B", 0.001), _source("C", 0.5),
    _source("POWER", 0.02, tuple(f"U{i}" for i in range(30))),
    *(_source(f"U{i}", 0.02) for i in range(30)),
]  # fmt: skip
PERMITS = [
    Permit(key="P1", name=Name(en="p"), hazard_source_key="A", valid_to_us=START + MINUTE),
    Permit(key="P2", name=Name(en="p"), tags=("T1",), valid_to_us=START + MINUTE),
    Permit(key="P3", name=Name(en="p"), hazard_source_key="A", valid_to_us=START - 1),
]


class Bench:
    def __init__(self):
        self.logic = CardLogic(Surroundings(SOURCES, PERMITS), "salt")
        self.record = Record(self.logic)
        self.now = START

    def rise(self, tag, source="A", limit="H", priority=2, safety="", after=0):
        self.now += after
        payload = alarms.AlarmRaised(
            tag_key=tag, limit=limit, priority=priority, value=1.0, limit_value=1.0, unit="",
            safety=safety, hazard_source_key=source, enterprise_key="E",
        )  # fmt: skip
        draft = Draft(
            payload=payload, subject=f"{tag}/{limit}", actor="gateway", event_time_us=self.now
        )
        drafts = self.logic.consider([draft], (NORTH,))
        self.record.store(drafts)
        return [d.payload for d in drafts[1:]]

    @property
    def cards(self):
        cards = self.record.situation.cards.values()
        return {c.hazard_source_key: c for c in cards if c.state != "closed"}


def test_that_an_urgent_alarm_opens_a_card_with_what_stands_around():
    bench = Bench()
    (opened,) = bench.rise("T1")
    assert opened.title == Name(zh="源A · T1 · H", en="Source A · T1 · H")
    assert opened.wind == (NORTH,)
    assert opened.permit_keys == ("P1", "P2")
    assert opened.neighbour_keys == ("B",)
    assert opened.first_alarm_id == "T1/H"
    assert bench.record.events[1].caused_by == bench.record.events[0].id


def test_that_a_minor_alarm_opens_none_but_joins_one_of_its_source():
    bench = Bench()
    assert bench.rise("T2", priority=3) == []
    bench.rise("T1")
    assert bench.rise("T2", priority=3) == [events.CardJoined(alarm_id="T2/H", priority=3)]
    assert bench.rise("T9", "C", priority=4) == []


def test_that_a_minor_alarm_of_a_safety_tag_opens_a_card():
    (opened,) = Bench().rise("T1", priority=4, safety="trip")
    assert isinstance(opened, events.CardOpened)


def test_that_an_alarm_that_rises_again_joins_only_once():
    bench = Bench()
    bench.rise("T1")
    assert bench.rise("T1") == []


def test_that_ten_quiet_minutes_part_two_cards_of_one_source():
    bench = Bench()
    bench.rise("T1")
    assert isinstance(bench.rise("T2", after=10 * MINUTE)[0], events.CardJoined)
    assert isinstance(bench.rise("T3", after=10 * MINUTE + 1)[0], events.CardOpened)


def test_that_a_second_detector_at_level_two_proposes_the_incident():
    bench = Bench()
    bench.rise("T1", limit="HH", safety="toxic")
    assert len(bench.rise("T2", limit="H", safety="toxic")) == 1
    joined, proposed = bench.rise("T2", limit="HH", safety="toxic")
    assert isinstance(joined, events.CardJoined)
    assert proposed == events.CardIncidentProposed(reason="second_detector")
    assert len(bench.rise("T3", limit="HH", safety="toxic")) == 1


def test_that_one_detector_twice_is_no_second_one():
    bench = Bench()
    bench.rise("T1", limit="HH", safety="toxic")
    assert bench.rise("T1", limit="HH", safety="toxic") == []


@pytest.mark.parametrize("safety", ["call_point", "fire", "man_down"])
def test_that_people_calling_propose_the_incident_at_once(safety):
    _, proposed = Bench().rise("T1", safety=safety)
    assert proposed == events.CardIncidentProposed(reason="call_point")


def test_that_a_closed_card_takes_no_more_but_an_incident_s_card_does():
    bench = Bench()
    bench.rise("T1")
    bench.record.add(bench.cards["A"].id, events.CardClosed(reason="verified"))
    assert isinstance(bench.rise("T2")[0], events.CardOpened)
    bench.record.add(bench.cards["A"].id, events.CardClosed(reason="incident", incident_id="I"))
    assert bench.rise("T3", limit="HH", safety="toxic") == [
        events.CardJoined(alarm_id="T3/HH", priority=2)
    ]


def test_that_alarms_without_a_source_go_by_enterprise_then_tag():
    bench = Bench()
    (opened,) = bench.rise("T1", source="")
    assert opened.title.en == "E · T1 · H"
    assert isinstance(bench.rise("T2", source="")[0], events.CardJoined)


def _flood(bench, n=400):
    bench.rise("TP", "POWER", after=1)
    for i in range(n):
        bench.rise(f"F{i}", f"U{i % 30}", after=100_000)


def test_that_a_flood_becomes_one_card_of_its_likely_origin_and_nothing_is_lost():
    bench = Bench()
    _flood(bench)
    assert list(bench.cards) == ["POWER"]
    card = bench.cards["POWER"]
    assert card.first_alarm_id == "TP/H"
    assert set(card.alarm_ids) == {"TP/H", *(f"F{i}/H" for i in range(400))}
    reasons = {c.closed_reason for c in bench.record.situation.cards.values() if c.closed_us}
    assert reasons == {"flood"}


def test_that_ten_alarms_in_ten_minutes_are_no_flood():
    bench = Bench()
    _flood(bench, 9)
    assert len(bench.cards) == 10


@pytest.mark.parametrize(
    ("safety", "limit"),
    [("toxic", "HH"), ("fire", "H"), ("call_point", "H"), ("trip", "H"), ("man_down", "H")],
)
def test_that_what_kills_is_never_folded(safety, limit):
    bench = Bench()
    _flood(bench, 40)
    opened = bench.rise("X", "U3", limit=limit, safety=safety)[0]
    assert isinstance(opened, events.CardOpened)
    assert opened.hazard_source_key == "U3"
    _flood(bench, 40)
    assert set(bench.cards) == {"POWER", "U3"}


def test_that_in_a_flood_level_two_joins_the_card_of_its_own_level_one():
    bench = Bench()
    _flood(bench, 40)
    bench.rise("X", "C", limit="H", safety="toxic")
    assert bench.rise("X", "C", limit="HH", safety="toxic") == [
        events.CardJoined(alarm_id="X/HH", priority=2)
    ]


def test_that_in_a_flood_what_kills_stays_out_of_the_origin_s_own_card():
    bench = Bench()
    _flood(bench, 40)
    first = bench.rise("X", "POWER", safety="fire")[0]
    assert isinstance(first, events.CardOpened)
    assert isinstance(bench.rise("Y", "POWER", safety="fire")[0], events.CardJoined)


def test_that_a_flood_goes_on_in_its_own_card_after_what_kills_at_the_same_source():
    bench = Bench()
    for i in range(15):
        bench.rise(f"F{i}", "A", priority=3, after=1)
    flood = bench.cards["A"].id
    opened = bench.rise("X", "A", safety="fire", after=1)[0]
    assert isinstance(opened, events.CardOpened)
    assert bench.rise("F15", "A", priority=3) == [events.CardJoined(alarm_id="F15/H", priority=3)]
    bench.rise("Y", "A", limit="HH", safety="toxic")
    cards = bench.record.situation.cards
    assert cards[flood].state != "closed"
    assert set(cards[flood].alarm_ids) == {f"F{i}/H" for i in range(16)}
    (other,) = (card for card in cards.values() if card.id != flood)
    assert set(other.alarm_ids) == {"X/H", "Y/HH"}


def test_that_a_title_does_not_say_a_name_twice():
    around = Surroundings([_source("A")], (), [_source("T")])
    assert around.title(["A", "T"], "H").en == "Source A · Source T · H"
    assert Surroundings([_source("A")]).title(["A", "Source A pump"], "H").en == "Source A pump · H"


def test_that_what_the_origin_does_not_explain_gets_its_own_card():
    bench = Bench()
    _flood(bench, 40)
    assert isinstance(bench.rise("X", "C")[0], events.CardOpened)
    assert set(bench.cards) == {"POWER", "C"}


def test_that_a_card_somebody_works_on_is_not_folded():
    bench = Bench()
    bench.rise("F0", "U0")
    bench.record.add(
        bench.cards["U0"].id,
        events.CardVerificationStarted(phone="1", person="p", due_us=START + MINUTE),
    )
    _flood(bench, 40)
    assert set(bench.cards) == {"POWER", "U0"}


def test_that_a_flood_ends_when_few_alarms_are_left():
    bench = Bench()
    _flood(bench, 40)
    bench.now += 11 * MINUTE
    assert isinstance(bench.rise("X", "U5")[0], events.CardOpened)


def test_that_a_flood_without_a_common_origin_folds_nothing():
    bench = Bench()
    for i in range(20):
        bench.rise(f"F{i}", f"U{i}")
    assert len(bench.cards) == 20


def test_that_a_flood_whose_origin_has_no_card_opens_one_with_the_first_out():
    bench = Bench()
    bench.rise("TP", "POWER", priority=4)
    for i in range(12):
        bench.rise(f"F{i}", "POWER", priority=4)
    assert bench.cards["POWER"].first_alarm_id == "TP/H"


def test_that_cards_are_joined_again_after_a_restart():
    bench = Bench()
    bench.rise("T1", limit="HH", safety="toxic")
    bench.rise("B1", "B")
    bench.record.add(bench.cards["B"].id, events.CardClosed(reason="done"))
    bench.rise("C1", "C")
    bench.record.add("C1/H", alarms.AlarmAcknowledged())
    bench.record.add("C1/H", alarms.AlarmReturned(value=0.0))
    after = Bench()
    after.record, after.record.listeners, after.now = bench.record, (after.logic,), bench.now
    after.logic.restore(bench.record.situation)
    joined, proposed = after.rise("T2", limit="HH", safety="toxic")
    assert isinstance(joined, events.CardJoined)
    assert proposed.reason == "second_detector"
    assert isinstance(after.rise("B2", "B")[0], events.CardOpened)
    assert after.rise("C1", "C") == []


def test_that_a_proposal_by_others_is_not_repeated():
    bench = Bench()
    bench.rise("T1", limit="HH", safety="toxic")
    proposal = events.CardIncidentProposed(reason="no_answer")
    bench.record.add(bench.cards["A"].id, proposal)
    bench.record.add("elsewhere", proposal)
    assert len(bench.rise("T2", limit="HH", safety="toxic")) == 1
