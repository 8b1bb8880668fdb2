"""Rural or urban, derived from the buildings on record."""

import math

import pytest

from models.basics import LatLon
from models.hazard.terrain import BuiltUp, Terrain, derived_terrain

HERE = LatLon(32.0, 118.0)
M_PER_DEG = 111_195.0


def block(east_m: float, north_m: float, side_m: float) -> tuple[LatLon, ...]:
    """Return a square outline whose centre lies east and north of HERE."""
    half = side_m / 2
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    across = M_PER_DEG * math.cos(math.radians(HERE.lat_deg))
    return tuple(
        LatLon(HERE.lat_deg + (north_m + y) / M_PER_DEG, HERE.lon_deg + (east_m + x) / across)
        for x, y in corners
    )


def test_that_the_share_of_roofs_is_their_area_over_the_circle() -> None:
    built = BuiltUp([block(0, 0, 100), block(400, 0, 200), block(1500, 0, 300), block(0, 0, 9)[:2]])
    share, count = built.share(HERE, 1000.0)
    assert (len(built), count) == (3, 2)
    assert share == pytest.approx(50_000 / (math.pi * 1e6), rel=0.002)


def test_that_a_closed_ring_and_the_other_direction_have_the_same_area() -> None:
    ring = block(0, 0, 100)
    closed = (*ring, ring[0])
    for each in (ring[::-1], closed):
        assert BuiltUp([each]).share(HERE, 1000.0)[0] == pytest.approx(
            1e4 / (math.pi * 1e6), rel=0.01
        )


@pytest.mark.parametrize(("side_m", "name"), [(80.0, "rural"), (100.0, "urban")])
def test_that_dense_building_is_urban(side_m: float, name: str) -> None:
    grid = [block(x, y, side_m) for x in range(-900, 1000, 200) for y in range(-900, 1000, 200)]
    found = derived_terrain(HERE, BuiltUp(grid))
    assert found.name == name
    kind, percent, radius = found.source.split(":")
    assert (kind, radius, found.assumed) == ("buildings", "1000", False)
    assert (int(percent) >= 20) == (name == "urban")


def test_that_without_buildings_the_longer_zone_is_assumed() -> None:
    far = BuiltUp([block(5000, 0, 100)])
    for built in (BuiltUp([]), far):
        assert derived_terrain(HERE, built) == Terrain(
            name="rural", source="no_buildings", assumed=True
        )
