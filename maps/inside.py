"""What lies inside an area: an index over all points, so that a question costs milliseconds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from maps.areas import Area
from maps.drawing import MapObject, PointSet
from maps.geometry import to_world
from models.basics import LatLon
from models.registry.kinds import Receptor, Record

Indices = npt.NDArray[np.intp]
_LEAF = 24


class Rows(Protocol):
    """Where the people of a receptor stand."""

    def get(self, kind: str, key: str) -> Record | None:
        """Return a row, None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class People:
    """People inside: a place whose number nobody knows is counted apart, never as zero."""

    places: int = 0
    day: int = 0
    night: int = 0
    day_unknown: int = 0
    night_unknown: int = 0


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies inside an area, in the order of the points; what is no point comes last."""

    objects: tuple[MapObject, ...]
    counts: Mapping[str, int]
    people: People

    def and_also(self, things: Sequence[MapObject]) -> "Inside":
        """Return this answer with other things that lie inside too."""
        if not things:
            return self
        counts = Counter(self.counts) + Counter(thing.kind for thing in things)
        return replace(self, objects=(*self.objects, *things), counts=dict(counts))


class PointIndex:
    """Points in boxes of about equal number: whole boxes are taken or left at once.

    Parameters
    ----------
    x, y : array of float or uint32
        Points on the Web Mercator square [2⁻³² of it], same shape (n,).
    """

    def __init__(self, x: npt.ArrayLike, y: npt.ArrayLike) -> None:
        x_all, y_all = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        if x_all.shape != y_all.shape or x_all.ndim != 1:
            raise ValueError(f"x has shape {x_all.shape}, y has {y_all.shape}")
        self._order, self._starts = _leaves(x_all, y_all)
        self._x, self._y = x_all[self._order], y_all[self._order]
        first = self._starts[:-1]
        if first.size:
            self._boxes = np.column_stack([
                np.minimum.reduceat(self._x, first), np.minimum.reduceat(self._y, first),
                np.maximum.reduceat(self._x, first), np.maximum.reduceat(self._y, first),
            ])  # fmt: skip
            self._leaves = shapely.box(*self._boxes.T)

    def __len__(self) -> int:
        return len(self._x)

    def inside(self, shape: BaseGeometry) -> Indices:
        """Return the places of all points within a shape, in rising order.

        A point on the very edge isn't inside.
        """
        if not len(self) or shape.is_empty:
            return np.zeros(0, dtype=np.intp)
        west, north, east, south = shape.bounds
        boxes = self._boxes
        near = np.flatnonzero(
            (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
            & (boxes[:, 1] <= south) & (boxes[:, 3] >= north)
        )  # fmt: skip
        edge = shape.boundary
        shapely.prepare([shape, edge])
        on_edge = shapely.intersects(edge, self._leaves[near])
        cut, clear = near[on_edge], near[~on_edge]
        whole = clear[shapely.contains_xy(shape, boxes[clear, 0], boxes[clear, 1])]
        doubtful = self._members(cut)
        held = shapely.contains_xy(shape, self._x[doubtful], self._y[doubtful])
        found = self._order[np.concatenate((self._members(whole), doubtful[held]))]
        found.sort()
        return found

    def _members(self, leaves: Indices) -> Indices:
        """Return the places, in sorted order, of all points of some leaves."""
        starts, ends = self._starts[leaves], self._starts[leaves + 1]
        sizes = ends - starts
        if not sizes.size:
            return np.zeros(0, dtype=np.intp)
        offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        return offsets + np.arange(sizes.sum())


class InsideQuery:
    """Answers what lies inside an area, of the points that the map shows."""

    def __init__(self, points: PointSet, rows: Rows) -> None:
        self._objects = np.empty(len(points.objects), dtype=np.object_)
        self._objects[:] = points.objects
        self._place = {thing: place for place, thing in enumerate(points.objects)}
        self._index = PointIndex(points.x, points.y)
        kinds = sorted({thing.kind for thing in points.objects})
        self._kinds = tuple(kinds)
        number = {kind: place for place, kind in enumerate(kinds)}
        size = len(points.objects)
        self._kind = np.fromiter((number[t.kind] for t in points.objects), np.intp, size)
        # places, people by day and night, and how often nobody knows: summed as they stand
        self._people = np.zeros((size, 5), dtype=np.int64)
        for place, thing in enumerate(points.objects):
            row = rows.get(thing.kind, thing.key) if thing.kind == Receptor.KIND else None
            if isinstance(row, Receptor):
                day, night = row.people_day, row.people_night
                self._people[place] = (1, day or 0, night or 0, day is None, night is None)

    def inside(self, area: Area, now: Mapping[MapObject, LatLon] | None = None) -> Inside:
        """Return what lies inside an area: objects, counts by kind, and people.

        Parameters
        ----------
        area : Area
            Where; a point on its very edge isn't inside.
        now : mapping of MapObject to LatLon, optional
            Where things are that moved: they count there, not where their row has them. One
            that has no point counts too.

        Examples
        --------
        >>> from maps.areas import circle_area
        >>> from models.basics import LatLon
        >>> empty = np.zeros(0, np.uint32)
        >>> none = PointSet(empty, empty, empty.astype(np.uint8), (), (), ())
        >>> InsideQuery(none, {}).inside(circle_area(LatLon(32.1, 118.8), 500.0)).people.day
        0
        """
        found = self._index.inside(area.shape)
        others: list[MapObject] = []
        if now:
            found, others = self._moved(found, area, now)
        counted = np.bincount(self._kind[found], minlength=len(self._kinds))
        counts = {kind: int(n) for kind, n in zip(self._kinds, counted, strict=True) if n}
        told = Inside(tuple(self._objects[found].tolist()), counts, self._sum(found))
        return told.and_also(others)

    def _moved(
        self, found: Indices, area: Area, now: Mapping[MapObject, LatLon]
    ) -> tuple[Indices, list[MapObject]]:
        """Return the points inside with the moved ones where they are, and those without one."""
        x, y = to_world([at.lat_deg for at in now.values()], [at.lon_deg for at in now.values()])
        held = shapely.contains_xy(area.shape, x.astype(np.float64), y.astype(np.float64))
        inside = [thing for thing, is_held in zip(now, held, strict=True) if is_held]
        away = np.array([self._place[thing] for thing in now if thing in self._place], np.intp)
        here = np.array([self._place[thing] for thing in inside if thing in self._place], np.intp)
        kept = np.union1d(np.setdiff1d(found, away), here)
        return kept, [thing for thing in inside if thing not in self._place]

    def _sum(self, found: Indices) -> People:
        return People(*self._people[found].sum(axis=0, dtype=np.int64).tolist())


def _leaves(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[Indices, Indices]:
    """Return an order of points by strips of x, then y, and where each box of them begins."""
    size = len(x)
    if not size:
        return np.zeros(0, dtype=np.intp), np.zeros(1, dtype=np.intp)
    strips = max(1, round(np.sqrt(size / _LEAF)))
    strip = np.empty(size, dtype=np.intp)
    strip[np.argsort(x, kind="stable")] = np.arange(size) * strips // size
    order = np.lexsort((y, strip))
    edges = np.searchsorted(strip[order], np.arange(strips + 1))
    starts = np.concatenate([np.arange(a, b, _LEAF) for a, b in pairwise(edges)])
    return order, np.append(starts, size)
