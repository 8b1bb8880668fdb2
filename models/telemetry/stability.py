"""Pasquill's stability class from wind, sun and cloud; an assumption, never a measurement."""

import math

from models.basics import LatLon
from models.times import from_us

# wind below [m/s]: classes for strong, moderate, slight insolation
_DAY_CLASSES: tuple[tuple[float, str], ...] = (
    (2.0, "AAB"), (3.0, "ABC"), (5.0, "BBC"), (6.0, "CCD"), (math.inf, "CDD"),
)  # fmt: skip
# wind below [m/s]: classes at night for cloud ≥ 4/8, cloud ≤ 3/8
_NIGHT_CLASSES: tuple[tuple[float, str], ...] = (
    (2.0, "FF"), (3.0, "EF"), (5.0, "DE"), (math.inf, "DD"),
)  # fmt: skip
_STRONG_DEG, _MODERATE_DEG = 60.0, 35.0
_OVERCAST_OCTAS = 8


def solar_elevation_deg(at_us: int, position: LatLon) -> float:
    """Return the sun's elevation above the horizon [degrees], without refraction.

    sin h = sin φ · sin δ + cos φ · cos δ · cos ω, with declination δ and equation of time from
    the fractional year.

    Parameters
    ----------
    at_us : int
        Moment [µs since 1970 UTC].
    position : LatLon
        Where.

    Notes
    -----
    Good to about 0.5° between 1950 and 2050.

    References
    ----------
    NOAA Global Monitoring Laboratory, "General Solar Position Calculations".

    Examples
    --------
    The June solstice at local noon on the Tropic of Cancer: the sun stands overhead.

    >>> from datetime import UTC, datetime
    >>> from models.times import to_us
    >>> noon = to_us(datetime(2026, 6, 21, 12, 2, tzinfo=UTC))
    >>> round(solar_elevation_deg(noon, LatLon(23.44, 0.0)))
    90
    """
    moment = from_us(at_us)
    minutes = moment.hour * 60 + moment.minute + moment.second / 60
    year = 2 * math.pi / 365 * (moment.timetuple().tm_yday - 1 + (minutes / 60 - 12) / 24)
    equation_min = 229.18 * (
        0.000075
        + 0.001868 * math.cos(year)
        - 0.032077 * math.sin(year)
        - 0.014615 * math.cos(2 * year)
        - 0.040849 * math.sin(2 * year)
    )
    declination = (
        0.006918
        - 0.399912 * math.cos(year)
        + 0.070257 * math.sin(year)
        - 0.006758 * math.cos(2 * year)
        + 0.000907 * math.sin(2 * year)
        - 0.002697 * math.cos(3 * year)
        + 0.00148 * math.sin(3 * year)
    )
    hour_angle = math.radians((minutes + equation_min + 4 * position.lon_deg) / 4 - 180)
    latitude = math.radians(position.lat_deg)
    sine = math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(
        declination
    ) * math.cos(hour_angle)
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


def pasquill_class(
    speed_m_s: float, at_us: int, position: LatLon | None, cloud_octas: int = 4
) -> str:
    """Return the Pasquill class 'A'…'F' for a 10 m wind, the sun and a cloud cover.

    Parameters
    ----------
    speed_m_s : float
        Wind at 10 m [m/s] ≥ 0.
    at_us : int
        Moment [µs UTC].
    position : LatLon or None
        Where; without it the neutral class D is returned.
    cloud_octas : int
        Assumed cloud cover, 0…8.

    Notes
    -----
    Insolation is strong above 60° of solar elevation, moderate above 35°, else slight; five to
    seven octas lower it by one step, overcast is D by day and night. The split classes of the
    source (A–B, B–C, C–D) take the first at the lower wind; night with less than 2 m/s is F.

    References
    ----------
    F. Pasquill, Meteorol. Mag. 90 (1961) 33–49; D. B. Turner, Workbook of Atmospheric
    Dispersion Estimates, EPA AP-26 (1970), table 3-1.

    Examples
    --------
    >>> pasquill_class(4.0, 0, None)
    'D'
    """
    if position is None or cloud_octas >= _OVERCAST_OCTAS:
        return "D"
    elevation_deg = solar_elevation_deg(at_us, position)
    if elevation_deg <= 0:
        return _class(_NIGHT_CLASSES, speed_m_s, 0 if cloud_octas >= 4 else 1)
    column = 0 if elevation_deg > _STRONG_DEG else 1 if elevation_deg > _MODERATE_DEG else 2
    return _class(_DAY_CLASSES, speed_m_s, min(column + (cloud_octas > 4), 2))


def _class(table: tuple[tuple[float, str], ...], speed_m_s: float, column: int) -> str:
    return next(classes[column] for below, classes in table if speed_m_s < below)
