"""Distances, bearings and areas in words, as the map shows them while somebody draws."""

from collections.abc import Sequence
from itertools import pairwise

from maps.sketch_geometry import area_m2, distance_and_bearing, length_m, rings_of
from models.basics import LatLon
from models.operation.sketch import Sketch


def metres_text(distance_m: float) -> str:
    """Return a distance with the precision that drawing on a map has.

    Examples
    --------
    >>> metres_text(4.26), metres_text(842.3), metres_text(1_234.5), metres_text(45_678.0)
    ('4.3 m', '842 m', '1.23 km', '45.7 km')
    """
    if distance_m < 9.95:
        return f"{distance_m:.1f} m"
    if distance_m < 999.5:
        return f"{distance_m:.0f} m"
    return f"{distance_m / 1000:.2f} km" if distance_m < 9_995 else f"{distance_m / 1000:.1f} km"


def area_text(area: float) -> str:
    """Return an area [m²] in the unit people use for its size.

    Examples
    --------
    >>> area_text(320.4), area_text(45_000.0), area_text(3_210_000.0)
    ('320 m²', '4.50 ha', '3.21 km²')
    """
    if area < 10_000:
        return f"{area:,.0f} m²"
    return f"{area / 10_000:.2f} ha" if area < 999_950 else f"{area / 1_000_000:.2f} km²"


def bearing_text(bearing_deg: float) -> str:
    """Return a true bearing as three digits.

    Examples
    --------
    >>> bearing_text(7.4), bearing_text(359.9)
    ('007°', '000°')
    """
    return f"{round(bearing_deg) % 360:03d}°"


def leg_texts(line: Sequence[LatLon]) -> tuple[str, ...]:
    """Return for each leg of a line its length, and from the second on the sum so far."""
    texts: list[str] = []
    total = 0.0
    for start, end in pairwise(line):
        leg, bearing = distance_and_bearing(start, end)
        total += leg
        text = f"{metres_text(leg)} {bearing_text(bearing)}"
        texts.append(text if not texts else f"{text} Σ {metres_text(total)}")
    return tuple(texts)


def measure_text(sketch: Sketch, perimeter: str = "perimeter {length}") -> str:
    """Return what can be measured of a sketch: length, or radius, perimeter and area.

    Parameters
    ----------
    sketch : Sketch
        One that `check_sketch` accepts.
    perimeter : str
        Template for the length around an area.
    """
    if sketch.shape in {"point", "text"}:
        return ""
    if sketch.shape in {"line", "arrow"}:
        start, end = sketch.points[-2:]
        return f"Σ {metres_text(length_m(sketch.points))} · " + bearing_text(
            distance_and_bearing(start, end)[1]
        )
    rings = rings_of(sketch)
    parts = [] if sketch.radius_m is None else [f"R {metres_text(sketch.radius_m)}"]
    if sketch.shape == "sector":
        half_deg = (sketch.opening_deg or 0.0) / 2
        parts.append(f"{bearing_text(sketch.bearing_deg or 0.0)} ± {half_deg:.0f}°")
    around = perimeter.format(length=metres_text(sum(map(length_m, rings))))
    return " · ".join([*parts, area_text(area_m2(rings)), around])
