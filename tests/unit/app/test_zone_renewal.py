"""Zones are renewed by what is on record, and only where that is needed."""

from dataclasses import replace as replace_rate

import pytest
from immutables import Map
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.clock import ManualClock
from app.commands import CommandRefusedError
from app.terrain import TerrainChooser
from app.zone_follower import ZoneFollower
from app.zones import ESTIMATE, RateInput, compute_zone, estimated_rate, recorded_rate
from models.basics import LatLon, Name, Wind
from models.hazard.isolation import isolation_zone
from models.hazard.terrain import Terrain
from models.operation.situation import (
    AdoptedEstimate,
    Changes,
    Incident,
    Published,
    Situation,
    Zone,
)
from models.registry.kinds import HazardSource, ReleaseScenario
from tests.unit.app.commands.conftest import SmallReference

NOW_US = 1_800_000_000_000_000
HERE = LatLon(30.0, 120.0)
WIND = Wind(from_deg=90.0, speed_m_s=3.0, stability="D", source="M1", observed_us=NOW_US)
TURNED = replace(WIND, from_deg=180.0)
RURAL = Terrain(name="rural", source="setting")
STORED = RateInput(0.5, 1800.0, 1.0, "scenario small", assumed=False)
OFFICER = RateInput(5.0, 600.0, 2.0, "officer", assumed=True)


class _Done:
    def __init__(self, result=None, error=None):
        self._result, self._error = result, error

    def add_done_callback(self, callback):
        callback(self)

    def cancelled(self):
        return False

    def exception(self):
        return self._error

    def result(self):
        return self._result


class _Desk(QObject):
    live_published = Signal(object)
    utc_offset_h = 8.0

    def __init__(self, situation, reference):
        super().__init__()
        self.live_situation, self.live_reference = situation, reference
        self.clock = ManualClock(NOW_US)
        self.drawn, self.said = [], []

    def in_worker(self, function):
        try:
            return _Done(function())
        except ValueError as error:
            return _Done(error=error)

    def execute_as(self, _actor, command):
        self.drawn.append(command)
        return _Done(())

    def say(self, _severity, code, detail=""):
        self.said.append((code, detail))

    def publish(self, **changes):
        self.live_situation = self.live_situation.with_(**changes)
        published = Published(situation=self.live_situation, changes=Changes(full=True))
        self.live_published.emit(published)


INCIDENT = Incident(
    id="I1", number="N", title=Name(), incident_kind="toxic_leak", place=Name(), position=HERE,
    hazard_source_key="S", enterprise_key="E", substance="chlorine", cas="7782-50-5",
    wind=(WIND,), opened_us=1, happened_us=None, event_id="e",
)  # fmt: skip


def _reference(scenarios=True, rate=0.5):
    small = ReleaseScenario(key="small", name=Name(), release_kg_s=rate, duration_s=1800.0)
    source = HazardSource(key="S", name=Name(), scenarios=(small,) if scenarios else ())
    return SmallReference({"hazard-sources": {"S": source}, "receptors": {}})


def _zone(key, result, drawn_us=1, **more):
    return Zone(id=key, incident_id="I1", result=result, drawn_us=drawn_us, event_id=key, **more)


def _model(rate):
    reference = _reference()
    return compute_zone(
        INCIDENT, rate, WIND, reference, now_us=NOW_US, utc_offset_h=8.0, terrain=RURAL
    )


def _thumb(kind="fire"):
    return isolation_zone(
        position=HERE, substance="", cas="", incident_kind=kind, wind=WIND, now_us=NOW_US
    )


@pytest.fixture
def build(qapp):
    del qapp
    made = []

    def make(incident=INCIDENT, *, scenarios=True, zones=()):
        situation = Situation(
            operation_id="op", masts=(WIND,), incidents=Map({"I1": incident}),
            zones=Map({zone.id: zone for zone in zones}),
        )  # fmt: skip
        desk = _Desk(situation, _reference(scenarios))
        made.append((desk, ZoneFollower(desk, TerrainChooser())))
        return made[-1]

    return make


