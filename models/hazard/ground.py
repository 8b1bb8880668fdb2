"""Local metres around an origin on the ellipsoid: wind-aligned and compass-aligned."""

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.basics import LatLon

if TYPE_CHECKING:
    from pyproj import Geod

Array = NDArray[np.float64]


@cache
def _geod() -> "Geod":
    from pyproj import Geod as Ellipsoid  # 40 ms that a start doesn't need

    return Ellipsoid(ellps="WGS84")


def to_positions(
    origin: LatLon, downwind_m: ArrayLike, crosswind_m: ArrayLike, wind_from_deg: float
) -> tuple[LatLon, ...]:
    """Return the positions of points given along and across the wind.

    Parameters
    ----------
    origin : LatLon
        The source.
    downwind_m, crosswind_m : array_like
        Coordinates [m]: with the wind, and to the left of who looks with the wind.
    wind_from_deg : float
        Where the wind blows from [degrees].

    Notes
    -----
    Azimuthal equidistant on WGS 84: distance and bearing from the origin are exact.

    Examples
    --------
    Wind from the west carries to the east:

    >>> [p] = to_positions(LatLon(0.0, 0.0), [1000.0], [0.0], 270.0)
    >>> round(p.lat_deg, 6) + 0.0, round(p.lon_deg, 6)
    (0.0, 0.008983)
    """
    x = np.atleast_1d(np.asarray(downwind_m, dtype=np.float64))
    y = np.atleast_1d(np.asarray(crosswind_m, dtype=np.float64))
    bearing = wind_from_deg + 180.0 - np.degrees(np.arctan2(y, x))
    n = len(x)
    lon, lat, _ = _geod().fwd(
        np.full(n, origin.lon_deg), np.full(n, origin.lat_deg), bearing, np.hypot(x, y)
    )
    return tuple(
        LatLon(lat_deg, lon_deg)
        for lat_deg, lon_deg in zip(lat.tolist(), _wrapped(lon).tolist(), strict=True)
    )


def to_wind_axes(
    origin: LatLon, positions: Sequence[LatLon], wind_from_deg: float
) -> tuple[Array, Array]:
    """Return downwind and crosswind coordinates [m] of positions; the inverse of `to_positions`.

    Examples
    --------
    >>> x, y = to_wind_axes(LatLon(0.0, 0.0), [LatLon(0.0, 0.008983)], 270.0)
    >>> float(x[0].round()), abs(float(y[0].round()))
    (1000.0, 0.0)
    """
    n = len(positions)
    azimuth, _, distance = _geod().inv(
        np.full(n, origin.lon_deg),
        np.full(n, origin.lat_deg),
        np.array([p.lon_deg for p in positions]),
        np.array([p.lat_deg for p in positions]),
    )
    angle = np.radians(wind_from_deg + 180.0 - np.asarray(azimuth))
    return np.asarray(distance) * np.cos(angle), np.asarray(distance) * np.sin(angle)


def distance_m(one: LatLon, other: LatLon) -> float:
    """Return the geodesic distance [m].

    Examples
    --------
    >>> round(distance_m(LatLon(0.0, 0.0), LatLon(0.0, 1.0)))
    111319
    """
    _, _, distance = _geod().inv(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)
    return float(distance)


def circle(origin: LatLon, radius_m: float, points: int = 72) -> tuple[LatLon, ...]:
    """Return a closed ring of `points` positions at a distance [m].

    Examples
    --------
    >>> ring = circle(LatLon(30.0, 120.0), 100.0)
    >>> len(ring), ring[0] == ring[-1]
    (73, True)
    """
    angle = np.arange(points) * (2 * math.pi / points)
    ring = to_positions(origin, radius_m * np.cos(angle), radius_m * np.sin(angle), 180.0)
    return (*ring, ring[0])


def _wrapped(lon_deg: Array) -> Array:
    return np.asarray((lon_deg + 180.0) % 360.0 - 180.0)
