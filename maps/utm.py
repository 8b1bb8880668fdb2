"""Universal Transverse Mercator: zones with their exceptions, bands, there and back (pyproj)."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Transformer

UTM_BANDS = "CDEFGHJKLMNPQRSTUVWX"
UTM_SOUTH_DEG, UTM_NORTH_DEG = -80.0, 84.0
_BAND_DEG = 8.0


class UtmRangeError(ValueError):
    """A latitude that UTM doesn't cover: the poles have a grid of their own (UPS)."""

    def __init__(self, lat_deg: float) -> None:
        super().__init__(f"UTM covers 80° S to 84° N, not {lat_deg:.4f}°")
        self.lat_deg = lat_deg


@dataclass(frozen=True, slots=True)
class UtmPlace:
    """A grid position; the southern hemisphere counts northings from 10,000 km below."""

    zone: int
    south: bool
    easting_m: float
    northing_m: float


def zone_of(lat_deg: float, lon_deg: float) -> int:
    """Return the UTM zone 1…60, with the exceptions of south Norway and Svalbard.

    Examples
    --------
    >>> zone_of(39.28, -76.6), zone_of(60.4, 5.3), zone_of(78.2, 15.6), zone_of(31.2, 180.0)
    (18, 32, 33, 1)
    """
    lon = (lon_deg + 180.0) % 360.0 - 180.0
    zone = int((lon + 180.0) // 6.0) % 60 + 1
    if 56.0 <= lat_deg < 64.0 and 3.0 <= lon < 12.0:
        return 32
    if lat_deg >= 72.0 and 0.0 <= lon < 42.0:
        return 31 + 2 * int((lon + 3.0) // 12.0)
    return zone


def band_of(lat_deg: float) -> str:
    """Return the letter of the latitude band; empty outside 80° S…84° N.

    Examples
    --------
    >>> band_of(39.28), band_of(-33.9), band_of(83.9), band_of(85.0)
    ('S', 'H', 'X', '')
    """
    if not UTM_SOUTH_DEG <= lat_deg <= UTM_NORTH_DEG:
        return ""
    return UTM_BANDS[min(int((lat_deg - UTM_SOUTH_DEG) // _BAND_DEG), len(UTM_BANDS) - 1)]


def to_utm(lat_deg: float, lon_deg: float) -> UtmPlace:
    """Return the grid position of degrees [degrees].

    Raises
    ------
    UtmRangeError
        When the latitude is outside 80° S…84° N.

    References
    ----------
    EPSG 32601…32660, 32701…32760; Krüger series by PROJ, exact to less than 1 mm within a zone.

    Examples
    --------
    >>> place = to_utm(39.28, -76.6)
    >>> place.zone, place.south, round(place.easting_m), round(place.northing_m)
    (18, False, 361997, 4349069)
    """
    if not UTM_SOUTH_DEG <= lat_deg <= UTM_NORTH_DEG:
        raise UtmRangeError(lat_deg)
    zone, south = zone_of(lat_deg, lon_deg), lat_deg < 0.0
    easting, northing = _transformer(zone, south=south).transform(
        lon_deg, lat_deg, direction="INVERSE"
    )
    return UtmPlace(zone, south, float(easting), float(northing))


def from_utm(place: UtmPlace) -> tuple[float, float]:
    """Return latitude and longitude [degrees] of a grid position.

    Raises
    ------
    ValueError
        When the zone is outside 1…60 or the position lies nowhere on Earth.
    """
    if not 1 <= place.zone <= 60:
        raise ValueError(f"zone: {place.zone} is outside 1…60")
    lon, lat = _transformer(place.zone, south=place.south).transform(
        place.easting_m, place.northing_m
    )
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise ValueError(f"{place} lies nowhere on Earth")
    return float(lat), float(lon)


@lru_cache(maxsize=128)
def _transformer(zone: int, *, south: bool) -> "Transformer":
    from pyproj import Transformer  # costs 0.1 s: only when somebody asks for a grid

    code = (32700 if south else 32600) + zone
    return Transformer.from_crs(code, 4326, always_xy=True)
