"""A dense cloud of finite size: the layer equations integrated in time as it drifts."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.hazard.constants import G_M_S2
from models.hazard.dense.closure import SQRT3, Closures, Layer
from models.hazard.dense.mixing import Mixing

Array = NDArray[np.float64]

_PRESSURE = 0.75
_MOST_STEPS = 400
_GROWTH = 0.055  # a step is this share of the time gone, or of the time to slump

# what is carried along, of a quarter cloud
_MASS, _HEAT, _PUSH, _ACROSS, _ALONG, _PLACE, _WIDE, _CORE, _LONG, _LONG_CORE, _RISE, _SINK = range(
    12
)


@dataclass(frozen=True, slots=True)
class PuffStart:
    """A cloud when it is cut off from its source, or let go at once.

    Half sizes are those of the top hat with its even core inside; `centre_m` is its middle's
    height.
    """

    x_m: float
    half_m: float
    core_m: float
    long_half_m: float
    long_core_m: float
    depth_m: float
    centre_m: float
    speed_m_s: float
    across_m_s: float
    mass_share: float
    density_kg_m3: float
    enthalpy_j_kg: float
    gas_kg: float


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """A drifting cloud over time; all of shape (n,). Sizes as in `PuffStart`."""

    time_s: Array
    x_m: Array
    share: Array
    half_m: Array
    core_m: Array
    long_half_m: Array
    long_core_m: Array
    depth_m: Array
    centre_m: Array
    speed_m_s: Array
    density_kg_m3: Array
    temperature_k: Array


class Drifting:
    """Integrates one cloud; made for `drift`."""

    def __init__(
        self, closures: Closures, mixing: Mixing, gas_kg: float, coarse: float = 1.0
    ) -> None:
        self._coarse = coarse
        self._closures, self._mixing = closures, mixing
        self._rho_air = mixing.air_kg_m3()
        self._gas = gas_kg / 4
        self._near = 0.0

    def run(self, start: PuffStart, farthest_m: float, longest_s: float) -> Drift:
        """Return the drift until `farthest_m` or `longest_s`."""
        mass = self._gas / start.mass_share
        state = [
            mass,
            mass * start.enthalpy_j_kg,
            mass * start.speed_m_s,
            mass * start.across_m_s,
            0.0,
            start.x_m,
            start.half_m,
            start.core_m,
            start.long_half_m,
            start.long_core_m,
            start.centre_m,
            0.0,
        ]
        time, rows = 0.0, []
        slope, relax, found = self._slopes(state)
        rows.append((0.0, *found))
        while len(rows) < _MOST_STEPS and time < longest_s and state[_PLACE] < farthest_m:
            step = self._pace(state, slope, time)
            middle = _gone(state, slope, relax, step / 2)
            between, relax, _ = self._slopes(middle)
            state = _gone(state, between, relax, step)
            state[_SINK] = min(state[_SINK], 0.0)
            state[_RISE] = max(state[_RISE], 0.0)
            time += step
            slope, relax, found = self._slopes(state)
            rows.append((time, *found))
        return Drift(*np.array(rows).T)

    def _pace(self, state: list[float], slope: list[float], time: float) -> float:
        """Return a step in which neither mass nor sizes change by much."""
        change = max(slope[each] / state[each] for each in (_MASS, _WIDE, _LONG))
        growth = _GROWTH * self._coarse
        return max(min(2 * growth / max(change, 1e-6), max(4 * growth * time, 0.5)), 0.02)

    def _slopes(
        self, state: list[float]
    ) -> tuple[list[float], tuple[float, float], tuple[float, ...]]:
        """Return slopes, the rates [1/s] at which drag eats spreading, and what to keep."""
        mass, wide, long = state[_MASS], state[_WIDE], state[_LONG]
        share = min(self._gas / mass, 1.0)
        mixed = self._mixing.state(share, state[_HEAT] / mass, self._near)
        self._near = mixed.temperature_k
        rho, heavy = mixed.density_kg_m3, mixed.density_kg_m3 - self._rho_air
        depth = mass / (rho * wide * long)
        centre = state[_RISE]
        lifted = centre > depth / 2
        top = centre + depth / 2 if lifted else depth
        speed = state[_PUSH] / mass
        across = max(state[_ACROSS] / mass, 0.0)
        along = max(state[_ALONG] / mass, 0.0)
        layer = Layer(
            speed, across, wide, depth, top, rho, mixed.temperature_k, mixed.capacity_j_kg_k
        )
        swap = self._closures.exchange(layer, long)
        taken = (
            self._rho_air
            * SQRT3
            * (
                (swap.along_m_s * wide + swap.lateral_m_s * long) * depth
                + swap.upward_m_s * wide * long
            )
        )
        squeeze = 0.0 if lifted else _PRESSURE * G_M_S2 * heavy * depth**2
        ratio = SQRT3 * self._rho_air / rho
        resist = swap.sideways_drag_n_m * long / (mass * across) if across > 0 else 0.0
        ahead = self._closures.spreading_drag(layer, along) * long
        relax = (resist, ahead / (mass * along) if along > 0 else 0.0)
        slopes = [
            taken,
            swap.heat_w_m * long,
            taken * self._closures.wind(top) + swap.drag_n_m * long,
            squeeze * long,
            squeeze * wide,
            speed,
            ratio * swap.lateral_m_s + across,
            across * state[_CORE] / wide,
            ratio * swap.along_m_s + along,
            along * state[_LONG_CORE] / long,
            state[_SINK] / mass if centre > 0 else 0.0,
            -G_M_S2 * heavy * wide * long * depth if lifted and heavy > 0 else 0.0,
        ]
        found = (
            state[_PLACE], mixed.share, wide, min(state[_CORE], wide), long,
            min(state[_LONG_CORE], long), depth, centre, speed, rho, mixed.temperature_k,
        )  # fmt: skip
        return slopes, relax, found


def _gone(
    state: list[float], slope: list[float], relax: tuple[float, float], step: float
) -> list[float]:
    """Go a step; drag on the spreading is stiff, so it is taken at the step's end."""
    after = [value + step * rate for value, rate in zip(state, slope, strict=True)]
    after[_ACROSS] = max(after[_ACROSS], 0.0) / (1 + step * relax[0])
    after[_ALONG] = max(after[_ALONG], 0.0) / (1 + step * relax[1])
    return after


