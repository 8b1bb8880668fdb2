"""The grid of Web Mercator tiles. Positions are fractions of the world's square, y southwards."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from maps.geometry import MAX_LAT_DEG, WORLD, from_world

Fractions = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

MAX_TILE_ZOOM = 24


class TileId(NamedTuple):
    """A tile: zoom, column from the west, row from the north (XYZ, as web maps count)."""

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Whether the grid has such a tile."""
        return 0 <= self.z <= MAX_TILE_ZOOM and all(0 <= n < 2**self.z for n in (self.x, self.y))

    def box(self) -> Box:
        """Return west, north, east, south [fractions of the world].

        Examples
        --------
        >>> TileId(1, 1, 0).box()
        (0.5, 0.0, 1.0, 0.5)
        """
        side = 0.5**self.z
        return self.x * side, self.y * side, (self.x + 1) * side, (self.y + 1) * side


def fractions(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[Fractions, Fractions]:
    """Return positions as fractions of the Web Mercator square, x eastwards and y southwards.

    Parameters
    ----------
    lat_deg, lon_deg : array_like
        WGS 84 latitude and longitude [degrees]; latitudes beyond ±85.0511° are moved to the edge.

    Notes
    -----
    As `maps.geometry.to_world`, unrounded and without its checks: what is outside or not finite
    comes back so, and is cut away with the tiles.
    """
    lat = np.clip(np.asarray(lat_deg, dtype=np.float64), -MAX_LAT_DEG, MAX_LAT_DEG)
    sine = np.sin(np.radians(lat))
    y = 0.5 - np.log((1.0 + sine) / (1.0 - sine)) / (4.0 * np.pi)
    return (np.asarray(lon_deg, dtype=np.float64) + 180.0) / 360.0, y


def box_degrees(box: Box) -> Box:
    """Return west, south, east, north [degrees] of a box in fractions."""
    lat, lon = from_world(
        np.array([box[0], box[2]]) * WORLD, np.array([box[3], box[1]]) * WORLD
    )  # fmt: skip
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])


def tile_of(lat_deg: float, lon_deg: float, zoom: int) -> TileId:
    """Return the tile of a zoom that holds a place.

    Examples
    --------
    >>> tile_of(39.28, -76.6, 10)
    TileId(z=10, x=294, y=390)
    """
    x, y = fractions([lat_deg], [lon_deg])
    last = 2**zoom - 1
    column, row = (min(max(int(part[0] * 2**zoom), 0), last) for part in (x, y))
    return TileId(zoom, column, row)
