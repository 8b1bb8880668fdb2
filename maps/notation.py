"""Coordinates as people type them: decimal degrees, degrees-minutes-seconds, UTM.

Typing is read with tolerance (full-width digits, Chinese words, any dash or prime), but nothing
is guessed in silence: where a text can mean several places, each is returned with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maps.datum import Datum, convert
from maps.notation_faults import NotationError
from maps.notation_groups import Angle, split_angles
from maps.notation_text import plain_text, read_tokens
from maps.notation_utm import UtmText, read_utm
from maps.utm import UtmPlace, band_of, from_utm
from models.basics import LatLon

Notation = Literal["decimal", "dms", "utm"]
Reason = Literal[
    "named", "latitude_first", "longitude_first", "only_latitude_first", "only_longitude_first",
    "utm_north", "utm_south", "utm_band",
]  # fmt: skip

MAX_TEXT = 200
_BAND_SLACK_DEG = 0.05


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a text can mean: degrees in `datum`, and why it is read so."""

    lat_deg: float
    lon_deg: float
    datum: Datum
    notation: Notation
    reason: Reason

    def position(self) -> LatLon:
        """Return the place in WGS 84."""
        lat, lon = convert([self.lat_deg], [self.lon_deg], self.datum, "WGS84")
        wrapped = float(lon[0])
        if abs(wrapped) > 180.0:
            wrapped = (wrapped + 180.0) % 360.0 - 180.0
        return LatLon(min(90.0, max(-90.0, float(lat[0]))), wrapped)


def parse(text: str, datum: Datum = "WGS84") -> tuple[Candidate, ...]:
    """Return every place that a typed text can mean, the likeliest first.

    Parameters
    ----------
    text : str
        At most 200 characters: decimal degrees, degrees-minutes-seconds or UTM, with signs,
        hemisphere letters or the words 北纬 南纬 东经 西经.
    datum : 'WGS84', 'CGCS2000', 'GCJ02' or 'BD09'
        Datum in which the coordinates are meant; the candidates are in it.

    Raises
    ------
    NotationError
        When the text gives no coordinates; its message says why.

    Notes
    -----
    Without hemispheres two numbers are latitude and longitude, and the other way round too where
    both are possible. A letter N or S after a UTM zone is the hemisphere or the latitude band;
    each is returned where the northing allows it.

    Examples
    --------
    >>> [(c.lat_deg, c.lon_deg, c.reason) for c in parse("121.5, 31.2")]
    [(31.2, 121.5, 'only_longitude_first')]
    >>> [c.reason for c in parse("39.28 76.6")]
    ['latitude_first', 'longitude_first']
    >>> round(parse("北纬39度17分25秒，西经76度36分45秒")[0].lat_deg, 5)
    39.29028
    """
    if len(text) > MAX_TEXT:
        raise NotationError("too_long")
    plain = plain_text(text)
    if not plain:
        raise NotationError("empty")
    grid = read_utm(plain)
    if grid is not None:
        return tuple(_of_grid(grid, datum))
    return tuple(_of_angles(*split_angles(read_tokens(plain)), datum))


def _of_angles(first: Angle, second: Angle, datum: Datum) -> Iterator[Candidate]:
    notation: Notation = "dms" if first.sexagesimal or second.sexagesimal else "decimal"
    if first.axis is not None:
        lat, lon = (first, second) if first.axis == "lat" else (second, first)
        _check(lat, "lat")
        _check(lon, "lon")
        yield Candidate(lat.value_deg, lon.value_deg, datum, notation, "named")
        return
    straight = abs(first.value_deg) <= 90.0 and abs(second.value_deg) <= 180.0
    turned = abs(second.value_deg) <= 90.0 and abs(first.value_deg) <= 180.0
    if not straight and not turned:
        lat, lon = sorted((first, second), key=lambda angle: abs(angle.value_deg))
        _check(lon, "lon")
        _check(lat, "lat")
    if straight:
        reason: Reason = "latitude_first" if turned else "only_latitude_first"
        yield Candidate(first.value_deg, second.value_deg, datum, notation, reason)
    if turned and not (straight and first.value_deg == second.value_deg):
        reason = "longitude_first" if straight else "only_longitude_first"
        yield Candidate(second.value_deg, first.value_deg, datum, notation, reason)


def _check(angle: Angle, axis: Literal["lat", "lon"]) -> None:
    if axis == "lat" and abs(angle.value_deg) > 90.0:
        raise NotationError("latitude_range", f"{angle.value_deg:.10g}")
    if axis == "lon" and abs(angle.value_deg) > 180.0:
        raise NotationError("longitude_range", f"{angle.value_deg:.10g}")


def _of_grid(grid: UtmText, datum: Datum) -> Iterator[Candidate]:
    """Yield the readings of a grid position: by hemisphere, then by latitude band."""
    readings: list[tuple[bool, Reason]] = []
    if grid.hemisphere != "south":
        readings.append((False, "utm_north"))
    if grid.hemisphere != "north":
        readings.append((True, "utm_south"))
    if grid.band:
        readings = [(grid.band < "N", "utm_band")]
        if grid.band in "NS":
            south = grid.band == "S"
            readings = [(south, "utm_south" if south else "utm_north"), (False, "utm_band")]
    lies_in = ""
    found: list[Candidate] = []
    for south, reason in readings:
        place = UtmPlace(grid.zone, south, grid.easting_m, grid.northing_m)
        lat, lon = from_utm(place)
        if reason == "utm_band" and not _in_band(lat, grid.band):
            lies_in = lies_in or band_of(lat)
            continue
        if not any((other.lat_deg, other.lon_deg) == (lat, lon) for other in found):
            found.append(Candidate(lat, lon, datum, "utm", reason))
    if not found:
        raise NotationError("utm_band", lies_in or "?")
    yield from found


def _in_band(lat_deg: float, band: str) -> bool:
    return band in {
        band_of(min(84.0, max(-80.0, lat_deg + slack)))
        for slack in (-_BAND_SLACK_DEG, 0.0, _BAND_SLACK_DEG)
    }
