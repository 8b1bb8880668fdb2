"""Threat zones: where they lie, whom they name, and what they say of themselves."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from models.basics import LatLon, Name, Wind
from models.hazard.cautions import cloud_density_kg_m3, dense_gas_number
from models.hazard.footprint import FARTHEST_M, Plume, footprint, half_width
from models.hazard.ground import distance_m, to_positions, to_wind_axes
from models.hazard.ports import Exposed, HazardInputError, Release, ZoneResult
from models.hazard.registry import DEFAULT, default_model
from models.hazard.substances import all_substances, find_substance, ppm_to_kg_m3
from models.hazard.zone_model import GaussianPlumeModel

_SOURCE = LatLon(31.0, 121.0)
_WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D", source="mast 1")


def _release(substance: str = "carbon monoxide", rate: float = 1.0, **more: object) -> Release:
    return Release(position=_SOURCE, substance=substance, release_kg_s=rate, **more)  # type: ignore[arg-type]


def _zone(
    release: Release | None = None,
    wind: Wind = _WIND,
    receptors: tuple[Exposed, ...] = (),
    terrain: str = "rural",
) -> ZoneResult:
    return GaussianPlumeModel().zone(release or _release(), wind, receptors, terrain)


def _codes(zone: ZoneResult) -> set[str]:
    return {caution.code for caution in zone.warnings}


def _wind(**changes: object) -> Wind:
    fields = {"from_deg": 270.0, "speed_m_s": 3.0, "stability": "D", **changes}
    return Wind(**fields)  # type: ignore[arg-type]


@given(st.floats(0, 360), st.sampled_from(("chlorine", "ammonia", "氰化氢")))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_that_a_zone_lies_downwind_in_every_quadrant(from_deg: float, substance: str) -> None:
    zone = _zone(_release(substance), _wind(from_deg=from_deg))
    for level in zone.levels:
        x, _ = to_wind_axes(_SOURCE, level.rings[0], from_deg)
        assert x.min() >= -1e-3
        assert x.max() == pytest.approx(level.reach_m, rel=1e-3)


def test_that_wind_from_the_west_carries_to_the_east() -> None:
    ring = _zone(_release("chlorine")).levels[-1].rings[0]
    assert min(p.lon_deg for p in ring) >= 121.0 - 1e-9
    assert max(p.lon_deg for p in ring) > 121.01


@pytest.mark.parametrize("substance", [s.cas for s in all_substances()])
@pytest.mark.parametrize("rate", [0.01, 1.0, 300.0])
def test_that_rings_are_closed_and_valid_for_every_substance(substance: str, rate: float) -> None:
    zone = _zone(_release("", rate, cas=substance), _wind(stability="F", speed_m_s=2.0))
    for level in zone.levels:
        [ring] = level.rings
        assert ring[0] == ring[-1]
        assert Polygon([(p.lon_deg, p.lat_deg) for p in ring]).is_valid
        assert level.reach_m > 0


def test_that_the_outline_lies_on_the_threshold() -> None:
    plume = Plume(1.0, 2.0, 1.0, "D", "isc3_rural")
    area = footprint(plume, 1e-4)
    assert area is not None
    edge = slice(5, 90)
    on_edge = plume.ground(area.x_m[edge], area.y_m[edge])
    assert np.allclose(on_edge, 1e-4, rtol=1e-6)
    assert float(plume.ground(np.array(area.reach_m))) == pytest.approx(1e-4, rel=1e-6)


def test_that_an_elevated_area_begins_away_from_the_source() -> None:
    area = footprint(Plume(1.0, 3.0, 60.0, "F", "isc3_rural"), 1e-7)
    assert area is not None
    assert area.start_m > 600
    assert area.covers(np.array([area.start_m / 2]), np.array([0.0])).tolist() == [False]


def test_that_an_area_beyond_50_km_is_cut_and_says_so() -> None:
    zone = _zone(_release("chlorine", 500.0), _wind(stability="F", speed_m_s=2.0))
    assert zone.levels[-1].reach_m == FARTHEST_M
    assert {"cut", "far_field"} <= _codes(zone)


@given(st.floats(0.01, 50), st.floats(1.1, 10))
@settings(max_examples=30, derandomize=True, deadline=None)
def test_that_more_release_never_shrinks_a_zone(rate: float, factor: float) -> None:
    small, large = _zone(_release(rate=rate)), _zone(_release(rate=rate * factor))
    reach = {level.key: level.reach_m for level in large.levels}
    assert all(reach[level.key] >= level.reach_m for level in small.levels)


def test_that_worse_levels_lie_inside_milder_ones() -> None:
    zone = _zone(_release("chlorine", 5.0))
    assert [level.severity for level in zone.levels] == [3, 2, 1]
    reaches = [level.reach_m for level in zone.levels]
    assert reaches == sorted(reaches)


def _exposed(key: str, downwind: float, crosswind: float, people: int | None) -> Exposed:
    [position] = to_positions(_SOURCE, [downwind], [crosswind], _WIND.from_deg)
    return Exposed(
        key=key, name=Name(en=key), type="school", position=position, people=people,
        people_source="census",
    )  # fmt: skip


def test_that_receptors_are_named_with_worst_level_distance_and_arrival() -> None:
    zone = _zone(
        _release("chlorine", 5.0),
        receptors=(
            _exposed("far", 4000.0, 0.0, 200),
            _exposed("near", 300.0, 0.0, None),
            _exposed("upwind", -300.0, 0.0, 5),
            _exposed("beside", 300.0, 3000.0, 5),
        ),
    )
    assert [hit.receptor_key for hit in zone.receptors] == ["near", "far"]
    near, far = zone.receptors
    assert (near.level_key, near.people) == ("aegl3", None)
    assert (far.level_key, far.people, far.people_source) == ("aegl2", 200, "census")
    assert far.distance_m == pytest.approx(4000.0, rel=1e-6)
    assert far.arrival_s == pytest.approx(4000.0 / 3.0, rel=1e-6)


def test_that_hits_agree_with_the_drawn_polygon() -> None:
    rng = np.random.default_rng(7)
    places = rng.uniform((-500, -1500), (6000, 1500), (400, 2))
    receptors = tuple(_exposed(str(i), float(x), float(y), 1) for i, (x, y) in enumerate(places))
    zone = _zone(_release("chlorine", 5.0), receptors=receptors)
    outer = max(zone.levels, key=lambda level: level.reach_m)
    shape = Polygon([(p.lon_deg, p.lat_deg) for p in outer.rings[0]])
    drawn = {
        r.key for r in receptors if shape.covers(Point(r.position.lon_deg, r.position.lat_deg))
    }
    hit = {h.receptor_key for h in zone.receptors}
    assert len(hit) > 20
    assert len(hit ^ drawn) <= 2  # the outline's chords


def test_that_a_zone_reached_nowhere_says_so_and_names_nobody() -> None:
    zone = _zone(_release("methanol", 0.001), receptors=(_exposed("a", 50.0, 0.0, 1),))
    assert zone.levels == ()
    assert zone.receptors == ()
    assert "reached_nowhere" in _codes(zone)


def test_that_a_calm_gives_a_circle_that_isnt_valid() -> None:
    receptors = (_exposed("upwind", -100.0, 0.0, 5), _exposed("far", 40_000.0, 0.0, 5))
    zone = _zone(_release(rate=1.0), _wind(speed_m_s=0.0), receptors)
    assert not zone.valid
    assert "calm" in _codes(zone)
    outer = zone.levels[-1]
    distances = [distance_m(_SOURCE, p) for p in outer.rings[0]]
    assert max(distances) - min(distances) < 1e-3
    assert [hit.receptor_key for hit in zone.receptors] == ["upwind"]


@pytest.mark.parametrize(
    ("speed", "valid", "code"), [(0.4, False, "calm"), (0.9, False, "low_wind"), (1.0, True, "")]
)
def test_that_low_wind_makes_the_model_invalid(speed: float, valid: bool, code: str) -> None:
    zone = _zone(_release(), _wind(speed_m_s=speed))
    assert zone.valid is valid
    assert not code or code in _codes(zone)


def test_that_a_dense_release_isnt_valid_and_says_where() -> None:
    zone = _zone(_release("chlorine"))
    assert not zone.valid
    [text] = [c.text for c in zone.warnings if c.code == "dense_gas"]
    assert "not valid near the source" in text
    assert "dense_gas" not in _codes(_zone(_release("methane", 0.5)))


def test_that_a_trickle_of_heavy_gas_is_passive_but_named_heavy() -> None:
    zone = _zone(_release("toluene", 1e-5), _wind(speed_m_s=8.0))
    assert zone.valid
    assert "heavy_gas" in _codes(zone)


def test_that_density_and_its_number_behave() -> None:
    light = find_substance("hydrogen")
    assert light is not None
    assert cloud_density_kg_m3(light) < 0.1
    assert dense_gas_number(1.0, 0.08, 3.0) == 0.0
    with pytest.raises(HazardInputError, match="density_kg_m3"):
        dense_gas_number(1.0, 0.0, 3.0)


def test_that_what_is_assumed_short_or_unpublished_is_said() -> None:
    zone = _zone(_release("phosgene", 1.0, rate_assumed=True, duration_s=60.0))
    assert {"assumed_rate", "short_release", "level_not_published"} <= _codes(zone)
    [rate] = [entry for entry in zone.inputs if entry.name == "release_rate"]
    assert rate.assumed
    recalled = _zone(_release("formaldehyde"))
    assert "unverified_levels" in _codes(recalled)
    assert any(level.unverified for level in recalled.levels)


def test_that_a_zone_all_within_100_m_says_so() -> None:
    assert "all_near_field" in _codes(_zone(_release("LPG", 0.3)))


def test_that_every_result_names_model_version_inputs_and_wind() -> None:
    zone = _zone()
    assert (zone.kind, zone.model) == ("model", GaussianPlumeModel.name)
    assert zone.model_version
    assert zone.wind == _WIND
    assert {"substance", "release_rate", "wind_speed", "stability"} <= {i.name for i in zone.inputs}
    assert all(level.source for level in zone.levels)
    assert default_model().name == DEFAULT


def test_that_a_substance_without_levels_falls_back_to_the_rule_of_thumb() -> None:
    zone = _zone(_release("unobtainium"))
    assert zone.kind == "rule_of_thumb"
    assert zone.warnings[0].code == "no_levels_of_concern"
    assert "unobtainium" in zone.warnings[0].text
    nameless = _zone(_release("", cas="00-00-0"))
    assert "00-00-0" in nameless.warnings[0].text
    assert "the substance" in _zone(_release("")).warnings[0].text


@pytest.mark.parametrize(
    ("field", "release", "wind", "terrain"),
    [
        ("release_kg_s", {"release_kg_s": 0.0}, {}, "rural"),
        ("release_kg_s", {"release_kg_s": -1.0}, {}, "rural"),
        ("release_kg_s", {"release_kg_s": math.nan}, {}, "rural"),
        ("duration_s", {"duration_s": 0.0}, {}, "rural"),
        ("height_m", {"height_m": -0.1}, {}, "rural"),
        ("wind.speed_m_s", {}, {"speed_m_s": 300.0}, "rural"),
        ("wind.speed_m_s", {}, {"speed_m_s": -1.0}, "rural"),
        ("wind.from_deg", {}, {"from_deg": 361.0}, "rural"),
        ("wind.from_deg", {}, {"from_deg": math.nan}, "rural"),
        ("wind.height_m", {}, {"height_m": 0.0}, "rural"),
        ("wind.stability", {}, {"stability": "Z"}, "rural"),
        ("terrain", {}, {}, "sea"),
    ],
)
def test_that_nonsense_is_refused_naming_the_field(
    field: str, release: dict[str, float], wind: dict[str, object], terrain: str
) -> None:
    case = Release(
        **{"position": _SOURCE, "substance": "chlorine", "release_kg_s": 1.0, **release}  # type: ignore[arg-type]
    )
    with pytest.raises(HazardInputError) as caught:
        _zone(case, _wind(**wind), terrain=terrain)
    assert caught.value.field == field


def test_that_urban_dispersion_shortens_the_zone() -> None:
    rural, urban = _zone(), _zone(terrain="urban")
    assert urban.levels[-1].reach_m < rural.levels[-1].reach_m


def test_that_positions_and_wind_axes_are_inverse_across_the_date_line() -> None:
    origin = LatLon(-16.0, 179.99)
    positions = to_positions(origin, [5000.0, -3000.0], [1000.0, 2000.0], 250.0)
    assert any(p.lon_deg < 0 for p in positions)
    x, y = to_wind_axes(origin, positions, 250.0)
    assert np.allclose(x, [5000.0, -3000.0])
    assert np.allclose(y, [1000.0, 2000.0])


def test_that_half_width_is_zero_where_the_level_isnt_reached() -> None:
    plume = Plume(0.001, 5.0, 0.0, "A", "isc3_rural")
    assert half_width(plume, np.array([10_000.0]), 1.0).tolist() == [0.0]


@pytest.mark.parametrize(("ppm", "mass"), [(0.0, 17.0), (1.0, 0.0), (math.nan, 17.0)])
def test_that_conversion_wants_positive_numbers(ppm: float, mass: float) -> None:
    with pytest.raises(HazardInputError):
        ppm_to_kg_m3(ppm, mass)


def test_that_substances_are_found_by_any_name() -> None:
    for name in ("Chlorine", " cl2 ", "液氯", "UN1017", "7782-50-5"):
        found = find_substance(name)
        assert found is not None
        assert found.cas == "7782-50-5"
    assert find_substance("chlorine", "00-00-0") is None
    assert len(all_substances()) == 37
