"""How fast a dense layer takes in air and is slowed: closures after Ermak (SLAB)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.hazard.constants import G_M_S2
from models.hazard.dense.air import KARMAN, Air

_ENTRAINMENT = 1.50
_SHEAR = 0.02
_LOCAL_STABILITY = 0.025
_CONVECTION = 0.14
_LATERAL_DECAY_1_M = 4e-4
_LATERAL = 0.08
_AVERAGING_S = 900.0
_SHORTEST_S = 10.0
_DRAG_RATIO = 0.086
_REFERENCE_M = 4.0
_MOST_DRAG = 0.3
SQRT3 = math.sqrt(3.0)
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """A cloud's cross section as the closures see it; `half_width_m` is the top hat's."""

    speed_m_s: float
    sideways_m_s: float
    half_width_m: float
    depth_m: float
    top_m: float
    density_kg_m3: float
    temperature_k: float
    capacity_j_kg_k: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """Entrainment speeds [m/s], drag per length [N/m] of a half cloud, heat [W/m]."""

    upward_m_s: float
    lateral_m_s: float
    along_m_s: float
    drag_n_m: float
    sideways_drag_n_m: float
    heat_w_m: float


def meander(instant_m: Array, averaging_s: float) -> Array:
    """Return what averaging [s] adds to the lateral variance of an instant spread [m²].

    Examples
    --------
    >>> meander(np.array([10.0]), 10.0).tolist(), meander(np.array([10.0]), 320.0).round().tolist()
    ([0.0], [300.0])
    """
    ratio = (max(averaging_s, _SHORTEST_S) / _SHORTEST_S) ** 0.4 - 1.0
    return np.asarray(ratio * instant_m**2)


class Closures:
    """The closures in one air; numbers that don't change along the cloud are kept.

    References
    ----------
    Ermak (1990), User's Manual for SLAB, UCRL-MA-105607, entrainment and flux terms.
    """

    def __init__(self, air: Air, air_kg_m3: float) -> None:
        self.air = air
        self.air_kg_m3 = air_kg_m3
        heights, means = air.means()
        self._means: list[float] = [float(mean) for mean in means]
        self._first = math.log(heights[0])
        self._pace = math.log(heights[1] / heights[0])
        self._friction = air.friction_m_s
        self._top = air.mixing_m
        self._reference = air.shape(_REFERENCE_M)
        rank = air.rank
        self._depth = 1.0 + 0.8 * rank if rank >= 0 else math.exp(-0.8 * rank)
        self._inverse = air.inverse_length_1_m * (1 + 3.0 / self._depth)
        near = self._friction * air.shape(2.0) / KARMAN
        stretch = 10 * math.sqrt(self._friction / near / _DRAG_RATIO)
        along = stretch * abs(air.inverse_length_1_m)
        self._turbulence = 1 + along if air.inverse_length_1_m < 0 else 1 / (1 + along)
        shortest: float = (_SHORTEST_S / _AVERAGING_S) ** 0.2
        self._short = _LATERAL * shortest * self._turbulence

    def wind(self, depth_m: float) -> float:
        """Return the mean wind from the ground to a height [m/s]."""
        place = (math.log(max(depth_m, 1e-3)) - self._first) / self._pace
        at = min(int(place), len(self._means) - 2)
        part = min(place - at, 1.0)
        low, high = self._means[at], self._means[at + 1]
        return low + (high - low) * part

    def instant_sigma(self, x_m: float) -> float:
        """Return the lateral spread of a passive plume that isn't averaged, at x [m]."""
        scale = 2 * self._short / _LATERAL_DECAY_1_M
        return scale * (math.sqrt(1 + _LATERAL_DECAY_1_M * max(x_m, 0.0)) - 1)

    def exchange(self, layer: Layer, length_m: float | None = None) -> Exchange:
        """Return what a layer exchanges with air and ground.

        `length_m` is the half length of a puff; a plume has none.
        """
        rho, air = layer.density_kg_m3, self.air_kg_m3
        depth, speed = layer.depth_m, layer.speed_m_s
        lifted = layer.top_m > depth * 1.001
        ambient = self.wind(layer.top_m)
        slip = (ambient - speed) * air / rho
        side = 0.5 * layer.sideways_m_s
        shear = _SHEAR * (slip**2 + (side * air / rho) ** 2)
        drag = self._drag(ambient)
        ground = self._friction**2 + shear
        convection, heat = 0.0, 0.0
        if not lifted:
            ground = (drag * speed) ** 2 + (drag * side) ** 2
            warm = self.air.ground_k or self.air.temperature_k
            if warm > layer.temperature_k:
                gap = warm - layer.temperature_k
                transfer = drag * math.sqrt(ground)
                between = (warm + layer.temperature_k) / 2
                pull_up: float = _CONVECTION * G_M_S2 * gap * transfer * depth / between
                convection = float(pull_up ** (2 / 3))
                heat = rho * layer.half_width_m * transfer * layer.capacity_j_kg_k * gap
        square = ground + shear + convection
        upward = self._upward(layer, square, lifted=lifted)
        wide = self._lateral(layer.half_width_m, ambient)
        jet = _ENTRAINMENT * KARMAN * slip
        lateral = math.sqrt(wide**2 + _SHEAR * jet**2)
        along = 0.0
        if length_m is not None:
            along = math.hypot(self._lateral(length_m, ambient), self._sheared(depth))
        width = layer.half_width_m
        pull = _SHEAR * abs(slip) * slip
        if lifted:
            forward = rho * (2 * width + depth) * pull
            sideways = 0.0
        else:
            forward = rho * (width * (self._friction**2 - (drag * speed) ** 2))
            forward += rho * (width + depth) * pull
            sideways = self.spreading_drag(layer, layer.sideways_m_s)
        return Exchange(upward, lateral, along, forward, sideways, heat)

    def spreading_drag(self, layer: Layer, speed_m_s: float) -> float:
        """Return the drag per length [N/m] of half a cloud that spreads at a speed."""
        if layer.top_m > layer.depth_m * 1.001:
            return 0.0
        drag = self._drag(self.wind(layer.top_m))
        half = 0.5 * speed_m_s
        thinned = half * self.air_kg_m3 / layer.density_kg_m3
        square = (drag * half) ** 2 + _SHEAR * thinned**2
        return layer.density_kg_m3 * layer.half_width_m * square

    def _drag(self, wind_m_s: float) -> float:
        """Return u* in units of the layer's wind; a layer within the roughness has no more."""
        return min(self._friction / wind_m_s, _MOST_DRAG)

    def _upward(self, layer: Layer, square: float, *, lifted: bool) -> float:
        local = max(_LOCAL_STABILITY * G_M_S2 * (1 - self.air_kg_m3 / layer.density_kg_m3), 0.0)
        ambient = self._inverse / (1 + layer.top_m / self._depth)
        inverse = (ambient * self._friction**2 + local) / square
        total = self._stable(layer.top_m, inverse)
        if lifted:
            total += self._stable(layer.top_m - layer.depth_m, inverse)
        scale = self._reference / self.air.shape(layer.top_m)
        return scale * _ENTRAINMENT * KARMAN * math.sqrt(square) * total

    def _stable(self, z_m: float, inverse: float) -> float:
        free = max(1 - z_m / self._top, 0.0)
        if inverse < 0:
            return free * math.sqrt(1 - 16 * z_m * inverse)
        return free / (1 + 5 * z_m * inverse)

    def _lateral(self, half_m: float, wind_m_s: float) -> float:
        decay = 0.5 * _LATERAL_DECAY_1_M / self._short
        return self._short * wind_m_s / (1 + decay * half_m / SQRT3)

    def _sheared(self, depth_m: float) -> float:
        """Return the spread along the wind by shear, 0.6 u*/k."""
        z = 0.65 * depth_m
        near = z / (z + self.air.roughness_m)
        return 0.6 * self._friction / KARMAN * near * max(1 - z / self._top, 0.0)
