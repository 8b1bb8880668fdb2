"""ETAs and ways on roads: true times, penalised avoidance, honest fallbacks."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from models.basics import LatLon, Name
from models.dispatch.graph import MIN_TIME_S, build_graph
from models.dispatch.ports import Route
from models.dispatch.travel import OFF_ROAD_M_S, RoadTravelTimes
from models.hazard.ground import circle, distance_m
from models.registry.kinds import Road

_STEP = 0.01


def _at(row: float, column: float) -> LatLon:
    return LatLon(30.0 + row * _STEP, 120.0 + column * _STEP)


def _road(key: str, *line: LatLon, speed: float = 60.0, oneway: str = "") -> Road:
    return Road(key=key, name=Name(en=key), speed_km_h=speed, oneway=oneway, line=line)  # type: ignore[arg-type]


def _grid(n: int = 5, speed: float = 60.0) -> list[Road]:
    rows = [_road(f"r{i}", *(_at(i, j) for j in range(n)), speed=speed) for i in range(n)]
    return rows + [_road(f"c{j}", *(_at(i, j) for i in range(n)), speed=speed) for j in range(n)]


def _one(travel: RoadTravelTimes, start: LatLon, end: LatLon, *avoid: tuple[LatLon, ...]) -> Route:
    [route] = travel.routes([("t", start, 0.0)], end, avoid)
    return route


_GRID = RoadTravelTimes.build(_grid())
places = st.builds(_at, st.floats(-0.5, 4.5), st.floats(-0.5, 4.5))


def test_that_the_time_is_length_over_speed_plus_turnout() -> None:
    route, *_ = _GRID.routes([("t", _at(0, 0), 90.0)], _at(0, 4))
    length = distance_m(_at(0, 0), _at(0, 4))
    assert route.distance_m == pytest.approx(length, rel=1e-6)
    assert route.eta_s == pytest.approx(90.0 + length / (60 / 3.6), rel=1e-6)
    assert route.line[0] == _at(0, 0)
    assert route.line[-1] == _at(0, 4)
    assert (route.reachable, route.approximate, route.inside_m) == (True, False, 0.0)


def test_that_off_road_parts_are_driven_slowly() -> None:
    away = _at(-0.1, 2)
    route = _one(_GRID, away, _at(0, 2))
    assert route.eta_s == pytest.approx(distance_m(away, _at(0, 2)) / OFF_ROAD_M_S, rel=1e-3)


def test_that_routes_come_fastest_first_and_one_per_start() -> None:
    starts = [("far", _at(4, 4), 0.0), ("near", _at(0, 1), 0.0), ("late", _at(0, 1), 5000.0)]
    routes = _GRID.routes(starts, _at(0, 0))
    assert [route.team_key for route in routes] == ["near", "far", "late"]
    assert _GRID.routes([], _at(0, 0)) == ()


def test_that_a_one_way_road_is_driven_its_way_only() -> None:
    loop = [
        _road("out", _at(0, 0), _at(0, 1), oneway="forward"),
        _road("back", _at(0, 0), _at(1, 0), _at(1, 1), _at(0, 1), oneway="backward"),
    ]
    travel = RoadTravelTimes.build(loop)
    there = _one(travel, _at(0, 0), _at(0, 1))
    back = _one(travel, _at(0, 1), _at(0, 0))
    assert back.distance_m > 2.5 * there.distance_m


def test_that_start_and_scene_on_one_road_need_no_junction() -> None:
    travel = RoadTravelTimes.build([_road("a", _at(0, 0), _at(0, 1))])
    route = _one(travel, _at(0, 0.2), _at(0, 0.7))
    assert route.distance_m == pytest.approx(distance_m(_at(0, 0.2), _at(0, 0.7)), rel=1e-4)
    backwards = _one(travel, _at(0, 0.7), _at(0, 0.2))
    assert backwards.eta_s == pytest.approx(route.eta_s)


def test_that_the_way_round_is_taken_against_a_one_way_road() -> None:
    loop = [
        _road("out", _at(0, 0), _at(0, 1), oneway="forward"),
        _road("back", _at(0, 1), _at(1, 1), _at(1, 0), _at(0, 0), oneway="forward"),
    ]
    travel = RoadTravelTimes.build(loop)
    ahead = _one(travel, _at(0, 0.2), _at(0, 0.7))
    around = _one(travel, _at(0, 0.7), _at(0, 0.2))
    assert ahead.distance_m < 600
    assert around.distance_m > 3000


def test_that_an_avoided_polygon_is_driven_around_and_the_rest_counted() -> None:
    ring = circle(_at(0, 2), 300.0)
    direct = _one(_GRID, _at(0, 0), _at(0, 4))
    around = _one(_GRID, _at(0, 0), _at(0, 4), ring)
    assert around.inside_m == 0.0
    assert around.distance_m > direct.distance_m + 1000


def test_that_a_scene_inside_the_polygon_is_still_reached() -> None:
    ring = circle(_at(2, 2), 500.0)
    route = _one(_GRID, _at(0, 0), _at(2, 2), ring)
    assert route.reachable
    assert route.inside_m == pytest.approx(500.0, rel=0.01)
    plain = _one(_GRID, _at(0, 0), _at(2, 2))
    assert route.eta_s == pytest.approx(plain.eta_s, rel=0.01)


def test_that_everything_inside_is_wholly_inside() -> None:
    route = _one(_GRID, _at(1.1, 1), _at(1.6, 1), circle(_at(1, 1), 3000.0))
    assert route.inside_m == pytest.approx(route.distance_m, rel=1e-3)
    assert _one(_GRID, _at(1, 1), _at(1, 1), circle(_at(1, 1), 3000.0)).distance_m < 1e-6


@given(places, places, places, st.floats(50, 2500))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_that_no_way_beats_the_straight_line_and_avoiding_never_shortens(
    start: LatLon, end: LatLon, centre: LatLon, radius: float
) -> None:
    plain, around = _one(_GRID, start, end), _one(_GRID, start, end, circle(centre, radius))
    straight = distance_m(start, end)
    assert plain.distance_m >= straight * 0.9999 - 0.1
    assert (plain.eta_s or 0) >= straight / (60 / 3.6) * 0.9999 - 0.1
    assert (around.eta_s or 0) >= (plain.eta_s or 0) - 1e-6
    assert 0 <= around.inside_m <= around.distance_m * 1.0001


@given(places, places)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_that_two_way_roads_take_as_long_both_ways(start: LatLon, end: LatLon) -> None:
    assert _one(_GRID, start, end).eta_s == pytest.approx(_one(_GRID, end, start).eta_s)


def test_that_the_search_agrees_with_a_forward_run_on_a_random_graph() -> None:
    rng = np.random.default_rng(3)
    spots = [_at(float(a), float(b)) for a, b in rng.uniform(0, 5, (40, 2))]
    pairs = [tuple(rng.choice(40, 2, replace=False)) for _ in range(110)]
    roads = [
        _road(str(i), spots[a], spots[b], speed=float(rng.uniform(20, 100)), oneway=way)
        for i, ((a, b), way) in enumerate(zip(pairs, itertools.cycle(("", "forward", "backward"))))
    ]
    travel = RoadTravelTimes.build(roads)
    graph = travel.graph
    forward = csr_array((graph.time_s, (graph.tail, graph.head)), shape=(graph.size, graph.size))
    main = np.unique(graph.segment_a[graph.main])
    times = dijkstra(forward, indices=main)
    scene = int(main[0])
    starts = [(str(j), graph.positions[j], 0.0) for j in main.tolist()]
    for route in travel.routes(starts, graph.positions[scene]):
        row = int(np.flatnonzero(main == int(route.team_key))[0])
        # A corner snaps onto the end of a road, which may be one-way: never faster than exact.
        assert route.eta_s is not None
        assert route.eta_s >= times[row, scene] - 1e-6


def test_that_a_cut_off_start_gets_a_straight_line_marked_approximate() -> None:
    island = [_road("i", _at(20, 20), _at(20, 21))]
    travel = RoadTravelTimes.build(_grid() + island)
    on_land, on_island = travel.routes(
        [("island", _at(20, 20.5), 0.0), ("land", _at(4, 4), 0.0)],
        _at(0, 0),
        [circle(_at(0, 0), 400.0)],
    )
    assert (on_land.team_key, on_land.reachable) == ("land", True)
    assert (on_island.reachable, on_island.approximate) == (False, True)
    assert on_island.line == (_at(20, 20.5), _at(0, 0))
    assert on_island.inside_m == pytest.approx(400.0, rel=0.02)


def test_that_no_roads_or_none_near_give_straight_lines() -> None:
    nowhere = RoadTravelTimes.build([_road("dot", _at(0, 0))])
    nowhere.warm()
    route = _one(nowhere, _at(0, 0), _at(1, 1), circle(_at(1, 1), 100.0))
    assert (route.reachable, route.approximate) == (False, True)
    assert route.inside_m == pytest.approx(100.0, rel=0.1)
    assert not _one(_GRID, _at(0, 0), _at(50, 50)).reachable
    assert not _one(_GRID, _at(50, 50), _at(0, 0)).reachable


def test_that_a_stub_that_leads_nowhere_isnt_snapped_to() -> None:
    stub = [_road("yard", _at(0.05, 2.0), _at(0.05, 2.01), speed=10.0)]
    route = _one(RoadTravelTimes.build(_grid() + stub), _at(0.05, 2.005), _at(0, 4))
    assert route.reachable


def test_that_an_edge_of_no_length_keeps_a_weight() -> None:
    near = LatLon(30.0, 120.0 + 3e-7)
    graph = build_graph([_road("a", _at(0, 0), near, _at(0, 1), speed=1e6), _road("b", near, near)])
    assert graph.size == 3
    assert graph.time_s.min() >= MIN_TIME_S


def test_that_of_two_roads_between_junctions_the_faster_counts() -> None:
    slow, fast = (
        _road("s", _at(0, 0), _at(0, 1), speed=30),
        _road("f", _at(0, 1), _at(0, 0), speed=90),
    )
    both = RoadTravelTimes.build([slow, fast])
    assert len(both.graph.head) == 2
    expected = distance_m(_at(0, 0), _at(0, 1)) / (90 / 3.6)
    assert _one(both, _at(0, 0), _at(0, 1)).eta_s == pytest.approx(expected, rel=1e-4)


def test_that_an_unknown_speed_counts_as_30_km_h() -> None:
    travel = RoadTravelTimes.build([_road("a", _at(0, 0), _at(0, 1), speed=0.0)])
    expected = distance_m(_at(0, 0), _at(0, 1)) / (30 / 3.6)
    assert _one(travel, _at(0, 0), _at(0, 1)).eta_s == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("turnout", [-1.0, float("nan"), float("inf")])
def test_that_a_senseless_turnout_is_refused(turnout: float) -> None:
    with pytest.raises(ValueError, match="turnout_s of t"):
        _GRID.routes([("t", _at(0, 0), turnout)], _at(1, 1))


def test_that_a_ring_of_two_points_is_refused() -> None:
    with pytest.raises(ValueError, match="three positions"):
        _one(_GRID, _at(0, 0), _at(1, 1), (_at(0, 0), _at(1, 1), _at(0, 0)))


def test_that_a_kept_graph_loads_without_asking_for_roads(tmp_path: Path) -> None:
    def refuse() -> list[Road]:
        raise AssertionError("the rows were asked for")

    first = RoadTravelTimes.cached(tmp_path / "graphs", "rev-1", _grid)
    again = RoadTravelTimes.cached(tmp_path / "graphs", "rev-1", refuse)
    again.warm()
    assert _one(again, _at(0, 0), _at(3, 3)) == _one(first, _at(0, 0), _at(3, 3))
    assert [path.suffix for path in (tmp_path / "graphs").iterdir()] == [".npz"]


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x03\x04"])
def test_that_a_damaged_file_is_built_anew(tmp_path: Path, content: bytes) -> None:
    RoadTravelTimes.cached(tmp_path, "a", _grid)
    [file] = tmp_path.iterdir()
    file.write_bytes(content)
    assert RoadTravelTimes.cached(tmp_path, "a", _grid).graph.size == 25
    assert RoadTravelTimes.cached(tmp_path, "a", list).graph.size == 25


def test_that_a_key_that_could_leave_the_folder_is_refused(tmp_path: Path) -> None:
    for key in ("", "../x", "a/b"):
        with pytest.raises(ValueError, match="key"):
            RoadTravelTimes.cached(tmp_path, key, _grid)


@pytest.mark.parametrize("oneway", ["forward", "backward"])
def test_that_a_lone_one_way_road_is_used_its_way(oneway: str) -> None:
    travel = RoadTravelTimes.build([_road("a", _at(0, 0), _at(0, 1), _at(0, 2), oneway=oneway)])
    with_it, against = _at(0, 0.5), _at(0, 1.5)
    if oneway == "backward":
        with_it, against = against, with_it
    assert _one(travel, with_it, against).reachable
    assert not _one(travel, against, with_it).reachable
