"""`DenseGasModel`: a release heavier than air and a wind into polygons by level of concern."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from models.basics import Wind
from models.hazard.cautions import Facts, cautions
from models.hazard.dense.air import Air, inverse_length
from models.hazard.dense.cloud import DenseCloud, dense_cloud
from models.hazard.dense.gas import Gas, gas_of
from models.hazard.dense.mixing import Mixing
from models.hazard.dense.plume import STATIONS
from models.hazard.dense.source import Pool
from models.hazard.footprint import CALM_M_S, FARTHEST_M
from models.hazard.ports import Exposed, HazardInputError, Input, Release, ZoneResult
from models.hazard.substances import Level, Substance, find_substance
from models.hazard.weather import wind_at
from models.hazard.zone_parts import check_case, fallback_zone, receptor_hits, zone_level

Array = NDArray[np.float64]

VERSION = "1.0"
AMBIENT_K = 293.15
HUMIDITY = 0.5
LIQUID_SHARE = 0.5
"""Of a liquefied gas's airborne mass: droplets as much as vapour (airborne is twice the flash)."""
HIGHEST_M = 10.0
"""Higher releases aren't at the ground any more: whether they come down is another question."""
_ROUGHNESS_M = {"rural": 0.1, "urban": 0.5}
_LEAST_AREA_M2 = 1.0
_LONGEST_AVERAGE_S = 600.0
_FLAMMABLE_AVERAGE_S = 10.0
_OUTLINE = 120
_HALVINGS = 26
_HIGHEST_MAST_M = 100.0
_EARLY = 2.0  # the first gas comes so many standard deviations before the front's middle


@dataclass(frozen=True, slots=True, eq=False)
class DenseFootprint:
    """Where a volume share is exceeded at the ground; see `models.hazard.zone_parts.Shape`."""

    cloud: DenseCloud
    share: float
    x_m: Array
    y_m: Array
    reach_m: float
    cut: bool

    def covers(self, x_m: Array, y_m: Array) -> Array:
        """Return where points lie in the area (exactly, not by the outline's corners)."""
        return np.asarray(self.cloud.peak(x_m, y_m) >= self.share)


def dense_footprint(cloud: DenseCloud, share: float) -> DenseFootprint | None:
    """Return the ground area above a volume share [-] 1e-9…1, or None where it is met nowhere.

    Examples
    --------
    >>> gas = gas_of("7782-50-5")
    >>> air = Air(3.0, 10.0, 0.1, 0.0, 293.15)
    >>> cloud = dense_cloud(Pool(1.0, 1.0, 239.2), air, Mixing(gas, 293.15, 0.5), duration_s=600)
    >>> area = dense_footprint(cloud, 1e-4)
    >>> bool(area.covers(np.array([area.reach_m * 0.99]), np.array([0.0]))[0])
    True
    >>> dense_footprint(cloud, 1.0) is None
    True
    """
    reach = min(cloud.reach(share), FARTHEST_M)
    first = float(cloud.x_m[0])
    along = first + (reach - first) * (1 - np.cos(np.linspace(0, np.pi, _OUTLINE))) / 2
    wide = ground_half_width(cloud, along, share)
    inside = np.flatnonzero(wide > 0)
    if not inside.size:
        return None
    along, wide = along[inside[0] :], wide[inside[0] :]
    cut = reach >= min(float(cloud.x_m[-1]), FARTHEST_M)
    if not cut:
        wide[-1] = 0.0
    # up one side and down the other; the last point closes on the first
    x = np.concatenate((along, along[::-1], along[:1]))
    y = np.concatenate((wide, -wide[::-1], wide[:1]))
    return DenseFootprint(cloud, share, x, y, reach, cut)


