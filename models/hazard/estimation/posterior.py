"""The posterior over places, rates and wind directions, in two passes over a grid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from models.hazard.estimation.likelihood import STEP, Carrier, explain, unit_log_ppm
from models.hazard.estimation.readings import Evidence

Array = NDArray[np.float64]
Progress = Callable[[float], None]

_COARSE, _FINE = 36, 44  # cells a side
_COARSE_WINDS, _FINE_WINDS = 9, 15
_COARSE_RATES = 8  # table steps between rates
_MOST_FINE_RATES = 24
_BLUR = 0.7  # the coarse pass forgives more, so that it misses no narrow peak
_KEPT = 0.9995
_WIND_SPAN = 2.6  # standard deviations
_COARSE_SHARE = 0.4  # of the work


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One round of readings: detectors in local metres, what they say, the wind of then."""

    east_m: Array
    north_m: Array
    evidence: tuple[Evidence, ...]
    from_deg: float
    carrier: Carrier


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is known: rounds of readings of one source, and what may be."""

    rounds: tuple[Sighting, ...]
    direction_sd_deg: float
    log_sds: tuple[float, ...]
    silent_fault: float
    log_rates: tuple[float, float]
    shared_error: float = 0.0

    @property
    def round_weight(self) -> float:
        """How much of a sighting of its own each round is: 1/(1 + (n - 1) shared error)."""
        return 1.0 / (1.0 + (len(self.rounds) - 1) * self.shared_error)


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Probabilities over cells (north, east) and rates; `log_evidence` is the cells' mean."""

    east_m: Array
    north_m: Array
    cells: Array
    log_rates: Array
    rates: Array
    log_evidence: float


def solve(
    problem: Problem,
    box: tuple[float, float, float, float],
    progress: Progress | None = None,
) -> Posterior:
    """Return the posterior inside a box (west, east, south, north) [m].

    Parameters
    ----------
    progress : callable, optional
        Told the share done after each round of each pass.

    Notes
    -----
    Uniform prior over the box and over ln(rate), normal over
    the direction of each round on its own. A coarse pass with
    more forgiving noise finds where to look; a fine pass looks.
    Rounds that err alike (the same plume, the same detectors) are
    weighed down by the design effect of correlated samples.

    References
    ----------
    L. Kish, Survey Sampling (1965), 5.4 (design effect); recalled.
    """
    blurred = tuple(float(np.hypot(sd, _BLUR)) for sd in problem.log_sds)
    wide = _rates(*problem.log_rates, _COARSE_RATES)
    told = progress or _untold
    coarse = _pass(
        problem, box, _COARSE, _COARSE_WINDS, wide, blurred, lambda s: told(s * _COARSE_SHARE)
    )
    kept = _kept(coarse.cells)
    rows, columns = np.nonzero(kept)
    half_e, half_n = np.diff(coarse.east_m)[0], np.diff(coarse.north_m)[0]
    inner = (
        max(box[0], coarse.east_m[columns.min()] - half_e),
        min(box[1], coarse.east_m[columns.max()] + half_e),
        max(box[2], coarse.north_m[rows.min()] - half_n),
        min(box[3], coarse.north_m[rows.max()] + half_n),
    )
    likely = np.flatnonzero(_kept(coarse.rates))
    step = _COARSE_RATES * STEP
    low = max(problem.log_rates[0], coarse.log_rates[likely[0]] - step)
    high = min(problem.log_rates[1], coarse.log_rates[likely[-1]] + step)
    fine = _rates(low, high, int(np.ceil((high - low) / STEP / _MOST_FINE_RATES)))
    return _pass(
        problem,
        inner,
        _FINE,
        _FINE_WINDS,
        fine,
        problem.log_sds,
        lambda share: told(_COARSE_SHARE + share * (1.0 - _COARSE_SHARE)),
    )


def log_evidence_at(problem: Problem, east_m: Array, north_m: Array, posterior: Posterior) -> Array:
    """Return ln of the likelihood of named places, averaged over rates and winds."""
    log = _by_place(
        problem, east_m, north_m, _FINE_WINDS, posterior.log_rates, problem.log_sds, _untold
    )
    return np.asarray(logsumexp(log, axis=1))


def _untold(_share: float) -> None:
    """Tell nobody."""


def _rates(low: float, high: float, steps: int) -> Array:
    count = max(int(np.ceil((high - low) / (steps * STEP))), 1)
    return np.asarray(low + steps * STEP * np.arange(count + 1))


def _kept(mass: Array) -> NDArray[np.bool_]:
    """Return the fewest entries that hold nearly all of the mass."""
    order = np.argsort(mass, axis=None)[::-1]
    enough = int(np.searchsorted(np.cumsum(mass.ravel()[order]), _KEPT)) + 1
    kept = np.zeros(mass.size, bool)
    kept[order[:enough]] = True
    return kept.reshape(mass.shape)


def _by_place(
    problem: Problem,
    east_m: Array,
    north_m: Array,
    n_winds: int,
    log_rates: Array,
    log_sds: Sequence[float],
    told: Progress,
) -> Array:
    """Return ln(likelihood) of places and rates over all rounds, (places, rates)."""
    z = np.linspace(-_WIND_SPAN, _WIND_SPAN, n_winds)
    weight = np.exp(-0.5 * z**2)
    prior = np.log(weight / weight.sum()).astype(np.float32)
    total = np.zeros((east_m.size, log_rates.size))
    for number, seen in enumerate(problem.rounds, 1):
        unit = unit_log_ppm(
            seen.carrier,
            seen.east_m[None, None, :] - east_m[:, None, None],
            seen.north_m[None, None, :] - north_m[:, None, None],
            (seen.from_deg + problem.direction_sd_deg * z)[None, :, None],
        )
        flat = unit.reshape(-1, seen.east_m.size)
        log = explain(flat, log_rates, seen.evidence, log_sds, problem.silent_fault)
        log = log.reshape(east_m.size, n_winds, -1) + prior[None, :, None]
        top = log.max(axis=1)
        seen_once = top + np.log(np.exp(log - top[:, None, :]).sum(axis=1))
        total += problem.round_weight * seen_once
        told(number / len(problem.rounds))
    return total


def _pass(
    problem: Problem,
    box: tuple[float, float, float, float],
    cells: int,
    n_winds: int,
    log_rates: Array,
    log_sds: Sequence[float],
    told: Progress,
) -> Posterior:
    east = _centres(box[0], box[1], cells)
    north = _centres(box[2], box[3], cells)
    grid_north, grid_east = (axis.ravel() for axis in np.meshgrid(north, east, indexing="ij"))
    log = _by_place(problem, grid_east, grid_north, n_winds, log_rates, log_sds, told)
    top = float(log.max())
    mass = np.exp(log - top)
    total = float(mass.sum())
    return Posterior(
        east_m=east,
        north_m=north,
        cells=mass.sum(axis=1).reshape(cells, cells) / total,
        log_rates=log_rates,
        rates=mass.sum(axis=0) / total,
        log_evidence=top + float(np.log(total / (cells * cells))),
    )


def _centres(low: float, high: float, cells: int) -> Array:
    return np.asarray(low + (high - low) * (np.arange(cells) + 0.5) / cells)
