"""Domino: what neighbours receive, against thresholds."""

from itertools import pairwise

import msgspec
import pytest

from models.basics import LatLon, Name, Wind
from models.hazard.domino import DominoTarget, domino_hits, failure_time_s, vessel_of
from models.hazard.explosion.tnt import incident_overpressure
from models.hazard.fire.fireball import fireball, fireball_flux
from models.hazard.fires import DominoEvent
from models.hazard.ports import HazardInputError
from models.rules import load_rules

_HERE = LatLon(31.0, 121.0)


def _target(key: str, lat: float, lon: float, kind: str = "tank") -> DominoTarget:
    return DominoTarget(key=key, name=Name(en=key), type=kind, position=LatLon(lat, lon))


def test_that_a_blast_is_judged_by_the_kind_of_vessel() -> None:
    targets = (_target("a", 31.0008, 121.0), _target("b", 31.0008, 121.0, "sphere"))
    hits = {
        hit.key: hit for hit in domino_hits(DominoEvent(kind="blast", tnt_kg=900), _HERE, targets)
    }
    wanted = float(incident_overpressure(hits["a"].distance_m, 900))
    assert hits["a"].received == pytest.approx(wanted)
    assert (hits["a"].threshold, hits["b"].threshold) == (22e3, 16e3)
    assert hits["b"].ratio == pytest.approx(hits["b"].received / 16e3)
    assert [hit.effect for hit in hits.values()] == ["overpressure", "overpressure"]


def test_that_the_worst_comes_first_and_escalation_starts_at_the_threshold() -> None:
    targets = (_target("far", 31.003, 121.0), _target("near", 31.0004, 121.0))
    hits = domino_hits(DominoEvent(kind="fireball", mass_kg=20_000, heat_j_kg=46e6), _HERE, targets)
    assert [hit.key for hit in hits] == ["near", "far"]
    wanted = float(fireball_flux(fireball(20_000, 46e6), hits[0].distance_m))
    assert hits[0].received == pytest.approx(wanted)
    assert all(hit.escalates == (hit.received >= hit.threshold) for hit in hits)
    assert hits[0].escalates
    assert not hits[1].escalates


def test_that_a_pool_fire_leans_towards_those_downwind() -> None:
    pool = DominoEvent(kind="pool_fire", diameter_m=20, burn_kg_m2_s=0.085)
    targets = (_target("east", 31.0, 121.0005), _target("west", 31.0, 120.9995))
    wind = Wind(from_deg=270.0, speed_m_s=8.0, stability="D")
    hits = {hit.key: hit for hit in domino_hits(pool, _HERE, targets, wind=wind)}
    assert hits["east"].received > 2 * hits["west"].received
    still = {hit.key: hit for hit in domino_hits(pool, _HERE, targets)}
    assert still["east"].received == pytest.approx(still["west"].received, rel=0.01)
    assert hits["east"].effect == "heat"


def test_that_a_jet_is_taken_to_point_at_each_neighbour() -> None:
    targets = (_target("n", 31.0005, 121.0), _target("s", 30.9995, 121.0))
    jet = DominoEvent(kind="jet_fire", burn_kg_s=10.0, heat_j_kg=46e6)
    hits = domino_hits(jet, _HERE, targets)
    assert hits[0].received == pytest.approx(hits[1].received, rel=1e-3)
    long = domino_hits(DominoEvent(kind="jet_fire", burn_kg_s=60.0, heat_j_kg=46e6), _HERE, targets)
    assert all(200e3 <= hit.received <= 350e3 for hit in long), "within the flame's length"
    assert all(hit.received < 15e3 for hit in hits)


