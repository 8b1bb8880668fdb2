"""Vehicles, tracks and values: what crosses, what is stale, what a track keeps."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from immutables import Map

from maps.moving import (
    VEHICLES,
    Fix,
    Moving,
    Tracks,
    bearing_deg,
    distance_m,
    sensor_item,
    stale_after_s,
    vehicles_of,
)
from maps.protocol import Outbox
from models.basics import LatLon, Name
from models.operation.situation import TeamState
from models.registry.kinds import Tag
from tests.unit.maps.world import ORIGIN, Rows, near, situation

SECOND_US = 1_000_000


@dataclass(frozen=True)
class Value:
    value: float
    arrival_us: int = 0


def tag(key: str, quantity: str) -> Tag:
    return Tag(key=key, name=Name(en=key), quantity=quantity)


def fix(second: float, east_m: float, north_m: float = 0.0) -> Fix:
    return Fix(round(second * SECOND_US), near(east_m, north_m))


def test_that_a_vehicle_is_a_pair_of_tags_with_one_stem() -> None:
    rows = Rows().add(
        tag("V1/lat", "latitude"), tag("V1/lon", "longitude"), tag("V1/hdg", "heading"),
        tag("V2/lat", "latitude"), tag("GT-1", "concentration"),
    )  # fmt: skip
    (only,) = vehicles_of(rows)
    assert (only.key, only.latitude.key, only.longitude.key) == ("V1", "V1/lat", "V1/lon")
    assert only.heading is not None


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (91.0, 1.0), (1.0, 181.0), (float("nan"), 1)])
def test_that_a_place_that_is_none_is_no_fix(lat: float, lon: float) -> None:
    rows = Rows().add(tag("V1/lat", "latitude"), tag("V1/lon", "longitude"))
    (vehicle,) = vehicles_of(rows)
    assert vehicle.fix({"V1/lat": Value(lat), "V1/lon": Value(lon)}) is None
    assert vehicle.fix({"V1/lat": Value(1.0)}) is None


def test_that_a_fix_is_as_old_as_its_older_half() -> None:
    rows = Rows().add(
        tag("V1/lat", "latitude"), tag("V1/lon", "longitude"), tag("V1/hdg", "course")
    )
    (vehicle,) = vehicles_of(rows)
    readings = {"V1/lat": Value(32.0, 9), "V1/lon": Value(118.0, 5), "V1/hdg": Value(45.0, 9)}
    assert vehicle.fix(readings) == Fix(5, LatLon(32.0, 118.0), 45.0)


def test_that_silence_is_three_periods_and_five_seconds_at_least() -> None:
    assert (stale_after_s(1.0), stale_after_s(30.0)) == (5.0, 90.0)


def test_that_a_track_keeps_what_is_apart_and_no_older_than_its_length() -> None:
    tracks = Tracks(length_s=60.0, least_m=8.0)
    grew = [tracks.add("a", fix(second, 4.0 * second)) for second in range(101)]
    line = tracks.line("a")
    assert 0.4 < sum(grew) / len(grew) < 0.6  # every second one is 8 m on
    assert 50 < line[-1][2] - line[0][2] <= 60
    ends = [LatLon(lat, lon) for lat, lon, _ in line]
    assert all(distance_m(a, b) >= 8.0 for a, b in pairwise(ends))


def test_that_a_straight_way_needs_few_places_and_a_turn_is_kept() -> None:
    tracks = Tracks(length_s=1200.0)
    for second in range(100):
        tracks.add("a", fix(second, 20.0 * second))
    assert len(tracks.line("a")) <= 12
    assert tracks.add("a", fix(100, 20.0 * 99, 200.0))


def test_that_a_track_has_an_end_to_its_places_however_it_turns() -> None:
    tracks = Tracks(length_s=1e6)
    for second in range(5_000):
        tracks.add("a", fix(second, 20.0 * (second % 2), 15.0 * second))
    line = tracks.line("a")
    assert len(line) <= 360
    assert (line[0][2], line[-1][2]) == (0, 4_999)


def test_that_time_that_runs_back_begins_the_track_anew() -> None:
    tracks = Tracks()
    for second in (0, 10, 20):
        tracks.add("a", fix(second, 100.0 * second))
    assert tracks.add("a", fix(5, 0.0))
    assert [at for _, _, at in tracks.line("a")] == [5]


def test_that_a_heading_comes_from_the_thing_itself_else_from_its_way() -> None:
    tracks = Tracks()
    tracks.add("a", fix(0, 0.0))
    assert tracks.heading_deg("a") is None
    tracks.add("a", fix(1, 0.0, 50.0))
    assert tracks.heading_deg("a") == pytest.approx(0.0, abs=0.1)
    tracks.add("a", Fix(2 * SECOND_US, near(0.0, 50.0), 270.0))
    assert tracks.heading_deg("a") == 270.0


@pytest.mark.parametrize(
    ("east", "north", "bearing"), [(1, 0, 90), (0, 1, 0), (-1, 0, 270), (0, -1, 180), (1, 1, 45)]
)
def test_that_bearings_are_right_in_all_quarters(east: int, north: int, bearing: float) -> None:
    found = bearing_deg(ORIGIN, near(100.0 * east, 100.0 * north))
    assert found == pytest.approx(bearing, abs=0.2)


def test_that_only_changed_fields_of_a_vehicle_cross() -> None:
    moving = Moving(Outbox())
    (first,) = moving.vehicles([moving.vehicle("vehicles/V1", "V1", fix(0, 0.0), 5.0)])
    assert first.payload["put"][0]["label"] == "V1"
    (second,) = moving.vehicles([moving.vehicle("vehicles/V1", "V1", fix(1, 2.0), 5.0)])
    assert set(second.payload["put"][0]) == {"id", "lon", "at_s"}
    assert second.seq == 2
    assert moving.vehicles([moving.vehicle("vehicles/V1", "V1", fix(1, 2.0), 5.0)]) == []


def test_that_a_value_that_stays_costs_nothing() -> None:
    moving = Moving(Outbox())
    item = sensor_item(tag("GT-1", ""), ORIGIN, "0.4 ppm", None)
    assert len(moving.sensors([item])) == 1
    assert moving.sensors([dict(item)]) == []
    stale = sensor_item(tag("GT-1", ""), ORIGIN, "0.4 ppm [stale]", 77 * SECOND_US)
    (message,) = moving.sensors([stale])
    assert message.payload["put"] == [{"id": "tags/GT-1", "text": "0.4 ppm [stale]", "stale_s": 77}]


def test_that_what_is_gone_is_dropped_with_its_track() -> None:
    moving = Moving(Outbox())
    moving.vehicles([moving.vehicle("vehicles/V1", "V1", fix(0, 0.0), 5.0)])
    assert len(moving.trails()) == 1
    (message,) = moving.keep_only(VEHICLES, lambda _: False)
    assert message.payload == {"put": [], "drop": ["vehicles/V1"]}
    assert moving.trails() == []
    assert moving.keep_only(VEHICLES, lambda _: False) == []


def test_that_a_new_page_is_told_all_tracks() -> None:
    moving = Moving(Outbox())
    for second in (0, 10, 20):
        moving.vehicle("vehicles/V1", "V1", fix(second, 100.0 * second), 5.0)
    (message,) = moving.trails()
    assert [at for _, _, at in message.payload["lines"]["vehicles/V1"]] == [0, 10, 20]


def test_that_a_team_on_its_way_gets_a_heading_and_its_silence_is_counted() -> None:
    moving = Moving(Outbox())
    live = {"teams/T1": {"id": "teams/T1"}}
    for second in (0, 10):
        team = TeamState(
            team_key="T1", status="under_way", position=near(30.0 * second, 0.0),
            position_us=second * SECOND_US,
        )  # fmt: skip
        moving.follow_teams(live, situation(teams=Map({"T1": team})))
    assert live["teams/T1"] == {
        "id": "teams/T1", "at_s": 10, "silent_s": 120, "heading_deg": 90, "mark": 2
    }  # fmt: skip


def test_that_the_clock_is_told_once_a_second() -> None:
    moving = Moving(Outbox())
    assert len(moving.clock(10 * SECOND_US)) == 1
    assert moving.clock(10 * SECOND_US + 1) == []
    assert moving.clock(11 * SECOND_US)[0].payload == {"now_s": 11, "trail_s": 900}
