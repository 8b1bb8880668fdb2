"""Ground of the park: river, roads, shapes, points, buildings."""

import math
from itertools import pairwise
from typing import Any

from app.demo.grid import Grid, chance, circle, rectangle
from app.demo.tables import bilingual, load_table
from models.basics import Name
from models.registry.kinds import Building, Feature, Road

SOURCE = "demonstration generator"
_ROUND = {"tank": 16.0, "pressure_tank": 8.0, "sphere": 11.0, "gasholder": 15.0}
_BOX = {
    "bay": (64.0, 46.0),
    "rack": (70.0, 8.0),
    "loading": (50.0, 16.0),
    "pump": (40.0, 14.0),
    "electrolyser": (78.0, 44.0),
    "compressor": (36.0, 22.0),
    "column": (16.0, 16.0),
    "pit": (40.0, 24.0),
    "vaporiser": (22.0, 14.0),
    "filling": (44.0, 24.0),
}
_CLEAR_OF_ROAD_M = 18.0


def footprint_of(kind: str, x_m: float, y_m: float) -> list[tuple[float, float]]:
    """Return the outline of a piece of equipment [local m]."""
    if kind in _ROUND:
        return circle(x_m, y_m, _ROUND[kind])
    return rectangle(x_m, y_m, *_BOX.get(kind, (38.0, 26.0)))


def slots(cells: list[list[int]]) -> list[tuple[float, float]]:
    """Return the building slots of a plot [local m], 4 x 3 per street cell, row by row."""
    layout = load_table("layout")
    columns, rows = layout["columns"], layout["rows"]
    found = []
    for column, row in cells:
        left, bottom = columns[column], rows[row]
        width = columns[column + 1] - left
        height = rows[row + 1] - bottom
        for j in range(3):
            for i in range(4):
                x = left + 60 + (width - 120) * i / 3
                y = bottom + 65 + (height - 130) * j / 2
                found.append((round(x, 1), round(y, 1)))
    return found


def features(grid: Grid) -> tuple[Feature, ...]:
    """Return river, gates, ponds, racks, masts, shelters, hydrants and other things drawn."""
    layout = load_table("layout")
    river = layout["river"]
    ring = river["north_bank"] + river["south_bank"][::-1]
    rows = [
        Feature(
            key="RIVER",
            name=bilingual(river["name"]),
            type="river",
            line=grid.ring(ring),
            closed=True,
            position=grid.at(1800, -370),
            source=SOURCE,
            fictitious=True,
        )
    ]
    for key, kind, zh, en, x, y in layout["point"]["feature"]:
        rows.append(_point(grid, key, kind, Name(zh=zh, en=en), x, y))
    for key, kind, closed, zh, en, points in layout["shape"]["feature"]:
        rows.append(_shape(grid, key, kind, Name(zh=zh, en=en), points, closed=closed))
    return (*rows, *_hydrants(grid, layout))


def _point(grid: Grid, key: str, kind: str, name: Name, x: float, y: float) -> Feature:
    return Feature(
        key=key, type=kind, name=name, position=grid.at(x, y), source=SOURCE, fictitious=True
    )


def _shape(
    grid: Grid, key: str, kind: str, name: Name, points: list[list[float]], *, closed: bool
) -> Feature:
    middle_x = sum(p[0] for p in points) / len(points)
    middle_y = sum(p[1] for p in points) / len(points)
    return Feature(
        key=key,
        type=kind,
        name=name,
        line=grid.ring(points) if closed else grid.line(points),
        closed=closed,
        position=grid.at(middle_x, middle_y),
        source=SOURCE,
        fictitious=True,
    )


def _hydrants(grid: Grid, layout: dict[str, Any]) -> list[Feature]:
    """Return hydrants along the east-west streets, one per street cell."""
    found: list[Feature] = []
    for street in layout["grid"]["street"]:
        if street[5] != "h":
            continue
        for left, right in pairwise(layout["columns"]):
            number = len(found) + 1
            name = Name(zh=f"消火栓 {number}", en=f"Hydrant {number}")
            x, y = (left + right) / 2, street[6] + 8
            found.append(_point(grid, f"HYD-{number:02d}", "hydrant", name, x, y))
    return found


