"""How probably a zone is reached: its own inputs, scattered as the wind was measured to scatter."""

import math

import numpy as np

from app.desk import Reference, TrendData
from app.point_courses import ZoneCase
from app.zones import exposed_people
from models.hazard.ensemble.dense_cover import Progress
from models.hazard.ensemble.spread import MeasuredWind, default_spread, measured_wind
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.ports import ZoneResult
from models.telemetry.ports import Quality
from models.times import SECOND_US, from_us

_TOGETHER_S = 30.0


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


def compute_contours(
    case: ZoneCase,
    reference: Reference,
    measured: MeasuredWind | None,
    progress: Progress,
    *,
    now_us: int,
    utc_offset_h: float,
) -> ZoneResult:
    """Return the contours of 5, 50 and 95 % of a zone's case, and the receptors at risk.

    Raises
    ------
    HazardInputError
        Naming the field; and whatever `progress` raises to stop.
    """
    moment = from_us(now_us)
    hour = int((moment.hour + moment.minute / 60 + utc_offset_h) % 24)
    spread = default_spread(
        case.wind, case.terrain, rate_assumed=case.release.rate_assumed, measured=measured
    )
    people = exposed_people(reference, hour)
    return ensemble_zone(case.release, case.wind, people, case.terrain, spread, progress=progress)
