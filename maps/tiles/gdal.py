"""Layers of a file as GDAL reads them, with its complaints turned into one error."""

import bz2
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from maps.tiles.errors import TileFileError
from maps.tiles.table import Geometries


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its columns by name, its geometries, its coordinate system as GDAL says it."""

    name: str
    columns: dict[str, Any]
    geometries: Geometries
    crs: str | None
    remarks: int = 0


@contextmanager
def readable(path: Path) -> Iterator[str]:
    """Yield the name by which GDAL opens a file; bzip2, which it can't, is unpacked beside.

    Raises
    ------
    TileFileError
        When the file isn't there or can't be unpacked.
    """
    if not path.exists():
        raise TileFileError(str(path), "no_file", "there is no such file")
    name = path.name.lower()
    if name.endswith(".bz2"):
        with tempfile.TemporaryDirectory(prefix="muster-") as folder:
            unpacked = Path(folder) / path.name[:-4]
            try:
                with bz2.open(path) as packed, unpacked.open("wb") as file:
                    shutil.copyfileobj(packed, file, 2**20)
            except (OSError, EOFError) as error:
                raise TileFileError(path.name, "damaged", f"can't be unpacked: {error}") from error
            yield str(unpacked)
    elif name.endswith(".gz"):
        yield f"/vsigzip/{path.resolve()}"
    elif name.endswith(".zip"):
        yield f"/vsizip/{path.resolve()}"
    else:
        yield str(path.resolve())


def layer_names(source: str, shown: str) -> list[str]:
    """Return the names of the layers that have geometries.

    Raises
    ------
    TileFileError
        When GDAL knows no such format.
    """
    import pyogrio  # GDAL is loaded only where it is wanted

    try:
        listed = pyogrio.list_layers(source)
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise TileFileError(shown, "unknown_format", f"can't be read: {error}") from error
    return [str(name) for name, kind in listed if kind is not None]


def read_layer(source: str, layer: str, shown: str, **options: str) -> Layer:
    """Return a layer whole.

    Raises
    ------
    TileFileError
        When it is damaged.
    """
    import pyogrio

    try:
        with warnings.catch_warnings(record=True) as remarks:
            warnings.simplefilter("always")  # ways cut at the extract's edge, and the like
            meta, _, wkbs, values = pyogrio.raw.read(source, layer=layer, force_2d=True, **options)
    except (
        pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError, pyogrio.errors.GeometryError, ValueError, OSError,
    ) as error:  # fmt: skip
        raise TileFileError(shown, "damaged", f"layer {layer}: {error}") from error
    shapes = np.asarray([] if wkbs is None else wkbs, dtype=object)
    geometries: Geometries = shapely.from_wkb(shapes, on_invalid="ignore")
    columns = dict(zip(meta["fields"].tolist(), values, strict=True))
    return Layer(layer, columns, geometries, meta.get("crs"), len(remarks))


def declared_box(source: str) -> tuple[float, float, float, float] | None:
    """Return the box that an OpenStreetMap file says it covers [degrees], None without one."""
    import pyogrio

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pyogrio.read_info(source, layer="points", force_total_bounds=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError):
        return None
    box = found.get("total_bounds")
    return None if box is None else tuple(float(side) for side in box)  # type: ignore[return-value]
