"""How probably a zone is reached: its own inputs, scattered as the wind was measured to scatter."""

import math
import sys
from pathlib import Path

import msgspec
import numpy as np

from app.apart import compute_apart, serve
from app.desk import Reference, TrendData
from app.point_courses import ZoneCase
from app.zones import exposed_people
from models.basics import Wind
from models.hazard.ensemble.dense_cover import Progress
from models.hazard.ensemble.spread import MeasuredWind, Spread, default_spread, measured_wind
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.ports import Exposed, Release, ZoneResult
from models.telemetry.ports import Quality
from models.times import SECOND_US, from_us

_TOGETHER_S = 30.0
MODULE = "app.contours"


def measured_of(speed: TrendData, direction: TrendData) -> MeasuredWind | None:
    """Return how a mast's good readings scatter; None where there are none.

    A direction counts with the speed that was read nearest to it, within half a minute.
    """
    speeds, directions = _good(speed), _good(direction)
    if not speeds or not directions:
        return None
    at_speed = np.array([at for at, _ in speeds])
    at, degrees, metres = [], [], []
    for moment, value in directions:
        nearest = int(np.abs(at_speed - moment).argmin())
        if abs(at_speed[nearest] - moment) <= _TOGETHER_S and 0.0 <= speeds[nearest][1] <= 75.0:
            at.append(moment)
            degrees.append(value % 360.0)
            metres.append(speeds[nearest][1])
    return measured_wind(at, degrees, metres) if at else None


def _good(curve: TrendData) -> list[tuple[float, float]]:
    return [
        (time_us / SECOND_US, value)
        for time_us, value, quality in zip(
            curve.times_us, curve.values, curve.qualities, strict=True
        )
        if math.isfinite(value) and quality <= Quality.UNCERTAIN
    ]


class ContourOrder(msgspec.Struct, frozen=True, kw_only=True):
    """All that contours are computed from; it goes to a process of its own."""

    release: Release
    wind: Wind
    receptors: tuple[Exposed, ...]
    terrain: str
    spread: Spread


def contour_order(
    case: ZoneCase,
    reference: Reference,
    measured: MeasuredWind | None,
    *,
    now_us: int,
    utc_offset_h: float,
) -> ContourOrder:
    """Return what the contours of a zone's case are computed from."""
    moment = from_us(now_us)
    hour = int((moment.hour + moment.minute / 60 + utc_offset_h) % 24)
    spread = default_spread(
        case.wind, case.terrain, rate_assumed=case.release.rate_assumed, measured=measured
    )
    people = exposed_people(reference, hour)
    return ContourOrder(
        release=case.release,
        wind=case.wind,
        receptors=people,
        terrain=case.terrain,
        spread=spread,
    )


def compute_contours(order: ContourOrder, progress: Progress) -> ZoneResult:
    """Return the contours of 5, 50 and 95 %, and the receptors at risk.

    Raises
    ------
    HazardInputError
        Naming the field; and whatever `progress` raises to stop.
    """
    return ensemble_zone(
        order.release, order.wind, order.receptors, order.terrain, order.spread, progress=progress
    )


def contours_apart(order: ContourOrder, progress: Progress) -> ZoneResult:
    """Do what `compute_contours` does, in another process; blocks until it ends.

    Raises
    ------
    ApartFailedError
        With the reason; and whatever `progress` raises to stop.
    """
    return compute_apart(MODULE, order, ZoneResult, progress)


if __name__ == "__main__":
    sys.exit(serve(Path(sys.argv[1]), ContourOrder, compute_contours))
