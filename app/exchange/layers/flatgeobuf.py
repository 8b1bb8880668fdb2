"""Layers as they are kept: FlatGeobuf, WGS 84, rows in the order of their source."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from app.exchange.layers.table import LayerTable

CRS = "EPSG:4326"


def write_flatgeobuf(path: Path, table: LayerTable) -> None:
    """Write the shapes and columns of a layer."""
    write_vector(path, table, "FlatGeobuf", SPATIAL_INDEX="NO")


def write_vector(
    path: Path, table: LayerTable, driver: str, *, append: bool = False, **options: str
) -> None:
    """Write the shapes and columns of a layer by a driver of GDAL."""
    import pyogrio  # GDAL is loaded only where it is wanted

    columns = {name: _column(values) for name, values in table.columns.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            shapely.to_wkb(table.shapes),
            list(columns.values()),
            np.array(list(columns), dtype=object),
            geometry_type=_geometry_type(table),
            crs=CRS,
            driver=driver,
            layer=table.title if driver == "GPKG" else None,
            encoding="UTF-8",
            append=append,
            **options,
        )


def read_flatgeobuf(path: Path) -> LayerTable:
    """Return a layer that `write_flatgeobuf` wrote."""
    import pyogrio

    meta, _, wkbs, values = pyogrio.raw.read(path, encoding="UTF-8")
    names = [str(name) for name in meta["fields"].tolist()]
    columns: dict[str, list[Any]] = {
        name: [_given(value) for value in column.tolist()]
        for name, column in zip(names, values, strict=True)
    }
    shapes = shapely.from_wkb(wkbs)
    return LayerTable(path.stem, shapes, columns, range(1, len(shapes) + 1), CRS)


def _given(value: object) -> object:
    return None if isinstance(value, float) and np.isnan(value) else value


def _column(values: list[Any]) -> "np.ndarray[Any, Any]":
    """Return a column of numbers where all of it are numbers, else of text."""
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, bool | int | float) for value in given):
        whole = all(isinstance(value, int) for value in given)
        if whole and len(given) == len(values) and all(abs(value) < 2**62 for value in given):
            return np.array(values, dtype=np.int64)
        return np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64)
    texts: np.ndarray[Any, Any] = np.empty(len(values), dtype=object)
    texts[:] = [None if value is None else str(value) for value in values]
    return texts


def _geometry_type(table: LayerTable) -> str:
    kinds = {shape.geom_type for shape in table.shapes}
    return kinds.pop() if len(kinds) == 1 else "Unknown"
