"""Ensembles of dense clouds: like their single runs, reproducible, stoppable."""

import numpy as np
import pytest

from models.basics import LatLon, Name, Wind
from models.hazard.dense_zone import DenseGasModel
from models.hazard.ensemble.dense_cover import dense_cover, dense_share_at
from models.hazard.ensemble.members import draw_members
from models.hazard.ensemble.spread import default_spread
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.ground import to_positions
from models.hazard.ports import Exposed, Release
from models.hazard.substances import find_substance
from models.hazard.zone_model import GaussianPlumeModel

_SOURCE = LatLon(31.0, 121.0)
_RELEASE = Release(position=_SOURCE, substance="chlorine", release_kg_s=2.0)
_WIND = Wind(from_deg=200.0, speed_m_s=3.0, stability="D")
_SPREAD = default_spread(_WIND, "rural", rate_assumed=True)


def test_that_equal_members_cover_what_the_single_run_covers() -> None:
    drawn = draw_members(_RELEASE, _WIND, "rural", _SPREAD, members=4, seed=1)
    same = type(drawn)(
        from_deg=np.full(4, 200.0),
        speed_m_s=np.full(4, 3.0),
        carrying_m_s=np.full(4, 3.0),
        stability=np.full(4, "D"),
        scheme=drawn.scheme,
        scaled_kg_s=np.full(4, 2.0),
        duration_s=np.full(4, 1800.0),
        calm=np.zeros(4, dtype=bool),
    )
    substance = find_substance("chlorine")
    assert substance is not None
    told: list[float] = []
    covered = dense_cover(same, _RELEASE, _WIND, "rural", substance, told.append)
    single = DenseGasModel().zone(_RELEASE, _WIND, (), "rural")
    reach = covered.reach_m()
    for i, level in enumerate(single.levels):
        assert reach[i] == pytest.approx(level.reach_m, rel=0.06)
        at = np.array([level.reach_m * 0.8, level.reach_m * 1.2, level.reach_m * 0.8])
        shares = dense_share_at(covered, at, np.array([20.0, 20.0, 200.0]))
        assert shares[i].tolist() == [1.0, 0.0, 0.0]
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_that_a_heavy_gas_is_an_ensemble_of_dense_clouds_and_the_same_again() -> None:
    [place] = to_positions(_SOURCE, [300.0], [0.0], 200.0)
    school = Exposed(key="s", name=Name(en="School"), type="school", position=place, people=9)
    zone = ensemble_zone(_RELEASE, _WIND, (school,), "rural", _SPREAD, members=24)
    assert zone.model == f"{DenseGasModel.name}, ensemble of 24"
    assert zone.valid
    outer = [level.reach_m for level in zone.levels if level.probability == 0.05]
    likely = [level.reach_m for level in zone.levels if level.probability == 0.5]
    assert max(outer) > max(likely)
    [hit] = zone.receptors
    assert hit.probability is not None
    assert hit.probability > 0.5
    again = ensemble_zone(_RELEASE, _WIND, (school,), "rural", _SPREAD, members=24)
    assert again == zone


def test_that_a_passive_gas_stays_an_ensemble_of_plumes() -> None:
    light = Release(position=_SOURCE, substance="carbon monoxide", release_kg_s=2.0)
    zone = ensemble_zone(light, _WIND, (), "rural", _SPREAD)
    assert zone.model == f"{GaussianPlumeModel.name}, ensemble of 1000"


def test_that_a_running_ensemble_can_be_stopped() -> None:
    def stop(share: float) -> None:
        if share >= 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        ensemble_zone(_RELEASE, _WIND, (), "rural", _SPREAD, members=4, progress=stop)
