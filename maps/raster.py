"""Bulk points stamped into a picture by numpy, for the map without WebEngine."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from maps.drawing import PointSet

Pixels = npt.NDArray[np.uint32]

_HALF = 5
_MANY = 15_000  # from here on a symbol is grown over the whole picture at once


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


def mask_of(style: str) -> npt.NDArray[np.int64]:
    """Return the pixels of a symbol as rows and columns from its middle, shape (n, 2)."""
    return _MASKS[shape_of(style)]


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
    opacity: Mapping[str, float] = MappingProxyType({}),
    order: Sequence[str] = (),
) -> npt.NDArray[np.int64]:
    """Stamp the points in view into `pixels` and return their indices, in the order drawn.

    Parameters
    ----------
    pixels : ndarray of uint32, shape (height, width)
        ARGB picture, opaque, changed in place.
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
    opacity : mapping of str to float
        Opacity of a layer, 0…1; 1 for those it doesn't name.
    order : sequence of str
        Layers from the top; those it doesn't name are drawn first, as the points have them.
    """
    places = {layer: place for place, layer in enumerate(order)}
    drawn: list[npt.NDArray[np.int64]] = []
    for group in sorted(points.groups, key=lambda g: -places.get(g.layer, len(places))):
        if zoom < group.from_zoom or group.layer in hidden or group.start == group.end:
            continue
        part = slice(group.start, group.end)
        x = np.floor(points.x[part] * scale - left).astype(np.int64)
        y = np.floor(points.y[part] * scale - top).astype(np.int64)
        seen = np.flatnonzero(_inside(x, y, pixels.shape))
        at, style = y[seen] * pixels.shape[1] + x[seen], points.style[part][seen]
        for number in np.unique(style):
            name = styles[number]
            _stamp(pixels, at[style == number], shape_of(name), colours[name],
                   opacity.get(group.layer, 1.0))  # fmt: skip
        drawn.append(seen + group.start)
    return np.concatenate(drawn) if drawn else np.zeros(0, dtype=np.int64)


def _inside(
    x: npt.NDArray[np.int64], y: npt.NDArray[np.int64], shape: tuple[int, ...]
) -> npt.NDArray[np.bool_]:
    height, width = shape
    inside: npt.NDArray[np.bool_] = (
        (x >= _HALF) & (y >= _HALF) & (x < width - _HALF) & (y < height - _HALF)
    )
    return inside


def _stamp(
    pixels: Pixels, at: npt.NDArray[np.int64], shape: str, colour: int, opacity: float
) -> None:
    """Put one symbol at each place; a faint one lets the ground through, once."""
    flat = pixels.reshape(-1)
    offsets = [int(row * pixels.shape[1] + column) for row, column in _MASKS[shape]]
    many = len(at) > _MANY
    if opacity >= 1.0 and not many:
        for offset in offsets:
            flat[at + offset] = colour
        return
    covered = np.zeros(flat.shape, dtype=np.bool_)
    if many:
        _grow(covered, at, offsets)
    else:
        for offset in offsets:
            covered[at + offset] = True
    if opacity >= 1.0:
        np.copyto(flat, np.uint32(colour), where=covered)
    else:
        places = np.flatnonzero(covered)
        flat[places] = _mixed(flat[places], colour, opacity)


def _grow(
    covered: npt.NDArray[np.bool_], at: npt.NDArray[np.int64], offsets: Sequence[int]
) -> None:
    """Cover the pixels of a symbol at each place, by shifting the whole picture.

    Places keep their distance from the edge, so no shift runs around it.
    """
    seeds = np.zeros_like(covered)
    seeds[at] = True
    for offset in offsets:
        if offset >= 0:
            covered[offset:] |= seeds[: len(seeds) - offset]
        else:
            covered[:offset] |= seeds[-offset:]


def _mixed(ground: Pixels, colour: int, opacity: float) -> Pixels:
    mixed = np.full(ground.shape, 0xFF000000, dtype=np.uint32)
    for shift in (0, 8, 16):
        below = ((ground >> shift) & 0xFF).astype(np.float32)
        value = below + (((colour >> shift) & 0xFF) - below) * opacity
        mixed |= value.astype(np.uint32) << shift
    return mixed
