"""Wind of masts and the assumed stability."""

from datetime import UTC, datetime

import numpy as np
import pytest
from immutables import Map

from models.basics import BY_HAND, LatLon, Wind
from models.hazard.ports import ZoneResult
from models.operation.situation import Situation, Zone
from models.operation.zone_watch import ZoneWatch
from models.telemetry.ports import Quality
from models.telemetry.samples import make_batch
from models.telemetry.stability import pasquill_class, solar_elevation_deg
from models.telemetry.tags import TagTable
from models.telemetry.wind import WindWatch, find_masts
from models.times import to_us
from tests.unit.models.telemetry.build import SECOND, START, tag

HERE = LatLon(30.0, 120.0)


def _mast_tags(period_s=1.0):
    rows = []
    every = {"period_s": period_s}
    for name in ("M1", "M2"):
        rows.append(
            tag(
                f"WS-{name}",
                quantity="wind_speed",
                position=HERE if name == "M1" else None,
                **every,
            )
        )
        rows.append(tag(f"WD-{name}", quantity="wind_direction", **every))
    return TagTable([*rows, tag("P", quantity="pressure"), tag("WS-X-9", quantity="wind_speed")])


class Bench:
    def __init__(self, period_s=1.0):
        self.tags = _mast_tags(period_s)
        self.watch = WindWatch(self.tags, HERE)
        self.now = START

    def blow(self, seconds, *zones, **masts):
        """Let masts read (from_deg, speed) for some seconds; return what was observed."""
        seen = []
        for _ in range(seconds):
            self.now += SECOND
            for name, (direction, speed) in masts.items():
                tags = [self.tags.index[f"WD-{name}"], self.tags.index[f"WS-{name}"]]
                self.watch.take(make_batch(tags, self.now, self.now, [direction, speed]))
            seen += [draft.payload for draft in self.watch.observe(self.now, zones)]
        return seen


def test_that_masts_are_found_by_their_keys_and_named():
    masts = find_masts(_mast_tags())
    assert [mast.key for mast in masts] == ["M1", "M2"]


def test_that_masts_are_found_by_their_place():
    place = {"position": HERE}
    table = TagTable(
        [tag("FF1", quantity="wind_speed", **place), tag("DD7", quantity="wind_direction", **place)]
    )
    assert [mast.key for mast in find_masts(table)] == ["FF1"]


def test_that_wind_is_observed_once_a_minute():
    seen = Bench().blow(130, M1=(350.0, 3.0))
    assert len(seen) == 3
    assert [mast.source for mast in seen[0].masts] == ["M1"]
    assert seen[0].masts[0].stability_assumed


def test_that_directions_around_north_average_to_north():
    bench = Bench()
    for direction in (350.0, 10.0) * 5:
        bench.blow(1, M1=(direction, 3.0))
    (wind,) = bench.watch.winds(bench.now)
    assert wind.from_deg == pytest.approx(0.0, abs=0.1)


def test_that_a_turn_is_observed_within_the_mean_not_after_a_minute():
    bench = Bench()
    bench.blow(70, M1=(100.0, 3.0))
    seen = bench.blow(10, M1=(140.0, 3.0))
    assert seen
    assert bench.blow(5, M1=(140.0, 3.0))[-1:] != [] or seen[-1].masts[0].from_deg >= 120


def test_that_a_factor_in_speed_is_observed_but_a_turn_in_calm_is_not():
    bench = Bench()
    bench.blow(5, M1=(100.0, 3.0))
    assert bench.blow(15, M1=(100.0, 6.0))
    calm = Bench()
    calm.blow(5, M1=(100.0, 0.3))
    assert calm.blow(15, M1=(200.0, 0.3)) == []


def _zone(from_deg, source="M1", **changes):
    wind = Wind(from_deg=from_deg, speed_m_s=3.0, stability="", source=source)
    origin = LatLon(30.0, 120.0)
    result = ZoneResult(
        kind="model", model="plume", model_version="1", origin=origin, levels=(), wind=wind
    )
    return Zone(id="Z", incident_id="I", result=result, drawn_us=0, event_id="e", **changes)


