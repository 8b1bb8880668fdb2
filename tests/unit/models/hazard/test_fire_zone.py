"""Zones of fires and explosions."""

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.basics import LatLon, Name, Wind
from models.hazard.domino import DominoTarget, domino_hits
from models.hazard.fire_event import effect_at
from models.hazard.fire_zone import event_of, fire_zone
from models.hazard.fires import DominoEvent, FireCase, case_name, is_burning
from models.hazard.ground import distance_m, to_positions, to_wind_axes
from models.hazard.ports import Exposed, HazardInputError, ZoneResult
from models.hazard.shelter import dangers_of

HERE = LatLon(31.0, 121.0)
WIND = Wind(from_deg=270.0, speed_m_s=6.0, stability="D", source="M1")


def case(event: DominoEvent, key: str = "pool_fire:large") -> FireCase:
    return FireCase(key=key, name=case_name(key), event=event, how="made for a test", source="S")


POOL = case(DominoEvent(kind="pool_fire", diameter_m=20, burn_kg_m2_s=0.085))
JET = case(DominoEvent(kind="jet_fire", burn_kg_s=20.0), "jet_fire:large")
BALL = case(DominoEvent(kind="fireball", mass_kg=50_000), "fireball")
BLAST = case(DominoEvent(kind="blast", tnt_kg=2_000), "vce")


def test_that_a_pool_s_zone_reaches_farther_downwind_and_names_its_wind() -> None:
    zone = fire_zone(POOL, HERE, WIND, (), burning=True)
    x, _ = to_wind_axes(HERE, zone.levels[-1].rings[0], WIND.from_deg)
    assert x.max() > 1.2 * -x.min()
    assert zone.wind == WIND
    assert fire_zone(POOL, HERE, None, (), burning=True).wind is None
    assert fire_zone(BLAST, HERE, WIND, (), burning=True).wind is None


@pytest.mark.parametrize("given_case", [POOL, JET, BALL, BLAST], ids=lambda c: c.key)
def test_that_on_a_level_s_edge_its_value_is_received(given_case: FireCase) -> None:
    zone = fire_zone(given_case, HERE, WIND, (), burning=False)
    assert [level.severity for level in zone.levels][:3] == [3, 2, 1]
    for level in zone.levels:
        assert level.rings[0][0] == level.rings[0][-1]
        assert level.reach_m == pytest.approx(
            max(distance_m(HERE, at) for at in level.rings[0]), rel=1e-6
        )
        if level.unit == "m":
            continue
        target = DominoTarget(key="t", name=Name(), type="tank", position=level.rings[0][0])
        [hit] = domino_hits(given_case.event, HERE, (target,), wind=WIND)
        inside_jet = given_case is JET and hit.received >= 200e3
        assert inside_jet or hit.received / 1e3 == pytest.approx(level.threshold, rel=0.05)


@settings(max_examples=8)
@given(st.floats(0.1, 179.0), st.floats(15.0, 250.0))
def test_that_receptors_lie_in_the_level_they_receive(angle: float, away: float) -> None:
    along, across = away * math.cos(math.radians(angle)), away * math.sin(math.radians(angle))
    [place] = to_positions(HERE, [along], [across], WIND.from_deg)
    people = Exposed(key="r", name=Name(en="R"), type="school", position=place, people=5)
    zone = fire_zone(POOL, HERE, WIND, (people,), burning=True)
    received = float(effect_at(POOL.event, away, bearing_deg=angle, wind_m_s=WIND.speed_m_s)) / 1e3
    worst = next((lv for lv in zone.levels if received >= lv.threshold * 1.08), None)
    if worst is not None:
        assert [hit.level_key for hit in zone.receptors] == [worst.key] or any(
            lv.key == zone.receptors[0].level_key and lv.threshold > worst.threshold
            for lv in zone.levels
        )
    elif received < 2.0 * 0.92:
        assert zone.receptors == ()


