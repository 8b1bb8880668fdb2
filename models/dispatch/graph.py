"""The road graph: ways with shared coordinates into arrays, reversed for one run per incident."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray

from models.basics import LatLon
from models.registry.kinds import Road

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MIN_TIME_S = 0.001  # scipy reads a zero weight as no edge
DEFAULT_SPEED_KM_H = 30.0
_GRAIN = 1e7  # coordinates that agree to 1e-7 degrees (1 cm) are one junction


@dataclass(frozen=True)
class RoadGraph:
    """Junctions, directed edges in the order of the reversed CSR matrix, and segments.

    Attributes
    ----------
    lat_deg, lon_deg : junctions [degrees]
    head, tail : where an edge ends and starts; sorted by head, then tail
    length_m, time_s : of an edge [m], [s]
    starts : CSR row pointer over `head`
    segment_a, segment_b : the two ends of a straight piece of road
    forward, backward : the edge a→b and b→a of a segment, or -1
    main : whether a segment lies in the largest part where everything reaches everything
    """

    lat_deg: Floats
    lon_deg: Floats
    head: Ints
    tail: Ints
    length_m: Floats
    time_s: Floats
    starts: Ints
    segment_a: Ints
    segment_b: Ints
    forward: Ints
    backward: Ints
    main: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """Number of junctions."""
        return len(self.lat_deg)

    @cached_property
    def plane(self) -> "LocalPlane":
        """The plane in which nearest roads and polygons are looked for."""
        if not self.size:
            return LocalPlane(0.0, 0.0)
        return LocalPlane(float(self.lat_deg.mean()), float(self.lon_deg.mean()))

    @cached_property
    def xy(self) -> Floats:
        """Junctions in the local plane [m], shape (size, 2)."""
        return self.plane.project(self.lat_deg, self.lon_deg)

    @cached_property
    def lines(self) -> "NDArray[np.object_]":
        """Segments as straight lines in the local plane."""
        ends = np.stack([self.xy[self.segment_a], self.xy[self.segment_b]], axis=1)
        return np.asarray(shapely.linestrings(ends), dtype=object)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index over all segments."""
        return shapely.STRtree(self.lines)

    @cached_property
    def main_segments(self) -> Ints:
        """Segments of the main part."""
        return np.flatnonzero(self.main)

    @cached_property
    def main_tree(self) -> shapely.STRtree:
        """Index over the segments of the main part."""
        return shapely.STRtree(self.lines[self.main_segments])

    @cached_property
    def matrix_index(self) -> tuple["NDArray[np.int32]", "NDArray[np.int32]"]:
        """Column indices and row pointer as scipy wants them."""
        return self.tail.astype(np.int32), self.starts.astype(np.int32)

    @cached_property
    def positions(self) -> list[LatLon]:
        """Where the junctions are, as values; routes share them."""
        return list(map(LatLon, self.lat_deg.tolist(), self.lon_deg.tolist()))

    def edge_between(self, tails: Ints, heads: Ints) -> Ints:
        """Return the edges tail→head; each must exist."""
        return np.searchsorted(self._edge_keys, heads * self.size + tails)

    @cached_property
    def _edge_keys(self) -> Ints:
        return np.asarray(self.head * self.size + self.tail)

    def save(self, path: Path) -> None:
        """Write the arrays as an .npz file."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        with path.open("wb") as file:
            np.savez(file, **arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote.

        Raises
        ------
        OSError, ValueError, KeyError, zipfile.BadZipFile
            When the file isn't readable or isn't such a file.
        """
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return cls(**{field.name: stored[field.name] for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """Equirectangular metres about a point; good to 0.5 % over 100 km, for searching only."""

    lat_deg: float
    lon_deg: float

    def project(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return metres east and north, shape (n, 2)."""
        metres = 111_320.0
        east = (np.asarray(lon_deg) - self.lon_deg + 180.0) % 360.0 - 180.0
        return np.column_stack(
            [
                east * metres * np.cos(np.radians(self.lat_deg)),
                (np.asarray(lat_deg) - self.lat_deg) * metres,
            ]
        )


def build_graph(roads: Iterable[Road]) -> RoadGraph:
    """Build the graph; ways meet where they share a coordinate.

    Parameters
    ----------
    roads : iterable of Road
        `speed_km_h` of 0 or less counts as 30 km/h; a line of fewer than two points is no road.

    Examples
    --------
    >>> from models.basics import LatLon, Name
    >>> line = (LatLon(0.0, 0.0), LatLon(0.0, 0.001), LatLon(0.0, 0.002))
    >>> graph = build_graph([Road(key="1", name=Name(en="A"), speed_km_h=36.0, line=line)])
    >>> graph.size, len(graph.head), graph.time_s.round(1).tolist()
    (3, 4, [11.1, 11.1, 11.1, 11.1])
    """
    points, a, b, speed, oneway = _flatten(roads)
    nodes, lat, lon = _junctions(points)
    a, b = nodes[a], nodes[b]
    real = a != b
    a, b, speed, oneway = a[real], b[real], speed[real], oneway[real]
    from pyproj import Geod  # 40 ms that a start doesn't need

    geod = Geod(ellps="WGS84")
    _, _, length = geod.inv(lon[a], lat[a], lon[b], lat[b])
    length = np.asarray(length, dtype=np.float64)
    time = np.maximum(length / (speed / 3.6), MIN_TIME_S)
    ahead, back = oneway >= 0, oneway <= 0
    tail = np.concatenate([a[ahead], b[back]])
    head = np.concatenate([b[ahead], a[back]])
    size = len(lat)
    head, tail, length, time = _fastest(
        head,
        tail,
        np.concatenate([length[ahead], length[back]]),
        np.concatenate([time[ahead], time[back]]),
        size,
    )
    starts = np.searchsorted(head, np.arange(size + 1)).astype(np.int64)
    return _with_segments(lat, lon, head, tail, length, time, starts)


def _flatten(roads: Iterable[Road]) -> tuple[Floats, Ints, Ints, Floats, Ints]:
    flat: list[float] = []
    counts: list[int] = []
    speeds: list[float] = []
    ways: list[int] = []
    for road in roads:
        if len(road.line) < 2:
            continue
        for point in road.line:
            flat += (point.lat_deg, point.lon_deg)
        counts.append(len(road.line))
        speeds.append(road.speed_km_h if road.speed_km_h > 0 else DEFAULT_SPEED_KM_H)
        ways.append({"forward": 1, "backward": -1}.get(road.oneway, 0))
    points = np.array(flat, dtype=np.float64).reshape(-1, 2)
    number = np.array(counts, dtype=np.int64)
    is_last = np.zeros(len(points), dtype=bool)
    is_last[np.cumsum(number) - 1] = True
    a = np.flatnonzero(~is_last)
    pieces = number - 1
    return (
        points,
        a,
        a + 1,
        np.repeat(np.array(speeds, dtype=np.float64), pieces),
        np.repeat(np.array(ways, dtype=np.int64), pieces),
    )


def _junctions(points: Floats) -> tuple[Ints, Floats, Floats]:
    grain = np.round(points * _GRAIN).astype(np.int64)
    key = grain[:, 0] * 4_000_000_000 + grain[:, 1]
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return inverse.astype(np.int64), points[first, 0], points[first, 1]


def _fastest(
    head: Ints, tail: Ints, length: Floats, time: Floats, size: int
) -> tuple[Ints, Ints, Floats, Floats]:
    """Sort by head and tail; of two edges between the same junctions keep the faster."""
    key = head * size + tail
    order = np.lexsort((time, key))
    _, first = np.unique(key[order], return_index=True)
    kept = order[first]
    return head[kept], tail[kept], length[kept], time[kept]


def _with_segments(
    lat: Floats,
    lon: Floats,
    head: Ints,
    tail: Ints,
    length: Floats,
    time: Floats,
    starts: Ints,
) -> RoadGraph:
    size = len(lat)
    low, high = np.minimum(head, tail), np.maximum(head, tail)
    pairs, which = np.unique(low * size + high, return_inverse=True)
    a, b = (pairs // size, pairs % size) if size else (pairs, pairs)
    forward = np.full(len(pairs), -1, dtype=np.int64)
    backward = np.full(len(pairs), -1, dtype=np.int64)
    edges = np.arange(len(head))
    goes_up = tail < head
    forward[which[goes_up]] = edges[goes_up]
    backward[which[~goes_up]] = edges[~goes_up]
    return RoadGraph(
        lat_deg=lat,
        lon_deg=lon,
        head=head,
        tail=tail,
        length_m=length,
        time_s=time,
        starts=starts,
        segment_a=a,
        segment_b=b,
        forward=forward,
        backward=backward,
        main=_main(head, tail, a, b, size),
    )


def _main(head: Ints, tail: Ints, a: Ints, b: Ints, size: int) -> NDArray[np.bool_]:
    if not size:
        return np.zeros(0, dtype=bool)
    from scipy.sparse import csr_array  # 0.1 s that a start doesn't need
    from scipy.sparse.csgraph import connected_components

    links = csr_array((np.ones(len(head)), (tail, head)), shape=(size, size))
    _, labels = connected_components(links, directed=True, connection="strong")
    biggest = np.bincount(labels).argmax()
    return np.asarray((labels[a] == biggest) & (labels[b] == biggest))
