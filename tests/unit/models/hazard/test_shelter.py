"""Shelter or leave: what must never be advised, and how the loads decide."""

import dataclasses
import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.basics import LatLon, Name, Wind
from models.hazard import shelter
from models.hazard.advice import ReceptorAdvice, ZoneAdvice
from models.hazard.effects.probits import toxic_probit_of
from models.hazard.ground import circle, to_positions
from models.hazard.indoor import indoor_concentration, toxic_load
from models.hazard.model_choice import ChosenModel
from models.hazard.point_series import point_series
from models.hazard.ports import (
    Exposed,
    HazardInputError,
    ReceptorHit,
    Release,
    ZoneLevel,
    ZoneResult,
)
from models.hazard.shelter import dangers_of, shelter_advice
from models.hazard.shelter_words import shelter_warnings
from models.hazard.substances import find_substance

HERE = LatLon(31.0, 121.0)
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")


def advised(substance, x, y, *, rate=1.0, minutes=30.0, now_s=60.0, wind=WIND, extra=(),
            kind="toxic_leak", type_="village", height=1.0) -> ReceptorAdvice:  # fmt: skip
    return whole(substance, x, y, rate=rate, minutes=minutes, now_s=now_s, wind=wind, extra=extra,
                 kind=kind, type_=type_, height=height).advices[0]  # fmt: skip


def whole(substance, x, y, *, rate=1.0, minutes=30.0, now_s=60.0, wind=WIND, extra=(),
          kind="toxic_leak", type_="village", height=1.0) -> ZoneAdvice:  # fmt: skip
    release = Release(position=HERE, substance=substance, release_kg_s=rate,
                      duration_s=minutes * 60, height_m=height)  # fmt: skip
    place = to_positions(HERE, [x], [y], wind.from_deg)[0]
    zone = ChosenModel().zone(release, wind, (), "rural")
    who = Exposed(key="R", name=Name(en="R"), type=type_, position=place, people=7)
    hit = ChosenModel().zone(release, wind, (who,), "rural").receptors
    touched = hit[0] if hit else ReceptorHit(
        receptor_key="R", name=who.name, type=type_, level_key="x", distance_m=math.hypot(x, y),
        arrival_s=None, people=7,
    )  # fmt: skip
    zones = [(zone, kind), *((each, kind) for each in extra)]
    dangers = dangers_of(zones, HERE, wind.from_deg)
    return shelter_advice(release, wind, "rural", [(touched, place)], dangers, now_s=now_s)


def zone_of(key, unit, radius_m, kind="imported") -> ZoneResult:
    level = ZoneLevel(key=key, label=Name(en=key), severity=3, threshold=1.0, unit=unit,
                      rings=(circle(HERE, radius_m),), reach_m=radius_m)  # fmt: skip
    return ZoneResult(kind=kind, model="m", model_version="1", origin=HERE, levels=(level,))


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["chlorine", "ammonia", "CO", "LPG", "H2S"]), st.floats(50, 4000),
    st.floats(-150, 150), st.floats(0.2, 20), st.floats(1, 300), st.floats(0, 7200),
    st.sampled_from([0.3, 1.5, 6.0]),
)  # fmt: skip
def test_that_every_shelter_has_its_end_and_no_way_crosses_the_plume(
    substance, x, y, rate, minutes, now_s, speed
):
    wind = msgspec.structs.replace(WIND, speed_m_s=speed)
    found = advised(substance, x, y, rate=rate, minutes=minutes, now_s=now_s, wind=wind)
    if found.verdict in {"shelter", "ventilate"}:
        assert found.stay is not None
        assert found.stay.end_s is not None
        assert (found.stay.end_s > now_s) == (found.verdict == "shelter")
    if found.verdict == "leave":
        assert found.way is not None
    if found.way is not None and speed >= 0.5 and found.way.distance_m > 0:
        angle = math.radians(wind.from_deg + 180.0 - found.way.bearing_deg)
        assert y * (y + found.way.distance_m * math.sin(angle)) >= -1.0


