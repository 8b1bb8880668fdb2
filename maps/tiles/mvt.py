"""Mapbox vector tiles, version 2: features of one tile as protocol buffer bytes.

References
----------
Mapbox Vector Tile Specification 2.1, sections 4.2 (layers), 4.3.4 (geometry), 4.4 (attributes).
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from maps.tiles.table import Geometries

EXTENT = 4096
_MOVE, _LINE, _CLOSE = 9, 2, 15

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Encoded geometries of one kind: `bodies[i]` belongs to feature `owners[i]`."""

    kind: int  # 1 points, 2 lines, 3 areas
    owners: Integers
    bodies: list[bytes]


def encode_shapes(geometries: Geometries, owners: Integers, dimension: int) -> Shapes:
    """Return the geometry commands of simple geometries given in the tile's own units.

    Parameters
    ----------
    geometries : ndarray of Point, LineString or Polygon
        All of the same `dimension`, in the order of their owners.
    owners : ndarray of int
        Number of the feature each belongs to, ascending; parts of one feature become one body.
    dimension : 0, 1 or 2
        Points, lines or areas.

    Notes
    -----
    Coordinates are rounded, repeats dropped, rings and lines that vanish left out. Outer rings
    are written clockwise as seen on the screen, holes the other way.
    """
    if dimension == 0:
        return _points(geometries, owners)
    if dimension == 1:
        lines, line_owner = geometries, owners
        outer = None
    else:
        lines, polygon = shapely.get_rings(geometries, return_index=True)
        line_owner = owners[polygon]
        outer = np.ones(len(polygon), dtype=bool)
        outer[1:] = polygon[1:] != polygon[:-1]
    points, line = shapely.get_coordinates(lines, return_index=True)
    grid = np.rint(points).astype(np.int64)
    keep = np.ones(len(grid), dtype=bool)
    keep[1:] = (grid[1:] != grid[:-1]).any(axis=1) | (line[1:] != line[:-1])
    grid, line = grid[keep], line[keep]
    return _commands(grid, line, line_owner, outer)


def _commands(grid: Integers, line: Integers, owner: Integers, outer: Truths | None) -> Shapes:
    """Return bodies for lines, or for rings when `outer` says which are outer ones."""
    closed = outer is not None
    counts = np.bincount(line, minlength=len(owner))
    lengths = counts - 1 if closed else counts  # a ring's last point is its first
    good = lengths >= (3 if closed else 2)
    if outer is not None and len(grid):
        area = _areas(grid, counts)
        good &= area != 0
        good &= _shells_kept(good, outer)
        grid = _turned(grid, counts, (area > 0) != outer)
    if not good.any():
        return Shapes(3 if closed else 2, np.empty(0, dtype=np.int64), [])
    last = np.zeros(len(grid), dtype=bool)
    if closed:
        last[np.cumsum(counts) - 1] = True
    grid = grid[good[line] & ~last]
    lengths, owner = lengths[good], owner[good]
    starts = np.cumsum(lengths) - lengths
    first = np.zeros(len(owner), dtype=bool)
    first[0] = True
    first[1:] = owner[1:] != owner[:-1]
    steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    fresh = starts[first]  # each feature's cursor begins at the corner of the tile
    steps[fresh] = grid[fresh]
    zigzag = ((steps << 1) ^ (steps >> 63)).ravel()
    sizes = 2 * lengths + (3 if closed else 2)
    at = np.cumsum(sizes) - sizes
    values = np.zeros(int(sizes.sum()), dtype=np.int64)
    # point k of a line stands after the move command (1) and, but for the first, the line command
    rank = np.arange(len(grid)) - np.repeat(starts, lengths)
    place = np.repeat(at, lengths) + 1 + 2 * rank + (rank > 0)
    values[place], values[place + 1] = zigzag[0::2], zigzag[1::2]
    values[at] = _MOVE
    values[at + 3] = ((lengths - 1) << 3) | _LINE
    if closed:
        values[at + sizes - 1] = _CLOSE
    body, ends = varints(values)
    bounds = np.append(at[first], len(values))
    cuts = np.append(0, ends)[bounds]
    bodies = [body[a:b] for a, b in itertools.pairwise(cuts.tolist())]
    return Shapes(3 if closed else 2, owner[first], bodies)


