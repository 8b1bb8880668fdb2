"""Threat zones: one scenario to polygons, a thousand members to contours of probability."""

import msgspec
import numpy as np

from models.basics import LatLon, Name, Wind
from models.hazard.ensemble.members import draw_members
from models.hazard.ensemble.spread import default_spread
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.ports import Exposed, Release
from models.hazard.registry import default_model
from models.hazard.zone_model import GaussianPlumeModel
from tests.benchmarks.ratio import ROUNDS, Row, seconds

_SINGLE_BAR_S = 0.05
_ENSEMBLE_BAR_S = 1.0
_DENSE_BAR_S = 5.0
_SPEEDUP_BAR = 50.0
_FAST_ENOUGH_S = 0.4
_MEMBERS = 1000
_LOOPED = 100  # single runs that the loop's time is taken from

_RELEASE = Release(position=LatLon(31.0, 121.0), substance="chlorine", release_kg_s=1.0)
_PASSIVE = msgspec.structs.replace(_RELEASE, substance="carbon monoxide")
_WIND = Wind(from_deg=200.0, speed_m_s=3.0, stability="D")


def rows() -> list[Row]:
    """Measure."""
    receptors = _receptors(500)
    model = default_model()
    model.zone(_RELEASE, _WIND, receptors, "rural")
    single_s = min(
        seconds(lambda: model.zone(_RELEASE, _WIND, receptors, "rural")) for _ in range(ROUNDS)
    )
    spread = default_spread(_WIND, "rural", rate_assumed=True)

    def ensemble() -> object:
        return ensemble_zone(_PASSIVE, _WIND, receptors, "rural", spread, members=_MEMBERS)

    heavy = default_spread(_WIND, "rural", rate_assumed=True)
    dense_s = min(
        seconds(lambda: ensemble_zone(_RELEASE, _WIND, receptors, "rural", heavy)) for _ in range(2)
    )
    ensemble_s = min(seconds(ensemble) for _ in range(ROUNDS))
    loop_s = min(seconds(_loop) for _ in range(ROUNDS)) * _MEMBERS / _LOOPED
    speedup = loop_s / ensemble_s
    note = f"{_MEMBERS} members, 9 contours, 500 receptors; the loop takes {loop_s:.1f} s"
    either = max(speedup / _SPEEDUP_BAR, _FAST_ENOUGH_S / ensemble_s)
    return [
        Row("zone: scenario to polygons", single_s, _SINGLE_BAR_S, unit="s", note="500 receptors"),
        Row("zone: dense ensemble of 200", dense_s, _DENSE_BAR_S, unit="s", note="in background"),
        Row("zone: ensemble to contours", ensemble_s, _ENSEMBLE_BAR_S, unit="s", note=note),
        Row(
            "zone: ensemble, the better of 50× and 0.4 s",
            either,
            1.0,
            more_is_better=True,
            note=f"{speedup:.0f}× the loop over single runs, {ensemble_s:.3f} s",
        ),
    ]


def _loop() -> None:
    """Run some of the same members one by one, polygons and all."""
    spread = default_spread(_WIND, "rural", rate_assumed=True)
    drawn = draw_members(_PASSIVE, _WIND, "rural", spread, members=_LOOPED, seed=1)
    model = GaussianPlumeModel()
    for i in range(_LOOPED):
        release = msgspec.structs.replace(_PASSIVE, release_kg_s=float(drawn.scaled_kg_s[i]))
        wind = Wind(
            from_deg=float(drawn.from_deg[i]),
            speed_m_s=float(drawn.speed_m_s[i]),
            stability=str(drawn.stability[i]),
        )
        model.zone(release, wind, (), "rural")


def _receptors(count: int) -> tuple[Exposed, ...]:
    random = np.random.default_rng(5)
    places = random.uniform((30.9, 120.9), (31.1, 121.1), (count, 2))
    return tuple(
        Exposed(key=str(i), name=Name(en="r"), type="village", position=LatLon(*place), people=10)
        for i, place in enumerate(places.tolist())
    )