def ground_half_width(cloud: DenseCloud, x_m: Array, share: float) -> Array:
    """Return |y| [m] where the ground's peak falls to `share`, by halving; 0 where it isn't met."""
    axis = cloud.peak(x_m)
    core = np.interp(x_m, cloud.x_m, cloud.core_m)
    root = math.sqrt(2.0) * np.maximum(np.interp(x_m, cloud.x_m, cloud.edge_m), 1e-3)
    wanted = share / np.maximum(axis, 1e-300) * erf(core / root)
    low, high = np.zeros_like(x_m), core + 8 * root
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = (erf((middle + core) / root) - erf((middle - core) / root)) / 2 >= wanted
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray(np.where(axis >= share, low, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class DenseRun:
    """One case, computed."""

    release: Release
    wind: Wind
    terrain: str
    substance: Substance
    gas: Gas
    air: Air
    cloud: DenseCloud
    averaging_s: float
    calm: bool

    def mean_cloud(self) -> DenseCloud:
        """Return the cloud averaged as toxic levels want it."""
        return self.cloud.averaged(self.averaging_s)

    def arrival_s(self, downwind_m: float) -> float:
        """Return when the first gas is at a distance [s]."""
        cloud = self.cloud
        first = cloud.time_s - cloud.lasts_s / 2 - _EARLY * cloud.spread_s
        return max(float(np.interp(downwind_m, cloud.x_m, first)), 0.0)


class DenseGasModel:
    """Layer model of a heavy or cold gas let out at the ground without momentum."""

    name = "Dense gas (layer model)"
    version = VERSION

    def zone(
        self, release: Release, wind: Wind, receptors: tuple[Exposed, ...], terrain: str
    ) -> ZoneResult:
        """Return polygons per level of concern and who lies in them.

        Parameters
        ----------
        release, wind, receptors, terrain
            As in `models.hazard.zone_model.GaussianPlumeModel.zone`. From above 10 m it is
            taken as released at the ground, where it sinks to; the warnings say so.

        Returns
        -------
        ZoneResult
            The highest concentration over time at the ground: a release shorter than its way is a
            cloud that drifts and thins. A liquefied gas is half droplets. `valid` is False in
            winds below 1 m/s.

        Raises
        ------
        HazardInputError
            Naming the field that makes no sense, `substance` when its vapour's numbers aren't on
            record.
        """
        check_case(release, wind, terrain)
        substance = find_substance(release.substance, release.cas)
        if substance is None:
            return fallback_zone(release, wind, receptors)
        run = dense_run(release, wind, terrain, substance)
        shapes = [
            (level, dense_footprint(cloud_of_level(run, level), level.ppm * 1e-6))
            for level in substance.levels
        ]
        drawn = [(level, shape) for level, shape in shapes if shape is not None]
        reach = max((shape.reach_m for _, shape in drawn), default=0.0)
        facts = Facts(
            release=release,
            wind=wind,
            substance=substance,
            advection_m_s=max(reach / max(run.arrival_s(reach), 1.0), 0.1),
            fastest_m_s=max(wind.speed_m_s, CALM_M_S),
            calm=run.calm,
            reach_m=reach,
            cut=any(shape.cut for _, shape in drawn),
            nowhere=tuple(level.label.en for level, shape in shapes if shape is None),
            layered=True,
            sinks=release.height_m > HIGHEST_M,
        )
        warnings, valid = cautions(facts)
        return ZoneResult(
            kind="model",
            model=self.name,
            model_version=self.version,
            origin=release.position,
            levels=tuple(
                zone_level(release, wind, level, shape, calm=run.calm) for level, shape in drawn
            ),
            receptors=receptor_hits(release, wind, drawn, receptors, run.arrival_s, calm=run.calm),
            inputs=_inputs(run),
            warnings=warnings,
            wind=wind,
            valid=valid,
        )


def dense_run(
    release: Release, wind: Wind, terrain: str, substance: Substance, stations: int = STATIONS
) -> DenseRun:
    """Compute the cloud of a checked case; fewer `stations` are quicker and coarser.

    Raises
    ------
    HazardInputError
        Naming `substance` without vapour data.
    """
    gas = gas_of(substance.cas)
    if gas is None:
        raise HazardInputError("substance", f"no vapour data for {substance.name.en}")
    roughness = _ROUGHNESS_M[terrain]
    speed, height = max(wind.speed_m_s, CALM_M_S), wind.height_m
    if height > _HIGHEST_MAST_M:
        speed, height = wind_at(speed, height, 10.0, wind.stability, terrain), 10.0
    air = Air(
        wind_m_s=max(speed, CALM_M_S),
        height_m=height,
        roughness_m=roughness,
        inverse_length_1_m=inverse_length(wind.stability, roughness),
        temperature_k=AMBIENT_K,
        humidity=HUMIDITY,
    )
    temperature, liquid = source_state(substance, gas)
    averaging = min(max(release.duration_s, _FLAMMABLE_AVERAGE_S), _LONGEST_AVERAGE_S)
    cloud = dense_cloud(
        Pool(max(release.release_kg_s, 1e-8), _LEAST_AREA_M2, temperature, liquid),
        air,
        Mixing(gas, AMBIENT_K, HUMIDITY),
        duration_s=max(release.duration_s, 1.0),
        farthest_m=FARTHEST_M,
        stations=stations,
    )
    calm = wind.speed_m_s < CALM_M_S
    return DenseRun(release, wind, terrain, substance, gas, air, cloud, averaging, calm)


def source_state(substance: Substance, gas: Gas) -> tuple[float, float]:
    """Return (temperature [K], mass share of droplets) of a fresh cloud.

    Examples
    --------
    >>> chlorine = find_substance("chlorine")
    >>> source_state(chlorine, gas_of(chlorine.cas))
    (239.2, 0.5)
    """
    if substance.liquefied:
        return gas.boiling_k, LIQUID_SHARE
    return max(AMBIENT_K, gas.boiling_k), 0.0


def cloud_of_level(run: DenseRun, level: Level) -> DenseCloud:
    """Return the cloud averaged as a level wants it: flammable ones a moment, toxic ones longer."""
    moment = level.key.startswith("lel")
    return run.cloud.averaged(_FLAMMABLE_AVERAGE_S) if moment else run.mean_cloud()


def _inputs(run: DenseRun) -> tuple[Input, ...]:
    release, wind = run.release, run.wind
    by = release.rate_source
    temperature, liquid = source_state(run.substance, run.gas)
    return (
        Input(name="substance", value=run.substance.name.en, source=release.substance),
        Input(name="cas", value=run.substance.cas),
        Input(
            name="release_rate",
            value=release.release_kg_s,
            unit="kg/s",
            source=by,
            assumed=release.rate_assumed,
        ),
        Input(name="duration", value=release.duration_s, unit="s", source=by),
        Input(name="release_height", value=release.height_m, unit="m"),
        Input(name="release_temperature", value=temperature, unit="K", assumed=True),
        Input(name="droplet_share", value=liquid, assumed=True),
        Input(name="wind_from", value=wind.from_deg, unit="°", source=wind.source),
        Input(name="wind_speed", value=wind.speed_m_s, unit="m/s", source=wind.source),
        Input(name="wind_height", value=wind.height_m, unit="m", source=wind.source),
        Input(name="stability", value=wind.stability, source=wind.source),
        Input(name="terrain", value=run.terrain),
        Input(name="roughness", value=run.air.roughness_m, unit="m", assumed=True),
        Input(name="air_temperature", value=AMBIENT_K, unit="K", assumed=True),
        Input(name="humidity", value=HUMIDITY, assumed=True),
        Input(name="averaging", value=run.averaging_s, unit="s", assumed=True),
        Input(name="receptor_height", value=0.0, unit="m", assumed=True),
    )
