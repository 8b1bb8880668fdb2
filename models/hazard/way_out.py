"""Straight ways out of the danger zones on foot: never across the plume, never into worse."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from models.hazard.checks import number

_BEARINGS = 36
_SLACK_M = 1.0
_FAR_M = 200_000.0


@dataclass(frozen=True, slots=True)
class Danger:
    """An area [m, in wind axes] to keep out of; `shelters` False: no building helps in it."""

    area: BaseGeometry
    severity: int
    shelters: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A straight way: its angle from the wind's direction, to the left [rad], its length [m]."""

    angle_rad: float
    length_m: float


def ways_out(
    x_m: float,
    y_m: float,
    dangers: Sequence[Danger],
    *,
    margin_m: float,
    calm: bool,
) -> tuple[Line, ...]:
    """Return the straight ways from a place to `margin_m` beyond the outermost contour.

    Parameters
    ----------
    x_m, y_m : float
        Downwind and crosswind coordinates of the place from the source [m], ±1e6.
    dangers : sequence of Danger
        All areas that stand, of other incidents too.
    margin_m : float
        How far beyond them a way ends [m], 0…10,000.
    calm : bool
        Without a wind there is no axis that a way could cross.

    Returns
    -------
    tuple of Line
        In steps of 10°; none where each would cross the plume's axis downwind of the source,
        come nearer to the source, or pass through an area worse than the place's own. A place
        outside has ways of length 0.

    Raises
    ------
    HazardInputError
        Naming the field.

    Examples
    --------
    From the left edge of a plume to the east one leaves to the left, never through it:

    >>> plume = Danger(shapely.box(0, -100, 1000, 100), 1, shelters=True)
    >>> found = ways_out(500, 50, [plume], margin_m=0, calm=False)
    >>> all(0 <= line.angle_rad <= math.pi for line in found)
    True
    >>> min(round(line.length_m) for line in found)
    50
    """
    x = number("x_m", x_m, -1e6, 1e6, "m")
    y = number("y_m", y_m, -1e6, 1e6, "m")
    margin = number("margin_m", margin_m, 0.0, 10_000.0, "m")
    outer = shapely.buffer(shapely.union_all([danger.area for danger in dangers]), margin)
    here = shapely.Point(x, y)
    own = max((d.severity for d in dangers if d.area.intersects(here)), default=0)
    worse = shapely.union_all([d.area for d in dangers if d.severity > own])
    found = []
    for angle in np.radians(np.arange(_BEARINGS) * (360.0 / _BEARINGS)).tolist():
        far = (x + _FAR_M * math.cos(angle), y + _FAR_M * math.sin(angle))
        length = _first_exit_m(here, shapely.LineString([(x, y), far]), outer)
        end = (x + length * math.cos(angle), y + length * math.sin(angle))
        if length > 0 and (
            (not calm and _crosses_axis((x, y), end))
            or _comes_nearer((x, y), angle, length)
            or shapely.LineString([(x, y), end]).intersects(worse)
        ):
            continue
        found.append(Line(angle, length))
    return tuple(found)


def _first_exit_m(here: shapely.Point, ray: shapely.LineString, outer: BaseGeometry) -> float:
    """Return where a ray leaves the area for the first time, 0 where it begins outside."""
    if not outer.intersects(here):
        return 0.0
    parts = shapely.get_parts(ray.intersection(outer)).tolist()
    first = min(parts, key=lambda part: part.distance(here))
    along = [math.hypot(px - here.x, py - here.y) for px, py in shapely.get_coordinates(first)]
    return max(along)


def _crosses_axis(start: tuple[float, float], end: tuple[float, float]) -> bool:
    (x0, y0), (x1, y1) = start, end
    if y0 * y1 >= 0:
        return False
    return x0 + (x1 - x0) * y0 / (y0 - y1) > 0


def _comes_nearer(start: tuple[float, float], angle: float, length: float) -> bool:
    """Return whether a way comes nearer to the source than it begins."""
    x, y = start
    along = -(x * math.cos(angle) + y * math.sin(angle))  # where it is nearest
    return min(along, length) > _SLACK_M
