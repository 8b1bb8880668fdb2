"""Rural or urban: derived from how much of the ground around a source lies under roofs."""

import math
from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.basics import LatLon, Value
from models.rules import load_rules

TerrainName = Literal["rural", "urban"]
OFFICER, SETTING, BUILDINGS, NO_BUILDINGS = "officer", "setting", "buildings", "no_buildings"
_METRES_PER_DEG = 111_195.0


class Terrain(Value, frozen=True, kw_only=True):
    """The terrain of a zone and why: `source` is one of the codes above.

    Derived from buildings it reads `buildings:<percent>:<radius in metres>`; `assumed` when
    nothing is known of the surroundings.
    """

    name: TerrainName
    source: str
    assumed: bool = False


class BuiltUp:
    """Footprints of buildings as arrays: centres [degrees] and areas [m²]."""

    def __init__(self, rings: Iterable[tuple[LatLon, ...]]) -> None:
        rows = [_centre_and_area(ring) for ring in rings if len(ring) >= 3]
        table: NDArray[np.float64] = np.array(rows, dtype=np.float64).reshape(-1, 3)
        self._lat_deg, self._lon_deg, self._area_m2 = table.T

    def __len__(self) -> int:
        return len(self._area_m2)

    def share(self, position: LatLon, radius_m: float) -> tuple[float, int]:
        """Return the share of a circle's ground under roofs, and the number of buildings in it.

        Parameters
        ----------
        position : LatLon
            Centre of the circle.
        radius_m : float
            Radius [m], above 0.

        Notes
        -----
        A building counts by its centre; flat-earth metres, good to a percent within 3 km.
        """
        east_m = (self._lon_deg - position.lon_deg) * _METRES_PER_DEG
        east_m *= math.cos(math.radians(position.lat_deg))
        north_m = (self._lat_deg - position.lat_deg) * _METRES_PER_DEG
        inside = np.hypot(east_m, north_m) <= radius_m
        roofs_m2 = float(self._area_m2[inside].sum())
        return roofs_m2 / (math.pi * radius_m**2), int(inside.sum())


def derived_terrain(position: LatLon, built_up: BuiltUp) -> Terrain:
    """Return the terrain around a source, derived from the buildings on record.

    Parameters
    ----------
    position : LatLon
        The source.
    built_up : BuiltUp
        The buildings known; with none inside the circle nothing is known of the ground.

    Returns
    -------
    Terrain
        Urban from the share of roofs in `resources/rules/terrain.toml`, else rural. Rural and
        `assumed` where no building is on record: the longer zone.

    References
    ----------
    US EPA, Guideline on Air Quality Models, 40 CFR 51 appendix W, 7.2.1 (recalled).

    Examples
    --------
    >>> derived_terrain(LatLon(30.0, 120.0), BuiltUp([])).source
    'no_buildings'
    """
    rule = load_rules("terrain")["built_up"]
    radius_m = float(rule["radius_m"])
    share, count = built_up.share(position, radius_m)
    if count == 0:
        return Terrain(name="rural", source=NO_BUILDINGS, assumed=True)
    name: TerrainName = "urban" if share >= rule["urban_from_share"] else "rural"
    return Terrain(name=name, source=f"{BUILDINGS}:{100 * share:.0f}:{radius_m:.0f}")


def _centre_and_area(ring: tuple[LatLon, ...]) -> tuple[float, float, float]:
    """Return the mean corner [degrees] and the area [m²] of an outline (shoelace formula)."""
    lat = np.array([corner.lat_deg for corner in ring])
    lon = np.array([corner.lon_deg for corner in ring])
    lat0, lon0 = float(lat.mean()), float(lon.mean())
    x = (lon - lon0) * _METRES_PER_DEG * math.cos(math.radians(lat0))
    y = (lat - lat0) * _METRES_PER_DEG
    area_m2 = 0.5 * abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))
    return lat0, lon0, area_m2
