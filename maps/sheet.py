"""The layout of a printed map: paper, frame, scale, what stands beside it; all in millimetres."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.basics import LatLon

# ISO 216, portrait [mm]
PAPERS: Mapping[str, tuple[float, float]] = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "A0": (841.0, 1189.0),
}
SCALES = (
    500, 1_000, 2_000, 2_500, 5_000, 7_500, 10_000, 15_000, 20_000, 25_000, 50_000, 75_000,
    100_000, 200_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000,
    50_000_000, 100_000_000,
)  # fmt: skip
MARGIN_MM = 10.0
HEAD_MM = 17.0
FOOT_MM = 15.0
_LEGEND_MM = 52.0
_GAP_MM = 3.0
CSS_PX_MM = 25.4 / 96.0
_EQUATOR_M = 2.0 * math.pi * 6_378_137.0
_TILE_PX = 256.0
_BAR_STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper [mm], y down."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where everything stands on one sheet."""

    width: float
    height: float
    head: Box
    map: Box
    legend: Box
    foot: Box


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One row of the legend: `pictures` are encoded images (PNG) of its symbols."""

    title: str
    pictures: tuple[bytes, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What stands beside the map.

    `remarks` are lines under the title, `foot` lines at the bottom (datum, projection, sources);
    `mode` is the operation's mode in words and `mode_ink` its colour token; `watermark` is written
    across the map in drills and demonstrations, empty in live operations.
    """

    title: str
    remarks: tuple[str, ...] = ()
    mode: str = ""
    mode_ink: str = "text"
    watermark: str = ""
    legend_title: str = ""
    legend: tuple[LegendRow, ...] = ()
    foot: tuple[str, ...] = field(default=())


def lay_out(paper: str, *, landscape: bool) -> SheetLayout:
    """Return where everything stands on a sheet.

    Raises
    ------
    KeyError
        When there is no paper of that name in `PAPERS`.

    Examples
    --------
    >>> sheet = lay_out("A4", landscape=True)
    >>> sheet.width, sheet.map.width
    (297.0, 222.0)
    """
    width, height = PAPERS[paper]
    if landscape:
        width, height = height, width
    inner = width - 2 * MARGIN_MM
    top = MARGIN_MM + HEAD_MM + _GAP_MM
    tall = height - top - MARGIN_MM - FOOT_MM - _GAP_MM
    legend = Box(width - MARGIN_MM - _LEGEND_MM, top, _LEGEND_MM, tall)
    return SheetLayout(
        width, height, Box(MARGIN_MM, MARGIN_MM, inner, HEAD_MM),
        Box(MARGIN_MM, top, inner - _LEGEND_MM - _GAP_MM, tall), legend,
        Box(MARGIN_MM, height - MARGIN_MM - FOOT_MM, inner, FOOT_MM),
    )  # fmt: skip


def zoom_of(scale: float, lat_deg: float) -> float:
    """Return the zoom at which the map has a scale on paper, at one CSS pixel of 1/96 inch.

    Parameters
    ----------
    scale : float
        Denominator, e.g. 10 000 for 1 : 10 000; positive.
    lat_deg : float
        Latitude where it is to hold [degrees], −85 … 85: Web Mercator's scale changes with it.

    Examples
    --------
    >>> round(zoom_of(10_000, 32.0), 3)
    15.615
    """
    metres_per_px = scale * CSS_PX_MM / 1000.0
    return math.log2(_EQUATOR_M * math.cos(math.radians(lat_deg)) / _TILE_PX / metres_per_px)


def scale_at(zoom: float, lat_deg: float) -> float:
    """Return the denominator of the scale at a zoom, the inverse of `zoom_of`."""
    metres_per_px = _EQUATOR_M * math.cos(math.radians(lat_deg)) / (_TILE_PX * math.pow(2.0, zoom))
    return metres_per_px * 1000.0 / CSS_PX_MM


def fitting_scale(south_west: LatLon, north_east: LatLon, frame: Box) -> int:
    """Return the smallest usual denominator at which a rectangle fits into a frame.

    The largest of `SCALES` where none does.
    """
    middle = math.radians((south_west.lat_deg + north_east.lat_deg) / 2)
    east_m = (
        (north_east.lon_deg - south_west.lon_deg) % 360.0 / 360.0 * _EQUATOR_M * math.cos(middle)
    )
    north_m = (north_east.lat_deg - south_west.lat_deg) / 360.0 * _EQUATOR_M
    needed = 1000.0 * max(east_m / frame.width, north_m / frame.height)
    return next((scale for scale in SCALES if scale >= needed), SCALES[-1])


def scale_bar(scale: float, longest_mm: float) -> tuple[float, float]:
    """Return the scale bar: its length on paper [mm] and on the ground [m], a round figure.

    Examples
    --------
    >>> scale_bar(10_000, 60.0)
    (50.0, 500.0)
    """
    most_m = longest_mm * scale / 1000.0
    power = math.pow(10.0, math.floor(math.log10(most_m)))
    ground_m = max(step * power for step in _BAR_STEPS if step * power <= most_m)
    return ground_m * 1000.0 / scale, ground_m


def distance_label(ground_m: float) -> str:
    """Return a length of the scale bar in words.

    Examples
    --------
    >>> distance_label(500.0), distance_label(2000.0)
    ('500 m', '2 km')
    """
    return f"{ground_m / 1000:g} km" if ground_m >= 1000 else f"{ground_m:g} m"
