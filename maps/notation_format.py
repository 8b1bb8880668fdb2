"""Coordinates as they are shown: decimal degrees, degrees-minutes-seconds, UTM."""

from maps.datum import Datum, convert
from maps.notation import Notation
from maps.utm import to_utm
from models.basics import LatLon

_WORDS = {
    "en": (("N", "S"), ("E", "W")),
    "zh": (("北纬", "南纬"), ("东经", "西经")),
}


def format_position(
    position: LatLon, notation: Notation, datum: Datum = "WGS84", language: str = "en"
) -> str:
    """Return a position in a notation, as `maps.notation.parse` reads it back.

    Parameters
    ----------
    position : LatLon
        A WGS 84 position.
    notation : 'decimal', 'dms' or 'utm'
        How it is written: to 0.1 m, 0.3 m and 1 m.
    datum : 'WGS84', 'CGCS2000', 'GCJ02' or 'BD09'
        Datum of what is written.
    language : 'zh' or 'en'
        Language of the hemispheres; UTM is the same in both.

    Raises
    ------
    UtmRangeError
        When UTM doesn't cover the latitude.
    """
    if notation == "utm":
        return format_utm(position, datum)
    if notation == "dms":
        return format_dms(position, datum, language)
    return format_decimal(position, datum, language)


def format_decimal(
    position: LatLon, datum: Datum = "WGS84", language: str = "en", digits: int = 6
) -> str:
    """Return decimal degrees with hemispheres.

    Examples
    --------
    >>> format_decimal(LatLon(39.28, -76.6)), format_decimal(LatLon(31.2, 121.5), language="zh")
    ('39.280000°N 76.600000°W', '北纬31.200000° 东经121.500000°')
    """
    lat, lon = _degrees(position, datum)
    return _joined(lat, lon, f"{abs(lat):.{digits}f}°", f"{abs(lon):.{digits}f}°", language)


def format_dms(
    position: LatLon, datum: Datum = "WGS84", language: str = "en", digits: int = 2
) -> str:
    """Return degrees, minutes and seconds with hemispheres.

    Examples
    --------
    >>> format_dms(LatLon(39.290278, -76.6125))
    '39°17′25.00″N 76°36′45.00″W'
    >>> format_dms(LatLon(29.99999999, 120.0), language="zh")
    '北纬30°00′00.00″ 东经120°00′00.00″'
    """
    lat, lon = _degrees(position, datum)
    return _joined(lat, lon, _sexagesimal(lat, digits), _sexagesimal(lon, digits), language)


def format_utm(position: LatLon, datum: Datum = "WGS84", digits: int = 0) -> str:
    """Return zone with hemisphere, easting and northing [m].

    Raises
    ------
    UtmRangeError
        When the latitude is outside 80° S…84° N.

    Examples
    --------
    >>> format_utm(LatLon(39.28, -76.6)), format_utm(LatLon(-33.9, 151.2))
    ('18N 361997 4349069', '56S 333569 6247473')
    """
    place = to_utm(*_degrees(position, datum))
    letter = "S" if place.south else "N"
    return f"{place.zone}{letter} {place.easting_m:.{digits}f} {place.northing_m:.{digits}f}"


def _degrees(position: LatLon, datum: Datum) -> tuple[float, float]:
    lat, lon = convert([position.lat_deg], [position.lon_deg], "WGS84", datum)
    return min(90.0, max(-90.0, float(lat[0]))), min(180.0, max(-180.0, float(lon[0])))


def _joined(lat: float, lon: float, lat_text: str, lon_text: str, language: str) -> str:
    (north, south), (east, west) = _WORDS["zh" if language == "zh" else "en"]
    lat_word, lon_word = south if lat < 0 else north, west if lon < 0 else east
    if language == "zh":
        return f"{lat_word}{lat_text} {lon_word}{lon_text}"
    return f"{lat_text}{lat_word} {lon_text}{lon_word}"


def _sexagesimal(angle_deg: float, digits: int) -> str:
    """Round once, to the last digit of the seconds: 60″ never stands there."""
    unit = 10**digits
    whole, last = divmod(round(abs(angle_deg) * 3600 * unit), 60 * unit)
    degrees, minutes = divmod(whole, 60)
    width = 3 + digits if digits else 2
    return f"{degrees}°{minutes:02d}′{last / unit:0{width}.{digits}f}″"
