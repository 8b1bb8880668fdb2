"""A sketch in the making: corners, the pointer, typed numbers, and what they make together."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from maps.sketch_editing import opening_to
from maps.sketch_geometry import distance_and_bearing
from models.basics import LatLon
from models.operation.sketch import (
    MAX_RADIUS_M,
    Base,
    Shape,
    Sketch,
    SketchError,
    check_sketch,
    point_range,
)

Measure = Literal["", "distance", "area"]
_DEFAULT_OPENING_DEG = 40.0
_DEFAULT_BUFFER_M = 100.0
# shape → clicks after which nothing is left to say
_CLICKS = {"point": 1, "text": 1, "rectangle": 2, "circle": 2, "sector": 3}


@dataclass(frozen=True, slots=True)
class Pen:
    """What is drawn with: a shape and all that isn't its place. `measure` stores nothing."""

    shape: Shape
    template: Sketch = field(default=Sketch(shape="point", points=()))
    measure: Measure = ""


@dataclass(slots=True)
class Draft:
    """Corners set so far, where the pointer is, and numbers typed instead of pointing."""

    pen: Pen
    points: list[LatLon] = field(default_factory=list)
    cursor: LatLon | None = None
    numbers: tuple[float, ...] = ()
    closed: bool = False

    def add(self, place: LatLon) -> None:
        """Set a corner; the same place twice is one corner, the first one again closes an area."""
        if self.points and place == self.points[-1]:
            return
        if len(self.points) >= 3 and place == self.points[0]:
            self.closed = True
            return
        self.points.append(place)

    def is_complete(self) -> bool:
        """Return whether the next corner would be one too many."""
        wanted = _CLICKS.get(self.pen.shape)
        if self.numbers and self.pen.shape in {"circle", "sector"} and self.points:
            return True
        area = self.pen.shape == "polygon"
        return (area and self.closed) or (wanted is not None and len(self.points) >= wanted)

    def sketch(self, *, with_cursor: bool) -> Sketch | None:
        """Return what stands there now, None while it makes no sense yet.

        `with_cursor` takes the pointer for the next corner.
        """
        points = list(self.points)
        if with_cursor and self.cursor is not None and not self.closed:
            points.append(self.cursor)
        made = self._made(points)
        try:
            check_sketch(made)
        except SketchError:
            return None
        return made

    def path(self) -> tuple[LatLon, ...]:
        """Return the corners and the pointer as a line."""
        cursor = () if self.cursor is None or self.closed else (self.cursor,)
        return (*self.points, *cursor)

    def _made(self, points: list[LatLon]) -> Sketch:
        shape, numbers = self.pen.shape, self.numbers
        base: Base = "point"
        radius = bearing = opening = None
        if shape == "buffer":
            base = "polygon" if self.closed else "line" if len(set(points)) > 1 else "point"
            radius = numbers[0] if numbers else _DEFAULT_BUFFER_M
        elif shape in {"circle", "sector"} and points:
            radius, bearing, opening = self._measures(points)
            points = points[:1]
        most = point_range(shape, base)[1]
        return msgspec.structs.replace(
            self.pen.template, shape=shape, points=tuple(points[:most]), base=base,
            radius_m=radius, bearing_deg=bearing, opening_deg=opening,
        )  # fmt: skip

    def _measures(self, points: list[LatLon]) -> tuple[float | None, float | None, float | None]:
        """Return radius, bearing and opening: typed, else pointed at, else the usual opening."""
        radius = bearing = None
        opening: float = _DEFAULT_OPENING_DEG
        if len(points) > 1:
            distance, bearing = distance_and_bearing(points[0], points[1])
            radius = min(max(distance, 1.0), MAX_RADIUS_M)
            if len(points) > 2:
                opening = opening_to(bearing, distance_and_bearing(points[0], points[2])[1])
        if self.numbers:
            radius = self.numbers[0]
            bearing = self.numbers[1] if len(self.numbers) > 1 else bearing or 0.0
            opening = self.numbers[2] if len(self.numbers) > 2 else opening
        if self.pen.shape == "circle":
            return radius, None, None
        return radius, bearing, opening
