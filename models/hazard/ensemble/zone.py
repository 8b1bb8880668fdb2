"""`ensemble_zone`: an uncertain case into contours of probability and receptors at risk."""

from collections.abc import Callable

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from models.basics import LatLon, Wind
from models.hazard.contours import contour_rings
from models.hazard.ensemble.coverage import Cover, PolarShare, cover, polar_share, share_at
from models.hazard.ensemble.dense_cover import Progress, dense_cover, dense_share_at
from models.hazard.ensemble.members import Members, draw_members
from models.hazard.ensemble.spread import Spread
from models.hazard.footprint import FARTHEST_M
from models.hazard.ground import to_positions, to_wind_axes
from models.hazard.model_choice import ChosenModel, choose
from models.hazard.ports import (
    Caution,
    Exposed,
    Input,
    ReceptorHit,
    Release,
    ZoneLevel,
    ZoneResult,
)
from models.hazard.substances import Level, find_substance, ppm_to_kg_m3
from models.rules import load_rules

Array = NDArray[np.float64]

VERSION = "1.0"
_CORNER_M = 1.0
_OUTER, _SMALLEST_M = 0.05, 25.0  # nearer than that a likelier contour is the grid's own noise
_CORNER_SHARE = 0.001  # corners nearer to the line than this share of the reach are left out