def released_at_once(
    mixing: Mixing, mass_kg: float, temperature_k: float, liquid: float, aspect: float = 1.0
) -> PuffStart:
    """Return the start of a mass let go at once: a block `aspect` times as high as half wide.

    Examples
    --------
    >>> from models.hazard.dense.gas import gas_of
    >>> start = released_at_once(Mixing(gas_of("7782-50-5"), 293.0, 0.5), 1000, 239.2, 0.0)
    >>> round(4 * start.half_m**2 * start.depth_m * start.density_kg_m3)
    1000
    """
    density = mixing.release_density(temperature_k, liquid)
    half = (mass_kg / density / (4 * aspect)) ** (1 / 3)
    return PuffStart(
        x_m=0.0,
        half_m=half,
        core_m=0.9 * half,
        long_half_m=half,
        long_core_m=0.9 * half,
        depth_m=aspect * half,
        centre_m=0.0,
        speed_m_s=0.0,
        across_m_s=0.0,
        mass_share=1.0,
        density_kg_m3=density,
        enthalpy_j_kg=mixing.release_enthalpy(temperature_k, liquid),
        gas_kg=mass_kg,
    )


def drift(
    start: PuffStart,
    closures: Closures,
    mixing: Mixing,
    farthest_m: float = 5000.0,
    longest_s: float = math.inf,
    coarse: float = 1.0,
) -> Drift:
    """Return how a cloud drifts and thins; steps are `coarse` times as long as usual.

    Examples
    --------
    >>> from models.hazard.dense.air import Air
    >>> from models.hazard.dense.gas import gas_of
    >>> mixing = Mixing(gas_of("7782-50-5"), 293.0, 0.5)
    >>> closures = Closures(Air(3.0, 10.0, 0.03, 0.0, 293.0), mixing.air_kg_m3())
    >>> cloud = drift(released_at_once(mixing, 1000, 239.2, 0.0), closures, mixing, 500.0)
    >>> bool((np.diff(cloud.share) < 0).all()), bool((np.diff(cloud.half_m) > 0).all())
    (True, True)
    """
    return Drifting(closures, mixing, start.gas_kg, coarse).run(start, farthest_m, longest_s)
