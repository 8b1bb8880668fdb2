"""Reads the page's binary arrays back, for the plain map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from maps.drawing import PointGroup, PointSet


@dataclass(frozen=True, slots=True)
class Vectors:
    """Lines and areas: `starts` (n+1,), `boxes` (n, 4), `x`, `y` (points,), `classes` (n,)."""

    starts: npt.NDArray[np.uint32]
    boxes: npt.NDArray[np.uint32]
    x: npt.NDArray[np.uint32]
    y: npt.NDArray[np.uint32]
    classes: npt.NDArray[np.uint8]


def read_points(body: bytes, styles: bytes, payload: Mapping[str, Any]) -> PointSet:
    """Return the points of a 'points' message and its two arrays.

    Raises
    ------
    ValueError
        When an array is shorter than the message says.
    """
    count = int(payload["count"])
    x = np.frombuffer(body, "<u4", count)
    y = np.frombuffer(body, "<u4", count, 4 * count)
    style = np.frombuffer(styles, np.uint8, count)
    groups = tuple(
        PointGroup(
            g["kind"], g["layer"], g["start"], g["end"], g["from_zoom"], g["cluster_below"],
            g["name_zoom"], g["rank"],
        ) for g in payload["groups"]
    )  # fmt: skip
    return PointSet(x, y, style, groups, (), ())


def read_vectors(body: bytes) -> Vectors:
    """Return the lines and areas of a vector array.

    Raises
    ------
    ValueError
        When the array is cut short.
    """
    count, points = (int(n) for n in np.frombuffer(body, "<u4", 2))
    at = 8
    starts = np.frombuffer(body, "<u4", count + 1, at)
    at += 4 * (count + 1)
    boxes = np.frombuffer(body, "<u4", 4 * count, at).reshape(count, 4)
    at += 16 * count
    x = np.frombuffer(body, "<u4", points, at)
    y = np.frombuffer(body, "<u4", points, at + 4 * points)
    classes = np.frombuffer(body, np.uint8, count, at + 8 * points)
    return Vectors(starts, boxes, x, y, classes)


@dataclass(frozen=True, slots=True)
class Shapes:
    """An imported layer: `features` (n+1,), `parts` (m+1,), `boxes` (n, 4), corners, `kinds` (n,).

    A feature's kind is 0 for points, 1 for lines, 2 for areas.
    """

    features: npt.NDArray[np.uint32]
    parts: npt.NDArray[np.uint32]
    boxes: npt.NDArray[np.uint32]
    x: npt.NDArray[np.uint32]
    y: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.uint8]


def read_shapes(body: bytes) -> Shapes:
    """Return the shapes of an imported layer's array (see `maps.imported`).

    Raises
    ------
    ValueError
        When the array is cut short.
    """
    count, parts, corners = (int(n) for n in np.frombuffer(body, "<u4", 3))
    at = 12
    taken: list[npt.NDArray[np.uint32]] = []
    for length in (count + 1, parts + 1, 4 * count, corners, corners):
        taken.append(np.frombuffer(body, "<u4", length, at))
        at += 4 * length
    kinds = np.frombuffer(body, np.uint8, count, at)
    return Shapes(taken[0], taken[1], taken[2].reshape(count, 4), taken[3], taken[4], kinds)
