"""A pool's course in small implicit steps: spread, wetted ground, heat and evaporation."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

from models.hazard.check_arrays import Array
from models.hazard.constants import ATMOSPHERE_PA, G_M_S2, GAS_J_MOL_K
from models.hazard.source.history import History
from models.hazard.source.pool_transfer import (
    GROUND_M2_S,
    GROUND_W_M_K,
    PoolLiquid,
    air_heat_w_m2_k,
    mass_transfer_m_s,
    vapour_schmidt,
)

_STEPS = 600
_STEP_S = 10.0
_LEAST_RADIUS_M = 0.05
_COLDEST_K = 5.0
_SATURATED = 1.0 - 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """A pool over time: evaporation, and radius [m] and temperature [K] at the same times.

    `heat_j` is what it took up from ground, air and sun until the end.
    """

    evaporation: History
    radius_m: Array
    temperature_k: Array
    spilt_kg: float
    heat_j: float

    @property
    def largest_m2(self) -> float:
        """Its largest area [m²]."""
        return float(math.pi * self.radius_m.max() ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a pool lies in: air and ground [K], wind [m/s], sun [W/m²], least depth, radius [m]."""

    air_k: float
    ground_k: float
    wind_m_s: float
    sun_w_m2: float
    depth_m: float
    widest_m: float


class WettedGround:
    """The ground by when it was wetted, as rings of area from the middle outwards.

    Each ring has cooled for as long as it is wet, whatever the pool's own age.
    """

    def __init__(self) -> None:
        self._inner, self._areas, self._since = (np.zeros(0) for _ in range(3))
        self._wetted = 0.0

    def conductance_w_k(self, area_m2: float, begin_s: float, step_s: float) -> float:
        """Return what the ground under an area gives on average over a step [W/K].

        The mean of k/sqrt(pi a t) over the step for each ring, and for what is wetted evenly
        through the step the mean over its own ages.
        """
        covered = np.clip(area_m2 - self._inner, 0.0, self._areas)
        age = begin_s - self._since
        mean = 2.0 * (np.sqrt(age + step_s) - np.sqrt(age)) / step_s
        total = float((covered * mean).sum())
        fresh = area_m2 - self._wetted
        if fresh > 0:
            total += fresh * 4.0 / (3.0 * math.sqrt(step_s))
            self._inner = np.append(self._inner, self._wetted)
            self._areas = np.append(self._areas, fresh)
            self._since = np.append(self._since, begin_s + step_s / 2)
            self._wetted = area_m2
        return GROUND_W_M_K / math.sqrt(math.pi * GROUND_M2_S) * total