@pytest.mark.parametrize(("extra", "kind"), [
    ((zone_of("lel10", "ppm", 900.0),), "toxic_leak"),
    ((zone_of("blast", "psi", 900.0),), "toxic_leak"),
    ((zone_of("heat", "kW/m²", 900.0),), "toxic_leak"),
    ((zone_of("area", "", 900.0, "drawn"),), "toxic_leak"),
    ((zone_of("isolation", "m", 900.0, "rule_of_thumb"),), "toxic_leak"),
    ((zone_of("protection", "m", 900.0, "rule_of_thumb"),), "fire"),
    ((), "explosion"),
])  # fmt: skip
def test_that_nobody_shelters_in_fire_blast_or_an_unknown_danger(extra, kind):
    assert advised("chlorine", 800, -100).verdict == "shelter"
    found = advised("chlorine", 800, -100, extra=extra, kind=kind)
    assert found.stay is None
    assert (found.verdict, found.reason) in {("leave", "no_shelter"),
                                             ("undecided", "no_shelter_no_way")}  # fmt: skip


def test_that_a_protective_distance_of_a_toxic_leak_leaves_a_building_its_use():
    extra = (zone_of("protection", "m", 900.0, "rule_of_thumb"),)
    assert advised("chlorine", 800, -100, extra=extra).stay is not None


def test_that_a_flammable_place_is_left():
    found = advised("LPG", 120, 5, rate=20)
    assert (found.verdict, found.reason, found.stay) == ("leave", "no_shelter", None)


def test_that_a_stay_that_is_worse_than_the_way_is_not_advised():
    found = advised("chlorine", 300, 60)
    assert (found.verdict, found.reason) == ("leave", "lower_on_the_way")
    assert found.stay.load > found.way.load
    assert found.stay.fatality >= found.way.fatality


def test_that_a_way_through_the_cloud_that_is_worse_than_the_house_is_not_advised():
    found = advised("chlorine", 250, 0, minutes=6, now_s=0)
    assert (found.verdict, found.reason) == ("shelter", "lower_indoors")
    assert found.stay.load <= found.way.load


def test_that_what_is_too_little_to_harm_indoors_sends_nobody_out():
    found = advised("chlorine", 3000, 0)
    assert (found.verdict, found.reason) == ("shelter", "harmless_indoors")
    assert found.stay.load <= 2.0**2 * 60


def test_that_a_cloud_without_an_end_shelters_nobody():
    found = advised("chlorine", 1000, 30, minutes=60 * 24 * 20)
    assert (found.verdict, found.reason, found.stay.end_s) == ("leave", "no_end", None)


def test_that_after_the_cloud_it_is_time_to_come_out():
    found = advised("chlorine", 1000, 30, minutes=10, now_s=5400)
    assert (found.verdict, found.reason) == ("ventilate", "passed")


def test_that_nothing_computed_is_no_advice():
    found = advised("chlorine", -2000, 0)
    assert (found.verdict, found.reason) == ("undecided", "nothing_computed")


def test_that_without_a_way_only_a_shelter_with_an_end_is_left():
    ring = circle(to_positions(HERE, [1500.0], [0.0], 270.0)[0], 700.0)
    inner = circle(to_positions(HERE, [1500.0], [0.0], 270.0)[0], 650.0)
    halves = (
        (*ring[:36], *reversed(inner[:37]), ring[0]),
        (*ring[36:], *reversed(inner[36:]), ring[36]),
    )
    bands = [
        ZoneLevel(key="aegl3", label=Name(en="x"), severity=3, threshold=9.0, unit="ppm",
                  rings=(half,), reach_m=700.0)
        for half in halves
    ]  # fmt: skip
    wide = zone_of("aegl1", "ppm", 9000.0)
    wide = msgspec.structs.replace(
        wide, levels=(msgspec.structs.replace(wide.levels[0], severity=1), *bands)
    )
    found = advised("chlorine", 1500, 300, extra=(wide,))
    assert (found.verdict, found.reason, found.way) == ("shelter", "no_way", None)
    endless = advised("chlorine", 1500, 100, extra=(wide,), minutes=60 * 24 * 20)
    assert (endless.verdict, endless.reason) == ("undecided", "no_end_no_way")
    fire = advised("chlorine", 1500, 300, extra=(wide,), kind="fire")
    assert (fire.verdict, fire.reason) == ("undecided", "no_shelter_no_way")