def test_that_a_wind_that_leaves_a_zone_is_told_though_it_turned_little_since_it_was_told():
    bench = Bench()
    bench.blow(65, _zone(100.0), M1=(105.0, 3.0))  # told with 105°, which the zone allows
    seen = bench.blow(15, _zone(100.0), M1=(123.0, 3.0))  # 18° on, but 23° from the zone's
    assert [told.masts[0].from_deg > 120.0 for told in seen] == [True]
    back = bench.blow(15, _zone(100.0), M1=(110.0, 3.0))
    assert [told.masts[0].from_deg <= 120.0 for told in back] == [True]


def test_that_the_wind_is_told_every_ten_seconds_while_a_zone_is_wrong():
    """It went on turning by less than is told by itself: the next zone isn't drawn for 22°."""
    bench = Bench()
    bench.blow(65, _zone(100.0), M1=(100.0, 3.0))
    bench.blow(12, _zone(100.0), M1=(122.0, 3.0))
    seen = bench.blow(40, _zone(100.0), M1=(139.0, 3.0))
    assert len(seen) == 4
    assert seen[-1].masts[0].from_deg == 139.0


def test_that_without_a_zone_so_small_a_turn_waits_for_the_minute():
    bench = Bench()
    bench.blow(65, M1=(105.0, 3.0))
    assert bench.blow(15, M1=(123.0, 3.0)) == []


def test_that_another_mast_than_the_zone_s_tells_nothing():
    bench = Bench()
    bench.blow(65, _zone(100.0, "M2"), M1=(105.0, 3.0), M2=(100.0, 3.0))
    assert bench.blow(15, _zone(100.0, "M2"), M1=(123.0, 3.0), M2=(100.0, 3.0)) == []


def test_that_a_wind_at_a_zone_s_limit_is_told_every_five_seconds_at_most():
    bench = Bench()
    bench.blow(65, _zone(100.0), M1=(105.0, 3.0))
    seen = []
    for _ in range(15):
        seen += bench.blow(1, _zone(100.0), M1=(130.0, 3.0))
        seen += bench.blow(1, _zone(100.0), M1=(110.0, 3.0))
    assert len(seen) <= 6


def test_that_disagreeing_masts_are_both_kept_and_flagged_after_a_minute():
    bench = Bench()
    seen = bench.blow(60, M1=(100.0, 3.0), M2=(200.0, 3.0))
    assert not any(payload.disagree for payload in seen)
    seen = bench.blow(5, M1=(100.0, 3.0), M2=(200.0, 3.0))
    assert seen[-1].disagree
    assert [mast.from_deg for mast in seen[-1].masts] == [100.0, 200.0]
    seen = bench.blow(12, M1=(100.0, 3.0), M2=(100.0, 3.0))
    assert not seen[-1].disagree


def test_that_a_factor_of_two_in_speed_disagrees_but_not_in_calm():
    assert any(p.disagree for p in Bench().blow(130, M1=(100.0, 2.0), M2=(100.0, 5.0)))
    assert not any(p.disagree for p in Bench().blow(130, M1=(100.0, 0.4), M2=(200.0, 0.9)))


def test_that_bad_and_old_readings_are_no_wind():
    bench = Bench()
    tags = [bench.tags.index["WD-M1"], bench.tags.index["WS-M1"]]
    bench.watch.take(make_batch(tags, START, START, [1.0, 2.0], Quality.BAD))
    assert bench.watch.winds(START + 1) == ()
    bench.blow(3, M1=(100.0, 2.0))
    assert bench.watch.winds(bench.now + 31 * SECOND) == ()
    (draft,) = bench.watch.observe(bench.now + 31 * SECOND)
    assert draft.payload.masts == ()


def test_that_a_table_without_masts_observes_nothing():
    watch = WindWatch(TagTable([tag("P")]), None)
    watch.take(make_batch(0, START, START, 1.0))
    assert watch.observe(START) == []


def test_that_a_restart_repeats_nothing():
    bench = Bench()
    seen = bench.blow(130, M1=(100.0, 3.0), M2=(200.0, 3.0))
    after = Bench()
    after.now = bench.now
    after.watch.restore(seen[-1].masts, disagree=True)
    assert after.blow(2, M1=(100.0, 3.0), M2=(200.0, 3.0)) == []


