"""Who a zone names inside is who an independent count by geopandas finds in its outlines.

Real people and buildings where `../shared/data` is there, a seeded crowd everywhere.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from models.basics import LatLon, Name, Wind
from models.hazard.ports import Exposed, Release, ZoneResult
from models.hazard.registry import models

DATA = Path(__file__).resolve().parents[4] / "shared/data/geo"
PORTO_ALEGRE = LatLon(-30.03, -51.20)
BALTIMORE = LatLon(39.285, -76.56)
# the outline is drawn by chords: what lies so near to it may fall on either side
_EDGE_M = 15.0


def crowd(centre: LatLon, count: int = 1500) -> tuple[Exposed, ...]:
    random = np.random.default_rng(7)
    lat = centre.lat_deg + random.uniform(-0.05, 0.05, count)
    lon = centre.lon_deg + random.uniform(-0.06, 0.06, count)
    people = random.integers(0, 900, count)
    return exposed(lat, lon, people)


def exposed(lat: np.ndarray, lon: np.ndarray, people: np.ndarray) -> tuple[Exposed, ...]:
    rows = zip(lat.tolist(), lon.tolist(), people.tolist(), strict=True)
    return tuple(
        Exposed(
            key=f"R{n}", name=Name(en=f"R{n}"), type="housing", position=LatLon(*place),
            people=count,
        )
        for n, (*place, count) in enumerate(rows)
    )  # fmt: skip


def porto_alegre() -> tuple[Exposed, ...]:
    cells = gpd.read_file(DATA / "population/porto_alegre_hexgrid.csv")
    return exposed(
        cells["lat"].astype(float).to_numpy(), cells["lon"].astype(float).to_numpy(),
        cells["population"].astype(float).astype(int).to_numpy(),
    )  # fmt: skip


def baltimore() -> tuple[Exposed, ...]:
    """Every building and named place of the extract; nobody knows how many people are in it."""
    shapes = gpd.read_file(DATA / "roads/baltimore.osm.pbf", layer="multipolygons")
    inner = shapes.geometry.representative_point()
    return exposed(inner.y.to_numpy(), inner.x.to_numpy(), np.arange(len(inner)) % 50)


def outlines(zone: ZoneResult, key: str) -> BaseGeometry:
    """Return the ground of a level in degrees."""
    (level,) = (each for each in zone.levels if each.key == key)
    rings = [shapely.Polygon([(at.lon_deg, at.lat_deg) for at in ring]) for ring in level.rings]
    return shapely.union_all([ring.buffer(0) for ring in rings])


def counted(
    zone: ZoneResult, receptors: tuple[Exposed, ...]
) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """Return people by key as the model and as geopandas tell, and who stands on the edge."""
    frame = gpd.GeoDataFrame(
        {"key": [each.key for each in receptors], "people": [each.people for each in receptors]},
        geometry=gpd.points_from_xy(
            [each.position.lon_deg for each in receptors],
            [each.position.lat_deg for each in receptors],
        ),
        crs=4326,
    )  # fmt: skip
    area = gpd.GeoDataFrame(
        geometry=[shapely.union_all([outlines(zone, level.key) for level in zone.levels])],
        crs=4326,
    )  # fmt: skip
    metric = frame.estimate_utm_crs()
    frame, area = frame.to_crs(metric), area.to_crs(metric)
    inside = gpd.sjoin(frame, area, predicate="within")
    distance_m = frame.distance(area.geometry.iloc[0].boundary)
    on_edge = set(frame.loc[distance_m < _EDGE_M, "key"])
    by_geopandas = dict(zip(inside["key"], inside["people"], strict=True))
    by_model = {hit.receptor_key: int(hit.people or 0) for hit in zone.receptors}
    return by_model, by_geopandas, on_edge


@pytest.mark.parametrize("model", list(models()))
@pytest.mark.parametrize("from_deg", [10.0, 117.0, 235.0])
@pytest.mark.parametrize("place", ["made up", "Porto Alegre", "Baltimore"])
def test_that_the_receptors_of_a_zone_are_those_that_geopandas_finds(
    model: str, from_deg: float, place: str
) -> None:
    centre = BALTIMORE if place == "Baltimore" else PORTO_ALEGRE
    real = {"Porto Alegre": porto_alegre, "Baltimore": baltimore}
    receptors = real[place]() if place in real and DATA.exists() else crowd(centre)
    release = Release(
        position=centre, substance="chlorine", cas="7782-50-5", release_kg_s=3.0, height_m=1.0
    )
    wind = Wind(speed_m_s=3.0, from_deg=from_deg, stability="D", height_m=10.0)
    zone = models()[model].zone(release, wind, receptors, "rural")
    by_model, by_geopandas, on_edge = counted(zone, receptors)
    differ = by_model.items() ^ by_geopandas.items()
    assert {key for key, _ in differ} <= on_edge
    sure = by_geopandas.keys() - on_edge
    assert len(sure) >= 5, "somebody is inside, or this compares nothing with nothing"
    assert sum(by_model[key] for key in sure) == sum(by_geopandas[key] for key in sure)
