"""`estimate_source`: detector readings and a wind into a posterior map and named candidates."""

from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from models.basics import LatLon, Name, Wind
from models.hazard.checks import choice, number
from models.hazard.contours import contour_rings
from models.hazard.ensemble.spread import default_spread
from models.hazard.estimation.likelihood import Carrier
from models.hazard.estimation.ports import (
    MOST_READINGS,
    MOST_ROUNDS,
    Cell,
    Estimate,
    Observations,
    Region,
    Round,
    Suspect,
)
from models.hazard.estimation.posterior import (
    Posterior,
    Problem,
    Progress,
    Sighting,
    log_evidence_at,
    solve,
)
from models.hazard.estimation.readings import Evidence, Reading, evidence_of
from models.hazard.footprint import CALM_M_S
from models.hazard.ground import to_positions, to_wind_axes
from models.hazard.ports import Caution, HazardInputError, Input
from models.hazard.substances import Substance, find_substance, ppm_to_kg_m3
from models.hazard.weather import STABILITIES, TERRAINS, wind_at
from models.rules import load_rules

Array = NDArray[np.float64]

_SCHEMES = {"rural": "isc3_rural", "urban": "isc3_urban"}
_NORTH_DEG = 180.0  # seen from here "with the wind" is north and "to the left" is west


def estimate_source(seen: Observations, progress: Progress | None = None) -> Estimate:
    """Return where the source lies and how much it releases, as probabilities.

    Parameters
    ----------
    seen : Observations
        1…200 readings with keys of their own; wind 0.5…60 m/s.
    progress : callable, optional
        Told the share done, 0…1, after each round of each pass; what it raises stops the run.

    Returns
    -------
    Estimate
        With 50 % and 90 % regions, the cells that hold 99 % of the probability, candidates by
        probability, and what each detector was taken for.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    One steady source near the ground on flat land; a cloud that has not arrived yet, several
    sources or dense gas are not covered. Each round's wind is off by its own error.
    Prior: anywhere within 150 m of the detectors, any rate from 0.1 g/s to 300 kg/s.

    References
    ----------
    A. Keats, E. Yee, F. Lien, Atmos. Environ. 41 (2007) 465-479 (the Bayesian form).

    Examples
    --------
    >>> here = LatLon(31.0, 121.0)
    >>> two = tuple(Reading(key=str(i), position=LatLon(31.0 + i / 1000, 121.001), value_ppm=20.0)
    ...             for i in range(2))
    >>> wind = Wind(from_deg=270, speed_m_s=3, stability="D")
    >>> estimate_source(Observations(substance="ammonia", wind=wind, readings=two)).verdict
    'cannot_tell'
    """
    substance = _checked(seen)
    rules = load_rules("estimation")
    rounds = (Round(readings=seen.readings, wind=seen.wind, at_us=seen.now_us), *seen.earlier)
    origin = _middle([reading for each in rounds for reading in each.readings])
    sightings = tuple(_sighting(seen, substance, origin, each) for each in rounds)
    problem = _problem(seen, sightings)
    evidence = sightings[0].evidence
    everything = tuple(each for sighting in sightings for each in sighting.evidence)
    east = np.concatenate([sighting.east_m for sighting in sightings])
    north = np.concatenate([sighting.north_m for sighting in sightings])
    margin = rules["margin_m"] if seen.margin_m is None else seen.margin_m
    box = (east.min() - margin, east.max() + margin, north.min() - margin, north.max() + margin)
    posterior = solve(problem, box, progress)
    regions = tuple(_region(origin, posterior, p) for p in (0.5, 0.9))
    verdict, warnings = _verdict(seen, everything, evidence, regions[-1].area_m2, box)
    usable = any(each.kind in {"value", "at_least"} for each in everything)
    return Estimate(
        verdict=verdict,
        position=_centre(origin, posterior, regions[-1]) if usable else None,
        release_kg_s=_rates(posterior) if usable else None,
        regions=regions,
        candidates=_suspects(seen, origin, problem, posterior, box) if usable else (),
        evidence=evidence,
        cells=_cells(origin, posterior),
        cell_m=(
            round(float(np.diff(posterior.east_m)[0]), 3),
            round(float(np.diff(posterior.north_m)[0]), 3),
        ),
        inputs=_inputs(seen, problem, margin),
        warnings=warnings,
    )


