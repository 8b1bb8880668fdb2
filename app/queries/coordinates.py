"""Reads a position as people type or read it out: decimal degrees, or degrees, minutes, seconds."""

import re

from models.basics import LatLon

_HEMISPHERE = r"(北纬|南纬|东经|西经|[NSEW])?"
_ANGLE = (
    r"([-+]?\d+(?:\.\d+)?)"
    r"(?:\s*([°度])\s*(?:(\d+(?:\.\d+)?)\s*['′’分]\s*)?(?:(\d+(?:\.\d+)?)\s*[\"″”秒]\s*)?)?"
)
_GAP = r"(?:\s*[,;，；、/]\s*|\s+|(?<=[NSEW])(?=\d)|(?=[NSEW东西南北]))"
_BEFORE = re.compile(rf"{_HEMISPHERE}\s*{_ANGLE}{_GAP}{_HEMISPHERE}\s*{_ANGLE}")
_AFTER = re.compile(rf"{_ANGLE}\s*{_HEMISPHERE}{_GAP}{_ANGLE}\s*{_HEMISPHERE}")
_NEGATIVE = frozenset("SW") | {"南纬", "西经"}
_LONGITUDE = frozenset("EW") | {"东经", "西经"}
_PARTS = 5


def parse_position(text: str) -> LatLon | None:
    """Return the position that a text is, None when it is none.

    Latitude comes first unless the hemispheres say otherwise. Two whole numbers without any mark
    are no position: they may as well be a name ("unit 3 12").

    Examples
    --------
    >>> parse_position("39.2861, -76.6120")
    LatLon(lat_deg=39.2861, lon_deg=-76.612)
    >>> parse_position("东经118°30′ 北纬32°6′36″")
    LatLon(lat_deg=32.11, lon_deg=118.5)
    >>> parse_position("bay 3") is None
    True
    """
    plain = text.strip().upper()
    first, second = _angles(plain)
    if not first or not any("." in part[1] or part[0] or part[2] for part in (first, second)):
        return None
    lat, lon = _degrees(first), _degrees(second)
    if first[0] in _LONGITUDE or (second[0] and second[0] not in _LONGITUDE):
        lat, lon = lon, lat
    try:
        return LatLon(lat, lon)
    except ValueError:  # outside the Earth
        return None


def _angles(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return hemisphere, degrees, degree sign, minutes, seconds of both; empty when it isn't."""
    found = _BEFORE.fullmatch(text)
    if found is not None:
        parts = tuple(part or "" for part in found.groups())
        return parts[:_PARTS], parts[_PARTS:]
    found = _AFTER.fullmatch(text)
    if found is None:
        return (), ()
    parts = tuple(part or "" for part in found.groups())
    one, other = parts[:_PARTS], parts[_PARTS:]
    return (one[-1], *one[:-1]), (other[-1], *other[:-1])


def _degrees(part: tuple[str, ...]) -> float:
    hemisphere, degrees, _, minutes, seconds = part
    size = abs(float(degrees)) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    negative = hemisphere in _NEGATIVE or degrees.startswith("-")
    return round(-size if negative else size, 7)
