"""Datum conversion: WGS 84, CGCS2000, GCJ-02 (火星坐标), BD-09 (百度坐标).

GCJ-02 is the obfuscated datum of Chinese consumer maps: 500–700 m off WGS 84. Its forward formula
is known, its inverse is found by fixed-point iteration. Data taken for the wrong datum put a team
on the wrong street, so nothing here guesses: the caller names both datums.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

Datum = Literal["WGS84", "CGCS2000", "GCJ02", "BD09"]
Degrees = npt.NDArray[np.float64]

DATUMS: tuple[Datum, ...] = ("WGS84", "CGCS2000", "GCJ02", "BD09")

# Krasovsky 1940, on which the obfuscation is computed
_AXIS_M = 6_378_245.0
_ECCENTRICITY_2 = 0.006_693_421_622_965_943_23
_X_PI = np.pi * 3000.0 / 180.0
_STEPS = 8
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271


def convert(
    lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike, source: Datum, target: Datum
) -> tuple[Degrees, Degrees]:
    """Return positions of one datum in another.

    Parameters
    ----------
    lat_deg, lon_deg : array_like
        Latitude and longitude [degrees] in `source`, same shape.
    source, target : 'WGS84', 'CGCS2000', 'GCJ02' or 'BD09'
        Datums.

    Returns
    -------
    tuple of ndarray
        Latitude and longitude [degrees] in `target`.

    Raises
    ------
    ValueError
        When a datum is unknown, shapes differ, or a coordinate isn't a finite number on Earth.

    Notes
    -----
    CGCS2000 and WGS 84 are the same to a few centimetres and are not told apart. Outside the
    rectangle 72.004–137.8347° E, 0.8293–55.8271° N the obfuscation is not applied (the rectangle
    of the published formula, not a border). Round trips hold to 1 mm within it, but for the few
    hundred metres along its edge, where the formula itself jumps.

    Examples
    --------
    >>> lat, lon = convert([39.908823], [116.397470], "GCJ02", "WGS84")
    >>> round(float(lat[0]), 5), round(float(lon[0]), 5)
    (39.90742, 116.39123)
    """
    lat, lon = _checked(lat_deg, lon_deg)
    for datum in (source, target):
        if datum not in DATUMS:
            raise ValueError(f"datum {datum!r} is none of {', '.join(DATUMS)}")
    if source == target:
        return lat, lon
    if source == "BD09":
        lat, lon = bd09_to_gcj02(lat, lon)
    if source in {"BD09", "GCJ02"} and target not in {"BD09", "GCJ02"}:
        return gcj02_to_wgs84(lat, lon)
    if source not in {"BD09", "GCJ02"} and target in {"BD09", "GCJ02"}:
        lat, lon = wgs84_to_gcj02(lat, lon)
    return gcj02_to_bd09(lat, lon) if target == "BD09" else (lat, lon)


def wgs84_to_gcj02(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return WGS 84 positions in GCJ-02 [degrees]; see `convert`."""
    lat, lon = _checked(lat_deg, lon_deg)
    north, east = _offset(lat, lon)
    inside = _inside(lat, lon)
    return np.where(inside, lat + north, lat), np.where(inside, lon + east, lon)


def gcj02_to_wgs84(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 positions in WGS 84 [degrees] by fixed-point iteration; see `convert`."""
    lat, lon = _checked(lat_deg, lon_deg)
    guess_lat, guess_lon = lat, lon
    for _ in range(_STEPS):
        north, east = _offset(guess_lat, guess_lon)
        guess_lat, guess_lon = lat - north, lon - east
    inside = _inside(guess_lat, guess_lon)
    return np.where(inside, guess_lat, lat), np.where(inside, guess_lon, lon)


def gcj02_to_bd09(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 positions in BD-09 [degrees]."""
    lat, lon = _checked(lat_deg, lon_deg)
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _X_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _X_PI)
    return radius * np.sin(angle) + 0.006, radius * np.cos(angle) + 0.0065


def bd09_to_gcj02(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return BD-09 positions in GCJ-02 [degrees] by fixed-point iteration."""
    lat, lon = _checked(lat_deg, lon_deg)
    guess_lat, guess_lon = lat - 0.006, lon - 0.0065
    for _ in range(_STEPS):
        there_lat, there_lon = gcj02_to_bd09(guess_lat, guess_lon)
        guess_lat, guess_lon = guess_lat + (lat - there_lat), guess_lon + (lon - there_lon)
    return guess_lat, guess_lon


def _checked(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    lat = np.asarray(lat_deg, dtype=np.float64)
    lon = np.asarray(lon_deg, dtype=np.float64)
    if lat.shape != lon.shape:
        raise ValueError(f"lat has shape {lat.shape}, lon has {lon.shape}")
    if not (np.isfinite(lat).all() and np.isfinite(lon).all()):
        raise ValueError("a coordinate is not a finite number")
    if lat.size and (np.abs(lat).max() > 90.1 or np.abs(lon).max() > 180.1):
        raise ValueError("a coordinate lies outside the Earth's degrees")
    return lat, lon


def _inside(lat: Degrees, lon: Degrees) -> npt.NDArray[np.bool_]:
    inside: npt.NDArray[np.bool_] = (
        (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    )
    return inside


def _offset(lat: Degrees, lon: Degrees) -> tuple[Degrees, Degrees]:
    """Return the obfuscation [degrees north, degrees east] at WGS 84 positions."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (waves + 20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    north += (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (waves + 20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    east += (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    phi = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY_2 * np.sin(phi) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY_2) / (magic * np.sqrt(magic))
    parallel_m = _AXIS_M / np.sqrt(magic) * np.cos(phi)
    return np.degrees(north / meridian_m), np.degrees(east / parallel_m)