def _rate_of(command):
    return next(i for i in command.result.inputs if i.name == "release_rate")


def test_that_a_turned_wind_keeps_the_rate_on_record_on_every_desk(build):
    older = _zone("Z1", _model(STORED), 1, out_of_date="turn:90")
    newer = _zone("Z2", _model(OFFICER), 2, out_of_date="turn:90")
    desk, _ = build(zones=(older, newer))  # another desk, or this one after a restart
    desk.publish(masts=(TURNED,))
    (command,) = desk.drawn
    rate = _rate_of(command)
    assert (rate.value, rate.assumed, rate.source) == (5.0, True, "officer")


def test_that_a_withdrawn_zone_and_one_without_a_rate_give_no_rate():
    gone = _zone("Z1", _model(OFFICER), 2, withdrawn_us=5)
    situation = Situation(operation_id="op", zones=Map({"Z1": gone, "Z2": _zone("Z2", _thumb())}))
    assert recorded_rate(situation, "I1") is None
    kept = situation.with_(zones=situation.zones.set("Z1", replace(gone, withdrawn_us=None)))
    assert recorded_rate(kept, "I1") == OFFICER
    assert recorded_rate(kept, "I9") is None


def test_that_a_rule_of_thumb_is_renewed_where_there_is_no_model(build):
    fire = replace(INCIDENT, incident_kind="fire", substance="", cas="")
    desk, _ = build(fire, zones=(_zone("Z1", _thumb(), out_of_date="turn:90"),))
    desk.publish(masts=(TURNED,))
    (command,) = desk.drawn
    assert command.only_if_none
    assert (command.result.kind, command.result.wind) == ("rule_of_thumb", TURNED)


def test_that_a_rule_of_thumb_that_holds_is_left_alone(build):
    fire = replace(INCIDENT, incident_kind="fire", substance="", cas="")
    old = _zone("Z1", _thumb(), out_of_date="turn:90")
    for zones in ((_zone("Z2", _thumb()),), (old, _zone("Z2", _thumb())), ()):
        desk, _ = build(fire, zones=zones)
        desk.publish(masts=(TURNED,))
        assert desk.drawn == []
    desk, _ = build(replace(fire, position=None), zones=(old,))
    desk.publish(masts=(TURNED,))
    assert desk.drawn == []


def test_that_a_rule_of_thumb_is_left_alone_beside_a_model(build):
    old = _zone("Z1", _thumb("toxic_leak"), out_of_date="turn:90")
    desk, _ = build(zones=(old, _zone("Z2", _model(STORED))))
    desk.publish(masts=(TURNED,))
    assert desk.drawn == []


@pytest.mark.expect_log("no zone for incident I1")
def test_that_a_model_that_fails_leaves_the_rule_of_thumb(build):
    desk, _ = build(zones=(_zone("Z1", _thumb("toxic_leak"), out_of_date="turn:90"),))
    desk.live_reference = _reference(rate=0.0)
    desk.publish(masts=(TURNED,))
    assert [command.result.kind for command in desk.drawn] == ["rule_of_thumb"]
    assert len(desk.said) == 1


@pytest.mark.expect_log("no zone for incident I1")
def test_that_the_same_failure_is_said_once_however_often_the_wind_is_told(build):
    desk, follower = build()
    follower.set_rate("I1", RateInput(0.0, 600.0, 1.0, "officer", assumed=True))
    for minute in range(5):
        desk.publish(masts=(replace(WIND, observed_us=NOW_US + minute),))
    assert len(desk.said) == 1
    follower.set_rate("I1", RateInput(0.0, 600.0, 1.0, "officer", assumed=True))
    assert len(desk.said) == 2  # asked again by hand: answered again


def _adopted(rate=2.0, at_us=5, source=None):
    return AdoptedEstimate(
        estimate=source, release_kg_s=rate, position=HERE, source_key="S", at_us=at_us, by="x",
        event_id="e",
    )  # fmt: skip