def _points(geometries: Geometries, owners: Integers) -> Shapes:
    grid = np.rint(shapely.get_coordinates(geometries)).astype(np.int64)
    values = np.column_stack([np.full(len(grid), _MOVE), (grid << 1) ^ (grid >> 63)])
    body, ends = varints(values.ravel())
    cuts = np.append(0, ends[2::3]).tolist()
    return Shapes(1, owners, [body[a:b] for a, b in itertools.pairwise(cuts)])


def _areas(grid: Integers, counts: Integers) -> Integers:
    """Return twice the signed area of each ring, > 0 clockwise on the screen."""
    x, y = grid[:, 0], grid[:, 1]
    cross = np.zeros(len(grid), dtype=np.int64)
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    starts = np.cumsum(counts) - counts
    cross[np.cumsum(counts)[counts > 0] - 1] = 0  # the step to the next ring is none
    sums: Integers = np.zeros(len(counts), dtype=np.int64)
    some = counts > 0
    sums[some] = np.add.reduceat(cross, starts[some])
    return sums


def _shells_kept(good: Truths, outer: Truths) -> Truths:
    """Return whether the outer ring of each ring's polygon is kept: a hole alone is none."""
    kept: Truths = good[outer][np.cumsum(outer) - 1]
    return kept


def _turned(grid: Integers, counts: Integers, flip: Truths) -> Integers:
    """Return the points with the rings that `flip` says in reverse order."""
    starts = np.cumsum(counts) - counts
    order = np.arange(len(grid))
    mirrored = np.repeat(2 * starts + counts - 1, counts) - order
    turned: Integers = grid[np.where(np.repeat(flip, counts), mirrored, order)]
    return turned


def varints(values: Integers) -> tuple[bytes, Integers]:
    """Return base-128 varints one after the other, and where each ends.

    Examples
    --------
    >>> varints(np.array([1, 300]))[0].hex()
    '01ac02'
    """
    sizes = np.ones(len(values), dtype=np.int64)
    for bits in (7, 14, 21, 28, 35):
        sizes += values >= (1 << bits)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    body = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for byte in range(6):
        mine = np.flatnonzero(sizes > byte)
        if not len(mine):
            break
        part = (values[mine] >> (7 * byte)) & 127
        body[starts[mine] + byte] = part | np.where(sizes[mine] > byte + 1, 128, 0)
    return body.tobytes(), ends


class LayerWriter:
    """Gathers the features of one layer of a tile."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._keys: dict[str, int] = {}
        self._values: dict[str | int, int] = {}
        self._features: list[bytes] = []

    def add(self, shapes: Shapes, tags: Sequence[Mapping[str, str | int]]) -> None:
        """Take encoded shapes; `tags` are those of every owner by number."""
        for owner, body in zip(shapes.owners.tolist(), shapes.bodies, strict=True):
            pairs = bytearray()
            for key, value in tags[owner].items():
                pairs += _varint(self._keys.setdefault(key, len(self._keys)))
                pairs += _varint(self._values.setdefault(value, len(self._values)))
            self._features.append(
                _field(2, bytes(pairs)) + b"\x18" + bytes([shapes.kind]) + _field(4, body)
            )

    def body(self) -> bytes:
        """Return the layer as field 3 of a tile; b'' when nothing is in it."""
        if not self._features:
            return b""
        parts = [b"\x78\x02", _field(1, self.name.encode())]
        parts += [_field(2, feature) for feature in self._features]
        parts += [_field(3, key.encode()) for key in self._keys]
        parts += [_field(4, _value(value)) for value in self._values]
        parts.append(b"\x28" + _varint(EXTENT))
        return _field(3, b"".join(parts))


def _value(value: str | int) -> bytes:
    if isinstance(value, int):
        return b"\x28" + _varint(value)
    return _field(1, value.encode("utf-8", "replace"))


def _field(number: int, body: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    body = bytearray()
    while value > 127:
        body.append(value & 127 | 128)
        value >>= 7
    body.append(value)
    return bytes(body)
