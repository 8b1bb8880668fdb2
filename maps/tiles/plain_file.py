"""GeoPackage, Shapefile and other vector files as features of the base map."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyproj
import shapely

from maps.datum import Datum, convert
from maps.tiles.errors import TileFileError
from maps.tiles.gdal import Layer, layer_names, read_layer, readable
from maps.tiles.osm_file import projected, sort_layer
from maps.tiles.table import FeatureTable, Geometries, Kind, Names, load_classes

_KINDS: tuple[Kind, ...] = ("point", "line", "area")
# names of columns as they are met in the wild → the tag they stand for
_ALIASES = {
    "fclass": (
        "highway", "railway", "waterway", "landuse", "natural", "building", "place", "leisure",
    ),
    "type": ("building", "highway", "landuse"),
    "class": ("highway", "landuse"),
}  # fmt: skip
_NAME_COLUMNS = ("name", "名称", "地名", "mc", "name_zh", "fullname", "streetname", "label")

Tell = Callable[[float], None]


def read_plain(path: Path, datum: Datum, tell: Tell) -> FeatureTable:
    """Return what the base map draws of a vector file that is no OpenStreetMap extract.

    Columns named as OpenStreetMap's keys (and Geofabrik's `fclass`) are sorted by its rules;
    without them the name of the layer says what it is; a layer that says nothing is left out.

    Parameters
    ----------
    path : Path
        Any vector file GDAL reads.
    datum : 'WGS84', 'CGCS2000', 'GCJ02' or 'BD09'
        Datum of the coordinates, for files whose coordinate system is geographic.
    tell : callable
        Hears the share that is read [0…1].

    Raises
    ------
    TileFileError
        When the file can't be read.
    """
    table = FeatureTable()
    with readable(path) as source:
        layers = layer_names(source, path.name)
        for step, name in enumerate(layers):
            layer = read_layer(source, name, path.name, **_encoding(path))
            geometries = _located(layer, path, datum)
            good = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
            table.lacks("geometries_missing", int((~good).sum()))
            columns = {key.lower(): column[good] for key, column in layer.columns.items()}
            whole = Layer(name, columns, geometries[good], None)
            _sorted(whole, path, table)
            tell((step + 1) / len(layers))
    return table


def _sorted(layer: Layer, path: Path, table: FeatureTable) -> None:
    columns = dict(layer.columns)
    for column, keys in _ALIASES.items():
        if column in columns:
            for key in keys:
                columns.setdefault(key, columns[column])
    named = next((key for key in _NAME_COLUMNS if key in columns), None)
    if named is not None:
        columns["name"] = columns[named]
    dimension = shapely.get_dimensions(layer.geometries)
    for size, kind in enumerate(_KINDS):
        mine = dimension == size
        if not mine.any():
            continue
        part = Layer(
            layer.name, {key: column[mine] for key, column in columns.items()},
            layer.geometries[mine], None,
        )  # fmt: skip
        if sort_layer(part, kind, table):
            continue
        # one layer in the file: the file's own name is the one people chose
        rules = load_classes()
        found = rules.guess(kind, layer.name) or rules.guess(kind, path.stem)
        if not found:
            table.lacks("layers_unknown")
            continue
        texts = part.columns.get("name", [None] * len(part.geometries))
        table.add(found, part.geometries, [Names(str(text or "").strip()) for text in texts])


def _located(layer: Layer, path: Path, datum: Datum) -> Geometries:
    """Return geometries in fractions of the world."""
    shapes = layer.geometries
    if layer.crs is None:
        box = shapely.total_bounds(shapes)
        if len(shapes) and not (np.abs(box) <= [180.0, 90.0, 180.0, 90.0]).all():
            raise TileFileError(
                path.name, "no_crs",
                f"layer {layer.name}: no coordinate system is given and these are no degrees",
            )  # fmt: skip
    elif not pyproj.CRS(layer.crs).is_geographic:
        to_degrees = pyproj.Transformer.from_crs(layer.crs, "EPSG:4326", always_xy=True)
        shapes = shapely.transform(
            shapes, lambda points: np.column_stack(to_degrees.transform(points[:, 0], points[:, 1]))
        )
        return projected(shapes)
    if datum in {"GCJ02", "BD09"}:

        def moved(points: np.ndarray) -> np.ndarray:
            lat, lon = convert(points[:, 1], points[:, 0], datum, "WGS84")
            return np.column_stack([lon, lat])

        shapes = shapely.transform(shapes, moved)
    return projected(shapes)


def _encoding(path: Path) -> dict[str, str]:
    """Return the encoding of a Shapefile that doesn't name it: GBK where UTF-8 doesn't fit."""
    table = path.with_suffix(".dbf")
    if path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists() or not table.exists():
        return {}
    try:
        table.read_bytes()[32:].decode("utf-8")
    except UnicodeDecodeError:
        return {"encoding": "gbk"}
    return {"encoding": "utf-8"}
