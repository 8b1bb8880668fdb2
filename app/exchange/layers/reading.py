"""Reads the layers of map files by GDAL, and points of tables by their columns."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from app.exchange.findings import FileRefusedError, finding
from app.exchange.layers.opening import MapFile
from app.exchange.layers.points_csv import read_points_csv
from app.exchange.layers.table import (
    MAX_COLUMNS,
    MAX_CORNERS,
    MAX_ROWS,
    MAX_TEXT,
    LayerTable,
    plain_cell,
)
from app.exchange.layers.texts import decoded, encoding_of, named_encoding

_OSM_LAYERS = ("points", "lines", "multilinestrings", "multipolygons")
_NOT_COLUMNS = {"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon",
                "snippet", "SubClasses", "EntityHandle"}  # fmt: skip


def read_layers(file: MapFile) -> Iterator[LayerTable]:
    """Yield the layers of a file that have shapes.

    Raises
    ------
    FileRefusedError
        When GDAL can't read it, or it is larger than what is taken.
    """
    if file.format == "csv":
        yield read_points_csv(file)
        return
    import pyogrio  # GDAL is loaded only where it is wanted

    source = str(file.path.resolve())
    if source.lower().endswith(".gz"):
        source = f"/vsigzip/{source}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's remarks: what matters is found by ourselves
            listed = [(str(n), t) for n, t in pyogrio.list_layers(source).tolist()]
            for name, kind in listed:
                if kind is None or (file.format == "osm" and name not in _OSM_LAYERS):
                    continue
                table = _read(file, source, name)
                if len(table.shapes):
                    if len(listed) == 1 or file.format in {"shp", "geojson", "fgb"}:
                        table.title = file.title
                    yield table
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise FileRefusedError(file.path.name, "", f"can't be read: {_short(error)}") from error
    except (
        pyogrio.errors.FeatureError, pyogrio.errors.GeometryError, ValueError, RuntimeError,
    ) as error:  # fmt: skip
        raise FileRefusedError(file.path.name, file.title, _short(error)) from error


def _read(file: MapFile, source: str, layer: str) -> LayerTable:
    import pyogrio

    is_shape = file.format == "shp"
    options: dict[str, Any] = {"INTERLEAVED_READING": "NO"} if file.format == "osm" else {}
    meta, _, wkbs, values = pyogrio.raw.read(
        source,
        layer=layer,
        force_2d=True,
        datetime_as_string=True,
        encoding="ISO-8859-1" if is_shape else None,
        max_features=MAX_ROWS + 1,
        **options,
    )
    if wkbs is None:
        wkbs = np.zeros(0, dtype=object)
    if len(wkbs) > MAX_ROWS:
        raise FileRefusedError(file.path.name, layer, f"more than {MAX_ROWS:,} rows")
    shapes = shapely.from_wkb(wkbs, on_invalid="ignore")
    if int(shapely.get_num_coordinates(shapes).sum()) > MAX_CORNERS:
        raise FileRefusedError(file.path.name, layer, f"more than {MAX_CORNERS:,} corners")
    names = [str(name) for name in meta["fields"].tolist()]
    columns = {n: v.tolist() for n, v in zip(names, values, strict=True) if n not in _NOT_COLUMNS}
    table = LayerTable(
        _title(layer), shapes, columns, range(1, len(shapes) + 1), str(meta["crs"] or "")
    )
    if is_shape:
        _decode(file, table)
    _unsupported(table, wkbs)
    _clean(table)
    return table


def _decode(file: MapFile, table: LayerTable) -> None:
    """Give the columns of a .dbf their encoding."""
    named = named_encoding(file.path)
    texts = {n: v for n, v in table.columns.items() if any(isinstance(cell, str) for cell in v)}
    content = [
        text.encode("latin-1", "replace")
        for values in (*texts.values(), list(table.columns))
        for text in values
        if isinstance(text, str)
    ]
    encoding = encoding_of(content, named)
    if any(not text.isascii() for text in content) and encoding != named:
        table.findings.append(
            finding("layer_encoding", row=0, severity="info", value=named or None,
                    encoding=encoding)
        )  # fmt: skip
    columns: dict[str, list[Any]] = {}
    for name, values in table.columns.items():
        (heading,), _ = decoded([name], encoding)
        if name not in texts:
            columns[heading or name] = values
            continue
        columns[heading or name], broken = decoded(values, encoding)
        table.findings += [
            finding("layer_text_broken", row=table.numbers[place], column=heading or name,
                    severity="warning", value=columns[heading or name][place], encoding=encoding)
            for place in broken
        ]  # fmt: skip
    table.columns = columns


def _unsupported(table: LayerTable, wkbs: "np.ndarray[Any, Any]") -> None:
    """Tell shapes that are there but can't be read (curves) from rows without any."""
    for place in np.flatnonzero(shapely.is_missing(table.shapes)).tolist():
        code = "layer_geometry_missing" if wkbs[place] is None else "layer_geometry_unsupported"
        table.findings.append(
            finding(code, row=table.numbers[place], column="geometry", severity="error")
        )


def _clean(table: LayerTable) -> None:
    """Leave out what no format can hold: bytes, NUL, texts without end, columns without end."""
    if len(table.columns) > MAX_COLUMNS:
        dropped = len(table.columns) - MAX_COLUMNS
        table.columns = dict(list(table.columns.items())[:MAX_COLUMNS])
        table.findings.append(
            finding("layer_columns_dropped", row=0, severity="warning", count=dropped)
        )
    for name, values in table.columns.items():
        for place, value in enumerate(values):
            cell = plain_cell(value)
            if isinstance(cell, str) and len(cell) > MAX_TEXT:
                table.findings.append(
                    finding("layer_text_cut", row=table.numbers[place], column=name,
                            severity="warning", value=cell, limit=MAX_TEXT)
                )  # fmt: skip
                cell = cell[: MAX_TEXT - 1] + "…"
            values[place] = cell


def _title(layer: str) -> str:
    return layer.replace("\0", "").strip()[:200] or "layer"


def _short(error: Exception) -> str:
    return str(error).split("\n")[0][:300]
