"""An OpenStreetMap extract as features of the base map."""

import re
from collections import defaultdict
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from maps.tiles.coast import sea_and_land
from maps.tiles.gdal import Layer, declared_box, read_layer, readable
from maps.tiles.grid import fractions
from maps.tiles.table import NAMELESS, FeatureTable, Geometries, Kind, Names, load_classes

_SUFFIX = re.compile(r"\.(pbf|osm|osm\.xml)(\.gz|\.bz2)?$", re.IGNORECASE)
_LAYERS: tuple[tuple[str, Kind], ...] = (
    ("multipolygons", "area"), ("lines", "line"), ("points", "point"),
)  # fmt: skip
_TUNNELS = {"yes", "building_passage", "avalanche_protector"}
# ways of the same road meet end to end: as one line they take one label, not ten
_JOINED = ("road.", "river", "rail")

Tell = Callable[[float], None]


def is_osm(path: Path) -> bool:
    """Whether a file's name says that it is OpenStreetMap data.

    Examples
    --------
    >>> is_osm(Path("town.osm.bz2")), is_osm(Path("town.gpkg"))
    (True, False)
    """
    return _SUFFIX.search(path.name) is not None


def read_osm(path: Path, tell: Tell) -> FeatureTable:
    """Return what the base map draws of an extract.

    Parameters
    ----------
    path : Path
        `.osm.pbf`, `.osm`, `.osm.gz` or `.osm.bz2`.
    tell : callable
        Hears the share that is read [0…1].

    Raises
    ------
    TileFileError
        When the file can't be read.

    Notes
    -----
    Areas whose ring isn't whole in the extract are lost: GDAL can't assemble them, nor can anybody
    without the missing ways. Coastlines are made into sea and land where they allow it.
    """
    table = FeatureTable()
    rules_file = Path(str(files("resources"))) / "basemap" / "osmconf.ini"
    coast: list[Any] = []
    with readable(path) as source:
        for step, (name, kind) in enumerate(_LAYERS):
            layer = read_layer(
                source, name, path.name, INTERLEAVED_READING="NO", CONFIG_FILE=str(rules_file)
            )
            table.lacks("areas_incomplete", layer.remarks if kind == "area" else 0)
            layer = Layer(name, layer.columns, projected(layer.geometries), None)
            if kind == "line":
                is_coast = layer.columns["natural"] == "coastline"
                coast = list(layer.geometries[is_coast])
            sort_layer(layer, kind, table)
            tell((step + 1) / len(_LAYERS))
        box = declared_box(source)
    sea_and_land(coast, None if box is None else _box_fractions(box), table)
    return table


def sort_layer(layer: Layer, kind: Kind, table: FeatureTable) -> int:
    """Put a layer's features into `table` by their tags; return how many have a class."""
    rules = load_classes()
    keys = [key for key in rules.keys(kind) if key in layer.columns]
    count = len(layer.geometries)
    rows: dict[str, list[int]] = defaultdict(list)
    tunnels = layer.columns.get("tunnel", [None] * count)
    tags = [layer.columns[key] for key in keys]
    for row in range(count):
        found = rules.classify(
            kind, {key: column[row] for key, column in zip(keys, tags, strict=True)}
        )
        if found and kind == "line" and tunnels[row] in _TUNNELS:
            found = "tunnel" if found.startswith(("road.", "rail")) else ""
        if found:
            rows[found].append(row)
    for found, chosen in rows.items():
        names = [_names(layer.columns, row) for row in chosen]
        shapes = layer.geometries[chosen]
        if found.startswith(_JOINED):
            shapes, names = _joined(shapes, names)
        table.add(found, shapes, names)
    return sum(map(len, rows.values()))


def projected(geometries: Geometries) -> Geometries:
    """Return geometries given in WGS 84 degrees in fractions of the world."""

    def project(points: np.ndarray) -> np.ndarray:
        x, y = fractions(points[:, 1], points[:, 0])
        return np.column_stack([x, y])

    made: Geometries = shapely.transform(geometries, project)
    return made


def _box_fractions(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    x, y = fractions([north, south], [west, east])
    return float(x[0]), float(y[0]), float(x[1]), float(y[1])


def _names(columns: dict[str, Any], row: int) -> Names:
    """Return the names of a row; a road without one goes by its number."""

    def text(key: str) -> str:
        return str(columns[key][row] or "").strip() if key in columns else ""

    local = text("name") or text("ref")
    names = Names(local, text("name_zh"), text("name_en"))
    return names if any(names) else NAMELESS


def _joined(shapes: Geometries, names: list[Names]) -> tuple[Geometries, list[Names]]:
    """Return lines of the same name put end to end; lines without a name stay as they are."""
    groups: dict[Names, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        groups[name].append(row)
    joined: list[Any] = []
    kept: list[Names] = []
    for name, rows in groups.items():
        lines = shapes[rows]
        if name is not NAMELESS and len(rows) > 1:
            merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines)))
            lines = shapely.get_parts(merged)
        joined.extend(lines)
        kept.extend([name] * len(lines))
    made = np.empty(len(joined), dtype=object)
    made[:] = joined
    return made, kept
