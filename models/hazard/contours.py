"""Closed contours of a grid by marching squares."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.hazard.ports import HazardInputError

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

_ALL_INSIDE = 15
_FAR_BELOW = -1e300  # beyond the grid: the contour closes along the grid's own border


def contour_rings(values: Array, level: float) -> list[Array]:
    """Return the closed contours around `values` >= `level`.

    Parameters
    ----------
    values : numpy.ndarray
        Shape (rows, columns), two at least of each; finite.
    level : float
        The contour's value.

    Returns
    -------
    list of numpy.ndarray
        Each of shape (n, 2): fractional (row, column), without the first point again. Around an
        area rows and columns turn so that the signed area (shoelace over column, row) is above 0;
        around a hole in one it is below 0. Areas that reach the border close along it.

    Raises
    ------
    HazardInputError
        When the grid isn't one.

    Notes
    -----
    Linear between nodes. At a saddle the two high corners count as apart.

    References
    ----------
    W. Lorensen and H. Cline, Marching Cubes, SIGGRAPH (1987), in two dimensions.

    Examples
    --------
    >>> grid = np.zeros((3, 3)); grid[1, 1] = 1.0
    >>> [ring] = contour_rings(grid, 0.5)
    >>> ring.tolist()
    [[1.0, 1.5], [1.5, 1.0], [1.0, 0.5], [0.5, 1.0]]
    """
    grid = np.asarray(values, dtype=np.float64)
    if grid.ndim != 2 or min(grid.shape) < 2 or not np.isfinite(grid).all():
        raise HazardInputError("values", "wanted a grid of finite numbers, 2 by 2 at least")
    padded = np.pad(grid, 1, constant_values=_FAR_BELOW)
    begin, end = _segments(padded >= level)
    at = _crossings(padded, level, begin)
    return [at[loop] - 1.0 for loop in _loops(begin, end)]


@cache
def _pairs() -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return, per case of a cell, the (entry, exit) sides of its segments.

    Corners go round a, b, c, d (bits 1, 2, 4, 8); side k lies between corner k and the next one.
    """
    found = []
    for case in range(16):
        inside = [bool(case & (1 << k)) for k in range(4)]
        entries = [k for k in range(4) if not inside[k] and inside[(k + 1) % 4]]
        exits = [k for k in range(4) if inside[k] and not inside[(k + 1) % 4]]
        found.append(
            tuple((i, min(exits, key=lambda out, i=i: (out - i) % 4)) for i in entries)  # type: ignore[misc]
        )
    return tuple(found)


def _segments(inside: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the segments as (begin, end) edge numbers: 2 node for →, 2 node + 1 for ↓."""
    width = inside.shape[1]
    bits = inside.astype(np.uint8)
    cases = bits[:-1, :-1] + 2 * bits[:-1, 1:] + 4 * bits[1:, 1:] + 8 * bits[1:, :-1]
    row, column = np.nonzero((cases != 0) & (cases != _ALL_INSIDE))
    case, node = cases[row, column], row * width + column
    begins, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for kind, pairs in enumerate(_pairs()):
        here = node[case == kind]
        sides = (2 * here, 2 * (here + 1) + 1, 2 * (here + width), 2 * here + 1)
        for entry, leave in pairs:
            begins.append(sides[leave])
            ends.append(sides[entry])
    return np.concatenate(begins), np.concatenate(ends)


def _crossings(grid: Array, level: float, edges: Ints) -> Array:
    """Return where the level crosses each edge, as (row, column)."""
    width = grid.shape[1]
    node, down = edges // 2, edges % 2
    row, column = node // width, node % width
    first = grid[row, column]
    second = grid[row + down, column + 1 - down]
    part = (level - first) / (second - first)
    return np.column_stack([row + part * down, column + part * (1 - down)])


def _loops(begin: Ints, end: Ints) -> list[Ints]:
    """Follow the segments round; each edge begins one segment and ends one."""
    index = dict(zip(begin.tolist(), range(len(begin)), strict=True))
    after = [index[edge] for edge in end.tolist()]
    seen = bytearray(len(after))
    loops = []
    for start in range(len(after)):
        if seen[start]:
            continue
        loop, here = [], start
        while not seen[here]:
            seen[here] = 1
            loop.append(here)
            here = after[here]
        loops.append(np.array(loop, np.int64))
    return loops
