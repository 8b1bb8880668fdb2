"""Where the sun stands: day or night for tables that differ by it."""

import math

from models.basics import LatLon
from models.times import DAY_US

_J2000_US = 946_728_000_000_000  # 2000-01-01 12:00 UTC


def sun_elevation_deg(position: LatLon, now_us: int) -> float:
    """Return the elevation of the sun's centre above the horizon [degrees].

    Parameters
    ----------
    position : LatLon
        Where.
    now_us : int
        When [µs UTC].

    Notes
    -----
    Low-precision solar position, better than 0.1° between 1950 and 2050; no refraction.

    References
    ----------
    The Astronomical Almanac, low-precision formulas for the Sun (page C5).

    Examples
    --------
    Greenwich, 2000-06-21 12:00 UTC: 90 - 51.5 + 23.4.

    >>> round(sun_elevation_deg(LatLon(51.5, 0.0), 961_588_800_000_000))
    62
    """
    days = (now_us - _J2000_US) / DAY_US
    anomaly = math.radians((357.528 + 0.9856003 * days) % 360)
    longitude = math.radians(
        (280.460 + 0.9856474 * days + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
        % 360
    )
    obliquity = math.radians(23.439 - 0.0000004 * days)
    declination = math.asin(math.sin(obliquity) * math.sin(longitude))
    ascension = math.atan2(math.cos(obliquity) * math.sin(longitude), math.cos(longitude))
    sidereal_deg = 280.46062 + 360.98564737 * days + position.lon_deg
    hour_angle = math.radians(sidereal_deg) - ascension
    latitude = math.radians(position.lat_deg)
    sine = math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(
        declination
    ) * math.cos(hour_angle)
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))
