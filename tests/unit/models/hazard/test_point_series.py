"""Concentration over time at a place: it agrees with the zone, ends, and says what it rests on."""

import math

import numpy as np
import pytest

from models.basics import LatLon, Wind
from models.hazard.dense_zone import DenseGasModel
from models.hazard.ground import to_positions
from models.hazard.point_series import PointSeries, point_series
from models.hazard.ports import HazardInputError, Release
from models.hazard.registry import default_model
from models.hazard.zone_model import GaussianPlumeModel

_SOURCE = LatLon(31.0, 121.0)
_TIMES = np.linspace(0, 7200, 721)


def _release(substance: str, **more: object) -> Release:
    return Release(
        **{"position": _SOURCE, "substance": substance, "release_kg_s": 2.0, **more}  # type: ignore[arg-type]
    )


def _wind(from_deg: float = 250.0, speed_m_s: float = 3.0) -> Wind:
    return Wind(from_deg=from_deg, speed_m_s=speed_m_s, stability="D")


def _at(release: Release, wind: Wind, downwind: float, crosswind: float = 0.0) -> PointSeries:
    [place] = to_positions(_SOURCE, [downwind], [crosswind], wind.from_deg)
    return point_series(release, wind, "rural", place, _TIMES)


@pytest.mark.parametrize("substance", ["chlorine", "carbon monoxide"])
@pytest.mark.parametrize("from_deg", [0.0, 100.0, 190.0, 280.0])
def test_that_the_peak_at_a_levels_reach_is_the_level(substance: str, from_deg: float) -> None:
    release, wind = _release(substance, duration_s=3600.0), _wind(from_deg)
    zone = default_model().zone(release, wind, (), "rural")
    for level in zone.levels[:2]:
        series = _at(release, wind, level.reach_m)
        assert series.peak_ppm == pytest.approx(level.threshold, rel=0.03)
        assert series.model == zone.model


@pytest.mark.parametrize(
    ("substance", "model"), [("chlorine", DenseGasModel), ("carbon monoxide", GaussianPlumeModel)]
)
def test_that_it_comes_and_goes_and_is_symmetric(substance: str, model: type) -> None:
    series = _at(_release(substance, duration_s=600.0), _wind(), 800.0, 20.0)
    assert series.model == model.name
    assert series.ppm[0] < series.peak_ppm * 0.05
    assert series.ppm[-1] < series.peak_ppm * 0.05
    assert series.crosswind_m == pytest.approx(20.0, abs=0.1)
    other = _at(_release(substance, duration_s=600.0), _wind(), 800.0, -20.0)
    assert other.ppm == pytest.approx(series.ppm)
    assert {"model_choice", "wind_speed"} <= {entry.name for entry in series.inputs}
    assert series.warnings
    assert series.model_version


def test_that_upwind_there_is_nothing_but_in_a_calm() -> None:
    assert _at(_release("carbon monoxide"), _wind(), -500.0).peak_ppm == 0.0
    calm = _at(_release("carbon monoxide"), _wind(speed_m_s=0.0), -500.0)
    assert calm.peak_ppm > 0
    assert not calm.valid


@pytest.mark.parametrize(
    ("field", "release", "times"),
    [
        ("times_s", {}, [-1.0]),
        ("times_s", {}, []),
        ("times_s", {}, [math.nan]),
        ("substance", {"substance": "unobtainium"}, [0.0]),
        ("release_kg_s", {"release_kg_s": 0.0}, [0.0]),
    ],
)
def test_that_nonsense_names_its_field(
    field: str, release: dict[str, object], times: list[float]
) -> None:
    case = _release(**{"substance": "chlorine", **release})  # type: ignore[arg-type]
    with pytest.raises(HazardInputError) as caught:
        point_series(case, _wind(), "rural", _SOURCE, times)
    assert caught.value.field == field
