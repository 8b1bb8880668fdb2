"""UTM as people type it: zone, hemisphere or band, easting, northing."""

import re
from dataclasses import dataclass
from typing import Literal

from maps.notation_faults import NotationError

Hemisphere = Literal["", "north", "south"]

_WORDS: dict[str, Hemisphere] = {
    "NORTH": "north", "北": "north", "北半球": "north",
    "SOUTH": "south", "南": "south", "南半球": "south",
}  # fmt: skip
_GRID = re.compile(
    r"(?:UTM)?\s*(?:ZONE)?\s*(?P<zone>[0-9]{1,3})\s*(?:带|区)?\s*"
    r"(?P<letter>NORTH|SOUTH|北半球|南半球|北|南|[C-HJ-NP-X])?[\s,;]+"
    r"(?:EASTING|E|东)?\s*[:=]?\s*(?P<easting>[0-9]{5,8}(?:\.[0-9]*)?)\s*(?:M|米)?\s*(?:E|东)?"
    r"[\s,;]+"
    r"(?:NORTHING|N|北)?\s*[:=]?\s*(?P<northing>[0-9]{1,9}(?:\.[0-9]*)?)\s*(?:M|米)?\s*(?:N|北)?"
)
_EAST_M = (100_000.0, 900_000.0)
_NORTH_M = (0.0, 10_000_000.0)


@dataclass(frozen=True, slots=True)
class UtmText:
    """What was typed; a letter is a band, and N and S may be hemispheres too."""

    zone: int
    band: str
    hemisphere: Hemisphere
    easting_m: float
    northing_m: float


def read_utm(plain: str) -> UtmText | None:
    """Return the grid position of a text that `plain_text` gave, None when it is none.

    Raises
    ------
    NotationError
        When it is one, with a zone or a number that no UTM position has.

    Examples
    --------
    >>> read_utm("18N 360000 4350000").easting_m
    360000.0
    >>> read_utm("39.28 76.6") is None
    True
    """
    match = _GRID.fullmatch(plain)
    if match is None:
        return None
    zone = int(match["zone"])
    if not 1 <= zone <= 60:
        raise NotationError("utm_zone", match["zone"])
    easting, northing = float(match["easting"]), float(match["northing"])
    if not _EAST_M[0] <= easting <= _EAST_M[1]:
        raise NotationError("utm_easting", match["easting"])
    if not _NORTH_M[0] <= northing <= _NORTH_M[1]:
        raise NotationError("utm_northing", match["northing"])
    letter = match["letter"] or ""
    hemisphere = _WORDS.get(letter, "")
    return UtmText(zone, "" if hemisphere else letter, hemisphere, easting, northing)
