"""Contours of probability: from the mast's last minutes, beside the zone, stoppable."""

import math

import pytest
from immutables import Map
from msgspec.structs import replace

from app.apart import ApartFailedError
from app.commands import CommandRefusedError
from app.commands.zone import DrawContours
from app.contour_follower import ContourFollower
from app.contours import (
    compute_contours,
    contour_order,
    contours_apart,
    measured_of,
)
from app.desk import TrendData
from app.point_courses import newest_case
from app.zones import compute_zone, recorded_rate
from models.basics import LatLon, Name
from models.operation.situation import Situation, Zone
from models.registry.kinds import Receptor, Tag
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.app.test_zone_renewal import (
    HERE,
    NOW_US,
    OFFICER,
    RURAL,
    TURNED,
    WIND,
    _Desk,
    _Done,
)
from tests.unit.app.test_zone_renewal import (
    INCIDENT as CHLORINE,
)

INCIDENT = replace(CHLORINE, substance="carbon monoxide", cas="")  # a plume: quick
TAGS = {
    key: Tag(key=key, name=Name(en=key), quantity=quantity, position=HERE)
    for key, quantity in (("WS-M1", "wind_speed"), ("WD-M1", "wind_direction"))
}


def curves(spread_deg: float, count: int = 60, quality: int = 0) -> tuple[TrendData, TrendData]:
    times = [NOW_US - (count - i) * 10_000_000 for i in range(count)]
    speed = TrendData(
        "WS-M1", times, [3.0 + 0.3 * (i % 3) for i in range(count)], [quality] * count
    )
    degrees = [90.0 + spread_deg * math.sin(i) for i in range(count)]
    return speed, TrendData("WD-M1", times, degrees, [quality] * count)


class _TrendDesk(_Desk):
    def __init__(self, situation, reference, found):
        super().__init__(situation, reference)
        self.found, self.asked = found, []

    def trend(self, keys, from_us, to_us, _points):
        self.asked.append((keys, to_us - from_us))
        return _Done(self.found)


def _zone(zone_id="Z1", wind=WIND, **more) -> Zone:
    result = compute_zone(
        INCIDENT, OFFICER, wind, SmallReference({}), now_us=NOW_US, utc_offset_h=8.0, terrain=RURAL
    )
    return Zone(id=zone_id, incident_id="I1", result=result, drawn_us=1, event_id="e", **more)


@pytest.fixture
def desk(qapp):
    far = Receptor(
        key="V1", name=Name(en="V"), type="village", position=LatLon(30.0, 119.99), people_day=7
    )
    reference = SmallReference({Tag.KIND: TAGS, Receptor.KIND: {"V1": far}})
    now = Situation(operation_id="op").with_(
        incidents=Map({"I1": INCIDENT}), zones=Map({"Z1": _zone()})
    )
    return _TrendDesk(now, reference, curves(30.0))


def at_once(function):
    try:
        return _Done(function())
    except Exception as error:
        return _Done(error=error)


def follower_of(desk, in_thread=at_once, contours=compute_contours):
    follower = ContourFollower(desk, in_thread, contours, settle_ms=0)
    ended: list[tuple[str, str]] = []
    follower.ended.connect(lambda *args: ended.append(args))
    return follower, ended


def input_of(result, name):
    return next(each for each in result.inputs if each.name == name)


def test_that_the_contours_scatter_as_the_mast_did_and_leave_the_zone(desk):
    before = desk.live_situation.zones["Z1"].result
    follower, ended = follower_of(desk)
    follower.begin("I1")
    (command,) = desk.drawn
    assert isinstance(command, DrawContours)
    assert desk.asked == [(("WS-M1", "WD-M1"), 600_000_000)]
    assert command.zone_id == "Z1"
    assert {level.probability for level in command.result.levels} >= {0.05, 0.5}
    turn = input_of(command.result, "direction_sd")
    assert (turn.assumed, turn.source.startswith("60 readings")) == (False, True)
    assert turn.value == pytest.approx(21, abs=2)
    assert ended == [("I1", "")]
    assert desk.live_situation.zones["Z1"].result == before
    drawn = desk.live_situation.zones.set(
        "Z1", replace(desk.live_situation.zones["Z1"], contours=command.result)
    )
    with_contours = desk.live_situation.with_(zones=drawn)
    assert recorded_rate(with_contours, "I1") == recorded_rate(desk.live_situation, "I1")
    follower.stop()


def test_that_the_same_seed_gives_the_same_contours(desk):
    follower, _ = follower_of(desk)
    follower.begin("I1")
    follower.begin("I1")
    assert desk.drawn[0].result == desk.drawn[1].result
    follower.stop()


@pytest.mark.parametrize("found", [(), curves(30.0, quality=2), curves(30.0, count=5)])
def test_that_without_good_readings_the_table_is_taken_and_said_to_be_assumed(desk, found):
    desk.found = found
    follower, _ = follower_of(desk)
    follower.begin("I1")
    assert input_of(desk.drawn[0].result, "direction_sd").assumed
    follower.stop()


def test_that_readings_far_apart_in_time_are_no_pair():
    speed, direction = curves(10.0)
    late = TrendData("WS-M1", [t + 3_600_000_000 for t in speed.times_us], speed.values,
                     speed.qualities)  # fmt: skip
    assert measured_of(late, direction) is None
    assert measured_of(speed, direction).readings == 60


def test_that_a_zone_without_a_mast_of_its_own_asks_for_no_history(desk):
    desk.live_situation = desk.live_situation.with_(
        zones=Map({"Z1": _zone(wind=replace(WIND, source="by hand"))})
    )
    follower, _ = follower_of(desk)
    follower.begin("I1")
    assert desk.asked == []
    assert len(desk.drawn) == 1
    follower.stop()


