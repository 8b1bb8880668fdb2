"""Bulk points stamped into a picture by numpy, for the map without WebEngine."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from maps.drawing import PointSet

Pixels = npt.NDArray[np.uint32]

_HALF = 5


def _mask(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.argwhere(inside) - _HALF


def _masks() -> dict[str, npt.NDArray[np.int64]]:
    row, column = np.mgrid[-_HALF : _HALF + 1, -_HALF : _HALF + 1]
    return {
        "circle": _mask(row**2 + column**2 <= 12),
        "square": _mask(np.maximum(abs(row), abs(column)) <= 3),
        "diamond": _mask(abs(row) + abs(column) <= 4),
        "triangle": _mask((row <= 3) & (abs(column) * 2 <= row + 4)),
        "cross": _mask((np.minimum(abs(row), abs(column)) <= 1) & (abs(row) + abs(column) <= 5)),
        "dot": _mask(row**2 + column**2 <= 4),
    }


_MASKS = _masks()
_SHAPES = {
    "enterprise": "square", "depot": "square", "team": "triangle", "receptor.hospital": "cross",
    "receptor.school": "square", "receptor.village": "square", "tag": "dot", "feature": "dot",
    "camera": "dot", "hydrant": "dot",
}  # fmt: skip


def shape_of(style: str) -> str:
    """Return the shape that stands for a symbol in the plain map."""
    return _SHAPES.get(style, "diamond" if style.startswith("hazard") else "circle")


def stamp_points(
    pixels: Pixels,
    points: PointSet,
    styles: tuple[str, ...],
    colours: Mapping[str, int],
    *,
    left: float,
    top: float,
    scale: float,
    zoom: float,
    hidden: frozenset[str] = frozenset(),
) -> npt.NDArray[np.int64]:
    """Stamp the points in view into `pixels` and return their indices, in the order drawn.

    Parameters
    ----------
    pixels : ndarray of uint32, shape (height, width)
        ARGB picture, changed in place.
    points : PointSet
        What to draw.
    styles : tuple of str
        Names of the style numbers.
    colours : mapping of str to int
        ARGB colour of each style name.
    left, top : float
        World pixel of the picture's corner at `scale`.
    scale : float
        Pixels for each world unit.
    zoom : float
        Zoom of the view; kinds that begin at a larger one are left out.
    hidden : frozenset of str
        Layers not shown.
    """
    height, width = pixels.shape
    x = np.floor(points.x * scale - left).astype(np.int64)
    y = np.floor(points.y * scale - top).astype(np.int64)
    seen = (x >= _HALF) & (y >= _HALF) & (x < width - _HALF) & (y < height - _HALF)
    for group in points.groups:
        if zoom < group.from_zoom or group.layer in hidden:
            seen[group.start : group.end] = False
    indices = np.flatnonzero(seen)
    flat = pixels.reshape(-1)
    for number, style in enumerate(styles):
        mine = indices[points.style[indices] == number]
        if mine.size:
            mask = _MASKS[shape_of(style)]
            offsets = mask[:, 0] * width + mask[:, 1]
            flat[(y[mine] * width + x[mine])[:, None] + offsets] = colours[style]
    return indices
