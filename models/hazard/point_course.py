"""What a place breathes while a cloud passes: outdoors, in a closed building, and the doses."""

import math

import numpy as np

from models.basics import LatLon, Value, Wind
from models.hazard.checks import number
from models.hazard.effects.probits import fatality, toxic_probit_of
from models.hazard.indoor import come_out_s, indoor_concentration, toxic_load
from models.hazard.point_series import PointSeries, point_series
from models.hazard.ports import HazardInputError, Release
from models.hazard.substances import FLAMMABLE_EDGE, find_substance

_MOST_STEPS = 2_000


class Dose(Value, frozen=True, kw_only=True):
    """The toxic load of a whole stay [ppm^n min] and the share it kills by a named probit.

    `verified` False: the probit is recalled and uncertain by far more than its digits show.
    """

    where: str
    exponent: float
    load: float
    fatality: float
    source: str
    verified: bool


class PointCourse(Value, frozen=True, kw_only=True):
    """Outdoor and indoor concentrations [ppm] at the same times, and when to come out [s].

    `flammable`: the mean reaches 10 % of the lower explosive limit here, where a building shelters
    nobody; then there is no `come_out_s`, since nobody may be inside.
    """

    outdoor: PointSeries
    indoor_ppm: tuple[float, ...]
    air_changes_h: float
    come_out_s: float | None
    flammable: bool
    doses: tuple[Dose, ...]


def point_course(
    release: Release,
    wind: Wind,
    terrain: str,
    position: LatLon,
    *,
    until_s: float = 7200.0,
    step_s: float = 15.0,
    air_changes_h: float = 1.0,
) -> PointCourse:
    """Return what passes at a place, outdoors and in a building that was closed in time.

    Parameters
    ----------
    release, wind, terrain, position
        As in `models.hazard.point_series.point_series`.
    until_s, step_s : float
        How long to look [s], above 0…86400, and the step [s], 1…600; 2,000 steps at most.
    air_changes_h : float
        Of the building, 0…100 [1/h]; 1 is a closed house in a moderate wind (recalled).

    Returns
    -------
    PointCourse
        Without doses where the substance has no toxic probit on record.

    Raises
    ------
    HazardInputError
        Naming the field that makes no sense.

    Examples
    --------
    Chlorine 1 km downwind: indoors less at once, and too much for staying in for ever.

    >>> release = Release(position=LatLon(0.0, 0.0), substance="chlorine", release_kg_s=1.0)
    >>> wind = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
    >>> course = point_course(release, wind, "rural", LatLon(0.0, 0.008983))
    >>> [dose.where for dose in course.doses], course.come_out_s is not None
    (['outdoor', 'indoor'], True)
    >>> max(course.indoor_ppm) < course.outdoor.peak_ppm
    True
    """
    until = number("until_s", until_s, 0.0, 86_400.0, "s", low_open=True)
    step = number("step_s", step_s, 1.0, 600.0, "s")
    if until / step > _MOST_STEPS:
        raise HazardInputError("step_s", f"{step:g} s: more than {_MOST_STEPS} steps")
    times = np.arange(0.0, until + step, step)
    outdoor = point_series(release, wind, terrain, position, times)
    indoor = indoor_concentration(times, outdoor.ppm, air_changes_h)
    substance = find_substance(release.substance, release.cas)
    assert substance is not None  # the series knew it
    edge_ppm = FLAMMABLE_EDGE * substance.lel_ppm if substance.lel_ppm else math.inf
    flammable = outdoor.peak_ppm >= edge_ppm
    courses = {"outdoor": outdoor.ppm, "indoor": tuple(indoor.tolist())}
    return PointCourse(
        outdoor=outdoor,
        indoor_ppm=courses["indoor"],
        air_changes_h=air_changes_h,
        come_out_s=None if flammable else come_out_s(times, outdoor.ppm, indoor),
        flammable=flammable,
        doses=_doses(substance.cas, tuple(times.tolist()), courses),
    )


def _doses(
    cas: str, times_s: tuple[float, ...], courses: dict[str, tuple[float, ...]]
) -> tuple[Dose, ...]:
    try:
        probit = toxic_probit_of(cas)
    except HazardInputError:
        return ()
    doses = []
    for where, ppm in courses.items():
        load = float(toxic_load(times_s, ppm, probit.n)[-1])
        share = float(fatality(probit.a + probit.b * math.log(load))) if load > 0 else 0.0
        doses.append(
            Dose(
                where=where,
                exponent=probit.n,
                load=load,
                fatality=share,
                source=probit.source,
                verified=probit.verified,
            )
        )
    return tuple(doses)