def test_that_an_estimate_that_was_taken_gives_the_rate_until_a_zone_follows_it():
    reference = _reference()
    taken = replace(INCIDENT, source_estimate=_adopted())

    def rate(*zones, incident=taken, rows=reference):
        now = Situation(operation_id="op", zones=Map({zone.id: zone for zone in zones}))
        return estimated_rate(now, incident, rows)

    assert rate(incident=INCIDENT) is None
    assert rate() == RateInput(2.0, 1800.0, 1.0, ESTIMATE, assumed=True)
    assert rate(rows=_reference(scenarios=False)) == rate()
    before = _zone("Z1", _model(OFFICER), 3)
    assert rate(before) == RateInput(2.0, 600.0, 2.0, ESTIMATE, assumed=True)
    followed = RateInput(2.0, 600.0, 2.0, ESTIMATE, assumed=True)
    assert rate(before, _zone("Z2", _model(followed), 5)) is None
    assert rate(before, _zone("Z2", _model(OFFICER), 6)) is None  # an officer's rate came later


def test_that_zones_of_another_place_are_followed_by_one_at_the_estimated_rate(build):
    old = _zone("Z1", _model(OFFICER), 3, out_of_date="moved:80")
    desk, _ = build(replace(INCIDENT, source_estimate=_adopted()), zones=(old,))
    desk.publish()
    (command,) = desk.drawn
    rate = _rate_of(command)
    assert (rate.value, rate.source, rate.assumed) == (2.0, ESTIMATE, True)
    assert command.only_if_none


def _elsewhere(*scenarios):
    rows = tuple(
        ReleaseScenario(key=key, name=Name(), release_kg_s=rate, duration_s=900.0)
        for key, rate in scenarios
    )
    other = HazardSource(key="T", name=Name(), scenarios=rows)
    return SmallReference({"hazard-sources": {"T": other}, "receptors": {}})


@pytest.mark.parametrize(("scenarios", "recorded", "told"), [
    ((("small", 7.0),), STORED, (7.0, "scenario small", True)),
    ((("leak", 3.0), ("small", 7.0)), STORED, (7.0, "scenario small", True)),
    ((("leak", 3.0),), STORED, (3.0, "scenario leak", True)),
    ((), STORED, (0.5, "scenario small", True)),
    ((("small", 7.0),), OFFICER, (5.0, "officer", True)),
])  # fmt: skip
def test_that_the_rate_of_another_source_isnt_taken_for_this_one(build, scenarios, recorded, told):
    desk, _ = build(zones=(_zone("Z1", _model(recorded), out_of_date="moved:300"),))
    desk.live_reference = _elsewhere(*scenarios)
    desk.publish(incidents=Map({"I1": replace(INCIDENT, hazard_source_key="T")}))
    (command,) = desk.drawn
    rate = _rate_of(command)
    assert (rate.value, rate.source, rate.assumed) == told


def test_that_the_officers_ground_holds_at_another_source(build):
    urban = replace_rate(STORED, terrain="urban")
    old = compute_zone(
        INCIDENT, urban, WIND, _reference(), now_us=NOW_US, utc_offset_h=8.0,
        terrain=Terrain(name="urban", source="officer"),
    )  # fmt: skip
    desk, _ = build(zones=(_zone("Z1", old, out_of_date="moved:300"),))
    desk.live_reference = _elsewhere(("small", 7.0))
    desk.publish(incidents=Map({"I1": replace(INCIDENT, hazard_source_key="T")}))
    inputs = {each.name: each for each in desk.drawn[0].result.inputs}
    assert (inputs["release_rate"].value, inputs["terrain"].source) == (7.0, "officer")