def ensemble_zone(
    release: Release,
    wind: Wind,
    receptors: tuple[Exposed, ...],
    terrain: str,
    spread: Spread,
    *,
    members: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> ZoneResult:
    """Return the contours inside which each level of concern is reached with a probability.

    Parameters
    ----------
    release, wind, receptors, terrain
        As `GaussianPlumeModel.zone` takes them.
    spread : Spread
        How uncertain they are; see `default_spread`.
    members : int, optional
        Runs, 2…20,000; unless said 1,000 of a plume, 200 of a dense cloud.
    seed : int, optional
        The same seed gives the same contours.
    progress : callable, optional
        Told the share of a dense cloud's runs that is done; what it raises stops them.

    Returns
    -------
    ZoneResult
        Levels with their `probability` (0.05, 0.5, 0.95), the worst and outermost first; a level
        whose contour falls apart comes once for each part. Receptors are those that some level
        reaches with 5 % at least, each with the worst such level and its probability. A substance
        without levels of concern gives the rule of thumb.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    The model is the one that the case itself wants (`models.hazard.model_choice`), for all members;
    what its single run warns of holds here as well.
    Holes in a contour are filled.

    Examples
    --------
    >>> from models.hazard.ensemble.spread import default_spread
    >>> wind = Wind(from_deg=270, speed_m_s=3, stability="D")
    >>> release = Release(position=LatLon(31, 121), substance="carbon monoxide", release_kg_s=1.0)
    >>> spread = default_spread(wind, "rural", rate_assumed=False)
    >>> zone = ensemble_zone(release, wind, (), "rural", spread)
    >>> [(level.key, level.probability) for level in zone.levels]
    [('aegl3', 0.05), ('aegl3', 0.5), ('aegl2', 0.05), ('aegl2', 0.5)]
    """
    rules = load_rules("ensemble")
    number = rules["seed"] if seed is None else seed
    single = ChosenModel().zone(release, wind, receptors, terrain)
    substance = find_substance(release.substance, release.cas)
    if substance is None:
        return single
    dense = choose(release, wind, substance).dense
    usual = rules["dense_members"] if dense else rules["members"]
    count = usual if members is None else members
    drawn = draw_members(release, wind, terrain, spread, members=count, seed=number)
    thresholds = np.array(
        [ppm_to_kg_m3(level.ppm, substance.molar_mass_g_mol) for level in substance.levels]
    )
    if dense:
        covered = dense_cover(drawn, release, wind, terrain, substance, progress)
    else:
        covered = cover(drawn, release.height_m, thresholds)

    def shares(distance_m: Array, bearing_deg: Array) -> Array:
        if dense:
            return dense_share_at(covered, distance_m, bearing_deg)
        return share_at(drawn, release.height_m, thresholds, distance_m, bearing_deg)

    polar = polar_share(covered, wind.from_deg)
    levels = [
        found
        for i, level in enumerate(substance.levels)
        for p in rules["probabilities"]
        for found in _contours(release.position, wind.from_deg, polar, i, level, p)
    ]
    least = rules["probabilities"][0]
    notes, facts = _against_aftox(covered, substance.levels, rules["aftox"])
    return msgspec.structs.replace(
        single,
        model=f"{single.model}, ensemble of {count}",
        model_version=f"{single.model_version}/{VERSION}",
        levels=tuple(levels),
        receptors=_at_risk(release, receptors, substance.levels, least, (drawn, shares)),
        inputs=(*single.inputs, *_spread_inputs(spread, count, number), *facts),
        warnings=(*single.warnings, *_nowhere(substance.levels, levels, rules), *notes),
    )


def _contours(
    origin: LatLon, from_deg: float, polar: PolarShare, index: int, level: Level, p: float
) -> list[ZoneLevel]:
    rings = [r for r in contour_rings(polar.share[index], p) if _is_area(r)]
    parts = []
    for ring in rings:
        row = np.clip(ring[:, 0], 0, len(polar.ring_m) - 1)
        distance = np.exp(np.interp(row, np.arange(len(polar.ring_m)), np.log(polar.ring_m)))
        distance = np.where(row <= 1e-9, 0.0, distance)  # what begins at the first ring
        angle = np.interp(ring[:, 1], np.arange(len(polar.ray_rad)), polar.ray_rad)
        parts.append(_on_the_ground(distance, angle))
    if not parts:
        return []
    seam = _CORNER_M / 100 if polar.whole else 0.0
    area = shapely.union_all([shapely.buffer(shapely.make_valid(part), seam) for part in parts])
    found = []
    for part in sorted(_polygons(area), key=lambda part: -part.area):
        corners = np.asarray(part.exterior.coords)
        reach = float(np.hypot(*corners.T).max())
        if p > _OUTER and reach < _SMALLEST_M:
            continue
        tolerance = max(_CORNER_M, _CORNER_SHARE * reach)
        rough = shapely.get_exterior_ring(shapely.simplify(part, tolerance))
        corners = shapely.get_coordinates(rough)
        line = to_positions(origin, corners[:, 0], corners[:, 1], from_deg)
        found.append(
            ZoneLevel(
                key=level.key,
                label=level.label,
                severity=level.severity,
                threshold=level.ppm,
                unit="ppm",
                rings=((*line[:-1], line[0]),),
                reach_m=reach,
                source=level.source,
                unverified=not level.verified,
                probability=p,
            )
        )
    return found


def _is_area(ring: Array) -> bool:
    """Return whether a contour goes round an area rather than a hole."""
    row, column = ring.T
    return float((column * np.roll(row, -1) - np.roll(column, -1) * row).sum()) > 0


def _on_the_ground(distance: Array, angle: Array) -> shapely.Polygon:
    """Return a polygon in wind axes; angles turn clockwise, so to the right of the wind."""
    return shapely.Polygon(np.column_stack([distance * np.cos(angle), -distance * np.sin(angle)]))


def _polygons(area: shapely.Geometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(area).tolist()
    return [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]


def _at_risk(
    release: Release,
    receptors: tuple[Exposed, ...],
    levels: tuple[Level, ...],
    least: float,
    ensemble: tuple[Members, Callable[[Array, Array], Array]],
) -> tuple[ReceptorHit, ...]:
    """Name the receptors by the worst level that reaches them with `least` probability."""
    if not receptors:
        return ()
    members, shares_at = ensemble
    x, y = to_wind_axes(release.position, [r.position for r in receptors], 180.0)
    distance, bearing = np.hypot(x, y), np.degrees(np.arctan2(-y, x))
    shares = shares_at(distance, bearing)
    fastest = np.maximum(members.speed_m_s, members.carrying_m_s)
    speed = float(np.quantile(fastest, 0.95))
    hits = []
    for i, receptor in enumerate(receptors):
        worst = next((k for k in range(len(levels)) if shares[k, i] >= least), None)
        if worst is None:
            continue
        hits.append(
            ReceptorHit(
                receptor_key=receptor.key,
                name=receptor.name,
                type=receptor.type,
                level_key=levels[worst].key,
                distance_m=float(distance[i]),
                arrival_s=float(distance[i]) / speed,
                people=receptor.people,
                people_source=receptor.people_source,
                probability=round(float(shares[worst, i]), 4),
            )
        )
    return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.receptor_key)))


