"""The steady dense plume: layer equations integrated downwind from a pool or a jet."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.hazard.constants import G_M_S2
from models.hazard.dense.air import Air
from models.hazard.dense.closure import SQRT3, Closures, Layer
from models.hazard.dense.mixing import Mixing
from models.hazard.dense.source import Jet, Pool

Array = NDArray[np.float64]

_SIDE_PRESSURE = 0.75
_FORWARD_PRESSURE = 0.25
STATIONS = 90
"""Stations downwind of the source."""
_SOURCE_SHARE = 1 / 3
_FIRST_DEPTH_M = 0.05
_MOST_PARTS = 40
_CHANGE = 0.3  # of mass or momentum in a part of a step
_CORE = 0.9  # share of a fresh cloud's half width that is its even core

# what is carried along: mass, enthalpy, momentum, sideways momentum, half width, core, travel
# time, height times mass, sinking, spread along the wind
_MASS, _HEAT, _PUSH, _SIDE, _WIDE, _CORE_AT, _TIME, _RISE, _SINK, _LONG = range(10)


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A steady plume along its way; all of shape (n,).

    `x_m` downwind of the source's centre; `share` by moles, the mean of the cross section of half
    width `half_m`, depth `depth_m` and centre height `centre_m`; `core_m` the even core; `time_s`
    the way from the source's edge; `long_m` the spread along the wind.
    """

    rate_kg_s: float
    x_m: Array
    share: Array
    half_m: Array
    core_m: Array
    depth_m: Array
    centre_m: Array
    speed_m_s: Array
    density_kg_m3: Array
    temperature_k: Array
    time_s: Array
    long_m: Array
    mass_flux_kg_s: Array
    sideways_m_s: Array


_Slopes = tuple[list[float], float, tuple[float, ...]]