@pytest.mark.parametrize("type_", ["hospital", "care_home", "school"])
def test_that_who_needs_help_leaves_later_and_slower(type_):
    quick, slow = advised("chlorine", 300, 60), advised("chlorine", 300, 60, type_=type_)
    assert slow.way.leave_s > quick.way.leave_s
    assert slow.way.out_s - slow.way.leave_s > quick.way.out_s - quick.way.leave_s
    assert slow.way.load > quick.way.load


def test_that_the_stay_is_the_course_of_the_place():
    found = advised("chlorine", 600, 40)
    release = Release(position=HERE, substance="chlorine", release_kg_s=1.0, duration_s=1800.0)
    times = [10.0 * i for i in range(1000)]
    place = to_positions(HERE, [600.0], [40.0], 270.0)[0]
    outdoor = point_series(release, WIND, "rural", place, times).ppm
    indoor = indoor_concentration(times, outdoor, 1.0)
    assert found.outdoor_peak_ppm == pytest.approx(max(outdoor), rel=0.01)
    until = int(found.stay.end_s // 10)
    load = toxic_load(times[: until + 1], indoor[: until + 1], 2.0)[-1]
    assert found.stay.load == pytest.approx(load, rel=0.05)


def test_that_inputs_and_doubts_are_said():
    found = whole("LPG", 300, 0, rate=20)
    assumed = {each.name for each in found.inputs if each.assumed}
    assert {
        "air_changes",
        "warning",
        "preparing",
        "walking",
        "since_release",
        "exponent",
    } <= assumed
    codes = {each.code for each in found.warnings}
    assert {"no_probit", "explosion_not_computed", "shelter_straight"} <= codes
    assert found.advices[0].way.fatality is None
    chlorine = whole("chlorine", 300, 0)
    assert "probit_unverified" in {each.code for each in chlorine.warnings}
    assert not chlorine.verified


def test_that_alike_loads_are_marked():
    found = advised("chlorine", 800, 0)
    assert found.close
    assert max(found.stay.load, found.way.load) <= 4 * min(found.stay.load, found.way.load)


@settings(max_examples=15, deadline=None)
@given(st.floats(100, 3000), st.floats(5, 100))
def test_that_both_sides_of_the_plume_get_the_same_advice(x, y):
    left, right = advised("chlorine", x, y), advised("chlorine", x, -y)
    assert left.verdict == right.verdict
    assert left.way.load == pytest.approx(right.way.load, rel=0.02, abs=0.5)


@pytest.mark.parametrize(
    ("more", "field"), [({"now_s": -1.0}, "now_s"), ({"rate": -1.0}, "release_kg_s")]
)
def test_that_nonsense_is_named(more, field):
    with pytest.raises(HazardInputError) as caught:
        advised("chlorine", 300, 0, **more)
    assert caught.value.field == field
    release = Release(position=HERE, substance="phlogiston", release_kg_s=1.0)
    with pytest.raises(HazardInputError, match="substance"):
        shelter_advice(release, WIND, "rural", [], (), now_s=0.0)


def test_that_an_unverified_substance_without_deaths_has_a_zero_share():
    far = advised("chlorine", 300, -100, now_s=0, height=1.0)
    assert far.way.fatality is not None
    upwind = advised("chlorine", -5, 3000, now_s=0)
    assert upwind.way.fatality == 0.0


def test_that_a_checked_probit_is_not_doubted():
    checked = msgspec.structs.replace(toxic_probit_of("7782-50-5"), verified=True)
    codes = {each.code for each in shelter_warnings(find_substance("chlorine"), checked)}
    assert codes == {"shelter_assumed", "shelter_straight", "shelter_steady", "end_assumed"}


def test_that_the_lower_of_two_second_levels_is_what_harms_nobody():
    known = find_substance("chlorine")
    assert known is not None
    pac = dataclasses.replace(known.levels[1], key="pac2", ppm=1.0)
    both = dataclasses.replace(known, levels=(*known.levels, pac))
    assert shelter._harmless_load(known, 2.0) == pytest.approx(240.0)
    assert shelter._harmless_load(both, 2.0) == pytest.approx(60.0)
    assert shelter._harmless_load(dataclasses.replace(known, levels=()), 2.0) == 0.0