def roads(grid: Grid) -> tuple[Road, ...]:
    """Return all roads cut at their junctions, so that ways meet only at their ends."""
    layout = load_table("layout")
    lines: list[tuple[list[Any], list[list[float]]]] = []
    for street in layout["grid"]["street"]:
        cuts = layout["columns"] if street[5] == "h" else layout["rows"]
        points = [[c, street[6]] if street[5] == "h" else [street[6], c] for c in cuts]
        lines.append((street, points))
    lines += [(road, road[5]) for road in layout["outside"]["road"]]
    uses: dict[tuple[float, float], int] = {}
    for _, points in lines:
        for point in points:
            uses[point[0], point[1]] = uses.get((point[0], point[1]), 0) + 1
    rows: list[Road] = []
    for record, points in lines:
        rows += _cut(grid, record, points, uses)
    return tuple(rows)


def _cut(
    grid: Grid,
    record: list[Any],
    points: list[list[float]],
    uses: dict[tuple[float, float], int],
) -> list[Road]:
    rows: list[Road] = []
    piece = [points[0]]
    for point in points[1:]:
        piece.append(point)
        if uses[point[0], point[1]] > 1 or point is points[-1]:
            rows.append(
                Road(
                    key=f"{record[0]}-{len(rows) + 1:02d}",
                    name=Name(zh=record[1], en=record[2]),
                    road_class=record[3],
                    speed_km_h=float(record[4]),
                    line=grid.line(piece),
                    source=SOURCE,
                    fictitious=True,
                )
            )
            piece = [point]
    return rows


def settlement_buildings(seed: str, grid: Grid) -> tuple[Building, ...]:
    """Return houses of the village and the hamlets, clear of the roads."""
    ways = [road[5] for road in load_table("layout")["outside"]["road"]]
    rows: list[Building] = []
    places = [("云畔村", "Yunpan village", 3960, 2215, 7, 4), ("柳浦", "Liupu", 5560, 1880, 5, 3)]
    places.append(("渡口村", "Ferry village", 2600, -1150, 6, 3))
    for zh, en, x0, y0, across, up in places:
        for k in range(across * up):
            shift = 10 * chance(seed, en, k)
            x = x0 + (k % across - across / 2) * 44 + shift
            y = y0 + (k // across - up / 2) * 46 + shift / 2
            if any(_near(x, y, a, b) for way in ways for a, b in pairwise(way)):
                continue
            name = Name(zh=f"{zh} {k + 1} 号", en=f"{en} {k + 1}")
            ring = rectangle(x, y, 16 + shift, 12)
            rows.append(_building(grid, f"B-V{len(rows) + 1:03d}", name, "house", ring))
    return tuple(rows)


def civic_buildings(grid: Grid) -> tuple[Building, ...]:
    """Return the buildings that stand for themselves: stations, hospital, school."""
    rows = load_table("layout")["civic"]["building"]
    return tuple(
        _building(grid, f"B-C{k + 1:02d}", Name(zh=zh, en=en), kind, rectangle(x, y, wide, deep))
        for k, (zh, en, kind, x, y, wide, deep) in enumerate(rows)
    )


def _near(x: float, y: float, a: list[float], b: list[float]) -> bool:
    """Return whether a point lies within a house's breadth of a road segment."""
    along_x, along_y = b[0] - a[0], b[1] - a[1]
    share = ((x - a[0]) * along_x + (y - a[1]) * along_y) / (along_x**2 + along_y**2)
    share = min(max(share, 0.0), 1.0)
    return math.dist((x, y), (a[0] + share * along_x, a[1] + share * along_y)) < _CLEAR_OF_ROAD_M


def _building(
    grid: Grid, key: str, name: Name, kind: str, outline: list[tuple[float, float]]
) -> Building:
    middle_x = sum(p[0] for p in outline) / len(outline)
    middle_y = sum(p[1] for p in outline) / len(outline)
    return Building(
        key=key,
        name=name,
        type=kind,
        ring=grid.ring(outline),
        position=grid.at(middle_x, middle_y),
        source=SOURCE,
        fictitious=True,
    )
