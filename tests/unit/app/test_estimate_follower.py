"""The estimate while somebody looks at it: anew every ten seconds, stoppable, never by itself."""

import pytest
from immutables import Map
from msgspec.structs import replace
from PySide6.QtCore import Signal

from app.commands import CommandRefusedError
from app.commands.estimate import AdoptEstimate
from app.desk import GatewayState
from app.estimate_follower import EVERY_US, EstimateFollower
from app.terrain import TerrainChooser
from app.zones import ESTIMATE, RateInput
from models.hazard.estimation.estimate import estimate_source
from models.hazard.estimation.ports import SourceEstimate
from models.times import SECOND_US
from tests.unit.app.gas_park import SOURCE, heard
from tests.unit.app.test_contours import at_once
from tests.unit.app.test_source_estimates import NOW_US, REFERENCE, incident, situation
from tests.unit.app.test_zone_renewal import OFFICER, _adopted, _Desk, _Done, _model, _zone


class _GasDesk(_Desk):
    ticked = Signal(object)

    def __init__(self):
        super().__init__(situation().with_(incidents=Map({"I1": incident()})), REFERENCE)
        self.clock.advance_to(NOW_US)
        self.gateway = GatewayState(connected=True, detail="")
        self.latest = heard().latest(NOW_US)
        self.replay = None
        self.refuses = None
        self.executed = []

    def trend(self, keys, from_us, to_us, _points):
        return _Done(heard().trend(keys, from_us, to_us))

    def execute(self, command):
        self.executed.append(command)
        return _Done((), self.refuses)

    def tick(self, by_us=SECOND_US):
        self.clock.advance_to(self.clock.now_us() + by_us)
        self.ticked.emit(self.clock.now_us())


class _Zones:
    def __init__(self):
        self.rates = []

    def set_rate(self, incident_id, rate):
        self.rates.append((incident_id, rate))


class _Threads:
    """Keeps what was asked of the thread until the test runs it."""

    def __init__(self):
        self.held = []

    def __call__(self, function):
        waiting = _Waiting()
        self.held.append((function, waiting))
        return waiting

    def run(self):
        function, waiting = self.held.pop(0)
        waiting.callback(at_once(function))


class _Waiting:
    def add_done_callback(self, callback):
        self.callback = callback


@pytest.fixture
def desk(qapp):
    del qapp
    return _GasDesk()


@pytest.fixture
def follow(desk):
    made = []

    def make(in_thread=at_once):
        zones = _Zones()
        follower = EstimateFollower(desk, zones, TerrainChooser(), in_thread, estimate_source)
        ended, found, told = [], [], []
        follower.ended.connect(lambda *args: ended.append(args))
        follower.estimated.connect(lambda _, each: found.append(each))
        follower.progressed.connect(lambda _, percent: told.append(percent))
        made.append(follower)
        return follower, zones, ended, found, told

    yield make
    for each in made:
        each.stop()


def test_that_one_look_gives_an_estimate_with_its_progress(follow):
    follower, _, ended, found, told = follow()
    follower.follow("I1")
    assert ended == [("I1", "")]
    (made,) = found
    assert isinstance(made, SourceEstimate)
    assert made.estimate.candidates[0].key == SOURCE
    assert follower.newest is made
    assert told == sorted(told)
    assert (told[0], told[-1], len(told) >= 6) == (0, 100, True)
    assert follower.percent("I1") is None


def test_that_it_is_asked_anew_every_ten_seconds_and_not_after_leaving(desk, follow):
    follower, _, _, found, _ = follow()
    desk.tick()
    assert found == []
    follower.follow("I1")
    desk.tick(EVERY_US - 1)
    assert len(found) == 1
    desk.tick(1)
    assert len(found) == 2
    assert found[1].made_us == NOW_US + SECOND_US + EVERY_US
    desk.replay = object()
    desk.tick(EVERY_US)
    assert len(found) == 2
    desk.replay = None
    follower.leave()
    desk.tick(EVERY_US)
    assert (len(found), follower.newest) == (2, None)


@pytest.mark.parametrize("steps", [0, 1])
def test_that_a_run_is_stopped_and_asks_no_more_by_itself(desk, follow, steps):
    threads = _Threads()
    follower, _, ended, found, _ = follow(threads)
    follower.follow("I1")
    assert follower.percent("I1") == 0
    assert follower.percent("I2") is None
    follower.follow("I1")  # one at a time
    for _ in range(steps):
        threads.run()
    assert len(threads.held) == 1
    follower.cancel()
    threads.run()
    assert (ended, found) == ([("I1", "cancelled")], [])
    desk.tick(EVERY_US)
    assert threads.held == []
    follower.follow("I1")
    assert len(threads.held) == 1
    follower.cancel()
    threads.run()
    follower.cancel()


def test_that_what_is_asked_of_another_incident_waits_for_the_thread(desk, follow):
    other = replace(incident(), id="I2")
    desk.live_situation = desk.live_situation.with_(
        incidents=desk.live_situation.incidents.set("I2", other)
    )
    threads = _Threads()
    follower, _, ended, found, _ = follow(threads)
    follower.follow("I1")
    follower.follow("I2")
    assert len(threads.held) == 1
    while threads.held:
        threads.run()
    assert ended == [("I2", "")]
    assert len(found) == 1


