"""Positions on the Web Mercator square, as the page, the base map and the fallback share them."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from models.basics import LatLon

WORLD = 2**32
MAX_LAT_DEG = 85.0511287798
EARTH_RADIUS_M = 6_371_008.8

Degrees = npt.NDArray[np.float64]
WorldUnits = npt.NDArray[np.uint32]


def to_world(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[WorldUnits, WorldUnits]:
    """Return positions as unsigned 32 bit fractions of the Web Mercator square.

    x = (λ + 180°) / 360°, y = ½ − ln((1 + sin φ) / (1 − sin φ)) / 4π, times 2³².

    Parameters
    ----------
    lat_deg, lon_deg : array_like
        WGS 84 latitude and longitude [degrees], same shape. Latitudes beyond ±85.0511° are moved
        to that edge: the square ends there.

    Returns
    -------
    tuple of ndarray of uint32
        x (east) and y (south) [2⁻³² of the square, 9 mm at the equator].

    Raises
    ------
    ValueError
        When a coordinate isn't finite or a longitude is outside ±180°.

    References
    ----------
    EPSG Guidance Note 7-2, method 1024 (Popular Visualisation Pseudo Mercator).

    Examples
    --------
    >>> x, y = to_world([0.0], [0.0])
    >>> int(x[0]) == WORLD // 2, int(y[0]) == WORLD // 2
    (True, True)
    """
    lat = np.asarray(lat_deg, dtype=np.float64)
    lon = np.asarray(lon_deg, dtype=np.float64)
    if not (np.isfinite(lat).all() and np.isfinite(lon).all()):
        raise ValueError("a coordinate is not a finite number")
    if lon.size and (lon.min() < -180.0 or lon.max() > 180.0):
        raise ValueError("a longitude is outside -180…180")
    sine = np.sin(np.radians(np.clip(lat, -MAX_LAT_DEG, MAX_LAT_DEG)))
    y = 0.5 - np.log((1.0 + sine) / (1.0 - sine)) / (4.0 * np.pi)
    return _to_u32((lon + 180.0) / 360.0), _to_u32(y)


def from_world(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return latitude and longitude [degrees] of world units; the inverse of `to_world`.

    Examples
    --------
    >>> lat, lon = from_world(*to_world([32.1], [118.8]))
    >>> round(float(lat[0]), 6), round(float(lon[0]), 6)
    (32.1, 118.8)
    """
    east = np.asarray(x, dtype=np.float64) / WORLD
    south = np.asarray(y, dtype=np.float64) / WORLD
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * south))))
    return lat, east * 360.0 - 180.0


def bounds(positions: Iterable[LatLon]) -> tuple[LatLon, LatLon] | None:
    """Return the south-west and north-east corner of positions, None when there are none.

    Positions on both sides of the antimeridian give the box that spans the Greenwich side.

    Examples
    --------
    >>> bounds([LatLon(1.0, 5.0), LatLon(3.0, 4.0)])
    (LatLon(lat_deg=1.0, lon_deg=4.0), LatLon(lat_deg=3.0, lon_deg=5.0))
    """
    points = list(positions)
    if not points:
        return None
    lats = [point.lat_deg for point in points]
    lons = [point.lon_deg for point in points]
    return LatLon(min(lats), min(lons)), LatLon(max(lats), max(lons))


def circle(centre: LatLon, radius_m: float, corners: int = 72) -> tuple[LatLon, ...]:
    """Return a closed ring of points at a great-circle distance from a centre.

    Parameters
    ----------
    centre : LatLon
        Middle of the circle.
    radius_m : float
        Radius [m], > 0 and ≤ 1,000 km.
    corners : int
        Number of different corners, ≥ 8.

    Raises
    ------
    ValueError
        When the radius or the number of corners is out of range.

    Notes
    -----
    Spherical Earth of mean radius: the radius is right to 0.6 %. Rings that reach over a pole or
    the antimeridian are cut off there.
    """
    if not 0.0 < radius_m <= 1e6:
        raise ValueError(f"radius_m: {radius_m} is outside 0…1000000")
    if corners < 8:
        raise ValueError(f"corners: {corners} are too few for a circle")
    bearing = np.linspace(0.0, 2.0 * np.pi, corners + 1)
    arc = radius_m / EARTH_RADIUS_M
    lat1 = np.radians(centre.lat_deg)
    lat = np.arcsin(np.sin(lat1) * np.cos(arc) + np.cos(lat1) * np.sin(arc) * np.cos(bearing))
    east = np.sin(bearing) * np.sin(arc) * np.cos(lat1)
    lon = np.radians(centre.lon_deg) + np.arctan2(east, np.cos(arc) - np.sin(lat1) * np.sin(lat))
    lats = np.clip(np.degrees(lat), -90.0, 90.0)
    lons = np.clip(np.degrees(lon), -180.0, 180.0)
    ring = [LatLon(float(a), float(b)) for a, b in zip(lats[:-1], lons[:-1], strict=True)]
    return (*ring, ring[0])


def pairs(line: Sequence[LatLon]) -> list[list[float]]:
    """Return positions as `[[lat, lon], …]`, rounded to 1e-7° (1 cm), as the page takes them."""
    return [[round(point.lat_deg, 7), round(point.lon_deg, 7)] for point in line]


def _to_u32(fraction: Degrees) -> WorldUnits:
    return np.minimum(np.floor(fraction * WORLD), WORLD - 1).astype(np.uint32)
