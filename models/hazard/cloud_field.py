"""The outdoor concentration of a release anywhere at any time, by the model that it wants."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.basics import Wind
from models.hazard.dense_zone import dense_run
from models.hazard.footprint import CALM_M_S
from models.hazard.model_choice import choose
from models.hazard.ports import Release
from models.hazard.puff import finite_release_concentration
from models.hazard.substances import Substance, ppm_to_kg_m3
from models.hazard.zone_model import plume_of

Array = NDArray[np.float64]
Field = Callable[[ArrayLike, ArrayLike, ArrayLike], Array]
"""Downwind and crosswind [m], time since the release began [s] (they broadcast) → [ppm]."""


def cloud_field(release: Release, wind: Wind, terrain: str, substance: Substance) -> Field:
    """Return the field of a checked case: one run, then as many places and times as wanted.

    Parameters
    ----------
    release, wind, terrain
        As in `models.hazard.zone_model.GaussianPlumeModel.zone`, checked.
    substance : Substance
        What leaks.

    Returns
    -------
    callable
        Of downwind and crosswind coordinates [m] and times [s], 0…1e6; [ppm] at the ground,
        averaged as the zones of toxic levels are. In a calm every place counts as downwind.

    Examples
    --------
    >>> from models.basics import LatLon
    >>> from models.hazard.substances import find_substance
    >>> release = Release(position=LatLon(0.0, 0.0), substance="CO", release_kg_s=5.0)
    >>> wind = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
    >>> field = cloud_field(release, wind, "rural", find_substance("CO"))
    >>> field([1000.0, 1000.0, -10.0], 0.0, [1500.0, 6000.0, 1500.0]).round().tolist()
    [270.0, 0.0, 0.0]
    """
    calm = wind.speed_m_s < CALM_M_S
    dense = choose(release, wind, substance).dense
    inner = (
        _dense(release, wind, terrain, substance)
        if dense
        else _plume(release, wind, terrain, substance)
    )

    def field(x_m: ArrayLike, y_m: ArrayLike, times_s: ArrayLike) -> Array:
        x, y = np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)
        if calm:
            x, y = np.hypot(x, y), np.zeros_like(y)
        return inner(x, y, times_s)

    return field


def _dense(release: Release, wind: Wind, terrain: str, substance: Substance) -> Field:
    cloud = dense_run(release, wind, terrain, substance).mean_cloud()
    return lambda x_m, y_m, times_s: cloud.share_at(x_m, y_m, 0.0, times_s) * 1e6


def _plume(release: Release, wind: Wind, terrain: str, substance: Substance) -> Field:
    plume = plume_of(release, wind, terrain)
    one_ppm = ppm_to_kg_m3(1.0, substance.molar_mass_g_mol)

    def field(x_m: ArrayLike, y_m: ArrayLike, times_s: ArrayLike) -> Array:
        found = finite_release_concentration(
            x_m,
            y_m,
            0.0,
            times_s,
            release_kg_s=plume.release_kg_s,
            duration_s=release.duration_s,
            wind_m_s=plume.wind_m_s,
            height_m=plume.height_m,
            stability=plume.stability,
            scheme=plume.scheme,
        )
        return found / one_ppm

    return field