def test_that_one_who_comes_back_at_once_gets_a_run_of_their_own(follow):
    threads = _Threads()
    follower, _, ended, found, _ = follow(threads)
    follower.follow("I1")
    follower.leave()
    follower.follow("I1")
    assert follower.percent("I1") is None
    while threads.held:
        threads.run()
    assert ended == [("I1", "")]
    assert len(found) == 1


def test_that_a_run_is_stopped_in_the_middle_of_computing(follow):
    threads = _Threads()
    follower, _, ended, found, told = follow(threads)
    follower.follow("I1")
    threads.run()
    follower.progressed.connect(lambda _, percent: percent > 40 and follower.cancel())
    threads.run()
    assert (ended, found) == ([("I1", "cancelled")], [])
    assert max(told) < 100


def test_that_an_incident_that_closes_meanwhile_ends_it(desk, follow):
    threads = _Threads()
    follower, _, ended, _, _ = follow(threads)
    follower.follow("I1")
    desk.publish()
    assert ended == []
    desk.publish(incidents=Map({"I1": incident(closed_us=5)}))
    assert ended == [("I1", "closed")]
    threads.run()
    assert len(ended) == 1
    follower.follow("I1")
    assert ended[1:] == [("I1", "closed")]
    follower.follow("I9")
    assert ended[2:] == [("I9", "closed")]


def test_that_an_incident_that_goes_between_two_steps_ends_it(desk, follow):
    threads = _Threads()
    follower, _, ended, _, _ = follow(threads)
    follower.follow("I1")
    desk.live_situation = desk.live_situation.with_(incidents=Map())
    threads.run()
    assert ended == [("I1", "cancelled")]
    assert threads.held == []


def test_that_what_is_missing_is_named_and_asked_again(desk, follow):
    follower, _, ended, found, _ = follow()
    winds, desk.live_situation = desk.live_situation.masts, desk.live_situation.with_(masts=())
    follower.follow("I1")
    assert ended == [("I1", "no_wind")]
    desk.publish(masts=winds)
    desk.tick(EVERY_US)
    assert (ended[1:], len(found)) == ([("I1", "")], 1)


def test_that_a_history_that_fails_leaves_what_is_read_now(desk, follow):
    desk.trend = lambda *_: _Done(error=OSError("gone"))
    follower, _, _, found, _ = follow()
    follower.follow("I1")
    (made,) = found
    assert made.seen.earlier == ()
    assert "no_history" in {each.code for each in made.warnings}


def test_that_an_error_is_told(desk, follow):
    follower, _, ended, _, _ = follow(lambda _: _Done(error=ValueError("wind: senseless")))
    follower.follow("I1")
    assert ended == [("I1", "wind: senseless")]


def test_that_nothing_begins_after_the_end(follow):
    follower, _, ended, _, _ = follow()
    follower.stop()
    follower.follow("I1")
    assert ended == []


def test_that_an_estimate_taken_draws_a_zone_beside_one_that_stands_on(desk, follow):
    follower, zones, _, found, _ = follow()
    follower.follow("I1")
    follower.adopt("I1", found[0], 2.0, SOURCE, "")
    (command,) = desk.executed
    assert isinstance(command, AdoptEstimate)
    assert (command.source_key, command.release_kg_s) == (SOURCE, 2.0)
    assert zones.rates == []  # the fold doesn't have it yet
    taken = incident(source_estimate=_adopted())
    desk.publish(incidents=Map({"I1": taken}), zones=Map({"Z1": _zone("Z1", _model(OFFICER))}))
    assert zones.rates == [("I1", RateInput(2.0, 600.0, 2.0, ESTIMATE, assumed=True))]
    desk.publish()
    assert len(zones.rates) == 1


def test_that_where_no_zone_stands_the_zones_follow_by_themselves(desk, follow):
    follower, zones, _, found, _ = follow()
    follower.follow("I1")
    follower.adopt("I1", found[0], 2.0, SOURCE, "")
    old = _zone("Z1", _model(OFFICER), out_of_date="moved:80")
    taken = incident(source_estimate=_adopted())
    by_hand = _zone("H", replace(_model(OFFICER), kind="drawn"))
    desk.publish(incidents=Map({"I1": taken}), zones=Map({"Z1": old, "H": by_hand}))
    assert zones.rates == []


def test_that_a_refusal_and_a_closed_incident_draw_nothing(desk, follow):
    follower, zones, _, found, _ = follow()
    follower.follow("I1")
    desk.refuses = CommandRefusedError("incident_closed")
    follower.adopt("I1", found[0], 2.0, SOURCE, "")
    desk.publish(incidents=Map({"I1": incident(source_estimate=_adopted())}))
    desk.refuses = None
    follower.adopt("I1", found[0], 2.0, SOURCE, "")
    desk.publish(incidents=Map({"I1": incident(closed_us=5)}))
    assert zones.rates == []
