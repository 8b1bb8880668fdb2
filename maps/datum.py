"""Datum conversion: WGS 84, CGCS2000, GCJ-02 (火星坐标), BD-09 (百度坐标).

GCJ-02 is the obfuscated datum of Chinese consumer maps: 500–700 m off WGS 84. Its forward formula
is known, its inverse is found by fixed-point iteration. Data taken for the wrong datum put a team
on the wrong street, so nothing here guesses: the caller names both datums.
"""

from collections.abc import Callable
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
_BLOCK = 4096  # positions that are worked on at once: they stay in the processor's cache
_STEPS = 12
_SETTLED_DEG = 2e-8  # 2 mm; each step leaves a fortieth of the last at most: 0.05 mm
_EDGE_DEG = 1e-8  # what the iteration may leave at the edge: 1 mm
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
    of the published formula, not a border). Every WGS 84 position of the rectangle, its edge
    included, comes back to 1 mm. Along the edge the formula itself jumps, by up to 0.7 km: some
    GCJ-02 positions there belong to two WGS 84 positions, one obfuscated and one outside and
    unmoved. The inverse takes the obfuscated one, so a position outside, within a kilometre of
    the edge, may not come back.

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
    if lat.ndim != 1 or lat.size <= _BLOCK:
        return _converted(lat, lon, source, target)
    out_lat, out_lon = np.empty_like(lat), np.empty_like(lon)
    for start in range(0, lat.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        out_lat[part], out_lon[part] = _converted(lat[part], lon[part], source, target)
    return out_lat, out_lon


def _converted(lat: Degrees, lon: Degrees, source: Datum, target: Datum) -> tuple[Degrees, Degrees]:
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

    def moved(guess_lat: Degrees, guess_lon: Degrees) -> tuple[Degrees, Degrees]:
        north, east = _offset(guess_lat, guess_lon)
        return lat - north, lon - east

    guess_lat, guess_lon = _settled(moved, lat, lon)
    inside = _inside(guess_lat, guess_lon, _EDGE_DEG)
    return np.where(inside, guess_lat, lat), np.where(inside, guess_lon, lon)


def gcj02_to_bd09(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 positions in BD-09 [degrees]."""
    lat, lon = _checked(lat_deg, lon_deg)
    north, east = _bd09_offset(lat, lon)
    return lat + north, lon + east


def bd09_to_gcj02(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return BD-09 positions in GCJ-02 [degrees] by fixed-point iteration."""
    lat, lon = _checked(lat_deg, lon_deg)

    def moved(guess_lat: Degrees, guess_lon: Degrees) -> tuple[Degrees, Degrees]:
        north, east = _bd09_offset(guess_lat, guess_lon)
        return lat - north, lon - east

    return _settled(moved, lat - 0.006, lon - 0.0065)


def _settled(
    step: Callable[[Degrees, Degrees], tuple[Degrees, Degrees]], lat: Degrees, lon: Degrees
) -> tuple[Degrees, Degrees]:
    """Repeat a contracting step until the last step moved nothing by more than 2 mm."""
    for _ in range(_STEPS):
        next_lat, next_lon = step(lat, lon)
        change = max(
            np.abs(next_lat - lat).max(initial=0.0), np.abs(next_lon - lon).max(initial=0.0)
        )
        lat, lon = next_lat, next_lon
        if change < _SETTLED_DEG:
            break
    return lat, lon


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


def _inside(lat: Degrees, lon: Degrees, margin_deg: float = 0.0) -> npt.NDArray[np.bool_]:
    inside: npt.NDArray[np.bool_] = (
        (lon >= _WEST - margin_deg) & (lon <= _EAST + margin_deg)
        & (lat >= _SOUTH - margin_deg) & (lat <= _NORTH + margin_deg)
    )  # fmt: skip
    return inside


def _offset(lat: Degrees, lon: Degrees) -> tuple[Degrees, Degrees]:
    """Return the obfuscation [degrees north, degrees east] at WGS 84 positions."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    x_30, x_12, x_3, x_1, x_half, x_sixth = _waves(x, 6)
    y_30, y_12, y_3, y_1 = _waves(y, 4)
    waves = 20.0 * x_sixth + 20.0 * x_half
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (waves + 20.0 * y_1 + 40.0 * y_3 + 160.0 * y_12 + 320.0 * y_30) * (2.0 / 3.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (waves + 20.0 * x_1 + 40.0 * x_3 + 150.0 * x_12 + 300.0 * x_30) * (2.0 / 3.0)
    sine = np.sin(np.radians(lat))
    magic = 1.0 - _ECCENTRICITY_2 * sine * sine
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY_2) / (magic * np.sqrt(magic))
    parallel_m = _AXIS_M / np.sqrt(magic) * np.sqrt(1.0 - sine * sine)
    return np.degrees(north / meridian_m), np.degrees(east / np.maximum(parallel_m, 1.0))


def _waves(x: Degrees, count: int) -> tuple[Degrees, ...]:
    """Return the first `count` of sin(πx / k), k = 30, 12, 3, 1, ½, ⅙.

    All are powers of one e^(iπx/60): a sine costs twenty times a product.
    """
    unit = np.empty(x.shape, dtype=np.complex128)
    angle = x * (np.pi / 60.0)
    unit.real, unit.imag = np.cos(angle), np.sin(angle)
    e_2 = unit * unit
    e_5 = e_2 * e_2 * unit
    e_10 = e_5 * e_5
    e_20 = e_10 * e_10
    e_60 = e_20 * e_20 * e_20
    powers = [e_2, e_5, e_20, e_60]
    if count > len(powers):
        e_120 = e_60 * e_60
        powers += [e_120, e_120 * e_120 * e_120]
    return tuple(power.imag for power in powers)


def _bd09_offset(lat: Degrees, lon: Degrees) -> tuple[Degrees, Degrees]:
    """Return what BD-09 adds to GCJ-02 positions [degrees north, degrees east].

    The published formula stretches the radius by 2e-5 sin(lat X) and turns it by
    δ = 3e-6 cos(lon X); with sin δ = δ, exact to 1e-17, no angle needs to be found.
    """
    radius = np.hypot(lon, lat)
    stretch = 0.00002 * np.sin(lat * _X_PI) / np.where(radius == 0.0, 1.0, radius)
    turn = 0.000003 * np.cos(lon * _X_PI)
    less = -0.5 * turn * turn  # cos δ - 1
    north = (lat + stretch * lat) * less + stretch * lat + (1.0 + stretch) * lon * turn
    east = (lon + stretch * lon) * less + stretch * lon - (1.0 + stretch) * lat * turn
    return north + 0.006, east + 0.0065
