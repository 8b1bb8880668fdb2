"""Ensembles: contours of probability, receptors at risk, and what they say of themselves."""

import msgspec
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from models.basics import LatLon, Name, Wind
from models.hazard.ensemble.coverage import cover, polar_share, share_at
from models.hazard.ensemble.members import draw_members
from models.hazard.ensemble.spread import (
    MeasuredWind,
    Share,
    Spread,
    check_spread,
    default_spread,
    measured_wind,
)
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.footprint import Plume, footprint
from models.hazard.ground import distance_m, to_positions, to_wind_axes
from models.hazard.ports import Exposed, HazardInputError, Release, ZoneLevel, ZoneResult
from models.hazard.zone_model import GaussianPlumeModel

_SOURCE = LatLon(31.0, 121.0)
_WIND = Wind(from_deg=200.0, speed_m_s=3.0, stability="D")


def _release(rate: float = 1.0, **more: object) -> Release:
    fields = {"substance": "carbon monoxide", "duration_s": 1e5, **more}
    return Release(position=_SOURCE, release_kg_s=rate, **fields)  # type: ignore[arg-type]


def _sure(**changes: object) -> Spread:
    fields: dict[str, object] = {
        "direction_sd_deg": 0.0,
        "speed_log_sd": 0.0,
        "stabilities": (Share(key="D", weight=1.0),),
        "rate_log_sd": 0.0,
        "model_log_sd": 0.0,
        "schemes": (Share(key="isc3_rural", weight=1.0),),
    }
    return Spread(**{**fields, **changes})  # type: ignore[arg-type]


def _zone(wind: Wind = _WIND, release: Release | None = None, **more: object) -> ZoneResult:
    spread = more.pop("spread", None) or default_spread(wind, "rural", rate_assumed=True)
    receptors = more.pop("receptors", ())
    return ensemble_zone(release or _release(), wind, receptors, "rural", spread, **more)  # type: ignore[arg-type]


def _area(level: ZoneLevel, from_deg: float = 200.0) -> shapely.Polygon:
    x, y = to_wind_axes(_SOURCE, level.rings[0], from_deg)
    return shapely.Polygon(np.column_stack([x, y]))


def _at(zone: ZoneResult, key: str, probability: float) -> ZoneLevel:
    return next(z for z in zone.levels if (z.key, z.probability) == (key, probability))


def test_that_without_spread_every_contour_is_the_single_run_s_zone() -> None:
    single = GaussianPlumeModel().zone(_release(), _WIND, (), "rural")
    zone = _zone(spread=_sure(), members=5)
    for level in single.levels:
        for probability in (0.05, 0.5, 0.95):
            contour = _at(zone, level.key, probability)
            assert contour.reach_m == pytest.approx(level.reach_m, rel=0.05)
            ours, theirs = _area(contour), _area(level)
            assert ours.symmetric_difference(theirs).area < 0.12 * theirs.area


def test_that_shares_on_the_grid_are_those_of_runs_one_by_one() -> None:
    spread = default_spread(_WIND, "rural", rate_assumed=True)
    members = draw_members(_release(), _WIND, "rural", spread, members=300, seed=4)
    threshold = 1e-4
    random = np.random.default_rng(3)
    distance, bearing = random.uniform(20, 3000, 60), random.uniform(-30, 70, 60)
    found = share_at(members, 1.0, np.array([threshold]), distance, bearing)[0]
    counts = np.zeros(60)
    for i in range(300):
        plume = Plume(
            release_kg_s=float(members.scaled_kg_s[i]),
            wind_m_s=float(members.carrying_m_s[i]),
            height_m=1.0,
            stability=str(members.stability[i]),
            scheme=str(members.scheme[i]),
        )
        area = footprint(plume, threshold)
        angle = np.radians(bearing - members.from_deg[i] - 180.0)
        if area is not None and members.calm[i]:
            counts += distance <= area.reach_m
        elif area is not None:
            counts += area.covers(distance * np.cos(angle), distance * np.sin(angle))
    assert np.abs(found - counts / 300).max() <= 2 / 300
    polar = polar_share(cover(members, 1.0, np.array([threshold])), 200.0)
    row = np.searchsorted(polar.ring_m, distance)
    turn = np.radians((bearing - 20.0 + 180.0) % 360.0 - 180.0)
    ray = np.searchsorted(polar.ray_rad, turn)
    inside = (row < len(polar.ring_m)) & (ray < len(polar.ray_rad)) & (ray > 0)
    assert inside.sum() > 40
    near = polar.share[0][row[inside], ray[inside]]
    assert np.abs(near - found[inside]).max() < 0.05