def test_that_time_to_failure_is_given_for_a_heat_above_the_threshold_and_a_known_size() -> None:
    ball = DominoEvent(kind="fireball", mass_kg=20_000, heat_j_kg=46e6)
    places = {"near": 31.0004, "far": 31.01}
    sized = tuple(
        DominoTarget(
            key=key, name=Name(en=key), type="tank", position=LatLon(lat, 121.0), volume_m3=1000.0
        )
        for key, lat in places.items()
    )
    near, far = domino_hits(ball, _HERE, (*sized,))
    assert near.fails_after_s == failure_time_s("atmospheric", near.received, 1000.0)
    assert near.failure_source
    assert (far.fails_after_s, far.failure_source) == (None, "")
    (unsized,) = domino_hits(ball, _HERE, (_target("near", 31.0004, 121.0),))
    assert unsized.fails_after_s is None
    blast = DominoEvent(kind="blast", tnt_kg=1e6)
    assert [hit.fails_after_s for hit in domino_hits(blast, _HERE, sized)] == [None, None]


def test_that_a_fire_shorter_than_a_vessel_lasts_is_said_to_be_too_short() -> None:
    at = DominoTarget(
        key="t", name=Name(en="T"), type="tank", position=LatLon(31.0003, 121.0), volume_m3=1000.0
    )

    def verdict(event: DominoEvent, target: DominoTarget = at) -> str:
        return domino_hits(event, _HERE, (target,))[0].verdict

    jet = DominoEvent(kind="jet_fire", burn_kg_s=20.0, heat_j_kg=46e6)
    assert verdict(jet) == "may_fail", "nobody knows how long it burns"
    assert verdict(msgspec.structs.replace(jet, duration_s=5.0)) == "too_short"
    assert verdict(msgspec.structs.replace(jet, duration_s=3600.0)) == "may_fail"
    ball = DominoEvent(kind="fireball", mass_kg=20_000)
    assert verdict(ball) == "may_fail", "inside the ball"
    beside = _target("u", 31.0015, 121.0)
    assert verdict(ball, beside) == "too_short"
    assert verdict(DominoEvent(kind="blast", tnt_kg=5_000.0)) == "may_fail"
    assert verdict(ball, _target("u", 31.003, 121.0)) == "near"
    assert verdict(ball, _target("u", 31.02, 121.0)) == "below"


def test_that_more_heat_breaks_a_vessel_sooner_and_no_rule_gives_no_time() -> None:
    for vessel, volume in (("atmospheric", 2000.0), ("pressurised", 100.0)):
        times = [failure_time_s(vessel, heat, volume) for heat in (20e3, 60e3, 150e3)]
        assert all(a is not None and b is not None and a > b for a, b in pairwise(times))
    assert failure_time_s("pressurised", 60e3, 251.0) is None
    assert failure_time_s("atmospheric", 60e3, 24.0) is None
    assert failure_time_s("elongated", 60e3, 100.0) is None
    with pytest.raises(HazardInputError, match="heat_w_m2"):
        failure_time_s("atmospheric", 0.0, 100.0)


def test_that_nobody_here_or_beyond_5_km_is_named() -> None:
    event = DominoEvent(kind="blast", tnt_kg=1000)
    assert domino_hits(event, _HERE, ()) == ()
    assert domino_hits(event, _HERE, (_target("self", 31.0, 121.0),)) == ()
    mixed = (_target("self", 31.0, 121.0), _target("far", 32.0, 121.0), _target("a", 31.01, 121.0))
    assert [hit.key for hit in domino_hits(event, _HERE, mixed)] == ["a"]


def test_that_types_are_in_one_class_each() -> None:
    listed = [kind for row in load_rules("escalation")["vessel"] for kind in row["types"]]
    assert len(listed) == len(set(listed))
    assert vessel_of("column") == "elongated"


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (DominoEvent(kind="moon"), "kind"),  # type: ignore[arg-type]
        (DominoEvent(kind="pool_fire", burn_kg_m2_s=0.085), "diameter_m"),
        (DominoEvent(kind="jet_fire"), "burn_kg_s"),
        (DominoEvent(kind="fireball"), "mass_kg"),
        (DominoEvent(kind="blast", tnt_kg=-1.0), "tnt_kg"),
    ],
)
def test_that_a_refusal_names_the_field(event: DominoEvent, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        domino_hits(event, _HERE, (_target("a", 31.001, 121.0),))
    assert caught.value.field.endswith(field)
