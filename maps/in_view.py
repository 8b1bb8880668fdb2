"""Things in view one after the other, and where each lies from the middle of the map."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from maps.drawing import MapObject, PointSet
from maps.geometry import to_world
from maps.layer_facts import ViewBox
from models.basics import LatLon

_EARTH_RADIUS_M = 6_371_008.8
_MOST = 500


@dataclass(frozen=True, slots=True)
class Bearing:
    """How far [m] and in which direction [degrees from true north, clockwise] a place lies."""

    distance_m: float
    bearing_deg: float


def bearing_of(start: LatLon, end: LatLon) -> Bearing:
    """Return distance and initial bearing along the great circle.

    Notes
    -----
    A sphere of the mean radius 6371.0088 km (IUGG): within 0.6 % of the ellipsoid. Not for
    surveying.

    Examples
    --------
    >>> found = bearing_of(LatLon(0.0, 0.0), LatLon(0.0, 1.0))
    >>> round(found.distance_m), round(found.bearing_deg)
    (111195, 90)
    """
    lat1, lat2 = math.radians(start.lat_deg), math.radians(end.lat_deg)
    dlon = math.radians(end.lon_deg - start.lon_deg)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    )
    distance = 2 * _EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
    east = math.sin(dlon) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(dlon)
    return Bearing(distance, math.degrees(math.atan2(east, north)) % 360.0)


def objects_in_view(
    points: PointSet | None,
    items: Iterable[Mapping[str, Any]],
    box: ViewBox,
    is_drawn: Callable[[str], bool],
) -> tuple[MapObject, ...]:
    """Return what is in view in the order to step through: alarms first, then from the middle out.

    Parameters
    ----------
    points : PointSet or None
        Bulk points as they are on the map.
    items : iterable of mapping
        Live things with `id`, `layer`, `lat`, `lon`, `rank`.
    box : ViewBox
        What is in view.
    is_drawn : callable
        Tells whether a layer is shown at this scale.

    Returns
    -------
    tuple of MapObject
        At most 500; a thing that is both live and a point is named once.
    """
    middle = LatLon((box.south_deg + box.north_deg) / 2, (box.west_deg + box.east_deg) / 2)
    live = [
        (int(item["rank"]), bearing_of(middle, LatLon(item["lat"], item["lon"])).distance_m, item)
        for item in items
        if is_drawn(item["layer"]) and box.holds(item["lat"], item["lon"])
    ]
    live.sort(key=lambda each: each[:2])
    found: dict[MapObject, None] = {}
    for _rank, _far, item in live:
        kind, _, key = str(item["id"]).partition("/")
        found[MapObject(kind, key)] = None
    if points is not None:
        for index in _nearest(points, box, is_drawn):
            found[points.objects[index]] = None
    return tuple(found)[:_MOST]


def _nearest(points: PointSet, box: ViewBox, is_drawn: Callable[[str], bool]) -> list[int]:
    """Return the indices of the points in view, the nearest to the middle first."""
    x, y = to_world([box.south_deg, box.north_deg], [box.west_deg, box.east_deg])
    seen = (points.x >= x[0]) & (points.x <= x[1]) & (points.y >= y[1]) & (points.y <= y[0])
    for group in points.groups:
        if not is_drawn(group.layer):
            seen[group.start : group.end] = False
    indices = np.flatnonzero(seen)
    across = points.x[indices].astype(np.float64) - (float(x[0]) + float(x[1])) / 2
    down = points.y[indices].astype(np.float64) - (float(y[0]) + float(y[1])) / 2
    far = across * across + down * down
    return [int(index) for index in indices[np.argsort(far, kind="stable")][:_MOST]]


def step_through(
    things: tuple[MapObject, ...], current: MapObject | None, step: int
) -> MapObject | None:
    """Return the next (step 1) or the one before (−1), round and round; None without things.

    Examples
    --------
    >>> things = (MapObject("a", "1"), MapObject("a", "2"))
    >>> step_through(things, things[1], 1) == things[0] == step_through(things, None, 1)
    True
    """
    if not things:
        return None
    if current not in things:
        return things[0 if step > 0 else -1]
    return things[(things.index(current) + step) % len(things)]