class Steady:
    """Integrates one plume; made for `dense_plume`."""

    def __init__(
        self, source: Pool | Jet, air: Air, mixing: Mixing, stations: int = STATIONS
    ) -> None:
        self._stations = stations
        self._source, self._air, self._mixing = source, air, mixing
        self._rho_air = mixing.air_kg_m3()
        self.closures = Closures(air, self._rho_air)
        self._half_rate = source.rate_kg_s / 2
        self._release = mixing.release_enthalpy(source.temperature_k, source.liquid)
        self._pooled = source.half_length(air, mixing) if isinstance(source, Pool) else 0.0
        self.enthalpies: Array = np.zeros(0)
        self._near = 0.0

    def run(self, farthest_m: float, longest_s: float = math.inf) -> Track:
        """Return the track from the source to `farthest_m`, or `longest_s` past its middle."""
        state, x = self._start()
        rows = []
        known = self._slopes(state, x)
        until = math.inf
        for step in self._grid(farthest_m, x):
            state, known = self._step(state, x, step, known)
            x += step
            rows.append((x, *known[2]))
            if x >= 0 and until == math.inf:
                until = state[_TIME] + longest_s
            if state[_TIME] > until:
                break
        columns = np.array(rows).T
        self.enthalpies = columns[13]
        columns[11] *= 2
        return Track(self._source.rate_kg_s, *columns[:13])

    def _grid(self, farthest_m: float, start_m: float) -> Array:
        within = int(self._stations * _SOURCE_SHARE) if self._pooled else 0
        inner = np.full(within, 2 * self._pooled / max(within, 1))
        first = self._pooled if self._pooled else start_m
        scale = max(self._pooled, 2.0)
        edges = first + scale * np.expm1(
            np.linspace(0, math.log1p((farthest_m - first) / scale), self._stations + 1)
        )
        return np.concatenate((inner, np.diff(edges)))

    def _start(self) -> tuple[list[float], float]:
        if isinstance(self._source, Pool):
            wide = self._pooled
            depth = max(_FIRST_DEPTH_M, 2 * self._air.roughness_m)
            speed = self.closures.wind(depth)
            mass = self._rho_air * speed * wide * depth
            return [mass, 0.0, mass * speed, 0.0, wide, _CORE * wide, 0.0, 0.0, 0.0, 0.0], -wide
        jet = self._source
        density = self._mixing.release_density(jet.temperature_k, jet.liquid)
        area = jet.rate_kg_s / (density * jet.speed_m_s)
        wide = math.sqrt(area) / 2
        mass = self._half_rate
        rise = jet.height_m
        momentum = mass * jet.speed_m_s
        state = [mass, mass * self._release, momentum, 0.0, wide, _CORE * wide, 0.0, rise, 0.0, 0.0]
        return state, 0.0

    def _gas(self, x_m: float) -> float:
        """Return the gas that half the plume carries at x [kg/s]."""
        if not self._pooled:
            return self._half_rate
        share = (x_m + self._pooled) / (2 * self._pooled)
        return self._half_rate * min(max(share, 0.0), 1.0)

    def _step(
        self, state: list[float], x: float, step: float, known: _Slopes
    ) -> tuple[list[float], _Slopes]:
        """Go one step by the midpoint rule, in parts where the layer changes fast."""
        end = x + step
        while end - x > 1e-9 * step:
            slope, relax, _ = known
            fast = max(slope[_MASS] / state[_MASS], abs(slope[_PUSH]) / state[_PUSH])
            part = min(end - x, max(_CHANGE / max(fast, 1e-9), step / _MOST_PARTS))
            middle = _gone(state, slope, relax, part / 2)
            between, relax, _ = self._slopes(middle, x + part / 2)
            state = _gone(state, between, relax, part)
            state[_SINK] = min(state[_SINK], 0.0)
            state[_RISE] = max(state[_RISE], 0.0)
            x += part
            known = self._slopes(state, x)
        return state, known

    def _slopes(self, state: list[float], x: float) -> tuple[list[float], float, tuple[float, ...]]:
        """Return slopes, the rate [1/m] at which drag eats sideways momentum, and what to keep."""
        mass, wide = state[_MASS], state[_WIDE]
        gas = self._gas(x)
        share = min(gas / mass, 1.0)
        mixed = self._mixing.state(share, state[_HEAT] / mass, self._near)
        self._near = mixed.temperature_k
        rho, heavy = mixed.density_kg_m3, mixed.density_kg_m3 - self._rho_air
        side = max(state[_SIDE] / mass, 0.0)
        centre = state[_RISE]
        speed = self._speed(state[_PUSH] / mass, heavy, mass, rho, wide, centre)
        depth = mass / (rho * speed * wide)
        lifted = centre > depth / 2
        top = centre + depth / 2 if lifted else depth
        layer = Layer(
            speed, side, wide, depth, top, rho, mixed.temperature_k, mixed.capacity_j_kg_k
        )
        swap = self.closures.exchange(layer, state[_LONG] * SQRT3 + wide)
        taken = self._rho_air * SQRT3 * (swap.lateral_m_s * depth + swap.upward_m_s * wide)
        inside = self._pooled > 0 and abs(x) < self._pooled
        added = self._half_rate / (2 * self._pooled) if inside else 0.0
        squeeze = 0.0 if lifted else _SIDE_PRESSURE * G_M_S2 * heavy * depth**2
        sink = -G_M_S2 * heavy * wide * depth if lifted and heavy > 0 else 0.0
        down = state[_SINK] / mass
        slopes = [
            taken + added,
            added * self._release + swap.heat_w_m,
            taken * self.closures.wind(top) + swap.drag_n_m,
            squeeze,
            (SQRT3 * self._rho_air / rho * swap.lateral_m_s + side) / speed,
            side * state[_CORE_AT] / (wide * speed),
            1 / speed,
            down / speed if centre > 0 else 0.0,
            sink,
            swap.along_m_s / speed,
        ]
        found = (
            mixed.share, wide, min(state[_CORE_AT], wide), depth, centre, speed, rho,
            mixed.temperature_k, state[_TIME], state[_LONG], mass, side, state[_HEAT] / mass,
        )  # fmt: skip
        relax = swap.sideways_drag_n_m / (mass * side) if side > 0 else 0.0
        return slopes, relax, found

    def _speed(
        self, free: float, heavy: float, mass: float, rho: float, wide: float, centre: float
    ) -> float:
        """Return the speed that leaves momentum for the layer's own pressure.

        u²(u0 - u) = g (rho - rho_a) m/(4 * 2 rho² B): its larger root, or 2/3 u0 where none is.
        """
        free = max(free, 0.05)
        if heavy <= 0 or centre > mass / (rho * free * wide) / 2:
            return free
        pressure = _FORWARD_PRESSURE * G_M_S2 * heavy * mass / (2 * rho**2 * wide)
        half = 2 / 27 * free**3
        if pressure >= 2 * half:
            return 2 / 3 * free
        return free * (1 + 2 * math.cos(math.acos(1 - pressure / half) / 3)) / 3


def _gone(state: list[float], slope: list[float], relax: float, step: float) -> list[float]:
    """Go a step; the sideways drag is stiff, so it is taken at the step's end."""
    after = [value + step * rate for value, rate in zip(state, slope, strict=True)]
    after[_SIDE] = max(after[_SIDE], 0.0) / (1 + step * relax)
    return after


def dense_plume(source: Pool | Jet, air: Air, mixing: Mixing, farthest_m: float = 5000.0) -> Track:
    """Return the steady dense plume of a pool or a jet.

    See `models.hazard.dense` for the equations.

    Parameters
    ----------
    source : Pool or Jet
    air : Air
    mixing : Mixing
    farthest_m : float
        How far [m], beyond the source … 1e5.

    Examples
    --------
    >>> from models.hazard.dense.gas import gas_of
    >>> air = Air(1.92, 2.88, 0.0002, 0.0665, 306.0, 0.046)
    >>> mixing = Mixing(gas_of("74-82-8"), 306.0, 0.046)
    >>> track = dense_plume(Pool(117.0, 657.0, 111.7), air, mixing)
    >>> bool((np.diff(track.share[40:]) < 0).all())
    True
    """
    return Steady(source, air, mixing).run(farthest_m)