def test_that_contours_nest_and_the_same_seed_gives_the_same() -> None:
    zone = _zone()
    assert zone == _zone()
    assert zone.levels != _zone(seed=2).levels
    for key in ("aegl3", "aegl2"):
        outer, median = _area(_at(zone, key, 0.05)), _area(_at(zone, key, 0.5))
        assert outer.buffer(5.0).contains(median)
        assert outer.area > 3 * median.area
    assert _area(_at(zone, "aegl2", 0.05)).buffer(5).contains(_area(_at(zone, "aegl3", 0.05)))


def test_that_another_seed_moves_the_outer_contour_little() -> None:
    reaches = [_at(_zone(seed=seed), "aegl2", 0.05).reach_m for seed in range(1, 7)]
    assert np.ptp(reaches) < 0.15 * np.mean(reaches)


@given(st.floats(0, 360))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_that_the_zone_turns_with_the_wind(from_deg: float) -> None:
    wind = msgspec.structs.replace(_WIND, from_deg=from_deg)
    level = _at(_zone(wind), "aegl2", 0.05)
    x, y = to_wind_axes(_SOURCE, level.rings[0], from_deg)
    assert x.max() > 5 * abs(x.min())
    assert y.max() == pytest.approx(-y.min(), rel=0.15)


def test_that_a_wide_direction_goes_all_the_way_round() -> None:
    zone = _zone(spread=_sure(direction_sd_deg=170.0))
    level = _at(zone, "aegl2", 0.05)
    x, y = to_wind_axes(_SOURCE, level.rings[0], 200.0)
    assert min(x.max(), -x.min(), y.max(), -y.min()) > 0.5 * level.reach_m
    assert [z for z in zone.levels if z.probability == 0.05 and z.key == "aegl2"] == [level]


def test_that_a_calm_covers_the_circle_to_its_reach() -> None:
    wind = Wind(from_deg=10.0, speed_m_s=0.2, stability="D")
    zone = _zone(wind, spread=_sure())
    single = GaussianPlumeModel().zone(_release(), wind, (), "rural")
    for level in single.levels:
        ring = _at(zone, level.key, 0.5).rings[0]
        distances = [distance_m(_SOURCE, corner) for corner in ring]
        assert distances == pytest.approx([level.reach_m] * len(ring), rel=0.05)
    assert {"calm"} <= {caution.code for caution in zone.warnings}


def test_that_the_zone_of_a_stack_begins_away_from_it() -> None:
    release = _release(100.0, height_m=80.0)
    zone = _zone(release=release, spread=_sure())
    level = _at(zone, "aegl2", 0.5)
    assert to_wind_axes(_SOURCE, level.rings[0], 200.0)[0].min() > 300.0


def test_that_a_small_inventory_shortens_the_zone() -> None:
    spread = default_spread(_WIND, "rural", rate_assumed=True, inventory_kg=20.0)
    short, long = _zone(spread=spread), _zone()
    assert _at(short, "aegl2", 0.05).reach_m < 0.8 * _at(long, "aegl2", 0.05).reach_m
    assert {"inventory", "inventory_log_sd"} <= {each.name for each in short.inputs}


@pytest.mark.parametrize("field", ["rate_log_sd", "hole_log_sd", "model_log_sd", "speed_log_sd"])
def test_that_less_knowledge_widens_the_outer_contour(field: str) -> None:
    sure = _at(_zone(spread=_sure()), "aegl2", 0.05).reach_m
    assert _at(_zone(spread=_sure(**{field: 0.5})), "aegl2", 0.05).reach_m > 1.2 * sure


def test_that_receptors_carry_their_probability_and_the_worst_level() -> None:
    places = to_positions(_SOURCE, [150.0, 700.0, 1000.0, -300.0], [0.0, 0.0, 50.0, 0.0], 200.0)
    receptors = tuple(
        Exposed(key=str(i), name=Name(en="r"), type="school", position=place, people=None)
        for i, place in enumerate(places)
    )
    hits = {hit.receptor_key: hit for hit in _zone(receptors=receptors).receptors}
    assert set(hits) == {"0", "1", "2"}
    assert hits["0"].level_key == "aegl3"
    assert hits["1"].level_key == hits["2"].level_key == "aegl2"
    assert (hits["1"].probability or 0) > (hits["2"].probability or 0)
    assert all(0.05 <= (hit.probability or 0) <= 1.0 for hit in hits.values())
    assert all(hit.arrival_s is not None and hit.arrival_s > 0 for hit in hits.values())
    assert hits["2"].people is None


@pytest.mark.parametrize("stability", "BCDEF")
@pytest.mark.parametrize("substance", ["carbon monoxide", "benzene", "hydrogen cyanide"])
def test_that_the_90_percent_distance_agrees_with_aftox(stability: str, substance: str) -> None:
    """AFTOX (Kunkel 1988): 90 % stay within 2.1 times the mean hazard distance."""
    wind = Wind(from_deg=200.0, speed_m_s=3.0, stability=stability)
    spread = default_spread(wind, "rural", rate_assumed=False)
    zone = _zone(wind, _release(0.2, substance=substance), spread=spread)
    ratio = next(each for each in zone.inputs if each.name == "reach_90_to_median")
    assert 2.1 / 1.4 <= float(ratio.value) <= 2.1 * 1.75
    assert "AFTOX" in ratio.source


