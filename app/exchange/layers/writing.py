"""Layers and selections go out: GeoPackage, GeoJSON, KML, CSV, in WGS 84.

Text stays data in each: no spreadsheet takes it for a formula, no viewer of KML for a description
in HTML.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import shapely

from app.exchange.layers.flatgeobuf import write_vector
from app.exchange.layers.table import LayerTable
from app.exchange.write import UnknownFormatError, safe_cell
from models.basics import LatLon
from models.registry.kinds import Record

_DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".kml": "LIBKML"}
ENDINGS = (".gpkg", ".geojson", ".kml", ".csv")
# fields of KML that viewers take for HTML or for orders to them
_KML_MEANT = {"description", "icon", "snippet", "begin", "end", "timestamp", "visibility", "id"}


class Rows(Protocol):
    """Where the rows of a selection stand."""

    def get(self, kind: str, key: str) -> Record | None:
        """Return a row, None when there is none."""
        ...


def export_layers(tables: Sequence[LayerTable], path: Path) -> int:
    """Write layers; the ending tells the format; return how many rows.

    The file appears whole or not at all. Only a GeoPackage holds several layers.

    Raises
    ------
    UnknownFormatError
        When the ending names no format, or several layers don't fit into it.
    ValueError
        When there is no table at all.
    OSError
        When the file can't be written.
    """
    suffix = path.suffix.lower()
    if suffix not in _DRIVERS and suffix != ".csv":
        known = ", ".join(ENDINGS)
        raise UnknownFormatError(f"{path.name}: the format is told by the ending: {known}")
    if not tables:
        raise ValueError(f"{path.name}: nothing of it has a place")
    if len(tables) > 1 and suffix != ".gpkg":
        raise UnknownFormatError(f"{path.name}: several layers fit into a .gpkg only; choose one")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".muster-") as scratch:
        made = Path(scratch) / f"out{suffix}"
        for place, table in enumerate(tables):
            if suffix == ".csv":
                made.write_bytes(_csv(table))
            elif suffix == ".kml":
                write_vector(made, _for_kml(table), _DRIVERS[suffix])
            else:
                write_vector(made, table, _DRIVERS[suffix], append=place > 0)
        made.replace(path)
    return sum(len(table.shapes) for table in tables)


def table_of_rows(
    title: str,
    things: Iterable[tuple[str, str]],
    rows: Rows,
    now: Mapping[tuple[str, str], LatLon] | None = None,
) -> LayerTable:
    """Return the reference rows of a selection (kind, key) as one layer of points.

    What moved stands where it is `now`, not where its row has it.
    """
    found = [row for kind, key in things if (row := rows.get(kind, key)) is not None]
    moved = now or {}
    places = [moved.get((row.KIND, row.key), row.position) for row in found]
    placed = [row for row, at in zip(found, places, strict=True) if at is not None]
    shapes = np.empty(len(placed), dtype=object)
    shapes[:] = [shapely.Point(at.lon_deg, at.lat_deg) for at in places if at is not None]
    columns: dict[str, list[Any]] = {
        "name": [row.name.text("zh") for row in placed],
        "name_en": [row.name.en for row in placed],
        "kind": [row.KIND for row in placed],
        "key": [row.key for row in placed],
        "type": [getattr(row, "type", "") for row in placed],
        "address": [getattr(row, "address", "") for row in placed],
        "people_day": [getattr(row, "people_day", None) for row in placed],
        "people_night": [getattr(row, "people_night", None) for row in placed],
        "phones": ["; ".join(p.number for p in getattr(row, "phones", ())) for row in placed],
        "source": [row.source for row in placed],
        "fictitious": ["yes" if row.fictitious else "" for row in placed],
    }
    kept = {
        name: values for name, values in columns.items() if any(v not in ("", None) for v in values)
    }
    return LayerTable(title, shapes, kept, range(1, len(placed) + 1))


def _for_kml(table: LayerTable) -> LayerTable:
    columns: Mapping[str, list[Any]] = {
        f"{name}_" if name.lower() in _KML_MEANT else name: values
        for name, values in table.columns.items()
    }
    named = {"Name" if name == "name" else name: values for name, values in columns.items()}
    return LayerTable(table.title, table.shapes, named, table.numbers, table.crs)


def _csv(table: LayerTable) -> bytes:
    """Return rows with lat and lon; lines and areas have their shape as WKT and a point inside."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    whole = bool((shapely.get_dimensions(table.shapes) > 0).any())
    names = list(table.columns)
    heads = [*names, "lat", "lon", *(["wkt"] if whole else [])]
    writer.writerow([safe_cell(head) for head in heads])
    points = shapely.point_on_surface(table.shapes)
    shapes: list[str] = shapely.to_wkt(table.shapes, rounding_precision=7).tolist() if whole else []
    for place, point in enumerate(points):
        cells = [safe_cell(table.columns[name][place]) for name in names]
        cells += [f"{point.y:.7f}", f"{point.x:.7f}"]
        writer.writerow(cells + ([shapes[place]] if whole else []))
    # the mark lets spreadsheet programs read Chinese
    return text.getvalue().encode("utf-8-sig", "replace")