def _nowhere(
    levels: tuple[Level, ...], drawn: list[ZoneLevel], rules: dict[str, list[float]]
) -> tuple[Caution, ...]:
    there = {(level.key, level.probability) for level in drawn}
    missing = [
        f"{level.label.en} at {p:.0%}"
        for level in levels
        for p in rules["probabilities"]
        if (level.key, p) not in there
    ]
    if not missing:
        return ()
    return (Caution(code="probability_nowhere", text=f"Reached nowhere: {', '.join(missing)}."),)


def _against_aftox(
    covered: Cover, levels: tuple[Level, ...], rules: dict[str, float]
) -> tuple[tuple[Caution, ...], tuple[Input, ...]]:
    """Compare how far 90 of 100 members stay with AFTOX's 2.1 times the mean distance."""
    reach = covered.reach_m()
    mean = np.median(reach, axis=1)
    usable = np.flatnonzero((mean > 0) & (np.quantile(reach, 0.9, axis=1) < FARTHEST_M))
    if not len(usable):
        return (), ()
    least = usable[np.argmin([levels[i].ppm for i in usable])]
    ratio = float(np.quantile(reach[least], 0.9) / mean[least])
    fact = Input(name="reach_90_to_median", value=round(ratio, 2), source=str(rules["source"]))
    if ratio >= rules["factor"] * rules["narrow_share"]:
        return (), (fact,)
    text = (
        f"The ensemble is narrow: 90 % of it stay within {ratio:.2f} times the median distance; "
        f"AFTOX allows {rules['factor']}."
    )
    return (Caution(code="narrow_ensemble", text=text),), (fact,)


def _spread_inputs(spread: Spread, members: int, seed: int) -> tuple[Input, ...]:
    by, assumed = spread.source, spread.assumed
    stabilities = " ".join(f"{share.key} {share.weight:.0%}" for share in spread.stabilities)
    schemes = " ".join(f"{share.key} {share.weight:.0%}" for share in spread.schemes)
    inventory: tuple[Input, ...] = ()
    if spread.inventory_kg is not None:
        inventory = (
            Input(name="inventory", value=spread.inventory_kg, unit="kg"),
            Input(name="inventory_log_sd", value=spread.inventory_log_sd, assumed=True),
        )
    return (
        Input(name="members", value=members),
        Input(name="seed", value=seed),
        Input(
            name="direction_sd",
            value=round(spread.direction_sd_deg, 1),
            unit="°",
            source=by,
            assumed=assumed,
        ),
        Input(name="speed_log_sd", value=round(spread.speed_log_sd, 3), source=by, assumed=assumed),
        Input(name="stabilities", value=stabilities, assumed=True),
        Input(name="rate_log_sd", value=spread.rate_log_sd, assumed=True),
        Input(name="hole_log_sd", value=spread.hole_log_sd, assumed=True),
        Input(name="schemes", value=schemes, assumed=True),
        Input(name="model_log_sd", value=spread.model_log_sd, assumed=True),
        *inventory,
    )
