"""Map files made by GDAL for tests: every format, with the faults that people's files have."""

import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from app.exchange.layers.flatgeobuf import read_flatgeobuf
from app.exchange.layers.staging import LayerRequest, LayerStaging, stage_layers
from app.exchange.layers.table import LayerTable

BALTIMORE = (-76.6, 39.28)
NANJING = (118.8, 32.06)
DRIVERS = {
    ".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON", ".kml": "LIBKML",
    ".dxf": "DXF", ".fgb": "FlatGeobuf",
}  # fmt: skip


def around(place: tuple[float, float], count: int = 3) -> list[BaseGeometry]:
    return [shapely.Point(place[0] + n * 0.01, place[1] + n * 0.01) for n in range(count)]


def square(place: tuple[float, float], size: float = 0.01) -> BaseGeometry:
    return shapely.box(place[0], place[1], place[0] + size, place[1] + size)


def write(
    path: Path,
    shapes: Sequence[BaseGeometry | None],
    columns: Mapping[str, Sequence[Any]] | None = None,
    *,
    crs: str | None = "EPSG:4326",
    encoding: str = "UTF-8",
    **options: Any,
) -> Path:
    columns = {"name": [f"N{n}" for n in range(len(shapes))]} if columns is None else columns
    driver = DRIVERS[path.suffix]
    kinds = {shape.geom_type for shape in shapes if shape is not None}
    if path.suffix == ".fgb":
        options["SPATIAL_INDEX"] = "NO"  # which would sort the rows
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that no CRS is given is what is tested
        _write(path, shapes, columns, driver, kinds, crs, encoding, options)
    return path


def _write(
    path: Path, shapes: Sequence[BaseGeometry | None], columns: Mapping[str, Sequence[Any]],
    driver: str, kinds: set[str], crs: str | None, encoding: str, options: Mapping[str, Any],
) -> None:  # fmt: skip
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(shapes, dtype=object)),
        [np.array(values) for values in columns.values()],
        np.array(list(columns), dtype=object),
        geometry_type=kinds.pop() if len(kinds) == 1 and driver != "DXF" else "Unknown",
        crs=crs,
        driver=driver,
        encoding=None if driver == "DXF" else encoding,
        **options,
    )


def zipped(path: Path, target: Path) -> Path:
    """Pack a file and its side files, with the names of Chinese Windows: GB18030, no flag."""
    with zipfile.ZipFile(target, "w") as archive:
        for part in sorted(path.parent.glob(f"{path.stem}.*")):
            ascii_name = "?" * len(path.stem.encode("gb18030")) + part.suffix
            archive.writestr(ascii_name, part.read_bytes())
    asked = b"?" * len(path.stem.encode("gb18030"))
    target.write_bytes(target.read_bytes().replace(asked, path.stem.encode("gb18030")))
    return target


def staged(path: Path, tmp_path: Path, **said: Any) -> LayerStaging:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return stage_layers(LayerRequest(path=path, scratch=scratch, **said))


def only_layer(staging: LayerStaging, tmp_path: Path) -> LayerTable:
    (layer,) = staging.layers
    return read_flatgeobuf(tmp_path / "scratch" / layer.file)


def codes(staging: LayerStaging) -> list[str]:
    return [found.code for found in staging.findings]