def _checked(seen: Observations) -> Substance:
    substance = find_substance(seen.substance, seen.cas)
    if substance is None:
        raise HazardInputError("substance", f"{seen.substance or seen.cas!r} is not on record")
    _check_round("", seen.wind, seen.readings)
    number("earlier", len(seen.earlier), 0, MOST_ROUNDS, "rounds")
    for i, each in enumerate(seen.earlier):
        _check_round(f"earlier[{i}].", each.wind, each.readings)
    choice("terrain", seen.terrain, TERRAINS)
    number("height_m", seen.height_m, 0.0, 100.0, "m")
    for sd in seen.noise_log_sd:
        number("noise_log_sd", sd, 0.05, 1.5, "")
    if seen.model_log_sd is not None:
        number("model_log_sd", seen.model_log_sd, 0.0, 1.5, "")
    if seen.direction_sd_deg is not None:
        number("direction_sd_deg", seen.direction_sd_deg, 0.5, 90.0, "°")
    number("meander_deg", seen.meander_deg, 0.0, 45.0, "°")
    number("shared_error", seen.shared_error, 0.0, 1.0, "")
    if seen.margin_m is not None:
        number("margin_m", seen.margin_m, 10.0, 2000.0, "m")
    if seen.max_age_s is not None:
        number("max_age_s", seen.max_age_s, 0.0, 86_400.0, "s")
    return substance


def _check_round(prefix: str, wind: Wind, readings: tuple[Reading, ...]) -> None:
    number(f"{prefix}wind.speed_m_s", wind.speed_m_s, CALM_M_S, 60.0, "m/s")
    number(f"{prefix}wind.from_deg", wind.from_deg, 0.0, 360.0, "°")
    number(f"{prefix}wind.height_m", wind.height_m, 0.5, 300.0, "m")
    choice(f"{prefix}wind.stability", wind.stability, STABILITIES)
    number(f"{prefix}readings", len(readings), 1, MOST_READINGS, "detectors")
    if len({reading.key for reading in readings}) != len(readings):
        raise HazardInputError(f"{prefix}readings", "two detectors have the same key")