def test_that_a_narrow_ensemble_says_so() -> None:
    zone = _zone(spread=_sure(rate_log_sd=0.1))
    assert "narrow_ensemble" in {caution.code for caution in zone.warnings}
    assert "narrow_ensemble" not in {caution.code for caution in _zone().warnings}


def test_that_a_zone_without_a_finite_reach_claims_no_ratio() -> None:
    tiny = _zone(release=_release(1e-7))
    assert not tiny.levels
    assert "reach_90_to_median" not in {each.name for each in tiny.inputs}
    codes = {caution.code for caution in tiny.warnings}
    assert {"probability_nowhere", "reached_nowhere"} <= codes


def test_that_an_unknown_substance_gives_the_rule_of_thumb() -> None:
    zone = _zone(release=_release(substance="unobtainium"))
    assert zone.kind == "rule_of_thumb"


def test_that_it_names_its_runs_inputs_and_model() -> None:
    zone = _zone(members=200, seed=9)
    inputs = {each.name: each for each in zone.inputs}
    assert zone.model.endswith("ensemble of 200")
    assert (inputs["members"].value, inputs["seed"].value) == (200, 9)
    assert inputs["direction_sd"].assumed
    assert {"stabilities", "rate_log_sd", "model_log_sd", "schemes"} <= set(inputs)


def test_that_everything_was_reached_says_nothing_of_nowhere() -> None:
    zone = _zone(release=_release(50.0), spread=_sure())
    assert "probability_nowhere" not in {caution.code for caution in zone.warnings}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"direction_sd_deg": float("nan")}, "spread.direction_sd_deg"),
        ({"rate_log_sd": -0.1}, "spread.rate_log_sd"),
        ({"inventory_kg": 0.0}, "spread.inventory_kg"),
        ({"stabilities": (Share(key="G", weight=1.0),)}, "spread.stabilities"),
        ({"stabilities": (Share(key="D", weight=0.0),)}, "spread.stabilities"),
        ({"schemes": ()}, "spread.schemes"),
    ],
)
def test_that_a_spread_without_sense_names_its_field(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(HazardInputError) as caught:
        check_spread(_sure(**changes))
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("more", "field"),
    [({"members": 1}, "members"), ({"members": 2.5}, "members"), ({"seed": -1}, "seed")],
)
def test_that_bad_counts_name_their_field(more: dict[str, object], field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        _zone(**more)
    assert caught.value.field == field


def test_that_measured_scatter_is_used_when_there_is_enough_of_it() -> None:
    random = np.random.default_rng(1)
    at = np.arange(600.0)
    found = measured_wind(at, (random.normal(355, 18, 600)) % 360, np.full(600, 3.0))
    assert found.direction_sd_deg == pytest.approx(18.0, rel=0.1)
    spread = default_spread(_WIND, "rural", rate_assumed=False, measured=found)
    assert spread.direction_sd_deg == found.direction_sd_deg
    assert not spread.assumed
    assert spread.speed_log_sd == 0.15  # a steady wind doesn't promise a steady half hour


@pytest.mark.parametrize(
    "few",
    [
        MeasuredWind(direction_sd_deg=40, speed_log_sd=0.5, readings=19, span_s=600),
        MeasuredWind(direction_sd_deg=40, speed_log_sd=0.5, readings=600, span_s=299),
    ],
)
def test_that_too_few_readings_leave_the_table(few: MeasuredWind) -> None:
    spread = default_spread(_WIND, "rural", rate_assumed=False, measured=few)
    assert (spread.direction_sd_deg, spread.assumed) == (10.0, True)


def test_that_readings_older_than_ten_minutes_do_not_count() -> None:
    at = np.array([0.0, 1.0, 1000.0, 1001.0])
    found = measured_wind(at, [0.0, 180.0, 90.0, 90.0], [3.0] * 4)
    assert (found.readings, round(found.direction_sd_deg, 6)) == (2, 0.0)


def test_that_a_light_wind_wanders() -> None:
    light = default_spread(
        Wind(from_deg=0, speed_m_s=0.5, stability="F"), "rural", rate_assumed=False
    )
    assert light.direction_sd_deg == pytest.approx(20.0)
    assert [share.key for share in light.stabilities] == ["E", "F"]
    assert sum(share.weight for share in light.stabilities) == pytest.approx(1.0)


@pytest.mark.parametrize(("at", "degrees"), [([], []), ([0.0, 1.0], [10.0]), ([[0.0]], [[10.0]])])
def test_that_readings_of_other_shapes_are_refused(at: list[float], degrees: list[float]) -> None:
    with pytest.raises(HazardInputError, match="at_s"):
        measured_wind(at, degrees, degrees)
