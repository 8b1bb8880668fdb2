"""Which drawings lie inside a threat zone's outer contour: said in words, never prevented."""

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from maps.sketch_geometry import geometry_of
from models.operation.drawn import Drawing
from models.operation.situation import Zone
from models.operation.sketch import Sketch

THREATENED = frozenset({
    "hot_line", "warm_line", "cold_line", "staging", "command_post", "decontamination",
    "water_supply", "casualty_collection", "evacuation_route", "assembly", "road_block",
})  # fmt: skip
"""Meanings where people stand or go: they have no business in the cloud."""


def outer_contour(zones: Iterable[Zone]) -> BaseGeometry:
    """Return everything that the outermost contours of zones enclose, in degrees.

    Every ring counts as filled: a hole in a contour is no safe place.
    """
    rings = (
        ring for zone in zones for result in (zone.result, zone.contours) if result is not None
        for level in result.levels for ring in level.rings if len(ring) > 3
    )  # fmt: skip
    filled = [shapely.polygons([(at.lon_deg, at.lat_deg) for at in ring]) for ring in rings]
    return shapely.union_all(shapely.make_valid(filled))


class ThreatWatch:
    """Tells which drawings are threatened; what didn't change isn't computed again."""

    def __init__(self) -> None:
        self._zones: tuple[Zone, ...] = ()
        self._contour: BaseGeometry | None = None  # made when a drawing asks for it
        self._known: dict[str, tuple[Sketch, bool]] = {}

    def threatened(self, drawings: Iterable[Drawing], zones: Iterable[Zone]) -> frozenset[str]:
        """Return the ids of the drawings that touch the ground inside the zones."""
        now = tuple(zones)
        if len(now) != len(self._zones) or any(
            a.result is not b.result or a.contours is not b.contours
            for a, b in zip(now, self._zones, strict=True)
        ):
            self._contour = None
            self._known.clear()
        self._zones = now
        return frozenset(drawing.id for drawing in drawings if self.touches(drawing))

    def touches(self, drawing: Drawing) -> bool:
        """Return whether a drawing touches the contour of the zones given last."""
        if drawing.sketch.meaning not in THREATENED or not self._zones:
            return False
        if self._contour is None:
            self._contour = outer_contour(self._zones)
            shapely.prepare(self._contour)
        held = self._known.get(drawing.id)
        if held is None or held[0] is not drawing.sketch:
            inside = bool(self._contour.intersects(geometry_of(drawing.sketch)))
            held = self._known[drawing.id] = (drawing.sketch, inside)
        return held[1]