def test_that_without_a_model_s_zone_it_says_so(desk):
    desk.live_situation = desk.live_situation.with_(zones=Map())
    follower, ended = follower_of(desk)
    follower.begin("I1")
    assert ended == [("I1", "no_zone")]
    follower.stop()


def test_that_each_zone_of_an_open_incident_gets_its_contours_by_itself_and_once(desk, qtbot):
    follower, ended = follower_of(desk)
    desk.publish()
    desk.publish()
    assert desk.drawn == []  # it settles first
    qtbot.waitUntil(lambda: ended == [("I1", "")])
    (first,) = desk.drawn
    assert (first.zone_id, first.only_if_none) == ("Z1", True)
    desk.publish()
    assert not follower._settle.isActive()  # tried
    old = replace(_zone(), out_of_date="turn:90", contours=first.result)
    desk.publish(zones=Map({"Z1": old, "Z2": _zone("Z2", TURNED)}))
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert desk.drawn[1].zone_id == "Z2"
    follower.stop()


@pytest.mark.parametrize(
    "lacks_nothing",
    [
        {"incidents": Map({"I1": replace(INCIDENT, closed_us=5)})},
        {"incidents": Map({"I1": replace(INCIDENT, merged_into="I0")})},
        {"zones": Map({"Z1": replace(_zone(), contours=_zone().result)})},
        {"zones": Map({"Z1": replace(_zone(), result=replace(_zone().result, inputs=()))})},
    ],
    ids=["closed", "merged", "has its contours", "no release"],
)
def test_that_nothing_is_begun_where_no_contours_lack(desk, lacks_nothing):
    follower, _ = follower_of(desk)
    desk.publish(**lacks_nothing)
    assert not follower._settle.isActive()
    follower.stop()


def test_that_contours_nobody_asked_for_say_once_that_they_failed(desk, qtbot):
    follower, ended = follower_of(desk, lambda _: _Done(error=ValueError("no sigma")))
    desk.publish()
    qtbot.waitUntil(lambda: ended == [("I1", "no sigma")])
    desk.publish(zones=Map({"Z2": _zone("Z2", TURNED)}))
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert desk.said == [("contours_not_computed", "no sigma")]
    follower.stop()


def test_that_a_run_is_stopped_between_two_members(desk):
    held = []
    follower, ended = follower_of(desk, lambda function: held.append(function) or _Never())
    follower.begin("I1")
    assert follower.percent("I1") == 0
    follower.begin("I1")  # one at a time
    assert len(held) == 1
    follower.cancel("I1")
    follower._on_computed(desk.live_situation.zones["Z1"], False, at_once(held[0]))
    assert ended == [("I1", "cancelled")]
    assert follower.percent("I1") is None
    assert desk.drawn == []
    follower.stop()


def test_that_an_error_is_told(desk):
    def fail(_function):
        return _Done(error=ValueError("release_kg_s: senseless"))

    follower, ended = follower_of(desk, fail)
    follower.begin("I1")
    assert ended == [("I1", "release_kg_s: senseless")]
    follower.stop()
    follower.begin("I1")
    assert len(ended) == 1


@pytest.mark.parametrize(("error", "said"), [(OSError("disk"), 1), (CommandRefusedError("x"), 0)])
def test_that_what_could_not_be_stored_is_said(desk, error, said):
    desk.execute_as = lambda *_: _Done(error=error)
    follower, ended = follower_of(desk)
    follower.begin("I1")
    assert len(desk.said) == said
    assert ended[0][1] != ""
    follower.stop()


class _Never:
    def add_done_callback(self, _callback):
        """Stay open."""


def test_that_a_dense_cloud_tells_how_far_it_is(desk):
    dense = desk.live_situation.with_(incidents=Map({"I1": CHLORINE}), zones=Map({"Z1": _zone()}))
    desk.live_situation = dense
    follower, _ = follower_of(desk)
    told: list[int] = []
    follower.progressed.connect(lambda _, percent: told.append(percent))
    follower.begin("I1")
    assert told == sorted(told)
    assert len(told) > 50
    follower.stop()


def order_of(desk):
    case = newest_case(desk.live_situation, desk.live_situation.incidents["I1"])
    return contour_order(case, desk.live_reference, None, now_us=NOW_US, utc_offset_h=8.0)


def test_that_the_other_process_finds_what_this_one_would(desk):
    shares: list[float] = []
    order = order_of(desk)
    assert contours_apart(order, shares.append) == compute_contours(order, shares.append)
    assert shares[:1] == [0.0]  # it was looked at while it ran


def test_that_the_other_process_says_what_makes_no_sense(desk):
    order = order_of(desk)
    wrong = replace(order, release=replace(order.release, release_kg_s=-1.0))
    with pytest.raises(ApartFailedError, match="release_kg_s"):
        contours_apart(wrong, lambda _: None)


def test_that_a_run_nobody_wants_is_ended_in_its_process(desk):
    dense = desk.live_situation.with_(incidents=Map({"I1": CHLORINE}), zones=Map({"Z1": _zone()}))
    desk.live_situation = dense
    shares: list[float] = []

    def stop_at_the_third(share):
        shares.append(share)
        if share >= 0.03:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        contours_apart(order_of(desk), stop_at_the_third)
    assert shares[-1] < 0.5


def test_that_a_process_that_dies_is_a_failure(desk, monkeypatch):
    monkeypatch.setattr("app.contours.MODULE", "no.such.module")
    with pytest.raises(ApartFailedError, match="ended with code 1"):
        contours_apart(order_of(desk), lambda _: None)
