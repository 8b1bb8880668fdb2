"""The park's local grid in metres, and reproducible chance."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.demo.tables import load_table
from models.basics import LatLon

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A flat grid: x metres east, y metres north of an origin; good to 0.1 % within 10 km."""

    lat_deg: float
    lon_deg: float

    def at(self, x_m: float, y_m: float) -> LatLon:
        """Return the position of a grid point, rounded to 0.1 m so that junctions coincide."""
        scale = _METRES_PER_DEGREE * math.cos(math.radians(self.lat_deg))
        lat = self.lat_deg + y_m / _METRES_PER_DEGREE
        return LatLon(round(lat, 6), round(self.lon_deg + x_m / scale, 6))

    def metres(self, position: LatLon) -> tuple[float, float]:
        """Return the grid point [m east, m north] of a position."""
        scale = _METRES_PER_DEGREE * math.cos(math.radians(self.lat_deg))
        east = (position.lon_deg - self.lon_deg) * scale
        return east, (position.lat_deg - self.lat_deg) * _METRES_PER_DEGREE

    def line(self, points: Sequence[Sequence[float]]) -> tuple[LatLon, ...]:
        """Return positions of many grid points."""
        return tuple(self.at(p[0], p[1]) for p in points)

    def ring(self, points: Sequence[Sequence[float]]) -> tuple[LatLon, ...]:
        """Return a closed ring."""
        line = self.line(points)
        return (*line, line[0])


def park_grid() -> Grid:
    """Return the grid of the demonstration park."""
    origin = load_table("layout")["origin"]
    return Grid(origin["lat_deg"], origin["lon_deg"])


def chance(*words: object) -> float:
    """Return a number in [0, 1) that depends on the words alone."""
    text = ":".join(map(str, words)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=7).digest(), "big") / (1 << 56)


def rectangle(x_m: float, y_m: float, width_m: float, height_m: float) -> list[tuple[float, float]]:
    """Return the corners of a rectangle around a centre."""
    half_w, half_h = width_m / 2, height_m / 2
    return [
        (x_m - half_w, y_m - half_h),
        (x_m + half_w, y_m - half_h),
        (x_m + half_w, y_m + half_h),
        (x_m - half_w, y_m + half_h),
    ]


def circle(x_m: float, y_m: float, radius_m: float, corners: int = 16) -> list[tuple[float, float]]:
    """Return a regular polygon around a centre."""
    turns = [2 * math.pi * k / corners for k in range(corners)]
    return [(x_m + radius_m * math.cos(a), y_m + radius_m * math.sin(a)) for a in turns]


def polar(x_m: float, y_m: float, bearing_deg: float, distance_m: float) -> tuple[float, float]:
    """Return the point at a compass bearing and distance from another."""
    angle = math.radians(bearing_deg)
    return x_m + distance_m * math.sin(angle), y_m + distance_m * math.cos(angle)
