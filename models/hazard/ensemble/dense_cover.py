"""How probable it is that a dense cloud's concentration is reached: members run one by one."""

from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray

from models.basics import Wind
from models.hazard.dense_zone import cloud_of_level, dense_run, ground_half_width
from models.hazard.ensemble.coverage import Cover, half_angles
from models.hazard.ensemble.members import Members
from models.hazard.footprint import FARTHEST_M
from models.hazard.ports import Release
from models.hazard.substances import Substance

Array = NDArray[np.float64]
Progress = Callable[[float], None]

_NEAREST_M = 3.0
_NODES = 140
_STATIONS = 36
_MOST_KG_S = 1e5
_LEAST_S = 1.0


def dense_cover(
    members: Members,
    release: Release,
    wind: Wind,
    terrain: str,
    substance: Substance,
    progress: Progress | None = None,
) -> Cover:
    """Return where each member's dense cloud exceeds each level of concern.

    Parameters
    ----------
    members : Members
        The ensemble; its dispersion curves aren't used.
    release, wind, terrain, substance
        The checked case that the members were drawn around.
    progress : callable, optional
        Told the share that is done, 0…1, after each member; what it raises stops the run.

    Notes
    -----
    What creeps upwind or nearer than 3 m is left to the single run. With two fifths of the
    stations of a single run.
    """
    nodes = np.geomspace(_NEAREST_M, FARTHEST_M, _NODES)
    count = members.from_deg.size
    tangent2 = np.empty((len(substance.levels), count, _NODES))
    for k in range(count):
        case = msgspec.structs.replace(
            release,
            release_kg_s=min(float(members.scaled_kg_s[k]), _MOST_KG_S),
            duration_s=max(float(members.duration_s[k]), _LEAST_S),
        )
        air = msgspec.structs.replace(
            wind, speed_m_s=float(members.speed_m_s[k]), stability=str(members.stability[k])
        )
        run = dense_run(case, air, terrain, substance, _STATIONS)
        for i, level in enumerate(substance.levels):
            cloud, share = cloud_of_level(run, level), level.ppm * 1e-6
            wide = ground_half_width(cloud, nodes, share)
            edge = np.interp(nodes, cloud.x_m, cloud.edge_m) / nodes
            below = np.log(np.maximum(cloud.peak(nodes), 1e-300) / share)
            tangent2[i, k] = np.where(below >= 0, (wide / nodes) ** 2, 2 * edge**2 * below)
        if progress is not None:
            progress((k + 1) / count)
    return Cover(members, nodes, np.maximum(tangent2, -1e6))


def dense_share_at(covered: Cover, distance_m: Array, bearing_deg: Array) -> Array:
    """Return the share of members that reach each level at points, (levels, points).

    `distance_m` and `bearing_deg` (clockwise from north) are of shape (points,).
    """
    members = covered.members
    away = bearing_deg[None, :] - (members.from_deg[:, None] + 180.0)
    angle = np.radians(np.abs((away + 180.0) % 360.0 - 180.0))
    order = np.argsort(distance_m)
    rings = np.maximum(distance_m[order], _NEAREST_M)
    found = np.empty((len(covered.tangent2), distance_m.size))
    for i in range(len(covered.tangent2)):
        half = np.empty_like(angle)
        half[:, order] = half_angles(covered, i, rings)
        found[i] = ((half >= 0) & (angle <= half)).mean(axis=0)
    return found
