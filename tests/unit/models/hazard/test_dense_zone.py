"""Zones of heavy gases, and the choice of the model: where, whom, why, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from models.basics import LatLon, Name, Wind
from models.hazard.dense.gas import gas_of
from models.hazard.dense_zone import DenseGasModel, dense_footprint
from models.hazard.footprint import FARTHEST_M
from models.hazard.ground import distance_m, to_positions, to_wind_axes
from models.hazard.model_choice import ChosenModel, choose, sinks_within_m
from models.hazard.ports import Exposed, HazardInputError, Release, ZoneResult
from models.hazard.registry import DEFAULT, default_model, models
from models.hazard.substances import all_substances, find_substance
from models.hazard.zone_model import GaussianPlumeModel

_SOURCE = LatLon(31.0, 121.0)


def _release(substance: str = "chlorine", rate: float = 1.0, **more: object) -> Release:
    return Release(position=_SOURCE, substance=substance, release_kg_s=rate, **more)  # type: ignore[arg-type]


def _wind(**changes: object) -> Wind:
    fields = {"from_deg": 270.0, "speed_m_s": 3.0, "stability": "D", **changes}
    return Wind(**fields)  # type: ignore[arg-type]


def _zone(
    release: Release | None = None,
    wind: Wind | None = None,
    receptors: tuple[Exposed, ...] = (),
    terrain: str = "rural",
) -> ZoneResult:
    return DenseGasModel().zone(release or _release(), wind or _wind(), receptors, terrain)


def _codes(zone: ZoneResult) -> set[str]:
    return {caution.code for caution in zone.warnings}


def _exposed(key: str, downwind: float, crosswind: float) -> Exposed:
    [position] = to_positions(_SOURCE, [downwind], [crosswind], 270.0)
    return Exposed(key=key, name=Name(en=key), type="school", position=position, people=7)


@given(st.floats(0, 360), st.sampled_from(("chlorine", "ammonia", "LPG")))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_that_a_zone_lies_downwind_in_every_quadrant(from_deg: float, substance: str) -> None:
    zone = _zone(_release(substance, 3.0), _wind(from_deg=from_deg))
    for level in zone.levels:
        x, y = to_wind_axes(_SOURCE, level.rings[0], from_deg)
        assert x.max() == pytest.approx(level.reach_m, rel=1e-3)
        assert -x.min() < 0.2 * x.max()
        assert y.max() == pytest.approx(-y.min(), rel=1e-3)


@pytest.mark.parametrize("substance", [s.cas for s in all_substances() if s.boiling_k < 298.15])
@pytest.mark.parametrize("rate", [0.01, 100.0])
def test_that_rings_are_closed_and_valid_for_every_gas(substance: str, rate: float) -> None:
    zone = _zone(_release("", rate, cas=substance), _wind(stability="F", speed_m_s=2.0))
    assert zone.levels
    for level in zone.levels:
        [ring] = level.rings
        assert ring[0] == ring[-1]
        assert Polygon([(p.lon_deg, p.lat_deg) for p in ring]).is_valid
        assert 0 < level.reach_m <= FARTHEST_M


@given(st.floats(0.05, 50), st.floats(1.2, 10))
@settings(max_examples=10, derandomize=True, deadline=None)
def test_that_more_release_never_shrinks_a_zone(rate: float, factor: float) -> None:
    small, large = _zone(_release(rate=rate)), _zone(_release(rate=rate * factor))
    reach = {level.key: level.reach_m for level in large.levels}
    assert all(reach[level.key] >= level.reach_m * 0.999 for level in small.levels)


def test_that_a_short_release_drifts_away_and_reaches_less() -> None:
    short, long = _zone(_release(duration_s=60.0)), _zone(_release(duration_s=7200.0))
    assert short.levels[-1].reach_m < 0.8 * long.levels[-1].reach_m
    assert "short_release" not in _codes(short)


def test_that_a_heavy_zone_is_wider_and_creeps_upwind() -> None:
    wind = _wind(speed_m_s=1.5, stability="F")
    heavy = _zone(_release(rate=20.0), wind)
    passive = GaussianPlumeModel().zone(_release(rate=20.0), wind, (), "rural")
    for zone, sign in ((heavy, -1), (passive, 0)):
        x, _ = to_wind_axes(_SOURCE, zone.levels[0].rings[0], 270.0)
        assert bool(x.min() < -4.0) is (sign < 0)
    x, y = to_wind_axes(_SOURCE, heavy.levels[0].rings[0], 270.0)
    u, v = to_wind_axes(_SOURCE, passive.levels[0].rings[0], 270.0)
    assert y[x < 400.0].max() > 2 * v[u < 400.0].max()


def test_that_hits_agree_with_the_drawn_polygon_and_come_in_time() -> None:
    rng = np.random.default_rng(7)
    places = rng.uniform((-50, -800), (4000, 800), (300, 2))
    receptors = tuple(_exposed(str(i), float(x), float(y)) for i, (x, y) in enumerate(places))
    zone = _zone(_release(rate=2.0), receptors=receptors)
    outer = max(zone.levels, key=lambda level: level.reach_m)
    shape = Polygon([(p.lon_deg, p.lat_deg) for p in outer.rings[0]])
    drawn = {
        r.key for r in receptors if shape.covers(Point(r.position.lon_deg, r.position.lat_deg))
    }
    hit = {h.receptor_key: h for h in zone.receptors}
    assert len(hit) > 20
    assert len(set(hit) ^ drawn) <= 3  # the outline's chords
    times = [(h.distance_m, h.arrival_s) for h in zone.receptors]
    assert all(t is not None and 0 <= t <= d / 0.5 for d, t in times)


def test_that_a_calm_gives_a_circle_that_isnt_valid() -> None:
    zone = _zone(wind=_wind(speed_m_s=0.0), receptors=(_exposed("upwind", -50.0, 0.0),))
    assert not zone.valid
    assert "calm" in _codes(zone)
    distances = [distance_m(_SOURCE, p) for p in zone.levels[-1].rings[0]]
    assert max(distances) - min(distances) < 1e-3
    assert [hit.receptor_key for hit in zone.receptors] == ["upwind"]
    assert not _zone(wind=_wind(speed_m_s=0.8)).valid


def test_that_every_result_names_model_version_inputs_and_assumptions() -> None:
    zone = _zone()
    assert (zone.kind, zone.model, zone.valid) == ("model", DenseGasModel.name, True)
    assert zone.model_version
    assert "dense_model" in _codes(zone)
    assert "may_rise" not in _codes(zone)
    assert "may_rise" in _codes(_zone(_release("ammonia")))
    assumed = {entry.name for entry in zone.inputs if entry.assumed}
    assert {"droplet_share", "roughness", "air_temperature", "humidity", "averaging"} <= assumed
    assert {"release_rate", "duration", "release_height"} <= {entry.name for entry in zone.inputs}


def test_that_levels_reached_nowhere_or_cut_are_said() -> None:
    assert "reached_nowhere" in _codes(_zone(_release("LPG", 1e-6)))
    far = _zone(_release("chlorine", 100.0), _wind(stability="F", speed_m_s=2.0))
    assert {"cut", "far_field"} <= _codes(far)
    assert far.levels[-1].reach_m == FARTHEST_M


def test_that_flammable_levels_hold_for_a_moment_and_masts_may_be_high() -> None:
    zone = _zone(_release("LPG", 10.0))
    assert {"lel60", "lel10"} <= {level.key for level in zone.levels}
    high = _zone(wind=_wind(height_m=200.0, speed_m_s=5.0))
    assert high.levels[-1].reach_m > 500
    assert _zone(terrain="urban").levels[-1].reach_m < _zone().levels[-1].reach_m


def test_that_a_substance_without_levels_falls_back_to_the_rule_of_thumb() -> None:
    assert _zone(_release("unobtainium")).kind == "rule_of_thumb"
    assert default_model().zone(_release("unobtainium"), _wind(), (), "rural").warnings


@pytest.mark.parametrize(
    ("field", "release", "wind", "terrain"),
    [
        ("release_kg_s", {"release_kg_s": math.nan}, {}, "rural"),
        ("release_kg_s", {"release_kg_s": -1.0}, {}, "rural"),
        ("height_m", {"height_m": 301.0}, {}, "rural"),
        ("duration_s", {"duration_s": math.inf}, {}, "rural"),
        ("wind.speed_m_s", {}, {"speed_m_s": 300.0}, "rural"),
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
    for model in (DenseGasModel(), ChosenModel()):
        with pytest.raises(HazardInputError) as caught:
            model.zone(case, _wind(**wind), (), terrain)
        assert caught.value.field == field


def test_that_a_gas_without_vapour_data_is_refused_and_not_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("models.hazard.dense_zone.gas_of", lambda _: None)
    with pytest.raises(HazardInputError, match="substance"):
        _zone()
    monkeypatch.setattr("models.hazard.model_choice.gas_of", lambda _: None)
    zone = default_model().zone(_release(), _wind(), (), "rural")
    assert zone.model == GaussianPlumeModel.name


@pytest.mark.parametrize(
    ("substance", "more", "dense", "word"),
    [
        ("chlorine", {}, True, "dense gas: criterion 1.06"),
        ("ammonia", {"rate": 5.0}, True, "dense gas"),
        ("LPG", {"rate": 5.0}, True, "dense gas"),
        ("carbon monoxide", {}, False, "passive"),
        ("benzene", {}, False, "diluted"),
        ("chlorine", {"height_m": 10.0}, True, "dense gas: criterion 1.06, limit 0.15"),
        (
            "chlorine",
            {"height_m": 40.0},
            True,
            "released 40 m up it sinks to the ground within 441",
        ),
        ("chlorine", {"height_m": 40.0, "rate": 0.05}, False, "after it has spread there (510 m)"),
    ],
)
def test_that_the_model_is_chosen_with_its_reason(
    substance: str, more: dict[str, float], dense: bool, word: str
) -> None:
    zone = default_model().zone(_release(substance, **more), _wind(), (), "rural")  # type: ignore[arg-type]
    assert zone.model == (DenseGasModel.name if dense else GaussianPlumeModel.name)
    [why] = [str(entry.value) for entry in zone.inputs if entry.name == "model_choice"]
    assert word in why


def test_that_the_registry_names_all_models() -> None:
    assert default_model().name == DEFAULT == ChosenModel.name
    assert set(models()) == {DEFAULT, GaussianPlumeModel.name, DenseGasModel.name}


def test_that_every_gas_of_the_levels_table_has_vapour_data() -> None:
    missing = [s.name.en for s in all_substances() if gas_of(s.cas) is None]
    assert missing == []
    chlorine = find_substance("chlorine")
    assert chlorine is not None
    assert choose(_release(), _wind(), chlorine).dense


def test_that_a_share_met_nowhere_has_no_footprint() -> None:
    from models.hazard.dense.air import Air
    from models.hazard.dense.cloud import dense_cloud
    from models.hazard.dense.mixing import Mixing
    from models.hazard.dense.source import Pool

    gas = gas_of("7782-50-5")
    assert gas is not None
    air = Air(3.0, 10.0, 0.1, 0.0, 293.15)
    cloud = dense_cloud(
        Pool(1.0, 1.0, 239.2), air, Mixing(gas, 293.15, 0.5), duration_s=600, farthest_m=500
    )
    assert dense_footprint(cloud, 1.0) is None
    area = dense_footprint(cloud, 1e-9)
    assert area is not None
    assert area.cut


@pytest.mark.parametrize(
    ("substance", "minutes", "told"),
    [("chlorine", 60.0, False), ("chlorine", 61.0, True), ("carbon monoxide", 480.0, True)],
)
def test_that_levels_of_an_hour_are_doubted_for_a_longer_release(
    substance: str, minutes: float, told: bool
) -> None:
    release = _release(substance, duration_s=minutes * 60)
    assert ("long_release" in _codes(default_model().zone(release, _wind(), (), "rural"))) is told


def test_that_who_stands_where_a_heavy_gas_from_high_up_comes_down_is_counted() -> None:
    wind = _wind(speed_m_s=1.0, stability="F")
    gate = _exposed("gate", 150.0, 0.0)
    passive = GaussianPlumeModel().zone(_release(height_m=40.0), wind, (gate,), "rural")
    assert (passive.receptors, passive.valid) == ((), False)
    zone = default_model().zone(_release(height_m=40.0), wind, (gate,), "rural")
    assert [(hit.receptor_key, hit.level_key) for hit in zone.receptors] == [("gate", "aegl3")]
    assert "sinks" in _codes(zone)
    low = default_model().zone(_release(height_m=10.0), wind, (gate,), "rural")
    assert "sinks" not in _codes(low)
    assert zone.levels == low.levels
    height = next(each for each in zone.inputs if each.name == "release_height")
    assert height.value == 40.0


def test_that_a_heavy_gas_sinks_as_a_light_one_rises() -> None:
    chlorine, monoxide = find_substance("chlorine"), find_substance("carbon monoxide")
    assert chlorine is not None
    assert monoxide is not None
    case = _release(height_m=40.0)
    far = sinks_within_m(case, _wind(), chlorine)
    flux = 9.81 * (1.0 / 7.2255) * (7.2255 - 1.2) / (math.pi * 1.2)
    assert 1.6 * (flux * far**2 / 3.0**3) ** (1 / 3) == pytest.approx(40.0, rel=1e-3)
    assert sinks_within_m(_release(height_m=0.0), _wind(), chlorine) == 0.0
    assert sinks_within_m(_release(height_m=80.0), _wind(), chlorine) > far
    assert sinks_within_m(_release(height_m=40.0, rate=4.0), _wind(), chlorine) == far / 2
    calm = sinks_within_m(case, _wind(speed_m_s=0.0), chlorine)
    assert calm == sinks_within_m(case, _wind(speed_m_s=0.5), chlorine)
    assert sinks_within_m(case, _wind(), monoxide) == math.inf