def test_that_a_restart_without_wind_before_it_observes_at_once():
    bench = Bench()
    bench.watch.restore((), disagree=False)
    assert len(bench.blow(1, M1=(100.0, 3.0))) == 1


@pytest.mark.parametrize(
    ("moment", "place", "elevation"),
    [
        # NOAA solar calculator, elevation without refraction
        (datetime(2026, 3, 20, 12, 0, tzinfo=UTC), LatLon(0.0, 0.0), 88.1),
        (datetime(2026, 12, 21, 12, 0, tzinfo=UTC), LatLon(51.5, 0.0), 15.1),
        (datetime(2026, 6, 21, 0, 0, tzinfo=UTC), LatLon(51.5, 0.0), -15.1),
    ],
)
def test_that_the_sun_stands_where_the_almanac_says(moment, place, elevation):
    assert solar_elevation_deg(to_us(moment), place) == pytest.approx(elevation, abs=0.5)


NOON = to_us(datetime(2026, 6, 21, 4, 0, tzinfo=UTC))
NIGHT = to_us(datetime(2026, 6, 21, 16, 0, tzinfo=UTC))
MORNING = to_us(datetime(2026, 6, 21, 0, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("speed", "at_us", "cloud", "expected"),
    [
        (1.0, NOON, 4, "A"), (4.0, NOON, 0, "B"), (7.0, NOON, 4, "C"), (7.0, NOON, 6, "D"),
        (2.5, MORNING, 4, "B"), (1.0, NIGHT, 4, "F"), (2.5, NIGHT, 4, "E"), (2.5, NIGHT, 2, "F"),
        (4.0, NIGHT, 2, "E"), (9.0, NIGHT, 0, "D"), (1.0, NOON, 8, "D"),
    ],
)  # fmt: skip
def test_that_classes_follow_turner_s_table(speed, at_us, cloud, expected):
    assert pasquill_class(speed, at_us, HERE, cloud) == expected


def test_that_means_are_of_the_window_alone():
    bench = Bench()
    bench.blow(60, M1=(0.0, 1.0))
    bench.blow(10, M1=(0.0, 5.0))
    (wind,) = bench.watch.winds(bench.now)
    assert np.isclose(wind.speed_m_s, 5.0)


def test_that_a_wind_nobody_measures_is_told_once_as_unknown():
    bench = Bench()
    bench.blow(5, M1=(90.0, 3.0))
    seen = bench.blow(200)
    assert [payload.masts for payload in seen] == [()]
    (again,) = bench.blow(1, M1=(90.0, 3.0))
    assert [mast.source for mast in again.masts] == ["M1"]


def test_that_a_silent_mast_leaves_as_soon_as_it_counts_as_silent():
    bench = Bench()
    bench.blow(5, M1=(90.0, 3.0), M2=(180.0, 3.0))
    seen = bench.blow(40, M2=(180.0, 3.0))
    assert [mast.source for mast in seen[0].masts] == ["M2"]


def test_that_a_restart_without_masts_tells_that_the_wind_is_unknown():
    before = Bench()
    (told, *_) = before.blow(5, M1=(90.0, 3.0))
    after = Bench()
    after.now = before.now
    after.watch.restore(told.masts, disagree=False)
    assert [payload.masts for payload in after.blow(60)] == [()]


def test_that_a_wind_by_hand_stands_until_a_mast_speaks():
    bench = Bench()
    entered = Wind(from_deg=45.0, speed_m_s=2.0, source=BY_HAND, stability="D", observed_us=START)
    bench.watch.restore((entered,), disagree=False)
    assert bench.blow(120) == []
    (seen, *_) = bench.blow(1, M1=(90.0, 3.0))
    assert [mast.source for mast in seen.masts] == ["M1"]


def test_that_a_mast_that_reports_once_a_minute_is_not_silent_in_between():
    bench = Bench(period_s=60.0)
    seen = []
    for _ in range(5):
        seen += bench.blow(1, M1=(90.0, 3.0)) + bench.blow(59)
    assert [len(payload.masts) for payload in seen] == [1] * 5
    assert bench.blow(240)[-1].masts == ()


def test_that_a_turn_seen_once_a_minute_leaves_a_zone():
    bench, zone, out = Bench(period_s=60.0), _zone(90.0), []
    watch, masts = ZoneWatch(), ()
    for second in range(300):
        reads = {"M1": (90.0 if second < 60 else 150.0, 3.0)} if second % 60 == 0 else {}
        for told in bench.blow(1, zone, **reads):
            masts = told.masts
        situation = Situation(operation_id="op", zones=Map({"Z": zone}), masts=masts)
        out += [second for _ in watch.due(situation, bench.now)]
    assert 110 <= out[0] <= 125


def test_that_a_slow_mast_has_its_patience_to_speak_after_a_restart():
    bench = Bench(period_s=60.0)
    told = Wind(from_deg=90.0, speed_m_s=3.0, stability="D", source="M1", observed_us=START)
    bench.watch.restore((told,), disagree=False)
    assert bench.blow(170) == []
    assert [payload.masts for payload in bench.blow(30)] == [()]


def test_that_a_new_revision_goes_on_with_what_masts_read_and_since_when_they_disagree():
    bench = Bench()
    (told, *_) = bench.blow(40, M1=(90.0, 3.0), M2=(180.0, 3.0))
    old, bench.tags = bench.watch, TagTable([*bench.tags.tags, tag("A")])
    bench.watch = WindWatch(bench.tags, HERE)
    bench.watch.restore(told.masts, disagree=False)
    bench.watch.take_over(old)
    assert [wind.source for wind in bench.watch.winds(bench.now)] == ["M1", "M2"]
    assert bench.blow(30, M1=(90.0, 3.0), M2=(180.0, 3.0))[-1].disagree


def _vane_and_cup(direction, speed, **changes):
    """Return what is observed of one mast that reads these for half a minute."""
    cup = tag("WS-M1", quantity="wind_speed", **{"unit": "m/s", "high": 50.0, **changes})
    table = TagTable([cup, tag("WD-M1", quantity="wind_direction", unit="°", high=360.0)])
    watch, seen = WindWatch(table, HERE), []
    for second in range(30):
        now = START + second * SECOND
        watch.take(make_batch([0, 1], now, now, [direction, speed]))
        seen += watch.observe(now)
    return [mast for draft in seen for mast in draft.payload.masts]


@pytest.mark.parametrize(
    ("direction", "speed"), [(-90.0, -12.5), (-90.0, 3.0), (405.0, 3.0), (90.0, -12.5)]
)
def test_that_a_broken_wire_is_no_wind(direction, speed):
    assert _vane_and_cup(direction, speed) == []


def test_that_a_little_below_zero_is_calm_and_a_storm_beyond_the_range_blows():
    assert _vane_and_cup(90.0, -0.3)[0].speed_m_s == 0.0
    assert _vane_and_cup(90.0, 55.0)[0].speed_m_s == 55.0


@pytest.mark.parametrize(
    ("unit", "reading", "speed_m_s"), [("km/h", 36.0, 10.0), ("kn", 10.0, 5.14), ("", 10.0, 10.0)]
)
def test_that_a_speed_is_told_in_metres_per_second_whatever_it_is_measured_in(
    unit, reading, speed_m_s
):
    assert _vane_and_cup(90.0, reading, unit=unit)[0].speed_m_s == speed_m_s


def test_that_gusts_are_no_other_stability_class():
    night = to_us(datetime(2026, 6, 21, 16, 0, tzinfo=UTC))
    bench = Bench()
    bench.now = night
    seen = set()
    for speed in (2.6, 3.2) * 6:
        bench.blow(15, M1=(100.0, speed))
        seen |= {wind.stability for wind in bench.watch.winds(bench.now)}
    assert seen == {"E"}
    bench.blow(130, M1=(100.0, 3.4))
    assert bench.watch.winds(bench.now)[0].stability == "D"


def test_that_a_wind_nobody_asks_for_fills_no_memory():
    bench = Bench()
    tags = [bench.tags.index["WD-M1"], bench.tags.index["WS-M1"]]
    for second in range(1000):
        at_us = START + second * SECOND
        bench.watch.take(make_batch(tags, at_us, at_us, [100.0, 3.0]))
    assert max(len(readings) for readings in bench.watch._readings.values()) <= 120
