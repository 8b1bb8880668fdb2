"""What lies inside a polygon, of 100,000 points: small, large, with many corners, with holes."""

import numpy as np
import shapely

from maps.areas import Area, circle_area, polygon_area
from maps.catalogue import STYLES
from maps.drawing import MapObject, PointSet
from maps.geometry import to_world
from maps.inside import InsideQuery
from models.basics import LatLon, Name
from models.registry.kinds import Receptor, Record
from tests.benchmarks.ratio import Row, seconds

_POINTS = 100_000
_BAR_S = 0.02
_ROUNDS = 9


class _Rows:
    def __init__(self, rows: dict[str, Receptor]) -> None:
        self._rows = rows

    def get(self, kind: str, key: str) -> Record | None:
        """Return a receptor."""
        return self._rows.get(key) if kind == Receptor.KIND else None


def rows() -> list[Row]:
    """Measure."""
    points, query = _points()
    found = []
    for name, area in _areas().items():
        inside = query.inside(area)
        bare = shapely.contains_xy(area.shape, points.x.astype(float), points.y.astype(float))
        if len(inside.objects) != int(bare.sum()):
            raise AssertionError(f"{name}: {len(inside.objects)} inside, {bare.sum()} in truth")
        took_s = min(seconds(lambda area=area: query.inside(area)) for _ in range(_ROUNDS))
        note = f"{len(inside.objects):,} inside, {shapely.get_num_coordinates(area.shape)} corners"
        found.append(Row(f"inside {name}, of 100,000", took_s, _BAR_S, unit="s", note=note))
    return found


def _points() -> tuple[PointSet, InsideQuery]:
    random = np.random.default_rng(2)
    towns = random.uniform((31.0, 118.0), (33.0, 120.0), (60, 2))
    places = towns[random.integers(0, 60, _POINTS)] + random.normal(0, 0.06, (_POINTS, 2))
    keys = [f"R-{n}" for n in range(_POINTS)]
    receptors = {
        key: Receptor(key=key, name=Name(en=key), people_day=n % 50 if n % 7 else None)
        for n, key in enumerate(keys)
    }
    x, y = to_world(places[:, 0], places[:, 1])
    kinds = (Receptor.KIND, "enterprises", "materials")
    objects = tuple(MapObject(kinds[n % 3], key) for n, key in enumerate(keys))
    style = np.full(_POINTS, STYLES.index("enterprise"), np.uint8)
    points = PointSet(x, y, style, (), objects, tuple(keys))
    return points, InsideQuery(points, _Rows(receptors))


def _areas() -> dict[str, Area]:
    angle = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    reach = 0.7 + 0.15 * np.sin(23 * angle)
    jagged = [
        LatLon(float(a), float(b))
        for a, b in zip(32 + reach * np.sin(angle), 119 + reach * np.cos(angle), strict=True)
    ]
    everything = [LatLon(30, 117), LatLon(30, 121), LatLon(34, 121), LatLon(34, 117)]
    return {
        "a circle of 5 km": circle_area(LatLon(32.0, 119.0), 5_000.0),
        "a circle of 60 km": circle_area(LatLon(32.0, 119.0), 60_000.0),
        "2,000 corners": polygon_area(jagged),
        "everything but a hole": polygon_area(everything, [jagged]),
    }
