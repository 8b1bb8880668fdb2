"""How probable it is that a plume's concentration is reached: on a polar grid, at points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from models.hazard.ensemble.members import Members
from models.hazard.footprint import FARTHEST_M
from models.hazard.plume import vertical_term
from models.hazard.sigmas import sigma_y, sigma_z

Array = NDArray[np.float64]

_NEAREST_M = 3.0
_NODES = 180
_RINGS = 160
_RAYS = 640
_LID_M = 10_000.0
_STABLE = "EF"


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Where members exceed concentrations, seen from the source.

    `tangent2` of shape (levels, members, nodes) is the squared tangent of the half angle at
    distances `node_m`; below 0 the concentration isn't reached at that distance downwind.
    """

    members: Members
    node_m: Array
    tangent2: Array

    def reach_m(self) -> Array:
        """Return how far each member reaches, shape (levels, members) [m]; 0 where nowhere."""
        inside = self.tangent2 >= 0
        last = self.node_m.size - 1 - np.argmax(inside[..., ::-1], axis=-1)
        after = np.minimum(last + 1, self.node_m.size - 1)
        here = np.take_along_axis(self.tangent2, last[..., None], -1)[..., 0]
        there = np.take_along_axis(self.tangent2, after[..., None], -1)[..., 0]
        part = np.where(after > last, here / np.where(here > there, here - there, 1.0), 0.0)
        reach = self.node_m[last] * (self.node_m[after] / self.node_m[last]) ** part
        return np.where(inside.any(axis=-1), reach, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class PolarShare:
    """The share of members that reach a level, (levels, rings, rays), on distances and angles.

    Angles [rad] turn clockwise from the case's own downwind direction. `whole` when they go all
    the way round; then the last ray is the first one again.
    """

    share: Array
    ring_m: Array
    ray_rad: Array
    whole: bool


def cover(members: Members, height_m: float, thresholds_kg_m3: Array) -> Cover:
    """Return where each member exceeds each concentration.

    Notes
    -----
    A release of duration t is at its highest C/C_plume = erf(u t / (2 sqrt 2 sigma_x)) of the
    steady plume (Palazzi's limit with sigma_x = sigma_y).
    """
    nodes = np.geomspace(_NEAREST_M, FARTHEST_M, _NODES)
    tangent2 = np.empty((len(thresholds_kg_m3), members.from_deg.size, _NODES))
    for rows, sy, axis in _groups(members, height_m, nodes):
        for i, threshold in enumerate(thresholds_kg_m3):
            with np.errstate(divide="ignore"):
                tangent2[i, rows] = 2.0 * (sy / nodes) ** 2 * np.log(axis / threshold)
    return Cover(members, nodes, np.maximum(tangent2, -1e6))


def _groups(
    members: Members, height_m: float, x_m: Array
) -> "list[tuple[NDArray[np.intp], Array, Array]]":
    """Return (rows, sigma_y, concentration on the axis at the ground) by class and scheme."""
    found = []
    kinds = np.char.add(members.stability, members.scheme)
    for kind in np.unique(kinds).tolist():
        rows = np.flatnonzero(kinds == kind)
        found.append((rows, *_axis(members, rows, height_m, x_m)))
    return found


def _axis(
    members: Members, rows: NDArray[np.intp], height_m: float, x_m: Array
) -> tuple[Array, Array]:
    """Return sigma_y and the ground concentration on the axis of members of one kind.

    `x_m` is (nodes,) or (members, nodes) and above 0.
    """
    stability, scheme = str(members.stability[rows[0]]), str(members.scheme[rows[0]])
    sy, sz = sigma_y(x_m, stability, scheme), sigma_z(x_m, stability, scheme)
    lid = None if stability in _STABLE else _LID_M
    upright = vertical_term(np.zeros_like(sz), height_m, sz, lid)
    wind = members.carrying_m_s[rows, None]
    finite = erf(wind * members.duration_s[rows, None] / (2.0 * np.sqrt(2.0) * sy))
    axis = members.scaled_kg_s[rows, None] / (2 * np.pi * wind) * (upright / (sy * sz)) * finite
    return sy, axis


def polar_share(cover_: Cover, from_deg: float) -> PolarShare:
    """Return the share of members over rings and rays around the source.

    Notes
    -----
    At a distance r a member covers one interval of angles, since its plume is slimmer than the
    circle; so the share is a sum of intervals, exact for every ray, and costs members times
    rings rather than members times cells. A calm member covers the whole circle to its reach.
    """
    members = cover_.members
    farthest = min(max(float(cover_.reach_m().max()), 10.0) * 1.02, FARTHEST_M)
    rings = np.geomspace(_NEAREST_M, farthest, _RINGS)
    turn = np.radians((members.from_deg - from_deg + 180.0) % 360.0 - 180.0)
    halves = np.stack([half_angles(cover_, i, rings) for i in range(len(cover_.tangent2))])
    sector = float((np.abs(turn)[None, :, None] + np.maximum(halves, 0.0)).max()) * 1.02 + 1e-3
    whole = sector >= np.pi
    edge = np.pi if whole else sector
    rays = np.linspace(-edge, edge, _RAYS + 1)
    share = np.stack([_counted(turn, half, rays, whole=whole) for half in halves])
    return PolarShare(share / turn.size, rings, rays, whole)


def half_angles(cover_: Cover, level: int, rings: Array) -> Array:
    """Return the half angle [rad] at each ring, (members, rings); below 0 nothing is covered."""
    tangent2 = cover_.tangent2[level]
    distance = cover_.node_m * np.sqrt(1.0 + np.maximum(tangent2, 0.0))
    log_distance = np.log(np.maximum.accumulate(distance, axis=1))
    wanted = np.log(rings)
    at = np.array([np.interp(wanted, *pair) for pair in zip(log_distance, tangent2, strict=True)])
    half = np.where(at >= 0, np.arctan(np.sqrt(np.maximum(at, 0.0))), -1.0)
    return np.where(cover_.members.calm[:, None] & (half >= 0), np.pi, half)


def _counted(turn: Array, half: Array, rays: Array, *, whole: bool) -> Array:
    """Return how many members' intervals hold each ray, (rings, rays)."""
    n_rays, n_rings = rays.size - 1, half.shape[1]
    step = rays[1] - rays[0]
    # three turns of rays, folded afterwards: an interval may cross the seam
    width = 3 * n_rays + 1
    first = np.ceil((turn[:, None] - half - rays[0]) / step).astype(np.int64) + n_rays
    last = np.floor((turn[:, None] + half - rays[0]) / step).astype(np.int64) + n_rays
    last = np.minimum(last, first + n_rays - 1) if whole else last
    covered = (half >= 0) & (last >= first)
    ring = np.broadcast_to(np.arange(n_rings), half.shape)[covered]
    rises = np.bincount(ring * (width + 1) + first[covered], minlength=n_rings * (width + 1))
    falls = np.bincount(ring * (width + 1) + last[covered] + 1, minlength=n_rings * (width + 1))
    along = np.cumsum((rises - falls).reshape(n_rings, width + 1), axis=1)
    if not whole:
        return along[:, n_rays : 2 * n_rays + 1].astype(np.float64)
    turns = along[:, : 3 * n_rays].reshape(n_rings, 3, n_rays).sum(axis=1)
    return np.concatenate([turns, turns[:, :1]], axis=1).astype(np.float64)


def share_at(
    members: Members,
    height_m: float,
    thresholds_kg_m3: Array,
    distance_m: Array,
    bearing_deg: Array,
) -> Array:
    """Return the share of members that reach each concentration at points, (levels, points).

    Parameters
    ----------
    members : Members
        The ensemble.
    height_m : float
        Height of release [m].
    thresholds_kg_m3 : numpy.ndarray
        Shape (levels,) [kg/m³].
    distance_m, bearing_deg : numpy.ndarray
        Shape (points,): from the source [m], clockwise from north [°].
    """
    found = np.zeros((len(thresholds_kg_m3), distance_m.size))
    kinds = np.char.add(members.stability, members.scheme)
    for kind in np.unique(kinds).tolist():
        rows = np.flatnonzero(kinds == kind)
        angle = np.radians(bearing_deg[None, :] - (members.from_deg[rows, None] + 180.0))
        calm = members.calm[rows, None]
        x = np.where(calm, distance_m, distance_m * np.cos(angle))
        y = np.where(calm, 0.0, distance_m * np.sin(angle))
        sy, axis = _axis(members, rows, height_m, np.maximum(x, 1.0))
        concentration = np.where(x > 0, axis * np.exp(-0.5 * (y / sy) ** 2), 0.0)
        for i, threshold in enumerate(thresholds_kg_m3):
            found[i] += (concentration >= threshold).sum(axis=0)
    return found / members.from_deg.size