class March:
    """The pool's state and its steps, finer at the start."""

    def __init__(self, liquid: PoolLiquid, around: Surroundings, start_k: float) -> None:
        self._liquid, self._around, self._start = liquid, around, start_k
        self._mass, self._radius, self._temperature = 0.0, _LEAST_RADIUS_M, start_k
        self._ground, self._heat = WettedGround(), 0.0
        self._schmidt = vapour_schmidt(liquid.molar_mass_kg_mol)
        self._hottest = _hottest_k(liquid)

    def run(self, mass: float, duration: float, watched: float) -> Pool:
        """Return the course of a mass [kg] spilt evenly over a duration, watched so long [s]."""
        times = watched * np.linspace(0.0, 1.0, _STEPS + 1) ** 2
        rates, radii, warm, kept = [0.0], [self._radius], [self._start], [0.0]
        poured = 0.0
        for begin, end in pairwise(times):
            more = mass / duration * max(min(end, duration) - begin, 0.0)
            poured += more
            gone = self._steps(more, float(begin), float(end - begin))
            kept.append(gone)
            rates.append(gone / float(end - begin))
            radii.append(self._radius)
            warm.append(self._temperature)
            if end >= duration and self._mass <= 1e-6 * mass:
                break
        count = len(rates)
        middle = np.concatenate(
            ([0.0], (times[1:count] + times[: count - 1]) / 2, [times[count - 1]])
        )
        shown = np.concatenate(([rates[1]], rates[1:], [rates[-1]]))
        total = History.of(middle, shown).total_kg()
        scale = sum(kept) / total if total > 0 else 1.0
        places = np.interp(middle, times[:count], radii), np.interp(middle, times[:count], warm)
        return Pool(History.of(middle, shown * scale), *places, poured, self._heat)

    def _steps(self, more: float, since: float, step: float) -> float:
        parts = math.ceil(step / _STEP_S)
        small = step / parts
        return sum(self._step(more / parts, since + i * small, small) for i in range(parts))

    def _step(self, more: float, since: float, step: float) -> float:
        held = self._mass + more
        if held <= 0:
            return 0.0
        self._temperature = (self._mass * self._temperature + more * self._start) / held
        self._spread(held, step)
        around, area = self._around, math.pi * self._radius**2
        ground = self._ground.conductance_w_k(area, since, step)
        air = area * air_heat_w_m2_k(around.wind_m_s, 2 * self._radius)
        rate = self._settle(held, area, ground, air, step)
        gone = min(rate * step, held)
        share = gone / (rate * step) if rate > 0 else 1.0
        heat = (
            ground * (around.ground_k - self._temperature)
            + air * (around.air_k - self._temperature)
            + area * around.sun_w_m2
        )
        self._heat += heat * step * share
        self._mass = held - gone
        return gone

    def _settle(self, held: float, area: float, ground: float, air: float, step: float) -> float:
        """Find the temperature at the step's end at which heat and evaporation balance [kg/s].

        Vapour leaves the faster the nearer the boiling point, so a pool comes close to it while
        the ground is warm, and cools by itself when the ground is not.
        """
        liquid, around = self._liquid, self._around
        inertia = held * liquid.heat_capacity_j_kg_k / step
        taken = inertia + ground + air
        given = inertia * self._temperature + ground * around.ground_k + air * around.air_k
        given += area * around.sun_w_m2
        transfer = float(mass_transfer_m_s(around.wind_m_s, 2 * self._radius, self._schmidt))
        swept = area * transfer * liquid.molar_mass_kg_mol * ATMOSPHERE_PA / GAS_J_MOL_K

        def evaporated(kelvin: float) -> float:
            return -swept / kelvin * math.log1p(-_vapour_share(liquid, kelvin))

        def excess(kelvin: float) -> float:
            return taken * kelvin - given + liquid.vaporisation_j_kg * evaporated(kelvin)

        if excess(self._hottest) <= 0:
            self._temperature = self._hottest
            return (given - taken * self._hottest) / liquid.vaporisation_j_kg
        high = min(self._hottest, given / taken)
        self._temperature = float(brentq(excess, _COLDEST_K, high, xtol=1e-6))
        return evaporated(self._temperature)

    def _spread(self, held: float, step: float) -> None:
        """Spread by gravity in substeps; it never shrinks but thins to the least depth."""
        depth, widest = self._around.depth_m, self._around.widest_m
        volume = held / self._liquid.density_kg_m3
        limit = min(math.sqrt(volume / (math.pi * depth)), widest)
        if self._radius >= limit:
            if limit < widest:
                self._radius = max(limit, _LEAST_RADIUS_M)
            return
        radius, small = self._radius, step / 20
        for _ in range(20):
            height = volume / (math.pi * radius**2)
            radius = min(radius + math.sqrt(2 * G_M_S2 * height) * small, limit)
        self._radius = max(radius, _LEAST_RADIUS_M)


def _vapour_share(liquid: PoolLiquid, kelvin: float) -> float:
    """Return vapour pressure over ambient pressure, below 1."""
    if kelvin + liquid.c <= 1.0:
        return 0.0
    log = liquid.a - liquid.b / (kelvin + liquid.c) - math.log(ATMOSPHERE_PA)
    return min(math.exp(min(log, 0.0)), _SATURATED)


def _hottest_k(liquid: PoolLiquid) -> float:
    """Return the boiling point, or where the vapour pressure's fit reaches the ambient first."""
    over = liquid.a - math.log(ATMOSPHERE_PA)
    if over <= 0 or liquid.b <= 0:
        return liquid.boiling_k
    return min(liquid.boiling_k, liquid.b / over - liquid.c)
