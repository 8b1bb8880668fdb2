"""Where the pointer is: places and scales in the page's facts, snapping, and steps by keys."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from maps.geometry import WORLD, from_world, to_world
from models.basics import LatLon

_SNAP_PX = 10.0


def place_of(payload: Mapping[str, Any]) -> LatLon | None:
    """Return the place in a fact; nonsense of the page is no place."""
    try:
        lat, lon = float(payload["lat"]), float(payload["lon"])
        return LatLon(lat, (lon + 180.0) % 360.0 - 180.0 if abs(lon) > 180.0 else lon)
    except (KeyError, TypeError, ValueError):
        return None


def scale_of(payload: Mapping[str, Any]) -> float:
    """Return the pixels per world unit at the zoom of a fact, 0 when it has none."""
    zoom = payload.get("zoom")
    return 256.0 * 2.0**zoom / WORLD if isinstance(zoom, int | float) else 0.0


def snapped(place: LatLon, places: Sequence[LatLon], scale: float) -> LatLon | None:
    """Return the nearest of places within 10 px of a place, None when none is so near.

    Parameters
    ----------
    place : LatLon
        Where the pointer is.
    places : sequence of LatLon
        Where it may jump to.
    scale : float
        Pixels per world unit (`maps.geometry.to_world`); 0 snaps to nothing.
    """
    if not places or scale <= 0:
        return None
    xs, ys = to_world([p.lat_deg for p in places], [p.lon_deg for p in places])
    x, y = to_world([place.lat_deg], [place.lon_deg])
    far = np.hypot(xs.astype(float) - float(x[0]), ys.astype(float) - float(y[0])) * scale
    nearest = int(far.argmin())
    return places[nearest] if far[nearest] <= _SNAP_PX else None


def stepped(start: LatLon, direction: tuple[int, int], step: float) -> LatLon:
    """Return the place some world units east and south of another; the square's edge stops it."""
    x, y = to_world([start.lat_deg], [start.lon_deg])
    lat, lon = from_world(
        np.clip(float(x[0]) + direction[0] * step, 0, WORLD - 1),
        np.clip(float(y[0]) + direction[1] * step, 0, WORLD - 1),
    )
    return LatLon(float(lat), float(lon))
