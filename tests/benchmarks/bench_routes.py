"""ETAs and ways of 12 teams that avoid a polygon, against the bare scipy Dijkstra."""

import os
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from models.basics import LatLon, Name
from models.dispatch.travel import RoadTravelTimes
from models.hazard.ground import circle
from models.registry.kinds import Road
from tests.benchmarks.osm_roads import read_roads
from tests.benchmarks.ratio import Row, best_ratio

_TEAMS = 12
_BAR = 2.0
_ROUNDS = 9
# An OSM file of about 156,000 directed edges; without it a made lattice of that size is run.
_FILE = "MUSTER_BENCH_ROADS"


def rows() -> list[Row]:
    """Measure."""
    file = os.environ.get(_FILE)
    travel = RoadTravelTimes.build(read_roads(Path(file)) if file else _lattice())
    travel.warm()
    graph = travel.graph
    rng = np.random.default_rng(1)
    junctions = np.unique(graph.segment_a[graph.main])
    middle = np.median(graph.xy[junctions], axis=0)
    scene_at = int(junctions[np.hypot(*(graph.xy[junctions] - middle).T).argmin()])
    scene = graph.positions[scene_at]
    bases = rng.choice(junctions, _TEAMS, replace=False).tolist()
    starts = [(str(j), graph.positions[j], 60.0) for j in bases]
    ring = circle(scene, 2000.0)
    columns, pointer = graph.matrix_index
    matrix = csr_array((graph.time_s, columns, pointer), shape=(graph.size, graph.size))
    ratio = best_ratio(
        lambda: travel.routes(starts, scene, [ring]),
        lambda: dijkstra(matrix, indices=scene_at),
        rounds=_ROUNDS,
    )
    note = f"{len(graph.head)} edges, {Path(file).name if file else 'made lattice'}"
    return [Row("ETAs of 12 teams avoiding a polygon", ratio, _BAR, note=note)]


def _lattice(side: int = 200) -> list[Road]:
    """Return a lattice with uneven speeds, about 159,000 directed edges."""
    rng = np.random.default_rng(0)
    speeds = rng.choice([30.0, 50.0, 70.0, 100.0], (2, side)).tolist()

    def line(fixed: int, *, east: bool) -> tuple[LatLon, ...]:
        pairs = [(fixed, j) if east else (j, fixed) for j in range(side)]
        return tuple(LatLon(52.0 + i * 0.003, 10.0 + j * 0.005) for i, j in pairs)

    return [
        Road(
            key=f"{east}{k}",
            name=Name(en=f"{east}{k}"),
            speed_km_h=speeds[east][k],
            line=line(k, east=bool(east)),
        )
        for east in (0, 1)
        for k in range(side)
    ]
