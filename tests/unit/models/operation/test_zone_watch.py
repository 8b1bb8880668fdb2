import msgspec
import pytest
from immutables import Map

from models.basics import LatLon, Wind
from models.hazard.ports import ZoneResult
from models.operation.situation import Situation, Zone
from models.operation.zone_watch import (
    WindTolerance,
    ZoneWatch,
    departure_reason,
    turn_deg,
    watched_zones,
)

T0_WIND = Wind(from_deg=350, speed_m_s=2.0, stability="E", source="mast-1")
S = 1_000_000


def _situation(*masts, **changes):
    result = ZoneResult(
        kind="model", model="plume", model_version="1", origin=LatLon(0, 0), levels=(), wind=T0_WIND
    )
    zone = Zone(id="Z", incident_id="I", result=result, drawn_us=0, event_id="e", **changes)
    return Situation(operation_id="op", zones=Map({"Z": zone}), masts=masts)


def _live(from_deg=350.0, speed=2.0, stability="E", source="mast-1", at_us=0):
    return Wind(
        from_deg=from_deg, speed_m_s=speed, stability=stability, source=source, observed_us=at_us
    )


@pytest.mark.parametrize(
    ("one", "other", "angle"), [(350, 20, 30), (20, 350, 30), (0, 180, 180), (90, 90, 0)]
)
def test_that_the_turn_is_the_shorter_way_round(one, other, angle):
    assert turn_deg(one, other) == angle


@pytest.mark.parametrize(
    ("live", "reason"),
    [
        (_live(from_deg=11), "turn:21"),
        (_live(from_deg=10), ""),
        (_live(speed=3.1), "speed:3.1"),
        (_live(speed=1.2), "speed:1.2"),
        (_live(speed=2.9), ""),
        (_live(stability="D"), "stability:D"),
    ],
)
def test_that_each_departure_is_named(live, reason):
    assert departure_reason(T0_WIND, live, WindTolerance()) == reason


def test_that_a_zone_goes_out_of_date_after_sixty_seconds_of_other_wind():
    watch = ZoneWatch()
    turned = _situation(_live(from_deg=40, at_us=10 * S))
    assert watch.due(turned, 10 * S) == []
    assert watch.due(turned, 69 * S) == []
    (departure,) = watch.due(turned, 70 * S)
    assert (departure.zone_id, departure.reason) == ("Z", "turn:50")


def test_that_a_rule_of_thumb_knows_no_stability():
    situation = _situation(_live(stability="B"))
    zone = situation.zones["Z"]
    table = msgspec.structs.replace(zone.result, kind="rule_of_thumb")
    situation = situation.with_(zones=Map({"Z": msgspec.structs.replace(zone, result=table)}))
    watch = ZoneWatch()
    assert watch.due(situation, 0) == []
    assert watch.due(situation, 100 * S) == []


def test_that_a_gust_that_passes_starts_the_minute_anew():
    watch = ZoneWatch()
    watch.due(_situation(_live(from_deg=40, at_us=0)), 0)
    watch.due(_situation(_live()), 30 * S)
    assert watch.due(_situation(_live(from_deg=40, at_us=50 * S)), 90 * S) == []


def test_that_a_wind_nobody_sees_for_a_while_does_not_start_the_minute_anew():
    watch = ZoneWatch()
    watch.due(_situation(_live(from_deg=40, at_us=0)), 0)
    assert watch.due(_situation(), 30 * S) == []
    (departure,) = watch.due(_situation(_live(from_deg=40, at_us=60 * S)), 60 * S)
    assert departure.zone_id == "Z"


def test_that_the_mast_of_the_zone_is_compared_and_no_average():
    other = _live(from_deg=90, source="mast-2")
    assert ZoneWatch().due(_situation(other, _live()), 100 * S) == []


@pytest.mark.parametrize(
    "changes", [{"out_of_date": "turn:50"}, {"withdrawn_us": 1}, {"replaced_by": "Y"}]
)
def test_that_settled_zones_are_left_alone(changes):
    assert ZoneWatch().due(_situation(_live(from_deg=90), **changes), 100 * S) == []


@pytest.mark.parametrize(
    "changes", [{"out_of_date": True}, {"withdrawn_us": 1}, {"replaced_by": "Y"}]
)
def test_that_only_zones_that_stand_are_watched(changes):
    assert [zone.id for zone in watched_zones(_situation())] == ["Z"]
    assert list(watched_zones(_situation(**changes))) == []


def test_that_a_wind_that_hovers_at_the_limit_has_not_come_back():
    watch = ZoneWatch()
    assert watch.due(_situation(_live(from_deg=12, at_us=0)), 0) == []
    assert watch.due(_situation(_live(from_deg=9, at_us=20 * S)), 20 * S) == []  # 19 degrees
    (departure,) = watch.due(_situation(_live(from_deg=12, at_us=60 * S)), 60 * S)
    assert departure.reason == "turn:22"
    watch = ZoneWatch()
    assert watch.due(_situation(_live(from_deg=12, at_us=0)), 0) == []
    assert watch.due(_situation(_live(from_deg=0, at_us=20 * S)), 20 * S) == []  # it is back
    assert watch.due(_situation(_live(from_deg=12, at_us=60 * S)), 60 * S) == []
