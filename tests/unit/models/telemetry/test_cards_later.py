"""Cards after their incident ended, floods whose origin fell silent, restarts in between."""

from models.basics import Name
from models.operation.events import card as events
from models.operation.events.alarm import AlarmAcknowledged, AlarmReturned
from models.operation.events.incident import (
    IncidentClosed,
    IncidentOpened,
    IncidentsMerged,
    IncidentsSplit,
)
from models.operation.events.operation import NoteWritten
from models.telemetry.cards import CardLogic
from models.telemetry.surroundings import Surroundings
from tests.unit.models.telemetry.build import Record, tag
from tests.unit.models.telemetry.test_cards import MINUTE, PERMITS, SOURCES, Bench, _flood


def _turn_into_incident(bench, incident_id="I", source="A"):
    card_id = bench.cards[source].id
    opened = IncidentOpened(
        number=incident_id, title=Name(), incident_kind="toxic_leak", place=Name(),
        card_ids=(card_id,),
    )  # fmt: skip
    bench.record.add(incident_id, opened)
    bench.record.add(card_id, events.CardClosed(reason="incident", incident_id=incident_id))


def test_that_an_alarm_after_its_incident_was_closed_opens_a_new_card():
    bench = Bench()
    bench.rise("T1")
    _turn_into_incident(bench)
    assert isinstance(bench.rise("T2", after=MINUTE)[0], events.CardJoined)
    bench.record.add("I", IncidentClosed(reason="false alarm"))
    assert isinstance(bench.rise("T1", after=MINUTE)[0], events.CardOpened)


def test_that_this_holds_for_what_was_merged_and_not_for_what_was_split_off():
    bench = Bench()
    bench.rise("T1")
    _turn_into_incident(bench)
    bench.rise("X", "C")
    _turn_into_incident(bench, "J", "C")
    bench.record.add("K", IncidentsMerged(absorbed_incident_id="I", reason="one"))
    bench.record.add("K", IncidentsMerged(absorbed_incident_id="J", reason="one"))
    bench.record.add("K", IncidentsSplit(restored_incident_id="J", reason="two"))
    bench.record.add("K", IncidentClosed(reason="over"))
    assert isinstance(bench.rise("T2")[0], events.CardOpened)
    assert isinstance(bench.rise("Y", "C")[0], events.CardJoined)


def test_that_a_restart_does_not_join_a_closed_incident_s_card():
    bench = Bench()
    bench.rise("T1")
    _turn_into_incident(bench)
    bench.record.add("I", IncidentClosed(reason="false alarm"))
    bench.logic = CardLogic(Surroundings(SOURCES, PERMITS), "again")
    bench.logic.restore(bench.record.situation)
    bench.record = Record(bench.logic)
    assert isinstance(bench.rise("T2", after=MINUTE)[0], events.CardOpened)


def test_that_a_restart_still_knows_of_a_merge():
    bench = Bench()
    bench.rise("T1")
    _turn_into_incident(bench)
    bench.record.add("K", IncidentOpened(
        number="K", title=Name(), incident_kind="toxic_leak", place=Name()
    ))  # fmt: skip
    bench.record.add("K", IncidentsMerged(absorbed_incident_id="I", reason="one"))
    situation = bench.record.situation
    bench.logic = CardLogic(Surroundings(SOURCES, PERMITS), "again")
    bench.logic.restore(situation)
    bench.record.listeners = (bench.logic,)
    bench.record.add("K", IncidentClosed(reason="over"))
    assert isinstance(bench.rise("T2", after=MINUTE)[0], events.CardOpened)


def test_that_a_flood_goes_on_when_its_origin_fell_silent():
    bench = Bench()
    _flood(bench, 30)
    for i in range(12):  # the origin's alarms leave the window; others keep the flood up
        bench.rise(f"N{i}", f"elsewhere {i}", after=MINUTE)
    assert isinstance(bench.rise("LAST", "B", after=1)[0], events.CardOpened)


def test_that_after_a_restart_in_a_flood_what_kills_still_gets_its_own_card():
    bench = Bench()
    _flood(bench, 40)
    bench.logic = CardLogic(Surroundings(SOURCES, PERMITS), "again")
    bench.logic.restore(bench.record.situation)
    bench.record.listeners = (bench.logic,)
    assert isinstance(bench.rise("X", "POWER", safety="fire")[0], events.CardOpened)


def test_that_after_a_restart_in_a_flood_of_one_source_what_kills_still_gets_its_own_card():
    bench = Bench()
    for i in range(15):
        bench.rise(f"F{i}", "A", priority=3, after=1)
    (flood,) = bench.cards.values()
    bench.logic = CardLogic(Surroundings(SOURCES, PERMITS), "again")
    bench.logic.restore(bench.record.situation)
    bench.record.listeners = (bench.logic,)
    assert isinstance(bench.rise("X", "A", safety="man_down")[0], events.CardOpened)
    (joined,) = bench.rise("F15", "A", priority=3)
    assert joined.alarm_id in bench.record.situation.cards[flood.id].alarm_ids


def test_that_a_restart_goes_on_folding_a_flood_that_is_ebbing():
    bench = Bench()
    _flood(bench, 12)
    bench.rise("TQ", "POWER", after=8 * MINUTE)
    for i in range(12, 17):  # six are left of the window when the gateway starts again
        bench.rise(f"F{i}", f"U{i}", after=1)
    bench.now += 3 * MINUTE
    bench.record.add("note", NoteWritten(text="time goes on"), at_us=bench.now)
    bench.logic = CardLogic(Surroundings(SOURCES, PERMITS), "again")
    bench.logic.restore(bench.record.situation)
    bench.record.listeners = (bench.logic,)
    (joined,) = bench.rise("F20", "U20")
    assert isinstance(joined, events.CardJoined)


def _restarted(bench, *tags):
    bench.logic = CardLogic(Surroundings(SOURCES, PERMITS, tags), "again")
    bench.logic.restore(bench.record.situation)
    bench.record.listeners = (bench.logic,)


def _over(bench, alarm_key):
    bench.record.add(alarm_key, AlarmAcknowledged(), bench.now)
    bench.record.add(alarm_key, AlarmReturned(value=0.0), bench.now)


def test_that_after_a_restart_a_flood_does_not_fold_what_killed_and_is_over():
    bench = Bench()
    bench.rise("G", "U3", limit="HH", safety="toxic")
    bench.rise("P", "U4")
    for alarm_key in ("G/HH", "P/H"):
        _over(bench, alarm_key)
    _restarted(bench, tag("G", safety="toxic"), tag("P"))
    _flood(bench, 40)
    assert set(bench.cards) == {"POWER", "U3"}


def test_that_after_a_restart_the_second_detector_is_the_second_though_the_first_is_over():
    bench = Bench()
    bench.rise("T1", limit="HH", safety="toxic")
    _over(bench, "T1/HH")
    _restarted(bench)
    _joined, proposed = bench.rise("T2", limit="HH", safety="toxic")
    assert proposed.reason == "second_detector"