def test_that_receptors_count_by_their_worst_level() -> None:
    places = {"near": 31.0002, "middle": 31.0018, "far": 31.05}
    people = tuple(
        Exposed(key=key, name=Name(en=key), type="village", position=LatLon(lat, 121.0), people=3)
        for key, lat in places.items()
    )
    zone = fire_zone(BLAST, HERE, None, people, burning=False)
    assert [(hit.receptor_key, hit.level_key) for hit in zone.receptors] == [
        ("near", "blast3"), ("middle", "blast1"),
    ]  # fmt: skip
    assert [hit.arrival_s for hit in zone.receptors] == [None, None]


@pytest.mark.parametrize("given_case", [POOL, JET, BALL, BLAST], ids=lambda c: c.key)
def test_that_nobody_shelters_inside_heat_blast_or_fragments(given_case: FireCase) -> None:
    zone = fire_zone(given_case, HERE, WIND, (), burning=True)
    dangers = dangers_of([(zone, "toxic_leak")], HERE, 270.0)
    assert len(dangers) == len(zone.levels)
    assert not any(danger.shelters for danger in dangers)


@pytest.mark.parametrize("given_case", [POOL, JET, BALL, BLAST], ids=lambda c: c.key)
def test_that_a_zone_tells_what_it_was_computed_for(given_case: FireCase) -> None:
    zone = fire_zone(given_case, HERE, WIND, (), burning=True)
    stored = msgspec.json.decode(msgspec.json.encode(zone), type=ZoneResult)
    found = event_of(stored)
    assert found is not None
    assert found.event == given_case.event
    assert (found.key, found.name, found.source) == (given_case.key, given_case.name, "S")
    assert is_burning(stored)
    assert not is_burning(fire_zone(given_case, HERE, WIND, (), burning=False))


def test_that_a_clean_flame_stays_clean_and_other_zones_have_no_event() -> None:
    clean = case(DominoEvent(kind="pool_fire", diameter_m=20, burn_kg_m2_s=0.017, clean=True))
    found = event_of(fire_zone(clean, HERE, WIND, (), burning=True))
    assert found is not None
    assert found.event.clean
    zone = msgspec.structs.replace(fire_zone(POOL, HERE, WIND, (), burning=True), kind="imported")
    assert event_of(zone) is None


def test_that_a_dim_fire_says_which_level_is_reached_nowhere() -> None:
    dim = case(
        DominoEvent(kind="pool_fire", diameter_m=2, burn_kg_m2_s=0.015, clean=True, most_w_m2=8e3)
    )
    zone = fire_zone(dim, HERE, WIND, (), burning=True)
    assert [level.key for level in zone.levels] == ["heat2", "heat1"]
    assert "reached_nowhere" in {caution.code for caution in zone.warnings}


def test_that_cautions_say_what_is_not_in_it() -> None:
    def codes(given_case: FireCase) -> set[str]:
        return {c.code for c in fire_zone(given_case, HERE, None, (), burning=False).warnings}

    assert "jet_anywhere" in codes(JET)
    assert all("if_it_ignites" in codes(each) for each in (POOL, JET, BALL, BLAST))
    now = fire_zone(BLAST, HERE, None, (), burning=True)
    assert "if_it_ignites" not in {caution.code for caution in now.warnings}
    assert {"short_fireball", "fragments_farther"} <= codes(BALL)
    assert "cloud_drifts" in codes(BLAST)
    assert all("unverified_fire_levels" in codes(each) for each in (POOL, JET, BALL, BLAST))
    assert "fragments" in {lv.key for lv in fire_zone(BALL, HERE, None, (), burning=True).levels}


@pytest.mark.parametrize(
    ("wind", "field"),
    [
        (Wind(from_deg=270.0, speed_m_s=300.0, stability="D"), "wind.speed_m_s"),
        (Wind(from_deg=float("nan"), speed_m_s=3.0, stability="D"), "wind.from_deg"),
    ],
)
def test_that_a_wind_that_makes_no_sense_is_named(wind: Wind, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        fire_zone(POOL, HERE, wind, (), burning=True)
    assert caught.value.field == field
