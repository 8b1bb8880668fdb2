"""The ground area where a plume exceeds a concentration, in wind axes [m]."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.hazard.plume import plume_concentration
from models.hazard.sigmas import sigma_y

Array = NDArray[np.float64]

CALM_M_S = 0.5
FARTHEST_M = 50_000.0
_NEAREST_M = 1.0
_GRID = 400
_OUTLINE = 96
_ROUNDS = 5
_PIECES = 32
_NEAR_START = 10.0  # an area that begins this many release heights away begins at the source


@dataclass(frozen=True, slots=True)
class Plume:
    """A steady plume; units as in `plume_concentration`."""

    release_kg_s: float
    wind_m_s: float
    height_m: float
    stability: str
    scheme: str

    def ground(self, x_m: Array, y_m: Array | float = 0.0) -> Array:
        """Return the concentration at the ground [kg/m³]."""
        return plume_concentration(
            x_m,
            y_m,
            0.0,
            release_kg_s=self.release_kg_s,
            wind_m_s=self.wind_m_s,
            height_m=self.height_m,
            stability=self.stability,
            scheme=self.scheme,
        )


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where a concentration is exceeded. `cut` when it goes on beyond the farthest distance."""

    plume: Plume
    threshold_kg_m3: float
    x_m: Array
    y_m: Array
    start_m: float
    reach_m: float
    cut: bool

    def covers(self, x_m: Array, y_m: Array) -> Array:
        """Return where points lie in the area (exactly, not by the outline's corners)."""
        within = (x_m >= self.start_m) & (x_m <= self.reach_m)
        safe = np.where(within, np.maximum(x_m, _NEAREST_M), _NEAREST_M)
        return np.asarray(within & (np.abs(y_m) <= self._half_width(safe)))

    def _half_width(self, x_m: Array) -> Array:
        return half_width(self.plume, x_m, self.threshold_kg_m3)


def half_width(plume: Plume, x_m: Array, threshold_kg_m3: float) -> Array:
    """Return the isopleth's half width at the ground, sy sqrt(2 ln(C(x,0)/c)) [m]; 0 outside.

    Parameters
    ----------
    plume : Plume
        The plume.
    x_m : numpy.ndarray
        Downwind distances [m], > 0.
    threshold_kg_m3 : float
        Concentration c [kg/m³], > 0.

    Examples
    --------
    >>> plume = Plume(1.0, 2.0, 0.0, "D", "isc3_rural")
    >>> [round(float(w), 1) for w in half_width(plume, np.array([100.0, 5000.0]), 1e-3)]
    [13.9, 0.0]
    """
    ratio = np.maximum(plume.ground(x_m) / threshold_kg_m3, 1.0)
    return np.asarray(sigma_y(x_m, plume.stability, plume.scheme) * np.sqrt(2.0 * np.log(ratio)))


def footprint(plume: Plume, threshold_kg_m3: float) -> Footprint | None:
    """Return the area above a concentration, or None where it is reached nowhere.

    Parameters
    ----------
    plume : Plume
        The plume.
    threshold_kg_m3 : float
        Concentration [kg/m³], > 0.

    Notes
    -----
    Searched on 400 distances from 1 m to 50 km, both ends then closed in on to 1e-9. From a source
    near the ground the area begins at the source itself.

    Examples
    --------
    >>> area = footprint(Plume(1.0, 2.0, 1.0, "D", "isc3_rural"), 1e-4)
    >>> area.start_m, round(area.reach_m)
    (0.0, 831)
    """
    x = np.geomspace(_NEAREST_M, FARTHEST_M, _GRID)
    inside = np.flatnonzero(plume.ground(x) >= threshold_kg_m3)
    if not len(inside):
        return None
    first, last = int(inside[0]), int(inside[-1])
    start = 0.0 if first == 0 else _edge(plume, threshold_kg_m3, x[first - 1], x[first])
    cut = last == len(x) - 1
    reach = FARTHEST_M if cut else _edge(plume, threshold_kg_m3, x[last + 1], x[last])
    at_source = start < _NEAR_START * max(plume.height_m, _NEAREST_M)
    along = start + (reach - start) * (1 - np.cos(np.linspace(0, np.pi, _OUTLINE))) / 2
    wide = half_width(plume, np.maximum(along, _NEAREST_M / 10), threshold_kg_m3)
    start = 0.0 if at_source else start
    along[0], wide[0] = start, 0.0
    tail = slice(None)
    if not cut:
        wide[-1] = 0.0
        tail = slice(1, None)
    return Footprint(
        plume=plume,
        threshold_kg_m3=threshold_kg_m3,
        x_m=np.concatenate([along, along[::-1][tail]]),
        y_m=np.concatenate([wide, -wide[::-1][tail]]),
        start_m=start,
        reach_m=reach,
        cut=cut,
    )


def _edge(plume: Plume, threshold_kg_m3: float, outside_m: float, inside_m: float) -> float:
    """Close in on the last distance inside, 32 pieces at a time."""
    for _ in range(_ROUNDS):
        x = np.linspace(inside_m, outside_m, _PIECES + 1)
        inside = plume.ground(x) >= threshold_kg_m3
        last = max(int(np.argmin(inside)) - 1, 0)
        inside_m, outside_m = float(x[last]), float(x[last + 1])
    return inside_m
