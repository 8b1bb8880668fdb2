"""Concentration over time at one place outdoors, by the model that the release wants."""

import numpy as np
from numpy.typing import ArrayLike

from models.basics import LatLon, Value, Wind
from models.hazard.check_arrays import numbers
from models.hazard.cloud_field import cloud_field
from models.hazard.footprint import CALM_M_S
from models.hazard.ground import to_wind_axes
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Caution, HazardInputError, Input, Release
from models.hazard.substances import find_substance
from models.hazard.zone_parts import check_case


class PointSeries(Value, frozen=True, kw_only=True):
    """Concentrations [ppm] at times [s since the start] at one place, with what they rest on."""

    model: str
    model_version: str
    downwind_m: float
    crosswind_m: float
    times_s: tuple[float, ...]
    ppm: tuple[float, ...]
    inputs: tuple[Input, ...]
    warnings: tuple[Caution, ...]
    valid: bool

    @property
    def peak_ppm(self) -> float:
        """The highest of the concentrations [ppm]."""
        return max(self.ppm)


def point_series(
    release: Release, wind: Wind, terrain: str, position: LatLon, times_s: ArrayLike
) -> PointSeries:
    """Return the outdoor concentration at the ground over time at a place.

    Parameters
    ----------
    release, wind, terrain
        As in `models.hazard.zone_model.GaussianPlumeModel.zone`.
    position : LatLon
        The place. In a calm every place counts as downwind.
    times_s : array_like
        Times since the release began [s], 0…1e6, of shape (n,), n ≥ 1.

    Returns
    -------
    PointSeries
        By the model that `models.hazard.model_choice.choose` takes: a plume with a beginning and
        an end, or the dense cloud; averaged as the zones of toxic levels are.

    Raises
    ------
    HazardInputError
        Naming the field that makes no sense, `substance` without levels of concern on record.

    Examples
    --------
    A passive plume 1 km east, 30 minutes of carbon monoxide in a west wind:

    >>> release = Release(position=LatLon(0.0, 0.0), substance="CO", release_kg_s=5.0)
    >>> wind = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
    >>> series = point_series(release, wind, "rural", LatLon(0.0, 0.008983), [0, 1500, 6000])
    >>> series.model, [round(each) for each in series.ppm]
    ('Gaussian plume (ISC3)', [0, 270, 0])
    """
    check_case(release, wind, terrain)
    times = numbers("times_s", times_s, 0.0, 1e6, "s")
    if times.ndim != 1 or not times.size:
        raise HazardInputError("times_s", "wanted a row of times, one at least")
    substance = find_substance(release.substance, release.cas)
    if substance is None:
        raise HazardInputError("substance", f"{release.substance!r} isn't on record")
    zone = ChosenModel().zone(release, wind, (), terrain)
    along, across = to_wind_axes(release.position, [position], wind.from_deg)
    x, y = float(along[0]), float(across[0])
    if wind.speed_m_s < CALM_M_S:
        x, y = float(np.hypot(x, y)), 0.0
    ppm = cloud_field(release, wind, terrain, substance)(x, y, times)
    return PointSeries(
        model=zone.model,
        model_version=zone.model_version,
        downwind_m=x,
        crosswind_m=y,
        times_s=tuple(times.tolist()),
        ppm=tuple(ppm.tolist()),
        inputs=zone.inputs,
        warnings=zone.warnings,
        valid=zone.valid,
    )
