"""What somebody drew on the map: a shape with a meaning, as it is stored and compared."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from models.basics import LatLon, Value

Shape = Literal[
    "point", "line", "polygon", "rectangle", "circle", "buffer", "text", "arrow", "sector"
]
Meaning = Literal[
    "plain", "hot_line", "warm_line", "cold_line", "staging", "command_post", "decontamination",
    "water_supply", "casualty_collection", "evacuation_route", "assembly", "road_block",
    "entry_point",
]  # fmt: skip
Ink = Literal["neutral", "own", "danger", "caution", "safe"]
Base = Literal["point", "line", "polygon"]

SHAPES: tuple[Shape, ...] = get_args(Shape)
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
INKS: tuple[Ink, ...] = get_args(Ink)
CORDONS: tuple[Meaning, ...] = ("hot_line", "warm_line", "cold_line")

_AREAS: frozenset[Shape] = frozenset({"polygon", "rectangle", "circle", "buffer", "sector"})
_PLACES: frozenset[Shape] = frozenset({"point", "polygon", "rectangle", "circle"})
SHAPES_OF: Mapping[Meaning, frozenset[Shape]] = MappingProxyType({
    "plain": frozenset(SHAPES),
    **dict.fromkeys(CORDONS, _AREAS | {"line"}),
    "evacuation_route": frozenset({"line", "arrow"}),
    "road_block": frozenset({"point", "line"}),
    "entry_point": frozenset({"point"}),
    **dict.fromkeys(
        ("staging", "command_post", "decontamination", "water_supply", "casualty_collection",
         "assembly"), _PLACES,
    ),
})  # fmt: skip
"""Which shapes may carry a meaning: a route is a line, a command post is a place."""

MAX_POINTS = 2000
MAX_RADIUS_M = 100_000.0
MAX_LABEL = 120
MAX_NOTE = 2000

# shape → fewest and most points
_POINTS: Mapping[Shape, tuple[int, int]] = MappingProxyType({
    "point": (1, 1), "text": (1, 1), "circle": (1, 1), "sector": (1, 1), "rectangle": (2, 2),
    "arrow": (2, MAX_POINTS), "line": (2, MAX_POINTS), "polygon": (3, MAX_POINTS),
})  # fmt: skip
_BASE_POINTS: Mapping[Base, tuple[int, int]] = MappingProxyType(
    {base: _POINTS[base] for base in get_args(Base)}
)


class Sketch(Value, frozen=True, kw_only=True):
    """A shape on the ground.

    `points` are its corners in order; a rectangle has two opposite corners of a box that lies
    along the meridians. `radius_m` is that of a circle, sector or buffer; a sector opens
    `opening_deg` wide about `bearing_deg`, clockwise from true north. `base` is what a buffer lies
    around. `ink` colours what has no meaning of its own.
    """

    shape: Shape
    points: tuple[LatLon, ...]
    meaning: Meaning = "plain"
    label: str = ""
    note: str = ""
    ink: Ink = "neutral"
    base: Base = "point"
    radius_m: float | None = None
    bearing_deg: float | None = None
    opening_deg: float | None = None


class SketchError(ValueError):
    """A sketch that makes no sense; `code` says why and is translated on screen."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def point_range(shape: Shape, base: Base = "point") -> tuple[int, int]:
    """Return the fewest and the most points of a shape.

    Examples
    --------
    >>> point_range("polygon"), point_range("buffer", "line")
    ((3, 2000), (2, 2000))
    """
    return _BASE_POINTS[base] if shape == "buffer" else _POINTS[shape]


def is_area(sketch: Sketch) -> bool:
    """Return whether something can lie inside it."""
    return sketch.shape in _AREAS


def check_sketch(sketch: Sketch) -> None:
    """Refuse a sketch that makes no sense.

    Raises
    ------
    SketchError
        `drawing_meaning` (the shape can't carry the meaning), `drawing_points` (too few or too
        many different points), `drawing_radius` (not in 0…100 km), `drawing_bearing` (not in
        0…360°), `drawing_opening` (not in 0…360°), `drawing_text` (a text without words),
        `drawing_label` (a label or note that is too long).
    """
    if sketch.shape not in SHAPES_OF[sketch.meaning]:
        raise SketchError("drawing_meaning", f"{sketch.meaning}, {sketch.shape}")
    fewest, most = point_range(sketch.shape, sketch.base)
    if len(set(sketch.points)) < fewest or len(sketch.points) > most:
        raise SketchError("drawing_points", f"{len(set(sketch.points))} ({fewest}…{most})")
    if sketch.shape == "rectangle" and _is_flat(*sketch.points):
        raise SketchError("drawing_points", "1 (2…2)")
    if sketch.shape in {"circle", "buffer", "sector"}:
        _check_number(sketch.radius_m, MAX_RADIUS_M, "drawing_radius", "m", least_open=True)
    if sketch.shape == "sector":
        _check_number(sketch.bearing_deg, 360.0, "drawing_bearing", "°")
        _check_number(sketch.opening_deg, 360.0, "drawing_opening", "°", least_open=True)
    if sketch.shape == "text" and not sketch.label.strip():
        raise SketchError("drawing_text")
    if len(sketch.label) > MAX_LABEL or len(sketch.note) > MAX_NOTE:
        raise SketchError("drawing_label", f"{MAX_LABEL} / {MAX_NOTE}")


def _is_flat(first: LatLon, second: LatLon) -> bool:
    return first.lat_deg == second.lat_deg or first.lon_deg == second.lon_deg


def _check_number(
    value: float | None, most: float, code: str, unit: str, *, least_open: bool = False
) -> None:
    if value is None or not math.isfinite(value):
        raise SketchError(code, f"0…{most:g} {unit}")
    if not 0.0 <= value <= most or (least_open and value == 0.0):
        raise SketchError(code, f"{value:g} {unit} (0…{most:g} {unit})")
