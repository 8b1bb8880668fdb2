"""What somebody types while drawing: coordinates, or a radius, a bearing and an opening angle."""

import re

from maps.notation import parse
from models.basics import LatLon

_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(km|公里|千米|m|米|°|度|deg)?", re.IGNORECASE)
_GAP = re.compile(r"[\s,;，；·/]*")
_KILOMETRES = {"km", "公里", "千米"}
_MOST = 3


def read_place(text: str) -> LatLon:
    """Return the likeliest place that a text means, in WGS 84.

    Raises
    ------
    NotationError
        When it is no coordinates.

    Examples
    --------
    >>> read_place("32.2, 118.8")
    LatLon(lat_deg=32.2, lon_deg=118.8)
    """
    return parse(text)[0].position()


def read_numbers(text: str) -> tuple[float, ...]:
    """Return one to three numbers: radius [m], bearing and opening [degrees]; () if it is else.

    Examples
    --------
    >>> read_numbers("1.2 km 247° 40"), read_numbers("300 米"), read_numbers("gate 3")
    ((1200.0, 247.0, 40.0), (300.0,), ())
    """
    found: list[float] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _NUMBER.match(text, at)
        if match is None or len(found) == _MOST:
            return ()
        unit = (match.group(2) or "").lower()
        found.append(float(match.group(1)) * (1000.0 if unit in _KILOMETRES else 1.0))
        gap = _GAP.match(text, match.end())
        at = match.end() if gap is None else gap.end()
    return tuple(found)
