"""`RoadTravelTimes`: every team's way to the scene from one run on the reversed graph."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np

from models.basics import LatLon
from models.dispatch.avoidance import Avoided, avoided, weights
from models.dispatch.graph import MIN_TIME_S, Floats, RoadGraph, build_graph
from models.dispatch.ports import Route
from models.dispatch.snapping import Snap, snap
from models.hazard.ground import distance_m
from models.registry.kinds import Road

OFF_ROAD_M_S = 15 / 3.6  # from the road to the place and from the yard to the road
STRAIGHT_M_S = 30 / 3.6  # where no road is known
DETOUR = 1.4
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class _Search:
    """One run: weighted times to the destination and the next junction of each."""

    to: Snap
    weight: Floats
    inside_m: Floats
    distance: Floats
    onward: "memoryview[int]"
    avoid: Avoided


@dataclass(frozen=True, slots=True)
class _Leg:
    """From a snapped start to its first junction (or -1: straight to the destination)."""

    junction: int
    share: float
    segment: int
    edge: int


@dataclass(frozen=True, slots=True)
class _Trip:
    """True figures of a way on the road."""

    time_s: float
    length_m: float
    inside_m: float


class RoadTravelTimes:
    """Travel times on roads; immutable once built, so threads may share it."""

    def __init__(self, graph: RoadGraph) -> None:
        self.graph = graph

    @classmethod
    def build(cls, roads: Iterable[Road]) -> Self:
        """Build from road rows."""
        return cls(build_graph(roads))

    @classmethod
    def cached(cls, folder: Path, key: str, roads: Callable[[], Iterable[Road]]) -> Self:
        """Load the graph of a reference revision, or build it once and keep it.

        Parameters
        ----------
        folder : Path
            Where graphs are kept; made when missing. An unreadable file is built anew.
        key : str
            Hash of the road rows; letters, digits and dashes.
        roads : callable
            Gives the rows; called only when no graph is kept under the key.
        """
        if not key or not key.replace("-", "").isalnum():
            raise ValueError(f"key: {key!r} is not made of letters, digits and dashes")
        path = folder / f"roads-{_FORMAT}-{key}.npz"
        try:
            return cls(RoadGraph.load(path))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            graph = build_graph(roads())
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        graph.save(fresh)
        fresh.replace(path)
        return cls(graph)

    def warm(self) -> None:
        """Build the indices now, so that the first question isn't the slow one."""
        if self.graph.positions:
            snap(self.graph, [LatLon(float(self.graph.lat_deg[0]), float(self.graph.lon_deg[0]))])

    def routes(
        self,
        starts: Sequence[tuple[str, LatLon, float]],
        destination: LatLon,
        avoid: Sequence[Sequence[LatLon]] = (),
    ) -> tuple[Route, ...]:
        """Return one route per start `(key, position, turnout_s)`, fastest first.

        Parameters
        ----------
        starts : sequence
            Key, position and turn-out time [s, ≥ 0] of each team.
        destination : LatLon
            The scene or the staging point.
        avoid : sequence of rings
            Roads inside count a thousandfold in choosing the way, never in its time.

        Returns
        -------
        tuple of Route
            `eta_s` includes turn-out. Where no road leads there the route is a straight line,
            `reachable` False and `approximate` True, after all the others.

        Raises
        ------
        ValueError
            When a turn-out time is negative or not finite, or a ring has too few positions.
        """
        for key, _, turnout_s in starts:
            if not (np.isfinite(turnout_s) and turnout_s >= 0):
                raise ValueError(f"turnout_s of {key}: {turnout_s} is not a time")
        outlines = avoided(self.graph, avoid)
        snaps = snap(self.graph, [destination, *(position for _, position, _ in starts)])
        search = None if snaps[0] is None else self._search(snaps[0], outlines)
        found = []
        for (key, position, turnout_s), start in zip(starts, snaps[1:], strict=True):
            route = None
            if start is not None and search is not None:
                route = self._route(key, position, turnout_s, start, destination, search)
            found.append(route or self._straight(key, position, turnout_s, destination, outlines))
        return tuple(sorted(found, key=_fastest_first))

    def _search(self, to: Snap, avoid: Avoided) -> _Search:
        """Run once from the destination, which is one more row behind the junctions."""
        graph = self.graph
        weight, inside_m = weights(graph, avoid)
        ends, times = [], []
        a, b = int(graph.segment_a[to.segment]), int(graph.segment_b[to.segment])
        forward, backward = int(graph.forward[to.segment]), int(graph.backward[to.segment])
        if forward >= 0:
            ends.append(a)
            times.append(max(weight[forward] * to.share, MIN_TIME_S))
        if backward >= 0:
            ends.append(b)
            times.append(max(weight[backward] * (1 - to.share), MIN_TIME_S))
        from scipy.sparse import csr_array  # 0.1 s that a start doesn't need
        from scipy.sparse.csgraph import dijkstra

        columns, rows = graph.matrix_index
        count = np.int32(len(columns) + len(ends))
        matrix = csr_array(
            (
                np.append(weight, times),
                np.append(columns, np.array(ends, dtype=np.int32)),
                np.append(rows, count),
            ),
            shape=(graph.size + 1, graph.size + 1),
        )
        distance, onward = dijkstra(  # type: ignore[call-overload] # stubs miss sparse arrays
            matrix, indices=graph.size, return_predecessors=True
        )
        return _Search(to, weight, inside_m, distance, memoryview(onward), avoid)

    def _route(
        self,
        key: str,
        position: LatLon,
        turnout_s: float,
        start: Snap,
        destination: LatLon,
        search: _Search,
    ) -> Route | None:
        leg = self._leg(start, search)
        if leg is None:
            return None
        junctions = self._junctions(leg, search)
        trip = self._measure(leg, junctions, search)
        positions = self.graph.positions
        way = [positions[junction] for junction in junctions]
        head, tail = [position, start.position], [search.to.position, destination]
        off_road = start.off_road_m + search.to.off_road_m
        inside = trip.inside_m
        if search.avoid.area is not None:
            inside += self._inside_m([*head, *way[:1]] if way else [*head, *tail], search.avoid)
            inside += self._inside_m([way[-1], *tail], search.avoid) if way else 0.0
        return Route(
            team_key=key,
            eta_s=turnout_s + trip.time_s + off_road / OFF_ROAD_M_S,
            distance_m=trip.length_m + off_road,
            line=_joined(head, way, tail),
            inside_m=inside,
        )

    def _leg(self, start: Snap, search: _Search) -> _Leg | None:
        """Choose the end of the start's segment to drive to, or the destination itself."""
        graph, segment = self.graph, start.segment
        forward, backward = int(graph.forward[segment]), int(graph.backward[segment])
        options: list[tuple[float, _Leg]] = []
        for edge, end, share in (
            (forward, int(graph.segment_b[segment]), 1 - start.share),
            (backward, int(graph.segment_a[segment]), start.share),
        ):
            if edge >= 0 and np.isfinite(search.distance[end]):
                cost = search.weight[edge] * share + search.distance[end]
                options.append((float(cost), _Leg(end, share, segment, edge)))
        if segment == search.to.segment:
            ahead = search.to.share - start.share
            edge = forward if ahead >= 0 else backward
            if edge >= 0:
                cost = float(search.weight[edge]) * abs(ahead)
                options.append((cost, _Leg(-1, abs(ahead), segment, edge)))
        return min(options, key=lambda option: option[0])[1] if options else None

    def _junctions(self, leg: _Leg, search: _Search) -> list[int]:
        junctions, onward, end = [], search.onward, self.graph.size
        at = end if leg.junction < 0 else leg.junction
        while at != end:
            junctions.append(at)
            at = onward[at]
        return junctions

    def _measure(self, leg: _Leg, junctions: list[int], search: _Search) -> _Trip:
        """Add the true times and lengths up; inside length only between junctions."""
        graph = self.graph
        time = float(graph.time_s[leg.edge]) * leg.share
        length = float(graph.length_m[leg.edge]) * leg.share
        if not junctions:
            return _Trip(time, length, 0.0)
        path = np.array(junctions, dtype=np.int64)
        edges = graph.edge_between(path[:-1], path[1:])
        to = search.to
        from_a = junctions[-1] == graph.segment_a[to.segment]
        last = int((graph.forward if from_a else graph.backward)[to.segment])
        share = to.share if from_a else 1 - to.share
        time += float(graph.time_s[edges].sum()) + float(graph.time_s[last]) * share
        length += float(graph.length_m[edges].sum()) + float(graph.length_m[last]) * share
        return _Trip(time, length, float(search.inside_m[edges].sum()))

    def _inside_m(self, line: Sequence[LatLon], avoid: Avoided) -> float:
        """Return the length [m] of a short line inside the polygons."""
        lat = np.array([p.lat_deg for p in line])
        lon = np.array([p.lon_deg for p in line])
        share = avoid.share_inside(self.graph.plane.project(lat, lon))
        if share == 0.0:
            return 0.0
        return share * sum(distance_m(p, q) for p, q in pairwise(line))

    def _straight(
        self, key: str, position: LatLon, turnout_s: float, destination: LatLon, avoid: Avoided
    ) -> Route:
        distance = distance_m(position, destination)
        return Route(
            team_key=key,
            eta_s=turnout_s + DETOUR * distance / STRAIGHT_M_S,
            distance_m=distance,
            line=(position, destination),
            inside_m=self._inside_m((position, destination), avoid),
            reachable=False,
            approximate=True,
        )


def _fastest_first(route: Route) -> tuple[bool, float, str]:
    return (not route.reachable, route.eta_s or 0.0, route.team_key)


def _joined(head: list[LatLon], way: list[LatLon], tail: list[LatLon]) -> tuple[LatLon, ...]:
    """Join without repeated positions; only the few at the ends can repeat."""
    line: list[LatLon] = []
    for point in head:
        if not line or line[-1] != point:
            line.append(point)
    line += way[1:] if way and line[-1] == way[0] else way
    for point in tail:
        if line[-1] != point:
            line.append(point)
    return tuple(line)
