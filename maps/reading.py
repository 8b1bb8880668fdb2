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