def _middle(readings: list[Reading]) -> LatLon:
    lats = [reading.position.lat_deg for reading in readings]
    lons = [reading.position.lon_deg for reading in readings]
    if max(lats) - min(lats) > 0.2 or max(lons) - min(lons) > 0.2:
        raise HazardInputError("readings", "the detectors stand more than 0.2 degrees apart")
    return LatLon((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)


def _local(origin: LatLon, positions: list[LatLon]) -> tuple[Array, Array]:
    north, west = to_wind_axes(origin, positions, _NORTH_DEG)
    return -west, north


def _direction_sd(seen: Observations) -> float:
    if seen.direction_sd_deg is not None:
        return seen.direction_sd_deg
    return default_spread(seen.wind, seen.terrain, rate_assumed=True).direction_sd_deg


def _sighting(seen: Observations, substance: Substance, origin: LatLon, each: Round) -> Sighting:
    wind = each.wind
    east, north = _local(origin, [reading.position for reading in each.readings])
    carrying = wind_at(
        wind.speed_m_s, wind.height_m, max(seen.height_m, 2.0), wind.stability, seen.terrain
    )
    evidence = tuple(
        evidence_of(reading, now_us=each.at_us, max_age_s=seen.max_age_s, lel_ppm=substance.lel_ppm)
        for reading in each.readings
    )
    carrier = Carrier(
        wind_m_s=max(carrying, 0.1),
        stability=wind.stability,
        scheme=_SCHEMES[seen.terrain],
        height_m=seen.height_m,
        ppm_per_kg_m3=1.0 / ppm_to_kg_m3(1.0, substance.molar_mass_g_mol),
        meander_deg=seen.meander_deg,
    )
    return Sighting(east, north, evidence, wind.from_deg, carrier)


def _problem(seen: Observations, rounds: tuple[Sighting, ...]) -> Problem:
    rules = load_rules("estimation")
    model_sd = rules["model_log_sd"] if seen.model_log_sd is None else seen.model_log_sd
    noises = seen.noise_log_sd or tuple(rules["noise_log_sd"])
    return Problem(
        rounds=rounds,
        direction_sd_deg=_direction_sd(seen),
        log_sds=tuple(float(np.hypot(noise, model_sd)) for noise in noises),
        silent_fault=rules["silent_fault"],
        log_rates=(float(np.log(rules["lowest_kg_s"])), float(np.log(rules["highest_kg_s"]))),
        shared_error=seen.shared_error,
    )


def _threshold(cells: Array, probability: float) -> float:
    """Return the least probability of a cell inside the smallest region that holds so much."""
    mass = np.sort(cells, axis=None)[::-1]
    last = min(int(np.searchsorted(np.cumsum(mass), probability)), mass.size - 1)
    return float(mass[last])


def _region(origin: LatLon, posterior: Posterior, probability: float) -> Region:
    parts = []
    threshold = _threshold(posterior.cells, probability)
    whole = np.pad(posterior.cells, 1)  # half a cell beyond the outermost centres
    east, north = (_padded(axis) for axis in (posterior.east_m, posterior.north_m))
    index = np.arange(len(east))
    for ring in contour_rings(whole, threshold * (1 - 1e-9)):
        x, y = np.interp(ring[:, 1], index, east), np.interp(ring[:, 0], index, north)
        parts.append(shapely.Polygon(np.column_stack([x, y])))
    rings = []
    for part in parts:
        corners = shapely.get_coordinates(shapely.get_exterior_ring(part))
        line = to_positions(origin, corners[:, 1], -corners[:, 0], _NORTH_DEG)
        rings.append((*line[:-1], line[0]))
    area = sum(part.area for part in parts)
    return Region(probability=probability, rings=tuple(rings), area_m2=round(area, 1))


def _padded(axis: Array) -> Array:
    step = axis[1] - axis[0]
    return np.concatenate([[axis[0] - step], axis, [axis[-1] + step]])


def _centre(origin: LatLon, posterior: Posterior, region: Region) -> LatLon:
    """Return the mean place, or the likeliest where the mean lies outside the 90 % region."""
    east = float((posterior.cells.sum(axis=0) * posterior.east_m).sum())
    north = float((posterior.cells.sum(axis=1) * posterior.north_m).sum())
    [mean] = to_positions(origin, [north], [-east], _NORTH_DEG)
    point = shapely.Point(mean.lon_deg, mean.lat_deg)
    for ring in region.rings:
        if shapely.Polygon([(p.lon_deg, p.lat_deg) for p in ring]).contains(point):
            return mean
    row, column = np.unravel_index(int(posterior.cells.argmax()), posterior.cells.shape)
    [best] = to_positions(origin, [posterior.north_m[row]], [-posterior.east_m[column]], _NORTH_DEG)
    return best


def _rates(posterior: Posterior) -> tuple[float, float, float]:
    total = np.cumsum(posterior.rates) - posterior.rates / 2
    low, middle, high = np.exp(np.interp([0.05, 0.5, 0.95], total, posterior.log_rates))
    return float(low), float(middle), float(high)


def _cells(origin: LatLon, posterior: Posterior) -> tuple[Cell, ...]:
    rows, columns = np.nonzero(posterior.cells >= _threshold(posterior.cells, 0.99))
    places = to_positions(origin, posterior.north_m[rows], -posterior.east_m[columns], _NORTH_DEG)
    chances = posterior.cells[rows, columns].tolist()
    return tuple(
        Cell(position=place, probability=round(chance, 6))
        for place, chance in zip(places, chances, strict=True)
    )


def _suspects(
    seen: Observations,
    origin: LatLon,
    problem: Problem,
    posterior: Posterior,
    box: tuple[float, float, float, float],
) -> tuple[Suspect, ...]:
    """Weigh the named sources against each other and against anywhere else in the box."""
    if not seen.candidates:
        return ()
    east, north = _local(origin, [candidate.position for candidate in seen.candidates])
    log = log_evidence_at(problem, east, north, posterior)
    share = load_rules("estimation")["candidate_share"]
    searched = (posterior.east_m[-1] - posterior.east_m[0]) * (
        posterior.north_m[-1] - posterior.north_m[0]
    )
    anywhere = posterior.log_evidence + np.log(
        max(searched / ((box[1] - box[0]) * (box[3] - box[2])), 1e-9)
    )
    weights = np.append(log + np.log(share / len(east)), anywhere + np.log(1 - share))
    chances = np.exp(weights - weights.max())
    chances /= chances.sum()
    names = [(each.key, each.name) for each in seen.candidates]
    names.append(("", Name(zh="其他地点", en="elsewhere")))
    found = [
        Suspect(key=key, name=name, probability=round(float(chance), 4))
        for (key, name), chance in zip(names, chances, strict=True)
    ]
    return tuple(sorted(found, key=lambda suspect: (-suspect.probability, suspect.key)))


def _verdict(
    seen: Observations,
    everything: tuple[Evidence, ...],
    evidence: tuple[Evidence, ...],
    area_m2: float,
    box: tuple[float, float, float, float],
) -> tuple[Literal["located", "area", "cannot_tell"], tuple[Caution, ...]]:
    rules = load_rules("estimation")
    usable = len({each.key for each in everything if each.kind != "nothing"})
    found = []
    if not any(each.kind in {"value", "at_least"} for each in everything):
        text = "No detector reads gas. That isn't clean air: the plume may pass between them."
        found.append(Caution(code="nothing_read", text=text))
    if usable < rules["least_usable"]:
        text = f"{usable} usable detectors can't tell place, rate and wind apart."
        found.append(Caution(code="too_few_detectors", text=text))
    share = area_m2 / ((box[1] - box[0]) * (box[3] - box[2]))
    if share > rules["most_share"]:
        text = f"The readings fit a source in {share:.0%} of the searched area."
        found.append(Caution(code="anywhere", text=text))
    cannot = bool(found)
    dropped = [f"{each.key} ({each.why})" for each in evidence if each.kind == "nothing"]
    if dropped:
        text = f"No information from {', '.join(dropped)}; not taken for clean air."
        found.append(Caution(code="detectors_without_information", text=text))
    if seen.wind.speed_m_s < 1.0:
        text = "Low wind: below 1 m/s a plume meanders and the model isn't valid."
        found.append(Caution(code="low_wind", text=text))
    if cannot:
        return "cannot_tell", tuple(found)
    located = area_m2 <= np.pi * rules["located_radius_m"] ** 2
    return ("located" if located else "area"), tuple(found)


def _inputs(seen: Observations, problem: Problem, margin_m: float) -> tuple[Input, ...]:
    wind = seen.wind
    sds = " ".join(f"{sd:.2f}" for sd in problem.log_sds)
    return (
        Input(name="substance", value=seen.substance or seen.cas),
        Input(name="wind_from", value=wind.from_deg, unit="°", source=wind.source),
        Input(name="wind_speed", value=wind.speed_m_s, unit="m/s", source=wind.source),
        Input(name="stability", value=wind.stability, source=wind.source),
        Input(
            name="direction_sd",
            value=round(problem.direction_sd_deg, 1),
            unit="°",
            assumed=seen.direction_sd_deg is None,
        ),
        Input(name="meander", value=seen.meander_deg, unit="°", assumed=True),
        Input(name="reading_log_sd", value=sds, assumed=not seen.noise_log_sd),
        Input(name="rounds", value=len(problem.rounds)),
        Input(name="shared_error", value=seen.shared_error, assumed=True),
        Input(name="silent_fault", value=problem.silent_fault, assumed=True),
        Input(name="terrain", value=seen.terrain),
        Input(name="release_height", value=seen.height_m, unit="m", assumed=True),
        Input(name="margin", value=margin_m, unit="m", assumed=seen.margin_m is None),
    )