@pytest.mark.parametrize("lacking", [{"masts": ()}, {"incidents": Map()}])
def test_that_an_entered_rate_waits_for_what_it_lacks_beside_a_zone_that_holds(build, lacking):
    desk, follower = build(zones=(_zone("Z1", _model(STORED)),))
    desk.live_situation = desk.live_situation.with_(**lacking)
    follower.set_rate("I1", OFFICER)
    assert desk.drawn == []
    desk.publish(masts=(WIND,), incidents=Map({"I1": INCIDENT}))
    (command,) = desk.drawn
    assert (_rate_of(command).value, command.only_if_none) == (5.0, False)
    desk.publish(masts=(TURNED,))
    assert len(desk.drawn) == 1  # once


def test_that_an_entered_rate_waits_while_no_zone_is_guessed(build):
    desk, follower = build(replace(INCIDENT, position=None))
    follower.set_rate("I1", OFFICER)
    desk.publish(masts=(TURNED,))
    assert desk.drawn == []
    desk.publish(incidents=Map({"I1": INCIDENT}))
    assert (_rate_of(desk.drawn[0]).value, desk.drawn[0].only_if_none) == (5.0, False)


def test_that_an_entered_rate_that_was_refused_is_drawn_at_the_new_place(build):
    desk, follower = build(zones=(_zone("Z1", _model(STORED)),))
    keep = desk.execute_as
    desk.execute_as = lambda *_: _Done(error=CommandRefusedError("zone_of_old_place"))
    follower.set_rate("I1", OFFICER)
    desk.execute_as = keep
    desk.publish()
    assert desk.drawn == []
    desk.publish(incidents=Map({"I1": replace(INCIDENT, position=LatLon(30.01, 120.0))}))
    assert [_rate_of(command).value for command in desk.drawn] == [5.0]


def test_that_an_estimate_taken_later_ends_an_entered_rates_waiting(build):
    desk, follower = build(zones=(_zone("Z1", _model(STORED), out_of_date="turn:90"),))
    desk.live_situation = desk.live_situation.with_(masts=())
    follower.set_rate("I1", OFFICER)
    taken = replace(INCIDENT, source_estimate=_adopted(at_us=NOW_US + 1))
    desk.publish(masts=(WIND,), incidents=Map({"I1": taken}))
    assert [_rate_of(command).value for command in desk.drawn] == [2.0]


def test_that_the_zone_of_an_incident_that_became_part_of_another_follows_the_wind(build):
    lead = replace(INCIDENT, id="I0", incident_kind="other", substance="", absorbed=("I1",))
    both = Map({"I0": lead, "I1": replace(INCIDENT, merged_into="I0")})
    desk, _ = build(zones=(_zone("Z1", _model(STORED), out_of_date="turn:90"),))
    desk.publish(incidents=both, masts=(TURNED,))
    (command,) = desk.drawn
    assert (command.incident_id, command.only_if_none) == ("I1", True)
    assert command.result.wind == TURNED
    for zone in (_zone("Z1", _model(STORED)), _zone("Z1", _model(STORED), withdrawn_us=5)):
        desk, _ = build(zones=(zone,))
        desk.publish(incidents=both, masts=(TURNED,))
        assert desk.drawn == []


@pytest.mark.parametrize(("source", "assumed"), [(ESTIMATE, True), ("officer", False)])
def test_that_detectors_dont_stand_for_how_long_and_how_high(source, assumed):
    inputs = {each.name: each for each in _model(replace_rate(OFFICER, source=source)).inputs}
    assert inputs["release_rate"].source == source
    for name in ("duration", "release_height"):
        assert inputs[name].assumed is assumed
        assert inputs[name].source != ESTIMATE
    assert inputs["duration"].value == 600.0


def test_that_a_rate_waits_for_the_wind_that_was_entered_with_it(build):
    desk, follower = build(zones=(_zone("Z1", _model(STORED)),))
    follower.set_rate("I1", OFFICER, wind_since_us=NOW_US + 1)
    desk.publish()
    assert desk.drawn == []  # the wind of before isn't what the officer said
    said = replace(TURNED, observed_us=NOW_US + 1)
    desk.publish(masts=(said,))
    (command,) = desk.drawn
    assert (_rate_of(command).value, command.result.wind) == (5.0, said)
