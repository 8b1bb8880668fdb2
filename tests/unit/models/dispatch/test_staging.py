"""Staging lies upwind, outside the outer contour, on a road that a team can reach."""

import pytest
from shapely import Point, Polygon

from models.basics import LatLon, Name, Wind
from models.dispatch.staging import MARGIN_M, find_staging, outer_rings
from models.dispatch.travel import RoadTravelTimes
from models.hazard.ground import circle, distance_m, to_wind_axes
from models.hazard.ports import Release, ZoneLevel, ZoneResult
from models.hazard.zone_model import GaussianPlumeModel
from models.registry.kinds import Road

_SCENE = LatLon(30.02, 120.02)


def _grid() -> RoadTravelTimes:
    def line(points: list[tuple[float, float]]) -> tuple[LatLon, ...]:
        return tuple(LatLon(30.0 + a * 0.004, 120.0 + b * 0.004) for a, b in points)

    ways = [line([(i, j) for j in range(11)]) for i in range(11)]
    ways += [line([(i, j) for i in range(11)]) for j in range(11)]
    return RoadTravelTimes.build(
        Road(key=str(k), name=Name(en=str(k)), speed_km_h=50.0, line=way)
        for k, way in enumerate(ways)
    )


_ROADS = _grid()
_STARTS = [("t", LatLon(30.0, 120.0), 60.0)]


def _wind(from_deg: float, speed: float = 4.0) -> Wind:
    return Wind(from_deg=from_deg, speed_m_s=speed, stability="D")


def _zone(wind: Wind, rate: float = 1.0) -> ZoneResult:
    release = Release(position=_SCENE, substance="ammonia", release_kg_s=rate)
    return GaussianPlumeModel().zone(release, wind, (), "rural")


def _disc(radius_m: float) -> ZoneResult:
    level = ZoneLevel(
        key="x", label=Name(en="x"), severity=1, threshold=1.0, unit="m",
        rings=(circle(_SCENE, radius_m),), reach_m=radius_m,
    )  # fmt: skip
    return ZoneResult(kind="drawn", model="hand", model_version="1", origin=_SCENE, levels=(level,))


@pytest.mark.parametrize("from_deg", range(0, 360, 30))
def test_that_staging_is_upwind_and_outside_every_level(from_deg: int) -> None:
    wind = _wind(float(from_deg))
    zone = _zone(wind)
    staging = find_staging(_ROADS, _SCENE, wind, _STARTS, [zone])
    assert staging is not None
    [x], _ = to_wind_axes(_SCENE, [staging.position], wind.from_deg)
    assert x < 0
    assert staging.off_upwind_deg is not None
    assert staging.off_upwind_deg <= 45
    for ring in outer_rings([zone]):
        shape = Polygon([(p.lon_deg, p.lat_deg) for p in ring])
        assert not shape.covers(Point(staging.position.lon_deg, staging.position.lat_deg))
    assert staging.distance_m >= 200
    assert staging.routes[0].reachable
    assert staging.routes[0].inside_m == 0


def test_that_staging_keeps_its_margin_from_a_zone_all_around() -> None:
    staging = find_staging(_ROADS, _SCENE, _wind(0.0), _STARTS, [_disc(900.0)])
    assert staging is not None
    assert distance_m(_SCENE, staging.position) > 900 + MARGIN_M * 0.98


def test_that_a_wish_for_distance_is_kept() -> None:
    staging = find_staging(_ROADS, _SCENE, _wind(0.0), _STARTS, [], min_distance_m=1500.0)
    assert staging is not None
    assert staging.distance_m >= 1500


@pytest.mark.parametrize("wind", [None, _wind(0.0, 0.1)])
def test_that_without_a_wind_no_side_is_upwind(wind: Wind | None) -> None:
    staging = find_staging(_ROADS, _SCENE, wind, _STARTS, [_disc(500.0)])
    assert staging is not None
    assert staging.off_upwind_deg is None


def test_that_the_wider_sector_is_taken_before_giving_up() -> None:
    corner = LatLon(30.0, 120.0)  # the roads lie north and east
    staging = find_staging(_ROADS, corner, _wind(290.0), _STARTS, [])
    assert staging is not None
    assert staging.off_upwind_deg is not None
    assert 45 < staging.off_upwind_deg <= 90


def test_that_there_is_none_where_no_place_or_no_way_is_left() -> None:
    assert find_staging(_ROADS, _SCENE, _wind(0.0), _STARTS, [_disc(20_000.0)]) is None
    assert find_staging(_ROADS, _SCENE, _wind(0.0), [], []) is None
    assert find_staging(RoadTravelTimes.build([]), _SCENE, None, _STARTS, []) is None
    far = [("far", LatLon(40.0, 100.0), 0.0)]
    assert find_staging(_ROADS, _SCENE, _wind(0.0), far, []) is None


def test_that_never_a_downwind_place_is_taken() -> None:
    corner = LatLon(30.0, 120.0)
    assert find_staging(_ROADS, corner, _wind(225.0), _STARTS, []) is None
